//===- NpyFuzzer.cpp - .npy arrays of any bytes ---------------------------===//
//
// What an .npz holds. Its archive has checksums that a fuzzer does not get
// past, so that it is a target of its own.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Npy.h"
#include "test/fuzz/Fuzz.h"

using namespace nnc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto file = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(size);
  std::copy_n(data, size, file->getBufferStart());
  llvm::Expected<NamedTensor> tensor = readNpy(std::move(file), "a", "array a");
  if (!tensor) {
    fuzz::useTensors(tensor.takeError());
    return 0;
  }
  std::vector<NamedTensor> tensors;
  tensors.push_back(std::move(*tensor));
  fuzz::useTensors(std::move(tensors));
  return 0;
}
