//===- Winograd.cpp - 3 × 3 convolutions with fewer multiplications -------===//
//
// A kernel that is a convolution of 3 × 3 taps and stride 1 with constant
// weights becomes `kernel.winograd` where the cost model (WinogradPlan.h) says
// that this is faster. The weights are transformed here, in double precision,
// rounded once, and laid out in panels of columns as products read them.
// Nothing happens to other strides, dilations, sizes and types, to convolutions
// in groups, and to weights that anything else reads: a weight has one form for
// all its readers, so that every batch size gives the same bits.
//
// A tile shares its inputs among its results, so that an infinity or a NaN
// reaches all of them. The error of 4 × 4 results depends on the data, hence
// they are made on request only.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelOps.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/WeightData.h"
#include "compiler/codegen/WinogradPlan.h"
#include "compiler/codegen/WinogradTasks.h"
#include "compiler/codegen/WinogradTransform.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"

namespace nnc {
#define GEN_PASS_DEF_WINOGRADPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

/// The loops of a convolution as FormKernels leaves them.
enum Loop { Image, Row, Column, TapDown, TapAcross, Input, Output, Loops };

/// A kernel that is a convolution.
struct Convolution {
  kernel::ReduceOp kernel;
  memref::GetGlobalOp weights;
  SmallVector<int64_t> margin; ///< zeros above and to the left
  ConvExtents extents;
};

} // namespace

/// Whether the body adds the product of both inputs to the sum.
static bool isMultiplyAdd(kernel::ReduceOp kernel) {
  Block &body = kernel.getBody().front();
  if (body.getNumArguments() != 3)
    return false;
  Value last = cast<kernel::YieldOp>(body.getTerminator()).getValue();
  Value input = body.getArgument(0), weight = body.getArgument(1);
  Value sum = body.getArgument(2);
  auto areFactors = [&](Value a, Value b) {
    return (a == input && b == weight) || (a == weight && b == input);
  };
  if (auto fma = last.getDefiningOp<math::FmaOp>())
    return areFactors(fma.getA(), fma.getB()) && fma.getC() == sum;
  auto add = last.getDefiningOp<arith::AddFOp>();
  if (!add || (add.getLhs() != sum && add.getRhs() != sum))
    return false;
  auto product = (add.getLhs() == sum ? add.getRhs() : add.getLhs())
                     .getDefiningOp<arith::MulFOp>();
  return product && areFactors(product.getLhs(), product.getRhs());
}

/// The margin if `expr` is position + tap - margin.
static std::optional<int64_t> findMargin(AffineExpr expr, Loop position,
                                         Loop tap) {
  MLIRContext *context = expr.getContext();
  AffineExpr rest =
      simplifyAffineExpr(expr - getAffineDimExpr(position, context) -
                             getAffineDimExpr(tap, context),
                         Loops, /*numSymbols=*/0);
  auto constant = dyn_cast<AffineConstantExpr>(rest);
  if (!constant || constant.getValue() > 0)
    return std::nullopt;
  return -constant.getValue();
}

/// Whether the inputs and the output are addressed as in a convolution; the
/// margin is that of the input.
static bool hasConvolutionMaps(kernel::ReduceOp kernel,
                               SmallVectorImpl<int64_t> &margin) {
  auto loop = [&](Loop which) {
    return getAffineDimExpr(which, kernel.getContext());
  };
  OpOperand *operands = kernel->getOpOperands().data();
  ArrayRef<AffineExpr> input = kernel.getMap(operands[0]).getResults();
  ArrayRef<AffineExpr> weights = kernel.getMap(operands[1]).getResults();
  ArrayRef<AffineExpr> output =
      kernel.getMap(kernel.getOutputMutable()).getResults();
  if (input.size() != 4 || weights.size() != 4 || output.size() != 4 ||
      input[0] != loop(Image) || input[3] != loop(Input) ||
      weights != ArrayRef({loop(TapDown), loop(TapAcross), loop(Input),
                           loop(Output)}) ||
      output != ArrayRef({loop(Image), loop(Row), loop(Column), loop(Output)}))
    return false;
  std::optional<int64_t> top = findMargin(input[1], Row, TapDown);
  std::optional<int64_t> left = findMargin(input[2], Column, TapAcross);
  if (!top || !left)
    return false;
  margin.assign({*top, *left});
  return true;
}

