//===- Npy.h - NumPy's .npy files -------------------------------*- C++ -*-===//
//
// Reads and writes arrays in NumPy's file format, versions 1 to 3. Files are
// untrusted: every length is checked against what the file really holds before
// memory is taken for it.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_NPY_H
#define NNC_TOOLS_NNC_RUN_NPY_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nnc::run {

/// A dense array in row-major order, little endian.
struct NpyArray {
  int dtype = 0; ///< an nnc_dtype
  std::vector<std::int64_t> shape;
  std::vector<unsigned char> data;

  std::size_t size() const; ///< elements
};

/// Reads a whole file. On an error returns false with a one-line message that
/// starts with the path.
bool readNpy(const std::string &path, NpyArray &array, std::string &error);

/// Writes `shape` elements from `data`. bfloat16, which NumPy lacks, is written
/// as the uint16 of its bits.
bool writeNpy(const std::string &path, int dtype,
              const std::vector<std::int64_t> &shape, const void *data,
              std::string &error);

/// A shape as NumPy prints it: "(2, 3)", "(4,)", "()".
std::string shapeText(const std::vector<std::int64_t> &shape);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_NPY_H
