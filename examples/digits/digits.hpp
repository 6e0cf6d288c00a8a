// digits.hpp: the test images with their labels, and what Keras says of them,
// as the C++ examples want them: plain vectors.
#ifndef DIGITS_HPP
#define DIGITS_HPP

#include "npy.h"

#include <string>
#include <vector>

constexpr std::size_t kPixels = 8 * 8;
constexpr std::size_t kClasses = 10;

/// Reads a .npy file of elements T. Empty after a line on stderr.
template <class T>
std::vector<T> readArray(const std::string &path, const char *descr) {
  npy_array array;
  if (npy_read(path.c_str(), descr, sizeof(T), &array) != 0)
    return {};
  const T *data = static_cast<const T *>(array.data);
  std::vector<T> values(data, data + array.count);
  std::free(array.data);
  return values;
}

struct Digits {
  std::vector<float> images;
  std::vector<int64_t> labels;

  std::size_t count() const { return labels.size(); }

  /// False after a line on stderr.
  bool read(const std::string &directory) {
    images = readArray<float>(directory + "/images.npy", "<f4");
    labels = readArray<int64_t>(directory + "/labels.npy", "<i8");
    if (!labels.empty() && images.size() == labels.size() * kPixels)
      return true;
    std::fprintf(stderr, "%s: no images with labels\n", directory.c_str());
    return false;
  }
};

#endif // DIGITS_HPP
