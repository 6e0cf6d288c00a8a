//===- NNNormOps.h - normalization ------------------------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNNORMOPS_H
#define NNC_DIALECT_NNNORMOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNNormOps.h.inc"

#endif // NNC_DIALECT_NNNORMOPS_H
