/* entry [COUNT [FILE...]]: what a model does with arguments that nobody vouches
 * for. Each round takes a model, gives its inputs any bytes (among them
 * infinities, NaNs, and indices outside the table), spoils some arguments, and
 * knows from the rules in nnc/abi.h alone what the call may answer:
 *
 *   arguments that are wrong      one of their statuses, and not a byte written
 *   an index, tasks that fail     that status; inputs, state, weights unchanged
 *   everything else               success; every byte of the outputs is
 *                                 written, the same a second time
 *
 * AddressSanitizer watches the program and the models (instrument.py); all
 * memory has its exact size. COUNT rounds of a generator, 3000 by default, and
 * of what files say; with NNC_LIBFUZZER it is a target of libFuzzer instead. */
#define _POSIX_C_SOURCE 200809L
#include "models.h"

#include "apart.h"
#include "floats.h"

/* --- What a round is made of ---------------------------------------------- */

typedef struct source {
  const uint8_t *data;
  size_t size;
  uint64_t seed;
} source;

/* A number below `limit`: of the data, or where it has ended of a generator. */
static uint32_t choose(source *from, uint32_t limit) {
  uint32_t value = draw(&from->seed);
  if (from->size > 0) {
    value = *from->data++;
    --from->size;
  }
  return value % limit;
}

typedef struct round_ {
  call call;
  nnc_parallel parallel;
  void *weights;
  source *from;
  int leave_out, fail; /* what the parallel-for does wrong */
  uint32_t admissible; /* bit s: the call may answer s */
} round_;

static uint64_t any_bits(source *from) {
  return ((uint64_t)draw(&from->seed) << 32 | draw(&from->seed)) ^
         choose(from, 256);
}

static void fill_with_anything(source *from, const nnc_tensor *tensor,
                               void *data, size_t bytes) {
  static const uint32_t odd[] = {0x7F800000, 0xFF800000, 0x7FC00000, 0x7F7FFFFF,
                                 0x00000001, 0x80000000, 0x4F000000, 0x42480000,
                                 0xFFFFFFFF, 0x7FFFFFFF, 49,         50};
  uint32_t *words = data;
  uint32_t kind = choose(from, 4);
  size_t i, count = bytes / sizeof(*words);
  fill(tensor, data, bytes, any_bits(from), 50);
  if (kind == 1) /* one odd value */
    words[draw(&from->seed) % count] = odd[choose(from, 12)];
  for (i = 0; kind > 1 && i < count; ++i)
    words[i] = kind == 2 ? draw(&from->seed) : odd[draw(&from->seed) % 12];
}

static int run_tasks(void *context, void (*task)(void *data, int index),
                     void *data, int count) {
  const round_ *current = context;
  while (count-- > 0)
    if (!current->leave_out || count != 0)
      task(data, count);
  return current->fail;
}

/* The weights of `apart`, in memory of their exact size. */
static void add_weights(round_ *current) {
  size_t bytes = current->call.model->weights_size;
  FILE *file;
  if (bytes == 0)
    return;
  current->weights = allocate(bytes);
  file = fopen("apart.weights", "rb");
  expect(file && fread(current->weights, 1, bytes, file) == bytes, "apart",
         "its weights");
  fclose(file);
  current->call.args->weights = current->weights;
  current->call.args->weights_size = bytes;
}

static const nnc_model *all_models[MODELS + 2];

static void begin(round_ *current, source *from) {
  const nnc_model *model = all_models[choose(from, MODELS + 2)];
  static const int64_t batches[] = {1, 1, 1, 2, 3, 9};
  int threads = choose(from, 3) ? 1 : 3, i;
  memset(current, 0, sizeof(*current));
  current->from = from;
  current->call =
      make_call(model, batches[choose(from, 6)], 1 + choose(from, 5), threads);
  for (i = 0; i < current->call.inputs; ++i)
    fill_with_anything(from, tensor_of(model, i), current->call.buffers[i],
                       current->call.bytes[i]);
  current->parallel = (nnc_parallel){current, threads, run_tasks};
  if (threads > 1)
    current->call.args->parallel = &current->parallel;
}

/* --- Arguments that are wrong --------------------------------------------- */

