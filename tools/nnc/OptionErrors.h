//===- OptionErrors.h - what is wrong with an option ------------*- C++ -*-===//
//
// LLVM reads nnc's options and reports some mistakes to the stream it is given,
// and those in values straight to stderr. Both become one line here, which says
// what the option takes.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_OPTIONERRORS_H
#define NNC_TOOLS_NNC_OPTIONERRORS_H

#include "tools/options/OptionTable.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace nnc {

/// Runs `work` and returns what it writes to stderr, which shows nothing then.
/// Where the system gives no file for it, it is shown and "" is returned.
std::string captureStderr(llvm::function_ref<void()> work);

/// LLVM's report as a message of our own: one line, lower case, no period.
std::string optionError(llvm::StringRef report, const OptionTable &table);

} // namespace nnc

#endif // NNC_TOOLS_NNC_OPTIONERRORS_H
