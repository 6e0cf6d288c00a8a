//===- TargetModel.h - facts about a CPU -------------------------*- C++
//-*-===//
//
// What codegen needs to know of the CPU it compiles for, as plain data. All
// such facts live here and nowhere else; passes get them as options.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_TARGETMODEL_H
#define NNC_COMPILER_CODEGEN_TARGETMODEL_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"
#include <cstdint>
#include <string>

namespace nnc {

struct TargetModel {
  std::string triple;
  std::string cpu;
  std::string features;
  std::string dataLayout;

  unsigned pointerBits = 64;
  unsigned vectorBytes = 16;     ///< widest vector register; 4: scalars only
  unsigned vectorRegisters = 16; ///< how many of them
  bool hasFMA = false;           ///< fused multiply-add in one instruction
  bool hasRelaxedFMA = false;    ///< WebAssembly's: may round twice; vectors
  bool hasRounding = false;      ///< floor, ceil, … without a library call
  bool hasExtrema = false;       ///< IEEE 754-2019 maximum, in one instruction
  bool hasWideExtrema = true;    ///< LLVM can select them for f64
  bool loadsFirst = false;       ///< code loads before it computes: see wasm
  int64_t l1Bytes = 32 * 1024;
  int64_t l2Bytes = 256 * 1024;

  /// The model of a triple, a CPU ("" or "generic": the triple's baseline) and
  /// a feature string ("+avx2,-fma"). Fails on what LLVM does not know.
  static llvm::Expected<TargetModel> get(const llvm::Triple &triple,
                                         llvm::StringRef cpu,
                                         llvm::StringRef features);
};

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_TARGETMODEL_H