/* Moves a pointer off its place, into another memory or to nowhere. */
static void *spoil_pointer(round_ *current, const void *pointer,
                           size_t alignment) {
  call *made = &current->call;
  switch (pointer ? choose(current->from, 6) : 0) {
  case 0:
    return NULL;
  case 1:
    return (char *)pointer + 1 + choose(current->from, (uint32_t)alignment - 1);
  case 2:
    return made->args;
  case 3:
    return (void *)((uintptr_t)made->args->workspace +
                    4 * choose(current->from, 16));
  case 4:
    return (void *)made->args->parallel;
  default:
    return made->buffers[choose(current->from, (uint32_t)made->count)];
  }
}

static void spoil_parallel(round_ *current) {
  static const int threads[] = {0, -1, INT32_MIN, INT32_MAX, 4};
  current->call.args->parallel = &current->parallel;
  switch (choose(current->from, 4)) {
  case 0:
    current->parallel.threads = threads[choose(current->from, 5)];
    break;
  case 1:
    current->parallel.run = NULL;
    break;
  case 2:
    current->leave_out = 1;
    break;
  default:
    current->fail = 7;
  }
}

static void spoil(round_ *current) {
  static const int64_t odd[] = {0, -1, INT64_MIN, INT64_MAX, INT64_MAX / 2};
  nnc_args *args = current->call.args;
  const void **buffers = nnc_args_buffers(args);
  int64_t *steps = nnc_args_steps(args, current->call.model);
  uint32_t which = choose(current->from, (uint32_t)current->call.count);
  switch (choose(current->from, 10)) {
  case 0:
    args->signature ^= any_bits(current->from);
    break;
  case 1:
    args->batch = odd[choose(current->from, 5)];
    break;
  case 2:
    args->workspace = spoil_pointer(current, args->workspace, 64);
    break;
  case 3:
    args->workspace_size = choose(current->from, 2) ? args->workspace_size - 1
                                                    : any_bits(current->from);
    break;
  case 4:
    args->state = spoil_pointer(current, args->state, 64);
    break;
  case 5:
    if (steps)
      *steps = odd[choose(current->from, 5)];
    break;
  case 6:
    spoil_parallel(current);
    break;
  case 7:
    args->weights_size -= choose(current->from, 3);
    if (current->weights && choose(current->from, 2))
      ((char *)current->weights)[choose(current->from, 24)] ^= 1;
    break;
  case 8:
    args->weights = spoil_pointer(current, args->weights, 64);
    break;
  default:
    buffers[which] = spoil_pointer(current, buffers[which], 4);
  }
}

#include "entry_rules.h"

/* --- The call ------------------------------------------------------------- */

static void *copy_of(const void *data, size_t bytes) {
  void *copy = allocate(bytes);
  memcpy(copy, data, bytes);
  return copy;
}

/* Everything that a call could write, to compare it afterwards. */
typedef struct memory {
  void *data[MOST_TENSORS + 4];
  void *copies[MOST_TENSORS + 4];
  size_t bytes[MOST_TENSORS + 4];
  int count, kept; /* the first `kept` no call that fails may write */
} memory;

static void remember(memory *all, void *data, size_t bytes) {
  all->data[all->count] = data;
  all->bytes[all->count] = bytes;
  all->copies[all->count++] = copy_of(data, bytes);
}

static memory remember_all(round_ *current, size_t workspace_bytes,
                           void *workspace, void *state) {
  call *made = &current->call;
  memory all = {.count = 0};
  int i;
  remember(&all, made->args, nnc_args_size(made->model));
  remember(&all, &current->parallel, sizeof(current->parallel));
  for (i = 0; i < made->inputs; ++i)
    remember(&all, made->buffers[i], made->bytes[i]);
  if (current->weights)
    remember(&all, current->weights, made->model->weights_size);
  if (state)
    remember(&all, state, made->state_bytes);
  all.kept = all.count;
  for (; i < made->count; ++i)
    remember(&all, made->buffers[i], made->bytes[i]);
  remember(&all, workspace, workspace_bytes);
  return all;
}

/* Nothing of the first `count` has changed. */
static void expect_unchanged(const memory *all, int count, const char *model,
                             const char *what) {
  int i;
  for (i = 0; i < count; ++i)
    expect(memcmp(all->data[i], all->copies[i], all->bytes[i]) == 0, model,
           what);
}

