/* What a call may answer, from its arguments and the rules of nnc/abi.h: the
 * part of entry.c that knows them. */
#ifndef NNC_TEST_TRUST_ENTRY_RULES_H
#define NNC_TEST_TRUST_ENTRY_RULES_H

/* Samples, and steps of all of them: 0 is a call that does nothing. */
static int does_nothing(const round_ *current) {
  const nnc_args *args = current->call.args;
  const int64_t *steps =
      nnc_args_steps(current->call.args, current->call.model);
  return args->batch == 0 ||
         (args->batch > 0 && args->batch <= INT32_MAX && steps && *steps == 0);
}

typedef struct range {
  const void *start;
  size_t bytes;
  size_t alignment;
  int written;
} range;

/* All memory of the call: at most 4 ranges and those of the tensors. */
static int find_ranges(const round_ *current, range *ranges) {
  const call *made = &current->call;
  const nnc_args *args = made->args;
  const nnc_model *model = made->model;
  int count = 0, i;
  ranges[count++] = (range){args, nnc_args_size(model), 8, 0};
  ranges[count++] =
      (range){args->workspace, args->workspace_size, model->alignment, 1};
  if (model->state_size)
    ranges[count++] =
        (range){args->state, made->state_bytes, model->alignment, 1};
  if (model->weights_size)
    ranges[count++] =
        (range){args->weights, args->weights_size, model->alignment, 0};
  for (i = 0; i < made->count; ++i)
    ranges[count++] =
        (range){nnc_args_buffers(made->args)[i], made->bytes[i],
                nnc_dtype_size(tensor_of(model, i)->dtype), i >= made->inputs};
  return count;
}

static uint32_t check_memory(const round_ *current) {
  range ranges[MOST_TENSORS + 5];
  int count = find_ranges(current, ranges), i, j;
  uint32_t wrong = 0;
  for (i = 0; i < count; ++i) {
    int weights = current->call.model->weights_size != 0 &&
                  i == 2 + (current->call.model->state_size != 0);
    if (!ranges[i].start)
      wrong |= 1u << (weights ? NNC_ERROR_WEIGHTS : NNC_ERROR_NULL);
    if ((uintptr_t)ranges[i].start % ranges[i].alignment)
      wrong |= 1u << NNC_ERROR_ALIGNMENT;
  }
  if (current->call.args->parallel)
    ranges[count++] =
        (range){current->call.args->parallel, sizeof(nnc_parallel), 8, 0};
  for (i = 0; i < count; ++i)
    for (j = 0; j < i; ++j) {
      uintptr_t a = (uintptr_t)ranges[i].start, b = (uintptr_t)ranges[j].start;
      if ((ranges[i].written || ranges[j].written) &&
          (b - a < ranges[i].bytes || a - b < ranges[j].bytes))
        wrong |= 1u << NNC_ERROR_OVERLAP;
    }
  return wrong;
}

static uint32_t check_weights(const round_ *current) {
  const nnc_model *model = current->call.model;
  const nnc_args *args = current->call.args;
  nnc_weights_header head;
  if (model->weights_size == 0 || !args->weights)
    return 0;
  if (args->weights != current->weights ||
      args->weights_size < model->weights_size)
    return 1u << NNC_ERROR_WEIGHTS;
  memcpy(&head, args->weights, sizeof(head));
  return memcmp(head.magic, "NNCWGHT1", 8) != 0 ||
                 head.size != model->weights_size ||
                 head.fingerprint != model->weights_fingerprint
             ? 1u << NNC_ERROR_WEIGHTS
             : 0;
}

/* The statuses of all arguments that are wrong; what is behind a wrong pointer
 * is left alone. */
static uint32_t check_arguments(const round_ *current) {
  const nnc_model *model = current->call.model;
  const nnc_args *args = current->call.args;
  const int64_t *steps = nnc_args_steps(current->call.args, model);
  const int most = 1 << 20; /* no round has as many samples or steps */
  uint32_t wrong = 0;
  int threads = 1;
  if (args->batch < 0 || args->batch > most)
    return 1u << NNC_ERROR_BATCH;
  if (steps && (*steps < 0 || *steps > most))
    return 1u << NNC_ERROR_STEPS;
  if (args->parallel) {
    threads = args->parallel->threads;
    if (threads < 1 || !args->parallel->run)
      return 1u << NNC_ERROR_PARALLEL;
  }
  if (args->workspace_size < model->workspace_size_for(threads))
    wrong |= 1u << NNC_ERROR_WORKSPACE;
  return wrong | check_memory(current) | check_weights(current);
}

/* Does an input address outside the table? */
static int has_bad_index(const call *made) {
  size_t i;
  for (i = 0; i < made->bytes[0] / 4; ++i) {
    int32_t index = ((int32_t *)made->buffers[0])[i];
    float number = ((float *)made->buffers[0])[i];
    if (made->model == &words_model && (index < 0 || index >= 50))
      return 1;
    if (made->model == &floats_model && !(number > -1 && number < 50))
      return 1;
  }
  return 0;
}

/* Are the arguments right, so that the call computes? */
static int is_well_formed(const round_ *current) {
  return current->call.args->signature == current->call.model->signature &&
         !does_nothing(current) && check_arguments(current) == 0;
}

static void find_admissible(round_ *current) {
  if (current->call.args->signature != current->call.model->signature) {
    current->admissible = 1u << NNC_ERROR_SIGNATURE;
  } else if (does_nothing(current)) {
    current->admissible = 1u << NNC_OK;
  } else {
    current->admissible = check_arguments(current);
    if (current->admissible)
      return;
    current->admissible =
        1u << (has_bad_index(&current->call) ? NNC_ERROR_INDEX : NNC_OK);
    /* Tasks that fail, where there are any. */
    if (current->leave_out || current->fail)
      current->admissible |= 1u << NNC_ERROR_PARALLEL | 1u << NNC_OK;
  }
}

#endif
