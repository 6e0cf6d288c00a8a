//===- PackWeights.cpp - weights in the order in which they are read ------===//
//
// A kernel reads the weights of some columns for every step of its reduction.
// In Keras's order these lie a whole row apart; here each panel of columns,
// a cache line wide, becomes contiguous: [N][…] → [N / width][…][width]. Done
// when compiling, for constants only; whatever blocks of columns a kernel then
// takes, and whichever body it belongs to, one packing serves them all. The
// last panel is filled up with zeros that nobody reads into a result. Nothing
// happens to weights with few columns, which are contiguous already, or to
// weights that something else reads as well.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelOps.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/WeightData.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"

namespace nnc {
#define GEN_PASS_DEF_PACKWEIGHTSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Bytes of a panel's row of results: the widest vector there is.
static constexpr int64_t kPanelBytes = 64;

namespace {

/// A kernel's input that is a weight, perhaps in another shape.
struct Use {
  OpOperand *operand;
  Value unpacked;
  memref::GetGlobalOp read;
  int64_t width; ///< columns of a panel
};

} // namespace

/// Whether the weight has enough columns to be worth it, and all its other
/// axes are loops of their own.
static std::optional<Use> findUse(kernel::ReduceOp kernel, OpOperand &operand) {
  auto type = dyn_cast<RankedTensorType>(operand.get().getType());
  memref::GetGlobalOp read = findWeight(operand.get());
  if (!type || !read || !type.hasStaticShape())
    return std::nullopt;
  AffineMap map = kernel.getMap(operand);
  AffineMap result = kernel.getMap(kernel.getOutputMutable());
  if (type.getRank() < 2 || result.getNumResults() == 0 ||
      !map.isProjectedPermutation(/*allowZeroInResults=*/true) ||
      map.getResults().back() != result.getResults().back())
    return std::nullopt;
  int64_t bits = kernel.getAccumulatorType().getIntOrFloatBitWidth();
  int64_t width = kPanelBytes * 8 / bits;
  int64_t columns = type.getShape().back();
  if (columns <= 2 * width || type.getNumElements() < 4 * columns)
    return std::nullopt;
  return Use{&operand, operand.get(), read, width};
}

static AsmResourceBlob pack(const WeightData &data, int64_t rows,
                            int64_t columns, int64_t width) {
  int64_t element = data.bytes / (rows * columns);
  int64_t panels = llvm::divideCeil(columns, width);
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(
      panels * rows * width * element, kPanelBytes, /*dataIsMutable=*/true);
  char *to = blob.getMutableData().data();
  std::memset(to, 0, blob.getMutableData().size());
  for (int64_t panel = 0; panel < panels; ++panel) {
    int64_t first = panel * width;
    int64_t bytes = std::min(width, columns - first) * element;
    for (int64_t row = 0; row < rows; ++row, to += width * element)
      data.copy((row * columns + first) * element, bytes, to);
  }
  return blob;
}

/// [rows…, columns] as [panels, rows…, width].
static SmallVector<int64_t> packedShape(ArrayRef<int64_t> shape,
                                        int64_t width) {
  SmallVector<int64_t> packed = {
      int64_t(llvm::divideCeil(shape.back(), width))};
  llvm::append_range(packed, shape.drop_back());
  packed.push_back(width);
  return packed;
}

/// Gives the weight its packed values.
static LogicalResult packGlobal(memref::GlobalOp global, int64_t columns,
                                int64_t width) {
  FailureOr<WeightData> data = findWeightData(global);
  if (failed(data))
    return failure();
  int64_t rows = global.getType().getNumElements() / columns;
  Type element = global.getType().getElementType();
  SmallVector<int64_t> shape = packedShape({rows, columns}, width);
  auto type = RankedTensorType::get(shape, element);
  global.setInitialValueAttr(DenseResourceElementsAttr::get(
      type, global.getSymName(), pack(*data, rows, columns, width)));
  global.setType(MemRefType::get(shape, element));
  return success();
}

/// Reads the packed weight in place of the operand.
static void readPacked(Use use, memref::GlobalOp global) {
  auto kernel = cast<kernel::ReduceOp>(use.operand->getOwner());
  OpBuilder builder(kernel);
  Location loc = kernel.getLoc();
  auto old = cast<RankedTensorType>(use.operand->get().getType());
  SmallVector<int64_t> shape = packedShape(old.getShape(), use.width);
  Value read = memref::GetGlobalOp::create(
      builder, use.read.getLoc(), global.getType(), use.read.getName());
  Value packed = bufferization::ToTensorOp::create(
      builder, loc,
      RankedTensorType::get(global.getType().getShape(), old.getElementType()),
      read, /*restrict=*/true);
  if (old.getRank() != 2) {
    SmallVector<ReassociationIndices> groups = {{0}, {}, {old.getRank()}};
    groups[1] = llvm::to_vector(llvm::seq<int64_t>(1, old.getRank()));
    packed = tensor::ExpandShapeOp::create(
        builder, loc, RankedTensorType::get(shape, old.getElementType()),
        packed, groups);
  }
  unsigned index = use.operand->getOperandNumber();
  AffineMap map = kernel.getMap(*use.operand);
  SmallVector<AffineExpr> exprs(map.getResults());
  AffineExpr column = exprs.pop_back_val();
  exprs.insert(exprs.begin(), column.floorDiv(use.width));
  exprs.push_back(column % use.width);
  SmallVector<Attribute> maps(kernel.getIndexingMaps().getValue());
  maps[index] = AffineMapAttr::get(
      AffineMap::get(map.getNumDims(), 0, exprs, builder.getContext()));
  kernel.setIndexingMapsAttr(builder.getArrayAttr(maps));
  kernel->setOperand(index, packed);
}

namespace {

struct PackWeightsPass : impl::PackWeightsPassBase<PackWeightsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    llvm::MapVector<StringRef, SmallVector<Use>> uses;
    module.walk([&](kernel::ReduceOp kernel) {
      for (OpOperand &operand :
           kernel->getOpOperands().take_front(kernel.getInputs().size()))
        if (std::optional<Use> use = findUse(kernel, operand))
          uses[use->read.getName()].push_back(*use);
    });
    llvm::StringMap<unsigned> readers = countWeightReaders(module);
    for (auto &[name, all] : uses) {
      int64_t columns = columnsOf(all.front());
      bool alike = llvm::all_of(all, [&](const Use &use) {
        return columnsOf(use) == columns && use.width == all.front().width;
      });
      if (!alike || readers[name] != all.size())
        continue;
      auto global = symbols.lookup<memref::GlobalOp>(name);
      if (failed(packGlobal(global, columns, all.front().width)))
        return signalPassFailure();
      for (const Use &use : all)
        readPacked(use, global);
      SetVector<Value> unpacked;
      for (const Use &use : all)
        unpacked.insert(use.unpacked);
      for (Value value : unpacked)
        eraseUnread(value);
    }
  }

private:
  static int64_t columnsOf(const Use &use) {
    return cast<RankedTensorType>(use.operand->get().getType())
        .getShape()
        .back();
  }
};

} // namespace
} // namespace nnc
