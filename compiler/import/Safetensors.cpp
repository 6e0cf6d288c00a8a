//===- Safetensors.cpp - reading .safetensors files -----------------------===//
//
// A safetensors file is a 64-bit length, a JSON object that gives each tensor's
// dtype, shape and byte range, and the bytes. The tensors point into the file's
// memory: nothing is copied. As the format demands, the ranges must cover the
// data exactly, once: a file that was cut, or that hides something, is refused.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace nnc {

/// The limit of the format's own reader.
static constexpr uint64_t kMaxHeader = 100'000'000;

/// The format's names of element types and numpy's.
static constexpr std::pair<StringLiteral, StringLiteral> kDtypes[] = {
    {"F64", "float64"},   {"F32", "float32"}, {"F16", "float16"},
    {"BF16", "bfloat16"}, {"I64", "int64"},   {"I32", "int32"},
    {"I16", "int16"},     {"I8", "int8"},     {"U64", "uint64"},
    {"U32", "uint32"},    {"U16", "uint16"},  {"U8", "uint8"},
    {"BOOL", "bool"}};

/// numpy's name; empty if the type is not one of ours.
static StringRef dtypeName(StringRef dtype) {
  for (const auto &[ours, numpys] : kDtypes)
    if (ours == dtype)
      return numpys;
  return "";
}

/// The non-negative integers of a JSON array, or nothing if it is not one.
static std::optional<std::vector<int64_t>> sizes(const json::Array *array) {
  if (!array)
    return std::nullopt;
  std::vector<int64_t> values;
  for (const json::Value &element : *array) {
    std::optional<int64_t> value = element.getAsInteger();
    if (!value || *value < 0)
      return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

/// One entry of the header, checked against itself and the data's size.
static Expected<NamedTensor> readEntry(StringRef name, const json::Value &entry,
                                       StringRef data) {
  std::string what = "tensor " + quotedName(name);
  const json::Object *object = entry.getAsObject();
  std::optional<StringRef> dtype =
      object ? object->getString("dtype") : std::nullopt;
  std::optional<std::vector<int64_t>> shape, offsets;
  if (object) {
    shape = sizes(object->getArray("shape"));
    offsets = sizes(object->getArray("data_offsets"));
  }
  if (!dtype || !shape || !offsets || offsets->size() != 2)
    return weightsError(what + ": needs 'dtype', 'shape' and 'data_offsets' "
                               "(two offsets) [N103]");
  NamedTensor tensor;
  tensor.path = name.str();
  tensor.dtype = dtypeName(*dtype).str();
  tensor.shape = std::move(*shape);
  if (tensor.dtype.empty())
    return weightsError(what + ": dtype " + quotedName(*dtype) +
                        " is not supported [N109]");
  uint64_t begin = (*offsets)[0], end = (*offsets)[1];
  if (begin > end || end > data.size())
    return weightsError(what + ": its bytes " + Twine(begin) + " to " +
                        Twine(end) + " are not within the file's " +
                        Twine(data.size()) + " bytes of data [N103]");
  Expected<uint64_t> bytes =
      tensorBytes(tensor.shape, dtypeBytes(tensor.dtype), what);
  if (!bytes)
    return bytes.takeError();
  if (*bytes != end - begin)
    return weightsError(what + ": its shape needs " + Twine(*bytes) +
                        " bytes, but it has " + Twine(end - begin) + " [N103]");
  tensor.data = ArrayRef(data.data() + begin, end - begin);
  return tensor;
}

/// The header as JSON; `data` becomes what follows it.
static Expected<json::Value> readHeader(StringRef bytes, StringRef &data) {
  uint64_t length =
      bytes.size() < 8 ? 0 : support::endian::read64le(bytes.data());
  if (bytes.size() < 8 || length > bytes.size() - 8)
    return weightsError(
        "the safetensors header is longer than the file [N103]");
  if (length > kMaxHeader)
    return weightsError("the safetensors header is longer than " +
                        Twine(kMaxHeader) + " bytes [N102]");
  StringRef header = bytes.substr(8, length);
  data = bytes.substr(8 + length);
  if (nestsDeeperThan(header, 16))
    return weightsError("the safetensors header is nested too deeply [N102]");
  Expected<json::Value> root = json::parse(header);
  if (root)
    return root;
  consumeError(root.takeError());
  return weightsError("the safetensors header is not valid JSON [N103]");
}

Expected<std::vector<NamedTensor>> readSafetensors(const WeightsFile &file) {
  StringRef data;
  Expected<json::Value> root = readHeader(file->getBuffer(), data);
  if (!root)
    return root.takeError();
  const json::Object *header = root->getAsObject();
  if (!header)
    return weightsError("the safetensors header is not a JSON object [N103]");

  std::vector<NamedTensor> tensors;
  for (const auto &[key, entry] : *header) {
    StringRef name = key;
    if (name == "__metadata__")
      continue;
    Expected<NamedTensor> tensor = readEntry(name, entry, data);
    if (!tensor)
      return tensor.takeError();
    tensor->storage = file;
    tensors.push_back(std::move(*tensor));
  }
  // JSON objects have no order; that of the data is the writer's. Empty tensors
  // share their offset with what follows and go first.
  llvm::sort(tensors, [](const NamedTensor &a, const NamedTensor &b) {
    return std::tuple(a.data.data(), a.data.size(), StringRef(a.path)) <
           std::tuple(b.data.data(), b.data.size(), StringRef(b.path));
  });
  const char *at = data.data();
  for (const NamedTensor &tensor : tensors) {
    if (tensor.data.data() != at)
      return weightsError(
          "tensor " + quotedName(tensor.path) +
          ": its bytes overlap another's or leave a gap [N103]");
    at = tensor.data.end();
  }
  if (at != data.end())
    return weightsError(Twine(data.end() - at) +
                        " bytes of data belong to no tensor [N103]");
  return tensors;
}

} // namespace nnc
