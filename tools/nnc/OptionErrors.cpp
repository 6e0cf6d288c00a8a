//===- OptionErrors.cpp - what is wrong with an option --------------------===//
//
// See OptionErrors.h. LLVM gives every option one function to report with, and
// that one always takes stderr; so stderr is another file for that while.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc/OptionErrors.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <sys/mman.h>
#include <unistd.h>

using namespace llvm;

namespace nnc {

std::string captureStderr(function_ref<void()> work) {
  int file = memfd_create("stderr", MFD_CLOEXEC);
  int kept = dup(STDERR_FILENO);
  bool captures = file >= 0 && kept >= 0 && dup2(file, STDERR_FILENO) >= 0;
  work();
  std::string text;
  if (captures) {
    dup2(kept, STDERR_FILENO);
    auto written = MemoryBuffer::getOpenFile(
        sys::fs::convertFDToNativeFile(file), "stderr", /*FileSize=*/-1,
        /*RequiresNullTerminator=*/false);
    if (written)
      text = (*written)->getBuffer().str();
  }
  for (int open : {file, kept})
    if (open >= 0)
      close(open);
  return text;
}

/// What the option `spelling` takes, where `report` is what LLVM says of a
/// value that it does not.
static std::string valueError(StringRef spelling, StringRef report,
                              const OptionTable &table) {
  std::string value = report.split('\'').second.rsplit('\'').first.str();
  if (report.contains("requires a value"))
    return (spelling + " needs a value").str();
  if (report.contains("does not allow a value"))
    return (spelling + " takes no value, got '" + value + "'").str();
  std::string got = ", not '" + value + "'";
  if (report.contains("boolean"))
    return (spelling + " takes true or false" + got).str();
  // Unsigned integers are called uint, ulong and ullong.
  if (report.contains("invalid for u"))
    return (spelling + " takes a number not below 0" + got).str();
  if (report.contains("value invalid for"))
    return (spelling + " takes a number" + got).str();
  SmallVector<StringRef> words;
  for (const OptionGroup &group : table)
    for (const OptionInfo &option : group.options)
      if (option.spelling() == spelling)
        for (const OptionValue &word : option.values)
          words.push_back(word.name);
  if (words.empty())
    return (spelling + " does not take '" + value + "'").str();
  StringRef last = words.pop_back_val();
  return (spelling + " takes " + join(words, ", ") + " or " + last + got).str();
}

std::string optionError(StringRef report, const OptionTable &table) {
  SmallVector<StringRef> lines;
  report.trim().split(lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  std::string message;
  for (StringRef line : lines) {
    line.consume_front("nnc: ");
    if (line.consume_front("for the ")) {
      // One mistake is enough, and the first is the one that led to others.
      auto [spelling, rest] = line.split(" option: ");
      return valueError(spelling, rest, table);
    }
    if (line.consume_front("Unknown command line argument "))
      message += "unknown option " + line.split(".  Try").first.str();
    else if (line.consume_front("Did you mean "))
      message += "; did you mean " + line.str();
    else if (line.starts_with("Too many positional arguments"))
      return "more than one model to compile";
    else
      message += line.str();
  }
  return message.empty() ? "an option has a wrong value; see 'nnc --help'"
                         : message;
}

} // namespace nnc
