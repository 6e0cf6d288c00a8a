//===- Target.h - the machine that code is made for -------------*- C++ -*-===//
//
// Turns what the user wrote after --target, --mcpu and --mattr into one checked
// description, and that into LLVM's TargetMachine. Everything is checked here,
// because LLVM itself answers an unknown CPU with a warning on stderr and goes
// on with another one.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_TARGET_H
#define NNC_COMPILER_EMIT_TARGET_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"
#include <memory>
#include <string>
#include <vector>

namespace llvm {
class TargetMachine;
} // namespace llvm

namespace nnc {

/// A triple, CPU and feature list that LLVM knows.
struct TargetSpec {
  llvm::Triple triple;
  std::string cpu;
  std::string features; ///< "+avx2,-fma"; adds to what the CPU has
  /// The CPUs to choose from at run time, `cpu` the first; empty: it is the
  /// only one.
  std::vector<std::string> levels = {};

  /// The CPUs as --mcpu takes them.
  std::string cpuList() const;
};

/// Where in memory the code may end up.
enum class RelocationModel { PIC, Static };

/// Who may call the model: the program or library that it is linked into, or
/// everybody who loads that library.
enum class Visibility { Hidden, Default };

/// Checks and completes the user's wishes. An empty triple is the host's, an
/// empty CPU the triple's baseline (x86-64: its levels, unless there are
/// features), the CPU "native" this machine's. Several CPUs are separated by
/// commas; their order is the caller's to check.
llvm::Expected<TargetSpec> resolveTarget(llvm::StringRef triple,
                                         llvm::StringRef cpu,
                                         llvm::StringRef features);

/// Does the target have the feature that LLVM calls `name`?
bool hasFeature(const TargetSpec &spec, llvm::StringRef name);

/// The code generator for `spec`; `optLevel` is 0 to 3.
std::unique_ptr<llvm::TargetMachine>
createTargetMachine(const TargetSpec &spec, RelocationModel relocation,
                    unsigned optLevel);

/// The name of this machine's CPU if it can do more than `spec`, which is for
/// the same architecture; else empty.
std::string fasterHostCPU(const TargetSpec &spec);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_TARGET_H
