//===- Hdf5Fuzzer.cpp - HDF5 files of any bytes ---------------------------===//
//
// Reads the file in this process, as the child of readHdf5Model does, and takes
// the child's answer as its parent does. libhdf5 itself is not safe on such
// files: tools/fuzz tells its findings from ours.
//
//===----------------------------------------------------------------------===//

#include "test/fuzz/Fuzz.h"

using namespace nnc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef bytes = fuzz::toString(data, size);
  llvm::Expected<Hdf5Model> model = readHdf5Here(bytes);
  if (!model) {
    fuzz::useTensors(model.takeError());
    return 0;
  }
  std::string answer;
  llvm::raw_string_ostream os(answer);
  writeHdf5Answer(*model, bytes, os);
  llvm::Expected<Hdf5Model> read = readHdf5Answer(
      llvm::MemoryBuffer::getMemBuffer(bytes, "",
                                       /*RequiresNullTerminator=*/false),
      llvm::MemoryBuffer::getMemBufferCopy(answer));
  fuzz::require(bool(read));
  fuzz::require(read->modelConfig == model->modelConfig &&
                read->weights.size() == model->weights.size());
  for (size_t i = 0; i < read->weights.size(); ++i)
    fuzz::require(read->weights[i].path == model->weights[i].path &&
                  read->weights[i].data == model->weights[i].data);
  fuzz::useTensors(std::move(read->weights));
  return 0;
}
