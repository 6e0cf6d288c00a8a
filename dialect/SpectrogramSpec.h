//===- SpectrogramSpec.h - how spectrograms are computed --------*- C++ -*-===//
//
// The sizes and tables that follow from the keys of the layers that make
// spectrograms, for their shapes and for the code that computes them.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_SPECTROGRAMSPEC_H
#define NNC_DIALECT_SPECTROGRAMSPEC_H

#include "dialect/ShapeInference.h"
#include "llvm/ADT/StringRef.h"

namespace nnc::nn {

/// An STFTSpectrogram: `frame` samples every `step` become `bins` frequencies.
struct StftSpec {
  int64_t frame = 0, step = 0, bins = 0;
  PaddingMode padding = PaddingMode::Valid;
};

/// A MelSpectrogram: `length` samples every `stride`, under `window`, become
/// bins() frequencies, of which `mels` weighted sums are taken. The transform
/// is split into `first` times one of `second`.
struct MelSpec {
  int64_t length = 0, stride = 0, mels = 0;
  int64_t first = 1, second = 1;
  llvm::SmallVector<double> window;

  int64_t bins() const { return length / 2 + 1; }
};

/// "hann", "hamming" or "none" (ones), without the last element of the window
/// that is one longer.
llvm::Expected<llvm::SmallVector<double>>
makePeriodicWindow(llvm::StringRef name, int64_t length);

/// The weight of each of `bins` frequencies, which reach up to half of `rate`,
/// in each of `mels` sums between the frequencies `lower` and `upper`;
/// [bins, mels].
llvm::SmallVector<double> makeMelWeights(int64_t bins, int64_t mels,
                                         double rate, double lower,
                                         double upper);

} // namespace nnc::nn

#endif // NNC_DIALECT_SPECTROGRAMSPEC_H
