/* A model written by hand as nnc's objects behave, for the tests of the
 * runtime, of model.hpp and of nnc-run: two inputs, two outputs, an embedding
 * that can be addressed outside its table, work for a parallel-for, and the
 * counters of a profile.
 *
 *   y[b][r][c] = x[b][r][c] * scale[ids[b][r]],  total[b] = the sum of y[b]
 */
#include "pair.h"

#include <time.h>

enum { ROWS = 2, COLUMNS = 3, TABLE = 4, PAIR_COUNTERS = 64 };

static const float scale[TABLE] = {1.0f, 2.0f, -0.5f, 10.0f};

static int overlap(const void *a, size_t a_size, const void *b, size_t b_size) {
  uintptr_t a_begin = (uintptr_t)a, b_begin = (uintptr_t)b;
  return a_begin < b_begin + b_size && b_begin < a_begin + a_size;
}

static int check(const pair_args *args) {
  size_t batch;
  size_t threads;
  if (!args)
    return NNC_ERROR_NULL;
  if (args->signature != PAIR_SIGNATURE)
    return NNC_ERROR_SIGNATURE;
  if (args->batch < 0 || args->batch > INT32_MAX)
    return NNC_ERROR_BATCH;
  if (!args->workspace || !args->x || !args->ids || !args->y || !args->total)
    return NNC_ERROR_NULL;
  if ((uintptr_t)args->workspace % PAIR_ALIGNMENT != 0)
    return NNC_ERROR_ALIGNMENT;
  threads = args->parallel ? (size_t)args->parallel->threads : 1;
  if (args->workspace_size < PAIR_WORKSPACE_SIZE * threads)
    return NNC_ERROR_WORKSPACE;
  batch = (size_t)args->batch;
  if (overlap(args->y, batch * PAIR_Y_SIZE * sizeof(float), args->x,
              batch * PAIR_X_SIZE * sizeof(float)))
    return NNC_ERROR_OVERLAP;
  return NNC_OK;
}

static void run_sample(void *data, int index) {
  const pair_args *args = data;
  const float *x = args->x + (size_t)index * PAIR_X_SIZE;
  const int32_t *ids = args->ids + (size_t)index * PAIR_IDS_SIZE;
  float *y = args->y + (size_t)index * PAIR_Y_SIZE;
  float total = 0.0f;
  int row, column;
  for (row = 0; row < ROWS; ++row) {
    for (column = 0; column < COLUMNS; ++column) {
      float value = x[row * COLUMNS + column] * scale[ids[row]];
      y[row * COLUMNS + column] = value;
      total += value;
    }
  }
  args->total[index] = total;
}

/* Three quarters of the time go into the first section. */
static void count_run(const pair_args *args) {
  uint64_t *counters =
      (uint64_t *)(void *)((char *)args->workspace + PAIR_COUNTERS);
  counters[0] += 1;
  counters[1] += 300;
  counters[2] += 100;
}

int pair_run(const pair_args *args) {
  int64_t i;
  int status = check(args);
  if (status != NNC_OK)
    return status;
  count_run(args);
  for (i = 0; i < args->batch * PAIR_IDS_SIZE; ++i)
    if (args->ids[i] < 0 || args->ids[i] >= TABLE)
      return NNC_ERROR_INDEX;
  if (args->parallel) {
    pair_args copy = *args;
    status = args->parallel->run(args->parallel->context, run_sample, &copy,
                                 (int)args->batch);
    return status == 0 ? NNC_OK : NNC_ERROR_PARALLEL;
  }
  for (i = 0; i < args->batch; ++i) {
    pair_args copy = *args;
    run_sample(&copy, (int)i);
  }
  return NNC_OK;
}

void pair_prepare(void) {}

size_t pair_workspace_size(int threads) {
  return PAIR_WORKSPACE_SIZE * (size_t)(threads > 0 ? threads : 1);
}

static int run(const void *args) { return pair_run(args); }

static const int64_t matrix[] = {ROWS, COLUMNS};
static const int64_t vector[] = {ROWS};
static const int64_t one[] = {1};
static const nnc_tensor inputs[] = {
    {"x", "features/x", matrix, 2, NNC_FLOAT32, PAIR_X_SIZE},
    {"ids", "ids", vector, 1, NNC_INT32, PAIR_IDS_SIZE},
};
static const nnc_tensor outputs[] = {
    {"y", "scaled \"y\"", matrix, 2, NNC_FLOAT32, PAIR_Y_SIZE},
    {"total", "total", one, 1, NNC_FLOAT32, PAIR_TOTAL_SIZE},
};

static uint64_t ticks(void) { return (uint64_t)clock(); }

/* Names as a hostile author would choose them. */
static const nnc_section sections[] = {
    {"scale<'1'> & \"co\"", "Embedding", "", 12, 60, 16},
    {"total\n\x1b[31m", "", "flatten, cast", 0, 28, 0},
};
static const nnc_profile profile = {ticks, PAIR_COUNTERS, 2, sections,
                                    "{\"note\": \"</script>\"}"};

const nnc_model pair_model = {
    NNC_ABI_MAJOR,
    NNC_ABI_MINOR,
    PAIR_SIGNATURE,
    "pair",
    0,
    PAIR_WORKSPACE_SIZE,
    PAIR_ALIGNMENT,
    0,
    0,
    0,
    2,
    2,
    inputs,
    outputs,
    run,
    pair_workspace_size,
    NULL,
    pair_prepare,
    &profile,
};
