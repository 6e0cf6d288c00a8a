//===- NNConvOps.h - convolutions -------------------------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNCONVOPS_H
#define NNC_DIALECT_NNCONVOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNConvOps.h.inc"

#endif // NNC_DIALECT_NNCONVOPS_H
