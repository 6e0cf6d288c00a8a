//===- FoldBatchNorm.cpp - batch normalization into the weights before ----===//
//
// At inference a batch normalization over the channels is a product and a sum
// per channel. Behind a convolution or dense layer it is multiplied into that
// layer's weights (kernel · s, (bias - mean) · s + beta with
// s = gamma / sqrt(variance + epsilon)) and costs nothing any more. Computed in
// double and rounded once. Does not fire where the result between is seen by
// others, the layer has an activation, its weights are shared, or the axis is
// not that of the filters.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"
#include "compiler/graph/WeightValues.h"
#include "dialect/NNConvOps.h"
#include "dialect/NNCoreOps.h"
#include "dialect/NNNormOps.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

namespace nnc {
#define GEN_PASS_DEF_FOLDBATCHNORMPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// y = x · scale + shift per channel.
struct Affine {
  std::vector<double> scale, shift;
};

/// The weights of one module by symbol, and how often each is referred to.
class Weights {
public:
  explicit Weights(ModuleOp module) {
    for (WeightOp weight : module.getOps<WeightOp>())
      ops[weight.getSymNameAttr()] = weight;
    module.walk([&](LayerOpInterface layer) {
      if (auto refs = layer->getAttrOfType<DictionaryAttr>("weights"))
        for (NamedAttribute ref : refs)
          ++uses[cast<FlatSymbolRefAttr>(ref.getValue()).getAttr()];
    });
  }

  WeightOp get(LayerOpInterface layer, StringRef name) {
    FlatSymbolRefAttr ref = getWeightRef(layer, name);
    return ref ? ops.lookup(ref.getAttr()) : WeightOp();
  }
  bool isShared(LayerOpInterface layer) {
    auto refs = layer->getAttrOfType<DictionaryAttr>("weights");
    return !refs || llvm::any_of(refs, [&](NamedAttribute ref) {
      return uses.lookup(cast<FlatSymbolRefAttr>(ref.getValue()).getAttr()) > 1;
    });
  }
  void release(LayerOpInterface layer) {
    for (NamedAttribute ref : layer->getAttrOfType<DictionaryAttr>("weights")) {
      StringAttr symbol = cast<FlatSymbolRefAttr>(ref.getValue()).getAttr();
      if (--uses[symbol] == 0) {
        ops[symbol].erase();
        ops.erase(symbol);
      }
    }
  }
  void add(WeightOp weight) {
    ops[weight.getSymNameAttr()] = weight;
    uses[weight.getSymNameAttr()] = 1;
  }

private:
  llvm::DenseMap<StringAttr, WeightOp> ops;
  llvm::DenseMap<StringAttr, unsigned> uses;
};

} // namespace

/// The layer's weight `name` as floats; `count` times `otherwise` if it has
/// none. Nothing when the values cannot be read.
static std::optional<std::vector<double>> read(Weights &weights,
                                               LayerOpInterface layer,
                                               StringRef name, size_t count,
                                               double otherwise) {
  WeightOp weight = weights.get(layer, name);
  if (!weight)
    return std::vector<double>(count, otherwise);
  auto values = readFloats(weight.getValue());
  if (values)
    return *values;
  llvm::consumeError(values.takeError());
  return std::nullopt;
}

static std::optional<Affine>
getAffine(Weights &weights, BatchNormalizationOp norm, size_t channels) {
  auto gamma = read(weights, norm, "gamma", channels, 1.0);
  auto beta = read(weights, norm, "beta", channels, 0.0);
  auto mean = read(weights, norm, "moving_mean", channels, 0.0);
  auto variance = read(weights, norm, "moving_variance", channels, 1.0);
  if (!gamma || !beta || !mean || !variance)
    return std::nullopt;
  Affine affine;
  double epsilon = norm.getEpsilon();
  for (size_t i = 0; i < channels; ++i) {
    double scale = (*gamma)[i] / std::sqrt((*variance)[i] + epsilon);
    affine.scale.push_back(scale);
    affine.shift.push_back((*beta)[i] - (*mean)[i] * scale);
  }
  return affine;
}

