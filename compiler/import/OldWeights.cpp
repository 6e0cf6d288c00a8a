//===- OldWeights.cpp - layouts of weights that Keras has left ------------===//
//
// Keras 1 keeps a kernel, a recurrent kernel and a bias for each gate, LSTM's
// in the order i, c, f, o, and the kernel of a Conv1D as one of a Conv2D; its
// transposed convolutions have the last two axes the other way round. CuDNNLSTM
// and CuDNNGRU keep each gate's kernels transposed and two biases. Copies are
// made of these few; the weights of all other layers stay in the file.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasWeights.h"
#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Endian.h"

using namespace nnc;
using llvm::ArrayRef;
using Weights = std::vector<NamedTensor>;
using Shape = std::vector<int64_t>;

/// Memory for the tensor's elements; null if there is none.
static char *allocateFor(NamedTensor &tensor) {
  auto bytes = tensorBytes(tensor.shape, dtypeBytes(tensor.dtype), "");
  if (!bytes) {
    llvm::consumeError(bytes.takeError());
    return nullptr;
  }
  std::shared_ptr<llvm::WritableMemoryBuffer> storage =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(*bytes);
  if (!storage)
    return nullptr;
  char *data = storage->getBufferStart();
  tensor.data = ArrayRef(data, *bytes);
  tensor.storage = std::move(storage);
  return data;
}

/// The tensors behind each other along their last axis. False if they do not
/// fit.
static bool concatenate(ArrayRef<const NamedTensor *> parts,
                        NamedTensor &whole) {
  whole = *parts.front();
  if (whole.shape.empty() || whole.data.empty())
    return false;
  for (const NamedTensor *part : parts)
    if (part->shape != parts.front()->shape || part->dtype != whole.dtype)
      return false;
  size_t row = size_t(whole.shape.back()) * dtypeBytes(whole.dtype);
  whole.shape.back() *= int64_t(parts.size());
  char *to = allocateFor(whole);
  for (size_t at = 0; to && at < parts.front()->data.size(); at += row)
    for (const NamedTensor *part : parts)
      to = llvm::copy(part->data.slice(at, row), to);
  return to;
}

/// A copy with the two axes from `axis` on exchanged.
static bool exchangeAxes(NamedTensor &tensor, size_t axis) {
  NamedTensor result = tensor;
  int64_t rows = tensor.shape[axis], columns = tensor.shape[axis + 1];
  std::swap(result.shape[axis], result.shape[axis + 1]);
  size_t block = dtypeBytes(tensor.dtype);
  for (int64_t extent : ArrayRef(tensor.shape).drop_front(axis + 2))
    block *= size_t(extent);
  char *to = allocateFor(result);
  size_t matrix = size_t(rows) * size_t(columns) * block;
  for (size_t at = 0; to && matrix && at < tensor.data.size(); at += matrix)
    for (int64_t column = 0; column < columns; ++column)
      for (int64_t row = 0; row < rows; ++row)
        to = llvm::copy(tensor.data.slice(
                            at + size_t(row * columns + column) * block, block),
                        to);
  if (to)
    tensor = std::move(result);
  return to;
}

//===----------------------------------------------------------------------===//
// Keras 1
//===----------------------------------------------------------------------===//

/// One kernel, one recurrent kernel and one bias of those of all gates, given
/// in Keras 3's order.
static void joinGates(Weights &weights, ArrayRef<size_t> gates) {
  Weights joined(3);
  for (size_t k = 0; k < joined.size(); ++k) {
    llvm::SmallVector<const NamedTensor *> parts;
    for (size_t gate : gates)
      parts.push_back(&weights[3 * gate + k]);
    if (!concatenate(parts, joined[k]))
      return;
  }
  weights = std::move(joined);
}

