/* silence: how long a block takes when it gets quiet. A stream at 48 kHz gets a
 * second of noise and then ten of silence, in blocks of 64 samples: its state
 * fades through the numbers with fewer digits (denormals), with which some
 * processors compute many times slower. Once as the program starts, and once
 * with such numbers flushed to zero, as audio hosts have it. nnc leaves the
 * choice to the caller: it reads and writes no mode of the processor.
 *
 * Times are compared within one run, and as medians, since anything may happen
 * to a block on a busy machine: the worst ones are only printed. That silence
 * costs nothing is expected of flushed numbers only; what the others cost is
 * the processor's. */
#define _POSIX_C_SOURCE 200809L
#include "fading.h"

#include "calls.h"

#include <fenv.h>
#include <math.h>
#include <time.h>
#ifdef __SSE__
#include <xmmintrin.h>
#endif

enum { RATE = 48000, BLOCK = 64, LOUD = RATE / BLOCK, ALL = 11 * LOUD };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* The median; the blocks are sorted afterwards. */
static double print_times(const char *what, double *blocks, int count) {
  qsort(blocks, (size_t)count, sizeof(*blocks), ascending);
  printf("%s: median %.1f us, p99 %.1f us, worst %.1f us\n", what,
         blocks[count / 2], blocks[count - 1 - count / 100], blocks[count - 1]);
  return blocks[count / 2];
}

/* The numbers of the state that are neither zero nor as long as others. */
static int count_denormals(const call *stream) {
  const float *state = stream->args->state;
  int found = 0;
  size_t i;
  for (i = 0; i < stream->state_bytes / sizeof(float); ++i)
    found += fpclassify(state[i]) == FP_SUBNORMAL;
  return found;
}

/* How much longer a silent block takes than a loud one. */
static double play(const char *mode, int *denormals) {
  static double times[ALL];
  call stream = make_call(&fading_model, 1, BLOCK, 1);
  float *input = stream.buffers[0];
  double loud, silent;
  int block, i;
  fading_prepare();
  for (block = 0; block < ALL; ++block) {
    double start;
    fill(&fading_model.inputs[0], input, stream.bytes[0], (uint64_t)block, 1);
    if (block >= LOUD)
      memset(input, 0, stream.bytes[0]);
    start = now();
    expect(fading_model.run(stream.args) == NNC_OK, "fading", "a block");
    times[block] = now() - start;
    for (i = 0; i < BLOCK; ++i)
      expect(isfinite(((float *)stream.buffers[1])[i]) != 0, "fading",
             "a finite number");
    *denormals += count_denormals(&stream);
  }
  printf("%s\n", mode);
  loud = print_times("  loud", times, LOUD);
  silent = print_times("  silent", times + LOUD, ALL - LOUD);
  printf("  silence takes %.2f of the time\n", silent / loud);
  free_call(&stream);
  return silent / loud;
}

int main(void) {
  int kept = 0, flushed = 0;
  (void)play("denormals kept", &kept);
#ifdef __SSE__
  _mm_setcsr(_mm_getcsr() | 0x8040); /* flush to zero, denormals are zero */
  expect(play("denormals flushed", &flushed) < 3, "fading",
         "silence takes no longer");
  expect((_mm_getcsr() & 0x8040) == 0x8040, "fading", "the mode stays");
#endif
  expect(kept > 0, "fading", "the state fades through denormals");
  expect(flushed == 0, "fading", "denormals are flushed");
  return 0;
}
