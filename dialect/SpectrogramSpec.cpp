//===- SpectrogramSpec.cpp - how spectrograms are computed ----------------===//
//
// Windows as scipy's get_window makes them for frames (periodic), and the
// weights of Keras's linear_to_mel_weight_matrix, which follows HTK: triangles
// on the mel scale with a peak of 1.
//
//===----------------------------------------------------------------------===//

#include "dialect/SpectrogramSpec.h"

#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <cmath>

using namespace nnc;
using namespace nnc::nn;
using llvm::SmallVector;

llvm::Expected<SmallVector<double>> nn::makePeriodicWindow(llvm::StringRef name,
                                                           int64_t length) {
  double mean = 1.0;
  if (name == "hann")
    mean = 0.5;
  else if (name == "hamming")
    mean = 0.54;
  else if (name != "none")
    return shapeError("window expects \"hann\", \"hamming\", \"none\" or a "
                      "list of numbers, but got \"" +
                      name + "\" [N304]");
  SmallVector<double> window;
  if (length == 1)
    return SmallVector<double>{1.0};
  for (int64_t i = 0; i < length; ++i)
    window.push_back(mean -
                     (1.0 - mean) * std::cos(2.0 * llvm::numbers::pi *
                                             double(i) / double(length)));
  return window;
}

/// The pitch of a frequency.
static double toMel(double hertz) {
  return 1127.0 * std::log(1.0 + hertz / 700.0);
}

SmallVector<double> nn::makeMelWeights(int64_t bins, int64_t mels, double rate,
                                       double lower, double upper) {
  double from = toMel(lower), to = toMel(upper);
  auto edge = [&](int64_t i) {
    return from + (to - from) * double(i) / double(mels + 1);
  };
  SmallVector<double> weights(size_t(bins * mels), 0.0);
  // The first frequency, 0, never counts.
  for (int64_t bin = 1; bin < bins; ++bin) {
    double mel = toMel(rate / 2.0 * double(bin) / double(bins - 1));
    for (int64_t i = 0; i < mels; ++i) {
      double rising = (mel - edge(i)) / (edge(i + 1) - edge(i));
      double falling = (edge(i + 2) - mel) / (edge(i + 2) - edge(i + 1));
      weights[size_t(bin * mels + i)] =
          std::max(0.0, std::min(rising, falling));
    }
  }
  return weights;
}
