//===- Weights.cpp - reading weight files ---------------------------------===//
//
// Picks the reader by the file's first bytes, and makes sure of what all
// formats promise: no two tensors of one name. Does nothing to the values.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Weights.h"
#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace nnc {

Error weightsError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

std::string quotedName(StringRef name) {
  constexpr size_t limit = 120;
  std::string text = "'";
  for (unsigned char c : name.take_front(limit)) {
    // Bytes above 127 are UTF-8, which names may well be.
    if (c >= 0x20 && c != 0x7f)
      text += static_cast<char>(c);
    else
      text += "\\x" + toHex(StringRef(reinterpret_cast<char *>(&c), 1));
  }
  if (name.size() > limit)
    text += "...";
  return text + "'";
}

unsigned dtypeBytes(StringRef dtype) {
  return StringSwitch<unsigned>(dtype)
      .Cases({"bool", "int8", "uint8"}, 1)
      .Cases({"float16", "bfloat16", "int16", "uint16"}, 2)
      .Cases({"float32", "int32", "uint32"}, 4)
      .Cases({"float64", "int64", "uint64"}, 8)
      .Default(0);
}

Expected<uint64_t> tensorBytes(ArrayRef<int64_t> shape, unsigned elementBytes,
                               const Twine &what) {
  int64_t bytes = elementBytes;
  bool overflow = false, empty = false;
  for (int64_t dim : shape) {
    if (dim < 0)
      return weightsError(what + ": dimension " + Twine(dim) +
                          " is negative [N103]");
    // A zero elsewhere must not hide an overflow, nor an overflow a zero.
    empty |= dim == 0;
    if (dim != 0)
      overflow |= MulOverflow(bytes, dim, bytes);
  }
  if (overflow)
    return weightsError(what + ": the size of its shape overflows [N103]");
  return empty ? 0 : static_cast<uint64_t>(bytes);
}

Expected<std::unique_ptr<WritableMemoryBuffer>> allocate(uint64_t bytes,
                                                         const Twine &what) {
  auto buffer = WritableMemoryBuffer::getNewUninitMemBuffer(bytes);
  if (!buffer)
    return weightsError(what + ": no memory for " + Twine(bytes) +
                        " bytes [N102]");
  return buffer;
}

bool nestsDeeperThan(StringRef json, unsigned limit) {
  unsigned depth = 0;
  bool inString = false;
  for (size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      if (++depth > limit)
        return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

Error checkUnique(ArrayRef<NamedTensor> tensors) {
  StringSet<> seen;
  for (const NamedTensor &tensor : tensors)
    if (!seen.insert(tensor.path).second)
      return weightsError("two tensors have the name " +
                          quotedName(tensor.path) + " [N110]");
  return Error::success();
}

static bool isZip(StringRef bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

/// A safetensors file has no magic: its header's length, then a JSON object.
/// The length itself is checked by the reader, which can say what is wrong.
static bool isSafetensors(StringRef bytes) {
  return bytes.size() > 8 && bytes[8] == '{';
}

static Expected<std::vector<NamedTensor>> readHdf5(const WeightsFile &file) {
  Expected<Hdf5Model> model = readHdf5Model(file);
  if (!model)
    return model.takeError();
  bool hasKernels = llvm::any_of(model->weights, [](const NamedTensor &tensor) {
    return tensor.shape.size() > 2;
  });
  if (model->backend == "theano" && hasKernels)
    return weightsError("was saved by Keras on Theano, which turns the kernels "
                        "of convolutions round; load it in Keras 2 on "
                        "TensorFlow and save it from there [N206]");
  return std::move(model->weights);
}

Expected<std::vector<NamedTensor>>
readWeights(const std::shared_ptr<const MemoryBuffer> &file) {
  StringRef bytes = file->getBuffer();
  auto read = isZip(bytes)           ? readNpz
              : isSafetensors(bytes) ? readSafetensors
              : isHdf5(bytes)        ? readHdf5
                                     : nullptr;
  if (!read)
    return weightsError("is not a weights file: its content is neither HDF5 "
                        "(.weights.h5, .h5) nor safetensors nor npz, nor "
                        "JSON that lists such HDF5 files [N101]");
  Expected<std::vector<NamedTensor>> tensors = read(file);
  if (!tensors)
    return tensors.takeError();
  if (Error error = checkUnique(*tensors))
    return error;
  return tensors;
}

/// The files of a map of shards lie beside it.
static Expected<std::vector<NamedTensor>> readShardsAt(StringRef path,
                                                       StringRef text) {
  return readShards(text, [&](StringRef name) -> Expected<WeightsFile> {
    SmallString<128> beside = sys::path::parent_path(path);
    sys::path::append(beside, name);
    auto file = SharedBuffer::open(beside);
    if (!file)
      return weightsError(name + ": " + toString(file.takeError()) + " [N004]");
    return WeightsFile(std::move(*file));
  });
}

Expected<std::vector<NamedTensor>> readWeights(StringRef path) {
  auto file = SharedBuffer::open(path);
  if (!file)
    return weightsError(path + ": " + toString(file.takeError()) + " [N004]");
  StringRef bytes = (*file)->getBuffer();
  Expected<std::vector<NamedTensor>> tensors =
      bytes.starts_with("{") ? readShardsAt(path, bytes)
                             : readWeights(std::move(*file));
  if (!tensors)
    return weightsError(path + ": " + toString(tensors.takeError()));
  return tensors;
}

} // namespace nnc
