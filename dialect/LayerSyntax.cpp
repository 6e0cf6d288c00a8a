//===- LayerSyntax.cpp - the one parser and printer of layers -------------===//
//
// Every layer, of whatever family, is read and written here. What a user can
// get wrong (names, keys, values) never stops the parser: it is kept as data in
// an `nn.malformed` for the checking pass. Only syntax errors stop it.
//
//===----------------------------------------------------------------------===//

#include "dialect/LayerSyntax.h"

#include "dialect/NNOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

/// Attributes of every layer that passes write and authors do not.
static bool isInternalKey(StringRef key) {
  return key == "training_keys" || key == "operandSegmentSizes";
}

/// The interface's static methods for the operation called `name`.
static LayerOpInterface::Concept *getLayerConcept(OperationName name) {
  return name.getInterface<LayerOpInterface>();
}

SmallVector<StringRef> nn::getAuthorKeys(OperationName layer) {
  SmallVector<StringRef> keys;
  for (StringAttr name : layer.getAttributeNames())
    if (!isInternalKey(name) && name != "weights" && name != "owner" &&
        name != "scope")
      keys.push_back(name.getValue());
  if (auto *concept_ = getLayerConcept(layer))
    llvm::append_range(keys, concept_->getTrainingOnlyKeys());
  llvm::sort(keys);
  return keys;
}

Attribute nn::fitKey(OperationName layer, StringRef key, Attribute written,
                     std::string &expected) {
  expected.clear();
  if (isInternalKey(key) ||
      !llvm::any_of(layer.getAttributeNames(),
                    [&](StringAttr name) { return name == key; }))
    return {};
  // The generated constraint explains itself as "… failed to satisfy
  // constraint: <words>"; the words are what the user is to read.
  MLIRContext *context = written.getContext();
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    if (expected.empty())
      expected = StringRef(diagnostic.str()).split("constraint: ").second;
    return success();
  });
  auto emit = [&] { return mlir::emitError(UnknownLoc::get(context)); };
  for (Attribute form : getKeyForms(written)) {
    NamedAttrList single;
    single.append(key, form);
    if (succeeded(layer.verifyInherentAttrs(single, emit)))
      return form;
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

namespace {

/// A layer as written, before it is known whether it fits its declaration.
struct WrittenLayer {
  SMLoc loc;
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<std::pair<StringRef, unsigned>> keywords; ///< name, operands
  unsigned positional = 0;
  NamedAttrList keys;
  SmallVector<std::unique_ptr<Region>> regions;
  SmallVector<Type> operandTypes, resultTypes;
};

} // namespace

/// `keyword = %a` or `keyword = [%a, %b]`, the keyword is read already.
static ParseResult parseKeywordOperand(OpAsmParser &parser, StringRef keyword,
                                       WrittenLayer &layer) {
  if (llvm::any_of(layer.keywords,
                   [&](const auto &seen) { return seen.first == keyword; }))
    return parser.emitError(parser.getCurrentLocation(),
                            "'" + keyword + "' is given twice [N100]");
  size_t before = layer.operands.size();
  if (parser.parseEqual())
    return failure();
  if (succeeded(parser.parseOptionalLSquare())) {
    if (parser.parseOperandList(layer.operands) || parser.parseRSquare())
      return failure();
  } else if (parser.parseOperand(layer.operands.emplace_back())) {
    return failure();
  }
  layer.keywords.push_back({keyword, unsigned(layer.operands.size() - before)});
  return success();
}

static ParseResult parseOperands(OpAsmParser &parser, WrittenLayer &layer) {
  if (failed(parser.parseOptionalLParen()) ||
      succeeded(parser.parseOptionalRParen()))
    return success();
  auto parseOne = [&]() -> ParseResult {
    StringRef keyword;
    if (succeeded(parser.parseOptionalKeyword(&keyword)))
      return parseKeywordOperand(parser, keyword, layer);
    if (!layer.keywords.empty())
      return parser.emitError(
          parser.getCurrentLocation(),
          "a positional input follows one by keyword [N100]");
    ++layer.positional;
    return parser.parseOperand(layer.operands.emplace_back());
  };
  return failure(failed(parser.parseCommaSeparatedList(parseOne)) ||
                 failed(parser.parseRParen()));
}

static ParseResult parseTypes(OpAsmParser &parser, WrittenLayer &layer) {
  Type unknown = UnknownType::get(parser.getContext());
  if (failed(parser.parseOptionalColon())) {
    layer.operandTypes.assign(layer.operands.size(), unknown);
    layer.resultTypes.assign(std::max<size_t>(parser.getNumResults(), 1),
                             unknown);
    return success();
  }
  FunctionType type;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseType(type))
    return failure();
  if (type.getNumInputs() != layer.operands.size())
    return parser.emitError(loc)
           << "expected " << layer.operands.size() << " operand types, but got "
           << type.getNumInputs() << " [N107]";
  llvm::append_range(layer.operandTypes, type.getInputs());
  llvm::append_range(layer.resultTypes, type.getResults());
  return success();
}

