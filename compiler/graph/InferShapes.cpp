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
#include "dialect/Wrappers.h"

#include "llvm/ADT/StringExtras.h"

namespace nnc {
#define GEN_PASS_DEF_INFERSHAPESPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// At an input, a state or a history, which have a name but are no layers.
static InFlightDiagnostic emitSourceError(Operation *op) {
  auto name = op->getAttrOfType<StringAttr>("name");
  return mlir::emitError(op->getLoc())
         << op->getName().stripDialect() << " '"
         << (name ? name.getValue() : StringRef()) << "': ";
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
    return emitSourceError(input)
           << "--shape " << toString(given.extents)
           << " does not fit its shape " << toString(declared) << " [N320]";
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

/// The type of a value of `shape` (that of one sample, -1: open) and `dtype`.
static RankedTensorType makeType(Operation *op, int64_t batch,
                                 ArrayRef<int64_t> sample, StringRef dtype) {
  Shape shape = {batch};
  for (int64_t extent : sample)
    shape.push_back(extent == -1 ? kDynamic : extent);
  return RankedTensorType::get(shape, getElementType(op->getContext(), dtype));
}

static LogicalResult setType(Operation *op, RankedTensorType type) {
  Value result = op->getResult(0);
  Type given = result.getType();
  result.setType(type);
  if (agrees(given, type))
    return success();
  return emitSourceError(op)
         << "its type " << given << " is not that of its shape, " << type
         << " [N218]";
}

static LogicalResult inferInput(InputOp input, int64_t batch) {
  for (int64_t extent : input.getShape())
    if (extent == 0 || extent < -1)
      return emitSourceError(input)
             << "shape has the extent " << extent
             << "; extents are positive, -1 is an open one [N209]";
  RankedTensorType type =
      makeType(input, batch, input.getShape(), input.getDtype());
  if (llvm::Error error = checkSize(type.getShape()))
    return emitSourceError(input) << llvm::toString(std::move(error));
  return setType(input, type);
}

static LogicalResult inferState(StateOp state, int64_t batch) {
  Shape shape(state.getShape());
  if (llvm::any_of(shape, [](int64_t extent) { return extent <= 0; }))
    return emitSourceError(state) << "needs positive extents [N218]";
  if (llvm::Error error = checkSize(shape))
    return emitSourceError(state) << llvm::toString(std::move(error));
  return setType(state, makeType(state, batch, shape, state.getDtype()));
}

/// What the next call finds has the type of what this one found.
static LogicalResult checkUpdate(UpdateStateOp update) {
  Type state = update.getState().getType(), value = update.getValue().getType();
  if (isa<UnknownType>(state) || isa<UnknownType>(value) || state == value)
    return success();
  return emitSourceError(update.getState().getDefiningOp())
         << "is " << state << ", but its update " << value << " [N218]";
}

/// (batch, 1, …) to (batch, steps + 1, …).
static LogicalResult inferHistory(HistoryOp history) {
  auto input = cast<RankedTensorType>(history.getInput().getType());
  if (input.getRank() < 2 || input.getDimSize(1) != 1)
    return emitSourceError(history) << "needs one step, but got "
                                    << toString(input.getShape()) << " [N218]";
  Shape shape(input.getShape());
  if (llvm::AddOverflow<int64_t>(history.getSteps(), 1, shape[1]))
    shape[1] = kDynamic;
  if (llvm::Error error = checkSize(shape))
    return emitSourceError(history) << llvm::toString(std::move(error));
  return setType(history, RankedTensorType::get(shape, input.getElementType()));
}

/// Result types of `layer`, whose operands have theirs; failure is reported.
static FailureOr<SmallVector<Type>> inferLayer(LayerOpInterface layer) {
  SmallVector<Shape> inputs;
  SmallVector<Type> elements;
  for (Type operand : layer->getOperandTypes()) {
    auto type = cast<RankedTensorType>(operand);
    inputs.push_back(Shape(type.getShape()));
    elements.push_back(type.getElementType());
  }
  auto fail = [&](llvm::Error error) {
    emitLayerError(layer) << llvm::toString(std::move(error));
    return failure();
  };
  TypesOr resultElements =
      layer.inferElementTypes(layer.getOperandElementTypes(elements));
  if (!resultElements)
    return fail(resultElements.takeError());
  auto shapes = layer.inferShapes(inputs);
  if (!shapes)
    return fail(shapes.takeError());
  SmallVector<Type> types;
  for (auto [shape, element] : llvm::zip_equal(*shapes, *resultElements)) {
    if (llvm::Error error = checkSize(shape))
      return fail(std::move(error));
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
                          << type << " [N318]";
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
           << "needs more than 2^50 multiplications for one sample [N312]";
  return success(ok);
}

static LogicalResult inferBlock(Block &block, int64_t batch);

/// Gives the regions of a wrapper the types of its inputs, or of one step of
/// them, and infers what is in them.
static LogicalResult inferWrapped(WrapperOpInterface wrapper, int64_t batch) {
  auto layer = cast<LayerOpInterface>(*wrapper);
  bool ok = true;
  for (Region &region : wrapper->getRegions()) {
    for (auto [argument, input] :
         llvm::zip(region.getArguments(), getPositionalInputs(layer))) {
      auto type = cast<RankedTensorType>(input.getType());
      if (wrapper.isPerStep() && type.getRank() < 3)
        return emitLayerError(layer) << "expects at least a rank-3 input "
                                        "(batch, steps, …), but got "
                                     << toString(type.getShape()) << " [N301]";
      type = wrapper.isPerStep() ? getStepType(type) : type;
      Type given = argument.getType();
      argument.setType(type);
      if (!agrees(given, type))
        return emitLayerError(layer)
               << "what it wraps takes " << type
               << ", but its type is given as " << given << " [N318]";
    }
    ok &= succeeded(inferBlock(region.front(), batch));
  }
  return success(ok);
}

/// All values of a block, as far as they can be inferred.
static LogicalResult inferBlock(Block &block, int64_t batch) {
  bool ok = true;
  for (Operation &op : block) {
    if (auto input = dyn_cast<InputOp>(op))
      ok &= succeeded(inferInput(input, batch));
    else if (auto state = dyn_cast<StateOp>(op))
      ok &= succeeded(inferState(state, batch));
    bool known = llvm::all_of(op.getOperandTypes(), [](Type type) {
      return isa<RankedTensorType>(type);
    });
    if (!known)
      continue;
    if (auto update = dyn_cast<UpdateStateOp>(op))
      ok &= succeeded(checkUpdate(update));
    else if (auto history = dyn_cast<HistoryOp>(op))
      ok &= succeeded(inferHistory(history));
    auto layer = dyn_cast<LayerOpInterface>(op);
    if (!layer)
      continue;
    auto wrapper = dyn_cast<WrapperOpInterface>(op);
    if (wrapper && failed(inferWrapped(wrapper, batch))) {
      ok = false;
      continue;
    }
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
                          << "': expects extents as in NAME=28x28x1 [N320]";
        ok = false;
        continue;
      }
      for (InputOp input : inputs)
        if (given->input.empty() ? inputs.size() == 1
                                 : input.getName() == given->input)
          ok &= succeeded(applyShape(input, *given));
      if (!given->used) {
        model.emitError()
            << "--shape '" << text << "': "
            << (given->input.empty()
                    ? "the model has several inputs; name one [N320]"
                    : "there is no such input [N320]");
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
      ok &= succeeded(inferBlock(model.getBody().front(),
                                 model.getBatch().value_or(kDynamic)));
    }
    if (!ok)
      signalPassFailure();
  }
};

} // namespace
