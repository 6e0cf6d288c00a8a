//===- OptionTable.h - the options for shells and manuals -------*- C++ -*-===//
//
// A program's options as plain data, and what is generated from it: the
// completions of bash, zsh and fish, and the man page. `nnc --generate=bash`
// and `nnc-run --generate=bash` print one; the build does so, and they are
// installed where shells and man look. Knows nothing of LLVM, because nnc-run
// does not either.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_OPTIONS_OPTIONTABLE_H
#define NNC_TOOLS_OPTIONS_OPTIONTABLE_H

#include <optional>
#include <string>
#include <vector>

namespace nnc {

/// One of the words that an option takes.
struct OptionValue {
  std::string name, help;
};

struct OptionInfo {
  std::string name;      ///< without dashes
  std::string valueName; ///< "file"; empty: takes none
  std::string help;
  std::vector<OptionValue> values; ///< the words, if they are these only
  bool glued = false;              ///< the value follows at once, as in -O3
  bool optional = false;           ///< the value may be left out
  bool repeatable = false;
  bool takesCode = false; ///< the value is a diagnostic's code

  /// "--emit", "-o".
  std::string spelling() const;
};

struct OptionGroup {
  std::string title;
  std::vector<OptionInfo> options;
};

using OptionTable = std::vector<OptionGroup>;

/// What a man page says of a program, in plain text.
struct Program {
  std::string name, version;
  std::string purpose;               ///< "compile a Keras model"
  std::string argument;              ///< "model"
  std::vector<std::string> endings;  ///< of the argument's file: "keras"
  std::vector<std::string> about;    ///< paragraphs
  std::string exitStatus;            ///< a sentence
  std::vector<std::string> examples; ///< commands
  std::string seeAlso;               ///< sentences
  OptionTable options;
};

enum class Generated { Bash, Zsh, Fish, Man };

/// What "bash", "zsh", "fish" and "man" ask for.
std::optional<Generated> generatedKind(const std::string &name);

std::string generate(Generated what, const Program &program);

} // namespace nnc

#endif // NNC_TOOLS_OPTIONS_OPTIONTABLE_H
