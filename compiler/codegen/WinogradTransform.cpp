//===- WinogradTransform.cpp - minimal filtering of tiles -----------------===//
//
// Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A gives m × m results of a 3 × 3 filter g on a tile d
// with (m + 2)² multiplications in place of 9 m² (Lavin, Gray: Fast Algorithms
// for Convolutional Neural Networks, 2015). The points are 0, ±1 and infinity
// for m = 2, and ±2 for m = 4; with them two rows differ only in the sign of
// every second element, so that the halves are added once and used twice.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/WinogradTransform.h"

using namespace llvm;

namespace nnc {

static WinogradTransform smallTiles() {
  WinogradTransform transform;
  transform.size = 2;
  transform.input = {
      {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}}};
  transform.weights = {{1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}};
  transform.output = {{{1, 1, 1, 0}, {0, 1, -1, -1}}};
  return transform;
}

static WinogradTransform largeTiles() {
  WinogradTransform transform;
  transform.size = 4;
  transform.input = {{{4, 0, -5, 0, 1, 0},
                      {0, 0, -4, 0, 1, 0}, // the halves of ±1
                      {0, -4, 0, 1, 0, 0},
                      {0, 0, -1, 0, 1, 0}, // the halves of ±2
                      {0, -2, 0, 2, 0, 0},
                      {0, 4, 0, -5, 0, 1}},
                     {{1, 0, 0, 0, 0, 0},
                      {0, 1, 1, 0, 0, 0},
                      {0, 1, -1, 0, 0, 0},
                      {0, 0, 0, 1, 1, 0},
                      {0, 0, 0, 1, -1, 0},
                      {0, 0, 0, 0, 0, 1}}};
  transform.weights = {{1. / 4, 0, 0},
                       {-1. / 6, -1. / 6, -1. / 6},
                       {-1. / 6, 1. / 6, -1. / 6},
                       {1. / 24, 1. / 12, 1. / 6},
                       {1. / 24, -1. / 12, 1. / 6},
                       {0, 0, 1}};
  transform.output = {{{1, 0, 0, 0, 0, 0},
                       {0, 1, 1, 0, 0, 0},
                       {0, 1, -1, 0, 0, 0},
                       {0, 0, 0, 1, 1, 0},
                       {0, 0, 0, 1, -1, 0},
                       {0, 0, 0, 0, 0, 1}},
                      {{1, 1, 0, 1, 0, 0},
                       {0, 0, 1, 0, 2, 0},
                       {0, 1, 0, 4, 0, 0},
                       {0, 0, 1, 0, 8, 1}}};
  return transform;
}

WinogradTransform WinogradTransform::get(int64_t size) {
  return size == 4 ? largeTiles() : smallTiles();
}

void transformTaps(const WinogradTransform &transform, ArrayRef<double> taps,
                   MutableArrayRef<double> result) {
  double *to = result.data();
  for (const std::vector<double> &down : transform.weights) {
    double row[3];
    for (int64_t j = 0; j < 3; ++j)
      row[j] =
          down[0] * taps[j] + down[1] * taps[3 + j] + down[2] * taps[6 + j];
    for (const std::vector<double> &across : transform.weights)
      *to++ = row[0] * across[0] + row[1] * across[1] + row[2] * across[2];
  }
}

} // namespace nnc
