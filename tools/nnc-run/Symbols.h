//===- Symbols.h - which models a shared library exports --------*- C++ -*-===//
//
// A model's library exports one nnc_model named <symbol>_model; its name is not
// known beforehand. dlopen cannot list names, so they are read from the file.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_SYMBOLS_H
#define NNC_TOOLS_NNC_RUN_SYMBOLS_H

#include <string>
#include <vector>

namespace nnc::run {

/// The data symbols of the library that end in "_model". On an error returns
/// false with a one-line message. Only ELF files of this machine's kind; other
/// systems need the symbol's name from the user.
bool findModelSymbols(const std::string &path, std::vector<std::string> &names,
                      std::string &error);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_SYMBOLS_H
