//===- NNPoolOps.h - pooling ------------------------------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNPOOLOPS_H
#define NNC_DIALECT_NNPOOLOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNPoolOps.h.inc"

#endif // NNC_DIALECT_NNPOOLOPS_H
