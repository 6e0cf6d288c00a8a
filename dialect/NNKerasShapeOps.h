//===- NNKerasShapeOps.h - keras.ops that move elements ---------*- C++ -*-===//

#ifndef NNC_DIALECT_NNKERASSHAPEOPS_H
#define NNC_DIALECT_NNKERASSHAPEOPS_H

#include "dialect/Constants.h"
#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNKerasShapeOps.h.inc"

#endif // NNC_DIALECT_NNKERASSHAPEOPS_H
