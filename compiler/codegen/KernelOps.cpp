//===- KernelOps.cpp - fused reductions -----------------------------------===//
//
// Verification, memory effects and bufferization of the kernel dialect. An
// operation writes every element of its output and reads none of it.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelOps.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Bufferization/IR/DstBufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

#include "compiler/codegen/KernelDialect.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/codegen/KernelAttrs.cpp.inc"
#define GET_OP_CLASSES
#include "compiler/codegen/KernelOps.cpp.inc"

using namespace mlir;
using namespace nnc;
using namespace nnc::kernel;

void KernelDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "compiler/codegen/KernelOps.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/codegen/KernelAttrs.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// The arguments of `region` and the value that it yields.
static LogicalResult verifyRegion(Operation *op, Region &region, StringRef name,
                                  ArrayRef<Type> arguments, Type yielded) {
  if (!llvm::equal(region.getArgumentTypes(), arguments))
    return op->emitOpError("the arguments of its ")
           << name << " do not match its operands";
  auto yield = dyn_cast<YieldOp>(region.front().getTerminator());
  if (!yield || yield.getValue().getType() != yielded)
    return op->emitOpError("its ") << name << " must yield " << yielded;
  return success();
}

/// The body takes elements of what is reduced and the accumulator; the epilogue
/// takes the accumulator and elements of the extras.
template <typename OpTy> static LogicalResult verifyArithmetic(OpTy op) {
  Type accumulator = op.getAccumulatorType();
  SmallVector<Type> taken, finished = {accumulator};
  for (Value input : op->getOperands().take_front(op.getNumReduced()))
    taken.push_back(getElementTypeOrSelf(input.getType()));
  taken.push_back(accumulator);
  for (Value extra : op.getExtras())
    finished.push_back(getElementTypeOrSelf(extra.getType()));
  Type element = getElementTypeOrSelf(op.getOutput().getType());
  if (failed(verifyRegion(op, op.getBody(), "body", taken, accumulator)) ||
      failed(verifyRegion(op, op.getEpilogue(), "epilogue", finished, element)))
    return failure();
  bool isTensor = isa<RankedTensorType>(op.getOutput().getType());
  if (isTensor ? !llvm::equal(op->getResultTypes(), TypeRange(op.getOutput()))
               : op->getNumResults() != 0)
    return op.emitOpError("has a result if and only if its output is a "
                          "tensor, of the same type");
  return success();
}

static LogicalResult verifyMaps(ReduceOp op) {
  size_t loops = op.getExtents().size();
  if (op.getIndexingMaps().size() != op->getNumOperands())
    return op.emitOpError("needs a map for each operand");
  for (OpOperand &operand : op->getOpOperands()) {
    AffineMap map = op.getMap(operand);
    auto type = dyn_cast<ShapedType>(operand.get().getType());
    int64_t rank = type ? type.getRank() : 0;
    if (map.getNumDims() != loops || map.getNumSymbols() != 0 ||
        int64_t(map.getNumResults()) != rank)
      return op.emitOpError("the map of operand ")
             << operand.getOperandNumber() << " does not fit it";
    if (operand.getOperandNumber() < op.getInputs().size())
      continue;
    for (int64_t loop : op.getReductions())
      if (map.isFunctionOfDim(loop))
        return op.emitOpError("only inputs change along a reduction");
  }
  return success();
}

LogicalResult ReduceOp::verify() {
  int64_t loops = getExtents().size();
  for (int64_t extent : getExtents())
    if (extent < 1)
      return emitOpError("a loop needs an extent of at least 1");
  for (int64_t loop : getReductions())
    if (loop < 0 || loop >= loops)
      return emitOpError("has no loop ") << loop;
  if (failed(verifyMaps(*this)))
    return failure();
  return verifyArithmetic(*this);
}

AffineMap WinogradOp::getMap(OpOperand &operand) {
  unsigned extra = operand.getOperandNumber() - getNumReduced();
  if (extra == getExtras().size())
    return AffineMap::getMultiDimIdentityMap(4, getContext());
  return cast<AffineMapAttr>(getExtraMaps()[extra]).getValue();
}

/// Each extra has a map that fits it, and is either contiguous along the
/// channels or does not change along them.
static LogicalResult verifyExtras(WinogradOp op) {
  if (op.getExtraMaps().size() != op.getExtras().size())
    return op.emitOpError("needs a map for each extra");
  for (OpOperand &operand : op.getExtrasMutable()) {
    AffineMap map = op.getMap(operand);
    auto type = dyn_cast<ShapedType>(operand.get().getType());
    int64_t rank = type ? type.getRank() : 0;
    if (map.getNumDims() != 4 || int64_t(map.getNumResults()) != rank ||
        !map.isProjectedPermutation(/*allowZeroInResults=*/true) ||
        (map.isFunctionOfDim(3) && !map.getResults().back().isFunctionOfDim(3)))
      return op.emitOpError("the map of operand ")
             << operand.getOperandNumber() << " does not fit it";
  }
  return success();
}

