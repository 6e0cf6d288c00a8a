/* Runs the model of tiny.mlir: numbers against a plain evaluation, the same
 * bits for any batch, position and thread count, every status of a wrong call,
 * and nothing written by one. EXTERNAL: weights come from the file argv[1]. */
#include "nnc/abi.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tiny_args {
  nnc_args head;
  const float *x;
  float *probs;
  float *hidden;
} tiny_args;

int tiny_run(const tiny_args *args);
void tiny_prepare(void);
size_t tiny_workspace_size(int threads);
extern const nnc_model tiny_model;

#define BATCH 23
#define THREADS 5

static _Alignas(64) char workspace[1 << 16];
static _Alignas(64) char weights[1 << 16];
static size_t weights_size;
static float x[BATCH][5], probs[BATCH][3], hidden[BATCH][7];
static int failures;

static void expect(int ok, const char *what) {
  if (!ok) {
    printf("failed: %s\n", what);
    ++failures;
  }
}

static float weight(int i, int modulus, int offset) {
  return (float)((i * 37) % modulus - offset) / 8;
}

static void reference(const float *in, double *p, double *h) {
  double sum = 0, logits[3];
  for (int j = 0; j < 7; ++j) {
    h[j] = weight(j, 5, 2);
    for (int i = 0; i < 5; ++i)
      h[j] += (double)in[i] * weight(i * 7 + j, 11, 5);
    h[j] = h[j] > 0 ? h[j] : 0;
  }
  for (int j = 0; j < 3; ++j) {
    logits[j] = 0;
    for (int i = 0; i < 7; ++i)
      logits[j] += h[i] * weight(i * 3 + j, 7, 3);
    sum += p[j] = exp(logits[j]);
  }
  for (int j = 0; j < 3; ++j)
    p[j] /= sum;
}

static tiny_args make(int64_t batch) {
  tiny_args args = {{tiny_model.signature, batch, workspace, sizeof workspace,
                     NULL, NULL, 0, NULL},
                    x[0],
                    probs[0],
                    hidden[0]};
  if (weights_size) {
    args.head.weights = weights;
    args.head.weights_size = weights_size;
  }
  return args;
}

static void check_numbers(void) {
  for (int s = 0; s < BATCH; ++s)
    for (int i = 0; i < 5; ++i)
      x[s][i] = sinf((float)(s * 5 + i));
  tiny_args args = make(BATCH);
  expect(tiny_run(&args) == 0, "a batch runs");
  for (int s = 0; s < BATCH; ++s) {
    double p[3], h[7];
    reference(x[s], p, h);
    for (int j = 0; j < 3; ++j)
      expect(fabs(p[j] - probs[s][j]) < 1e-6, "probabilities");
    for (int j = 0; j < 7; ++j)
      expect(fabs(h[j] - hidden[s][j]) < 1e-5, "hidden values");
  }
}

/* Calls the tasks backwards, as a pool might. */
static int backwards(void *context, void (*task)(void *, int), void *data,
                     int count) {
  ++*(int *)context;
  while (count--)
    task(data, count);
  return 0;
}

static int forgetful(void *context, void (*task)(void *, int), void *data,
                     int count) {
  (void)context;
  for (int i = 1; i < count; ++i)
    task(data, i);
  return 0;
}

static int failing(void *context, void (*task)(void *, int), void *data,
                   int count) {
  (void)context, (void)task, (void)data, (void)count;
  return -1;
}

static void check_bits(void) {
  float probs_before[BATCH][3], hidden_before[BATCH][7];
  memcpy(probs_before, probs, sizeof probs);
  memcpy(hidden_before, hidden, sizeof hidden);
  for (int threads = 0; threads <= THREADS; ++threads)
    for (int64_t batch = 1; batch <= BATCH; ++batch) {
      int calls = 0;
      nnc_parallel parallel = {&calls, threads, backwards};
      memset(probs, 0xFF, sizeof probs);
      tiny_args args = make(batch);
      args.head.parallel = threads ? &parallel : NULL;
      args.head.workspace_size = tiny_workspace_size(threads);
      expect(tiny_run(&args) == 0, "any batch on any number of threads");
      expect(calls == (threads > 1 && batch > 4), "one parallel-for a call");
      size_t samples = (size_t)batch;
      expect(!memcmp(probs, probs_before, samples * sizeof *probs), "bits");
      expect(!memcmp(hidden, hidden_before, samples * sizeof *hidden), "bits");
      expect(batch == BATCH || ((unsigned char *)probs[batch])[0] == 0xFF,
             "nothing beyond the batch is written");
    }
}

