//===- NNPreprocessingOps.cpp - categories, sound -------------------------===//
//
// Shapes, weights and costs of the layers that turn numbers into categories and
// sound into spectrograms.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNPreprocessingOps.h"
#include "dialect/WeightSpecs.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <tuple>

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

//===----------------------------------------------------------------------===//
// Categories
//===----------------------------------------------------------------------===//

template <typename OpTy> static Error checkDense(OpTy op) {
  if (op.getSparse())
    return shapeError(
        "sparse = true cannot be compiled; results are dense [N208]");
  return Error::success();
}

Expected<SmallVector<Shape>>
DiscretizationOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = checkDense(*this))
    return error;
  if (!getBinBoundaries())
    return shapeError("needs bin_boundaries; it has not been adapted [N311]");
  auto bins = getNumbers(*getBinBoundaries());
  if (bins->shape.size() != 1)
    return shapeError("bin_boundaries expects a list of numbers [N311]");
  if (!llvm::is_sorted(bins->values))
    return shapeError("bin_boundaries must increase [N311]");
  return single(inferEncoding(inputs[0], getOutputMode(),
                              int64_t(bins->values.size()) + 1));
}

Expected<SmallVector<Shape>>
CategoryEncodingOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = checkDense(*this))
    return error;
  if (inputs.size() > 1 && getOutputMode() != "count")
    return shapeError(
        "count_weights belongs to output_mode = \"count\" [N311]");
  if (inputs.size() > 1 && inputs[1] != inputs[0])
    return shapeError("count_weights " + toString(inputs[1]) +
                      " must have the input's shape " + toString(inputs[0]) +
                      " [N311]");
  if (getNumTokens() > kMaxTable)
    return shapeError("num_tokens is above 2^24 [N312]");
  return single(inferEncoding(inputs[0], getOutputMode(), getNumTokens()));
}

Expected<Vocabulary> nn::getVocabulary(IntegerLookupOp op) {
  VocabularySpec spec;
  spec.vocabulary = op.getVocabulary().value_or(ArrayRef<int64_t>());
  spec.maskToken = op.getMaskToken();
  spec.maxTokens = op.getMaxTokens();
  spec.oovToken = op.getOovToken();
  spec.oovIndices = op.getNumOovIndices();
  spec.padToMaxTokens = op.getPadToMaxTokens();
  spec.encodes = op.getOutputMode() != "int";
  std::optional<Numbers> weights;
  if (op.getIdfWeights())
    weights = getNumbers(*op.getIdfWeights());
  if (weights && weights->shape.size() != 1)
    return shapeError("idf_weights expects a list of numbers [N311]");
  if (weights)
    spec.idfWeights = weights->values;
  return makeVocabulary(spec);
}

Expected<SmallVector<Shape>>
IntegerLookupOp::inferShapes(ArrayRef<Shape> inputs) {
  if (Error error = checkDense(*this))
    return error;
  StringRef mode = getOutputMode();
  if (getInvert() && mode != "int")
    return shapeError("invert = true needs output_mode = \"int\" [N305]");
  if ((mode == "tf_idf") != getIdfWeights().has_value())
    return shapeError("idf_weights belongs to output_mode = \"tf_idf\", which "
                      "needs it [N311]");
  if (getOovMethod() == "farmhash" && getNumOovIndices() > 1)
    return shapeError("oov_method = \"farmhash\" cannot be compiled; it hashes "
                      "text [N208]");
  auto vocabulary = nn::getVocabulary(*this);
  if (!vocabulary)
    return vocabulary.takeError();
  return single(inferEncoding(inputs[0], mode, vocabulary->depth));
}

//===----------------------------------------------------------------------===//
// STFTSpectrogram
//===----------------------------------------------------------------------===//

Expected<StftSpec> nn::getStftSpec(STFTSpectrogramOp op) {
  StftSpec spec;
  spec.frame = op.getFrameLength();
  spec.step = op.getFrameStep().value_or(spec.frame / 2);
  if (spec.step < 1 || spec.step > spec.frame)
    return shapeError("frame_step = " + Twine(spec.step) +
                      " must be from 1 to frame_length = " + Twine(spec.frame) +
                      " [N305]");
  if (spec.frame > kMaxTable)
    return shapeError("frame_length is above 2^24 [N312]");
  int64_t length =
      op.getFftLength().value_or(int64_t(llvm::PowerOf2Ceil(spec.frame)));
  if (length < spec.frame)
    return shapeError("fft_length = " + Twine(length) +
                      " is below frame_length = " + Twine(spec.frame) +
                      " [N305]");
  spec.bins = length / 2 + 1;
  spec.padding = parsePadding(op.getPadding());
  return spec;
}

Expected<SmallVector<Shape>>
STFTSpectrogramOp::inferShapes(ArrayRef<Shape> inputs) {
  bool first = getDataFormat() == "channels_first";
  if (Error error = expectRank(inputs[0], axisNames(1, first)))
    return error;
  auto spec = getStftSpec(*this);
  if (!spec)
    return spec.takeError();
  AxisLayout layout{first, 3};
  int64_t channels = inputs[0][layout.channelAxis()];
  if (channels == kDynamic)
    return shapeError("needs the number of channels, but got " +
                      toString(inputs[0]) + " [N303]");
  auto time = inferAxis(inputs[0][layout.spatialAxis(0)],
                        {spec->frame, spec->step, 1}, spec->padding);
  if (!time)
    return time.takeError();
  int64_t bins = getMode() == "stft" ? 2 * spec->bins : spec->bins;
  auto all = checkedProduct({bins, channels});
  if (!all)
    return all.takeError();
  int64_t batch = inputs[0][0];
  if (getExpandDims())
    return single(first ? Shape{batch, channels, time->out, bins}
                        : Shape{batch, time->out, bins, channels});
  return single(first ? Shape{batch, *all, time->out}
                      : Shape{batch, time->out, *all});
}

