//===- RunState.h - what a call passes on to its bodies ----------*- C++
//-*-===//
//
// A body that has tasks is given the run that it is part of: the parallel-for
// that it may use, and where it says that this failed. The entry point makes
// one on the stack for each thread that runs samples.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_RUNSTATE_H
#define NNC_COMPILER_CODEGEN_RUNSTATE_H

#include "compiler/codegen/LLVMCode.h"

namespace nnc {

/// Members of a run: `{const nnc_parallel *parallel; int status;}`. Without
/// `parallel` tasks run on the calling thread.
enum RunMember : int32_t { kRunParallel, kRunStatus };

inline mlir::Type runType(LLVMCode &code) {
  return mlir::LLVM::LLVMStructType::getLiteral(code.builder.getContext(),
                                                {code.pointer, code.i32});
}

/// Members of nnc_parallel.
enum ParallelMember : int32_t {
  kParallelContext,
  kParallelThreads,
  kParallelRun
};

inline mlir::Type parallelType(LLVMCode &code) {
  return mlir::LLVM::LLVMStructType::getLiteral(
      code.builder.getContext(), {code.pointer, code.i32, code.pointer});
}

/// `int run(context, task, data, count)` of nnc_parallel, called at `parallel`.
inline mlir::Value callParallel(LLVMCode &code, mlir::Value parallel,
                                mlir::Value task, mlir::Value data,
                                mlir::Value count) {
  mlir::Type type = parallelType(code);
  mlir::Value context = code.loadMember(type, parallel, kParallelContext);
  mlir::Value run = code.loadMember(type, parallel, kParallelRun);
  auto function = mlir::LLVM::LLVMFunctionType::get(
      code.i32, {code.pointer, code.pointer, code.pointer, code.i32});
  return mlir::LLVM::CallOp::create(
             code.builder, code.loc, function,
             mlir::ValueRange{run, context, task, data, count})
      .getResult();
}

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_RUNSTATE_H
