//===- Npy.cpp - reading one .npy array -----------------------------------===//
//
// Parses the header with a scanner for exactly the literals numpy writes, and
// brings the elements into row-major, little-endian order. Arrays of Python
// objects (pickles) and of records are refused.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Npy.h"
#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Endian.h"
#include <algorithm>

using namespace llvm;

namespace nnc {
namespace {

/// What the header's dict says.
struct NpyHeader {
  std::string descr;
  std::optional<bool> fortranOrder;
  std::optional<SmallVector<int64_t>> shape;
};

/// Scans a Python dict of strings, booleans and tuples of integers. Every
/// function leaves the text after what it took, or returns false.
class HeaderScanner {
public:
  explicit HeaderScanner(StringRef text) : text(text) {}

  bool scan(NpyHeader &header) {
    if (!take("{"))
      return false;
    while (!take("}")) {
      std::string key;
      if (!string(key) || !take(":") || !value(key, header))
        return false;
      if (!take(",") && !peek('}'))
        return false;
    }
    return !header.descr.empty() && header.fortranOrder && header.shape;
  }

private:
  bool peek(char c) {
    text = text.ltrim(" \n");
    return text.starts_with(StringRef(&c, 1));
  }

  bool take(StringRef token) {
    text = text.ltrim(" \n");
    return text.consume_front(token);
  }

  bool string(std::string &result) {
    char quote = peek('\'') ? '\'' : '"';
    if (!peek(quote))
      return false;
    size_t end = text.find(quote, 1);
    if (end == StringRef::npos)
      return false;
    result = text.slice(1, end).str();
    text = text.substr(end + 1);
    return true;
  }

  bool tuple(SmallVectorImpl<int64_t> &result) {
    if (!take("("))
      return false;
    while (!take(")")) {
      int64_t dim;
      text = text.ltrim(" \n");
      if (text.consumeInteger(10, dim))
        return false;
      result.push_back(dim);
      if (!take(",") && !peek(')'))
        return false;
    }
    return true;
  }

  bool value(StringRef key, NpyHeader &header) {
    if (key == "descr")
      return string(header.descr);
    if (key == "fortran_order") {
      header.fortranOrder = take("True");
      return *header.fortranOrder || take("False");
    }
    return key == "shape" && tuple(header.shape.emplace());
  }

  StringRef text;
};

} // namespace

/// "<f4" to "float32"; empty if it is not one of ours.
static StringRef dtypeName(StringRef descr) {
  return StringSwitch<StringRef>(descr.drop_front())
      .Case("f8", "float64")
      .Case("f4", "float32")
      .Case("f2", "float16")
      .Case("i8", "int64")
      .Case("i4", "int32")
      .Case("i2", "int16")
      .Case("i1", "int8")
      .Case("u8", "uint64")
      .Case("u4", "uint32")
      .Case("u2", "uint16")
      .Case("u1", "uint8")
      .Case("b1", "bool")
      .Default("");
}

/// Splits the file into its header's text and the elements.
static bool split(StringRef bytes, StringRef &header, StringRef &elements) {
  if (!bytes.consume_front("\x93NUMPY") || bytes.size() < 6)
    return false;
  unsigned major = static_cast<unsigned char>(bytes[0]);
  if (major < 1 || major > 3)
    return false;
  size_t sizeBytes = major == 1 ? 2 : 4;
  uint64_t size = major == 1 ? support::endian::read16le(bytes.data() + 2)
                             : support::endian::read32le(bytes.data() + 2);
  bytes = bytes.substr(2 + sizeBytes);
  if (size > bytes.size())
    return false;
  header = bytes.take_front(size);
  elements = bytes.substr(size);
  return true;
}

/// Copies a column-major array into row-major order.
static void transpose(const char *from, char *to, ArrayRef<int64_t> shape,
                      unsigned elementBytes, uint64_t count) {
  SmallVector<int64_t> index(shape.size(), 0);
  SmallVector<uint64_t> stride(shape.size(), elementBytes);
  for (size_t d = 1; d < shape.size(); ++d)
    stride[d] = stride[d - 1] * shape[d - 1];
  uint64_t at = 0;
  for (uint64_t i = 0; i < count; ++i, to += elementBytes) {
    std::copy_n(from + at, elementBytes, to);
    for (size_t d = shape.size(); d-- > 0;) {
      at += stride[d];
      if (++index[d] < shape[d])
        break;
      at -= stride[d] * shape[d];
      index[d] = 0;
    }
  }
}

Expected<NamedTensor> readNpy(std::unique_ptr<WritableMemoryBuffer> file,
                              std::string path, StringRef what) {
  StringRef whole(file->getBufferStart(), file->getBufferSize());
  StringRef text, elements;
  NpyHeader header;
  if (!split(whole, text, elements))
    return weightsError(what +
                        ": is not a .npy array of version 1 to 3 [N101]");
  if (!HeaderScanner(text).scan(header))
    return weightsError(what + ": its .npy header cannot be read, or is that "
                               "of an array of records [N104]");
  NamedTensor tensor;
  tensor.path = std::move(path);
  tensor.shape.assign(header.shape->begin(), header.shape->end());
  tensor.dtype = dtypeName(header.descr).str();
  char order = header.descr.front();
  if (tensor.dtype.empty() || !StringRef("<>|=").contains(order))
    return weightsError(what + ": element type " + quotedName(header.descr) +
                        (StringRef(header.descr).contains('O')
                             ? " (pickled Python objects)"
                             : "") +
                        " is not supported [N109]");
  unsigned size = dtypeBytes(tensor.dtype);
  Expected<uint64_t> bytes = tensorBytes(tensor.shape, size, what);
  if (!bytes)
    return bytes.takeError();
  if (*bytes != elements.size())
    return weightsError(what + ": its shape needs " + Twine(*bytes) +
                        " bytes, but it has " + Twine(elements.size()) +
                        " [N103]");

  char *data = file->getBufferStart() + (elements.data() - whole.data());
  if (order == '>' && size > 1)
    for (uint64_t at = 0; at < *bytes; at += size)
      std::reverse(data + at, data + at + size);
  if (*header.fortranOrder && tensor.shape.size() > 1) {
    auto rowMajor = allocate(*bytes, what);
    if (!rowMajor)
      return rowMajor.takeError();
    transpose(data, (*rowMajor)->getBufferStart(), tensor.shape, size,
              *bytes / size);
    file = std::move(*rowMajor);
    data = file->getBufferStart();
  }
  tensor.data = ArrayRef(data, *bytes);
  tensor.storage = std::move(file);
  return tensor;
}

} // namespace nnc
