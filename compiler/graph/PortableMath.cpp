//===- PortableMath.cpp - the same bits on every machine ------------------===//
//
// See the header. The approximations are a few units in the last place off,
// which is far below what a float keeps of them.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/PortableMath.h"
#include <cmath>

// A fused multiply-add rounds once instead of twice.
#if defined(__clang__)
#pragma clang fp contract(off)
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#endif

namespace nnc {

static constexpr double kLn2 = 0.69314718055994530942;
static constexpr double kHalfPi = 1.57079632679489661923;

/// ln(2^e m) = e ln 2 + 2 artanh(z) with z = (m - 1) / (m + 1), |z| < 0.172.
double portableLog(double x) {
  int exponent;
  double m = std::frexp(x, &exponent); // exact
  if (m < 0.70710678118654752440) {
    m *= 2;
    --exponent;
  }
  double z = (m - 1) / (m + 1), square = z * z, sum = 0;
  for (int k = 21; k >= 1; k -= 2)
    sum = sum * square + 1.0 / k;
  return exponent * kLn2 + 2 * z * sum;
}

/// The quadrant is exact integer arithmetic; what is left is a Taylor series up
/// to pi/4.
std::pair<double, double> sineCosine(uint64_t numerator, uint64_t denominator) {
  // In eighths of a turn: 8 n / d = octant + rest / d.
  uint64_t eighths = numerator % denominator * 8;
  uint64_t octant = eighths / denominator, rest = eighths % denominator;
  // Odd octants count back from the next quarter.
  bool back = octant % 2 == 1;
  double part = static_cast<double>(back ? denominator - rest : rest) /
                static_cast<double>(denominator);
  double x = part * (kHalfPi / 2), square = x * x, sine = 0, cosine = 0;
  for (int k = 19; k >= 1; k -= 2) {
    sine = 1 - sine * square / ((k + 1) * (k + 2));
    cosine = 1 - cosine * square / (k * (k + 1));
  }
  sine *= x;
  // The angle is quarter * pi/2 + x, or - x.
  if (back)
    sine = -sine;
  switch ((octant + 1) / 2 % 4) {
  case 0:
    return {sine, cosine};
  case 1:
    return {cosine, -sine};
  case 2:
    return {-sine, -cosine};
  default:
    return {-cosine, sine};
  }
}

uint64_t Random::next() {
  state += 0x9e3779b97f4a7c15;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

/// Marsaglia's polar method.
double Random::normal() {
  if (spare) {
    double value = *spare;
    spare.reset();
    return value;
  }
  for (;;) {
    double x = 2 * uniform() - 1, y = 2 * uniform() - 1;
    double s = x * x + y * y;
    if (s >= 1 || s == 0)
      continue;
    double scale = std::sqrt(-2 * portableLog(s) / s);
    spare = y * scale;
    return x * scale;
  }
}

double Random::truncatedNormal() {
  for (;;) {
    double value = normal();
    if (value >= -2 && value <= 2)
      return value;
  }
}

} // namespace nnc
