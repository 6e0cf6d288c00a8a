//===- NpyHeader.h - the dictionary at the head of an .npy file -*- C++ -*-===//
//
// The head of an .npy file is a Python dictionary with three keys. This parses
// exactly that subset of Python: strings, True and False, tuples of integers.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_NPYHEADER_H
#define NNC_TOOLS_NNC_RUN_NPYHEADER_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nnc::run {

struct NpyHeader {
  int dtype = 0; ///< an nnc_dtype
  bool fortranOrder = false;
  std::vector<std::int64_t> shape;
};

/// Parses the dictionary; on an error returns false and says what is wrong.
bool parseNpyHeader(std::string_view text, NpyHeader &header,
                    std::string &error);

/// The dictionary of a row-major array.
std::string printNpyHeader(int dtype, const std::vector<std::int64_t> &shape);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_NPYHEADER_H
