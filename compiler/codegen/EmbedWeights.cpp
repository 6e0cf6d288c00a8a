//===- EmbedWeights.cpp - the weights as a constant of the object ---------===//
//
// One byte array, aligned for vectors and cheap to emit, with an alias for
// each weight so that `nm` and a debugger show their names. Nothing happens
// where the weights are passed from outside, or where there are none.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ArenaPlan.h"
#include "compiler/codegen/ModelInfoAttr.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace nnc {
#define GEN_PASS_DEF_EMBEDWEIGHTSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

static void addAlias(OpBuilder &builder, LLVM::GlobalOp block,
                     const WeightInfo &weight) {
  MLIRContext *context = builder.getContext();
  Location loc = block.getLoc();
  auto byteType = IntegerType::get(context, 8);
  auto type = LLVM::LLVMArrayType::get(byteType, weight.bytes);
  auto alias = LLVM::AliasOp::create(builder, loc, type,
                                     LLVM::Linkage::Internal, weight.name);
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&alias.getInitializerRegion());
  Value address = LLVM::AddressOfOp::create(builder, loc, block);
  if (weight.offset != 0) {
    Value offset =
        LLVM::ConstantOp::create(builder, loc, builder.getI64Type(),
                                 builder.getI64IntegerAttr(weight.offset));
    auto pointer = LLVM::LLVMPointerType::get(context);
    address = LLVM::GEPOp::create(builder, loc, pointer, byteType, address,
                                  ArrayRef<LLVM::GEPArg>{offset});
  }
  LLVM::ReturnOp::create(builder, loc, address);
}

namespace {

struct EmbedWeightsPass : impl::EmbedWeightsPassBase<EmbedWeightsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<ModelInfo> info = readModelInfo(module);
    if (failed(info))
      return signalPassFailure();
    auto blob = module->getAttrOfType<ElementsAttr>(kWeightsBlobAttr);
    if (!blob || info->externalWeights)
      return;
    module->removeAttr(kWeightsBlobAttr);
    OpBuilder builder(module.getBodyRegion());
    auto type =
        LLVM::LLVMArrayType::get(builder.getI8Type(), blob.getNumElements());
    auto block = LLVM::GlobalOp::create(
        builder, module.getLoc(), type, /*isConstant=*/true,
        LLVM::Linkage::Internal, info->symbol + "_weights", blob, kAlignment);
    for (const WeightInfo &weight : info->weights)
      addAlias(builder, block, weight);
  }
};

} // namespace
} // namespace nnc
