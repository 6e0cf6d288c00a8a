//===- NNAttentionOps.h - attention -----------------------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNATTENTIONOPS_H
#define NNC_DIALECT_NNATTENTIONOPS_H

#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNAttentionOps.h.inc"

#endif // NNC_DIALECT_NNATTENTIONOPS_H
