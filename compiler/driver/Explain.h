//===- Explain.h - what the codes of diagnostics mean -----------*- C++ -*-===//
//
// Every error and note ends with the code of its kind, "[N204]". codes.md says
// of each what it means, how it is provoked and what helps; `nnc --explain`
// prints that. A code stands in the text of the message where that is made:
// the text goes through any stage, process and tool, and the code with it.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_EXPLAIN_H
#define NNC_COMPILER_DRIVER_EXPLAIN_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <utility>

namespace nnc {

/// Codes of what libraries say, whose messages have none.
inline constexpr llvm::StringLiteral kSyntaxCode = "N100";
inline constexpr llvm::StringLiteral kInternalCode = "N901";

/// A message without the code at its end, and that code: all of it and an
/// empty one if there is none.
std::pair<llvm::StringRef, llvm::StringRef> splitCode(llvm::StringRef message);

/// The code at the end of a message, "N204"; empty if there is none.
llvm::StringRef codeOf(llvm::StringRef message);

/// `message` with a code at its end: its own, or else `code`.
std::string withCode(llvm::StringRef message, llvm::StringRef code);

/// Prints the explanation of `code` (a diagnostic's, or the name of a run-time
/// status), or false if there is none.
bool explain(llvm::StringRef code, llvm::raw_ostream &os);

/// Prints all codes, one a line with its title.
void listCodes(llvm::raw_ostream &os);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_EXPLAIN_H
