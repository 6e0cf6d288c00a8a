//===- OptionTable.h - the options for shells and manuals -------*- C++ -*-===//
//
// nnc's options as plain data, and what is generated from it: the completions
// of bash, zsh and fish, and the man page. `nnc --generate=bash` prints one;
// the build does so, and they are installed where shells and man look.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_OPTIONTABLE_H
#define NNC_TOOLS_NNC_OPTIONTABLE_H

#include "llvm/Support/raw_ostream.h"
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

  /// "--emit", "-o".
  std::string spelling() const;
};

struct OptionGroup {
  std::string title;
  std::vector<OptionInfo> options;
};

using OptionTable = std::vector<OptionGroup>;

enum class Generated { Bash, Zsh, Fish, Man };

void generate(Generated what, const OptionTable &table, llvm::raw_ostream &os);

} // namespace nnc

#endif // NNC_TOOLS_NNC_OPTIONTABLE_H
