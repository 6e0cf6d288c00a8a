//===- InferShapes.cpp - every value gets its tensor type -----------------===//
//
// Walks the linked model in order and asks each layer for the shapes of its
// results. A layer that refuses is reported, its results stay unknown, and what
// depends on them is passed over, so that one run shows all independent errors.
// A model that carries types already is checked against what would be inferred,
// and so are the bodies of static batch, which anybody may have written.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/BatchedTypes.h"
#include "compiler/graph/Passes.h"

#include "llvm/ADT/StringExtras.h"

namespace nnc {
#define GEN_PASS_DEF_INFERSHAPESPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

static InFlightDiagnostic emitInputError(InputOp input) {
  return mlir::emitError(input.getLoc())
         << "input '" << input.getName().value_or("") << "': ";
}

//===----------------------------------------------------------------------===//
// --shape
//===----------------------------------------------------------------------===//

namespace {
struct GivenShape {
  std::string input; ///< empty: the only one
  Shape extents;     ///< of one sample
  bool used = false;
};
} // namespace

/// "NAME=2x3" or "2x3".
static FailureOr<GivenShape> parseShape(StringRef text) {
  GivenShape given;
  StringRef extents = text;
  if (text.contains('=')) {
    auto [name, rest] = text.rsplit('=');
    given.input = name.str();
    extents = rest;
  }
  SmallVector<StringRef> words;
  extents.split(words, 'x');
  for (StringRef word : words) {
    int64_t extent;
    if (word.getAsInteger(10, extent) || extent <= 0)
      return failure();
    given.extents.push_back(extent);
  }
  return given;
}

/// Fixes the open dimensions of `input` by what the user gave for it.
static LogicalResult applyShape(InputOp input, GivenShape &given) {
  given.used = true;
  SmallVector<int64_t> shape(input.getShape());
  bool fits = shape.size() == given.extents.size();
  for (size_t i = 0; fits && i < shape.size(); ++i) {
    fits = shape[i] < 0 || shape[i] == given.extents[i];
    shape[i] = given.extents[i];
  }
  if (!fits) {
    Shape declared(input.getShape());
    for (int64_t &extent : declared)
      extent = extent < 0 ? kDynamic : extent;
    return emitInputError(input)
           << "--shape " << toString(given.extents)
           << " does not fit its shape " << toString(declared);
  }
  input.setShape(shape);
  return success();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Is `given` what was inferred? It may leave extents open that are known now
/// that --shape has fixed others.
static bool agrees(Type given, RankedTensorType inferred) {
  if (isa<UnknownType>(given))
    return true;
  auto type = dyn_cast<RankedTensorType>(given);
  return type && !type.getEncoding() &&
         type.getElementType() == inferred.getElementType() &&
         type.getRank() == inferred.getRank() &&
         llvm::all_of(llvm::zip(type.getShape(), inferred.getShape()),
                      [](auto extents) {
                        auto [a, b] = extents;
                        return a == b || a == kDynamic;
                      });
}

static LogicalResult inferInput(InputOp input, int64_t batch) {
  Shape shape = {batch};
  for (int64_t extent : input.getShape()) {
    if (extent == 0 || extent < -1)
      return emitInputError(input)
             << "shape has the extent " << extent
             << "; extents are positive, -1 is an open one";
    shape.push_back(extent == -1 ? kDynamic : extent);
  }
  if (llvm::Error error = checkSize(shape))
    return emitInputError(input) << llvm::toString(std::move(error));
  auto type = RankedTensorType::get(
      shape, getElementType(input.getContext(), input.getDtype()));
  Type given = input.getOutput().getType();
  input.getOutput().setType(type);
  if (!agrees(given, type))
    return emitInputError(input)
           << "its type " << given << " is not that of its shape, " << type;
  return success();
}

/// Integers only go where they are taken as they are.
static LogicalResult checkElementTypes(LayerOpInterface layer) {
  Type first;
  for (Type type : layer->getOperandTypes()) {
    Type element = cast<RankedTensorType>(type).getElementType();
    if (!element.isF32() && !layer.acceptsIntegers())
      return emitLayerError(layer)
             << "expects a float32 input, but got " << getDTypeName(element);
    if (first && first != element)
      return emitLayerError(layer)
             << "expects inputs of one type, but got " << getDTypeName(first)
             << " and " << getDTypeName(element);
    first = element;
  }
  return success();
}

/// The layer's keyword operands that cannot be compiled yet.
static LogicalResult checkSupported(LayerOpInterface layer) {
  if (!getKeywordOperands(layer, "mask").empty())
    return emitLayerError(layer) << "masks cannot be compiled yet";
  auto stateful = layer->getAttrOfType<BoolAttr>("stateful");
  if (stateful && stateful.getValue())
    return emitLayerError(layer) << "stateful = true cannot be compiled yet";
  auto maskZero = layer->getAttrOfType<BoolAttr>("mask_zero");
  if (maskZero && maskZero.getValue())
    return emitLayerError(layer)
           << "mask_zero = true cannot be compiled yet, since masks cannot";
  return success();
}

/// Result types of `layer`, whose operands have theirs; failure is reported.
static FailureOr<SmallVector<Type>> inferLayer(LayerOpInterface layer) {
  if (failed(checkSupported(layer)) || failed(checkElementTypes(layer)))
    return failure();
  SmallVector<Shape> inputs;
  for (Type type : layer->getOperandTypes())
    inputs.push_back(Shape(cast<RankedTensorType>(type).getShape()));
  auto shapes = layer.inferShapes(inputs);
  if (!shapes) {
    emitLayerError(layer) << llvm::toString(shapes.takeError());
    return failure();
  }
  Type element = layer.inferElementType(
      cast<RankedTensorType>(layer->getOperand(0).getType()).getElementType());
  SmallVector<Type> types;
  for (const Shape &shape : *shapes) {
    if (llvm::Error error = checkSize(shape)) {
      emitLayerError(layer) << llvm::toString(std::move(error));
      return failure();
    }
    types.push_back(RankedTensorType::get(shape, element));
  }
  return types;
}

/// Sets the result types, and compares them with those that were given.
static LogicalResult setTypes(LayerOpInterface layer, ArrayRef<Type> types) {
  bool ok = true;
  for (auto [result, type] : llvm::zip_equal(layer->getResults(), types)) {
    Type given = result.getType();
    result.setType(type);
    if (agrees(given, cast<RankedTensorType>(type)))
      continue;
    ok = false;
    emitLayerError(layer) << "its type is given as " << given << ", but is "
                          << type;
  }
  return success(ok);
}

/// Sizes that follow from the types, which later passes rely on.
static LogicalResult checkCosts(LayerOpInterface layer) {
  bool ok = true;
  for (const WeightSpec &spec : layer.getWeightSpecs()) {
    if (llvm::Error error = checkSize(spec.shape)) {
      ok = false;
      emitLayerError(layer) << "weight '" << spec.name
                            << "': " << llvm::toString(std::move(error));
    }
  }
  if (ok && layer.getMacs() > kMaxMacs)
    return emitLayerError(layer)
           << "needs more than 2^50 multiplications for one sample";
  return success(ok);
}

/// All values of one model, as far as they can be inferred.
static LogicalResult inferModel(ModelOp model) {
  bool ok = true;
  int64_t batch = model.getBatch().value_or(kDynamic);
  for (Operation &op : model.getBody().front()) {
    if (auto input = dyn_cast<InputOp>(op)) {
      ok &= succeeded(inferInput(input, batch));
      continue;
    }
    auto layer = dyn_cast<LayerOpInterface>(op);
    bool known = llvm::all_of(op.getOperandTypes(), [](Type type) {
      return isa<RankedTensorType>(type);
    });
    if (!layer || !known)
      continue;
    FailureOr<SmallVector<Type>> types = inferLayer(layer);
    ok &= succeeded(types) && succeeded(setTypes(layer, *types)) &&
          succeeded(checkCosts(layer));
  }
  return success(ok);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {

struct InferShapesPass
    : public nnc::impl::InferShapesPassBase<InferShapesPass> {
  using Base::Base;

  LogicalResult applyShapes(ModelOp model) {
    auto inputs = llvm::to_vector(model.getBody().getOps<InputOp>());
    bool ok = true;
    for (StringRef text : shapes) {
      FailureOr<GivenShape> given = parseShape(text);
      if (failed(given)) {
        model.emitError() << "--shape '" << text
                          << "': expects extents as in NAME=28x28x1";
        ok = false;
        continue;
      }
      for (InputOp input : inputs)
        if (given->input.empty() ? inputs.size() == 1
                                 : input.getName() == given->input)
          ok &= succeeded(applyShape(input, *given));
      if (!given->used) {
        model.emitError() << "--shape '" << text << "': "
                          << (given->input.empty()
                                  ? "the model has several inputs; name one"
                                  : "there is no such input");
        ok = false;
      }
    }
    return success(ok);
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    bool ok = true;
    for (ModelOp model : getLinkedModels(module)) {
      ok &= succeeded(applyShapes(model));
      ok &= succeeded(inferModel(model));
    }
    if (!ok)
      signalPassFailure();
  }
};

} // namespace
