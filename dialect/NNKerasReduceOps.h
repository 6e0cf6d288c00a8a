//===- NNKerasReduceOps.h - functions of keras.ops along axes ---*- C++ -*-===//

#ifndef NNC_DIALECT_NNKERASREDUCEOPS_H
#define NNC_DIALECT_NNKERASREDUCEOPS_H

#include "dialect/Constants.h"
#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNKerasReduceOps.h.inc"

#endif // NNC_DIALECT_NNKERASREDUCEOPS_H