LogicalResult WinogradOp::verify() {
  BlockingAttr blocking = getBlocking();
  int64_t size = blocking.getSize(), elements = (size + 2) * (size + 2);
  if (size != 2 && size != 4)
    return emitOpError("has no tiles of ") << size << " × " << size;
  for (int64_t extent :
       {blocking.getImages(), blocking.getRows(), blocking.getColumns(),
        blocking.getChannels(), blocking.getTasks()})
    if (extent < 1)
      return emitOpError("a block needs an extent of at least 1");
  auto input = cast<ShapedType>(getInput().getType());
  auto weights = cast<ShapedType>(getWeights().getType());
  auto output = cast<ShapedType>(getOutput().getType());
  for (ShapedType type : {input, weights, output})
    if (!type.hasRank() || type.getRank() != 4 || !type.hasStaticShape() ||
        !type.getElementType().isF32())
      return emitOpError("takes f32 of four axes, not ") << type;
  int64_t width = weights.getDimSize(3);
  if (width < 1 || input.getDimSize(0) != output.getDimSize(0) ||
      weights.getDimSize(0) !=
          int64_t(llvm::divideCeil(output.getDimSize(3), width)) ||
      weights.getDimSize(1) != elements ||
      weights.getDimSize(2) != input.getDimSize(3))
    return emitOpError("its weights do not fit its input and output");
  if (blocking.getChannels() % width != 0)
    return emitOpError("blocks of channels must be whole panels of ") << width;
  if (getMargin().size() != 2 || getMargin()[0] < 0 || getMargin()[1] < 0)
    return emitOpError("needs a margin of two extents of at least 0");
  if (failed(verifyExtras(*this)))
    return failure();
  return verifyArithmetic(*this);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

template <typename OpTy>
static void
addEffects(OpTy op,
           SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
               &effects) {
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    if (op.isDpsInit(&operand))
      effects.emplace_back(MemoryEffects::Write::get(), &operand);
    else
      effects.emplace_back(MemoryEffects::Read::get(), &operand);
  }
}

void ReduceOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  addEffects(*this, effects);
}

void WinogradOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  addEffects(*this, effects);
}

namespace {

template <typename OpTy>
struct KernelBufferization
    : bufferization::DstBufferizableOpInterfaceExternalModel<
          KernelBufferization<OpTy>, OpTy> {
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand,
                              const bufferization::AnalysisState &) const {
    return !cast<OpTy>(op).isDpsInit(&operand);
  }

  /// An extra that has the output's map is read, element by element, before
  /// the output is written there; it may be the same buffer.
  bool bufferizesToElementwiseAccess(Operation *op,
                                     const bufferization::AnalysisState &,
                                     ArrayRef<OpOperand *> operands) const {
    auto kernel = cast<OpTy>(op);
    OpOperand &output = kernel.getOutputMutable();
    return llvm::all_of(operands, [&](OpOperand *operand) {
      return operand->getOperandNumber() >= kernel.getNumReduced() &&
             kernel.getMap(*operand) == kernel.getMap(output);
    });
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const bufferization::BufferizationOptions &options,
                          bufferization::BufferizationState &state) const {
    if (isa<MemRefType>(cast<OpTy>(op).getOutput().getType()))
      return success();
    SmallVector<Value> operands;
    for (Value operand : op->getOperands()) {
      if (!isa<TensorType>(operand.getType())) {
        operands.push_back(operand);
        continue;
      }
      FailureOr<Value> buffer =
          bufferization::getBuffer(rewriter, operand, options, state);
      if (failed(buffer))
        return failure();
      operands.push_back(*buffer);
    }
    OperationState on(op->getLoc(), op->getName(), operands, TypeRange(),
                      op->getAttrs());
    for (Region &region : op->getRegions())
      on.addRegion()->takeBody(region);
    rewriter.setInsertionPoint(op);
    rewriter.create(on);
    bufferization::replaceOpWithBufferizedValues(rewriter, op,
                                                 {operands.back()});
    return success();
  }
};

} // namespace

void nnc::registerKernelDialect(DialectRegistry &registry) {
  registry.insert<KernelDialect>();
  registry.addExtension(+[](MLIRContext *context, KernelDialect *) {
    ReduceOp::attachInterface<KernelBufferization<ReduceOp>>(*context);
    WinogradOp::attachInterface<KernelBufferization<WinogradOp>>(*context);
  });
}