/// The kernels of the real and of the imaginary part, which Keras makes as a
/// Fourier transform of frames under the window.
SmallVector<WeightSpec> STFTSpectrogramOp::getWeightSpecs() {
  StftSpec spec = llvm::cantFail(getStftSpec(*this));
  Builder b(getContext());
  SmallVector<WeightSpec> specs;
  for (StringRef side : {"real", "imag"}) {
    if ((side == "real" ? "imag" : "real") == getMode())
      continue;
    NamedAttribute config[] = {
        b.getNamedAttr("periodic", b.getF64FloatAttr(getPeriodic() ? 1 : 0)),
        b.getNamedAttr("scaling", b.getStringAttr(getScaling())),
        b.getNamedAttr("side", b.getStringAttr(side)),
        b.getNamedAttr("window", getWindow().value_or(
                                     Attribute(b.getStringAttr("hann"))))};
    Attribute initializer = b.getDictionaryAttr(
        {b.getNamedAttr("class_name", b.getStringAttr("STFT")),
         b.getNamedAttr("config", b.getDictionaryAttr(config))});
    specs.push_back(trained(*this, (side + "_kernel").str(),
                            {spec.frame, 1, spec.bins}, initializer, ""));
  }
  return specs;
}

int64_t STFTSpectrogramOp::getMacs() {
  StftSpec spec = llvm::cantFail(getStftSpec(*this));
  auto type = cast<RankedTensorType>(getOperation()->getResult(0).getType());
  int64_t results = sampleElements(Shape(type.getShape()));
  bool both = getMode() != "real" && getMode() != "imag" && getMode() != "stft";
  return cappedProduct({results, spec.frame, both ? 2 : 1});
}

//===----------------------------------------------------------------------===//
// MelSpectrogram
//===----------------------------------------------------------------------===//

/// The factors into which a transform of `length` is split, the first the
/// smaller one; 1 and `length` for a prime.
static std::pair<int64_t, int64_t> splitLength(int64_t length) {
  int64_t first = 1;
  for (int64_t i = 2; i * i <= length; ++i)
    if (length % i == 0)
      first = i;
  return {first, length / first};
}

static Expected<SmallVector<double>> getMelWindow(MelSpectrogramOp op,
                                                  int64_t length) {
  Attribute given = op.getWindow().value_or(Attribute());
  auto name = dyn_cast_if_present<StringAttr>(given);
  if (given && !name) {
    auto numbers = getNumbers(given);
    if (numbers->shape.size() != 1 || numbers->shape[0] != length)
      return shapeError("window must have the " + Twine(length) +
                        " numbers of sequence_length [N304]");
    return numbers->values;
  }
  return makePeriodicWindow(name ? name.getValue() : "hann", length);
}

Expected<MelSpec> nn::getMelSpec(MelSpectrogramOp op) {
  MelSpec spec;
  spec.length = op.getFftLength();
  spec.stride = op.getSequenceStride();
  spec.mels = op.getNumMelBins();
  int64_t sequence = op.getSequenceLength().value_or(spec.length);
  if (sequence > spec.length)
    return shapeError("sequence_length = " + Twine(sequence) +
                      " is above fft_length = " + Twine(spec.length) +
                      " [N305]");
  if (spec.length > kMaxTable || spec.mels > kMaxTable ||
      spec.mels * spec.bins() > kMaxTable)
    return shapeError("fft_length and num_mel_bins need a table of more than "
                      "2^24 numbers [N312]");
  std::tie(spec.first, spec.second) = splitLength(spec.length);
  if (spec.second * spec.second > kMaxTable)
    return shapeError("fft_length = " + Twine(spec.length) +
                      " has too large a prime factor [N312]");
  auto window = getMelWindow(op, sequence);
  if (!window)
    return window.takeError();
  // A shorter window stands in the middle of the transform.
  int64_t before = (spec.length - sequence) / 2;
  spec.window.assign(size_t(spec.length), 0.0);
  llvm::copy(*window, spec.window.begin() + before);
  return spec;
}

Expected<SmallVector<Shape>>
MelSpectrogramOp::inferShapes(ArrayRef<Shape> inputs) {
  auto spec = getMelSpec(*this);
  if (!spec)
    return spec.takeError();
  return single(
      inferMelSpectrogram(inputs[0], spec->length, spec->stride, spec->mels));
}

int64_t MelSpectrogramOp::getMacs() {
  MelSpec spec = llvm::cantFail(getMelSpec(*this));
  auto type = cast<RankedTensorType>(getOperation()->getResult(0).getType());
  int64_t frames = type.getDimSize(2);
  if (frames == kDynamic)
    return 0;
  int64_t transform = spec.length * (2 * spec.first + 2 * spec.second);
  return cappedProduct({frames, transform + spec.bins() * spec.mels});
}

bool MelSpectrogramOp::mixesBatch(ArrayRef<Shape>) { return getPowerToDb(); }

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addPreprocessingOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNPreprocessingOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNPreprocessingOps.cpp.inc"
