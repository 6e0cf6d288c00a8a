//===- CpuLevels.h - CPUs to choose from at run time -------------*- C++
//-*-===//
//
// A level is one of the CPUs that an object is compiled for at once. What a
// machine must answer to run a level's code is plain data here; the entry
// point asks for it.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_CPULEVELS_H
#define NNC_COMPILER_CODEGEN_CPULEVELS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>

namespace nnc {

enum class CpuidRegister : uint8_t { EAX, EBX, ECX, EDX };

/// Bits that `cpuid` must set in one of its results.
struct CpuidTest {
  uint32_t leaf, subleaf;
  CpuidRegister result;
  uint32_t mask;
};

/// What a machine must answer to run the code of a level.
struct LevelTest {
  llvm::SmallVector<CpuidTest> cpuid; ///< one for each result of each leaf
  uint32_t xcr0 = 0; ///< registers that the system must save, as in XCR0
};

/// The bit of leaf 1's ECX that says that `xgetbv` can be asked for XCR0.
inline constexpr uint32_t kCpuidOsxsave = 1u << 27;

/// The test of an x86-64 CPU. Fails if its code may use instructions for which
/// there is none.
llvm::Expected<LevelTest> findLevelTest(llvm::StringRef cpu);

/// What a level is called in the names of functions: "v3" for x86-64-v3.
std::string levelName(llvm::StringRef cpu);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_CPULEVELS_H
