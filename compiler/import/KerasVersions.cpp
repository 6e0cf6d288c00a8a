//===- KerasVersions.cpp - what older Keras called things -----------------===//
//
// The one place that knows how versions differ: classes and keys that were
// renamed, values that were written otherwise, meanings that changed. What has
// no equivalent is refused with its reason. Does nothing to a layer of today.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasJson.h"
#include "compiler/import/KerasModel.h"
#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/StringSwitch.h"

using namespace nnc;
using llvm::StringRef;
namespace json = llvm::json;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

StringRef nnc::getModelClass(StringRef className) {
  return llvm::StringSwitch<StringRef>(className)
      .Case("Sequential", "Sequential")
      .Cases({"Functional", "Model"}, "Functional")
      .Default("");
}

static StringRef getNewClass(StringRef className) {
  return llvm::StringSwitch<StringRef>(className)
      .Cases({"Convolution1D", "AtrousConvolution1D"}, "Conv1D")
      .Cases({"Convolution2D", "AtrousConvolution2D"}, "Conv2D")
      .Case("Convolution3D", "Conv3D")
      .Cases({"Deconvolution2D", "Convolution2DTranspose"}, "Conv2DTranspose")
      .Cases({"Deconvolution3D", "Convolution3DTranspose"}, "Conv3DTranspose")
      .Case("SeparableConvolution1D", "SeparableConv1D")
      .Case("SeparableConvolution2D", "SeparableConv2D")
      .Case("MaxPool1D", "MaxPooling1D")
      .Case("MaxPool2D", "MaxPooling2D")
      .Case("MaxPool3D", "MaxPooling3D")
      .Case("AvgPool1D", "AveragePooling1D")
      .Case("AvgPool2D", "AveragePooling2D")
      .Case("AvgPool3D", "AveragePooling3D")
      .Case("GlobalMaxPool1D", "GlobalMaxPooling1D")
      .Case("GlobalMaxPool2D", "GlobalMaxPooling2D")
      .Case("GlobalMaxPool3D", "GlobalMaxPooling3D")
      .Case("GlobalAvgPool1D", "GlobalAveragePooling1D")
      .Case("GlobalAvgPool2D", "GlobalAveragePooling2D")
      .Case("GlobalAvgPool3D", "GlobalAveragePooling3D")
      .Cases({"BatchNormalizationV1", "BatchNormalizationV2",
              "SyncBatchNormalization"},
             "BatchNormalization")
      .Case("GroupedQueryAttention", "GroupQueryAttention")
      .Cases({"LSTMV1", "CuDNNLSTM"}, "LSTM")
      .Cases({"GRUV1", "CuDNNGRU"}, "GRU")
      .Case("TimeDistributedDense", "Dense")
      .Case("ThresholdedReLU", "Activation")
      .Default(className);
}

namespace {

/// A key that another version called otherwise. An empty class is any.
struct OldKey {
  StringRef className, oldName, newName;
};

} // namespace

static constexpr OldKey oldKeys[] = {
    {"LeakyReLU", "alpha", "negative_slope"},
    {"InputLayer", "batch_input_shape", "batch_shape"},
    // Keras 1.
    {"", "nb_filter", "filters"},
    {"", "filter_length", "kernel_size"},
    {"", "subsample", "strides"},
    {"", "subsample_length", "strides"},
    {"", "border_mode", "padding"},
    {"", "atrous_rate", "dilation_rate"},
    {"", "bias", "use_bias"},
    {"", "pool_length", "pool_size"},
    {"", "stride", "strides"},
    {"Dense", "output_dim", "units"},
    {"Dropout", "p", "rate"},
    {"SpatialDropout1D", "p", "rate"},
    {"SpatialDropout2D", "p", "rate"},
    {"SpatialDropout3D", "p", "rate"},
    {"GaussianDropout", "p", "rate"},
    {"GaussianNoise", "sigma", "stddev"},
    {"UpSampling1D", "length", "size"},
    {"SimpleRNN", "output_dim", "units"},
    {"LSTM", "output_dim", "units"},
    {"GRU", "output_dim", "units"},
    {"", "inner_activation", "recurrent_activation"},
    {"", "init", "kernel_initializer"},
    {"", "inner_init", "recurrent_initializer"},
    {"", "depthwise_init", "depthwise_initializer"},
    {"", "pointwise_init", "pointwise_initializer"},
    {"BatchNormalization", "gamma_init", "gamma_initializer"},
    {"BatchNormalization", "beta_init", "beta_initializer"},
};

