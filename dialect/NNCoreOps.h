//===- NNCoreOps.h - dense, embedding, activations --------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNCOREOPS_H
#define NNC_DIALECT_NNCOREOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNCoreOps.h.inc"

#endif // NNC_DIALECT_NNCOREOPS_H
