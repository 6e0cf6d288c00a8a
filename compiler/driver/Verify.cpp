//===- Verify.cpp - a model against recorded outputs ----------------------===//
//
// See Verify.h. Which layer differs first is found by compiling the model once
// more, with the recorded layers' values as further outputs.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Verify.h"
#include "compiler/driver/Compile.h"
#include "compiler/driver/Diagnostics.h"
#include "compiler/driver/HostModel.h"
#include "compiler/driver/Samples.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

namespace nnc {

namespace {

using Buffer = std::unique_ptr<WritableMemoryBuffer>;

/// The values of all outputs, in the model's order.
using Outputs = std::vector<std::vector<double>>;

} // namespace

/// "(4, 3)", as numpy prints it.
static std::string shapeText(ArrayRef<int64_t> shape) {
  std::string text = "(";
  for (auto [i, extent] : enumerate(shape))
    text += (i ? ", " : "") + std::to_string(extent);
  return text + (shape.size() == 1 ? ",)" : ")");
}

/// Does `tensor` hold samples of `info`'s shape, as many as the others do?
static Error checkShape(const NamedTensor &tensor, const TensorInfo &info,
                        int64_t &batch) {
  ArrayRef<int64_t> shape = tensor.shape;
  if (!shape.empty() && batch < 0)
    batch = shape.front();
  std::vector<int64_t> needed(info.shape);
  needed.insert(needed.begin(), std::max<int64_t>(batch, 0));
  if (shape == ArrayRef(needed))
    return Error::success();
  return createStringError("'" + tensor.path + "' has the shape " +
                           shapeText(shape) + ", but '" + info.kerasName +
                           "' needs " + shapeText(needed) + " [N701]");
}

static Expected<Buffer> makeBuffer(const TensorInfo &info, int64_t batch) {
  int64_t bytes = 0;
  if (!MulOverflow(info.size(), int64_t(findDtype(info.dtype)->bytes), bytes) &&
      !MulOverflow(bytes, batch, bytes))
    if (Buffer buffer = WritableMemoryBuffer::getNewUninitMemBuffer(
            std::max<int64_t>(bytes, 1), "", Align(64)))
      return buffer;
  return createStringError("no memory for " + Twine(batch) + " samples of '" +
                           info.kerasName + "' [N902]");
}

/// A recorded tensor as the model takes it.
static Expected<Buffer> convertInput(const NamedTensor &tensor,
                                     const TensorInfo &info, int64_t batch) {
  Expected<Buffer> buffer = makeBuffer(info, batch);
  if (!buffer)
    return buffer;
  char *to = (*buffer)->getBufferStart();
  if (tensor.dtype == info.dtype) {
    llvm::copy(tensor.data, to);
    return buffer;
  }
  for (double value : toDoubles(tensor.dtype, tensor.data)) {
    if (!fromDouble(value, info.dtype, to))
      return createStringError(
          "'" + tensor.path + "' has the value " + formatv("{0}", value).str() +
          ", but '" + info.kerasName + "' takes " + info.dtype + " [N701]");
    to += findDtype(info.dtype)->bytes;
  }
  return buffer;
}

/// The recorded inputs, in the model's order; `batch` becomes their number.
static Expected<std::vector<Buffer>>
makeInputs(const ModelInfo &model, const Samples &samples, int64_t &batch) {
  std::vector<Buffer> buffers;
  for (auto [i, info] : enumerate(model.inputs)) {
    std::string key = "in_" + std::to_string(i);
    const NamedTensor *tensor = samples.find({key, info.kerasName, info.name});
    if (!tensor)
      return createStringError("there is neither '" + key + "' nor '" +
                               info.kerasName + "', the input [N701]");
    if (Error error = checkShape(*tensor, info, batch))
      return error;
    Expected<Buffer> buffer = convertInput(*tensor, info, batch);
    if (!buffer)
      return buffer.takeError();
    buffers.push_back(std::move(*buffer));
  }
  if (model.batch != 0 && model.batch != batch)
    return createStringError("there are " + Twine(batch) +
                             " samples, but the model is compiled for a batch "
                             "of " +
                             Twine(model.batch) + " [N701]");
  return buffers;
}

/// Runs the model on the recorded inputs, of which there are `batch`.
static Expected<Outputs> runModel(const MemoryBuffer &library,
                                  const ModelInfo &model,
                                  const Samples &samples, int64_t &batch) {
  Expected<HostModel> host = HostModel::load(library, model.symbol);
  if (!host)
    return host.takeError();
  Expected<std::vector<Buffer>> inputs = makeInputs(model, samples, batch);
  if (!inputs)
    return inputs.takeError();
  std::vector<Buffer> outputs;
  for (const TensorInfo &info : model.outputs) {
    Expected<Buffer> buffer = makeBuffer(info, batch);
    if (!buffer)
      return buffer.takeError();
    outputs.push_back(std::move(*buffer));
  }
  auto start = [](const Buffer &buffer) { return buffer->getBufferStart(); };
  SmallVector<const void *> from(map_range(*inputs, start));
  SmallVector<void *> to(map_range(outputs, start));
  if (Error error = host->run(batch, from, to))
    return error;
  Outputs values;
  for (auto [info, buffer] : zip_equal(model.outputs, outputs)) {
    size_t bytes = info.size() * findDtype(info.dtype)->bytes * batch;
    values.push_back(
        toDoubles(info.dtype, ArrayRef(buffer->getBufferStart(), bytes)));
  }
  return values;
}

namespace {

/// One `nnc --verify`.
class Verification {
public:
  Verification(const Options &options, Samples samples, raw_ostream &report,
               raw_ostream &log)
      : options(options), samples(std::move(samples)), report(report),
        log(log) {}

