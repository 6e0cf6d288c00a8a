/* Runs a model on another machine than this one: under an emulator, or, as
 * WebAssembly, called by target_runner.mjs. The memory of a call is one block:
 * inputs, outputs, workspace and state, each tensor at the next multiple of 64
 * bytes; inputs and outputs lie so in the files, too.
 *
 *   target_runner BATCH CALLS INPUTS OUTPUTS
 *
 * makes CALLS calls, between which the state is kept. A model without state is
 * called once more with three threads, whose tasks come in reverse, and must
 * give the same bits.
 */
#include "nnc/abi.h"

#define ALIGNMENT 64
#define MAX_POINTERS 256
#define THREADS 3

enum { OTHER_BITS = 100, TOO_MANY_POINTERS = 101 };

extern const nnc_model m_model;

/* The head of every model's args, and then its pointers. */
typedef struct call {
  nnc_args head;
  void *pointers[MAX_POINTERS];
} call;

int32_t runner_inputs(int32_t batch);
int32_t runner_outputs(int32_t batch);
int32_t runner_memory(int32_t batch);
int32_t runner_call(int32_t batch, int32_t calls, char *memory);

static size_t round_up(size_t bytes) {
  return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static size_t element_bytes(int32_t dtype) {
  switch (dtype) {
  case NNC_FLOAT64:
  case NNC_INT64:
  case NNC_UINT64:
    return 8;
  case NNC_FLOAT32:
  case NNC_INT32:
  case NNC_UINT32:
    return 4;
  case NNC_INT8:
  case NNC_UINT8:
  case NNC_BOOL:
    return 1;
  default:
    return 2;
  }
}

static size_t tensor_bytes(const nnc_tensor *tensor, int32_t batch) {
  return (size_t)batch * (size_t)tensor->size * element_bytes(tensor->dtype);
}

static size_t all_bytes(const nnc_tensor *tensors, int32_t count,
                        int32_t batch) {
  size_t bytes = 0;
  for (int32_t i = 0; i < count; ++i)
    bytes += round_up(tensor_bytes(&tensors[i], batch));
  return bytes;
}

int32_t runner_inputs(int32_t batch) {
  return (int32_t)all_bytes(m_model.inputs, m_model.input_count, batch);
}

int32_t runner_outputs(int32_t batch) {
  return (int32_t)all_bytes(m_model.outputs, m_model.output_count, batch);
}

int32_t runner_memory(int32_t batch) {
  size_t workspace = m_model.workspace_size_for(THREADS);
  size_t state = (size_t)batch * m_model.state_size;
  return (int32_t)(round_up(workspace) + round_up(state)) +
         runner_inputs(batch) + 2 * runner_outputs(batch);
}

static int run_reversed(void *context, void (*task)(void *data, int index),
                        void *data, int count) {
  (void)context;
  while (count-- > 0)
    task(data, count);
  return 0;
}

/* Points at the tensors from `memory` on; returns the end of the last. */
static char *point(void **pointers, const nnc_tensor *tensors, int32_t count,
                   int32_t batch, char *memory) {
  for (int32_t i = 0; i < count; ++i) {
    pointers[i] = memory;
    memory += round_up(tensor_bytes(&tensors[i], batch));
  }
  return memory;
}

static int is_equal(const char *a, const char *b, size_t size) {
  for (size_t i = 0; i < size; ++i)
    if (a[i] != b[i])
      return 0;
  return 1;
}

/* The same once more with `parallel`, its outputs at `again`. */
static int check_parallel(call args, int32_t batch, char *again) {
  const nnc_parallel parallel = {NULL, THREADS, run_reversed};
  void *first[MAX_POINTERS];
  void **outputs = args.pointers + m_model.input_count;
  for (int32_t i = 0; i < m_model.output_count; ++i)
    first[i] = outputs[i];
  point(outputs, m_model.outputs, m_model.output_count, batch, again);
  args.head.parallel = &parallel;
  args.head.workspace_size = m_model.workspace_size_for(THREADS);
  int status = m_model.run(&args);
  for (int32_t i = 0; i < m_model.output_count && status == NNC_OK; ++i)
    if (!is_equal(first[i], outputs[i],
                  tensor_bytes(&m_model.outputs[i], batch)))
      status = OTHER_BITS;
  return status;
}

int32_t runner_call(int32_t batch, int32_t calls, char *memory) {
  call args = {{m_model.signature, batch, NULL, m_model.workspace_size, NULL,
                NULL, 0, NULL},
               {NULL}};
  if (m_model.input_count + m_model.output_count > MAX_POINTERS)
    return TOO_MANY_POINTERS;
  char *outputs =
      point(args.pointers, m_model.inputs, m_model.input_count, batch, memory);
  char *again = point(args.pointers + m_model.input_count, m_model.outputs,
                      m_model.output_count, batch, outputs);
  args.head.workspace = again + runner_outputs(batch);
  if (m_model.state_size) {
    args.head.state = (char *)args.head.workspace +
                      round_up(m_model.workspace_size_for(THREADS));
    m_model.reset(args.head.state, batch);
  }
  int status = NNC_OK;
  for (int32_t i = 0; i < calls && status == NNC_OK; ++i)
    status = m_model.run(&args);
  if (status == NNC_OK && !m_model.state_size)
    status = check_parallel(args, batch, again);
  return status;
}

#ifdef __wasm__

/* What the model may call, each one instruction. */
void *memcpy(void *to, const void *from, size_t size) {
  return __builtin_memcpy(to, from, size);
}

void *memmove(void *to, const void *from, size_t size) {
  return __builtin_memmove(to, from, size);
}

void *memset(void *to, int value, size_t size) {
  return __builtin_memset(to, value, size);
}

#else

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  if (argc != 5)
    return 2;
  int32_t batch = (int32_t)strtol(argv[1], NULL, 10);
  int32_t calls = (int32_t)strtol(argv[2], NULL, 10);
  size_t inputs = (size_t)runner_inputs(batch);
  size_t outputs = (size_t)runner_outputs(batch);
  char *memory = aligned_alloc(ALIGNMENT, (size_t)runner_memory(batch));
  FILE *in = fopen(argv[3], "rb"), *out = fopen(argv[4], "wb");
  if (!memory || !in || !out || fread(memory, 1, inputs, in) != inputs ||
      fgetc(in) != EOF) {
    fputs("the memory or the files are not as they should be\n", stderr);
    return 2;
  }
  int32_t status = runner_call(batch, calls, memory);
  if (status != NNC_OK) {
    fprintf(stderr, "status %d: %s\n", (int)status, nnc_status_string(status));
    return 1;
  }
  size_t written = fwrite(memory + inputs, 1, outputs, out);
  return fclose(out) == 0 && written == outputs ? 0 : 2;
}

#endif
