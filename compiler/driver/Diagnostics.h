//===- Diagnostics.h - messages on one line each ----------------*- C++ -*-===//
//
// Prints what the stages report as compilers do, `file:line:col: error: …`, for
// people and for the tools that jump to the place. MLIR's own printer adds the
// source line and the operation in IR, which help only who works on nnc.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_DIAGNOSTICS_H
#define NNC_COMPILER_DRIVER_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"

namespace nnc {

/// Prints the diagnostics of a context while it lives.
class DiagnosticPrinter {
public:
  DiagnosticPrinter(mlir::MLIRContext *context, llvm::raw_ostream &os);

  /// Whether an error was printed.
  bool hadError() const { return errors; }

  /// Prints a message that belongs to no place in the input.
  void error(const llvm::Twine &message);
  void note(const llvm::Twine &message);

private:
  void print(mlir::Diagnostic &diagnostic);

  llvm::raw_ostream &os;
  bool errors = false;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_DIAGNOSTICS_H
