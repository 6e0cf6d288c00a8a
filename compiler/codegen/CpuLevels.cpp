//===- CpuLevels.cpp - CPUs to choose from at run time --------------------===//
//
// LLVM's tables say which features a CPU has; the table here says where `cpuid`
// reports a feature and which registers a system must save for it. Features
// that only intrinsics bring into code need no test: generated code has none
// of their instructions, and a virtual machine that hides them may still run
// it. A feature that is in neither table is refused, never taken for granted.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/CpuLevels.h"
#include "compiler/codegen/Codegen.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Triple.h"
#include "llvm/TargetParser/X86TargetParser.h"

using namespace llvm;

namespace nnc {
namespace {

/// Bits of XCR0: the halves of the registers that an instruction writes.
enum Xcr0 : uint32_t { kNone = 0, kYmm = 0x6, kZmm = 0xe6 };

/// Where `cpuid` reports a feature.
struct FeatureBit {
  StringLiteral name;
  uint32_t leaf, subleaf;
  CpuidRegister result;
  unsigned bit;
  Xcr0 state;
};

using R = CpuidRegister;

constexpr FeatureBit kTested[] = {
    {"cx8", 1, 0, R::EDX, 8, kNone},
    {"cmov", 1, 0, R::EDX, 15, kNone},
    {"mmx", 1, 0, R::EDX, 23, kNone},
    {"fxsr", 1, 0, R::EDX, 24, kNone},
    {"sse", 1, 0, R::EDX, 25, kNone},
    {"sse2", 1, 0, R::EDX, 26, kNone},
    {"sse3", 1, 0, R::ECX, 0, kNone},
    {"ssse3", 1, 0, R::ECX, 9, kNone},
    {"fma", 1, 0, R::ECX, 12, kYmm},
    {"cx16", 1, 0, R::ECX, 13, kNone},
    {"sse4.1", 1, 0, R::ECX, 19, kNone},
    {"sse4.2", 1, 0, R::ECX, 20, kNone},
    {"crc32", 1, 0, R::ECX, 20, kNone},
    {"movbe", 1, 0, R::ECX, 22, kNone},
    {"popcnt", 1, 0, R::ECX, 23, kNone},
    {"avx", 1, 0, R::ECX, 28, kYmm},
    {"f16c", 1, 0, R::ECX, 29, kYmm},
    {"bmi", 7, 0, R::EBX, 3, kNone},
    {"avx2", 7, 0, R::EBX, 5, kYmm},
    {"bmi2", 7, 0, R::EBX, 8, kNone},
    {"avx512f", 7, 0, R::EBX, 16, kZmm},
    {"avx512dq", 7, 0, R::EBX, 17, kZmm},
    {"adx", 7, 0, R::EBX, 19, kNone},
    {"avx512ifma", 7, 0, R::EBX, 21, kZmm},
    {"avx512cd", 7, 0, R::EBX, 28, kZmm},
    {"avx512bw", 7, 0, R::EBX, 30, kZmm},
    {"avx512vl", 7, 0, R::EBX, 31, kZmm},
    {"avx512vbmi", 7, 0, R::ECX, 1, kZmm},
    {"avx512vbmi2", 7, 0, R::ECX, 6, kZmm},
    {"gfni", 7, 0, R::ECX, 8, kNone},
    {"avx512vnni", 7, 0, R::ECX, 11, kZmm},
    {"avx512bitalg", 7, 0, R::ECX, 12, kZmm},
    {"avx512vpopcntdq", 7, 0, R::ECX, 14, kZmm},
    {"avx512fp16", 7, 0, R::EDX, 23, kZmm},
    {"avxvnni", 7, 1, R::EAX, 4, kYmm},
    {"avx512bf16", 7, 1, R::EAX, 5, kZmm},
    {"avxifma", 7, 1, R::EAX, 23, kYmm},
    {"avxvnniint8", 7, 1, R::EDX, 4, kYmm},
    {"avxneconvert", 7, 1, R::EDX, 5, kYmm},
    {"avxvnniint16", 7, 1, R::EDX, 10, kYmm},
    {"sahf", 0x80000001, 0, R::ECX, 0, kNone},
    {"lzcnt", 0x80000001, 0, R::ECX, 5, kNone},
    {"sse4a", 0x80000001, 0, R::ECX, 6, kNone},
    {"xop", 0x80000001, 0, R::ECX, 11, kYmm},
    {"fma4", 0x80000001, 0, R::ECX, 16, kYmm},
    {"tbm", 0x80000001, 0, R::ECX, 21, kNone},
};

/// What no generated code uses unless it asks for it by name, and x87, which
/// every x86-64 CPU has.
constexpr StringLiteral kUntested[] = {
    "aes",
    "amx-bf16",
    "amx-complex",
    "amx-fp16",
    "amx-int8",
    "amx-tile",
    "avx512vp2intersect",
    "cldemote",
    "clflushopt",
    "clwb",
    "clzero",
    "cmpccxadd",
    "enqcmd",
    "fsgsbase",
    "hreset",
    "invpcid",
    "kl",
    "lwp",
    "movdir64b",
    "movdiri",
    "mwaitx",
    "pclmul",
    "pconfig",
    "pku",
    "prefetchi",
    "prfchw",
    "ptwrite",
    "rdpid",
    "rdpru",
    "rdrnd",
    "rdseed",
    "serialize",
    "sgx",
    "sha",
    "sha512",
    "shstk",
    "sm3",
    "sm4",
    "tsxldtrk",
    "uintr",
    "usermsr",
    "vaes",
    "vpclmulqdq",
    "waitpkg",
    "wbnoinvd",
    "widekl",
    "x87",
    "xsave",
    "xsavec",
    "xsaveopt",
    "xsaves",
};

} // namespace

static std::unique_ptr<MCSubtargetInfo> describe(StringRef cpu) {
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86TargetMC();
  Triple triple("x86_64-unknown-linux-gnu");
  std::string ignored;
  const Target *target = TargetRegistry::lookupTarget(triple, ignored);
  return std::unique_ptr<MCSubtargetInfo>(
      target ? target->createMCSubtargetInfo(triple, cpu, "") : nullptr);
}

/// The first feature of the CPU that is in neither table; empty if none is.
static StringRef findUnknown(StringRef cpu) {
  SmallVector<StringRef> features;
  X86::getFeaturesForCPU(cpu, features);
  for (StringRef feature : features)
    if (!is_contained(kUntested, feature) &&
        none_of(kTested,
                [&](const FeatureBit &known) { return known.name == feature; }))
      return feature;
  return "";
}

/// Asks for one more bit, together with others of the same result.
static void add(LevelTest &test, const FeatureBit &feature) {
  test.xcr0 |= feature.state;
  uint32_t mask = 1u << feature.bit;
  for (CpuidTest &known : test.cpuid)
    if (known.leaf == feature.leaf && known.subleaf == feature.subleaf &&
        known.result == feature.result) {
      known.mask |= mask;
      return;
    }
  test.cpuid.push_back({feature.leaf, feature.subleaf, feature.result, mask});
}

/// What the code generator may use of the CPU, and a test can find.
static SmallVector<const FeatureBit *> findTested(StringRef cpu) {
  SmallVector<const FeatureBit *> found;
  std::unique_ptr<MCSubtargetInfo> info = describe(cpu);
  for (const FeatureBit &feature : kTested)
    if (info && info->checkFeatures(("+" + feature.name).str()))
      found.push_back(&feature);
  return found;
}

Expected<LevelTest> findLevelTest(StringRef cpu) {
  if (X86::parseArchX86(cpu, /*Only64Bit=*/true) == X86::CK_None)
    return createStringError("CPU '" + cpu +
                             "' cannot be told from others at run time [N603]");
  if (StringRef unknown = findUnknown(cpu); !unknown.empty())
    return createStringError("CPU '" + cpu +
                             "' cannot be chosen at run time: there is no "
                             "test for its feature '" +
                             unknown + "' [N603]");
  LevelTest test;
  for (const FeatureBit *feature : findTested(cpu))
    add(test, *feature);
  return test;
}

/// A feature that the first CPU has and the second does not; empty if none.
static StringRef findMissing(StringRef has, StringRef lacks) {
  SmallVector<const FeatureBit *> other = findTested(lacks);
  for (const FeatureBit *feature : findTested(has))
    if (!is_contained(other, feature))
      return feature->name;
  return "";
}

Error checkLevels(ArrayRef<std::string> cpus) {
  for (size_t i = 0; i < cpus.size(); ++i) {
    if (Expected<LevelTest> test = findLevelTest(cpus[i]); !test)
      return test.takeError();
    if (i == 0)
      continue;
    StringRef more = findMissing(cpus.front(), cpus[i]);
    if (!more.empty() && !findMissing(cpus[i], cpus.front()).empty())
      return createStringError("the first CPU must be the least, but '" +
                               cpus.front() + "' has '" + more + "', which '" +
                               cpus[i] + "' has not [N603]");
    for (size_t j = 0; j < i; ++j)
      if (findMissing(cpus[i], cpus[j]).empty())
        return createStringError(
            "CPU '" + cpus[i] + "' can do no more than '" + cpus[j] +
            "' before it; name the least CPU first [N603]");
  }
  return Error::success();
}

std::string levelName(StringRef cpu) {
  if (cpu == "x86-64")
    return "v1";
  cpu.consume_front("x86-64-");
  return cpu.str();
}

} // namespace nnc
