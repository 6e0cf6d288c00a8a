//===- LayerNames.cpp - names as Keras makes them -------------------------===//
//
// Pure functions: a layer left unnamed by its author is called as Keras would
// call it, so that summaries, weights files and messages agree.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/LayerNames.h"

#include "llvm/ADT/StringExtras.h"

using namespace nnc;

/// An underscore belongs before `text[i]`: an upper-case letter that begins a
/// capitalized word, or follows a lower-case letter.
static bool startsWord(llvm::StringRef text, size_t i) {
  if (i == 0 || !llvm::isUpper(text[i]))
    return false;
  bool capitalized = i + 1 < text.size() && llvm::isLower(text[i + 1]);
  return capitalized || llvm::isLower(text[i - 1]);
}

std::string nnc::toSnakeCase(llvm::StringRef className) {
  std::string name;
  for (size_t i = 0; i < className.size(); ++i) {
    if (startsWord(className, i))
      name += '_';
    name += llvm::toLower(className[i]);
  }
  return name;
}

std::string LayerNamer::next(llvm::StringRef className) {
  std::string base = toSnakeCase(className);
  while (true) {
    unsigned count = counts[base]++;
    std::string name = count == 0 ? base : base + "_" + std::to_string(count);
    if (taken.insert(name).second)
      return name;
  }
}
