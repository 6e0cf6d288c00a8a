/* Compares functions of f64 with libm's in long double, over numbers of every
 * size and over the edges; prints the largest error of each in units in the
 * last place, and fails where a bound is exceeded. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define N 4096
#define ROUNDS 100

typedef int kernel(const double *x, double *y);
typedef int kernel2(const double *x, const double *y, double *z);
typedef long double wide;

static double from_bits(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* The distance in units of the last place of the exact value. */
static double ulps(double got, wide want) {
  double rounded = (double)want;
  if (isnan(want) || isnan(got))
    return isnan(want) && isnan(got) ? 0 : INFINITY;
  if (isinf(rounded) || isinf(got))
    return rounded == got ? 0 : fabsl(want) > 1.7976e308L ? 1 : INFINITY;
  if (want == 0 && got == 0)
    return !signbit(got) == !signbit(want) ? 0 : INFINITY;
  int exponent;
  frexpl(want, &exponent);
  if (exponent < -1021)
    exponent = -1021;
  return (double)(fabsl(got - want) / ldexpl(1.0L, exponent - 53));
}

static wide rsqrt(wide x) { return 1 / sqrtl(x); }

static const double edges[] = {0.0,
                               -0.0,
                               1.0,
                               -1.0,
                               0.5,
                               -0.5,
                               1.5,
                               -1.5,
                               2.5,
                               3.5,
                               INFINITY,
                               -INFINITY,
                               NAN,
                               5e-324,
                               -5e-324,
                               2.2e-308,
                               1e308,
                               -1e308,
                               709.78,
                               709.79,
                               -708.4,
                               -745.1,
                               -745.2,
                               1e22,
                               1e300,
                               0x1p20,
                               0x1p52,
                               0x1p53,
                               0x1p-54,
                               0x1p-28,
                               0.84375,
                               26.5,
                               27.3,
                               -6.1,
                               1e-300,
                               100.0,
                               1000.0,
                               8.0,
                               1024.0,
                               0x1p-1000,
                               3.1415926535897931,
                               6381956970095103.0 * 0x1p797,
                               4503599627370495.5};
#define EDGES (int)(sizeof edges / sizeof *edges)

static uint64_t state = 1;
static uint64_t draw(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state ^ (state >> 29);
}

/* Numbers of any size, around 1, and of ordinary sizes. */
static double number(int round) {
  if (round % 3 == 0)
    return from_bits(draw());
  if (round % 3 == 1)
    return ((double)(draw() >> 11) * 0x1p-53 - 0.5) * 4;
  return ((double)(draw() >> 11) * 0x1p-53 - 0.5) * 1500;
}

struct worst {
  double error, x, y;
};

static void compare(struct worst *worst, double x, double y, double got,
                    wide want) {
  double error = ulps(got, want);
  if (!(error <= worst->error))
    *worst = (struct worst){error, x, y};
}

static int report(const char *name, struct worst worst, double bound) {
  int ok = worst.error <= bound;
  printf("%-9s %7.3f ulp at %a %a%s\n", name, worst.error, worst.x, worst.y,
         ok ? "" : " FAILED");
  return !ok;
}

static int check(const char *name, kernel *f, wide (*reference)(wide),
                 double bound) {
  static double x[N], y[N];
  struct worst worst = {0, 0, 0};
  for (int round = 0; round < ROUNDS; ++round) {
    for (int i = 0; i < N; ++i)
      x[i] = round == 0 ? edges[i % EDGES] : number(round);
    f(x, y);
    for (int i = 0; i < N; ++i)
      compare(&worst, x[i], 0, y[i], reference(x[i]));
  }
  return report(name, worst, bound);
}

static int check2(const char *name, kernel2 *f, wide (*reference)(wide, wide),
                  double bound) {
  static double x[N], y[N], z[N];
  struct worst worst = {0, 0, 0};
  for (int round = 0; round < ROUNDS; ++round) {
    for (int i = 0; i < N; ++i) {
      x[i] = round == 0 ? edges[i % EDGES] : number(round);
      y[i] = round == 0       ? edges[i / EDGES % EDGES]
             : round % 4 == 0 ? (double)((int)(draw() >> 60) - 8)
                              : number(round / 3);
    }
    f(x, y, z);
    for (int i = 0; i < N; ++i)
      compare(&worst, x[i], y[i], z[i], reference(x[i], y[i]));
  }
  return report(name, worst, bound);
}

#define CHECK(name, reference, bound)                                          \
  do {                                                                         \
    int f_##name(const double *x, double *y);                                  \
    failures += check(#name, f_##name, reference, bound);                      \
  } while (0)
#define CHECK2(name, reference, bound)                                         \
  do {                                                                         \
    int f_##name(const double *x, const double *y, double *z);                 \
    failures += check2(#name, f_##name, reference, bound);                     \
  } while (0)

int main(void) {
  int failures = 0;
  CHECK(exp, expl, 2);
  CHECK(exp2, exp2l, 2);
  CHECK(expm1, expm1l, 2);
  CHECK(log, logl, 2);
  CHECK(log2, log2l, 3);
  CHECK(log10, log10l, 3);
  CHECK(log1p, log1pl, 2);
  CHECK(sinh, sinhl, 4);
  CHECK(cosh, coshl, 4);
  CHECK(tanh, tanhl, 4);
  CHECK(asinh, asinhl, 4);
  CHECK(acosh, acoshl, 4);
  CHECK(atanh, atanhl, 4);
  CHECK(cbrt, cbrtl, 2);
  CHECK(rsqrt, rsqrt, 2);
  CHECK(erf, erfl, 3);
  CHECK(erfc, erfcl, 4);
  CHECK(sin, sinl, 3);
  CHECK(cos, cosl, 3);
  CHECK(tan, tanl, 4);
  CHECK(atan, atanl, 2);
  CHECK(asin, asinl, 4);
  CHECK(acos, acosl, 4);
  CHECK(floor, floorl, 0);
  CHECK(ceil, ceill, 0);
  CHECK(trunc, truncl, 0);
  CHECK(roundeven, rintl, 0);
  CHECK(round, roundl, 0);
  CHECK2(powf, powl, 2);
  CHECK2(atan2, atan2l, 3);
  return failures != 0;
}
