//===- Import.h - files on disk to the nn dialect ---------------*- C++ -*-===//

#ifndef NNC_COMPILER_IMPORT_IMPORT_H
#define NNC_COMPILER_IMPORT_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <optional>
#include <string>

namespace nnc {

struct ImportOptions {
  std::string path;        ///< "-": standard input
  std::string weightsPath; ///< empty: no weights file
};

enum class ModelFormat { Dialect, Keras };

/// Reads a model, and its weights as nn.weight operations named by their paths
/// in the file. What it is is told from its content. Null after an error, which
/// has been reported through the context's diagnostics.
mlir::OwningOpRef<mlir::ModuleOp> importModel(mlir::MLIRContext &context,
                                              const ImportOptions &options,
                                              ModelFormat *format = nullptr);

/// In a process that one of this folder's readers started, which is this
/// program once more: does what it was started for and returns the exit status.
/// Otherwise nothing. Must come first in the main of a program that imports.
std::optional<int> runImportJob(
    int argc, char **argv,
    llvm::function_ref<void(mlir::DialectRegistry &)> registerDialects);

/// Does brackets' nesting in MLIR text stay within what the parser's recursion
/// stands? Strings and comments do not count.
bool isNestingBounded(llvm::StringRef text, unsigned limit);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_IMPORT_H
