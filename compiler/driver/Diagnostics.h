//===- Diagnostics.h - messages on one line each ----------------*- C++ -*-===//
//
// Prints what the stages report as compilers do, `file:line:col: error: …`, for
// people and for the tools that jump to the place. MLIR's own printer adds the
// source line and the operation in IR, which help only who works on nnc.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_DIAGNOSTICS_H
#define NNC_COMPILER_DRIVER_DIAGNOSTICS_H

#include "compiler/driver/Explain.h"
#include "compiler/driver/Progress.h"
#include "mlir/IR/Diagnostics.h"

namespace nnc {

/// One line, "place: error: message", coloured if the stream has colours.
void printMessage(llvm::raw_ostream &os, const llvm::Twine &place,
                  mlir::DiagnosticSeverity severity, llvm::StringRef message);

/// Prints the diagnostics of a context while it lives.
class DiagnosticPrinter {
public:
  /// `quiet` leaves out notes; `progress` makes room for what is printed.
  DiagnosticPrinter(mlir::MLIRContext *context, llvm::raw_ostream &os,
                    bool quiet = false, Progress *progress = nullptr);

  /// The code of errors that come without one, from the libraries that work
  /// now: MLIR's parser, or passes that only a fault of nnc makes fail.
  void setLibraryCode(llvm::StringRef code) { libraryCode = code; }

  /// Whether an error was printed.
  bool hadError() const { return errors; }

  /// Prints a message that belongs to no place in the input.
  void error(const llvm::Twine &message);
  void note(const llvm::Twine &message);

private:
  void print(mlir::Diagnostic &diagnostic);
  void printLine(mlir::Location location, mlir::DiagnosticSeverity severity,
                 llvm::StringRef message);

  mlir::MLIRContext *context;
  llvm::raw_ostream &os;
  bool quiet;
  Progress *progress;
  bool errors = false;
  llvm::StringRef libraryCode = kInternalCode;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_DIAGNOSTICS_H
