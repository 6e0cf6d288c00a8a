/* Runs the model of net.mlir against a plain evaluation in double, and checks
 * that each sample has the same bits alone and in any batch. */
#include "nnc/abi.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct net_args {
  nnc_args head;
  const float *x;
  float *y;
} net_args;

int net_run(const net_args *args);
extern const nnc_model net_model;

#define BATCH 11
static float x[BATCH][9][9][3], y[BATCH][11], alone[BATCH][11];
static _Alignas(64) char workspace[1 << 18];

static double weight(unsigned i, int modulus, int offset, int divisor) {
  return (double)((int)((i * 2654435761u >> 16) % (unsigned)modulus) - offset) /
         divisor;
}

static void features(const float in[9][9][3], double *f) {
  for (int i = 0; i < 208; ++i)
    f[i] = -INFINITY;
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < 8; ++j)
      for (int c = 0; c < 13; ++c) {
        double sum = weight((unsigned)c, 7, 3, 8);
        for (int h = 0; h < 3; ++h)
          for (int w = 0; w < 3; ++w)
            for (int k = 0; k < 3; ++k)
              if (i + h < 9 && j + w < 9)
                sum += in[i + h][j + w][k] *
                       weight((unsigned)(((h * 3 + w) * 3 + k) * 13 + c), 31,
                              15, 64);
        double *to = &f[((i / 2) * 4 + j / 2) * 13 + c];
        *to = fmax(*to, tanh(sum));
      }
}

static void reference(const float in[9][9][3], double *h) {
  double f[208], mean = 0, variance = 0, projected[11];
  features(in, f);
  for (int i = 0; i < 208; ++i)
    mean += f[i] / 208;
  for (int i = 0; i < 208; ++i)
    variance += (f[i] - mean) * (f[i] - mean) / 208;
  for (int c = 0; c < 11; ++c) {
    projected[c] = h[c] = 0;
    for (int i = 0; i < 208; ++i)
      projected[c] += (f[i] - mean) / sqrt(variance + 0.001) *
                      weight((unsigned)(i * 11 + c), 29, 14, 256);
  }
  for (int t = 0; t < 5; ++t) {
    double next[11];
    for (int c = 0; c < 11; ++c) {
      next[c] = projected[c];
      for (int i = 0; i < 11; ++i)
        next[c] += h[i] * weight((unsigned)(i * 11 + c), 23, 11, 64);
    }
    for (int c = 0; c < 11; ++c)
      h[c] = tanh(next[c]);
  }
}

static int run(int64_t batch, const float *from, float *to) {
  net_args args = {{net_model.signature, batch, workspace, sizeof workspace,
                    NULL, NULL, 0, NULL},
                   from,
                   to};
  return net_run(&args);
}

int main(void) {
  int failures = 0;
  float *value = &x[0][0][0][0];
  for (int i = 0; i < BATCH * 243; ++i)
    value[i] = sinf((float)i * 0.37f);
  failures += run(BATCH, value, y[0]) != 0;
  for (int s = 0; s < BATCH; ++s) {
    double want[11];
    reference((const float (*)[9][3])x[s], want);
    for (int c = 0; c < 11; ++c)
      if (!(fabs(want[c] - y[s][c]) < 1e-5)) {
        printf("sample %d, output %d: %g, expected %g\n", s, c, y[s][c],
               want[c]);
        ++failures;
      }
    failures += run(1, &x[s][0][0][0], alone[s]) != 0;
  }
  if (memcmp(y, alone, sizeof y)) {
    printf("a sample alone has other bits than in the batch\n");
    ++failures;
  }
  return failures != 0;
}
