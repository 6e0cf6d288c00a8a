// Tests of the facts about CPUs, and of names that LLVM does not know.

#include "compiler/codegen/TargetModel.h"
#include "compiler/codegen/Codegen.h"

#include <gtest/gtest.h>

using namespace nnc;

namespace {

TargetModel get(llvm::StringRef triple, llvm::StringRef cpu = "",
                llvm::StringRef features = "") {
  llvm::Expected<TargetModel> model =
      TargetModel::get(llvm::Triple(triple), cpu, features);
  EXPECT_TRUE(static_cast<bool>(model));
  if (!model) {
    ADD_FAILURE() << llvm::toString(model.takeError());
    return {};
  }
  return *model;
}

std::string error(llvm::StringRef triple, llvm::StringRef cpu = "",
                  llvm::StringRef features = "") {
  llvm::Expected<TargetModel> model =
      TargetModel::get(llvm::Triple(triple), cpu, features);
  return model ? "" : llvm::toString(model.takeError());
}

constexpr llvm::StringLiteral kX86 = "x86_64-unknown-linux-gnu";

TEST(TargetModel, LevelsOfX86) {
  TargetModel baseline = get(kX86);
  EXPECT_EQ(baseline.vectorBytes, 16u);
  EXPECT_EQ(baseline.pointerBits, 64u);
  EXPECT_FALSE(baseline.hasFMA);
  EXPECT_FALSE(baseline.hasRounding);

  TargetModel v3 = get(kX86, "x86-64-v3");
  EXPECT_EQ(v3.vectorBytes, 32u);
  EXPECT_EQ(v3.vectorRegisters, 16u);
  EXPECT_TRUE(v3.hasFMA);
  EXPECT_TRUE(v3.hasRounding);

  TargetModel v4 = get(kX86, "x86-64-v4");
  EXPECT_EQ(v4.vectorBytes, 64u);
  EXPECT_EQ(v4.vectorRegisters, 32u);
}

TEST(TargetModel, FeaturesAddAndRemove) {
  EXPECT_TRUE(get(kX86, "", "+fma").hasFMA);
  EXPECT_FALSE(get(kX86, "x86-64-v3", "-fma").hasFMA);
}

TEST(TargetModel, OtherArchitectures) {
  TargetModel arm64 = get("aarch64-unknown-linux-gnu");
  EXPECT_TRUE(arm64.hasFMA);
  EXPECT_TRUE(arm64.hasRounding);
  EXPECT_EQ(arm64.vectorRegisters, 32u);
  EXPECT_TRUE(arm64.hasExtrema);

  TargetModel arm = get("armv7-unknown-linux-gnueabihf");
  EXPECT_EQ(arm.pointerBits, 32u);
  EXPECT_FALSE(arm.hasFMA);
  EXPECT_FALSE(arm.hasRounding);
  EXPECT_FALSE(arm.hasWideExtrema);
  EXPECT_EQ(arm.vectorBytes, 4u);
  EXPECT_EQ(get("armv7-unknown-linux-gnueabihf", "", "+neon").vectorBytes, 16u);
  EXPECT_TRUE(get("armv7-unknown-linux-gnueabihf", "cortex-a7").hasFMA);

  TargetModel wasm = get("wasm32-unknown-unknown");
  EXPECT_EQ(wasm.pointerBits, 32u);
  EXPECT_FALSE(wasm.hasFMA);
  EXPECT_TRUE(wasm.hasRounding);
  EXPECT_TRUE(wasm.hasWideExtrema);
  EXPECT_FALSE(wasm.hasExtrema);
  EXPECT_TRUE(wasm.loadsFirst);
  EXPECT_FALSE(wasm.hasRelaxedFMA);
  TargetModel relaxed = get("wasm32-unknown-unknown", "", "+relaxed-simd");
  EXPECT_TRUE(relaxed.hasRelaxedFMA);
  EXPECT_FALSE(relaxed.hasFMA);
  EXPECT_EQ(wasm.vectorBytes, 4u);
  EXPECT_EQ(get("wasm32-unknown-unknown", "", "+simd128").vectorBytes, 16u);

  EXPECT_TRUE(get("riscv64-unknown-linux-gnu", "", "+d").hasFMA);
  EXPECT_EQ(get("riscv64-unknown-linux-gnu", "", "+d").vectorBytes, 4u);
  EXPECT_EQ(get("riscv64-unknown-linux-gnu", "", "+v").vectorBytes, 16u);
  EXPECT_EQ(get("riscv64-unknown-linux-gnu", "", "+v,+zvl256b").vectorBytes,
            32u);
}

TEST(TargetModel, UnknownNamesAreErrors) {
  EXPECT_EQ(error("nothing-unknown-linux"),
            "unsupported target 'nothing-unknown-linux' [N601]");
  EXPECT_NE(error(kX86, "pentium-9").find("unknown CPU 'pentium-9'"),
            std::string::npos);
  EXPECT_NE(error(kX86, "", "+warp").find("unknown feature 'warp'"),
            std::string::npos);
  EXPECT_NE(error(kX86, "", "avx2").find("must start with + or -"),
            std::string::npos);
}

TEST(LayerClock, IsThereWhereUserCodeMayReadOne) {
  auto clockOf = [](const char *triple) {
    return findClock(llvm::Triple(triple));
  };
  EXPECT_EQ(clockOf("x86_64-linux"), "llvm.readcyclecounter");
  EXPECT_EQ(clockOf("i686-linux"), "llvm.readcyclecounter");
  EXPECT_EQ(clockOf("aarch64-linux"), "llvm.readcyclecounter");
  EXPECT_EQ(clockOf("riscv64-linux"), "llvm.readsteadycounter");
  EXPECT_EQ(clockOf("armv7-linux-gnueabihf"), "");
  EXPECT_EQ(clockOf("wasm32"), "");
}

} // namespace
