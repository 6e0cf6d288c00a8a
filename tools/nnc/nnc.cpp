//===- nnc.cpp - the compiler's command -----------------------------------===//
//
// Reads the command line and hands over to the driver.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Compile.h"
#include "compiler/driver/Diagnostics.h"
#include "tools/nnc/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

/// What LLVM cannot go on after (a contradiction in --mattr, no memory) ends as
/// any other error does. Interrupt handlers remove temporary files.
static void onFatalError(void *code, const char *reason, bool) {
  nnc::printMessage(llvm::errs(), "nnc", mlir::DiagnosticSeverity::Error,
                    nnc::withCode(reason, static_cast<const char *>(code)));
  llvm::sys::RunInterruptHandlers();
  std::_Exit(EXIT_FAILURE);
}

/// The folder that nnc was started from, links resolved.
static std::string programDirectory(const char *argv0) {
  std::string program = llvm::sys::fs::getMainExecutable(
      argv0, reinterpret_cast<void *>(&programDirectory));
  return llvm::sys::path::parent_path(program).str();
}

int main(int argc, char **argv) {
  if (std::optional<int> status = nnc::runReader(argc, argv))
    return *status;
  llvm::InitLLVM init(argc, argv);
  llvm::setBugReportMsg("nnc crashed; please report this with the input and "
                        "the command line\n");
  llvm::install_fatal_error_handler(onFatalError, const_cast<char *>("N901"));
  llvm::install_bad_alloc_error_handler(onFatalError,
                                        const_cast<char *>("N902"));

  nnc::Options options;
  switch (nnc::parseCommandLine(argc, argv, options)) {
  case nnc::Action::Exit:
    return EXIT_SUCCESS;
  case nnc::Action::Fail:
    return EXIT_FAILURE;
  case nnc::Action::Compile:
    break;
  }
  options.programDirectory = programDirectory(argv[0]);
  return succeeded(nnc::compile(options, llvm::errs())) ? EXIT_SUCCESS
                                                        : EXIT_FAILURE;
}
