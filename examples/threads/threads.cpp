// threads: two models in one program, called from several threads at once.
//
//     threads DATA-DIRECTORY
//
// A model's code and weights are constant and shared; all that changes is the
// workspace, and every nnc::model object has its own. Each thread therefore
// makes its own pair of objects and runs all images through both, again and
// again and in batches of other sizes. Exits with 1 unless every thread got,
// bit for bit, what the main thread gets alone.
#include "digits.hpp"
#include "digits_cnn.h"
#include "digits_resnet.h"
#include "nnc/model.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

constexpr std::size_t kThreads = 4;
constexpr int kRounds = 5;

/// Runs all images in batches of at most `step`; empty after an error.
template <class M>
static std::vector<float> classify(const Digits &digits, std::size_t step) {
  std::error_code ec;
  auto model = nnc::model<M>::create(ec);
  std::vector<float> probs(digits.count() * kClasses);
  for (std::size_t i = 0; i < digits.count() && !ec; i += step) {
    const std::size_t n = std::min(step, digits.count() - i);
    const nnc::span<const float> images(digits.images.data() + i * kPixels,
                                        n * kPixels);
    ec = model.run(images,
                   nnc::span<float>(probs.data() + i * kClasses, n * kClasses));
  }
  if (ec) {
    std::fprintf(stderr, "%s: %s\n", M::name, ec.message().c_str());
    return {};
  }
  return probs;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fputs("usage: threads DATA-DIRECTORY\n", stderr);
    return 2;
  }
  Digits digits;
  if (!digits.read(argv[1]))
    return 1;
  const auto cnn = classify<digits_cnn>(digits, digits.count());
  const auto resnet = classify<digits_resnet>(digits, digits.count());
  if (cnn.empty() || resnet.empty())
    return 1;

  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int round = 0; round < kRounds; ++round) {
        wrong += classify<digits_cnn>(digits, 1 + 7 * t) != cnn;
        wrong += classify<digits_resnet>(digits, 1 + 7 * t) != resnet;
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  std::printf("%zu threads, %d rounds of two models: %d differ\n", kThreads,
              kRounds, wrong.load());
  return wrong == 0 ? 0 : 1;
}
