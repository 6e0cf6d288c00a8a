//===- KerasLayers.cpp - one Keras layer to one nn operation --------------===//
//
// See KerasLayers.h. No layer has code of its own here, so that a new one in
// the dialect is imported at once.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasLayers.h"

#include "compiler/import/KerasCalls.h"
#include "compiler/import/KerasJson.h"
#include "compiler/import/WeightFormats.h"
#include "dialect/NNOps.h"
#include <map>

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
namespace json = llvm::json;

LayerFactory::LayerFactory(OpBuilder &builder, StringRef file,
                           bool keepInitializers, GetSymbol getSymbol)
    : builder(builder), file(builder.getStringAttr(file)),
      keepInitializers(keepInitializers), getSymbol(std::move(getSymbol)) {
  for (RegisteredOperationName op :
       builder.getContext()->getRegisteredOperations())
    if (auto *layer = op.getInterface<LayerOpInterface>())
      mnemonics[layer->getKerasClass()] = op.stripDialect();
}

Location LayerFactory::locate(StringRef name) const {
  Location place = FileLineColLoc::get(file, 0, 0);
  if (name.empty())
    return place;
  return NameLoc::get(builder.getStringAttr(name), place);
}

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

/// Is this what the key of a layer would be without being written? The dtype
/// of a function is that of its result.
static bool isDefault(StringRef mnemonic, StringRef key,
                      const json::Value &value) {
  return (key == "trainable" && value == json::Value(true)) ||
         (key == "dtype" && value == json::Value("float32") &&
          !mnemonic.starts_with("ops."));
}

void LayerFactory::addKey(StringRef key, const json::Value &value,
                          LayerParts &parts, Refusals &refusals) {
  if (value.kind() == json::Value::Null ||
      isDefault(parts.mnemonic, key, value))
    return;
  OperationName name(("nn." + parts.mnemonic).str(), builder.getContext());
  auto *known = name.getInterface<LayerOpInterface>();
  if (known) {
    if (llvm::is_contained(known->getTrainingOnlyKeys(), key))
      return;
    bool has = llvm::is_contained(getAuthorKeys(name), key);
    if ((!has && isHarmlessKey(key)) ||
        (!keepInitializers && key.ends_with("_initializer")))
      return;
  }
  if (Attribute attribute = toAttribute(builder.getContext(), value))
    parts.keys.set(key, attribute);
  else
    refusals.push_back("'" + key.str() +
                       "' has a value that is no number, "
                       "string or list of them [N204]");
}

void LayerFactory::addKeys(const KerasLayer &layer, LayerParts &parts,
                           Refusals &refusals) {
  if (!isValidName(layer.name))
    refusals.push_back("its name " + quotedName(layer.name) +
                       " is empty or has a '/' or control characters; rename "
                       "the layer [N220]");
  else
    parts.keys.set("name", builder.getStringAttr(layer.name));
  // What is refused as a whole needs no word about its keys.
  if (!refusals.empty())
    return;
  for (StringRef key : sortedKeys(layer.config))
    if (!key.empty())
      addKey(key, *layer.config.get(key), parts, refusals);
}

//===----------------------------------------------------------------------===//
// Arguments of the call
//===----------------------------------------------------------------------===//

void LayerFactory::addConstant(const KerasLayer &layer, StringRef parameter,
                               const json::Value &value, LayerParts &parts,
                               Refusals &refusals) {
  if (value.kind() == json::Value::Null)
    return;
  bool no = value == json::Value(false);
  if (parameter == "training") {
    if (!no && isTrainingSensitive(layer.className))
      refusals.push_back("is called with training = True, which makes its "
                         "output random or dependent on the batch; build the "
                         "model without it [N207]");
    return;
  }
  if (layer.className == "ops.GetItem" && parameter == "key") {
    std::string error, text = toSubscript(value, error);
    if (!error.empty())
      refusals.push_back(error);
    parts.keys.set("key", builder.getStringAttr(text));
    return;
  }
  OperationName name(("nn." + parts.mnemonic).str(), builder.getContext());
  if (!name.isRegistered())
    return; // the layer itself is refused
  bool has = llvm::is_contained(getAuthorKeys(name), parameter);
  // What a call does not ask for needs no word for it.
  if (no && !has)
    return;
  Attribute attribute = toAttribute(builder.getContext(), value);
  if (!attribute)
    refusals.push_back("the argument '" + parameter.str() +
                       "' of its call has a value that is no number, string "
                       "or list of them [N207]");
  else if (!has && StringRef(layer.className).starts_with("ops."))
    refusals.push_back("the argument '" + parameter.str() +
                       "' of its call is a constant, for which nnc expects a "
                       "tensor [N207]");
  else
    parts.keys.set(parameter, attribute);
}

