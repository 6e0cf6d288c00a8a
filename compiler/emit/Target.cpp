//===- Target.cpp - the machine that code is made for ---------------------===//
//
// See Target.h. The architectures that nnc supports stand in one table, with
// the baseline that each is compiled for when the user names no CPU. For
// x86-64, the one that can tell CPUs apart at run time, these are three.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Target.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include <mutex>

using namespace llvm;

namespace nnc {

namespace {

/// What code for an architecture may assume unless the user says more.
struct Baseline {
  Triple::ArchType arch;
  const char *cpu;      ///< or several to choose from
  const char *features; ///< what every system of this kind has
  const char *abi;      ///< calling convention where the triple leaves it open
};

constexpr Baseline kBaselines[] = {
    {Triple::x86_64, "x86-64,x86-64-v3,x86-64-v4", "", ""},
    {Triple::x86, "pentium4", "", ""},
    {Triple::aarch64, "generic", "", ""},
    {Triple::arm, "generic", "", ""},
    {Triple::thumb, "generic", "", ""},
    {Triple::riscv64, "generic-rv64", "+m,+a,+f,+d,+c", "lp64d"},
    {Triple::riscv32, "generic-rv32", "+m,+a,+f,+d,+c", "ilp32d"},
    {Triple::wasm32, "generic", "+simd128", ""},
};

constexpr StringLiteral kArchitectures =
    "x86-64, x86, AArch64, ARM, RISC-V and WebAssembly";

} // namespace

static const Baseline *findBaseline(const Triple &triple) {
  const auto *it = find_if(kBaselines, [&](const Baseline &baseline) {
    return baseline.arch == triple.getArch();
  });
  return it == std::end(kBaselines) ? nullptr : it;
}

/// Registers the code generators of the table above with LLVM, once.
static void initializeTargets() {
  static std::once_flag once;
  std::call_once(once, [] {
#define NNC_INITIALIZE(ARCH)                                                   \
  LLVMInitialize##ARCH##TargetInfo();                                          \
  LLVMInitialize##ARCH##Target();                                              \
  LLVMInitialize##ARCH##TargetMC();                                            \
  LLVMInitialize##ARCH##AsmPrinter();
    NNC_INITIALIZE(X86)
    NNC_INITIALIZE(AArch64)
    NNC_INITIALIZE(ARM)
    NNC_INITIALIZE(RISCV)
    NNC_INITIALIZE(WebAssembly)
#undef NNC_INITIALIZE
    LLVMInitializeX86AsmParser(); // cpuid and xgetbv are inline assembly
  });
}

/// This machine's features as LLVM writes them, in a fixed order.
static std::string hostFeatures() {
  SmallVector<std::string> features;
  for (const auto &entry : sys::getHostCPUFeatures())
    features.push_back((entry.second ? "+" : "-") + entry.first().str());
  llvm::sort(features);
  return join(features, ",");
}

/// The candidate nearest in spelling, as the end of an error message.
template <typename Range, typename GetName>
static std::string suggest(StringRef wrong, const Range &candidates,
                           GetName getName) {
  StringRef best;
  unsigned bestDistance = std::max<unsigned>(2, wrong.size() / 3);
  for (const auto &candidate : candidates) {
    StringRef name = getName(candidate);
    unsigned distance = wrong.edit_distance_insensitive(
        name, /*AllowReplacements=*/true, bestDistance);
    if (distance <= bestDistance && (best.empty() || distance < bestDistance)) {
      best = name;
      bestDistance = distance;
    }
  }
  return best.empty() ? "" : ("; did you mean '" + best + "'?").str();
}

static Error checkCPU(const MCSubtargetInfo &info, const Triple &triple,
                      StringRef cpu) {
  if (info.isCPUStringValid(cpu))
    return Error::success();
  return createStringError("unknown CPU '" + cpu + "' for target '" +
                           triple.str() + "'" +
                           suggest(cpu, info.getAllProcessorDescriptions(),
                                   [](const SubtargetSubTypeKV &entry) {
                                     return StringRef(entry.Key);
                                   }) +
                           " [N602]");
}

static Error checkFeatures(const MCSubtargetInfo &info, const Triple &triple,
                           StringRef features) {
  for (StringRef feature : split(features, ',')) {
    StringRef name = feature;
    if (!name.consume_front("+") && !name.consume_front("-"))
      return createStringError("feature '" + feature +
                               "' needs a '+' or a '-' in front [N602]");
    auto known = info.getAllProcessorFeatures();
    if (none_of(known, [&](const SubtargetFeatureKV &entry) {
          return name == entry.Key;
        }))
      return createStringError("unknown feature '" + name + "' for target '" +
                               triple.str() + "'" +
                               suggest(name, known,
                                       [](const SubtargetFeatureKV &entry) {
                                         return StringRef(entry.Key);
                                       }) +
                               " [N602]");
  }
  return Error::success();
}

static Expected<const Target *> findTarget(const Triple &triple) {
  std::string ignored;
  const Target *target = TargetRegistry::lookupTarget(triple, ignored);
  if (!target || !findBaseline(triple))
    return createStringError("unsupported target '" + triple.str() +
                             "'; nnc compiles for " + kArchitectures +
                             " [N601]");
  return target;
}

/// The CPU that the user names, and its features where the name stands for a
/// particular machine.
static Error nameCPU(TargetSpec &spec, const Triple &host, StringRef cpu) {
  if (cpu != "native") {
    spec.cpu = cpu.str();
    return Error::success();
  }
  if (spec.triple.getArch() != host.getArch())
    return createStringError("--mcpu=native is a " + host.getArchName() +
                             " CPU, but the target is '" + spec.triple.str() +
                             "' [N603]");
  spec.cpu = sys::getHostCPUName().str();
  spec.features = hostFeatures();
  return Error::success();
}

/// LLVM aborts on an x86-64 module for a CPU without its instructions.
static Error check64Bit(const Target &target, const TargetSpec &spec) {
  std::unique_ptr<MCSubtargetInfo> info(
      target.createMCSubtargetInfo(spec.triple, spec.cpu, spec.features));
  if (spec.triple.getArch() != Triple::x86_64 || info->checkFeatures("+64bit"))
    return Error::success();
  return createStringError("CPU '" + spec.cpu +
                           "' cannot run 64-bit code for target '" +
                           spec.triple.str() + "' [N602]");
}

/// Several CPUs: each by its name alone, because features are those of one.
static Error nameLevels(TargetSpec &spec, const Target &target,
                        const Triple &host, StringRef cpus,
                        StringRef features) {
  if (spec.triple.getArch() != Triple::x86_64)
    return createStringError("--mcpu names several CPUs, but code for '" +
                             spec.triple.str() +
                             "' cannot choose at run time; name one [N603]");
  if (!features.empty())
    return createStringError("--mattr changes one CPU, but --mcpu names "
                             "several; name one [N603]");
  std::unique_ptr<MCSubtargetInfo> info(
      target.createMCSubtargetInfo(spec.triple, "", ""));
  for (StringRef cpu : split(cpus, ',')) {
    if (cpu.empty())
      return createStringError("--mcpu has an empty name in '" + cpus +
                               "' [N603]");
    if (Error error = nameCPU(spec, host, cpu))
      return error;
    spec.features.clear();
    if (Error error = checkCPU(*info, spec.triple, spec.cpu))
      return error;
    if (Error error = check64Bit(target, spec))
      return error;
    spec.levels.push_back(spec.cpu);
  }
  spec.cpu = spec.levels.front();
  return Error::success();
}

std::string TargetSpec::cpuList() const {
  return levels.empty() ? cpu : join(levels, ",");
}

Expected<TargetSpec> resolveTarget(StringRef triple, StringRef cpu,
                                   StringRef features) {
  initializeTargets();
  Triple host(Triple::normalize(sys::getDefaultTargetTriple()));
  TargetSpec spec;
  spec.triple = triple.empty() ? host : Triple(Triple::normalize(triple));
  Expected<const Target *> target = findTarget(spec.triple);
  if (!target)
    return target.takeError();

  const Baseline &baseline = *findBaseline(spec.triple);
  if (cpu.empty())
    spec.features = baseline.features;
  // Features are added to the least CPU.
  StringRef named = !cpu.empty() ? cpu : StringRef(baseline.cpu);
  if (cpu.empty() && !features.empty())
    named = named.split(',').first;

  // Without CPU and features, since those are what is checked.
  std::unique_ptr<MCSubtargetInfo> info(
      (*target)->createMCSubtargetInfo(spec.triple, "", ""));
  if (!info)
    return createStringError("LLVM has no code generator for target '" +
                             spec.triple.str() + "' [N601]");
  if (named.contains(',')) {
    if (Error error = nameLevels(spec, **target, host, named, features))
      return error;
    return spec;
  }
  if (Error error = nameCPU(spec, host, named))
    return error;
  if (Error error = checkCPU(*info, spec.triple, spec.cpu))
    return error;
  if (!features.empty()) {
    if (Error error = checkFeatures(*info, spec.triple, features))
      return error;
    spec.features += (spec.features.empty() ? "" : ",") + features.str();
  }
  if (Error error = check64Bit(**target, spec))
    return error;
  return spec;
}

bool hasFeature(const TargetSpec &spec, StringRef name) {
  initializeTargets();
  std::string ignored;
  const Target *target = TargetRegistry::lookupTarget(spec.triple, ignored);
  std::unique_ptr<MCSubtargetInfo> info(
      target
          ? target->createMCSubtargetInfo(spec.triple, spec.cpu, spec.features)
          : nullptr);
  return info && info->checkFeatures(("+" + name).str());
}

std::unique_ptr<TargetMachine> createTargetMachine(const TargetSpec &spec,
                                                   RelocationModel relocation,
                                                   unsigned optLevel) {
  initializeTargets();
  std::string ignored;
  const Target *target = TargetRegistry::lookupTarget(spec.triple, ignored);
  if (!target)
    return nullptr;

  TargetOptions options;
  // Fused multiply-adds are written out before this stage; none may appear
  // here, or the bits of a result would depend on the optimiser's mood.
  options.AllowFPOpFusion = FPOpFusion::Strict;
  options.FunctionSections = true;
  options.DataSections = true;
  // With double-precision registers RISC-V passes floats in them; LLVM leaves
  // that choice to its caller.
  std::unique_ptr<MCSubtargetInfo> info(
      target->createMCSubtargetInfo(spec.triple, spec.cpu, spec.features));
  if (spec.triple.isRISCV() && info->checkFeatures("+d"))
    options.MCOptions.ABIName = findBaseline(spec.triple)->abi;

  // WebAssembly's position-independent code is an ABI of its own, for modules
  // that are linked at load time.
  bool pic = relocation == RelocationModel::PIC && !spec.triple.isWasm();
  std::optional<CodeGenOptLevel> level = CodeGenOpt::getLevel(optLevel);
  std::unique_ptr<TargetMachine> machine(target->createTargetMachine(
      spec.triple, spec.cpu, spec.features, options,
      pic ? Reloc::PIC_ : Reloc::Static, /*CM=*/std::nullopt,
      level.value_or(CodeGenOptLevel::Default)));
  // Without optimisation AArch64 would take the instruction selector that is
  // still to come, which miscompiles vectors.
  machine->setGlobalISel(false);
  return machine;
}

std::string fasterHostCPU(const TargetSpec &spec) {
  Triple host(Triple::normalize(sys::getDefaultTargetTriple()));
  StringRef cpu = sys::getHostCPUName();
  if (spec.triple.getArch() != host.getArch() || !spec.levels.empty() ||
      cpu == spec.cpu || cpu.empty() || cpu == "generic")
    return "";
  return cpu.str();
}

} // namespace nnc