/// The map of an extra over the axes of the output, or null if it is not
/// contiguous along the channels.
static AffineMap mapOfExtra(AffineMap map) {
  MLIRContext *context = map.getContext();
  SmallVector<AffineExpr> loops(Loops, getAffineConstantExpr(0, context));
  unsigned axis = 0;
  for (Loop loop : {Image, Row, Column, Output})
    loops[loop] = getAffineDimExpr(axis++, context);
  AffineMap result = map.replaceDimsAndSymbols(loops, {}, /*numResultDims=*/4,
                                               /*numResultSyms=*/0);
  if (!result.isProjectedPermutation(/*allowZeroInResults=*/true) ||
      (result.isFunctionOfDim(3) &&
       !result.getResults().back().isFunctionOfDim(3)))
    return {};
  return result;
}

static std::optional<Convolution> findConvolution(kernel::ReduceOp kernel) {
  ArrayRef<int64_t> extents = kernel.getExtents();
  auto init = dyn_cast<FloatAttr>(kernel.getInit());
  if (extents.size() != Loops || kernel.getInputs().size() != 2 || !init ||
      !init.getType().isF32() || !init.getValue().isPosZero() ||
      extents[TapDown] != 3 || extents[TapAcross] != 3 ||
      kernel.getReductions() !=
          ArrayRef<int64_t>({TapDown, TapAcross, Input}) ||
      kernel.getTiling() || !isMultiplyAdd(kernel))
    return std::nullopt;
  if (extents[Input] < kFewestChannels || extents[Output] < kFewestChannels)
    return std::nullopt;
  Convolution conv = {kernel, findWeight(kernel.getInputs()[1]), {}, {}};
  auto isFloats = [](Value value) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && type.getElementType().isF32();
  };
  if (!conv.weights || !hasConvolutionMaps(kernel, conv.margin) ||
      !isFloats(kernel.getInputs()[0]) || !isFloats(kernel.getInputs()[1]) ||
      !isFloats(kernel.getOutput()))
    return std::nullopt;
  for (OpOperand &extra : kernel.getExtrasMutable())
    if (!mapOfExtra(kernel.getMap(extra)))
      return std::nullopt;
  conv.extents = {extents[Image], extents[Row], extents[Column], extents[Input],
                  extents[Output]};
  return conv;
}

/// The tiles that cost all readers of one weight the least; 0 for none.
static WinogradChoice chooseSize(ArrayRef<Convolution> readers,
                                 int64_t largest) {
  auto total = [&](auto cost) {
    int64_t sum = 0;
    for (const Convolution &conv : readers)
      sum += cost(conv.extents);
    return sum;
  };
  WinogradChoice choice;
  int64_t direct = total(costOfDirect);
  for (int64_t size : {2, 4}) {
    int64_t saved = direct - total([&](const ConvExtents &conv) {
                      return costOfWinograd(conv, size);
                    });
    if (size > largest || saved <= choice.saved)
      continue;
    choice = {size, saved, grownBytes(readers.front().extents, size)};
  }
  return choice;
}

/// The bytes of all constants.
static int64_t bytesOfWeights(ModuleOp module) {
  int64_t bytes = 0;
  for (auto global : module.getOps<memref::GlobalOp>()) {
    Type element = global.getType().getElementType();
    if (element.isIntOrFloat())
      bytes += global.getType().getNumElements() *
               llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
  }
  return bytes;
}

/// [3][3][in][out] as [panel][element][in][column], transformed.
static AsmResourceBlob transformWeights(const WeightData &data, int64_t in,
                                        int64_t out, int64_t size) {
  WinogradTransform transform = WinogradTransform::get(size);
  int64_t elements = transform.extent() * transform.extent();
  int64_t panels = llvm::divideCeil(out, kWinogradPanel);
  AsmResourceBlob blob = HeapAsmResourceBlob::allocate(
      panels * elements * in * kWinogradPanel * sizeof(float), /*align=*/64,
      /*dataIsMutable=*/true);
  std::memset(blob.getMutableData().data(), 0, blob.getMutableData().size());
  const auto *from = reinterpret_cast<const float *>(data.values.data());
  auto *to = reinterpret_cast<float *>(blob.getMutableData().data());
  SmallVector<double> taps(9), values(elements);
  for (int64_t channel = 0; channel < in; ++channel)
    for (int64_t column = 0; column < out; ++column) {
      for (int64_t tap = 0; tap < 9; ++tap)
        taps[tap] = from[data.splat ? 0 : (tap * in + channel) * out + column];
      transformTaps(transform, taps, values);
      for (int64_t element = 0; element < elements; ++element) {
        int64_t row =
            (column / kWinogradPanel * elements + element) * in + channel;
        to[row * kWinogradPanel + column % kWinogradPanel] =
            static_cast<float>(values[element]);
      }
    }
  return blob;
}