/// The axis of the result that the layer's filters make; nothing if the layer
/// is none that a batch normalization folds into.
static std::optional<int64_t> getFilterAxis(Operation *op, int64_t rank) {
  if (isa<DenseOp>(op))
    return rank - 1;
  if (!isa<Conv1DOp, Conv2DOp, Conv3DOp, DepthwiseConv1DOp, DepthwiseConv2DOp,
           SeparableConv1DOp, SeparableConv2DOp>(op))
    return std::nullopt;
  auto format = op->getAttrOfType<StringAttr>("data_format");
  return format && format == "channels_first" ? 1 : rank - 1;
}

/// The weight whose last axes run over the filters.
static StringRef getKernelName(Operation *op) {
  return isa<SeparableConv1DOp, SeparableConv2DOp>(op) ? "pointwise_kernel"
                                                       : "kernel";
}

static bool canFold(BatchNormalizationOp norm, LayerOpInterface producer,
                    Weights &weights) {
  if (!producer || !producer->getResult(0).hasOneUse() ||
      weights.isShared(producer))
    return false;
  auto activation = producer->getAttrOfType<StringAttr>("activation");
  if (activation && activation != "linear")
    return false;
  // One rounding less would be another result, so halves are left alone.
  auto type = cast<RankedTensorType>(norm->getResult(0).getType());
  if (type.getElementTypeBitWidth() < 32 ||
      norm->getOperand(0) != producer->getResult(0) ||
      isInt8Quantized(producer))
    return false;
  int64_t rank = type.getRank();
  auto axis = getFilterAxis(producer, rank);
  auto normAxis = normalizeAxis(norm.getAxis(), rank);
  return axis && llvm::cantFail(std::move(normAxis)) == *axis;
}

/// Multiplies kernel and bias; a layer without a bias gets one.
static void fold(LayerOpInterface layer, const Affine &affine,
                 ArrayRef<double> kernel, ArrayRef<double> bias,
                 Weights &weights) {
  MLIRContext *context = layer.getContext();
  size_t channels = affine.scale.size();
  WeightOp kernelOp = weights.get(layer, getKernelName(layer));
  std::string prefix = getWeightPrefix(layer);
  auto type = cast<RankedTensorType>(kernelOp.getValue().getShapedType());
  kernelOp.setValueAttr(makeFloats(kernelOp.getSymName(), type, [&](size_t i) {
    return kernel[i] * affine.scale[i % channels];
  }));
  std::string biasName = prefix + ".bias";
  ElementsAttr biasValue =
      makeFloats(biasName, type.clone({int64_t(channels)}), [&](size_t i) {
        return bias[i] * affine.scale[i] + affine.shift[i];
      });
  if (WeightOp biasOp = weights.get(layer, "bias")) {
    biasOp.setValueAttr(biasValue);
    return;
  }
  OpBuilder builder(kernelOp);
  weights.add(WeightOp::create(builder, layer.getLoc(), biasName, biasValue,
                               /*from_file=*/false,
                               /*initializer=*/StringAttr()));
  NamedAttrList refs(layer->getAttrOfType<DictionaryAttr>("weights"));
  refs.set("bias", FlatSymbolRefAttr::get(context, biasName));
  layer->setAttr("weights", refs.getDictionary(context));
  layer->setAttr("use_bias", builder.getBoolAttr(true));
}

namespace {

struct FoldBatchNormPass
    : public nnc::impl::FoldBatchNormPassBase<FoldBatchNormPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (isSpecialized(module))
      return;
    Weights weights(module);
    SmallVector<BatchNormalizationOp> norms;
    module.walk([&](BatchNormalizationOp norm) { norms.push_back(norm); });
    for (BatchNormalizationOp norm : norms) {
      auto producer = norm->getOperand(0).getDefiningOp<LayerOpInterface>();
      if (!canFold(norm, producer, weights))
        continue;
      auto channels = weights.get(norm, "moving_mean");
      size_t count =
          channels ? size_t(channels.getValue().getNumElements()) : 0;
      auto affine = getAffine(weights, norm, count);
      auto kernel = read(weights, producer, getKernelName(producer), 0, 0.0);
      auto bias = read(weights, producer, "bias", count, 0.0);
      if (count == 0 || !affine || !kernel || !bias)
        continue;
      fold(producer, *affine, *kernel, *bias, weights);
      weights.release(norm);
      norm->getResult(0).replaceAllUsesWith(producer->getResult(0));
      norm->erase();
    }
  }
};

} // namespace
