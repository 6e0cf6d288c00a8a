//===- NNOps.cpp - structure of a model: syntax and helpers ---------------===//
//
// Models, inputs, outputs, calls and weights; and the few questions that all
// layers are asked in the same way.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/OpImplementation.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

//===----------------------------------------------------------------------===//
// Helpers for all layers
//===----------------------------------------------------------------------===//

InFlightDiagnostic nn::emitLayerError(LayerOpInterface layer) {
  InFlightDiagnostic diagnostic = mlir::emitError(layer.getLoc());
  diagnostic << "layer '" << layer.getLayerName() << "' ("
             << layer.getKerasClass() << "): ";
  return diagnostic;
}

/// The operands of segment `index`; all of them where there are no segments.
static OperandRange getSegment(Operation *op, unsigned index) {
  auto sizes = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  if (!sizes)
    return index == 0 ? op->getOperands()
                      : OperandRange(op->operand_end(), op->operand_end());
  unsigned start = 0;
  for (unsigned i = 0; i < index; ++i)
    start += sizes[i];
  return op->getOperands().slice(start, sizes[index]);
}

OperandRange nn::getPositionalInputs(LayerOpInterface layer) {
  return getSegment(layer, 0);
}

OperandRange nn::getKeywordOperands(LayerOpInterface layer, StringRef keyword) {
  auto keywords = layer.getKeywords();
  auto *it = llvm::find(keywords, keyword);
  if (it == keywords.end())
    return OperandRange(layer->operand_end(), layer->operand_end());
  return getSegment(layer, 1 + unsigned(it - keywords.begin()));
}

FlatSymbolRefAttr nn::getWeightRef(LayerOpInterface layer, StringRef name) {
  auto weights = layer->getAttrOfType<DictionaryAttr>("weights");
  return weights ? weights.getAs<FlatSymbolRefAttr>(name) : FlatSymbolRefAttr();
}

llvm::Error nn::inferTypes(LayerOpInterface layer) {
  SmallVector<Shape> shapes;
  SmallVector<Type> elements;
  for (Type operand : layer->getOperandTypes()) {
    auto type = cast<RankedTensorType>(operand);
    shapes.emplace_back(type.getShape());
    elements.push_back(type.getElementType());
  }
  TypesOr types =
      layer.inferElementTypes(layer.getOperandElementTypes(elements));
  if (!types)
    return types.takeError();
  auto results = layer.inferShapes(shapes);
  if (!results)
    return results.takeError();
  for (auto [result, shape, element] :
       llvm::zip_equal(layer->getResults(), *results, *types)) {
    if (llvm::Error error = checkSize(shape))
      return error;
    result.setType(RankedTensorType::get(shape, element));
  }
  return llvm::Error::success();
}

void nn::setKeywordOperand(LayerOpInterface layer, StringRef keyword,
                           Value value) {
  OperandRange given = getKeywordOperands(layer, keyword);
  if (!given.empty()) {
    layer->setOperand(given.getBeginOperandIndex(), value);
    return;
  }
  auto keywords = layer.getKeywords();
  auto *it = llvm::find(keywords, keyword);
  auto sizes = layer->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  SmallVector<int32_t> segments(sizes.asArrayRef());
  size_t segment = 1 + size_t(it - keywords.begin());
  unsigned position = 0;
  for (int32_t size : ArrayRef(segments).take_front(segment))
    position += unsigned(size);
  layer->insertOperands(position, value);
  ++segments[segment];
  layer->setAttr("operandSegmentSizes",
                 DenseI32ArrayAttr::get(layer.getContext(), segments));
}

