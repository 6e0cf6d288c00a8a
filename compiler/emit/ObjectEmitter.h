//===- ObjectEmitter.h - LLVM dialect to machine code -----------*- C++ -*-===//
//
// The last translation: a module in the LLVM dialect becomes LLVM IR, is
// optimised for the target and written as an object, assembly or IR, to memory.
// What the rest of the program relies on is settled here: which symbols are
// visible, that nothing throws, and that the optimiser brings in no library
// calls but memcpy, memmove and memset.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_OBJECTEMITTER_H
#define NNC_COMPILER_EMIT_OBJECTEMITTER_H

#include "compiler/emit/Target.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVector.h"
#include <functional>

namespace nnc {

enum class CodeKind { Object, Assembly, LLVMIR, Bitcode };

struct EmitOptions {
  TargetSpec target;
  RelocationModel relocation = RelocationModel::PIC;
  unsigned optLevel = 3;
  Visibility visibility = Visibility::Hidden;
  bool debugInfo = false;
  std::string name; ///< stands for the source file in the output
  /// Called with what is done now, if it is set.
  std::function<void(llvm::StringRef)> step;
};

/// Translates `module`. Reports errors at the module and its operations.
/// Objects have passed checkSymbols().
llvm::FailureOr<llvm::SmallVector<char, 0>>
emitCode(mlir::ModuleOp module, CodeKind kind, const EmitOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_OBJECTEMITTER_H