/// Gives the weight its transformed values.
static LogicalResult transformGlobal(memref::GlobalOp global,
                                     const ConvExtents &conv, int64_t size) {
  FailureOr<WeightData> data = findWeightData(global);
  if (failed(data))
    return failure();
  SmallVector<int64_t> shape = {
      int64_t(llvm::divideCeil(conv.outputs, kWinogradPanel)),
      (size + 2) * (size + 2), conv.inputs, kWinogradPanel};
  Type element = global.getType().getElementType();
  global.setInitialValueAttr(DenseResourceElementsAttr::get(
      RankedTensorType::get(shape, element), global.getSymName(),
      transformWeights(*data, conv.inputs, conv.outputs, size)));
  global.setType(MemRefType::get(shape, element));
  return success();
}

/// Replaces the kernel by one on the transformed weights.
static void replaceKernel(RewriterBase &rewriter, Convolution &conv,
                          memref::GlobalOp global, const WinogradPlan &plan) {
  kernel::ReduceOp old = conv.kernel;
  Location loc = old.getLoc();
  rewriter.setInsertionPoint(old);
  Value read = memref::GetGlobalOp::create(
      rewriter, conv.weights.getLoc(), global.getType(), global.getSymName());
  Value weights = bufferization::ToTensorOp::create(
      rewriter, loc,
      RankedTensorType::get(global.getType().getShape(), rewriter.getF32Type()),
      read, /*restrict=*/true);
  SmallVector<AffineMap> maps;
  for (OpOperand &extra : old.getExtrasMutable())
    maps.push_back(mapOfExtra(old.getMap(extra)));
  auto blocking = kernel::BlockingAttr::get(
      rewriter.getContext(), plan.size, plan.images, plan.rows, plan.columns,
      plan.channels, plan.tasks, plan.shareChannels);
  auto winograd = kernel::WinogradOp::create(
      rewriter, loc, old.getResultTypes(), conv.margin, blocking,
      rewriter.getAffineMapArrayAttr(maps), old.getInputs()[0], weights,
      old.getExtras(), old.getOutput());
  winograd.getBody().takeBody(old.getBody());
  winograd.getEpilogue().takeBody(old.getEpilogue());
  Value unread = old.getInputs()[1];
  rewriter.replaceOp(old, winograd->getResults());
  eraseUnread(unread);
}

namespace {

struct WinogradPass : impl::WinogradPassBase<WinogradPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (tileSize != 0 && tileSize != 2 && tileSize != 4) {
      module.emitError("there are no tiles of ")
          << tileSize.getValue() << " results";
      return signalPassFailure();
    }
    if (tileSize == 0)
      return;
    llvm::MapVector<StringRef, SmallVector<Convolution>> readers;
    module.walk([&](kernel::ReduceOp kernel) {
      if (std::optional<Convolution> conv = findConvolution(kernel))
        readers[conv->weights.getName()].push_back(*conv);
    });
    llvm::StringMap<unsigned> counts = countWeightReaders(module);
    readers.remove_if([&](auto &entry) {
      auto &[name, convolutions] = entry;
      int64_t inputs = convolutions[0].extents.inputs;
      return counts[name] != convolutions.size() ||
             llvm::any_of(convolutions, [&](const Convolution &conv) {
               return conv.extents.inputs != inputs;
             });
    });
    SmallVector<WinogradChoice> choices;
    for (auto &[name, convolutions] : readers)
      choices.push_back(chooseSize(convolutions, tileSize));
    if (tileSize == 2) // who asks for larger tiles pays with memory
      limitGrowth(choices, bytesOfWeights(module));
    SymbolTable symbols(module);
    for (auto [entry, choice] : llvm::zip_equal(readers, choices)) {
      auto &[name, convolutions] = entry;
      auto global = symbols.lookup<memref::GlobalOp>(name);
      if (choice.size != 0 &&
          failed(replaceAll(global, convolutions, choice.size)))
        return signalPassFailure();
    }
  }

private:
  LogicalResult replaceAll(memref::GlobalOp global,
                           MutableArrayRef<Convolution> convolutions,
                           int64_t size) {
    if (failed(transformGlobal(global, convolutions[0].extents, size)))
      return failure();
    IRRewriter rewriter(&getContext());
    for (Convolution &conv : convolutions)
      replaceKernel(rewriter, conv, global,
                    shareOut(conv.extents,
                             planWinograd(conv.extents, size, l2Bytes),
                             l2Bytes));
    return success();
  }
};

} // namespace
} // namespace nnc
