//===- LayoutWeights.cpp - one block for all weights ----------------------===//
//
// A body gets one pointer to all weights instead of a symbol for each: weights
// in the object, in a mapped file and in flash are then the same to the code.
// The layout follows the order of the module and never the values, so that a
// retrained model fits the same object. Constants that the compiler itself
// made (bufferization adds them later) are not weights and stay where they
// are. A module without globals only gets the empty argument.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ArenaPlan.h"
#include "compiler/codegen/ModelInfoAttr.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/WeightData.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"

namespace nnc {
#define GEN_PASS_DEF_LAYOUTWEIGHTSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

/// A weight, its values and its place in the block.
struct Weight {
  memref::GlobalOp global;
  WeightData data;
  int64_t offset = 0;
};

/// All weights by name, in the order of the module.
struct WeightLayout {
  SmallVector<Weight> weights;
  llvm::StringMap<size_t> index;
  int64_t bytes = 0;
};

} // namespace

static FailureOr<WeightLayout> layOut(ModuleOp module) {
  WeightLayout layout;
  for (auto global : module.getOps<memref::GlobalOp>()) {
    FailureOr<WeightData> data = findWeightData(global);
    if (failed(data))
      return failure();
    Weight weight = {global, *data, layout.bytes};
    std::optional<int64_t> padded = alignedBytes(data->bytes);
    if (!padded || llvm::AddOverflow(layout.bytes, *padded, layout.bytes))
      return global.emitError("the weights are larger than memory");
    layout.index[global.getSymName()] = layout.weights.size();
    layout.weights.push_back(weight);
  }
  return layout;
}

/// The block as an attribute; the only copy that is made of the values.
static Attribute makeBlob(MLIRContext *context, const WeightLayout &layout) {
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(layout.bytes, kAlignment,
                                                       /*dataIsMutable=*/true);
  char *to = blob.getMutableData().data();
  std::memset(to, 0, layout.bytes);
  for (const Weight &weight : layout.weights)
    weight.data.copy(0, weight.data.bytes, to + weight.offset);
  auto type =
      RankedTensorType::get({layout.bytes}, IntegerType::get(context, 8));
  return DenseI8ResourceElementsAttr::get(type, "nnc_weights", std::move(blob));
}

/// Gives the body its last argument and reads all weights through it.
static void readThroughArgument(func::FuncOp body, const WeightLayout &layout) {
  OpBuilder builder(body.getContext());
  auto blockType = MemRefType::get({layout.bytes}, builder.getI8Type());
  unsigned position = body.getNumArguments();
  (void)body.insertArgument(position, blockType,
                            builder.getDictionaryAttr(builder.getNamedAttr(
                                kWeightsArgAttr, builder.getUnitAttr())),
                            body.getLoc());
  Value block = body.getArgument(position);
  SmallVector<memref::GetGlobalOp> reads;
  body.walk([&](memref::GetGlobalOp op) { reads.push_back(op); });
  for (memref::GetGlobalOp op : reads) {
    const Weight &weight = layout.weights[layout.index.lookup(op.getName())];
    builder.setInsertionPoint(op);
    Value offset =
        arith::ConstantIndexOp::create(builder, op.getLoc(), weight.offset);
    Value view = memref::ViewOp::create(builder, op.getLoc(), op.getType(),
                                        block, offset, ValueRange());
    op.replaceAllUsesWith(view);
    op.erase();
  }
}

/// A hash of what a weights file must share with the object: the layers, the
/// target and the layout. The values have no part in it.
static uint64_t fingerprint(const ModelInfo &info, StringRef target) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << target << '\n';
  for (const LayerInfo &layer : info.layers) {
    os << layer.className << ' ' << layer.name;
    for (const std::vector<int64_t> &shape : layer.outputShapes) {
      os << ' ';
      llvm::interleave(shape, os, "x");
    }
    os << '\n';
  }
  for (const WeightInfo &weight : info.weights) {
    os << weight.name << ' ' << weight.offset << ' ' << weight.bytes << ' ';
    llvm::interleave(weight.shape, os, "x");
    os << '\n';
  }
  return llvm::xxh3_64bits(text);
}

/// Drops the globals that no function reads.
static void dropUnread(ModuleOp module) {
  llvm::StringSet<> read;
  module.walk([&](memref::GetGlobalOp op) { read.insert(op.getName()); });
  for (auto global :
       llvm::make_early_inc_range(module.getOps<memref::GlobalOp>()))
    if (!read.contains(global.getSymName()))
      global.erase();
}

namespace {

struct LayoutWeightsPass : impl::LayoutWeightsPassBase<LayoutWeightsPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    dropUnread(module);
    FailureOr<WeightLayout> layout = layOut(module);
    FailureOr<ModelInfo> info = readModelInfo(module);
    if (failed(layout) || failed(info))
      return signalPassFailure();

    info->weights.clear();
    for (const Weight &weight : layout->weights) {
      memref::GlobalOp global = weight.global;
      info->weights.push_back({global.getSymName().str(),
                               global.getType().getShape().vec(), weight.offset,
                               weight.data.bytes});
    }
    info->weightsBytes = layout->bytes;
    info->externalWeights = external && layout->bytes != 0;
    info->weightsFingerprint = static_cast<int64_t>(fingerprint(*info, target));
    writeModelInfo(module, *info);

    if (layout->bytes != 0)
      module->setDiscardableAttr(kWeightsBlobAttr,
                                 makeBlob(&getContext(), *layout));
    for (auto body : module.getOps<func::FuncOp>())
      if (body->hasAttr(kBatchAttr) && !body.isExternal())
        readThroughArgument(body, *layout);
    for (Weight &weight : layout->weights)
      weight.global.erase();
  }
};

} // namespace
} // namespace nnc