/// Everything behind the layer's name.
static ParseResult parseWritten(OpAsmParser &parser, WrittenLayer &layer) {
  layer.loc = parser.getCurrentLocation();
  if (parseOperands(parser, layer) || parser.parseOptionalAttrDict(layer.keys))
    return failure();
  while (true) {
    auto region = std::make_unique<Region>();
    OptionalParseResult parsed = parser.parseOptionalRegion(*region);
    if (!parsed.has_value())
      break;
    if (failed(*parsed))
      return failure();
    layer.regions.push_back(std::move(region));
  }
  return parseTypes(parser, layer);
}

/// Fills `state` as an `nn.malformed` that keeps everything as it was written.
static ParseResult buildMalformed(OpAsmParser &parser, StringRef name,
                                  WrittenLayer &layer, OperationState &state) {
  Builder &builder = parser.getBuilder();
  state.name =
      OperationName(MalformedOp::getOperationName(), parser.getContext());
  state.addAttribute("layer", builder.getStringAttr(name));
  state.addAttribute("config", layer.keys.getDictionary(parser.getContext()));
  for (auto &region : layer.regions)
    state.addRegion(std::move(region));
  state.addTypes(layer.resultTypes);
  return parser.resolveOperands(layer.operands, layer.operandTypes, layer.loc,
                                state.operands);
}

/// The operand counts in declared order, positional first; nothing when a
/// keyword is not declared.
static std::optional<SmallVector<int32_t>>
getSegments(const WrittenLayer &layer, ArrayRef<StringRef> declared) {
  SmallVector<int32_t> segments = {int32_t(layer.positional)};
  unsigned found = 0;
  for (StringRef keyword : declared) {
    auto *it = llvm::find_if(layer.keywords, [&](const auto &written) {
      return written.first == keyword;
    });
    found += it != layer.keywords.end();
    segments.push_back(it == layer.keywords.end() ? 0 : int32_t(it->second));
  }
  if (found != layer.keywords.size())
    return std::nullopt;
  return segments;
}

/// Operands in the order of the declared keywords instead of the written one.
static void sortKeywordOperands(WrittenLayer &layer,
                                ArrayRef<StringRef> declared) {
  SmallVector<OpAsmParser::UnresolvedOperand> operands(
      ArrayRef(layer.operands).take_front(layer.positional));
  SmallVector<Type> types(
      ArrayRef(layer.operandTypes).take_front(layer.positional));
  for (StringRef keyword : declared) {
    unsigned start = layer.positional;
    for (auto [written, count] : layer.keywords) {
      if (written == keyword) {
        llvm::append_range(operands,
                           ArrayRef(layer.operands).slice(start, count));
        llvm::append_range(types,
                           ArrayRef(layer.operandTypes).slice(start, count));
      }
      start += count;
    }
  }
  layer.operands = std::move(operands);
  layer.operandTypes = std::move(types);
}

