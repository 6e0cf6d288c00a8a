//===- TargetModel.cpp - facts about a CPU --------------------------------===//
//
// Reads LLVM's subtarget tables, so that a CPU's name and its features mean
// here what they mean to the instruction selector. Only what the tables do
// not hold (cache sizes) is a rule of thumb per architecture.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/TargetModel.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"

using namespace llvm;

namespace nnc {

static Error makeError(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

/// Every feature that the user names must be one of the target's; LLVM itself
/// only prints a warning.
static Error checkFeatures(const MCSubtargetInfo &info, StringRef features) {
  SmallVector<StringRef> names;
  features.split(names, ',', -1, /*KeepEmpty=*/false);
  for (StringRef name : names) {
    StringRef bare = name.trim();
    if (!bare.consume_front("+") && !bare.consume_front("-"))
      return makeError("feature '" + name + "' must start with + or - [N602]");
    if (none_of(info.getAllProcessorFeatures(),
                [&](const auto &feature) { return bare == feature.Key; }))
      return makeError("unknown feature '" + bare + "' for this target [N602]");
  }
  return Error::success();
}

static void describeX86(TargetModel &model, const MCSubtargetInfo &info) {
  bool avx512 = info.checkFeatures("+avx512f");
  bool avx = info.checkFeatures("+avx");
  model.vectorBytes = avx512 ? 64 : avx ? 32 : 16;
  model.vectorRegisters = avx512 ? 32 : model.pointerBits == 64 ? 16 : 8;
  model.hasFMA = info.checkFeatures("+fma");
  model.hasRounding = info.checkFeatures("+sse4.1");
  if (avx512)
    model.l2Bytes = 1024 * 1024;
}

/// A block of results is one of scalars where there are no vectors: vectors
/// that the code generator takes apart would need four times the registers.
static constexpr unsigned kScalarBytes = 4;

static void describeARM(TargetModel &model, const MCSubtargetInfo &info) {
  bool neon = info.checkFeatures("+neon");
  model.vectorBytes = neon ? 16 : kScalarBytes;
  model.vectorRegisters = neon ? 16 : 32;
  model.hasFMA = info.checkFeatures("+vfp4");
  model.hasExtrema = neon;
  model.hasRounding = info.checkFeatures("+fp-armv8");
}

/// Vectors are as long as every CPU of the kind has them at least.
static void describeRISCV(TargetModel &model, const MCSubtargetInfo &info) {
  model.vectorBytes = kScalarBytes;
  for (unsigned bits : {128, 256, 512})
    if (info.checkFeatures("+zve32f") &&
        info.checkFeatures("+zvl" + std::to_string(bits) + "b"))
      model.vectorBytes = bits / 8;
  model.vectorRegisters = 32;
  model.hasFMA = model.hasRounding = info.checkFeatures("+f");
}

/// The engine maps registers to those of its CPU: 16 on x86-64, of which it
/// keeps one for itself. Engines compile fast and do not reorder to save
/// registers: V8 moves the loads of a block of code to its beginning, so that
/// more of them than there are registers spill sums in each turn of a loop.
/// Maximum and minimum are instructions, but nine of x86-64's.
static void describeWasm(TargetModel &model, const MCSubtargetInfo &info) {
  model.vectorBytes = info.checkFeatures("+simd128") ? 16 : kScalarBytes;
  model.vectorRegisters = 15;
  model.loadsFirst = true;
  model.hasRelaxedFMA = info.checkFeatures("+relaxed-simd");
  model.hasRounding = true;
}

static void describe(TargetModel &model, const Triple &triple,
                     const MCSubtargetInfo &info) {
  if (triple.isX86())
    return describeX86(model, info);
  if (triple.isARM() || triple.isThumb())
    return describeARM(model, info);
  if (triple.isRISCV())
    return describeRISCV(model, info);
  if (triple.isWasm())
    return describeWasm(model, info);
  // AArch64
  model.vectorRegisters = 32;
  model.hasFMA = model.hasRounding = model.hasExtrema = true;
  model.l2Bytes = 512 * 1024;
}

Expected<TargetModel> TargetModel::get(const Triple &triple, StringRef cpu,
                                       StringRef features) {
  InitializeAllTargetInfos();
  InitializeAllTargetMCs();
  std::string reason;
  const Target *target = TargetRegistry::lookupTarget(triple, reason);
  if (!target)
    return makeError("unsupported target '" + triple.str() + "' [N601]");
  std::unique_ptr<MCSubtargetInfo> info(
      target->createMCSubtargetInfo(triple, "", ""));
  if (!info)
    return makeError("unsupported target '" + triple.str() + "' [N601]");
  if (cpu == "generic")
    cpu = "";
  if (!cpu.empty() && !info->isCPUStringValid(cpu))
    return makeError("unknown CPU '" + cpu + "' for target '" + triple.str() +
                     "' [N602]");
  if (Error error = checkFeatures(*info, features))
    return error;
  info.reset(target->createMCSubtargetInfo(triple, cpu, features));

  TargetModel model;
  model.triple = triple.str();
  model.cpu = cpu.str();
  model.features = features.str();
  model.dataLayout = triple.computeDataLayout();
  model.pointerBits = triple.isArch64Bit() ? 64 : 32;
  // Where 64-bit integers are no registers LLVM fails to compare them there.
  model.hasWideExtrema = model.pointerBits == 64 || triple.isWasm();
  describe(model, triple, *info);
  return model;
}

} // namespace nnc
