/* A second model written by hand as nnc's objects behave: one that keeps a
 * state, takes its weights from a file, and is compiled for one batch only.
 *
 *   state[b][i] += x[b][i] * weight[i],  y = state
 */
#include "tally.h"

#include <string.h>

#define TALLY_FINGERPRINT UINT64_C(0x7a11f00d)

static int check(const tally_args *args) {
  nnc_weights_header head;
  if (!args)
    return NNC_ERROR_NULL;
  if (args->signature != TALLY_SIGNATURE)
    return NNC_ERROR_SIGNATURE;
  if (args->batch != 0 && args->batch != TALLY_BATCH)
    return NNC_ERROR_BATCH;
  if (!args->workspace || !args->state || !args->x || !args->y)
    return NNC_ERROR_NULL;
  if (args->workspace_size < TALLY_WORKSPACE_SIZE)
    return NNC_ERROR_WORKSPACE;
  if (!args->weights || args->weights_size != TALLY_WEIGHTS_SIZE)
    return NNC_ERROR_WEIGHTS;
  memcpy(&head, args->weights, sizeof(head));
  return head.fingerprint == TALLY_FINGERPRINT ? NNC_OK : NNC_ERROR_WEIGHTS;
}

int tally_run(const tally_args *args) {
  const float *weights;
  float *state;
  int64_t i;
  int status = check(args);
  if (status != NNC_OK)
    return status;
  weights =
      (const float *)((const char *)args->weights + sizeof(nnc_weights_header));
  state = args->state;
  for (i = 0; i < args->batch * TALLY_X_SIZE; ++i) {
    state[i] += args->x[i] * weights[i % TALLY_X_SIZE];
    args->y[i] = state[i];
  }
  return NNC_OK;
}

void tally_prepare(void) {}

size_t tally_workspace_size(int threads) {
  (void)threads;
  return TALLY_WORKSPACE_SIZE;
}

void tally_reset(void *state, int64_t batch) {
  memset(state, 0, (size_t)batch * TALLY_STATE_SIZE);
}

static int run(const void *args) { return tally_run(args); }

static const int64_t shape[] = {4};
static const nnc_tensor inputs[] = {
    {"x", "x", shape, 1, NNC_FLOAT32, TALLY_X_SIZE},
};
static const nnc_tensor outputs[] = {
    {"y", "y", shape, 1, NNC_FLOAT32, TALLY_Y_SIZE},
};

const nnc_model tally_model = {
    NNC_ABI_MAJOR,
    NNC_ABI_MINOR,
    TALLY_SIGNATURE,
    "tally",
    TALLY_BATCH,
    TALLY_WORKSPACE_SIZE,
    TALLY_ALIGNMENT,
    TALLY_STATE_SIZE,
    TALLY_WEIGHTS_SIZE,
    TALLY_FINGERPRINT,
    1,
    1,
    inputs,
    outputs,
    run,
    tally_workspace_size,
    tally_reset,
    tally_prepare,
    NULL,
};
