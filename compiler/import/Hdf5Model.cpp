//===- Hdf5Model.cpp - what Keras stores in an HDF5 file ------------------===//
//
// libhdf5 crashes and loops on damaged files, so it runs in a child process.
// The answer is a table (texts, then a line per tensor) with the data behind it
// that had to be unpacked; data that can be used as it lies in the file is
// named by its place there.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Hdf5Model.h"
#include "compiler/import/Hdf5File.h"
#include "compiler/import/Isolated.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/DataExtractor.h"
#include "llvm/Support/LEB128.h"

using namespace llvm;

namespace nnc {

bool isHdf5(StringRef bytes) {
  constexpr StringLiteral magic("\x89HDF\r\n\x1a\n");
  if (bytes.starts_with(magic))
    return true;
  // A block of the user's may come first; its length is a power of two.
  for (uint64_t at = 512; at < bytes.size(); at *= 2)
    if (bytes.substr(at).starts_with(magic))
      return true;
  return false;
}

//===----------------------------------------------------------------------===//
// In the child
//===----------------------------------------------------------------------===//

/// One text of the root's attributes; empty if it has none of that name.
static Error readText(Hdf5File &file, const Hdf5Object &root, StringRef name,
                      std::string &text) {
  auto strings = file.strings(root, name);
  if (!strings)
    return strings.takeError();
  if (*strings && !(*strings)->empty())
    text = std::move((*strings)->front());
  return Error::success();
}

Expected<Hdf5Model> readHdf5Here(StringRef bytes) {
  Expected<std::unique_ptr<Hdf5File>> file = Hdf5File::open(bytes);
  if (!file)
    return file.takeError();
  Expected<Hdf5Object> root = (*file)->root();
  if (!root)
    return root.takeError();
  Hdf5Model model;
  std::pair<StringRef, std::string &> texts[] = {
      {"model_config", model.modelConfig},
      {"keras_version", model.kerasVersion},
      {"backend", model.backend}};
  for (auto &[name, text] : texts)
    if (Error error = readText(**file, *root, name, text))
      return error;
  // A whole-model file has the weights in a group of their own.
  if (Hdf5File::hasChild(*root, "model_weights")) {
    root = (*file)->open(*root, "model_weights");
    if (!root)
      return root.takeError();
  }
  Expected<std::vector<NamedTensor>> weights = readHdf5Weights(**file, *root);
  if (!weights)
    return weights.takeError();
  model.weights = std::move(*weights);
  return model;
}

//===----------------------------------------------------------------------===//
// The answer
//===----------------------------------------------------------------------===//

/// Data in the answer is as aligned as any element type wants it.
static constexpr Align kDataAlign = Align::Constant<64>();

/// Is `part` within `whole`?
static bool isWithin(ArrayRef<char> part, StringRef whole) {
  return part.data() >= whole.begin() && part.end() <= whole.end();
}

void writeHdf5Answer(const Hdf5Model &model, StringRef input, raw_ostream &os) {
  std::string table;
  raw_string_ostream lines(table);
  auto number = [&](uint64_t value) { encodeULEB128(value, lines); };
  auto text = [&](StringRef value) {
    number(value.size());
    lines << value;
  };
  text(model.modelConfig);
  text(model.kerasVersion);
  text(model.backend);
  number(model.weights.size());
  uint64_t end = 0;
  for (const NamedTensor &tensor : model.weights) {
    text(tensor.path);
    text(tensor.origin);
    text(tensor.dtype);
    number(tensor.shape.size());
    for (int64_t dim : tensor.shape)
      number(dim);
    bool inFile = isWithin(tensor.data, input);
    number(inFile);
    number(inFile ? tensor.data.data() - input.data() : end);
    if (!inFile)
      end = alignTo(end + tensor.data.size(), kDataAlign);
  }
  char size[8];
  support::endian::write64le(size, table.size());
  os << StringRef(size, sizeof(size)) << table;
  os.write_zeros(offsetToAlignment(sizeof(size) + table.size(), kDataAlign));
  for (const NamedTensor &tensor : model.weights)
    if (!isWithin(tensor.data, input)) {
      os.write(tensor.data.data(), tensor.data.size());
      os.write_zeros(offsetToAlignment(tensor.data.size(), kDataAlign));
    }
}

namespace {

/// Reads the table; after an error everything is empty.
class AnswerReader {
public:
  AnswerReader(const WeightsFile &input,
               const std::shared_ptr<const MemoryBuffer> &answer)
      : input(input), answer(answer),
        table("", /*IsLittleEndian=*/true, /*AddressSize=*/8), at(0) {
    StringRef bytes = answer->getBuffer();
    uint64_t size =
        bytes.size() < 8 ? 0 : support::endian::read64le(bytes.data());
    if (size > bytes.size() - std::min<size_t>(bytes.size(), 8))
      size = 0;
    table = DataExtractor(bytes.substr(8, size), /*IsLittleEndian=*/true,
                          /*AddressSize=*/8);
    data = bytes.substr(alignTo(8 + size, kDataAlign));
  }

