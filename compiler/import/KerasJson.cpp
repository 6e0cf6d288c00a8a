//===- KerasJson.cpp - JSON as Python writes it ---------------------------===//
//
// See KerasJson.h. Pure functions; strings of the file are never interpreted.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasJson.h"

#include "compiler/import/Import.h"
#include "compiler/import/WeightFormats.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"

using namespace nnc;
using llvm::StringRef;
namespace json = llvm::json;

/// Deeper than any config: a model in a wrapper in a model takes ten or so.
static constexpr unsigned kMaxNesting = 256;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// The position behind the string that starts at `i`.
static size_t skipString(StringRef text, size_t i) {
  for (++i; i < text.size() && text[i] != '"'; ++i)
    if (text[i] == '\\')
      ++i;
  return std::min(i + 1, text.size());
}

/// A number that is no integer in LLVM's spelling; empty for anything else.
static std::string readFloat(StringRef token) {
  if (token == "NaN" || token == "Infinity" || token == "-Infinity")
    return token == "NaN" ? "nan" : token == "Infinity" ? "inf" : "-inf";
  double value;
  StringRef digits = token.ltrim('-');
  bool isNumber = !digits.empty() && llvm::isDigit(digits[0]) &&
                  token.find_first_of(".eE") != StringRef::npos &&
                  !token.getAsDouble(value, /*AllowInexact=*/true);
  return isNumber ? token.str() : "";
}

/// Marks the numbers that LLVM's reader would lose; see the header.
static std::string markFloats(StringRef text) {
  std::string marked;
  marked.reserve(text.size() + text.size() / 8);
  auto isWord = [](char c) {
    return llvm::isAlnum(c) || c == '.' || c == '-' || c == '+';
  };
  for (size_t i = 0; i < text.size();) {
    size_t end = i + 1;
    if (text[i] == '"')
      end = skipString(text, i);
    else if (isWord(text[i]))
      end = std::min(text.size(), text.find_if_not(isWord, i));
    StringRef token = text.slice(i, end);
    std::string number = readFloat(token);
    marked +=
        number.empty() ? token.str() : "{\"__float__\":\"" + number + "\"}";
    i = end;
  }
  return marked;
}

llvm::Expected<json::Value> nnc::parseKerasJson(StringRef text) {
  if (!isNestingBounded(text, kMaxNesting))
    return weightsError("its JSON nests deeper than " +
                        llvm::Twine(kMaxNesting) + " [N102]");
  // Python escapes everything beyond ASCII, other writers may not.
  if (!json::isUTF8(text))
    return weightsError("its JSON is not UTF-8 [N103]");
  llvm::Expected<json::Value> value = json::parse(markFloats(text));
  if (!value)
    return weightsError("its JSON cannot be read: " +
                        llvm::toString(value.takeError()) + " [N103]");
  return value;
}

