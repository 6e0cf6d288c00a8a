/* What a program relies on when a model keeps a state: parts of a sequence give
 * what the whole gives, a state is bytes that may be copied, and a call that
 * fails leaves it as it was, whatever the batch, the threads, the steps.
 *
 *   whole: tokens [10] at once        parts: tokens [5] a call, stateful
 *   flow:  the same model as a stream
 */
#include "flow.h"
#include "parts.h"
#include "whole.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 11, STEPS = 10, HALF = STEPS / 2, UNITS = 6 };

static union {
  double align[8];
  unsigned char bytes[8 * (WHOLE_WORKSPACE_SIZE + PARTS_WORKSPACE_SIZE +
                           FLOW_WORKSPACE_SIZE) +
                      64];
} memory;
static union {
  double align[8];
  unsigned char bytes[(ROWS + 1) * (PARTS_STATE_SIZE + FLOW_STATE_SIZE) + 64];
} kept, saved;

static int32_t tokens[ROWS][STEPS];
static float want[ROWS][UNITS];
static int faults;

static void check(int good, const char *what) {
  if (good)
    return;
  printf("FAILED: %s\n", what);
  ++faults;
}

static unsigned char *align(unsigned char *bytes) {
  size_t over = (size_t)bytes % 64;
  return bytes + (over ? 64 - over : 0);
}

static void save(void) { memcpy(&saved, &kept, sizeof(kept)); }
static int is_as_saved(void) {
  return memcmp(&saved, &kept, sizeof(kept)) == 0;
}

/* Runs the tasks one after the other, the last first; with a context, only
 * some of them, and fails. */
static int run_tasks(void *context, void (*task)(void *data, int index),
                     void *data, int count) {
  while (count-- > 0)
    if (!context || count % 2)
      task(data, count);
  return context != NULL;
}

static void run_whole(void) {
  whole_args args = WHOLE_ARGS_INIT;
  args.batch = ROWS;
  args.workspace = align(memory.bytes);
  args.workspace_size = WHOLE_WORKSPACE_SIZE;
  args.tokens = tokens[0];
  args.output = want[0];
  check(whole_run(&args) == NNC_OK, "whole");
}

static parts_args parts(const int32_t *input, float *output, int64_t batch) {
  parts_args args = PARTS_ARGS_INIT;
  args.batch = batch;
  args.workspace = align(memory.bytes);
  args.workspace_size = PARTS_WORKSPACE_SIZE;
  args.state = align(kept.bytes);
  args.tokens = input;
  args.output = output;
  return args;
}

/* Both halves of all rows. */
static void test_parts(const nnc_parallel *parallel) {
  static int32_t halves[2][ROWS][HALF];
  static float got[ROWS][UNITS];
  parts_args args = parts(halves[0][0], got[0], ROWS);
  int row, step;
  for (row = 0; row < ROWS; ++row)
    for (step = 0; step < STEPS; ++step)
      halves[step / HALF][row][step % HALF] = tokens[row][step];
  if (parallel) {
    args.parallel = parallel;
    args.workspace_size = parts_workspace_size(parallel->threads);
    check(args.workspace_size < sizeof(memory), "workspace of threads");
  }
  parts_reset(args.state, ROWS);
  check(parts_run(&args) == NNC_OK, "first half");
  check(memcmp(got, want, sizeof(want)) != 0, "the second half matters");
  args.tokens = halves[1][0];
  check(parts_run(&args) == NNC_OK, "second half");
  check(memcmp(got, want, sizeof(want)) == 0, "halves give the whole");
}

static void test_failure(void) {
  static int32_t bad[ROWS][HALF];
  static float got[ROWS][UNITS];
  static unsigned char moved[sizeof(parts_args) + 128];
  parts_args args = parts(bad[0], got[0], ROWS);
  nnc_parallel parallel;
  memset(&parallel, 0, sizeof(parallel));
  parallel.threads = 3;
  parallel.run = run_tasks;

  check(parts_run(&args) == NNC_OK, "good tokens");
  save();
  bad[ROWS - 1][HALF - 1] = 99;
  check(parts_run(&args) == NNC_ERROR_INDEX, "an index outside the table");
  check(is_as_saved(), "an index leaves the state");
  args.parallel = &parallel;
  args.workspace_size = parts_workspace_size(3);
  check(parts_run(&args) == NNC_ERROR_INDEX, "an index on a thread");
  check(is_as_saved(), "an index on a thread leaves the state");
  bad[ROWS - 1][HALF - 1] = 1;
  parallel.context = &parallel;
  check(parts_run(&args) == NNC_ERROR_PARALLEL, "threads that fail");
  check(is_as_saved(), "threads that fail leave the state");
  parallel.context = NULL;
  args.state = NULL;
  check(parts_run(&args) == NNC_ERROR_NULL, "no state");
  args.state = align(kept.bytes) + 4;
  check(parts_run(&args) == NNC_ERROR_ALIGNMENT, "a state not aligned");
  args.state = align(kept.bytes);
  args.output = (float *)args.state;
  check(parts_run(&args) == NNC_ERROR_OVERLAP, "an output in the state");
  args.output = (float *)(void *)&args.state;
  check(parts_run(&args) == NNC_ERROR_OVERLAP, "an output in the arguments");
  args.parallel = &parallel;
  args.output = (float *)(void *)&parallel.threads;
  check(parts_run(&args) == NNC_ERROR_OVERLAP, "an output in the threads");
  args.parallel = NULL;
  memcpy(align(moved) + 1, &args, sizeof(args));
  check(parts_run((const parts_args *)(void *)(align(moved) + 1)) ==
            NNC_ERROR_ALIGNMENT,
        "arguments not aligned");
  args.output = got[0];
  args.batch = 0;
  check(parts_run(&args) == NNC_OK, "no samples");
  check(is_as_saved(), "arguments leave the state");
}

