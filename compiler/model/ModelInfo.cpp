//===- ModelInfo.cpp - what is known of a compiled model ------------------===//
//
// The model's sizes, its signature, and its JSON both ways. Writing lets LLVM
// sort the keys; reading checks every value before it is believed.
//
//===----------------------------------------------------------------------===//

#include "compiler/model/ModelInfo.h"
#include "compiler/model/CNames.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace nnc {

const DtypeInfo *findDtype(StringRef name) {
  static constexpr DtypeInfo table[] = {
      {"float32", "float", 0, 4},    {"float64", "double", 1, 8},
      {"float16", "uint16_t", 2, 2}, {"bfloat16", "uint16_t", 3, 2},
      {"int8", "int8_t", 4, 1},      {"uint8", "uint8_t", 5, 1},
      {"int16", "int16_t", 6, 2},    {"uint16", "uint16_t", 7, 2},
      {"int32", "int32_t", 8, 4},    {"uint32", "uint32_t", 9, 4},
      {"int64", "int64_t", 10, 8},   {"uint64", "uint64_t", 11, 8},
      {"bool", "uint8_t", 12, 1},
  };
  const auto *found =
      find_if(table, [&](const DtypeInfo &type) { return type.name == name; });
  return found == std::end(table) ? nullptr : found;
}

int64_t TensorInfo::size() const {
  int64_t product = 1;
  bool overflow = false;
  for (int64_t extent : shape) {
    if (extent == 0)
      return 0;
    overflow |= MulOverflow(product, extent, product) != 0;
  }
  return overflow ? INT64_MAX : product;
}

std::string formatShape(ArrayRef<int64_t> shape) {
  std::string text;
  raw_string_ostream os(text);
  os << '(';
  interleaveComma(shape, os, [&](int64_t extent) {
    if (extent < 0)
      os << "None";
    else
      os << extent;
  });
  os << ')';
  return text;
}

std::string ModelInfo::shapeText(const TensorInfo &tensor) const {
  std::string text = batch ? "[" + std::to_string(batch) + "]" : "[batch]";
  if (tensor.stepped)
    text += "[steps]";
  for (int64_t extent : tensor.shape)
    text += "[" + std::to_string(extent) + "]";
  return text;
}

bool ModelInfo::isStream() const {
  return any_of(inputs, [](const TensorInfo &input) { return input.stepped; });
}

