//===- FormKernels.cpp - reductions with all that belongs to them ---------===//
//
// A convolution, its zero padding and its bias and activation become one
// operation, so that nothing is padded by a copy and the sum leaves the
// registers once, finished. The same holds for products of matrices, pooling
// and depthwise convolutions. Nothing happens to reductions along the
// contiguous axis (they add in vectors of their own, see `nnc.sum`), to ones
// without a loop along which all inputs are contiguous or constant, or to
// bodies that are not plain arithmetic.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelOps.h"
#include "compiler/codegen/Margin.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/SumOrder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

namespace nnc {
#define GEN_PASS_DEF_FORMKERNELSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Whether the body may be cloned on vectors, and no operand is a truth value,
/// which memory and vectors hold differently.
static bool isPlainArithmetic(linalg::GenericOp op) {
  for (Operation &inner : op.getBody()->without_terminator())
    if (!OpTrait::hasElementwiseMappableTraits(&inner) ||
        inner.getNumResults() != 1)
      return false;
  return llvm::none_of(op->getOperandTypes(), [](Type type) {
    return getElementTypeOrSelf(type).isInteger(1);
  });
}

/// The constant that the result starts from, or null.
static TypedAttr findStart(linalg::GenericOp op) {
  auto fill = op.getDpsInits()[0].getDefiningOp<linalg::FillOp>();
  TypedAttr value;
  if (!fill || !matchPattern(fill.getInputs()[0], m_Constant(&value)))
    return {};
  return value;
}

/// Whether the innermost axis of the result is a loop along which each input
/// is contiguous or does not change.
static bool hasColumns(linalg::GenericOp op) {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!result.isProjectedPermutation() || result.getNumResults() == 0)
    return false;
  unsigned columns = result.getDimPosition(result.getNumResults() - 1);
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    for (auto [i, expr] : llvm::enumerate(map.getResults()))
      if (expr.isFunctionOfDim(columns) &&
          (i + 1 != map.getNumResults() ||
           expr != getAffineDimExpr(columns, op.getContext())))
        return false;
  }
  return true;
}

static bool isKernel(linalg::GenericOp op) {
  auto sums = op->getAttrOfType<IntegerAttr>(kSumAttr);
  return op.getNumReductionLoops() != 0 && op.getNumDpsInits() == 1 && sums &&
         sums.getInt() == 1 && op.hasPureTensorSemantics() &&
         llvm::none_of(op.getStaticLoopRanges(), ShapedType::isDynamic) &&
         isPlainArithmetic(op) && findStart(op) && hasColumns(op);
}

/// The only reader of the result, if it is elementwise and may be computed
/// where the result is; null otherwise.
static linalg::GenericOp findEpilogue(linalg::GenericOp op) {
  if (!op->hasOneUse())
    return nullptr;
  OpOperand &use = *op->use_begin();
  auto reader = dyn_cast<linalg::GenericOp>(use.getOwner());
  if (!reader || !reader.isDpsInput(&use) || reader.getNumDpsInits() != 1 ||
      reader.getNumReductionLoops() != 0 || !reader.hasPureTensorSemantics() ||
      reader->getBlock() != op->getBlock() || !isPlainArithmetic(reader))
    return nullptr;
  if (reader.payloadUsesValueFromOperand(reader.getDpsInitOperand(0)) ||
      !reader.getMatchingIndexingMap(&use).isPermutation())
    return nullptr;
  return reader;
}

namespace {

/// Collects the parts of one kernel and makes it.
class KernelFormer {
public:
  KernelFormer(RewriterBase &rewriter, linalg::GenericOp op)
      : rewriter(rewriter), op(op), epilogue(findEpilogue(op)) {}

  void form();

private:
  void addInputs();
  void addExtras();
  void makeBody(kernel::ReduceOp kernel);
  void makeEpilogue(kernel::ReduceOp kernel);

  RewriterBase &rewriter;
  linalg::GenericOp op, epilogue;
  SmallVector<OpOperand *> usedInputs, usedExtras;
  SmallVector<Value> inputs, extras;
  SmallVector<AffineMap> maps;
};

} // namespace

/// Inputs that the body does not read only gave the loops their extents.
void KernelFormer::addInputs() {
  for (OpOperand *input : op.getDpsInputOperands()) {
    if (!op.payloadUsesValueFromOperand(input))
      continue;
    Value value = input->get();
    AffineMap map = op.getMatchingIndexingMap(input);
    if (std::optional<Margin> margin = findMargin(op, *input)) {
      value = margin->inner;
      map = margin->map;
    }
    usedInputs.push_back(input);
    inputs.push_back(value);
    maps.push_back(map);
  }
}

