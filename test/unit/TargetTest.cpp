//===- TargetTest.cpp - what --target, --mcpu and --mattr accept ----------===//
//
// Every wrong wish has a message that says what is wrong with it.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Target.h"
#include "llvm/Target/TargetMachine.h"
#include "gtest/gtest.h"

using namespace nnc;

static std::string errorOf(llvm::StringRef triple, llvm::StringRef cpu,
                           llvm::StringRef features) {
  llvm::Expected<TargetSpec> spec = resolveTarget(triple, cpu, features);
  return spec ? "" : llvm::toString(spec.takeError());
}

TEST(Target, DefaultsToTheBaselineOfTheTriple) {
  llvm::Expected<TargetSpec> spec = resolveTarget("x86_64-linux-gnu", "", "");
  ASSERT_TRUE(static_cast<bool>(spec));
  EXPECT_EQ(spec->triple.str(), "x86_64-unknown-linux-gnu");
  EXPECT_EQ(spec->cpu, "x86-64");
  EXPECT_EQ(spec->features, "");
}

TEST(Target, LevelsOfX86) {
  llvm::Expected<TargetSpec> spec = resolveTarget("x86_64-linux-gnu", "", "");
  ASSERT_TRUE(static_cast<bool>(spec));
  EXPECT_EQ(spec->cpuList(), "x86-64,x86-64-v3,x86-64-v4");
  spec = resolveTarget("x86_64-linux-gnu", "x86-64-v2,haswell", "");
  ASSERT_TRUE(static_cast<bool>(spec));
  EXPECT_EQ(spec->cpu, "x86-64-v2");
  EXPECT_EQ(spec->levels.size(), 2u);
  // One CPU, with or without its name.
  for (llvm::StringRef cpu : {"", "x86-64"}) {
    spec = resolveTarget("x86_64-linux-gnu", cpu, "+avx2");
    ASSERT_TRUE(static_cast<bool>(spec));
    EXPECT_EQ(spec->cpuList(), "x86-64");
    EXPECT_TRUE(spec->levels.empty());
  }
  spec = resolveTarget("aarch64-linux-gnu", "", "");
  ASSERT_TRUE(static_cast<bool>(spec));
  EXPECT_TRUE(spec->levels.empty());
}

TEST(Target, AddsFeaturesToTheBaseline) {
  llvm::Expected<TargetSpec> spec =
      resolveTarget("riscv64-linux-gnu", "", "+v");
  ASSERT_TRUE(static_cast<bool>(spec));
  EXPECT_EQ(spec->features, "+m,+a,+f,+d,+c,+v");
}

TEST(Target, MakesMachinesForEveryArchitecture) {
  for (llvm::StringRef triple :
       {"x86_64-linux-gnu", "i686-linux-gnu", "aarch64-linux-gnu",
        "armv7-linux-gnueabihf", "riscv64-linux-gnu", "riscv32-unknown-elf",
        "wasm32-unknown-unknown"}) {
    llvm::Expected<TargetSpec> spec = resolveTarget(triple, "", "");
    ASSERT_TRUE(static_cast<bool>(spec)) << triple.str();
    EXPECT_TRUE(createTargetMachine(*spec, RelocationModel::PIC, 3))
        << triple.str();
  }
}

TEST(Target, FusesNoFloatingPointOperations) {
  llvm::Expected<TargetSpec> spec = resolveTarget("x86_64", "haswell", "");
  ASSERT_TRUE(static_cast<bool>(spec));
  auto machine = createTargetMachine(*spec, RelocationModel::Static, 2);
  ASSERT_TRUE(machine);
  EXPECT_EQ(machine->Options.AllowFPOpFusion, llvm::FPOpFusion::Strict);
  EXPECT_EQ(machine->getRelocationModel(), llvm::Reloc::Static);
}

TEST(Target, NativeIsThisMachine) {
  llvm::Expected<TargetSpec> spec = resolveTarget("", "native", "");
  ASSERT_TRUE(static_cast<bool>(spec));
  EXPECT_EQ(fasterHostCPU(*spec), "");
}

TEST(Target, RefusesWhatLLVMDoesNotKnow) {
  EXPECT_EQ(errorOf("mips-linux-gnu", "", ""),
            "unsupported target 'mips-unknown-linux-gnu'; nnc compiles for "
            "x86-64, x86, AArch64, ARM, RISC-V and WebAssembly [N601]");
  EXPECT_EQ(errorOf("", "", "avx2"),
            "feature 'avx2' needs a '+' or a '-' in front [N602]");
  EXPECT_EQ(errorOf("x86_64-linux-gnu", "haswel", ""),
            "unknown CPU 'haswel' for target 'x86_64-unknown-linux-gnu'; did "
            "you mean 'haswell'? [N602]");
  EXPECT_EQ(errorOf("x86_64-linux-gnu", "", "+avx512ff"),
            "unknown feature 'avx512ff' for target 'x86_64-unknown-linux-gnu'; "
            "did you mean 'avx512f'? [N602]");
  EXPECT_EQ(errorOf("x86_64-linux-gnu", "i686", ""),
            "CPU 'i686' cannot run 64-bit code for target "
            "'x86_64-unknown-linux-gnu' [N602]");
}

TEST(Target, RefusesLevelsThatItCannotChooseFrom) {
  EXPECT_EQ(errorOf("x86_64", "x86-64,haswel", ""),
            "unknown CPU 'haswel' for target 'x86_64'; did you mean "
            "'haswell'? [N602]");
  EXPECT_EQ(errorOf("x86_64", "x86-64,,haswell", ""),
            "--mcpu has an empty name in 'x86-64,,haswell' [N603]");
  EXPECT_EQ(
      errorOf("x86_64", "x86-64,haswell", "+avx512f"),
      "--mattr changes one CPU, but --mcpu names several; name one [N603]");
  EXPECT_EQ(errorOf("aarch64", "cortex-a53,cortex-a72", ""),
            "--mcpu names several CPUs, but code for 'aarch64' cannot choose "
            "at run time; name one [N603]");
}

TEST(Target, RefusesNativeForAnotherArchitecture) {
  llvm::Expected<TargetSpec> host = resolveTarget("", "", "");
  ASSERT_TRUE(static_cast<bool>(host));
  bool wasm = host->triple.isWasm();
  EXPECT_NE(errorOf(wasm ? "x86_64" : "wasm32", "native", ""), "");
}
