//===- KerasConfig.cpp - configs of every Keras as one plain model --------===//
//
// Reads the JSON that Keras 1 to 3 write for a model. Structure is read here:
// lists of layers, models in models, who calls whom. What layers and their keys
// were called is KerasVersions' business.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasJson.h"
#include "compiler/import/KerasModel.h"
#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace nnc;
using llvm::Expected;
using llvm::StringRef;
namespace json = llvm::json;

std::optional<KerasVersion> KerasVersion::parse(StringRef text) {
  KerasVersion version;
  if (text.consumeInteger(10, version.major))
    return std::nullopt;
  if (text.consume_front("."))
    text.consumeInteger(10, version.minor);
  return version;
}

const KerasLayer *KerasModel::find(StringRef layer) const {
  auto it = llvm::find_if(
      layers, [&](const KerasLayer &other) { return other.name == layer; });
  return it == layers.end() ? nullptr : &*it;
}

namespace {

/// Reads one model and those in it.
class ConfigReader {
public:
  explicit ConfigReader(KerasVersion version) : version(version) {}

  Expected<KerasModel> readModel(const json::Object &entry);

private:
  Expected<KerasModel> readSequential(const json::Object &entry);
  Expected<KerasModel> readFunctional(const json::Object &config);
  Expected<KerasLayer> readLayer(const json::Object &entry);
  llvm::Error readWrapped(KerasLayer &layer);
  llvm::Error readActivationLayer(KerasLayer &layer);
  llvm::Error readLayers(const json::Array &entries, KerasModel &model);

  KerasVersion version;
};

/// Reads the calls of one model's layers.
class CallReader {
public:
  CallReader(KerasModel &model, KerasVersion version)
      : model(model), version(version) {
    for (const KerasLayer &layer : model.layers)
      layers[layer.name] = &layer;
  }

  void readCalls(const json::Array &nodes, KerasLayer &layer);
  llvm::Error readEnds(const json::Object &config);

private:
  KerasCall readCall(const json::Value &node, KerasLayer &layer);
  KerasCall readListCall(const json::Array &node, KerasLayer &layer);
  KerasArgument readArgument(const json::Value &value, KerasLayer &layer);
  bool collect(const json::Value &value, std::vector<KerasTensor> &tensors,
               bool &constants);
  std::optional<KerasTensor> readTensor(const json::Value &value);
  llvm::Error readEnd(const json::Object &config, StringRef key,
                      std::vector<KerasTensor> &tensors,
                      std::vector<std::string> &keys);
  void renumber(const KerasLayer &layer, llvm::ArrayRef<KerasTensor *> inner,
                llvm::ArrayRef<KerasTensor *> outer);
  llvm::Error check(const KerasTensor &tensor);

  KerasModel &model;
  KerasVersion version;
  llvm::StringMap<const KerasLayer *> layers;
  bool listStyle = false;
};

} // namespace

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

Expected<KerasModel> ConfigReader::readModel(const json::Object &entry) {
  StringRef kind = getModelClass(entry.getString("class_name").value_or(""));
  if (kind == "Sequential")
    return readSequential(entry);
  const json::Object *config = entry.getObject("config");
  if (kind.empty() || !config)
    return weightsError("is not the config of a Sequential or Functional "
                        "model [N101]");
  return readFunctional(*config);
}

/// The shape that the first layer of a Sequential was given, batch included.
static const json::Array *findInputShape(const json::Object &config,
                                         const KerasLayer &first) {
  for (StringRef key : {"batch_shape", "batch_input_shape"})
    if (const json::Array *shape = first.config.getArray(key))
      return shape;
  return config.getArray("build_input_shape");
}

/// An input as Keras adds it to a Sequential whose layers say what they take.
static Expected<KerasLayer> makeInput(const json::Object &config,
                                      const KerasLayer &first) {
  KerasLayer input;
  input.className = "InputLayer";
  input.name = first.name + "_input";
  if (const json::Array *shape = findInputShape(config, first)) {
    input.config["batch_shape"] = json::Array(*shape);
    return input;
  }
  if (first.model && first.model->inputs.size() == 1) {
    const KerasLayer *inner = first.model->find(first.model->inputs[0].layer);
    if (inner && inner->isInput()) {
      for (StringRef key : {"batch_shape", "dtype"})
        if (const json::Value *value = inner->config.get(key))
          input.config[key] = json::Value(*value);
      return input;
    }
  }
  return weightsError("the Sequential model does not say what shape it takes; "
                      "call or build it before saving [N106]");
}

