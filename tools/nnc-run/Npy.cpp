//===- Npy.cpp - NumPy's .npy files ---------------------------------------===//
//
// The file around the header: magic, version, length, and the data. Data that
// the header promises is read in pieces, so that a header that lies costs
// nothing. Column-major arrays are put into row-major order.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Npy.h"
#include "nnc/runtime.h"
#include "tools/nnc-run/NpyHeader.h"
#include "tools/nnc-run/Text.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace nnc::run {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;

constexpr char magic[6] = {'\x93', 'N', 'U', 'M', 'P', 'Y'};

/// More than a header of our types can need.
constexpr std::size_t maxHeader = 1 << 16;

/// The number of elements; false if it or the bytes overflow.
bool countElements(const std::vector<std::int64_t> &shape, std::size_t width,
                   std::size_t &count) {
  std::size_t bytes = 0;
  bool overflow = false;
  count = 1;
  for (std::int64_t extent : shape)
    overflow |= __builtin_mul_overflow(count, extent, &count);
  overflow |= __builtin_mul_overflow(count, width, &bytes);
  return !overflow;
}

/// Reads exactly `size` bytes, in pieces.
bool readBytes(std::FILE *file, std::size_t size,
               std::vector<unsigned char> &bytes) {
  constexpr std::size_t piece = 1 << 20;
  bytes.clear();
  while (bytes.size() < size) {
    std::size_t have = bytes.size();
    std::size_t want = std::min(piece, size - have);
    bytes.resize(have + want);
    if (std::fread(bytes.data() + have, 1, want, file) != want)
      return false;
  }
  return true;
}

/// Reads magic, version and the header's text.
bool readHeaderText(std::FILE *file, std::string &text, std::string &problem) {
  std::vector<unsigned char> bytes;
  if (!readBytes(file, 8, bytes) ||
      std::memcmp(bytes.data(), magic, sizeof(magic)) != 0) {
    problem = "it is no .npy file";
    return false;
  }
  if (bytes[6] < 1 || bytes[6] > 3) {
    problem = "it has version " + std::to_string(bytes[6]) +
              " of the format, known are 1 to 3";
    return false;
  }
  std::size_t width = bytes[6] == 1 ? 2 : 4;
  std::size_t length = 0;
  if (readBytes(file, width, bytes))
    for (std::size_t i = 0; i != width; ++i)
      length |= static_cast<std::size_t>(bytes[i]) << (8 * i);
  if (length == 0 || length > maxHeader || !readBytes(file, length, bytes)) {
    problem = "its header is cut off or too long";
    return false;
  }
  text.assign(bytes.begin(), bytes.end());
  return true;
}

/// Puts a column-major array into row-major order.
void transpose(NpyArray &array, std::size_t width) {
  std::vector<unsigned char> result(array.data.size());
  std::size_t rank = array.shape.size();
  std::vector<std::int64_t> index(rank, 0);
  std::size_t count = array.size();
  for (std::size_t to = 0; to != count; ++to) {
    std::size_t from = 0;
    for (std::size_t d = rank; d-- != 0;)
      from = from * static_cast<std::size_t>(array.shape[d]) +
             static_cast<std::size_t>(index[d]);
    std::memcpy(&result[to * width], &array.data[from * width], width);
    for (std::size_t d = rank; d-- != 0;) {
      if (++index[d] != array.shape[d])
        break;
      index[d] = 0;
    }
  }
  array.data = std::move(result);
}

bool readArray(std::FILE *file, NpyArray &array, std::string &problem) {
  NpyHeader header;
  std::string text;
  if (!readHeaderText(file, text, problem) ||
      !parseNpyHeader(text, header, problem))
    return false;
  std::size_t width = nnc_dtype_size(header.dtype);
  std::size_t count = 0;
  if (!countElements(header.shape, width, count)) {
    problem = "its shape " + shapeText(header.shape) + " is too large";
    return false;
  }
  if (!readBytes(file, count * width, array.data)) {
    problem = "it is cut off: " + shapeText(header.shape) + " of " +
              nnc_dtype_name(header.dtype) + " needs " +
              std::to_string(count * width) + " bytes of data";
    return false;
  }
  if (std::fgetc(file) != EOF) {
    problem = "it goes on after its data";
    return false;
  }
  array.dtype = header.dtype;
  array.shape = header.shape;
  if (header.fortranOrder && count != 0)
    transpose(array, width);
  return true;
}

/// Magic, version 1, length and dictionary, padded to a multiple of 64 bytes
/// as NumPy does, so that the data can be mapped.
std::string fileHead(int dtype, const std::vector<std::int64_t> &shape) {
  std::string dictionary = printNpyHeader(dtype, shape);
  std::size_t fixed = sizeof(magic) + 4;
  std::size_t whole = (fixed + dictionary.size() + 1 + 63) / 64 * 64;
  dictionary.append(whole - fixed - dictionary.size() - 1, ' ');
  dictionary += '\n';
  std::string head(magic, sizeof(magic));
  head += {'\x01', '\x00'};
  head += static_cast<char>(dictionary.size() & 0xFF);
  head += static_cast<char>(dictionary.size() >> 8);
  return head + dictionary;
}

} // namespace

std::size_t NpyArray::size() const {
  std::size_t count = 1;
  for (std::int64_t extent : shape)
    count *= static_cast<std::size_t>(extent);
  return count;
}

std::string shapeText(const std::vector<std::int64_t> &shape) {
  std::string text = "(";
  for (std::size_t i = 0; i != shape.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

bool readNpy(const std::string &path, NpyArray &array, std::string &error) {
  File file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) {
    error = "cannot open '" + path + "': " + std::strerror(errno) + " [N004]";
    return false;
  }
  std::string problem;
  if (readArray(file.get(), array, problem))
    return true;
  error = "cannot read '" + path + "': " + problem + " [N805]";
  return false;
}

bool writeNpy(const std::string &path, int dtype,
              const std::vector<std::int64_t> &shape, const void *data,
              std::string &error) {
  std::string head = fileHead(dtype, shape);
  std::size_t bytes = nnc_dtype_size(dtype);
  for (std::int64_t extent : shape)
    bytes *= static_cast<std::size_t>(extent);
  return writeFile(path, {head, {static_cast<const char *>(data), bytes}},
                   error);
}

} // namespace nnc::run