bool nnc::looksLikeJson(StringRef text) {
  text = text.ltrim();
  return text.consume_front("{") && text.ltrim().starts_with("\"");
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

StringRef nnc::getClassName(const json::Value &value) {
  const json::Object *object = value.getAsObject();
  return object ? object->getString("class_name").value_or("") : "";
}

std::vector<StringRef> nnc::sortedKeys(const json::Object &object) {
  std::vector<StringRef> keys;
  for (const auto &entry : object)
    keys.push_back(entry.first);
  llvm::sort(keys);
  return keys;
}

/// The list in a tuple or an array of Keras's making, or the value itself.
static const json::Value &unwrapList(const json::Value &value) {
  StringRef kind = getClassName(value);
  if (kind != "__tuple__" && kind != "__numpy__" && kind != "__tensor__")
    return value;
  const json::Object *object = value.getAsObject();
  if (const json::Object *config = object->getObject("config"))
    if (const json::Value *list = config->get("value"))
      return *list;
  const json::Value *items = object->get("items");
  return items ? *items : value;
}

static mlir::Attribute toDictionary(mlir::MLIRContext *context,
                                    const json::Object &object) {
  mlir::NamedAttrList entries;
  for (StringRef key : sortedKeys(object)) {
    // Where a class lives and how it was registered changes no number.
    if (key == "module" || key == "registered_name" ||
        key == "shared_object_id" || key.empty())
      continue;
    if (mlir::Attribute entry = toAttribute(context, *object.get(key)))
      entries.append(key, entry);
  }
  return entries.getDictionary(context);
}

mlir::Attribute nnc::toAttribute(mlir::MLIRContext *context,
                                 const json::Value &written) {
  mlir::Builder builder(context);
  const json::Value &value = unwrapList(written);
  switch (value.kind()) {
  case json::Value::Null:
    return {};
  case json::Value::Boolean:
    return builder.getBoolAttr(*value.getAsBoolean());
  case json::Value::Number:
    if (std::optional<int64_t> integer = value.getAsInteger())
      return builder.getI64IntegerAttr(*integer);
    return builder.getF64FloatAttr(*value.getAsNumber());
  case json::Value::String:
    return builder.getStringAttr(*value.getAsString());
  case json::Value::Array: {
    mlir::SmallVector<mlir::Attribute> items;
    for (const json::Value &item : *value.getAsArray()) {
      bool none = item.kind() == json::Value::Null;
      mlir::Attribute attribute =
          none ? mlir::Attribute(builder.getI64IntegerAttr(-1))
               : toAttribute(context, item);
      if (!attribute)
        return {};
      items.push_back(attribute);
    }
    return builder.getArrayAttr(items);
  }
  case json::Value::Object: {
    const json::Object &object = *value.getAsObject();
    if (auto text = object.getString("__float__")) {
      double number = 0;
      return text->getAsDouble(number, /*AllowInexact=*/true)
                 ? mlir::Attribute()
                 : builder.getF64FloatAttr(number);
    }
    StringRef kind = getClassName(value);
    if (kind.starts_with("__"))
      return {};
    return toDictionary(context, object);
  }
  }
  llvm_unreachable("all kinds are covered");
}

//===----------------------------------------------------------------------===//
// Subscripts
//===----------------------------------------------------------------------===//

/// One element of a subscript.
static std::string toIndex(const json::Value &value, std::string &error) {
  if (value.kind() == json::Value::Null)
    return "None";
  if (std::optional<int64_t> integer = value.getAsInteger())
    return std::to_string(*integer);
  StringRef kind = getClassName(value);
  if (kind == "__ellipsis__")
    return "...";
  // Keras refuses these when the model is built.
  if (value.kind() == json::Value::Array || kind == "__numpy__" ||
      kind == "__tensor__") {
    error = "its subscript has an array of indices; use ops.take [N317]";
    return "";
  }
  const json::Object *config =
      kind == "__slice__" ? value.getAsObject()->getObject("config") : nullptr;
  if (!config) {
    error = "its subscript is neither a number nor a slice [N317]";
    return "";
  }
  static constexpr StringRef keys[] = {"start", "stop", "step"};
  std::string parts[3];
  for (auto [part, key] : llvm::zip(parts, keys)) {
    const json::Value *bound = config->get(key);
    if (!bound || bound->kind() == json::Value::Null)
      continue;
    if (!bound->getAsInteger())
      error = "a bound of its slice is not a number [N317]";
    else
      part = std::to_string(*bound->getAsInteger());
  }
  return parts[0] + ":" + parts[1] + (parts[2].empty() ? "" : ":" + parts[2]);
}

std::string nnc::toSubscript(const json::Value &key, std::string &error) {
  // A list counts as a tuple, an array does not.
  bool isTuple = getClassName(key) == "__tuple__";
  const json::Value &unwrapped = isTuple ? unwrapList(key) : key;
  const json::Array *list = unwrapped.getAsArray();
  if (!list)
    return toIndex(unwrapped, error);
  std::vector<std::string> parts;
  for (const json::Value &item : *list)
    parts.push_back(toIndex(item, error));
  return llvm::join(parts, ", ");
}
