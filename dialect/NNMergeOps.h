//===- NNMergeOps.h - layers of several inputs ------------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNMERGEOPS_H
#define NNC_DIALECT_NNMERGEOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNMergeOps.h.inc"

#endif // NNC_DIALECT_NNMERGEOPS_H