  Expected<Hdf5Model> read();

private:
  uint64_t number() { return table.getULEB128(at); }
  std::string text() {
    uint64_t size = number();
    return table.getBytes(at, size).str();
  }
  bool readTensor(NamedTensor &tensor);

  const WeightsFile &input;
  const std::shared_ptr<const MemoryBuffer> &answer;
  DataExtractor table;
  DataExtractor::Cursor at;
  StringRef data;
};

} // namespace

/// False if what the table says of the tensor does not hold.
bool AnswerReader::readTensor(NamedTensor &tensor) {
  tensor.path = text();
  tensor.origin = text();
  tensor.dtype = text();
  uint64_t rank = number();
  for (uint64_t d = 0; at && d < rank; ++d)
    tensor.shape.push_back(static_cast<int64_t>(number()));
  bool inFile = number() != 0;
  uint64_t offset = number();
  unsigned size = dtypeBytes(tensor.dtype);
  if (!at || size == 0)
    return false;
  Expected<uint64_t> bytes = tensorBytes(tensor.shape, size, "");
  if (!bytes) {
    consumeError(bytes.takeError());
    return false;
  }
  StringRef whole = inFile ? input->getBuffer() : data;
  if (offset > whole.size() || *bytes > whole.size() - offset)
    return false;
  tensor.data = ArrayRef(whole.data() + offset, *bytes);
  tensor.storage = inFile ? input : answer;
  return true;
}

Expected<Hdf5Model> AnswerReader::read() {
  Hdf5Model model;
  model.modelConfig = text();
  model.kerasVersion = text();
  model.backend = text();
  uint64_t count = number();
  bool valid = static_cast<bool>(at);
  for (uint64_t i = 0; valid && i < count; ++i)
    valid = readTensor(model.weights.emplace_back());
  if (Error error = at.takeError()) {
    consumeError(std::move(error));
    valid = false;
  }
  if (!valid)
    return weightsError("is a damaged HDF5 file [N103]");
  return model;
}

Expected<Hdf5Model>
readHdf5Answer(const WeightsFile &input,
               const std::shared_ptr<const MemoryBuffer> &answer) {
  return AnswerReader(input, answer).read();
}

//===----------------------------------------------------------------------===//
// In the parent
//===----------------------------------------------------------------------===//

IsolatedJob hdf5Job() {
  return {"hdf5", [](StringRef input, raw_ostream &output) -> Error {
            Expected<Hdf5Model> model = readHdf5Here(input);
            if (!model)
              return model.takeError();
            writeHdf5Answer(*model, input, output);
            return Error::success();
          }};
}

Expected<Hdf5Model> readHdf5Model(const WeightsFile &file) {
  uint64_t most = expansionLimit(file->getBufferSize());
  IsolationLimits limits;
  limits.cpuSeconds = 2 + file->getBufferSize() / (16 << 20);
  limits.wallSeconds = 120 + 8 * limits.cpuSeconds;
  limits.memoryBytes = SaturatingMultiplyAdd<uint64_t>(2, most, 256 << 20);
  limits.outputBytes = SaturatingMultiplyAdd<uint64_t>(2, most, 1 << 20);
  auto answer = runIsolated("hdf5", *file, limits, "is a damaged HDF5 file");
  if (!answer)
    return answer.takeError();
  Expected<Hdf5Model> model = readHdf5Answer(file, std::move(*answer));
  if (!model)
    return model.takeError();
  if (Error error = checkUnique(model->weights))
    return error;
  return model;
}

} // namespace nnc
