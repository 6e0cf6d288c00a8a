// digits: recognises handwritten digits with two compiled Keras models, in
// C++17 with nnc/model.hpp.
//
//     digits DATA-DIRECTORY
//
// Runs both models over all test images. Prints how often each is right and how
// far its numbers are from those that Keras computed, and exits with 1 when
// they are not Keras's.
#include "digits.hpp"
#include "digits_cnn.h"
#include "digits_resnet.h"
#include "nnc/model.hpp"

#include <algorithm>
#include <cmath>

/// How far from Keras's float32 results a probability may be.
constexpr double kTolerance = 1e-5;

static std::size_t countRight(const Digits &digits,
                              const std::vector<float> &probs) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < digits.count(); ++i) {
    const float *row = probs.data() + i * kClasses;
    right += std::max_element(row, row + kClasses) - row == digits.labels[i];
  }
  return right;
}

/// The largest difference; infinite where the sizes differ or one is no number.
static double difference(const std::vector<float> &a,
                         const std::vector<float> &b) {
  double worst = a.size() == b.size() ? 0 : INFINITY;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const double d = std::fabs(double(a[i]) - double(b[i]));
    worst = std::isnan(d) ? INFINITY : std::max(worst, d);
  }
  return worst;
}

/// Runs the model M over all images; false when it fails or is not Keras's.
template <class M>
static bool judge(const Digits &digits, const std::string &directory) {
  std::error_code ec;
  auto model = nnc::model<M>::create(ec);
  std::vector<float> probs(digits.count() * kClasses);
  if (!ec)
    ec = model.run(digits.images, probs);
  if (ec) {
    std::fprintf(stderr, "%s: %s\n", M::name, ec.message().c_str());
    return false;
  }
  const auto keras =
      readArray<float>(directory + "/" + M::name + ".probs.npy", "<f4");
  const std::size_t right = countRight(digits, probs);
  const double worst = difference(probs, keras);
  std::printf("%s: accuracy %.1f %% (%zu of %zu); "
              "largest difference from Keras %.1e\n",
              M::name, 100.0 * double(right) / double(digits.count()), right,
              digits.count(), worst);
  return worst <= kTolerance;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fputs("usage: digits DATA-DIRECTORY\n", stderr);
    return 2;
  }
  const std::string directory = argv[1];
  Digits digits;
  if (!digits.read(directory))
    return 1;
  const bool cnn = judge<digits_cnn>(digits, directory);
  const bool resnet = judge<digits_resnet>(digits, directory);
  return cnn && resnet ? 0 : 1;
}
