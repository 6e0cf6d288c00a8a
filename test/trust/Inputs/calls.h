/* A call of any model, learnt from its nnc_model: memory of the right sizes,
 * and inputs that depend on nothing but a seed. What the programs of this
 * folder have in common. */
#ifndef NNC_TEST_TRUST_CALLS_H
#define NNC_TEST_TRUST_CALLS_H

#include "nnc/runtime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TENSORS = 4 };

typedef struct call {
  const nnc_model *model;
  nnc_args *args;
  int64_t steps;               /* 1, of a stream any number */
  void *buffers[MOST_TENSORS]; /* inputs, then outputs */
  size_t bytes[MOST_TENSORS];
  int inputs, count;
  size_t state_bytes;
} call;

static void expect(int condition, const char *model, const char *what) {
  if (condition)
    return;
  fprintf(stderr, "failed: %s: %s\n", model, what);
  exit(1);
}

/* An LCG's upper bits. */
static inline uint32_t draw(uint64_t *seed) {
  *seed = *seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*seed >> 32);
}

static inline const nnc_tensor *tensor_of(const nnc_model *model, int index) {
  return index < model->input_count
             ? &model->inputs[index]
             : &model->outputs[index - model->input_count];
}

/* Memory whose very last byte is that of the allocation, so that a sanitizer
 * sees the first one behind it. */
static void *allocate(size_t bytes) {
  void *memory = NULL;
  if (posix_memalign(&memory, 64, bytes ? bytes : 1) != 0)
    abort();
  memset(memory, 0, bytes);
  return memory;
}

/* Numbers between -1 and 1, or indices below `limit`. */
static inline void fill(const nnc_tensor *tensor, void *data, size_t bytes,
                        uint64_t seed, int32_t limit) {
  size_t i;
  for (i = 0; i < bytes / 4; ++i) {
    if (tensor->dtype == NNC_INT32)
      ((int32_t *)data)[i] = (int32_t)(draw(&seed) % (uint32_t)limit);
    else
      ((float *)data)[i] = (float)(int32_t)draw(&seed) / 2147483648.0f;
  }
}

static inline call make_call(const nnc_model *model, int64_t batch,
                             int64_t steps, int threads) {
  call made = {.model = model, .steps = 1};
  int i;
  expect(nnc_model_check(model) == NULL, model->name, "its description");
  made.args = allocate(nnc_args_size(model));
  nnc_args_init(made.args, model);
  made.args->batch = batch;
  if (nnc_model_is_stream(model))
    *nnc_args_steps(made.args, model) = made.steps = steps;
  made.args->workspace_size = model->workspace_size_for(threads);
  made.args->workspace = allocate(made.args->workspace_size);
  made.state_bytes = model->state_size * (size_t)batch;
  if (model->state_size) {
    made.args->state = allocate(made.state_bytes);
    model->reset(made.args->state, batch);
  }
  made.inputs = model->input_count;
  made.count = model->input_count + model->output_count;
  for (i = 0; i < made.count; ++i) {
    const nnc_tensor *tensor = tensor_of(model, i);
    int stepped = tensor->rank > 0 && tensor->shape[0] < 0;
    made.bytes[i] = nnc_dtype_size(tensor->dtype) * (size_t)tensor->size *
                    (size_t)(batch * (stepped ? made.steps : 1));
    made.buffers[i] = allocate(made.bytes[i]);
    nnc_args_buffers(made.args)[i] = made.buffers[i];
    if (i < made.inputs)
      fill(tensor, made.buffers[i], made.bytes[i], 1, 50);
  }
  return made;
}

static inline void free_call(call *made) {
  int i;
  for (i = 0; i < made->count; ++i)
    free(made->buffers[i]);
  free(made->args->workspace);
  free(made->args->state);
  free(made->args);
}

/* A parallel-for that runs the tasks on the calling thread, the last first. */
static inline int run_backwards(void *context,
                                void (*task)(void *data, int index), void *data,
                                int count) {
  (void)context;
  while (count-- > 0)
    task(data, count);
  return 0;
}

#endif