/* Calls again, from the same state into outputs that hold something else. */
static void expect_same_again(round_ *current, const memory *all, void *state) {
  call *made = &current->call;
  void *first[MOST_TENSORS];
  int i;
  for (i = made->inputs; i < made->count; ++i) {
    first[i] = copy_of(made->buffers[i], made->bytes[i]);
    memset(made->buffers[i], 0x5A, made->bytes[i]);
  }
  if (state)
    memcpy(state, all->copies[all->kept - 1], made->state_bytes);
  expect(made->model->run(made->args) == NNC_OK, made->model->name, "again");
  for (i = made->inputs; i < made->count; ++i) {
    expect(memcmp(made->buffers[i], first[i], made->bytes[i]) == 0,
           made->model->name, "every byte of an output, always the same");
    free(first[i]);
  }
}

/* Arguments that are right in form but lie: inputs and outputs exchanged, say,
 * or a workspace that is smaller than its size. No call can know. */
static int is_lie(const round_ *current, size_t workspace_bytes,
                  const void *workspace, const void *state) {
  const call *made = &current->call;
  const nnc_args *args = made->args;
  int threads = args->parallel ? current->parallel.threads : 1;
  int lies, i;
  if (!is_well_formed(current))
    return 0;
  lies = args->workspace != workspace ||
         (made->model->state_size && args->state != state) ||
         made->model->workspace_size_for(threads) > workspace_bytes;
  for (i = 0; i < made->count; ++i)
    lies |= nnc_args_buffers(made->args)[i] != made->buffers[i];
  return lies;
}

static void try_call(round_ *current, size_t workspace_bytes, void *workspace,
                     void *state) {
  memory all = remember_all(current, workspace_bytes, workspace, state);
  const nnc_model *model = current->call.model;
  int status = model->run(current->call.args), i;
  if (status < 0 || status > 31 || !(current->admissible >> status & 1)) {
    fprintf(stderr, "answered %d, could be 0x%x\n", status,
            current->admissible);
    expect(0, model->name, "the status");
  }
  if (status != NNC_OK) {
    int late = is_well_formed(current);
    expect_unchanged(&all, late ? all.kept : all.count, model->name,
                     "a call that fails writes nothing");
  } else if (does_nothing(current)) {
    expect_unchanged(&all, all.count, model->name,
                     "a call of nothing writes nothing");
  } else {
    expect_unchanged(&all, all.kept - (state != NULL), model->name,
                     "a call writes outputs, workspace and state only");
    expect_same_again(current, &all, state);
  }
  for (i = 0; i < all.count; ++i)
    free(all.copies[i]);
}

static void run_round(source *from) {
  round_ current;
  void *workspace, *state;
  size_t workspace_bytes;
  int mistakes;
  begin(&current, from);
  add_weights(&current);
  workspace = current.call.args->workspace;
  workspace_bytes = current.call.args->workspace_size;
  state = current.call.args->state;
  for (mistakes = (int)choose(from, 4); mistakes > 0; --mistakes)
    spoil(&current);
  find_admissible(&current);
  if (!is_lie(&current, workspace_bytes, workspace, state))
    try_call(&current, workspace_bytes, workspace, state);
  current.call.args->workspace = workspace;
  current.call.args->state = state;
  free(current.weights);
  free_call(&current.call);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  source from = {data, size, size};
  if (!all_models[0]) {
    memcpy(all_models, models, sizeof(models));
    all_models[MODELS] = &apart_model;
    all_models[MODELS + 1] = &floats_model;
  }
  run_round(&from);
  return 0;
}

#ifndef NNC_LIBFUZZER
/* What libFuzzer has found. */
static void replay(const char *path) {
  uint8_t data[4096];
  FILE *file = fopen(path, "rb");
  expect(file != NULL, path, "a file to replay");
  LLVMFuzzerTestOneInput(data, fread(data, 1, sizeof(data), file));
  fclose(file);
}

int main(int argc, char **argv) {
  long rounds = argc > 1 ? atol(argv[1]) : 3000, i;
  uint64_t seed = 1;
  uint8_t data[32];
  size_t j;
  for (i = 0; i < rounds; ++i) {
    for (j = 0; j < sizeof(data); ++j)
      data[j] = (uint8_t)draw(&seed);
    LLVMFuzzerTestOneInput(data, 16 + (size_t)i % 17);
  }
  for (i = 2; i < argc; ++i)
    replay(argv[i]);
  printf("%ld calls\n", rounds);
  return 0;
}
#endif
