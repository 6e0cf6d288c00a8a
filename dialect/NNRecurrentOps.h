//===- NNRecurrentOps.h - recurrent layers and their cells ------*- C++ -*-===//

#ifndef NNC_DIALECT_NNRECURRENTOPS_H
#define NNC_DIALECT_NNRECURRENTOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNRecurrentOps.h.inc"

#endif // NNC_DIALECT_NNRECURRENTOPS_H
