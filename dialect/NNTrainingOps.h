//===- NNTrainingOps.h - layers that pass their input through ---*- C++ -*-===//

#ifndef NNC_DIALECT_NNTRAININGOPS_H
#define NNC_DIALECT_NNTRAININGOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNTrainingOps.h.inc"

#endif // NNC_DIALECT_NNTRAININGOPS_H
