//===- ForLevel.h - passes for the bodies of one level -----------*- C++
//-*-===//
//
// The pass `nnc-for-level` made from C++, where its passes need no text.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_FORLEVEL_H
#define NNC_COMPILER_CODEGEN_FORLEVEL_H

#include "mlir/Pass/Pass.h"

namespace nnc {

/// Runs the passes that `populate` adds on the bodies for `cpu`.
std::unique_ptr<mlir::Pass>
createForLevelPass(llvm::StringRef cpu,
                   llvm::function_ref<void(mlir::OpPassManager &)> populate);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_FORLEVEL_H
