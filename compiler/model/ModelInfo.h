//===- ModelInfo.h - what is known of a compiled model ----------*- C++ -*-===//
//
// Plain data about the model on its way through the compiler. It travels on
// the module as one string attribute (`nnc.model_info`, JSON). The graph stage
// fills names, shapes, layers and MACs; codegen fills weights' offsets and the
// workspace; the header, the summary, the dot picture and the entry point read
// nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_MODEL_MODELINFO_H
#define NNC_COMPILER_MODEL_MODELINFO_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>
#include <vector>

namespace nnc {

/// The module attribute that carries the JSON of a ModelInfo.
inline constexpr llvm::StringLiteral kModelInfoAttr = "nnc.model_info";

/// The ABI that the generated code speaks: NNC_ABI_MAJOR of nnc/abi.h.
inline constexpr uint32_t kAbiMajor = 1;

/// An element type that may cross the boundary between app and model.
struct DtypeInfo {
  llvm::StringLiteral name;  ///< Keras's name
  llvm::StringLiteral cType; ///< of one element in the args struct
  int32_t code;              ///< its nnc_dtype in nnc/abi.h
  int32_t bytes;             ///< of one element
};

/// Null where Keras has no such type or it has no place in the ABI.
const DtypeInfo *findDtype(llvm::StringRef name);

/// One input or output. `shape` is that of one sample, without the batch.
struct TensorInfo {
  std::string name;      ///< member of the args struct, a C identifier
  std::string kerasName; ///< as Keras or the author named it
  std::string dtype;     ///< Keras's name: "float32", "int32", …
  std::vector<int64_t> shape;
  bool stepped = false; ///< one such sample a step of a stream

  /// Elements of one sample. More than an int64_t holds count as its largest
  /// value, which no limit that a caller checks lets pass.
  int64_t size() const;
};

/// "(None, 8, 8, 16)" for a whole shape, in which -1 is what Keras calls None.
std::string formatShape(llvm::ArrayRef<int64_t> shape);

/// One row of the summary. Shapes are whole, -1 is the batch (None in Keras).
struct LayerInfo {
  std::string name;
  std::string className; ///< "Conv2D"
  std::vector<std::vector<int64_t>> outputShapes;
  int64_t params = 0;             ///< all weights' elements
  int64_t nonTrainableParams = 0; ///< thereof never trained
  int64_t paramBytes = 0;         ///< bytes of all weights
  int64_t nonTrainableBytes = 0;
  int64_t macs = 0;  ///< multiply-accumulates of one sample
  int64_t flops = 0; ///< floating-point operations of one sample
  std::vector<std::string> connectedTo; ///< "conv1[0][0]", in Keras's order
  /// The layers inside of it, if it is a wrapper or a nested model, whose names
  /// its code carries.
  std::vector<std::string> parts;
};

/// One weight as it lies in the blob.
struct WeightInfo {
  std::string name; ///< its symbol, "mlp.dense.kernel"
  std::vector<int64_t> shape;
  int64_t offset = 0; ///< bytes from the start of the blob
  int64_t bytes = 0;
};

/// What a profile says of one part of the code: a layer, and the layers that
/// are computed along with it.
struct SectionInfo {
  std::string name;
  std::string className;          ///< "Conv2D"
  std::vector<std::string> fused; ///< names of the others
  int64_t flops = 0;              ///< floating-point operations of one sample
  int64_t sampleBytes = 0;        ///< read and written for each sample
  int64_t weightBytes = 0;        ///< read for each run of a body
};

/// A buffer in the arena of a body, in use from time `first` to time `last`.
struct ArenaBufferInfo {
  std::string layer; ///< that it was made for
  int64_t offset = 0;
  int64_t bytes = 0;
  int64_t first = 0, last = 0;
};

/// From `start` to the next one's start a body computes `layer`.
struct ArenaStepInfo {
  std::string layer;
  int64_t start = 0;
};

/// How a body uses its arena, for a profile.
struct ArenaInfo {
  int64_t batch = 0; ///< samples that the body takes
  int64_t bytes = 0;
  int64_t lowerBound = 0; ///< most bytes in use at one time
  int64_t end = 0;        ///< of the last step
  std::vector<ArenaStepInfo> steps;
  std::vector<ArenaBufferInfo> buffers;
};

struct ModelInfo {
  std::string kerasName;  ///< the model's name in Keras, "digits_cnn"
  std::string symbol;     ///< the prefix of its C symbols
  bool sequential = true; ///< the summary has no "Connected to" column
  int64_t batch = 0;      ///< the only batch it takes; 0: any
  std::vector<TensorInfo> inputs, outputs;
  bool namedOutputs = false; ///< a dict in Keras: told apart by their names
  std::vector<LayerInfo> layers;
  std::vector<WeightInfo> weights;
  std::vector<SectionInfo> sections; ///< of a profile; empty without one
  std::vector<ArenaInfo> arenas;     ///< of a profile, one a body
  int64_t countersOffset = 0;        ///< of a profile, in the workspace
  bool externalWeights = false;   ///< passed in args.weights, not in the object
  int64_t weightsBytes = 0;       ///< of the blob, padding included
  int64_t weightsFingerprint = 0; ///< of the blob's layout; bits of a uint64
  int64_t workspaceBytes = 0;     ///< of one call on one thread; never 0
  int64_t stateBytes = 0; ///< per batch row: the state, then its next value
  int64_t alignment = 64;
  std::string
      notes; ///< one comment line of the header: version, options, input

  /// Does a call take any number of steps (args.steps)?
  bool isStream() const;

  /// What a call has of one input or output: "[batch][28][28][1]",
  /// "[batch][steps][3]".
  std::string shapeText(const TensorInfo &tensor) const;

  /// A number that header and object share: a hash of everything above that a
  /// caller relies on (names, types, shapes, sizes, batch, ABI), and of nothing
  /// else, so that retraining does not change it.
  uint64_t signature() const;

  /// One line with sorted keys: the same model gives the same bytes.
  std::string toJSON() const;

  /// The inverse. A key left out has its default; everything else that could
  /// mislead a reader of the result (unknown keys, wrong types, sizes that
  /// overflow, names that are not C) is an error, since anybody can write the
  /// attribute into a module.
  static llvm::Expected<ModelInfo> fromJSON(llvm::StringRef text);
};

} // namespace nnc

#endif // NNC_COMPILER_MODEL_MODELINFO_H
