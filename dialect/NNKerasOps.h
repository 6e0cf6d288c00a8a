//===- NNKerasOps.h - functions of keras.ops by element ---------*- C++ -*-===//

#ifndef NNC_DIALECT_NNKERASOPS_H
#define NNC_DIALECT_NNKERASOPS_H

#include "dialect/Constants.h"
#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNKerasOps.h.inc"

#endif // NNC_DIALECT_NNKERASOPS_H
