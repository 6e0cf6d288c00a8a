//===- NNShapeOps.h - reshaping, padding, cropping, upsampling --*- C++ -*-===//

#ifndef NNC_DIALECT_NNSHAPEOPS_H
#define NNC_DIALECT_NNSHAPEOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNShapeOps.h.inc"

#endif // NNC_DIALECT_NNSHAPEOPS_H