#define EXPECT_STATUS(status, change)                                          \
  do {                                                                         \
    tiny_args args = make(3);                                                  \
    change;                                                                    \
    memset(probs, 0x55, sizeof probs);                                         \
    expect(tiny_run(&args) == (status), #status ": " #change);                 \
    expect(((char *)probs)[0] == 0x55, "nothing is written: " #change);        \
  } while (0)

static void check_statuses(void) {
  nnc_parallel none = {NULL, 0, backwards}, null = {NULL, 2, NULL};
  nnc_parallel many = {NULL, 1 << 30, backwards},
               most = {NULL, 2147483647, backwards};
  expect(tiny_run(NULL) == NNC_ERROR_NULL, "no args");
  EXPECT_STATUS(NNC_ERROR_SIGNATURE, args.head.signature ^= 1);
  EXPECT_STATUS(NNC_OK, args.head.batch = 0);
  EXPECT_STATUS(NNC_OK, (args.head.batch = 0, args.x = NULL));
  EXPECT_STATUS(NNC_ERROR_BATCH, args.head.batch = -1);
  EXPECT_STATUS(NNC_ERROR_BATCH, args.head.batch = INT64_MAX);
  EXPECT_STATUS(NNC_ERROR_BATCH, args.head.batch = INT64_MIN);
  EXPECT_STATUS(NNC_ERROR_PARALLEL, args.head.parallel = &none);
  EXPECT_STATUS(NNC_ERROR_PARALLEL, args.head.parallel = &null);
  EXPECT_STATUS(NNC_ERROR_NULL, args.head.workspace = NULL);
  EXPECT_STATUS(NNC_ERROR_NULL, args.x = NULL);
  EXPECT_STATUS(NNC_ERROR_NULL, args.hidden = NULL);
  EXPECT_STATUS(NNC_ERROR_ALIGNMENT, args.head.workspace = workspace + 32);
  EXPECT_STATUS(NNC_ERROR_ALIGNMENT, args.x = (float *)((char *)x + 1));
  EXPECT_STATUS(NNC_ERROR_ALIGNMENT, args.probs = (float *)((char *)probs + 2));
  EXPECT_STATUS(NNC_ERROR_WORKSPACE,
                args.head.workspace_size = tiny_model.workspace_size - 1);
  EXPECT_STATUS(NNC_ERROR_WORKSPACE, args.head.parallel = &many);
  EXPECT_STATUS(NNC_ERROR_WORKSPACE, args.head.parallel = &most);
  EXPECT_STATUS(NNC_ERROR_OVERLAP, args.hidden = args.probs);
  EXPECT_STATUS(NNC_ERROR_OVERLAP, args.hidden = args.probs + 8);
  EXPECT_STATUS(NNC_ERROR_OVERLAP, args.probs = (float *)x[2] + 4);
  EXPECT_STATUS(NNC_ERROR_OVERLAP, args.hidden = (float *)workspace);
  EXPECT_STATUS(NNC_ERROR_OVERLAP,
                args.hidden = (float *)(workspace + sizeof workspace) - 1);
  if (!weights_size)
    return;
  EXPECT_STATUS(NNC_ERROR_WEIGHTS, args.head.weights = NULL);
  EXPECT_STATUS(NNC_ERROR_ALIGNMENT, args.head.weights = weights + 8);
  EXPECT_STATUS(NNC_ERROR_WEIGHTS, --args.head.weights_size);
  EXPECT_STATUS(NNC_ERROR_OVERLAP, args.hidden = (float *)weights + 16);
  for (size_t at = 0; at < 24; at += 8) {
    weights[at] ^= 1;
    EXPECT_STATUS(NNC_ERROR_WEIGHTS, (void)0);
    weights[at] ^= 1;
  }
}

static void check_failures(void) {
  nnc_parallel bad = {NULL, 3, failing}, lazy = {NULL, 3, forgetful};
  int calls = 0;
  nnc_parallel good = {&calls, 3, backwards};
  tiny_args args = make(BATCH);
  args.head.parallel = &bad;
  expect(tiny_run(&args) == NNC_ERROR_PARALLEL, "a pool that fails");
  args.head.parallel = &lazy;
  expect(tiny_run(&args) == NNC_ERROR_PARALLEL, "a pool that forgets a task");
  x[13][0] = -99; /* the model's own error */
  args.head.parallel = NULL;
  expect(tiny_run(&args) == NNC_OK, "not the first sample of a chunk");
  x[21][0] = -99;
  expect(tiny_run(&args) == NNC_ERROR_INDEX, "a body's status comes back");
  args.head.parallel = &good;
  expect(tiny_run(&args) == NNC_ERROR_INDEX, "and out of a task");
}

static void check_table(void) {
  const nnc_model *m = &tiny_model;
  expect(m->abi_major == NNC_ABI_MAJOR && m->abi_minor == NNC_ABI_MINOR, "abi");
  expect(!strcmp(m->name, "tiny") && m->batch == 0, "name and batch");
  expect(m->alignment == 64 && m->state_size == 0, "alignment and state");
  expect(m->workspace_size == tiny_workspace_size(1) && m->workspace_size > 0 &&
             m->workspace_size % 64 == 0,
         "workspace");
  expect(tiny_workspace_size(-3) == m->workspace_size, "no threads");
  expect(m->workspace_size_for(3) == 3 * m->workspace_size, "three threads");
  expect(m->weights_size == weights_size, "weights");
  expect((m->weights_fingerprint != 0) == (weights_size != 0), "fingerprint");
  expect(m->input_count == 1 && m->output_count == 2, "counts");
  expect(!strcmp(m->inputs[0].name, "x") && m->inputs[0].rank == 1 &&
             m->inputs[0].shape[0] == 5 && m->inputs[0].size == 5,
         "input");
  expect(!strcmp(m->outputs[1].keras_name, "hidden") &&
             m->outputs[1].dtype == NNC_FLOAT32 && m->outputs[1].size == 7,
         "output");
  expect((void *)m->run == (void *)tiny_run && !m->reset &&
             m->prepare == tiny_prepare,
         "functions");
  m->prepare();
}

static void load_weights(const char *path) {
  FILE *file = fopen(path, "rb");
  expect(file != NULL, "weights can be read");
  if (!file)
    exit(1);
  size_t payload = fread(weights + 64, 1, sizeof weights - 64, file);
  fclose(file);
  nnc_weights_header head = {{'N', 'N', 'C', 'W', 'G', 'H', 'T', '1'},
                             payload + 64,
                             tiny_model.weights_fingerprint,
                             0,
                             {0}};
  memcpy(weights, &head, sizeof head);
  weights_size = payload + 64;
}

int main(int argc, char **argv) {
  if (argc > 1)
    load_weights(argv[1]);
  check_table();
  check_numbers();
  check_bits();
  check_statuses();
  check_failures();
  printf("%d failures\n", failures);
  return failures != 0;
}
