//===- NNDialect.h - the nn dialect and its types ---------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNDIALECT_H
#define NNC_DIALECT_NNDIALECT_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"

#include "dialect/NNDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialect/NNTypes.h.inc"

#endif // NNC_DIALECT_NNDIALECT_H