/* A stream is saved, goes on in another row, and starts anew. */
static void test_copies(void) {
  float first[2][UNITS], second[UNITS];
  unsigned char *state = align(kept.bytes);
  parts_args args = parts(tokens[0], first[0], 1);
  parts_reset(state, 2);
  check(parts_run(&args) == NNC_OK, "to fork");
  memcpy(state + PARTS_STATE_SIZE, state, PARTS_STATE_SIZE);
  args = parts(tokens[0], first[0], 2);
  check(parts_run(&args) == NNC_OK, "both forks");
  parts_reset(state, 1);
  args = parts(tokens[0], second, 1);
  check(parts_run(&args) == NNC_OK, "anew");
  args.state = NULL;
  parts_reset(NULL, 1);
  parts_reset(state, 0);
  args.state = state + PARTS_STATE_SIZE;
  if ((size_t)args.state % PARTS_ALIGNMENT == 0)
    check(parts_run(&args) == NNC_OK, "one row alone");
}

static flow_args flow(int64_t batch, int64_t steps, const int32_t *input,
                      float *output) {
  flow_args args = FLOW_ARGS_INIT;
  check(args.steps == 1, "one step by default");
  args.batch = batch;
  args.steps = steps;
  args.workspace = align(memory.bytes);
  args.workspace_size = FLOW_WORKSPACE_SIZE;
  args.state = align(kept.bytes);
  args.tokens = input;
  args.output = output;
  return args;
}

/* Blocks of 1, 3 and what is left; the last value is that of the last step. */
static void test_flow(void) {
  static float got[ROWS][UNITS];
  static int32_t block[ROWS][STEPS];
  int64_t done = 0;
  flow_reset(align(kept.bytes), ROWS);
  while (done < STEPS) {
    int64_t steps = done == 0 ? 1 : done == 1 ? 3 : STEPS - done;
    int32_t *next = block[0];
    flow_args args = flow(ROWS, steps, block[0], got[0]);
    int row, step;
    for (row = 0; row < ROWS; ++row)
      for (step = 0; step < steps; ++step)
        *next++ = tokens[row][done + step];
    check(flow_run(&args) == NNC_OK, "a block");
    done += steps;
  }
  check(memcmp(got, want, sizeof(want)) == 0, "blocks give the whole");
}

static void test_flow_failure(void) {
  static float got[ROWS][UNITS];
  static int32_t bad[ROWS][STEPS];
  flow_args args = flow(ROWS, STEPS, bad[0], got[0]);
  save();
  bad[ROWS - 1][STEPS / 2] = -1;
  check(flow_run(&args) == NNC_ERROR_INDEX, "an index in a stream");
  args.steps = -1;
  check(flow_run(&args) == NNC_ERROR_STEPS, "negative steps");
  args.steps = INT64_MAX;
  check(flow_run(&args) == NNC_ERROR_STEPS, "too many steps");
  args.steps = 0;
  args.tokens = NULL;
  check(flow_run(&args) == NNC_OK, "no steps");
  check(is_as_saved(), "a stream's errors leave the state");
}

int main(void) {
  nnc_parallel parallel;
  int row, step;
  memset(&parallel, 0, sizeof(parallel));
  parallel.threads = 3;
  parallel.run = run_tasks;
  for (row = 0; row < ROWS; ++row)
    for (step = 0; step < STEPS; ++step)
      tokens[row][step] = (row * 7 + step * 3) % 10;
  check(flow_model.state_size == FLOW_STATE_SIZE, "the size of the state");
  check(flow_model.reset == flow_reset && !whole_model.reset, "reset");
  check(flow_model.inputs[0].rank == 1 && flow_model.inputs[0].shape[0] == -1 &&
            flow_model.inputs[0].size == 1 && flow_model.outputs[0].rank == 1,
        "shapes of a stream");
  run_whole();
  test_parts(NULL);
  test_parts(&parallel);
  test_failure();
  test_copies();
  test_flow();
  test_flow_failure();
  return faults != 0;
}
