//===- ModuleEmitter.cpp - a model's ES module and its types --------------===//
//
// See ModuleEmitter.h. Names come from untrusted files: in comments they are
// printable and on one line, in code they are JSON strings, which are
// JavaScript's, too.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/ModuleEmitter.h"
#include "compiler/model/Text.h"
#include "runtime/include/nnc/abi.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace nnc {

/// runtime/web/model.mjs and model.d.mts after their marks; made by
/// WebText.cmake.
static constexpr StringLiteral kModuleText =
#include "compiler/emit/ModuleText.inc"
    ;
static constexpr StringLiteral kTypesText =
#include "compiler/emit/TypesText.inc"
    ;

/// `text` as a string of JavaScript.
static std::string quote(StringRef text) {
  std::string result;
  raw_string_ostream os(result);
  os << json::Value(printableText(text));
  return result;
}

/// The typed array that holds a tensor; as in runtime/web/model.mjs.
static StringRef arrayType(StringRef dtype) {
  return StringSwitch<StringRef>(dtype)
      .Case("float32", "Float32Array")
      .Case("float64", "Float64Array")
      .Cases({"float16", "bfloat16", "uint16"}, "Uint16Array")
      .Case("int8", "Int8Array")
      .Cases({"uint8", "bool"}, "Uint8Array")
      .Case("int16", "Int16Array")
      .Case("int32", "Int32Array")
      .Case("uint32", "Uint32Array")
      .Case("int64", "BigInt64Array")
      .Default("BigUint64Array");
}

/// What else an input may be: an array of numbers, or pixels of a canvas.
static StringRef arrayAlternative(StringRef dtype) {
  return StringSwitch<StringRef>(dtype)
      .Cases({"float16", "bfloat16"}, "")
      .Cases({"int64", "uint64"}, "|readonly (number|bigint)[]")
      .Case("bool", "|readonly (number|boolean)[]")
      .Case("uint8", "|Uint8ClampedArray|readonly number[]")
      .Default("|readonly number[]");
}

static void emitOrigin(raw_ostream &os, const ModelInfo &model,
                       const HeaderOptions &options) {
  auto line = [&](const Twine &text) {
    os << wrapText(printableText(text.str()), "// ");
  };
  for (const std::string &text : describeOrigin(model, options))
    line(text);
  os << "//\n";
  line("This file, the module it belongs to and its weights are yours: nnc "
       "puts no licence on what it generates.");
}

static void emitTensors(raw_ostream &os, StringRef key,
                        ArrayRef<TensorInfo> tensors) {
  os << "  " << key << ": [\n";
  for (const TensorInfo &tensor : tensors) {
    const std::string &keras =
        tensor.kerasName.empty() ? tensor.name : tensor.kerasName;
    os << "    {\n      name: " << quote(tensor.name)
       << ",\n      kerasName: " << quote(keras)
       << ",\n      dtype: " << quote(tensor.dtype) << ",\n      shape: ["
       << join(map_range(tensor.shape,
                         [](int64_t extent) { return std::to_string(extent); }),
               ", ")
       << "],\n      stepped: " << (tensor.stepped ? "true" : "false")
       << ",\n    },\n";
  }
  os << "  ],\n";
}

/// Names of all `tensors`, "image, mask".
static std::string nameList(ArrayRef<TensorInfo> tensors) {
  return join(
      map_range(tensors, [](const TensorInfo &tensor) { return tensor.name; }),
      ", ");
}

static void emitUsage(raw_ostream &os, const ModelInfo &model,
                      StringRef script) {
  os << "//\n";
  auto list = [&](StringRef kind, ArrayRef<TensorInfo> tensors) {
    for (const TensorInfo &tensor : tensors)
      os << "// " << kind << ' ' << tensor.name << ": " << tensor.dtype << ' '
         << model.shapeText(tensor) << '\n';
  };
  list("input", model.inputs);
  list("output", model.outputs);
  os << "//\n//   import {load} from " << quote(("./" + script).str())
     << ";\n//   const model = await load("
     << (model.externalWeights ? "undefined, {weights: url}" : "")
     << ");\n//   const {" << nameList(model.outputs) << "} = model.run({"
     << nameList(model.inputs) << "});\n\n";
}

std::string emitModule(const ModelInfo &model, const HeaderOptions &options,
                       StringRef script, StringRef wasm) {
  std::string text;
  raw_string_ostream os(text);
  emitOrigin(os, model, options);
  emitUsage(os, model, script);

  int64_t weightsBytes =
      model.externalWeights
          ? model.weightsBytes +
                static_cast<int64_t>(sizeof(nnc_weights_header))
          : 0;
  auto hex = [](uint64_t value) { return format_hex(value, 18); };
  os << "const MODEL = {\n  name: " << quote(model.kerasName)
     << ",\n  symbol: " << quote(model.symbol)
     << ",\n  signature: " << hex(model.signature())
     << "n,\n  batch: " << model.batch
     << ",\n  stream: " << (model.isStream() ? "true" : "false")
     << ",\n  alignment: " << model.alignment
     << ",\n  workspaceBytes: " << model.workspaceBytes
     << ",\n  stateBytes: " << model.stateBytes
     << ",\n  weightsBytes: " << weightsBytes << ",\n  fingerprint: "
     << hex(static_cast<uint64_t>(model.weightsFingerprint)) << "n,\n";
  emitTensors(os, "inputs", model.inputs);
  emitTensors(os, "outputs", model.outputs);
  // Bundlers look for exactly this expression, with a literal.
  os << "};\nconst moduleURL = () => new URL(" << quote(wasm)
     << ", import.meta.url);\n\n"
     << kModuleText;
  return text;
}

std::string emitTypes(const ModelInfo &model, const HeaderOptions &options) {
  std::string text;
  raw_string_ostream os(text);
  emitOrigin(os, model, options);
  auto interface = [&](StringRef name, ArrayRef<TensorInfo> tensors,
                       bool isInput) {
    os << "\nexport interface " << name << " {\n";
    for (const TensorInfo &tensor : tensors)
      os << "  /** " << tensor.dtype << ' ' << model.shapeText(tensor)
         << " */\n  " << tensor.name << ": " << arrayType(tensor.dtype)
         << (isInput ? arrayAlternative(tensor.dtype) : "") << ";\n";
    os << "}\n";
  };
  interface("Inputs", model.inputs, /*isInput=*/true);
  interface("Outputs", model.outputs, /*isInput=*/false);
  os << '\n' << kTypesText;
  return text;
}

} // namespace nnc
