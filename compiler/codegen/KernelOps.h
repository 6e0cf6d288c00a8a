//===- KernelOps.h - fused reductions ----------------------------*- C++
//-*-===//
//
// The operations of codegen itself, between linalg and vector loops.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_KERNELOPS_H
#define NNC_COMPILER_CODEGEN_KERNELOPS_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/codegen/KernelDialect.h.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/codegen/KernelAttrs.h.inc"
#define GET_OP_CLASSES
#include "compiler/codegen/KernelOps.h.inc"

#endif // NNC_COMPILER_CODEGEN_KERNELOPS_H