/// The epilogue's loops, expressed in those of the reduction.
void KernelFormer::addExtras() {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!epilogue) {
    maps.push_back(result);
    return;
  }
  OpOperand &use = *op->use_begin();
  AffineMap inReduction =
      inversePermutation(epilogue.getMatchingIndexingMap(&use)).compose(result);
  for (OpOperand *input : epilogue.getDpsInputOperands()) {
    if (input == &use || !epilogue.payloadUsesValueFromOperand(input))
      continue;
    usedExtras.push_back(input);
    extras.push_back(input->get());
    maps.push_back(epilogue.getMatchingIndexingMap(input).compose(inReduction));
  }
  maps.push_back(epilogue.getMatchingIndexingMap(epilogue.getDpsInitOperand(0))
                     .compose(inReduction));
}

/// Clones the arithmetic of `from`, whose arguments `mapping` replaces.
static void cloneArithmetic(RewriterBase &rewriter, Block *from,
                            IRMapping &mapping) {
  for (Operation &inner : from->without_terminator())
    rewriter.clone(inner, mapping);
  Operation *yield = from->getTerminator();
  kernel::YieldOp::create(rewriter, yield->getLoc(),
                          mapping.lookupOrDefault(yield->getOperand(0)));
}

void KernelFormer::makeBody(kernel::ReduceOp kernel) {
  OpBuilder::InsertionGuard guard(rewriter);
  Block *body = rewriter.createBlock(&kernel.getBody());
  IRMapping mapping;
  for (OpOperand *input : usedInputs) {
    BlockArgument argument = op.getMatchingBlockArgument(input);
    mapping.map(argument, body->addArgument(argument.getType(), op.getLoc()));
  }
  BlockArgument sum = op.getBody()->getArguments().back();
  mapping.map(sum, body->addArgument(sum.getType(), op.getLoc()));
  cloneArithmetic(rewriter, op.getBody(), mapping);
}

void KernelFormer::makeEpilogue(kernel::ReduceOp kernel) {
  OpBuilder::InsertionGuard guard(rewriter);
  Block *block = rewriter.createBlock(&kernel.getEpilogue());
  Value sum = block->addArgument(kernel.getAccumulatorType(), op.getLoc());
  if (!epilogue) {
    kernel::YieldOp::create(rewriter, op.getLoc(), sum);
    return;
  }
  IRMapping mapping;
  for (OpOperand *input : epilogue.getDpsInputOperands())
    if (input->get() == op.getResult(0))
      mapping.map(epilogue.getMatchingBlockArgument(input), sum);
  for (OpOperand *extra : usedExtras) {
    BlockArgument argument = epilogue.getMatchingBlockArgument(extra);
    mapping.map(argument,
                block->addArgument(argument.getType(), epilogue.getLoc()));
  }
  cloneArithmetic(rewriter, epilogue.getBody(), mapping);
}

void KernelFormer::form() {
  addInputs();
  addExtras();
  linalg::GenericOp last = epilogue ? epilogue : op;
  Value place = last.getDpsInits()[0];
  if (auto fill = place.getDefiningOp<linalg::FillOp>())
    place = fill.getDpsInits()[0];
  SmallVector<int64_t> reductions;
  for (auto [i, kind] : llvm::enumerate(op.getIteratorTypesArray()))
    if (kind == utils::IteratorType::reduction)
      reductions.push_back(int64_t(i));
  rewriter.setInsertionPoint(last);
  auto kernel = kernel::ReduceOp::create(
      rewriter, op.getLoc(), last.getResultTypes(), op.getStaticLoopRanges(),
      reductions, rewriter.getAffineMapArrayAttr(maps), findStart(op),
      kernel::TilingAttr(), inputs, extras, place);
  makeBody(kernel);
  makeEpilogue(kernel);
  rewriter.replaceOp(last, kernel->getResults());
  if (epilogue)
    rewriter.eraseOp(op);
}

namespace {

struct FormKernelsPass : impl::FormKernelsPassBase<FormKernelsPass> {
  void runOnOperation() override {
    SmallVector<linalg::GenericOp> kernels;
    getOperation()->walk([&](linalg::GenericOp op) {
      if (isKernel(op))
        kernels.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (linalg::GenericOp op : kernels)
      KernelFormer(rewriter, op).form();
  }
};

} // namespace
} // namespace nnc