bool nnc::isHarmlessKey(StringRef key) {
  if (key.ends_with("_initializer") || key.ends_with("_regularizer") ||
      key.ends_with("_constraint") || key.starts_with("lora_"))
    return true;
  return llvm::StringSwitch<bool>(key)
      // How a layer is trained or computed.
      .Cases({"momentum", "renorm", "renorm_clipping", "renorm_momentum",
              "synchronized", "fused", "virtual_batch_size", "adjustment"},
             true)
      .Cases({"seed", "noise_shape", "dropout", "recurrent_dropout",
              "implementation", "unroll", "use_cudnn", "flash_attention",
              "consume_less", "autocast", "power_iterations"},
             true)
      // What the inputs say as well.
      .Cases({"batch_input_shape", "batch_shape", "input_shape", "input_dtype",
              "input_length", "query_shape", "key_shape", "value_shape"},
             true)
      // Keras 1.
      .Cases({"W_regularizer", "b_regularizer", "W_constraint", "b_constraint",
              "U_regularizer", "forget_bias_init", "weights"},
             true)
      .Cases({"dropout_W", "dropout_U"}, true)
      .Default(false);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// The name in a dtype policy, which may be a string, an object of Keras 2 or
/// one of Keras 3.
static json::Value readPolicy(const json::Value &policy) {
  const json::Object *object = policy.getAsObject();
  const json::Object *config = object ? object->getObject("config") : nullptr;
  if (!config)
    return policy;
  if (auto mode = config->getString("mode"))
    return (*mode + "_from_" +
            config->getString("source_name").value_or("float32"))
        .str();
  if (auto name = config->getString("name"))
    return name->str();
  return policy;
}

/// An activation that is an object: a function by name, or a layer.
static void readActivation(json::Value &activation, StringRef key,
                           KerasLayer &layer) {
  const json::Object *object = activation.getAsObject();
  if (activation.kind() == json::Value::Null)
    activation = "linear";
  if (!object)
    return;
  auto function = object->getString("config");
  auto package = object->getString("registered_name").value_or("");
  if (function && !package.contains('>')) {
    activation = function->str();
    return;
  }
  if (getClassName(activation) == "function" || function) {
    layer.refusals.push_back("'" + key.str() +
                             "' is a function of the author's own, whose code "
                             "is not in the file; use one of Keras's [N205]");
    activation = "linear";
  }
  // A whole layer: the builder puts it behind this one.
}

/// Keras 1 and 2 had another hard_sigmoid: clip(0.2x + 0.5, 0, 1).
static void readActivations(KerasLayer &layer, KerasVersion version) {
  for (StringRef key : {"activation", "recurrent_activation"}) {
    json::Value *activation = layer.config.get(key);
    if (!activation)
      continue;
    readActivation(*activation, key, layer);
    if (version.major < 3 && activation->getAsString() == "hard_sigmoid")
      *activation = "hard_sigmoid_keras2";
  }
}

/// Keeps the element of a list of one: Keras 2 writes axis = [3].
static void unwrapSingle(json::Object &config, StringRef key) {
  json::Value *value = config.get(key);
  const json::Array *list = value ? value->getAsArray() : nullptr;
  if (list && list->size() == 1)
    *value = json::Value((*list)[0]);
}

/// Removes a key that says what is the case anyway; refuses any other value.
template <typename T>
static void expectValue(KerasLayer &layer, StringRef key, const T &value,
                        StringRef otherwise) {
  const json::Value *found = layer.config.get(key);
  if (!found)
    return;
  if (found->kind() != json::Value::Null && *found != json::Value(value))
    layer.refusals.push_back(("'" + key + "': " + otherwise).str() + " [N204]");
  layer.config.erase(key);
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

/// Keras 1: two numbers for a kernel, and images in Theano's order.
static void readKeras1Images(KerasLayer &layer) {
  json::Object &config = layer.config;
  json::Array kernel;
  for (StringRef key :
       {"kernel_dim1", "kernel_dim2", "kernel_dim3", "nb_row", "nb_col"})
    if (const json::Value *size = config.get(key)) {
      kernel.push_back(json::Value(*size));
      config.erase(key);
    }
  if (!kernel.empty())
    config["kernel_size"] = std::move(kernel);
  auto ordering = config.getString("dim_ordering");
  if (!ordering)
    return;
  if (*ordering == "th")
    layer.refusals.push_back(
        "dim_ordering \"th\" of Keras 1 is Theano's, whose weights lie in "
        "another order; load the model in Keras 2 and save it from there "
        "[N206]");
  config.erase("dim_ordering");
}

/// Keras 1's other weights, and keys that say nothing.
static void readKeras1(KerasLayer &layer) {
  layer.layout = WeightLayout::Keras1;
  readKeras1Images(layer);
  if (layer.className != "Embedding")
    layer.config.erase("input_dim");
  if (layer.config.get("output_shape") && layer.className == "Conv2DTranspose")
    layer.refusals.push_back("is a Deconvolution2D of Keras 1, which is told "
                             "the shape of its output; load the model in "
                             "Keras 2 and save it from there [N206]");
}

/// What Keras 2's layers for cuDNN do is what others do, with other weights.
static void readCuDNN(KerasLayer &layer) {
  StringRef name = layer.className;
  if (name != "CuDNNLSTM" && name != "CuDNNGRU")
    return;
  layer.layout = WeightLayout::CuDNN;
  if (name == "CuDNNGRU")
    layer.config["reset_after"] = true;
}

/// Theano turns the kernels of convolutions round.
static void refuseTheano(KerasLayer &layer, KerasVersion version) {
  bool turned = llvm::StringSwitch<bool>(layer.className)
                    .Cases({"Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose",
                            "ConvLSTM2D"},
                           true)
                    .Default(false);
  if (version.theano && turned)
    layer.refusals.push_back(
        "was saved by Keras on Theano, which turns kernels "
        "round; load the model in Keras 2 on TensorFlow "
        "and save it from there [N206]");
}

/// Keras 1's one layer for all ways of merging.
static void readMerge(KerasLayer &layer) {
  auto mode = layer.config.getString("mode").value_or("");
  StringRef className = llvm::StringSwitch<StringRef>(mode)
                            .Case("sum", "Add")
                            .Case("mul", "Multiply")
                            .Case("ave", "Average")
                            .Case("max", "Maximum")
                            .Case("concat", "Concatenate")
                            .Default("");
  if (className.empty()) {
    layer.refusals.push_back("Merge with a mode that is a function or '" +
                             mode.str() + "' has no equivalent [N206]");
    return;
  }
  json::Value axis = nullptr;
  if (const json::Value *given = layer.config.get("concat_axis"))
    axis = json::Value(*given);
  layer.className = className.str();
  layer.config = json::Object();
  if (className == "Concatenate")
    layer.config["axis"] = std::move(axis);
}

static void readRecurrent(KerasLayer &layer, KerasVersion version) {
  StringRef name = layer.className;
  if (name != "SimpleRNN" && name != "LSTM" && name != "GRU" &&
      name != "GRUCell")
    return;
  expectValue(layer, "time_major", false, "time comes first in no other layer");
  // Keras 2 wrote the key late; before, the reset gate came first.
  if (name.starts_with("GRU") && version.major < 3 &&
      !layer.config.get("reset_after"))
    layer.config["reset_after"] = false;
}

/// None in a key whose default is something else, as the word that says so.
static void sayNone(json::Object &config, StringRef key) {
  json::Value *value = config.get(key);
  if (value && value->kind() == json::Value::Null)
    *value = "none";
}

static void readByClass(KerasLayer &layer) {
  json::Object &config = layer.config;
  StringRef name = layer.className;
  if (name == "BatchNormalization") {
    unwrapSingle(config, "axis");
    expectValue(layer, "mode", 0, "only mode 0 of Keras 1 is known");
  } else if (name == "Concatenate") {
    unwrapSingle(config, "axis");
  } else if (name == "DepthwiseConv1D" || name == "DepthwiseConv2D") {
    // Keras 2 wrote what its base class had.
    for (StringRef key : {"groups", "filters"})
      config.erase(key);
  } else if (name.starts_with("SeparableConv") || name.ends_with("Transpose")) {
    expectValue(layer, "groups", 1, "expects 1");
  } else if (name == "Bidirectional") {
    sayNone(config, "merge_mode");
  } else if (name == "STFTSpectrogram" || name == "MelSpectrogram") {
    for (StringRef key : {"window", "scaling"})
      sayNone(config, key);
  } else if (name == "Normalization") {
    // None is one mean for all, and left out the last axis.
    json::Value *axis = config.get("axis");
    if (axis && axis->kind() == json::Value::Null)
      *axis = json::Array();
    config.erase("input_mean");
    config.erase("input_variance");
  } else if (name == "Activation" && config.get("theta")) {
    config["activation"] = "threshold";
    config["threshold"] = json::Value(*config.get("theta"));
    config["default_value"] = 0;
    config.erase("theta");
  }
}

/// What quantization_config says beyond the dtype policy: how int8 layers
/// quantize their input.
static void readQuantization(KerasLayer &layer) {
  const json::Value *value = layer.config.get("quantization_config");
  bool given = value && value->kind() != json::Value::Null;
  bool isInt8 = given && getClassName(*value) == "Int8QuantizationConfig";
  if (isInt8 &&
      llvm::is_contained({"Dense", "EinsumDense", "ReversibleEmbedding"},
                         layer.className))
    return;
  if (given && !isInt8)
    layer.refusals.push_back(
        "is quantized as " + quotedName(getClassName(*value)) +
        "; of Keras's quantizations only int8 is known [N204]");
  layer.config.erase("quantization_config");
}

/// Classes that no dialect will ever have an operation for.
static void refuseByClass(KerasLayer &layer) {
  StringRef reason =
      llvm::StringSwitch<StringRef>(layer.className)
          .Case(
              "Lambda",
              "runs Python code out of the file, which is never executed; "
              "write it with Keras's layers or keras.ops and save again [N205]")
          .Cases({"TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer",
                  "ClassMethod", "InstanceProperty", "InstanceMethod"},
                 "is an operation of TensorFlow's own; write it with Keras's "
                 "layers or with keras.ops of Keras 3 and save again [N205]")
          .Cases({"StringLookup", "TextVectorization", "Hashing",
                  "HashedCrossing"},
                 "works on strings; do this before the compiled model and feed "
                 "it the numbers [N208]")
          .Case("TFSMLayer",
                "runs a SavedModel, which is not in the file [N205]")
          .Cases({"TorchModuleWrapper", "JaxLayer", "FlaxLayer"},
                 "runs code of another framework, which is not in the file "
                 "[N205]")
          .Default("");
  if (!reason.empty())
    layer.refusals.push_back(reason.str());
}

void nnc::modernize(KerasLayer &layer, KerasVersion version) {
  bool operation = StringRef(layer.className).starts_with("ops.");
  if (json::Value *policy = layer.config.get("dtype"))
    *policy = readPolicy(*policy);
  if (operation)
    return;
  if (layer.className == "Merge")
    readMerge(layer);
  readCuDNN(layer);
  layer.className = getNewClass(layer.className).str();
  if (version.major < 2)
    readKeras1(layer);
  refuseTheano(layer, version);
  for (const OldKey &key : oldKeys) {
    bool keras1 = key.className.empty() || key.oldName == "p";
    if ((keras1 && version.major >= 2) ||
        (!key.className.empty() && key.className != layer.className))
      continue;
    if (const json::Value *value = layer.config.get(key.oldName)) {
      layer.config.try_emplace(key.newName.str(), json::Value(*value));
      layer.config.erase(key.oldName);
    }
  }
  readRecurrent(layer, version);
  readByClass(layer);
  readActivations(layer, version);
  readQuantization(layer);
  refuseByClass(layer);
}
