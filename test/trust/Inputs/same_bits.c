/* same_bits: each model's samples give the same bits whatever else happens:
 * alone or at any place of a batch, on 1, 2 or 4 threads, in a workspace that
 * holds anything, a hundred times over.
 *
 * What is wanted of a sample is what it gives in a batch of its own. */
#include "models.h"

enum { BATCH = 11, STEPS = 5 };

static size_t sample_bytes(const call *made, int index) {
  return made->bytes[index] / (size_t)made->args->batch;
}

static void run(call *made, const char *what) {
  if (made->model->state_size)
    made->model->reset(made->args->state, made->args->batch);
  expect(made->model->run(made->args) == NNC_OK, made->model->name, what);
}

/* What each sample of `made` gives alone, in `wanted`. */
static void run_alone(const call *made, char *wanted[MOST_TENSORS]) {
  call one = make_call(made->model, 1, STEPS, 1);
  int sample, i;
  for (sample = 0; sample < made->args->batch; ++sample) {
    for (i = 0; i < made->count; ++i) {
      size_t bytes = sample_bytes(made, i);
      const char *from = (const char *)made->buffers[i] + sample * bytes;
      if (i < made->inputs)
        memcpy(one.buffers[i], from, bytes);
    }
    run(&one, "one sample");
    for (i = made->inputs; i < made->count; ++i) {
      size_t bytes = sample_bytes(made, i);
      memcpy(wanted[i] + sample * bytes, one.buffers[i], bytes);
    }
  }
  free_call(&one);
}

/* Runs `made` and compares; every other byte that the call may use or write has
 * another value than the last time. */
static void run_again(call *made, char *const wanted[MOST_TENSORS], int value,
                      const char *what) {
  int i;
  memset(made->args->workspace, value, made->args->workspace_size);
  for (i = made->inputs; i < made->count; ++i)
    memset(made->buffers[i], value, made->bytes[i]);
  run(made, what);
  for (i = made->inputs; i < made->count; ++i)
    expect(memcmp(made->buffers[i], wanted[i], made->bytes[i]) == 0,
           made->model->name, what);
}

/* Lets all samples move up by one place. */
static void rotate(const call *made, char *wanted[MOST_TENSORS]) {
  int i;
  for (i = 0; i < made->count; ++i) {
    size_t bytes = sample_bytes(made, i);
    char *data = i < made->inputs ? made->buffers[i] : wanted[i];
    char *last = allocate(bytes);
    memcpy(last, data + (BATCH - 1) * bytes, bytes);
    memmove(data + bytes, data, (BATCH - 1) * bytes);
    memcpy(data, last, bytes);
    free(last);
  }
}

static void test_model(const nnc_model *model, nnc_parallel *const pools[3]) {
  static const char *const names[] = {"a batch", "on 2 threads",
                                      "on 4 threads"};
  static const int runs[] = {40, 30, 30}; /* threads that wait take time */
  char *wanted[MOST_TENSORS];
  int kind, i;
  for (kind = 0; kind < 3; ++kind) {
    int threads = pools[kind] ? pools[kind]->threads : 1;
    call many = make_call(model, BATCH, STEPS, threads);
    call one = make_call(model, 1, STEPS, threads);
    for (i = 0; i < many.count; ++i)
      wanted[i] = allocate(many.bytes[i]);
    run_alone(&many, wanted);
    many.args->parallel = one.args->parallel = pools[kind];
    for (i = 0; i < runs[kind]; ++i) {
      run_again(&many, wanted, i, names[kind]);
      rotate(&many, wanted);
    }
    run_alone(&one, wanted);
    for (i = 0; i < runs[kind] / 3; ++i)
      run_again(&one, wanted, 255 - i, names[kind]);
    for (i = 0; i < many.count; ++i)
      free(wanted[i]);
    free_call(&many);
    free_call(&one);
  }
}

int main(void) {
  nnc_parallel *pools[3] = {NULL, nnc_pool_create(2), nnc_pool_create(4)};
  int i;
  expect(pools[1] && pools[2], "the runtime", "a pool");
  for (i = 0; i < MODELS; ++i)
    test_model(models[i], pools);
  nnc_pool_destroy(pools[1]);
  nnc_pool_destroy(pools[2]);
  return 0;
}