llvm::Error nn::checkSequenceMask(LayerOpInterface layer,
                                  ArrayRef<Shape> inputs) {
  if (getKeywordOperands(layer, "mask").empty())
    return llvm::Error::success();
  const Shape &mask = inputs.back(), &input = inputs.front();
  auto differ = [](int64_t a, int64_t b) {
    return a != kDynamic && b != kDynamic && a != b;
  };
  if (mask.size() == 2 && !differ(mask[0], input[0]) &&
      !differ(mask[1], input[1]))
    return llvm::Error::success();
  return shapeError("mask expects " + toString({input[0], input[1]}) +
                    ", but got " + toString(mask) + " [N313]");
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

// A graph region: an author may use a value before it is defined, and a cycle
// is a fault of the model that the checking pass names, not of the syntax.
RegionKind ModelOp::getRegionKind(unsigned) { return RegionKind::Graph; }
RegionKind SequentialOp::getRegionKind(unsigned) { return RegionKind::Graph; }

//===----------------------------------------------------------------------===//
// nn.input {keys} [: type], nn.state {keys} [: type]
//===----------------------------------------------------------------------===//

static ParseResult parseSource(OpAsmParser &parser, OperationState &state) {
  NamedAttrList keys;
  SMLoc loc = parser.getNameLoc();
  if (parser.parseOptionalAttrDict(keys))
    return failure();
  if (!keys.get("shape"))
    return parser.emitError(loc, "needs a shape: that of one sample, as in "
                                 "{shape = [28, 28, 1]} [N203]");
  for (NamedAttribute key : keys) {
    std::string expected;
    Attribute form =
        fitKey(state.name, key.getName(), key.getValue(), expected);
    if (!form && expected.empty())
      return parser.emitError(loc) << "has no key '" << key.getName().getValue()
                                   << "'; it has dtype, name, shape [N202]";
    if (!form)
      return parser.emitError(loc) << "'" << key.getName().getValue()
                                   << "' expects " << expected << " [N204]";
    state.addAttribute(key.getName(), form);
  }
  Type type = UnknownType::get(parser.getContext());
  if (succeeded(parser.parseOptionalColon()) && parser.parseType(type))
    return failure();
  state.addTypes(type);
  return success();
}

static void printSource(OpAsmPrinter &printer, Operation *op) {
  printer << " {";
  llvm::interleaveComma(op->getAttrs(), printer, [&](NamedAttribute key) {
    printer << key.getName().getValue() << " = ";
    printKeyValue(key.getValue(), printer.getStream());
  });
  printer << '}';
  Type type = op->getResult(0).getType();
  if (!isa<UnknownType>(type))
    printer << " : " << type;
}

ParseResult InputOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseSource(parser, state);
}
void InputOp::print(OpAsmPrinter &printer) { printSource(printer, *this); }

ParseResult StateOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseSource(parser, state);
}
void StateOp::print(OpAsmPrinter &printer) { printSource(printer, *this); }

// Inputs are part of the model's signature, used or not.
void InputOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  effects.emplace_back(MemoryEffects::Write::get());
}

//===----------------------------------------------------------------------===//
// nn.output(%a, %b) {names = […]} [: types]
//===----------------------------------------------------------------------===//

ParseResult OutputOp::parse(OpAsmParser &parser, OperationState &state) {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<Type> types;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren) ||
      parser.parseOptionalAttrDict(state.attributes))
    return failure();
  if (succeeded(parser.parseOptionalColon())) {
    if (parser.parseTypeList(types))
      return failure();
  } else {
    types.assign(operands.size(), UnknownType::get(parser.getContext()));
  }
  return parser.resolveOperands(operands, types, loc, state.operands);
}

void OutputOp::print(OpAsmPrinter &printer) {
  printer << '(' << getInputs() << ')';
  printer.printOptionalAttrDict((*this)->getAttrs());
  auto isUnknown = [](Type type) { return isa<UnknownType>(type); };
  if (!getInputs().empty() && !llvm::all_of(getInputs().getTypes(), isUnknown))
    printer << " : " << getInputs().getTypes();
}

//===----------------------------------------------------------------------===//
// nn.call @inner(%x) {name = …} [: types]
//===----------------------------------------------------------------------===//

