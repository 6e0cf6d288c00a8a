/* Compares the functions compiled from math.mlir with libm's in double, over
 * a sample of all floats and over the edges; prints the largest error of each
 * in units in the last place, and fails where a bound is exceeded. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define N 4096

typedef int kernel(const float *x, float *y);

static float from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* The distance in units of the last place of the exact value. */
static double ulps(float got, double want) {
  float rounded = (float)want;
  if (isnan(want) || isnan(got))
    return isnan(want) && isnan(got) ? 0 : INFINITY;
  if (isinf(rounded) || isinf(got))
    return rounded == got ? 0 : fabs(want) > 3.4028e38 ? 1 : INFINITY;
  if (want == 0 && got == 0)
    return !signbit(got) == !signbit(want) ? 0 : INFINITY;
  int exponent;
  frexp(want, &exponent);
  if (exponent < -125)
    exponent = -125;
  return fabs((double)got - want) / ldexp(1.0, exponent - 24);
}

static double rsqrt(double x) { return 1 / sqrt(x); }

/* Overflows as its denominator does. */
static double sigmoid(double x) {
  double below = 1 + exp(-x);
  return below > 3.4028235677973366e38 ? 0 : 1 / below;
}

static const float edges[] = {
    0.0f,           -0.0f,         1.0f,           -1.0f,
    0.5f,           -0.5f,         1.5f,           -1.5f,
    2.5f,           INFINITY,      -INFINITY,      NAN,
    1e-45f,         -1e-45f,       1.1754944e-38f, 3.4028235e38f,
    -3.4028235e38f, 88.72283f,     88.72284f,      -87.33655f,
    -103.97208f,    -103.97209f,   -150.0f,        8388607.5f,
    8388608.0f,     -8388607.5f,   2147483648.0f,  0.49999997f,
    16777216.0f,    0.9f,          3.9192059f,     9.0f,
    -18.0f,         5.9604645e-08f};

struct worst {
  double error;
  float at;
};

static void compare(struct worst *worst, float x, float got, double want) {
  double error = ulps(got, want);
  if (!(error <= worst->error)) {
    worst->error = error;
    worst->at = x;
  }
}

static void run_block(struct worst *worst, kernel *f,
                      double (*reference)(double), const float *x) {
  static float y[N];
  f(x, y);
  for (int i = 0; i < N; ++i)
    compare(worst, x[i], y[i], reference(x[i]));
}

static int check(const char *name, kernel *f, double (*reference)(double),
                 double bound) {
  static float x[N];
  struct worst worst = {0, 0};
  uint64_t bits = 0;
  while (bits <= UINT32_MAX) {
    for (int i = 0; i < N; ++i, bits += 2039)
      x[i] = from_bits((uint32_t)(bits & UINT32_MAX));
    run_block(&worst, f, reference, x);
  }
  for (int i = 0; i < N; ++i)
    x[i] = edges[i % (sizeof edges / sizeof *edges)];
  run_block(&worst, f, reference, x);
  int ok = worst.error <= bound;
  printf("%-9s %6.3f ulp at %a%s\n", name, worst.error, worst.at,
         ok ? "" : " FAILED");
  return !ok;
}

int f_pow(const float *x, const float *y, float *z);

static int check_pow(double bound) {
  static float x[N], y[N], z[N];
  struct worst worst = {0, 0};
  uint32_t state = 1;
  int count = (int)(sizeof edges / sizeof *edges);
  for (int round = 0; round < 500; ++round) {
    for (int i = 0; i < N; ++i) {
      state = state * 1664525u + 1013904223u;
      x[i] = from_bits(state ^ (state >> 15));
      state = state * 1664525u + 1013904223u;
      y[i] = round == 0  ? edges[i / count % count]
             : round % 2 ? from_bits((state & 0x87FFFFFFu) | 0x38000000u)
                         : (float)((int)(state >> 24) - 128) / 8;
      if (round == 0)
        x[i] = edges[i % count];
    }
    f_pow(x, y, z);
    for (int i = 0; i < N; ++i)
      compare(&worst, x[i], z[i], pow(x[i], y[i]));
  }
  int ok = worst.error <= bound;
  printf("%-9s %6.3f ulp at %a%s\n", "pow", worst.error, worst.at,
         ok ? "" : " FAILED");
  return !ok;
}

#define CHECK(name, reference, bound)                                          \
  do {                                                                         \
    int f_##name(const float *x, float *y);                                    \
    failures += check(#name, f_##name, reference, bound);                      \
  } while (0)

int main(void) {
  int failures = 0;
  CHECK(exp, exp, 1.5);
  CHECK(sigmoid, sigmoid, 2.5);
  CHECK(exp2, exp2, 1.5);
  CHECK(expm1, expm1, 2);
  CHECK(log, log, 1.5);
  CHECK(log1p, log1p, 2);
  CHECK(tanh, tanh, 3);
  CHECK(erf, erf, 2);
  CHECK(rsqrt, rsqrt, 1.5);
  CHECK(sin, sin, 1);
  CHECK(cos, cos, 1);
  CHECK(floor, floor, 0);
  CHECK(ceil, ceil, 0);
  CHECK(trunc, trunc, 0);
  CHECK(roundeven, rint, 0);
  CHECK(round, round, 0);
  failures += check_pow(1);
  return failures != 0;
}
