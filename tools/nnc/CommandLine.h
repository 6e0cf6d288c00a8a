//===- CommandLine.h - the options of nnc -----------------------*- C++ -*-===//
//
// Reads nnc's command line into the driver's Options. LLVM's library registers
// hundreds of options for its own tools; none of them is an option of nnc.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_COMMANDLINE_H
#define NNC_TOOLS_NNC_COMMANDLINE_H

#include "compiler/driver/Options.h"

namespace nnc {

/// What main does next.
enum class Action { Compile, Exit, Fail };

/// Fills `options`, or prints help, version or an error.
Action parseCommandLine(int argc, char **argv, Options &options);

} // namespace nnc

#endif // NNC_TOOLS_NNC_COMMANDLINE_H