/// (steps, 1, channels, filters), before 1.2 (filters, channels, steps, 1).
static void flattenConv1D(const KerasLayer &layer, NamedTensor &kernel) {
  if (kernel.shape.size() != 4 || kernel.data.empty())
    return;
  Shape shape = kernel.shape;
  if (shape[1] == 1 && layer.config.getInteger("filters") == shape[3] &&
      layer.config.getInteger("kernel_size") == shape[0]) {
    kernel.shape = {shape[0], shape[2], shape[3]};
  } else if (shape[3] == 1) {
    // As matrices (filters, channels · steps), then (channels, steps).
    kernel.shape = {shape[0], shape[1] * shape[2]};
    if (!exchangeAxes(kernel, 0))
      return;
    kernel.shape = {shape[1], shape[2], shape[0]};
    exchangeAxes(kernel, 0);
  }
}

static void modernizeKeras1(const KerasLayer &layer, Weights &weights) {
  llvm::StringRef name = layer.className;
  constexpr size_t lstmGates[] = {0, 2, 1, 3}, gruGates[] = {0, 1, 2};
  if ((name == "LSTM" || name == "ConvLSTM2D") && weights.size() == 12)
    joinGates(weights, lstmGates);
  else if (name == "GRU" && weights.size() == 9)
    joinGates(weights, gruGates);
  else if (name == "Conv1D" && !weights.empty())
    flattenConv1D(layer, weights.front());
  else if (name == "Conv2DTranspose" && !weights.empty() &&
           weights.front().shape.size() == 4)
    exchangeAxes(weights.front(), 2);
}

//===----------------------------------------------------------------------===//
// cuDNN
//===----------------------------------------------------------------------===//

/// The kernels of all gates beside each other, each of which cuDNN has column
/// by column.
static bool transposeGates(NamedTensor &kernel, int64_t gates) {
  if (kernel.shape.size() != 2 || kernel.shape[1] % gates != 0)
    return false;
  int64_t rows = kernel.shape[0], columns = kernel.shape[1] / gates;
  Shape whole = kernel.shape;
  // Each gate by itself, one after the other.
  kernel.shape = {rows, gates, columns};
  if (!exchangeAxes(kernel, 0))
    return false;
  // The shape says rows and columns, but the numbers lie as (columns, rows).
  kernel.shape = {gates, columns, rows};
  if (!exchangeAxes(kernel, 1))
    return false;
  kernel.shape = {gates, rows, columns};
  if (!exchangeAxes(kernel, 0))
    return false;
  kernel.shape = whole;
  return true;
}

/// Both of LSTM's biases in one.
static bool addBiases(NamedTensor &bias) {
  NamedTensor sum = bias;
  sum.shape[0] /= 2;
  char *to = allocateFor(sum);
  if (!to || bias.dtype != "float32")
    return false;
  size_t half = bias.data.size() / 2;
  auto read = [&](size_t at) {
    return llvm::support::endian::read<float>(bias.data.data() + at,
                                              llvm::endianness::little);
  };
  for (size_t at = 0; at < half; at += sizeof(float))
    llvm::support::endian::write<float>(to + at, read(at) + read(half + at),
                                        llvm::endianness::little);
  bias = std::move(sum);
  return true;
}

static void modernizeCuDNN(const KerasLayer &layer, Weights &weights) {
  int64_t gates = layer.className == "LSTM" ? 4 : 3;
  if (weights.size() != 3 || weights[1].shape.size() != 2)
    return;
  NamedTensor &bias = weights[2];
  int64_t units = weights[1].shape[0];
  if (units <= 0 || weights[1].shape[1] / gates != units ||
      bias.shape.size() != 1 || bias.shape[0] % gates != 0 ||
      bias.shape[0] / gates != 2 * units)
    return;
  Weights converted = weights;
  if (!transposeGates(converted[0], gates) ||
      !transposeGates(converted[1], gates))
    return;
  if (gates == 3)
    converted[2].shape = {2, 3 * units};
  else if (!addBiases(converted[2]))
    return;
  weights = std::move(converted);
}

void nnc::modernizeWeights(const KerasLayer &layer, Weights &weights) {
  if (layer.layout == WeightLayout::Keras1)
    modernizeKeras1(layer, weights);
  else if (layer.layout == WeightLayout::CuDNN)
    modernizeCuDNN(layer, weights);
}