/// Its config is an object, and a bare list of layers before Keras 2.2.3.
Expected<KerasModel> ConfigReader::readSequential(const json::Object &entry) {
  KerasModel model;
  model.sequential = true;
  const json::Object *config = entry.getObject("config");
  const json::Array *layers =
      config ? config->getArray("layers") : entry.getArray("config");
  if (!layers)
    return weightsError("a Sequential model has no list of layers [N105]");
  json::Object none;
  if (!config)
    config = &none;
  model.name = config->getString("name").value_or("sequential").str();
  if (llvm::Error error = readLayers(*layers, model))
    return error;
  if (model.layers.empty())
    return weightsError("the Sequential model '" + model.name +
                        "' has no layers [N105]");
  if (!model.layers.front().isInput()) {
    Expected<KerasLayer> input = makeInput(*config, model.layers.front());
    if (!input)
      return input.takeError();
    model.layers.insert(model.layers.begin(), std::move(*input));
  }
  model.inputs = {{model.layers.front().name}};
  model.outputs = {{model.layers.back().name}};
  return model;
}

Expected<KerasModel> ConfigReader::readFunctional(const json::Object &config) {
  KerasModel model;
  model.name = config.getString("name").value_or("model").str();
  const json::Array *layers = config.getArray("layers");
  if (!layers)
    return weightsError("the model '" + model.name +
                        "' has no list of layers: it is a class of its "
                        "author's own, whose code is not in the file [N205]");
  if (llvm::Error error = readLayers(*layers, model))
    return error;
  llvm::StringSet<> seen;
  for (const KerasLayer &layer : model.layers)
    if (!seen.insert(layer.name).second)
      return weightsError("two layers of the model '" + model.name +
                          "' have the name " + quotedName(layer.name) +
                          " [N105]");
  CallReader calls(model, version);
  for (auto [entry, layer] : llvm::zip_equal(*layers, model.layers))
    if (const json::Array *nodes =
            entry.getAsObject()->getArray("inbound_nodes"))
      calls.readCalls(*nodes, layer);
  if (llvm::Error error = calls.readEnds(config))
    return error;
  return model;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

llvm::Error ConfigReader::readLayers(const json::Array &entries,
                                     KerasModel &model) {
  for (const json::Value &entry : entries) {
    const json::Object *object = entry.getAsObject();
    if (!object)
      return weightsError("an entry among the layers of '" + model.name +
                          "' is not an object [N105]");
    Expected<KerasLayer> layer = readLayer(*object);
    if (!layer)
      return layer.takeError();
    model.layers.push_back(std::move(*layer));
  }
  return llvm::Error::success();
}

/// A bare operation of keras.ops. The legacy form does not say where a class
/// lives, but only layers have a key `trainable`.
static bool isOperation(const json::Object &entry, const json::Object &config,
                        KerasVersion version) {
  if (auto module = entry.getString("module"))
    return module->contains(".ops.");
  StringRef name = entry.getString("class_name").value_or("");
  // Layers whose config leaves out what all layers have.
  bool exception = name == "InputLayer" || name == "Discretization" ||
                   name.starts_with("SpatialDropout");
  return version.major >= 3 && !config.get("trainable") && !exception;
}

/// Says why a class that is not Keras's own cannot be compiled.
static void refuseCustom(const json::Object &entry, KerasLayer &layer) {
  StringRef package = entry.getString("registered_name").value_or("");
  StringRef module = entry.getString("module").value_or("keras");
  bool own =
      module == "keras" || module.starts_with("keras.") || module == "builtins";
  if (own && !package.contains('>'))
    return;
  std::string origin = own ? "registered as " + quotedName(package)
                           : "of the module " + quotedName(module);
  layer.refusals.push_back("is a class " + origin +
                           ", whose code is not in the file; build the model "
                           "of Keras's own layers [N205]");
}

Expected<KerasLayer> ConfigReader::readLayer(const json::Object &entry) {
  KerasLayer layer;
  auto className = entry.getString("class_name");
  if (!className)
    return weightsError("a layer has no class_name [N105]");
  layer.className = className->str();
  const json::Object *config = entry.getObject("config");
  if (config)
    layer.config = json::Object(*config);
  auto name = entry.getString("name");
  if (!name)
    name = layer.config.getString("name");
  layer.name = name.value_or("").str();
  layer.sharedId = entry.getInteger("shared_object_id");
  layer.config.erase("name");
  refuseCustom(entry, layer);
  if (!getModelClass(*className).empty()) {
    Expected<KerasModel> model = readModel(entry);
    if (!model)
      return model.takeError();
    if (layer.name.empty())
      layer.name = model->name;
    layer.model = std::make_shared<KerasModel>(std::move(*model));
    layer.config = json::Object();
    return layer;
  }
  if (isOperation(entry, layer.config, version))
    layer.className = "ops." + layer.className;
  else if (llvm::Error error = readWrapped(layer))
    return error;
  modernize(layer, version);
  if (llvm::Error error = readActivationLayer(layer))
    return error;
  return layer;
}

/// An activation may be a whole layer, as in Dense(activation=LeakyReLU()).
/// Where the activation comes last, the layer follows this one.
llvm::Error ConfigReader::readActivationLayer(KerasLayer &layer) {
  json::Value *value = layer.config.get("activation");
  const json::Object *entry = value ? value->getAsObject() : nullptr;
  if (!entry)
    return llvm::Error::success();
  Expected<KerasLayer> inner = readLayer(*entry);
  if (!inner)
    return inner.takeError();
  StringRef name = layer.className;
  if (name.contains("Conv") && !name.contains("LSTM"))
    name = "Conv";
  if (name != "Conv" && name != "Dense" && name != "EinsumDense" &&
      name != "Activation")
    layer.refusals.push_back("its activation is a layer of its own (" +
                             inner->className +
                             "), which only dense and convolutional layers "
                             "may have; use the activation's name [N205]");
  layer.wrapped.push_back({"activation", std::move(*inner)});
  *value = "linear";
  return llvm::Error::success();
}

/// Takes the layers in a layer's config out of it.
llvm::Error ConfigReader::readWrapped(KerasLayer &layer) {
  auto add = [&](StringRef role, const json::Value &value) -> llvm::Error {
    const json::Object *entry = value.getAsObject();
    if (!entry)
      return weightsError("layer " + quotedName(layer.name) + ": its '" + role +
                          "' is not a layer [N105]");
    Expected<KerasLayer> inner = readLayer(*entry);
    if (!inner)
      return inner.takeError();
    // Keras cannot turn it around either; and the weights would double with
    // each of them.
    if (layer.className == "Bidirectional" &&
        inner->className == "Bidirectional")
      return weightsError("layer " + quotedName(layer.name) +
                          " (Bidirectional): wraps a Bidirectional, which "
                          "has no direction to turn around [N207]");
    layer.wrapped.push_back({role.str(), std::move(*inner)});
    return llvm::Error::success();
  };
  for (StringRef role :
       {"layer", "backward_layer", "cell", "cells", "layers"}) {
    const json::Value *value = layer.config.get(role);
    if (!value)
      continue;
    if (const json::Array *list = value->getAsArray()) {
      for (const json::Value &item : *list)
        if (llvm::Error error = add(role, item))
          return error;
    } else if (value->getAsObject()) {
      if (llvm::Error error = add(role, *value))
        return error;
    }
    layer.config.erase(role);
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void CallReader::readCalls(const json::Array &nodes, KerasLayer &layer) {
  for (const json::Value &node : nodes)
    layer.calls.push_back(readCall(node, layer));
}

KerasCall CallReader::readCall(const json::Value &node, KerasLayer &layer) {
  if (const json::Array *list = node.getAsArray())
    return readListCall(*list, layer);
  KerasCall call;
  const json::Object *object = node.getAsObject();
  if (!object)
    return call;
  if (const json::Array *args = object->getArray("args"))
    for (const json::Value &argument : *args)
      call.positional.push_back(readArgument(argument, layer));
  if (const json::Object *kwargs = object->getObject("kwargs"))
    for (StringRef key : sortedKeys(*kwargs))
      call.keywords.push_back(
          {key.str(), readArgument(*kwargs->get(key), layer)});
  return call;
}

/// Keras 2: [[layer, call, index, {keywords}], …], one for each input. The
/// keywords are the same in all of them.
KerasCall CallReader::readListCall(const json::Array &node, KerasLayer &layer) {
  listStyle = true;
  KerasCall call;
  KerasArgument inputs;
  bool single = !node.empty() && node.front().getAsString();
  json::Array alone;
  if (single)
    alone.push_back(json::Array(node));
  const json::Object *kwargs = nullptr;
  for (const json::Value &item : single ? alone : node) {
    std::optional<KerasTensor> tensor = readTensor(item);
    if (!tensor) {
      layer.refusals.push_back("one of its inputs is a constant, which Keras 2 "
                               "keeps in a form of its own [N207]");
      continue;
    }
    inputs.tensors.push_back(*tensor);
    const json::Array *parts = item.getAsArray(); // none in Keras 3's style
    if (!kwargs && parts && parts->size() > 3)
      kwargs = (*parts)[3].getAsObject();
  }
  call.positional.push_back(std::move(inputs));
  if (kwargs)
    for (StringRef key : sortedKeys(*kwargs))
      call.keywords.push_back(
          {key.str(), readArgument(*kwargs->get(key), layer)});
  return call;
}

/// A reference to a tensor in either style.
std::optional<KerasTensor> CallReader::readTensor(const json::Value &value) {
  const json::Array *parts = value.getAsArray();
  if (getClassName(value) == "__keras_tensor__")
    if (const json::Object *config = value.getAsObject()->getObject("config"))
      parts = config->getArray("keras_history");
  if (!parts || parts->size() < 3)
    return std::nullopt;
  auto layer = (*parts)[0].getAsString();
  auto call = (*parts)[1].getAsInteger(), index = (*parts)[2].getAsInteger();
  if (!layer || !call || !index || !layers.contains(*layer))
    return std::nullopt;
  return KerasTensor{layer->str(), *call, *index};
}

/// Collects the tensors in a structure; false if there are none. `constants`
/// says that there was something else, too.
bool CallReader::collect(const json::Value &value,
                         std::vector<KerasTensor> &tensors, bool &constants) {
  if (getClassName(value) == "__keras_tensor__" || listStyle)
    if (std::optional<KerasTensor> tensor = readTensor(value)) {
      tensors.push_back(*tensor);
      return true;
    }
  bool any = false;
  if (const json::Array *list = value.getAsArray()) {
    for (const json::Value &item : *list) {
      if (item.kind() == json::Value::Null)
        tensors.push_back({});
      else
        any |= collect(item, tensors, constants);
    }
    return any;
  }
  const json::Object *object = value.getAsObject();
  if (!object) {
    constants = true;
    return false;
  }
  for (StringRef key : sortedKeys(*object))
    any |= collect(*object->get(key), tensors, constants);
  return any;
}

KerasArgument CallReader::readArgument(const json::Value &value,
                                       KerasLayer &layer) {
  KerasArgument argument;
  bool constants = false;
  if (!collect(value, argument.tensors, constants)) {
    argument.tensors.clear();
    argument.constant = json::Value(value);
  } else if (constants && getClassName(value) != "__keras_tensor__") {
    layer.refusals.push_back(
        "an argument of its call mixes tensors and constants [N207]");
  }
  return argument;
}

//===----------------------------------------------------------------------===//
// Inputs, outputs and the numbers of calls
//===----------------------------------------------------------------------===//

llvm::Error CallReader::readEnd(const json::Object &config, StringRef key,
                                std::vector<KerasTensor> &tensors,
                                std::vector<std::string> &keys) {
  const json::Value *value = config.get(key);
  auto fail = [&] {
    return weightsError("the model '" + model.name + "': its " + key +
                        " cannot be read [N105]");
  };
  if (!value)
    return fail();
  if (std::optional<KerasTensor> single = readTensor(*value)) {
    tensors.push_back(*single);
    return llvm::Error::success();
  }
  bool style = std::exchange(listStyle, true); // written so in all versions
  bool constants = false;
  bool any = collect(*value, tensors, constants);
  listStyle = style;
  if (!any || constants || llvm::any_of(tensors, [](const KerasTensor &t) {
        return t.layer.empty();
      }))
    return fail();
  const json::Object *object = value->getAsObject();
  if (object && object->size() == tensors.size())
    for (StringRef name : sortedKeys(*object))
      keys.push_back(name.str());
  return llvm::Error::success();
}

/// Which call of `layer` a number means. Keras 2 counts those of a model that
/// has an InputLayer from 1; so does Keras 3 for a Functional among the
/// outputs. Before 3.2 calls that are not part of the model were counted, too.
void CallReader::renumber(const KerasLayer &layer,
                          llvm::ArrayRef<KerasTensor *> inner,
                          llvm::ArrayRef<KerasTensor *> outer) {
  auto countsFromOne = [](KerasTensor *tensor) { return tensor->call > 0; };
  if (listStyle) {
    // A model without an InputLayer counts from 0, and has a call 0.
    if (layer.model && llvm::all_of(inner, countsFromOne) &&
        llvm::all_of(outer, countsFromOne))
      for (llvm::ArrayRef<KerasTensor *> part : {inner, outer})
        for (KerasTensor *tensor : part)
          --tensor->call;
    return;
  }
  if (layer.model && !layer.model->sequential)
    for (KerasTensor *tensor : outer)
      --tensor->call;
  int64_t calls = int64_t(layer.calls.size());
  if (!(version < KerasVersion{3, 2}) ||
      llvm::all_of(inner, [&](KerasTensor *t) { return t->call < calls; }))
    return;
  std::vector<int64_t> numbers;
  for (KerasTensor *tensor : inner)
    numbers.push_back(tensor->call);
  llvm::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (int64_t(numbers.size()) == calls)
    for (KerasTensor *tensor : inner)
      tensor->call = llvm::lower_bound(numbers, tensor->call) - numbers.begin();
}

llvm::Error CallReader::check(const KerasTensor &tensor) {
  if (tensor.layer.empty())
    return llvm::Error::success();
  const KerasLayer &layer = *layers.at(tensor.layer);
  size_t calls = layer.isInput() ? 1 : layer.calls.size();
  if (tensor.call < 0 || uint64_t(tensor.call) >= calls || tensor.index < 0)
    return weightsError("the model '" + model.name + "': layer " +
                        quotedName(layer.name) + " has no call " +
                        llvm::Twine(tensor.call) +
                        ", to which others refer [N105]");
  return llvm::Error::success();
}

llvm::Error CallReader::readEnds(const json::Object &config) {
  if (llvm::Error error =
          readEnd(config, "input_layers", model.inputs, model.inputNames))
    return error;
  if (llvm::Error error =
          readEnd(config, "output_layers", model.outputs, model.outputNames))
    return error;
  std::vector<KerasTensor *> all;
  for (KerasLayer &layer : model.layers)
    for (KerasCall &call : layer.calls) {
      for (KerasArgument &argument : call.positional)
        for (KerasTensor &tensor : argument.tensors)
          all.push_back(&tensor);
      for (auto &[key, argument] : call.keywords)
        for (KerasTensor &tensor : argument.tensors)
          all.push_back(&tensor);
    }
  llvm::StringMap<std::vector<KerasTensor *>> inner, outer;
  for (KerasTensor *tensor : all)
    inner[tensor->layer].push_back(tensor);
  for (KerasTensor &tensor : model.outputs)
    outer[tensor.layer].push_back(&tensor);
  for (const KerasLayer &layer : model.layers)
    renumber(layer, inner[layer.name], outer[layer.name]);
  for (std::vector<KerasTensor> *ends : {&model.inputs, &model.outputs})
    for (KerasTensor &tensor : *ends)
      all.push_back(&tensor);
  for (KerasTensor *tensor : all)
    if (llvm::Error error = check(*tensor))
      return error;
  return llvm::Error::success();
}

Expected<KerasModel> nnc::readKerasModel(const json::Value &config,
                                         KerasVersion version) {
  const json::Object *object = config.getAsObject();
  if (!object)
    return weightsError("the config is not a JSON object [N101]");
  return ConfigReader(version).readModel(*object);
}
