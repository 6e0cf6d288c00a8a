//===- ExpandDivisionTest.cpp - which divisions are written out -----------===//
//
// Divisions that a CPU lacks disappear, the others stay for the code generator.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/ExpandDivision.h"
#include "compiler/emit/StackProbe.h"
#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/SourceMgr.h"
#include "gtest/gtest.h"

using namespace llvm;

static constexpr StringLiteral kDivisions = R"(
define i64 @f(i64 %a, i64 %b, i32 %c, i32 %d) {
  %1 = sdiv i64 %a, %b
  %2 = urem i64 %1, 10
  %3 = udiv i32 %c, %d
  %4 = srem i32 %3, 10
  %5 = zext i32 %4 to i64
  %6 = add i64 %2, %5
  ret i64 %6
}
)";

static std::unique_ptr<Module> parse(LLVMContext &context) {
  SMDiagnostic diagnostic;
  return parseAssemblyString(kDivisions, diagnostic, context);
}

/// How many of the four divisions are left.
static int countLeft(StringRef triple, StringRef cpu, unsigned optLevel) {
  LLVMContext context;
  std::unique_ptr<Module> module = parse(context);
  Expected<nnc::TargetSpec> target = nnc::resolveTarget(triple, cpu, "");
  if (!module || !target)
    return -1;
  nnc::expandDivision(*module, *target, optLevel);
  EXPECT_FALSE(verifyModule(*module, &errs()));
  int count = 0;
  for (Instruction &instruction : instructions(*module->getFunction("f")))
    if (auto *op = dyn_cast<BinaryOperator>(&instruction))
      count += op->isIntDivRem();
  return count;
}

TEST(ExpandDivision, LeavesWhatTheCPUHas) {
  EXPECT_EQ(countLeft("x86_64-linux-gnu", "x86-64", 3), 4);
  EXPECT_EQ(countLeft("aarch64-linux-gnu", "", 0), 4);
  EXPECT_EQ(countLeft("wasm32", "", 3), 4);
  EXPECT_EQ(countLeft("i686-linux-gnu", "", 3), 2);
  EXPECT_EQ(countLeft("armv7-linux-gnueabihf", "cortex-a15", 3), 2);
}

TEST(ExpandDivision, LeavesConstantsToTheOptimizer) {
  EXPECT_EQ(countLeft("armv7-linux-gnueabihf", "", 3), 1);
  EXPECT_EQ(countLeft("armv7-linux-gnueabihf", "", 0), 0);
}

TEST(StackProbe, IsForX8664WindowsOnly) {
  LLVMContext context;
  for (StringRef triple : {"x86_64-pc-windows-msvc", "x86_64-linux-gnu",
                           "aarch64-pc-windows-msvc"}) {
    std::unique_ptr<Module> module = parse(context);
    ASSERT_TRUE(module);
    module->setTargetTriple(Triple(triple));
    nnc::addStackProbe(*module);
    EXPECT_FALSE(verifyModule(*module, &errs()));
    EXPECT_EQ(module->getFunction("f")->hasFnAttribute("probe-stack"),
              triple == "x86_64-pc-windows-msvc");
  }
}
