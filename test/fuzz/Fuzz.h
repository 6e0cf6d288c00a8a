//===- Fuzz.h - what fuzz targets share -------------------------*- C++ -*-===//
//
// A fuzz target is one function that reads bytes which nobody vouches for.
// libFuzzer calls it in builds with NNC_FUZZ; Replay.cpp calls it in all
// others.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TEST_FUZZ_FUZZ_H
#define NNC_TEST_FUZZ_FUZZ_H

#include "compiler/import/WeightFormats.h"
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace nnc::fuzz {

inline llvm::StringRef toString(const uint8_t *data, size_t size) {
  return {reinterpret_cast<const char *>(data), size};
}

/// Ends the program if it is false: a promise that the fuzzer broke.
inline void require(bool holds) {
  if (!holds)
    std::abort();
}

/// Touches every byte of what a reader returned, and checks its size.
inline void useTensors(llvm::Expected<std::vector<NamedTensor>> tensors) {
  if (!tensors) {
    std::string message = llvm::toString(tensors.takeError());
    require(!message.empty() && message.find('\n') == std::string::npos);
    return;
  }
  for (const NamedTensor &tensor : *tensors) {
    unsigned size = dtypeBytes(tensor.dtype);
    llvm::Expected<uint64_t> bytes = tensorBytes(tensor.shape, size, "");
    require(size != 0 && bytes && *bytes == tensor.data.size());
    unsigned char sum = 0;
    for (char c : tensor.data)
      sum = static_cast<unsigned char>(sum + c);
    [[maybe_unused]] volatile unsigned char used = sum;
  }
}

} // namespace nnc::fuzz

#endif // NNC_TEST_FUZZ_FUZZ_H
