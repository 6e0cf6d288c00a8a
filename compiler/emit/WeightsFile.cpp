//===- WeightsFile.cpp - weights apart from the code ----------------------===//
//
// See WeightsFile.h. Written field by field in little endian, whatever machine
// the compiler runs on.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/WeightsFile.h"
#include "runtime/include/nnc/abi.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace nnc {

SmallVector<char, 0> makeWeightsFile(ArrayRef<char> payload,
                                     uint64_t fingerprint) {
  constexpr size_t kHead = sizeof(nnc_weights_header);
  static_assert(kHead == 64, "the payload starts at byte 64");

  SmallVector<char, 0> file(kHead + payload.size(), 0);
  auto put = [&](size_t offset, uint64_t value) {
    support::endian::write64le(file.data() + offset, value);
  };
  llvm::copy(StringRef("NNCWGHT1"), file.begin());
  put(offsetof(nnc_weights_header, size), file.size());
  put(offsetof(nnc_weights_header, fingerprint), fingerprint);
  put(offsetof(nnc_weights_header, checksum),
      xxh3_64bits(ArrayRef(reinterpret_cast<const uint8_t *>(payload.data()),
                           payload.size())));
  llvm::copy(payload, file.begin() + kHead);
  return file;
}

} // namespace nnc
