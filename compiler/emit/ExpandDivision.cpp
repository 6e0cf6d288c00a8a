//===- ExpandDivision.cpp - division where the CPU has none ---------------===//
//
// Indices are divided where loops were joined or a batch is cut into chunks;
// data only where the model says so. 32-bit CPUs have no division of 64-bit
// integers, and ARM before ARMv7-R and the later ARMv7-A cores none at all.
// LLVM's own expansion, a loop over the bits, stands in for it. It does nothing
// on 64-bit CPUs and on WebAssembly.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/ExpandDivision.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Transforms/Utils/IntegerDivision.h"

using namespace llvm;

namespace nnc {

/// The widest integers that the CPU divides, in bits.
static unsigned widestDivision(const TargetSpec &target) {
  const Triple &triple = target.triple;
  if (triple.isArch64Bit() || triple.isWasm())
    return 64;
  std::string ignored;
  std::unique_ptr<MCSubtargetInfo> info(
      TargetRegistry::lookupTarget(triple, ignored)
          ->createMCSubtargetInfo(triple, target.cpu, target.features));
  if (triple.isARM())
    return info->checkFeatures("+hwdiv-arm") ? 32 : 0;
  if (triple.isThumb())
    return info->checkFeatures("+hwdiv") ? 32 : 0;
  return 32;
}

static bool isRemainder(const BinaryOperator &op) {
  return op.getOpcode() == Instruction::SRem ||
         op.getOpcode() == Instruction::URem;
}

static void expand(BinaryOperator &op) {
  bool isNarrow = op.getType()->getIntegerBitWidth() <= 32;
  if (isRemainder(op))
    isNarrow ? expandRemainderUpTo32Bits(&op) : expandRemainderUpTo64Bits(&op);
  else
    isNarrow ? expandDivisionUpTo32Bits(&op) : expandDivisionUpTo64Bits(&op);
}

void expandDivision(Module &module, const TargetSpec &target,
                    unsigned optLevel) {
  unsigned widest = widestDivision(target);
  auto isCall = [&](const BinaryOperator &op) {
    bool multiplies = optLevel > 0 && isa<ConstantInt>(op.getOperand(1)) &&
                      op.getType()->getIntegerBitWidth() <= 32;
    return op.getType()->getIntegerBitWidth() > widest && !multiplies;
  };
  SmallVector<BinaryOperator *> calls;
  for (Function &function : module)
    for (Instruction &instruction : instructions(function))
      if (auto *op = dyn_cast<BinaryOperator>(&instruction))
        if (op->isIntDivRem() && op->getType()->isIntegerTy() && isCall(*op))
          calls.push_back(op);
  for (BinaryOperator *op : calls)
    expand(*op);
}

} // namespace nnc
