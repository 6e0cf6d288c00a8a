// Tests of what a machine is asked for, and of levels that make no sense.

#include "compiler/codegen/CpuLevels.h"
#include "compiler/codegen/Codegen.h"

#include <gtest/gtest.h>

using namespace nnc;

namespace {

/// The bits that the CPU's code needs of one result of cpuid.
uint32_t maskOf(llvm::StringRef cpu, uint32_t leaf, uint32_t subleaf,
                CpuidRegister result) {
  llvm::Expected<LevelTest> test = findLevelTest(cpu);
  if (!test) {
    ADD_FAILURE() << llvm::toString(test.takeError());
    return 0;
  }
  uint32_t mask = 0;
  for (const CpuidTest &bits : test->cpuid)
    if (bits.leaf == leaf && bits.subleaf == subleaf && bits.result == result)
      mask |= bits.mask;
  return mask;
}

uint32_t savedBy(llvm::StringRef cpu) {
  llvm::Expected<LevelTest> test = findLevelTest(cpu);
  return test ? test->xcr0 : (llvm::consumeError(test.takeError()), ~0u);
}

std::string errorOf(std::vector<std::string> cpus) {
  return llvm::toString(checkLevels(cpus));
}

TEST(CpuLevels, TheLevelsOfTheAbi) {
  // AVX2, BMI and BMI2; then AVX512F, DQ, CD, BW and VL.
  EXPECT_EQ(maskOf("x86-64-v3", 7, 0, CpuidRegister::EBX), 0x128u);
  EXPECT_EQ(maskOf("x86-64-v4", 7, 0, CpuidRegister::EBX), 0xd0030128u);
  // SSE3, SSSE3, FMA, CX16, SSE4.1, SSE4.2, MOVBE, POPCNT, AVX and F16C.
  EXPECT_EQ(maskOf("x86-64-v3", 1, 0, CpuidRegister::ECX), 0x30d83201u);
  // SAHF and LZCNT.
  EXPECT_EQ(maskOf("x86-64-v3", 0x80000001, 0, CpuidRegister::ECX), 0x21u);
}

TEST(CpuLevels, TheSystemMustSaveWhatTheCodeWrites) {
  EXPECT_EQ(savedBy("x86-64-v2"), 0u);
  EXPECT_EQ(savedBy("x86-64-v3"), 0x6u);
  EXPECT_EQ(savedBy("x86-64-v4"), 0xe6u);
}

TEST(CpuLevels, WhatNoCodeUsesIsNotAskedFor) {
  // SHA and CLFLUSHOPT of leaf 7.
  EXPECT_EQ(maskOf("znver1", 7, 0, CpuidRegister::EBX) & 0x20800000u, 0u);
}

TEST(CpuLevels, RefusesWhatItCannotTell) {
  EXPECT_EQ(errorOf({"x86-64", "generic"}),
            "CPU 'generic' cannot be told from others at run time [N603]");
  EXPECT_EQ(errorOf({"x86-64", "diamondrapids"}),
            "CPU 'diamondrapids' cannot be chosen at run time: there is no "
            "test for its feature 'avx10.2' [N603]");
}

TEST(CpuLevels, RefusesAnOrderThatHidesALevel) {
  EXPECT_EQ(errorOf({}), "");
  EXPECT_EQ(errorOf({"x86-64", "x86-64-v3", "x86-64-v4"}), "");
  EXPECT_EQ(errorOf({"x86-64-v2", "haswell", "znver4"}), "");
  EXPECT_EQ(errorOf({"x86-64-v3", "x86-64"}),
            "CPU 'x86-64' can do no more than 'x86-64-v3' before it; name the "
            "least CPU first [N603]");
  EXPECT_EQ(errorOf({"x86-64", "x86-64-v3", "x86-64-v3"}),
            "CPU 'x86-64-v3' can do no more than 'x86-64-v3' before it; name "
            "the least CPU first [N603]");
  EXPECT_EQ(
      errorOf({"amdfam10", "haswell"}),
      "the first CPU must be the least, but 'amdfam10' has 'sse4a', which "
      "'haswell' has not [N603]");
}

TEST(CpuLevels, Names) {
  EXPECT_EQ(levelName("x86-64"), "v1");
  EXPECT_EQ(levelName("x86-64-v3"), "v3");
  EXPECT_EQ(levelName("znver4"), "znver4");
}

} // namespace