ParseResult CallOp::parse(OpAsmParser &parser, OperationState &state) {
  FlatSymbolRefAttr callee;
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseAttribute(callee, "callee", state.attributes) ||
      parser.parseOperandList(operands,
                              OpAsmParser::Delimiter::OptionalParen) ||
      parser.parseOptionalAttrDict(state.attributes))
    return failure();
  Type unknown = UnknownType::get(parser.getContext());
  if (failed(parser.parseOptionalColon())) {
    state.addTypes(SmallVector<Type>(
        std::max<size_t>(parser.getNumResults(), 1), unknown));
    return parser.resolveOperands(operands, unknown, state.operands);
  }
  FunctionType type;
  if (parser.parseType(type) ||
      parser.resolveOperands(operands, type.getInputs(), loc, state.operands))
    return failure();
  state.addTypes(type.getResults());
  return success();
}

void CallOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getCalleeAttr();
  if (!getInputs().empty())
    printer << '(' << getInputs() << ')';
  printer.printOptionalAttrDict((*this)->getAttrs(), {"callee"});
  auto isUnknown = [](Type type) { return isa<UnknownType>(type); };
  if (llvm::all_of(getOperandTypes(), isUnknown) &&
      llvm::all_of(getResultTypes(), isUnknown))
    return;
  printer << " : ";
  printer.printFunctionalType(getOperation());
}

void CallOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  getLayerEffects(*this, effects);
}

//===----------------------------------------------------------------------===//
// nn.weight @mlp.dense.kernel {keys} : type = value
//===----------------------------------------------------------------------===//

ParseResult WeightOp::parse(OpAsmParser &parser, OperationState &state) {
  StringAttr name;
  Type type;
  ElementsAttr value;
  if (parser.parseSymbolName(name, "sym_name", state.attributes) ||
      parser.parseOptionalAttrDict(state.attributes) || parser.parseColon() ||
      parser.parseType(type) || parser.parseEqual())
    return failure();
  if (!isa<RankedTensorType>(type))
    return parser.emitError(parser.getCurrentLocation(),
                            "a weight is a tensor [N404]");
  return parser.parseAttribute(value, type, "value", state.attributes);
}

// A blob with fewer bytes than its type would be read out of bounds later. Text
// brings blobs at the end of the file, so the parser cannot look.
LogicalResult WeightOp::verify() {
  ShapedType type = getValue().getShapedType();
  if (!isa<RankedTensorType>(type) || !type.hasStaticShape() ||
      !type.getElementType().isIntOrFloat())
    return mlir::emitError(getLoc())
           << "weight '" << getSymName()
           << "': expects a tensor of static shape [N404]";
  llvm::Expected<int64_t> count = checkedProduct(type.getShape());
  if (!count)
    return mlir::emitError(getLoc())
           << "weight '" << getSymName()
           << "': " << llvm::toString(count.takeError());
  auto resource = dyn_cast<DenseResourceElementsAttr>(getValue());
  if (!resource)
    return success();
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  uint64_t bytes = uint64_t(*count) * ((type.getElementTypeBitWidth() + 7) / 8);
  if (blob && blob->getData().size() == bytes)
    return success();
  return mlir::emitError(getLoc())
         << "weight '" << getSymName() << "': the resource '"
         << resource.getRawHandle().getKey() << "' has "
         << (blob ? blob->getData().size() : 0) << " bytes, but " << type
         << " needs " << bytes << " [N404]";
}

void WeightOp::print(OpAsmPrinter &printer) {
  printer << ' ';
  printer.printSymbolName(getSymName());
  printer.printOptionalAttrDict((*this)->getAttrs(), {"sym_name", "value"});
  printer << " : " << getValue().getShapedType() << " = ";
  printer.printAttributeWithoutType(getValue());
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

#include "dialect/LayerOpInterface.cpp.inc"

#define GET_OP_CLASSES
#include "dialect/NNOps.cpp.inc"