/// Attention takes one argument for the masks of the query and of the value.
static void
splitMasks(KerasArgument &argument,
           SmallVectorImpl<std::pair<std::string, KerasArgument>> &keywords) {
  StringRef names[] = {"query_mask", "value_mask"};
  for (auto [name, tensor] : llvm::zip(names, argument.tensors)) {
    KerasArgument mask;
    if (!tensor.layer.empty())
      mask.tensors.push_back(tensor);
    keywords.push_back({name.str(), std::move(mask)});
  }
}

/// The parameters of the layer's call, those of a function from the dialect.
static CallSignature findSignature(const KerasLayer &layer,
                                   OperationName name) {
  auto *known = name.getInterface<LayerOpInterface>();
  if (!known || known->getParameters().empty())
    return getCallSignature(layer.className);
  int64_t most = known->getInputCount().second;
  return {known->getParameters(), most < 0 ? ~0u : unsigned(most)};
}

void LayerFactory::addArguments(const KerasLayer &layer, const KerasCall &call,
                                GetValue getValue, LayerParts &parts,
                                Refusals &refusals) {
  OperationName name(("nn." + parts.mnemonic).str(), builder.getContext());
  CallSignature signature = findSignature(layer, name);
  auto resolve = [&](const KerasArgument &argument,
                     SmallVectorImpl<Value> &values) {
    for (const KerasTensor &tensor : argument.tensors) {
      Value value = tensor.layer.empty() ? Value() : getValue(tensor);
      if (value)
        values.push_back(value);
      else
        refusals.push_back(tensor.layer.empty()
                               ? "one of the inputs in a list is None"
                               : "takes output " +
                                     std::to_string(tensor.index) +
                                     " of layer " + quotedName(tensor.layer) +
                                     ", which has fewer [N207]");
    }
  };
  // Operands by position, in the order of the parameters however they are
  // given.
  std::map<size_t, SmallVector<Value>> positional;
  auto pass = [&](size_t index, StringRef parameter,
                  const KerasArgument &argument) {
    if (isUnusedArgument(layer.className, parameter))
      return;
    if (argument.tensors.empty())
      return addConstant(layer, parameter, argument.constant, parts, refusals);
    SmallVector<Value> values;
    resolve(argument, values);
    if (index < signature.inputs)
      positional[index] = std::move(values);
    else
      parts.keywords.push_back({parameter.str(), std::move(values)});
  };
  for (auto [index, argument] : llvm::enumerate(call.positional)) {
    bool known = index < signature.parameters.size();
    // Keras 2 passes a recurrent layer's state as further inputs.
    if (index == 0 && argument.tensors.size() > 1 && signature.inputs == 1 &&
        signature.parameters.size() > 1 &&
        signature.parameters[1] == "initial_state") {
      KerasArgument first, state;
      first.tensors = {argument.tensors.front()};
      state.tensors.assign(argument.tensors.begin() + 1,
                           argument.tensors.end());
      pass(0, signature.parameters[0], first);
      pass(1, signature.parameters[1], state);
    } else if (known || index < signature.inputs) {
      pass(index, known ? signature.parameters[index] : "inputs", argument);
    } else {
      refusals.push_back(
          "is called with " + std::to_string(call.positional.size()) +
          " arguments, of which nnc knows " +
          std::to_string(signature.parameters.size()) + " [N207]");
      break;
    }
  }
  SmallVector<std::pair<std::string, KerasArgument>> keywords;
  for (auto [keyword, argument] : call.keywords) {
    bool attention = StringRef(layer.className).ends_with("Attention");
    if (attention && keyword == "mask" && argument.tensors.size() > 1)
      splitMasks(argument, keywords);
    else
      keywords.push_back({keyword, argument});
  }
  for (auto &[keyword, argument] : keywords) {
    const auto *it = llvm::find(signature.parameters, keyword);
    pass(it - signature.parameters.begin(), keyword, argument);
  }
  for (const NeutralArgument &none : getNeutralArguments(layer.className)) {
    size_t index = llvm::find(signature.parameters, none.parameter) -
                   signature.parameters.begin();
    if (positional.count(index) || parts.keys.get(none.parameter))
      continue;
    Attribute value = builder.getF64FloatAttr(none.value);
    if (none.isTruth)
      value = builder.getBoolAttr(none.value != 0);
    parts.keys.set(none.parameter, value);
  }
  for (auto &[index, values] : positional)
    parts.inputs.append(values);
}

