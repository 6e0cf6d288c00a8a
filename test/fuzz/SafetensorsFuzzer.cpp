//===- SafetensorsFuzzer.cpp - safetensors files of any bytes -------------===//
//
// Reads the file and uses all tensors.
//
//===----------------------------------------------------------------------===//

#include "test/fuzz/Fuzz.h"

using namespace nnc;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz::useTensors(readSafetensors(llvm::MemoryBuffer::getMemBuffer(
      fuzz::toString(data, size), "", /*RequiresNullTerminator=*/false)));
  return 0;
}
