//===- NNWrapperOps.h - layers that hold other layers -----------*- C++ -*-===//

#ifndef NNC_DIALECT_NNWRAPPEROPS_H
#define NNC_DIALECT_NNWRAPPEROPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNWrapperOps.h.inc"

#endif // NNC_DIALECT_NNWRAPPEROPS_H