uint64_t ModelInfo::signature() const {
  std::string text;
  raw_string_ostream os(text);
  os << "abi " << kAbiMajor << "\nsymbol " << symbol << "\nbatch " << batch
     << "\nalignment " << alignment << "\nworkspace " << workspaceBytes
     << "\nstate " << stateBytes << "\nweights "
     << (externalWeights ? weightsBytes : 0) << '\n';
  auto list = [&](StringRef role, ArrayRef<TensorInfo> tensors) {
    for (const TensorInfo &tensor : tensors) {
      os << role << ' ' << tensor.name << ' ' << tensor.dtype;
      if (tensor.stepped)
        os << " steps";
      for (int64_t extent : tensor.shape)
        os << ' ' << extent;
      os << '\n';
    }
  };
  list("input", inputs);
  list("output", outputs);
  // Zeroed args must never pass as signed.
  uint64_t hash = xxh3_64bits(StringRef(text));
  return hash ? hash : 1;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// JSON strings must be UTF-8; names of weights and layers may not be.
static json::Value toValue(StringRef text) {
  return json::isUTF8(text) ? text.str() : json::fixUTF8(text);
}

static json::Value toValue(const TensorInfo &tensor) {
  json::Object object{{"name", toValue(tensor.name)},
                      {"kerasName", toValue(tensor.kerasName)},
                      {"dtype", toValue(tensor.dtype)},
                      {"shape", json::Array(tensor.shape)}};
  if (tensor.stepped)
    object["stepped"] = true;
  return object;
}

static json::Array toArray(const std::vector<std::string> &texts) {
  json::Array array;
  for (const std::string &text : texts)
    array.push_back(toValue(text));
  return array;
}

static json::Value toValue(const LayerInfo &layer) {
  json::Array shapes;
  for (const std::vector<int64_t> &shape : layer.outputShapes)
    shapes.push_back(json::Array(shape));
  json::Object object{{"name", toValue(layer.name)},
                      {"className", toValue(layer.className)},
                      {"outputShapes", std::move(shapes)},
                      {"params", layer.params},
                      {"nonTrainableParams", layer.nonTrainableParams},
                      {"paramBytes", layer.paramBytes},
                      {"nonTrainableBytes", layer.nonTrainableBytes},
                      {"macs", layer.macs},
                      {"flops", layer.flops},
                      {"connectedTo", toArray(layer.connectedTo)}};
  if (!layer.parts.empty())
    object["parts"] = toArray(layer.parts);
  return object;
}

static json::Value toValue(const WeightInfo &weight) {
  return json::Object{{"name", toValue(weight.name)},
                      {"shape", json::Array(weight.shape)},
                      {"offset", weight.offset},
                      {"bytes", weight.bytes}};
}

static json::Value toValue(const SectionInfo &section) {
  return json::Object{{"name", toValue(section.name)},
                      {"className", toValue(section.className)},
                      {"fused", toArray(section.fused)},
                      {"flops", section.flops},
                      {"sampleBytes", section.sampleBytes},
                      {"weightBytes", section.weightBytes}};
}

static json::Value toValue(const ArenaBufferInfo &buffer) {
  return json::Object{{"layer", toValue(buffer.layer)},
                      {"offset", buffer.offset},
                      {"bytes", buffer.bytes},
                      {"first", buffer.first},
                      {"last", buffer.last}};
}

static json::Value toValue(const ArenaStepInfo &step) {
  return json::Object{{"layer", toValue(step.layer)}, {"start", step.start}};
}

template <typename T> static json::Array toArray(const std::vector<T> &items) {
  json::Array array;
  for (const T &item : items)
    array.push_back(toValue(item));
  return array;
}

static json::Value toValue(const ArenaInfo &arena) {
  return json::Object{
      {"batch", arena.batch},           {"bytes", arena.bytes},
      {"lowerBound", arena.lowerBound}, {"end", arena.end},
      {"steps", toArray(arena.steps)},  {"buffers", toArray(arena.buffers)}};
}

std::string ModelInfo::toJSON() const {
  json::Object object{{"kerasName", toValue(kerasName)},
                      {"symbol", toValue(symbol)},
                      {"sequential", sequential},
                      {"batch", batch},
                      {"inputs", toArray(inputs)},
                      {"outputs", toArray(outputs)},
                      {"layers", toArray(layers)},
                      {"weights", toArray(weights)},
                      {"externalWeights", externalWeights},
                      {"weightsBytes", weightsBytes},
                      {"weightsFingerprint", weightsFingerprint},
                      {"workspaceBytes", workspaceBytes},
                      {"stateBytes", stateBytes},
                      {"alignment", alignment},
                      {"notes", toValue(notes)}};
  if (namedOutputs)
    object["namedOutputs"] = true;
  if (!sections.empty()) {
    object["sections"] = toArray(sections);
    object["countersOffset"] = countersOffset;
    object["arenas"] = toArray(arenas);
  }
  return formatv("{0}", json::Value(std::move(object))).str();
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace {

/// Reads one JSON object key by key. The first thing found wrong, anywhere, is
/// what the caller hears of.
class Reader {
public:
  Reader(const json::Object &object, std::string where, std::string &error)
      : object(object), where(std::move(where)), error(error) {}

  void fail(StringRef key, const Twine &message) {
    if (error.empty())
      error = printableText((Twine(where) + key + ": " + message).str());
  }

  void read(StringRef key, std::string &out) {
    if (const json::Value *value = take(key)) {
      if (std::optional<StringRef> text = value->getAsString())
        out = text->str();
      else
        fail(key, "expects a string");
    }
  }

  void read(StringRef key, bool &out) {
    if (const json::Value *value = take(key)) {
      if (std::optional<bool> flag = value->getAsBoolean())
        out = *flag;
      else
        fail(key, "expects true or false");
    }
  }

  void read(StringRef key, int64_t &out, int64_t min = 0,
            int64_t max = INT64_MAX) {
    if (const json::Value *value = take(key))
      integer(*value, key, out, min, max);
  }

  void read(StringRef key, std::vector<int64_t> &out, int64_t min) {
    if (const json::Value *value = take(key))
      shape(*value, key, out, min);
  }

  void read(StringRef key, std::vector<std::vector<int64_t>> &out,
            int64_t min) {
    if (const json::Array *array = takeArray(key))
      for (const auto &[index, value] : enumerate(*array))
        shape(value, formatv("{0}[{1}]", key, index).str(), out.emplace_back(),
              min);
  }

  void read(StringRef key, std::vector<std::string> &out) {
    if (const json::Array *array = takeArray(key))
      for (const json::Value &value : *array) {
        if (std::optional<StringRef> text = value.getAsString())
          out.push_back(text->str());
        else
          fail(key, "expects strings");
      }
  }

  /// A list of objects, each of which `each` reads into a new element.
  template <typename T>
  void read(StringRef key, std::vector<T> &out,
            function_ref<void(Reader &, T &)> each) {
    if (const json::Array *array = takeArray(key))
      for (const auto &[index, value] : enumerate(*array)) {
        std::string place = formatv("{0}{1}[{2}]", where, key, index).str();
        const json::Object *item = value.getAsObject();
        if (!item)
          return fail(key, "expects objects");
        Reader reader(*item, place + ".", error);
        each(reader, out.emplace_back());
        reader.finish();
      }
  }

  /// Every key of the object must have been read.
  void finish() {
    std::optional<StringRef> unknown;
    for (const auto &entry : object)
      if (!known.contains(entry.first) &&
          (!unknown || StringRef(entry.first) < *unknown))
        unknown = StringRef(entry.first);
    if (unknown)
      fail(*unknown, "is not a known key");
  }

private:
  const json::Value *take(StringRef key) {
    known.insert(key);
    return object.get(key);
  }

  const json::Array *takeArray(StringRef key) {
    const json::Value *value = take(key);
    if (value && !value->getAsArray())
      fail(key, "expects a list");
    return value ? value->getAsArray() : nullptr;
  }

  void integer(const json::Value &value, StringRef key, int64_t &out,
               int64_t min, int64_t max) {
    std::optional<int64_t> number = value.getAsInteger();
    if (number && *number >= min && *number <= max)
      out = *number;
    else
      fail(key, formatv("expects an integer from {0} to {1}", min, max));
  }

  void shape(const json::Value &value, StringRef key, std::vector<int64_t> &out,
             int64_t min) {
    const json::Array *array = value.getAsArray();
    if (!array)
      return fail(key, "expects a list of integers");
    for (const json::Value &extent : *array)
      integer(extent, key, out.emplace_back(), min, INT64_MAX);
  }

  const json::Object &object;
  std::string where;
  std::string &error;
  StringSet<> known;
};

} // namespace

/// LLVM's parser recurses, so that depth must be bounded before it starts. A
/// ModelInfo nests five deep.
static bool nestsTooDeep(StringRef text) {
  unsigned depth = 0;
  bool inString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (inString && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      inString = !inString;
    else if (!inString && (text[i] == '[' || text[i] == '{')) {
      if (++depth > 16)
        return true;
    } else if (!inString && depth && (text[i] == ']' || text[i] == '}'))
      --depth;
  }
  return false;
}

static void readTensor(Reader &reader, TensorInfo &tensor) {
  reader.read("name", tensor.name);
  reader.read("kerasName", tensor.kerasName);
  reader.read("dtype", tensor.dtype);
  reader.read("shape", tensor.shape, /*min=*/0);
  reader.read("stepped", tensor.stepped);
  if (!isCIdentifier(tensor.name))
    reader.fail("name", "'" + tensor.name + "' is not a C identifier");
  const DtypeInfo *type = findDtype(tensor.dtype);
  if (!type)
    return reader.fail("dtype", "'" + tensor.dtype + "' is not a known type");
  if (tensor.size() > INT64_MAX / type->bytes)
    reader.fail("shape", "a sample has more bytes than 64 bits count");
}

static void readLayer(Reader &reader, LayerInfo &layer) {
  reader.read("name", layer.name);
  reader.read("className", layer.className);
  reader.read("outputShapes", layer.outputShapes, /*min=*/-1);
  reader.read("params", layer.params);
  reader.read("nonTrainableParams", layer.nonTrainableParams);
  reader.read("paramBytes", layer.paramBytes);
  reader.read("nonTrainableBytes", layer.nonTrainableBytes);
  reader.read("macs", layer.macs);
  reader.read("flops", layer.flops);
  reader.read("connectedTo", layer.connectedTo);
  reader.read("parts", layer.parts);
  if (layer.nonTrainableParams > layer.params)
    reader.fail("nonTrainableParams", "exceeds params");
  if (layer.nonTrainableBytes > layer.paramBytes)
    reader.fail("nonTrainableBytes", "exceeds paramBytes");
}

static void readWeight(Reader &reader, WeightInfo &weight) {
  reader.read("name", weight.name);
  reader.read("shape", weight.shape, /*min=*/0);
  reader.read("offset", weight.offset);
  reader.read("bytes", weight.bytes);
}

static void readSection(Reader &reader, SectionInfo &section) {
  reader.read("name", section.name);
  reader.read("className", section.className);
  reader.read("fused", section.fused);
  reader.read("flops", section.flops);
  reader.read("sampleBytes", section.sampleBytes);
  reader.read("weightBytes", section.weightBytes);
}

static void readArena(Reader &reader, ArenaInfo &arena) {
  reader.read("batch", arena.batch);
  reader.read("bytes", arena.bytes);
  reader.read("lowerBound", arena.lowerBound);
  reader.read("end", arena.end);
  reader.read<ArenaStepInfo>("steps", arena.steps,
                             [](Reader &reader, ArenaStepInfo &step) {
                               reader.read("layer", step.layer);
                               reader.read("start", step.start);
                             });
  reader.read<ArenaBufferInfo>("buffers", arena.buffers,
                               [](Reader &reader, ArenaBufferInfo &buffer) {
                                 reader.read("layer", buffer.layer);
                                 reader.read("offset", buffer.offset);
                                 reader.read("bytes", buffer.bytes);
                                 reader.read("first", buffer.first);
                                 reader.read("last", buffer.last);
                               });
}

/// What holds between several values of one model.
static void checkWhole(Reader &reader, const ModelInfo &model) {
  if (!isCIdentifier(model.symbol))
    reader.fail("symbol", "'" + model.symbol + "' is not a C identifier");
  if (!isPowerOf2_64(model.alignment))
    reader.fail("alignment", "expects a power of two");
  // Names that differ in case only would share a macro of the header.
  StringSet<> macros;
  for (const auto *tensors : {&model.inputs, &model.outputs})
    for (const TensorInfo &tensor : *tensors)
      if (!macros.insert(StringRef(tensor.name).upper()).second)
        reader.fail("inputs or outputs", "two are named '" + tensor.name + "'");
  for (const WeightInfo &weight : model.weights)
    if (model.weightsBytes &&
        (weight.offset > model.weightsBytes ||
         weight.bytes > model.weightsBytes - weight.offset))
      reader.fail("weights", "'" + weight.name + "' ends after the last byte");
}

Expected<ModelInfo> ModelInfo::fromJSON(StringRef text) {
  auto failure = [](const Twine &message) {
    return createStringError(Twine(kModelInfoAttr) + ": " + message +
                             " [N218]");
  };
  if (nestsTooDeep(text))
    return failure("is nested too deep");
  Expected<json::Value> parsed = json::parse(text);
  if (!parsed)
    return failure(printableText(toString(parsed.takeError())));
  const json::Object *object = parsed->getAsObject();
  if (!object)
    return failure("expects a JSON object");

  ModelInfo model;
  std::string error;
  Reader reader(*object, "", error);
  reader.read("kerasName", model.kerasName);
  reader.read("symbol", model.symbol);
  reader.read("sequential", model.sequential);
  reader.read("batch", model.batch);
  reader.read<TensorInfo>("inputs", model.inputs, readTensor);
  reader.read<TensorInfo>("outputs", model.outputs, readTensor);
  reader.read("namedOutputs", model.namedOutputs);
  reader.read<LayerInfo>("layers", model.layers, readLayer);
  reader.read<WeightInfo>("weights", model.weights, readWeight);
  reader.read<SectionInfo>("sections", model.sections, readSection);
  reader.read<ArenaInfo>("arenas", model.arenas, readArena);
  reader.read("countersOffset", model.countersOffset);
  reader.read("externalWeights", model.externalWeights);
  // A weights file has a head of its own before the blob.
  reader.read("weightsBytes", model.weightsBytes, 0, INT64_MAX - 4096);
  reader.read("weightsFingerprint", model.weightsFingerprint, INT64_MIN);
  reader.read("workspaceBytes", model.workspaceBytes);
  reader.read("stateBytes", model.stateBytes);
  reader.read("alignment", model.alignment, 1, 4096);
  reader.read("notes", model.notes);
  reader.finish();
  checkWhole(reader, model);
  if (!error.empty())
    return failure(error);
  return model;
}

} // namespace nnc
