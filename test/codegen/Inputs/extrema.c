/* Looks at the bits of each result of extrema-of-constants.mlir. */
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef float V __attribute__((vector_size(16)));

float relu(float);
float max_negative_zero(float);
float min_zero(float);
float min_negative_zero(float);
V clip(V);

static int failures;

static void check(const char *what, float x, float found, float expected) {
  if (isnan(expected) ? isnan(found)
                      : memcmp(&found, &expected, sizeof found) == 0)
    return;
  printf("%s(%g) is %g instead of %g\n", what, x, found, expected);
  ++failures;
}

static float larger(float x, float y) {
  if (isnan(x) || x == y)
    return isnan(x) || !signbit(x) ? x : y;
  return x > y ? x : y;
}

static float smaller(float x, float y) {
  if (isnan(x) || x == y)
    return isnan(x) || signbit(x) ? x : y;
  return x < y ? x : y;
}

int main(void) {
  const float values[] = {0.0f, -0.0f,    1.0f,      -1.0f,  -1.5f,
                          6.0f, INFINITY, -INFINITY, 1e-45f, -1e-45f,
                          7.0f, -2.0f,    NAN,       -NAN};
  for (unsigned i = 0; i < sizeof values / sizeof *values; ++i) {
    float x = values[i];
    check("relu", x, relu(x), larger(x, 0.0f));
    check("max_negative_zero", x, max_negative_zero(x), larger(x, -0.0f));
    check("min_zero", x, min_zero(x), smaller(x, 0.0f));
    check("min_negative_zero", x, min_negative_zero(x), smaller(x, -0.0f));
    V result = clip((V){x, x, x, x});
    check("clip", x, result[0], smaller(larger(x, -1.5f), 6.0f));
  }
  return failures != 0;
}