/// Moves the written keys into `state` in the form the layer keeps; false when
/// one is unknown, missing or of the wrong kind.
static bool fitKeys(OperationName name, LayerOpInterface::Concept *concept_,
                    const NamedAttrList &keys, OperationState &state) {
  for (StringRef key : concept_->getRequiredKeys())
    if (!keys.get(key))
      return false;
  NamedAttrList training;
  for (NamedAttribute key : keys) {
    if (llvm::is_contained(concept_->getTrainingOnlyKeys(),
                           key.getName().getValue())) {
      training.append(key);
      continue;
    }
    std::string expected;
    Attribute form = fitKey(name, key.getName(), key.getValue(), expected);
    if (!form)
      return false;
    state.addAttribute(key.getName(), form);
  }
  if (!training.empty())
    state.addAttribute("training_keys",
                       training.getDictionary(name.getContext()));
  return true;
}

ParseResult nn::parseLayer(OpAsmParser &parser, OperationState &state) {
  WrittenLayer layer;
  if (parseWritten(parser, layer))
    return failure();
  OperationName name = state.name;
  StringRef mnemonic = name.stripDialect();
  auto *concept_ = getLayerConcept(name);
  auto segments = getSegments(layer, concept_->getKeywords());
  NamedAttrList saved = state.attributes;
  bool wrapsNothing = name.hasTrait<OpTrait::ZeroRegions>();
  if (!segments)
    return parser.emitError(layer.loc)
           << "takes by keyword: "
           << (concept_->getKeywords().empty()
                   ? std::string("nothing")
                   : llvm::join(concept_->getKeywords(), ", "))
           << " [N100]";
  if ((wrapsNothing && !layer.regions.empty()) ||
      !fitKeys(name, concept_, layer.keys, state)) {
    state.attributes = saved;
    return buildMalformed(parser, mnemonic, layer, state);
  }
  if (!concept_->getKeywords().empty()) {
    sortKeywordOperands(layer, concept_->getKeywords());
    state.addAttribute("operandSegmentSizes",
                       parser.getBuilder().getDenseI32ArrayAttr(*segments));
  }
  for (auto &region : layer.regions)
    state.addRegion(std::move(region));
  state.addTypes(layer.resultTypes);
  return parser.resolveOperands(layer.operands, layer.operandTypes, layer.loc,
                                state.operands);
}

ParseResult nn::parseUnknownLayer(OpAsmParser &parser, OperationState &state) {
  WrittenLayer layer;
  StringRef mnemonic = state.name.stripDialect();
  return failure(failed(parseWritten(parser, layer)) ||
                 failed(buildMalformed(parser, mnemonic, layer, state)));
}

ParseResult MalformedOp::parse(OpAsmParser &parser, OperationState &state) {
  std::string name;
  WrittenLayer layer;
  return failure(failed(parser.parseString(&name)) ||
                 failed(parseWritten(parser, layer)) ||
                 failed(buildMalformed(parser, name, layer, state)));
}

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

/// Fills `state` as the layer called `name`; false if it does not fit.
static bool buildFitting(OperationName name, LayerParts &parts,
                         OperationState &state) {
  auto *concept_ = getLayerConcept(name);
  if (!name.isRegistered() || !concept_ || parts.keys.get(kRefusedKey) ||
      (name.hasTrait<OpTrait::ZeroRegions>() && !parts.regions.empty()) ||
      !fitKeys(name, concept_, parts.keys, state))
    return false;
  SmallVector<int32_t> segments = {int32_t(parts.inputs.size())};
  state.addOperands(parts.inputs);
  size_t found = 0;
  for (StringRef keyword : concept_->getKeywords()) {
    segments.push_back(0);
    for (auto &[written, values] : parts.keywords)
      if (written == keyword) {
        ++found;
        segments.back() = int32_t(values.size());
        state.addOperands(values);
      }
  }
  if (!concept_->getKeywords().empty())
    state.addAttribute("operandSegmentSizes",
                       DenseI32ArrayAttr::get(name.getContext(), segments));
  return found == parts.keywords.size();
}

/// Creates an operation with as many results as its keys, and what it wraps,
/// give it.
static Operation *createWithResults(OpBuilder &builder, OperationState &state) {
  Type unknown = UnknownType::get(builder.getContext());
  OperationState probe(state.location, state.name);
  probe.attributes = state.attributes;
  probe.addOperands(state.operands);
  probe.addTypes(unknown);
  for (size_t i = 0; i < state.regions.size(); ++i)
    probe.addRegion();
  Operation *trial = Operation::create(probe);
  for (auto [lent, region] : llvm::zip(trial->getRegions(), state.regions))
    lent.takeBody(*region);
  unsigned results = cast<LayerOpInterface>(trial).getResultCount();
  for (auto [lent, region] : llvm::zip(trial->getRegions(), state.regions))
    region->takeBody(lent);
  trial->destroy();
  state.addTypes(SmallVector<Type>(results, unknown));
  return builder.create(state);
}

