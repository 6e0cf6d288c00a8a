//===- LLVMCode.h - short names for the LLVM dialect -------------*- C++
//-*-===//
//
// The entry point is written by hand in the LLVM dialect. With these helpers
// it reads like the C that it stands for: constants, struct members, guards
// that return a status, counted loops.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_LLVMCODE_H
#define NNC_COMPILER_CODEGEN_LLVMCODE_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"

namespace nnc {

class LLVMCode {
public:
  LLVMCode(mlir::ModuleOp module, unsigned pointerBits);

  // Types.
  mlir::Type i32, i64, size, pointer;

  /// A function without a body; blocks are added with `begin`.
  mlir::LLVM::LLVMFuncOp function(llvm::StringRef name, mlir::Type result,
                                  llvm::ArrayRef<mlir::Type> arguments,
                                  mlir::LLVM::Linkage linkage);
  /// Opens the function's first block.
  void begin(mlir::LLVM::LLVMFuncOp function);
  void ret(mlir::Value value);
  void ret(int32_t status) { ret(constant(i32, status)); }

  mlir::Value constant(mlir::Type type, int64_t value);
  mlir::Value null();
  mlir::Value addressOf(mlir::SymbolOpInterface symbol);

  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value sub(mlir::Value a, mlir::Value b);
  mlir::Value mul(mlir::Value a, mlir::Value b);
  mlir::Value zext(mlir::Value a, mlir::Type type);
  mlir::Value sext(mlir::Value a, mlir::Type type);
  mlir::Value trunc(mlir::Value a, mlir::Type type);
  mlir::Value both(mlir::Value a, mlir::Value b);
  mlir::Value either(mlir::Value a, mlir::Value b);
  mlir::Value compare(mlir::LLVM::ICmpPredicate predicate, mlir::Value a,
                      mlir::Value b);
  mlir::Value equal(mlir::Value a, mlir::Value b);
  mlir::Value differs(mlir::Value a, mlir::Value b);
  mlir::Value isNull(mlir::Value a) { return equal(a, null()); }
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b);
  /// A pointer as a number of pointer width.
  mlir::Value address(mlir::Value a);

  /// The address of member `index` of the struct at `base`.
  mlir::Value member(mlir::Type structType, mlir::Value base, int32_t index);
  mlir::Value loadMember(mlir::Type structType, mlir::Value base,
                         int32_t index);
  /// base + bytes; `bytes` has pointer width.
  mlir::Value advance(mlir::Value base, mlir::Value bytes);
  mlir::Value load(mlir::Type type, mlir::Value from);
  void store(mlir::Value value, mlir::Value to);

  /// Copies `bytes` bytes between places that do not overlap.
  void copy(mlir::Value to, mlir::Value from, int64_t bytes);
  /// Zeroes `bytes` (of pointer width) bytes.
  void clear(mlir::Value to, mlir::Value bytes);

  /// Returns `status` from the function if the condition holds, else goes on.
  void failIf(mlir::Value condition, int32_t status);
  /// Returns `status` from the function unless it is 0.
  void returnUnlessOk(mlir::Value status);
  /// Runs the code once if the condition holds.
  void ifTrue(mlir::Value condition, llvm::function_ref<void()> code);
  /// for (i = first; i < end; i += step), unsigned.
  void loop(mlir::Value first, mlir::Value end, mlir::Value step,
            llvm::function_ref<void(mlir::Value)> code);

  mlir::OpBuilder builder;
  mlir::Location loc;

private:
  mlir::Block *addBlock();
};

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_LLVMCODE_H