//===----------------------------------------------------------------------===//
// Layers in layers
//===----------------------------------------------------------------------===//

/// Is the second layer of a Bidirectional the first turned round, as Keras
/// makes it where none is given?
static bool isMirrored(const KerasLayer &layer) {
  if (layer.className != "Bidirectional" || layer.wrapped.size() != 2)
    return false;
  const KerasLayer &forward = layer.wrapped[0].layer;
  const KerasLayer &backward = layer.wrapped[1].layer;
  StringRef name = forward.name;
  name.consume_front("forward_");
  auto equalBut = [](const json::Object &a, const json::Object &b) {
    return llvm::all_of(a, [&](const auto &entry) {
      StringRef key = entry.first;
      const json::Value *other = b.get(key);
      return key == "go_backwards" || key.ends_with("_initializer") ||
             (other && *other == entry.second);
    });
  };
  return forward.className == backward.className &&
         backward.name == ("backward_" + name).str() &&
         forward.config.getBoolean("go_backwards") == false &&
         backward.config.getBoolean("go_backwards") == true &&
         equalBut(forward.config, backward.config) &&
         equalBut(backward.config, forward.config);
}

/// The region of each role, in the order of the roles. A backward layer that
/// Keras has made goes without saying.
void LayerFactory::addRegions(KerasLayer &layer, LayerParts &parts) {
  OpBuilder::InsertionGuard guard(builder);
  StringRef role;
  bool mirrored = isMirrored(layer);
  for (KerasWrapped &wrapped : layer.wrapped) {
    if (wrapped.role == "activation" ||
        (mirrored && wrapped.role == "backward_layer"))
      continue;
    if (wrapped.role != role || parts.regions.empty()) {
      role = wrapped.role;
      parts.regions.push_back(std::make_unique<Region>());
      parts.regions.back()->emplaceBlock();
    }
    builder.setInsertionPointToEnd(&parts.regions.back()->front());
    create(
        wrapped.layer, nullptr, [](const KerasTensor &) { return Value(); },
        /*results=*/1);
  }
}

Operation *LayerFactory::createModelCall(KerasLayer &layer,
                                         ArrayRef<Value> inputs) {
  SmallVector<Type> types(std::max<size_t>(layer.model->outputs.size(), 1),
                          UnknownType::get(builder.getContext()));
  StringAttr name = isValidName(layer.name) ? builder.getStringAttr(layer.name)
                                            : StringAttr();
  return CallOp::create(
      builder, locate(layer.name), types,
      FlatSymbolRefAttr::get(builder.getContext(), getSymbol(*layer.model)),
      inputs, name);
}

