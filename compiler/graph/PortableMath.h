//===- PortableMath.h - the same bits on every machine ----------*- C++ -*-===//
//
// Functions and random numbers made of operations that IEEE 754 rounds exactly
// (the four basic ones and the square root), in an order that the source fixes,
// without libm or fused multiply-adds. What a compiler puts into its output
// must not depend on where it runs.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_GRAPH_PORTABLEMATH_H
#define NNC_COMPILER_GRAPH_PORTABLEMATH_H

#include <cstdint>
#include <optional>
#include <utility>

namespace nnc {

/// The natural logarithm of a positive, finite number.
double portableLog(double x);

/// The sine and cosine of `numerator / denominator` turns.
std::pair<double, double> sineCosine(uint64_t numerator, uint64_t denominator);

/// A stream of random numbers: SplitMix64.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  /// Uniform in [0, 1).
  double uniform();

  /// Standard normal.
  double normal();

  /// Standard normal, drawn again while beyond two deviations.
  double truncatedNormal();

private:
  uint64_t next();

  uint64_t state;
  std::optional<double> spare; ///< normals come in twos
};

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_PORTABLEMATH_H