Operation *nn::createLayer(OpBuilder &builder, Location loc, LayerParts parts) {
  MLIRContext *context = builder.getContext();
  OperationName name(("nn." + parts.mnemonic).str(), context);
  OperationState state(loc, name);
  bool fits = buildFitting(name, parts, state);
  if (!fits) {
    state = OperationState(loc, MalformedOp::getOperationName());
    state.addAttribute("layer", builder.getStringAttr(parts.mnemonic));
    state.addAttribute("config", parts.keys.getDictionary(context));
    state.addOperands(parts.inputs);
    for (auto &[keyword, values] : parts.keywords)
      state.addOperands(values);
    state.addTypes(SmallVector<Type>(parts.results, UnknownType::get(context)));
  }
  for (std::unique_ptr<Region> &region : parts.regions)
    state.addRegion(std::move(region));
  return fits ? createWithResults(builder, state) : builder.create(state);
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

/// A region behind needs the keys' braces, or it would be read as keys.
static void printKeys(OpAsmPrinter &printer, ArrayRef<NamedAttribute> keys,
                      bool hasRegion) {
  if (keys.empty() && !hasRegion)
    return;
  printer << " {";
  llvm::interleaveComma(keys, printer, [&](NamedAttribute key) {
    printer.printKeywordOrString(key.getName());
    if (isa<UnitAttr>(key.getValue()))
      return;
    printer << " = ";
    printKeyValue(key.getValue(), printer.getStream());
  });
  printer << '}';
}

static void printOperands(OpAsmPrinter &printer, Operation *op) {
  if (op->getNumOperands() == 0)
    return;
  printer << '(';
  auto layer = dyn_cast<LayerOpInterface>(op);
  OperandRange positional =
      layer ? getPositionalInputs(layer) : op->getOperands();
  printer << positional;
  bool comma = !positional.empty();
  for (StringRef keyword :
       layer ? layer.getKeywords() : ArrayRef<StringRef>()) {
    OperandRange operands = getKeywordOperands(layer, keyword);
    if (operands.empty())
      continue;
    printer << (comma ? ", " : "") << keyword << " = ";
    bool list = operands.size() > 1;
    printer << (list ? "[" : "") << operands << (list ? "]" : "");
    comma = true;
  }
  printer << ')';
}

static void printTypes(OpAsmPrinter &printer, Operation *op) {
  auto isUnknown = [](Type type) { return isa<UnknownType>(type); };
  if (llvm::all_of(op->getOperandTypes(), isUnknown) &&
      llvm::all_of(op->getResultTypes(), isUnknown))
    return;
  printer << " : ";
  printer.printFunctionalType(op);
}

void nn::printLayer(OpAsmPrinter &printer, Operation *op) {
  printOperands(printer, op);
  SmallVector<NamedAttribute> keys;
  for (NamedAttribute key : op->getAttrs()) {
    if (key.getName() == "operandSegmentSizes")
      continue;
    if (key.getName() == "training_keys")
      llvm::append_range(keys, cast<DictionaryAttr>(key.getValue()));
    else
      keys.push_back(key);
  }
  llvm::sort(keys);
  printKeys(printer, keys, op->getNumRegions() != 0);
  for (Region &region : op->getRegions()) {
    printer << ' ';
    printer.printRegion(region);
  }
  printTypes(printer, op);
}

void MalformedOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getLayerAttr();
  printOperands(printer, *this);
  printKeys(printer, getConfig().getValue(), !getWrapped().empty());
  for (Region &region : getWrapped()) {
    printer << ' ';
    printer.printRegion(region);
  }
  printTypes(printer, *this);
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

void nn::getLayerEffects(
    Operation *op,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  auto model = op->getParentOfType<ModelOp>();
  if (!model || !model.getLinked())
    effects.emplace_back(MemoryEffects::Write::get());
}