/// An activation that is a layer follows the layer that it is a key of.
Operation *LayerFactory::createActivation(KerasLayer &layer, Operation *op) {
  for (KerasWrapped &wrapped : layer.wrapped) {
    if (wrapped.role != "activation")
      continue;
    wrapped.layer.name = layer.name + "_activation";
    Value result = op->getResult(0);
    bool connected = op->getNumOperands() != 0;
    KerasCall call;
    call.positional.emplace_back();
    call.positional.back().tensors.push_back({layer.name});
    ValueRange results = create(
        wrapped.layer, connected ? &call : nullptr,
        [&](const KerasTensor &) { return result; }, /*results=*/1);
    op = results.front().getDefiningOp();
  }
  return op;
}

//===----------------------------------------------------------------------===//
// The layer
//===----------------------------------------------------------------------===//

Value LayerFactory::createInput(const KerasLayer &layer, StringRef name) {
  MLIRContext *context = builder.getContext();
  LayerParts parts;
  parts.mnemonic = "InputLayer";
  Refusals refusals = layer.refusals;
  auto refuse = [&](const Twine &why) { refusals.push_back(why.str()); };
  for (StringRef key : {"sparse", "ragged", "optional"})
    if (layer.config.getBoolean(key).value_or(false))
      refuse("'" + key +
             "' is true; nnc takes dense tensors that are there [N209]");
  OperationName op(InputOp::getOperationName(), context);
  OperationState state(locate(layer.name), op);
  std::string expected;
  auto set = [&](StringRef key, Attribute value) {
    Attribute form = value ? fitKey(op, key, value, expected) : Attribute();
    if (form)
      state.addAttribute(key, form);
    else
      refuse("'" + key + "' expects " +
             (expected.empty() ? "a value" : expected) + " [N204]");
  };
  json::Array shape;
  if (const json::Array *whole = layer.config.getArray("batch_shape");
      whole && !whole->empty())
    for (const json::Value &extent : llvm::drop_begin(*whole))
      shape.push_back(json::Value(extent));
  else
    refuse("does not say its shape [N209]");
  set("shape", builder.getDenseI64ArrayAttr({}));
  if (!shape.empty())
    set("shape", toAttribute(context, json::Value(std::move(shape))));
  set("name", builder.getStringAttr(name));
  if (const json::Value *dtype = layer.config.get("dtype"))
    if (!isDefault(parts.mnemonic, "dtype", *dtype))
      set("dtype", toAttribute(context, *dtype));
  if (refusals.empty()) {
    state.addTypes(UnknownType::get(context));
    return builder.create(state)->getResult(0);
  }
  parts.keys.set("name", builder.getStringAttr(name));
  parts.keys.set(kRefusedKey, builder.getStrArrayAttr(SmallVector<StringRef>(
                                  refusals.begin(), refusals.end())));
  return createLayer(builder, locate(layer.name), std::move(parts))
      ->getResult(0);
}

ValueRange LayerFactory::create(KerasLayer &layer, const KerasCall *call,
                                GetValue getValue, unsigned results) {
  layer.used = true;
  Refusals refusals = layer.refusals;
  LayerParts parts;
  parts.results = std::max(results, 1u);
  auto known = mnemonics.find(layer.className);
  parts.mnemonic =
      known == mnemonics.end() ? StringRef(layer.className) : known->second;
  if (call)
    addArguments(layer, *call, getValue, parts, refusals);
  if (layer.model && refusals.empty() && parts.keywords.empty() &&
      parts.keys.empty())
    return createModelCall(layer, parts.inputs)->getResults();
  if (layer.model && refusals.empty())
    refusals.push_back(
        "is a model that is called with more than its inputs [N207]");
  if (known == mnemonics.end() && refusals.empty())
    refusals.push_back("is no layer that nnc compiles; build the model without "
                       "it, or of layers that nnc has [N201]");
  addRegions(layer, parts);
  addKeys(layer, parts, refusals);
  if (!refusals.empty())
    parts.keys.set(kRefusedKey, builder.getStrArrayAttr(SmallVector<StringRef>(
                                    refusals.begin(), refusals.end())));
  Operation *op = createLayer(builder, locate(layer.name), std::move(parts));
  return createActivation(layer, op)->getResults();
}