  LogicalResult run();

private:
  LogicalResult compileAndRun(const Options &how);
  LogicalResult compareOutputs(bool &agree);
  LogicalResult findLayer();

  /// How far output `i` is from `recorded`; nothing after an error.
  std::optional<Difference> compare(size_t i, const NamedTensor &recorded);
  void print(const Difference &difference);

  LogicalResult fail(const Twine &message) {
    std::string text = (options.verify + ": " + message).str();
    printMessage(log, "nnc", mlir::DiagnosticSeverity::Error,
                 withCode(text, kInternalCode));
    return failure();
  }

  const Options &options;
  Samples samples;
  raw_ostream &report;
  raw_ostream &log;

  ModelInfo model;
  Outputs outputs;
  int64_t batch = -1; ///< how many samples there are
};

} // namespace

LogicalResult Verification::compileAndRun(const Options &how) {
  std::unique_ptr<MemoryBuffer> library = compileLibrary(how, log, model);
  if (!library)
    return failure();
  Expected<Outputs> values = runModel(*library, model, samples, batch);
  if (!values)
    return fail(toString(values.takeError()));
  outputs = std::move(*values);
  return success();
}

std::optional<Difference> Verification::compare(size_t i,
                                                const NamedTensor &recorded) {
  if (Error error = checkShape(recorded, model.outputs[i], batch)) {
    (void)fail(toString(std::move(error)));
    return std::nullopt;
  }
  return compareValues(outputs[i], toDoubles(recorded.dtype, recorded.data),
                       options.tolerance.value_or(kDefaultTolerance));
}

void Verification::print(const Difference &difference) {
  report << "largest error " << format("%.3g", difference.absolute)
         << ", relative " << format("%.3g", difference.relative) << ", "
         << format("%.3g", difference.share) << " of what is allowed";
}

LogicalResult Verification::compareOutputs(bool &agree) {
  bool any = false;
  for (auto [i, info] : enumerate(model.outputs)) {
    std::string number = std::to_string(i);
    // Of a reference and a recording, the reference is right.
    const NamedTensor *recorded = samples.find(
        {"ref_" + number, "out_" + number, info.kerasName, info.name});
    report << "output '" << info.kerasName << "': ";
    if (!recorded) {
      report << "not recorded\n";
      continue;
    }
    any = true;
    std::optional<Difference> difference = compare(i, *recorded);
    if (!difference)
      return failure();
    print(*difference);
    bool agrees = difference->share <= 1;
    report << (agrees ? ": PASS\n" : ": FAIL\n");
    agree &= agrees;
  }
  if (!any)
    return fail("there is neither 'out_0' nor '" + model.outputs[0].kerasName +
                "', the output [N701]");
  return success();
}

/// Says which recorded layer is the first that differs.
LogicalResult Verification::findLayer() {
  Options how = options;
  how.taps = samples.layers();
  if (how.taps.empty()) {
    report << "no layer is recorded (as 'layer:NAME') to look further\n";
    return success();
  }
  size_t known = model.outputs.size();
  if (failed(compileAndRun(how)))
    return failure();
  if (model.outputs.size() == known) {
    report << "none of the recorded layers is one of the model's, used once\n";
    return success();
  }
  for (size_t i = known; i < model.outputs.size(); ++i) {
    const std::string &name = model.outputs[i].kerasName;
    const NamedTensor *recorded = samples.find({name});
    std::optional<Difference> difference = compare(i, *recorded);
    if (!difference)
      return failure();
    if (difference->share <= 1)
      continue;
    report << "first layer that differs: '"
           << StringRef(name).substr(layerKey("").size()) << "': ";
    print(*difference);
    report << "\n";
    return success();
  }
  report << "all " << model.outputs.size() - known
         << " recorded layers agree\n";
  return success();
}

LogicalResult Verification::run() {
  bool agree = true;
  if (failed(compileAndRun(options)) || failed(compareOutputs(agree)))
    return failure();
  if (agree)
    return success();
  if (failed(findLayer()))
    return failure();
  return fail("model '" + model.kerasName +
              "' computes other values than were recorded [N703]");
}

LogicalResult verifyModel(const Options &options, raw_ostream &report,
                          raw_ostream &log) {
  Expected<Samples> samples = Samples::read(options.verify);
  if (!samples) {
    printMessage(log, "nnc", mlir::DiagnosticSeverity::Error,
                 withCode(toString(samples.takeError()), kInternalCode));
    return failure();
  }
  return Verification(options, std::move(*samples), report, log).run();
}

} // namespace nnc
