//===- AnswerFuzzer.cpp - what a child process may answer -----------------===//
//
// A file that gets hold of the process that reads it answers whatever it likes.
// The parent believes no size and no place.
//
//===----------------------------------------------------------------------===//

#include "test/fuzz/Fuzz.h"

using namespace nnc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::Expected<Hdf5Model> model = readHdf5Answer(
      llvm::MemoryBuffer::getMemBufferCopy("0123456789abcdef"),
      llvm::MemoryBuffer::getMemBuffer(fuzz::toString(data, size), "",
                                       /*RequiresNullTerminator=*/false));
  if (model)
    fuzz::useTensors(std::move(model->weights));
  else
    fuzz::useTensors(model.takeError());
  return 0;
}
