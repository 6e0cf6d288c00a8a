//===- NNImageOps.h - images: resizing, cropping, contrast -----*- C++ -*-===//

#ifndef NNC_DIALECT_NNIMAGEOPS_H
#define NNC_DIALECT_NNIMAGEOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNImageOps.h.inc"

#endif // NNC_DIALECT_NNIMAGEOPS_H
