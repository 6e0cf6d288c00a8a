/* Reflection: what a program needs to call a model that it knows only from its
 * nnc_model. Pure functions of that description. The file also pins the ABI's
 * layout, since it is the one that depends on it: the buffer pointers of every
 * args struct start right behind nnc_args.
 */
#include "nnc/runtime.h"

#include <string.h>

_Static_assert(sizeof(nnc_args) % sizeof(void *) == 0,
               "the buffer pointers follow the head without padding");
_Static_assert(offsetof(nnc_args, parallel) + sizeof(void *) ==
                   sizeof(nnc_args),
               "the head ends with its last member");
_Static_assert(sizeof(nnc_weights_header) == 64,
               "the payload of a weights file starts at byte 64");
_Static_assert(sizeof(void *) != 8 || sizeof(nnc_args) == 64,
               "the head of the args struct on 64-bit targets");
_Static_assert(sizeof(void *) != 8 || sizeof(nnc_tensor) == 40,
               "a tensor's description on 64-bit targets");
_Static_assert(sizeof(void *) != 8 || sizeof(nnc_model) == 136,
               "a model's description on 64-bit targets");
_Static_assert(sizeof(void *) != 8 || sizeof(nnc_section) == 48,
               "a section's description on 64-bit targets");
_Static_assert(sizeof(void *) != 8 || sizeof(nnc_profile) == 40,
               "a profile's description on 64-bit targets");

typedef struct dtype_info {
  const char *name;
  const char *c_name;
  unsigned char size;
} dtype_info;

/* Indexed by nnc_dtype. */
static const dtype_info dtypes[] = {
    {"float32", "float", 4},    {"float64", "double", 8},
    {"float16", "uint16_t", 2}, {"bfloat16", "uint16_t", 2},
    {"int8", "int8_t", 1},      {"uint8", "uint8_t", 1},
    {"int16", "int16_t", 2},    {"uint16", "uint16_t", 2},
    {"int32", "int32_t", 4},    {"uint32", "uint32_t", 4},
    {"int64", "int64_t", 8},    {"uint64", "uint64_t", 8},
    {"bool", "uint8_t", 1},
};

static const dtype_info *find_dtype(int dtype) {
  if (dtype < 0 || dtype >= (int)(sizeof(dtypes) / sizeof(dtypes[0])))
    return NULL;
  return &dtypes[dtype];
}

size_t nnc_dtype_size(int dtype) {
  const dtype_info *info = find_dtype(dtype);
  return info ? info->size : 0;
}

const char *nnc_dtype_name(int dtype) {
  const dtype_info *info = find_dtype(dtype);
  return info ? info->name : NULL;
}

const char *nnc_dtype_c_name(int dtype) {
  const dtype_info *info = find_dtype(dtype);
  return info ? info->c_name : NULL;
}

/* 1 if the first extent is that of args.steps. */
static int is_stepped(const nnc_tensor *tensor) {
  return tensor->rank > 0 && tensor->shape[0] == -1;
}

static int any_stepped(const nnc_tensor *tensors, int32_t count) {
  int32_t i;
  for (i = 0; i < count; ++i)
    if (is_stepped(&tensors[i]))
      return 1;
  return 0;
}

/* NULL, or what is wrong with one input or output. */
static const char *check_tensor(const nnc_tensor *tensor) {
  int64_t size = 1;
  int32_t i;
  if (!tensor->name || !tensor->keras_name)
    return "an input or output has no name";
  if (!find_dtype(tensor->dtype))
    return "an input or output has an unknown element type";
  if (tensor->rank < 0 || (tensor->rank > 0 && !tensor->shape))
    return "an input or output has no shape";
  for (i = is_stepped(tensor); i < tensor->rank; ++i) {
    int64_t extent = tensor->shape[i];
    if (extent < 0 || (extent > 0 && size > INT64_MAX / 8 / extent))
      return "an input or output has an impossible shape";
    size *= extent;
  }
  if (size != tensor->size)
    return "an input's or output's size is not that of its shape";
  return NULL;
}

/* NULL, or what is wrong with the first of several that is wrong. */
static const char *check_tensors(const nnc_tensor *tensors, int32_t count) {
  int32_t i;
  if (count < 0 || (count > 0 && !tensors))
    return "the inputs or outputs are missing";
  for (i = 0; i < count; ++i) {
    const char *problem = check_tensor(&tensors[i]);
    if (problem)
      return problem;
  }
  return NULL;
}

/* NULL, or what is wrong with the profile of a model that has one. */
static const char *check_profile(const nnc_model *model) {
  const nnc_profile *profile = model->abi_minor >= 2 ? model->profile : NULL;
  uint64_t room, count;
  int64_t i;
  if (!profile)
    return NULL;
  if (!profile->clock || profile->section_count < 0 ||
      (profile->section_count > 0 && !profile->sections))
    return "the profile's clock or sections are missing";
  if (profile->counters > model->workspace_size ||
      profile->counters % sizeof(uint64_t) != 0)
    return "the profile's counters are not in the workspace";
  room = (model->workspace_size - profile->counters) / sizeof(uint64_t);
  count = (uint64_t)profile->section_count;
  if (room < 1 || room - 1 < count)
    return "the profile's counters are not in the workspace";
  for (i = 0; i < profile->section_count; ++i)
    if (!profile->sections[i].name || !profile->sections[i].layer ||
        !profile->sections[i].fused)
      return "a section of the profile has no name";
  return NULL;
}

const char *nnc_model_check(const nnc_model *model) {
  const char *problem;
  if (!model)
    return "the model is NULL";
  if (model->abi_major != NNC_ABI_MAJOR)
    return "the model has another major version of the ABI";
  if (!model->name || !model->run || !model->workspace_size_for)
    return "the model's name or functions are missing";
  if (model->batch < 0)
    return "the model's batch is negative";
  if (model->alignment == 0 || (model->alignment & (model->alignment - 1)) != 0)
    return "the model's alignment is no power of two";
  if (model->state_size != 0 && !model->reset)
    return "the model has a state but no reset";
  if (model->weights_size != 0 &&
      model->weights_size < sizeof(nnc_weights_header))
    return "the model's weights are smaller than their head";
  problem = check_tensors(model->inputs, model->input_count);
  if (!problem)
    problem = check_tensors(model->outputs, model->output_count);
  if (!problem && !nnc_model_is_stream(model) &&
      any_stepped(model->outputs, model->output_count))
    problem = "an output has steps, but no input";
  if (!problem)
    problem = check_profile(model);
  return problem;
}

/* C names first: they are unique among all, Keras's names need not be. */
static int find_tensor(const nnc_tensor *tensors, int32_t count,
                       const char *name) {
  int32_t i;
  for (i = 0; i < count; ++i)
    if (strcmp(tensors[i].name, name) == 0)
      return i;
  for (i = 0; i < count; ++i)
    if (strcmp(tensors[i].keras_name, name) == 0)
      return i;
  return -1;
}

int nnc_find_input(const nnc_model *model, const char *name) {
  return find_tensor(model->inputs, model->input_count, name);
}

int nnc_find_output(const nnc_model *model, const char *name) {
  return find_tensor(model->outputs, model->output_count, name);
}

int nnc_model_is_stream(const nnc_model *model) {
  return any_stepped(model->inputs, model->input_count);
}

/* Where the steps are: behind the pointers, aligned as they are. */
static size_t steps_offset(const nnc_model *model) {
  struct aligned {
    char first;
    int64_t steps;
  };
  const size_t alignment = offsetof(struct aligned, steps);
  const size_t size = sizeof(nnc_args) + ((size_t)model->input_count +
                                          (size_t)model->output_count) *
                                             sizeof(void *);
  return (size + alignment - 1) / alignment * alignment;
}

size_t nnc_args_size(const nnc_model *model) {
  return steps_offset(model) +
         (nnc_model_is_stream(model) ? sizeof(int64_t) : 0);
}

int64_t *nnc_args_steps(nnc_args *args, const nnc_model *model) {
  if (!nnc_model_is_stream(model))
    return NULL;
  return (int64_t *)(void *)((char *)args + steps_offset(model));
}

void nnc_args_init(nnc_args *args, const nnc_model *model) {
  memset(args, 0, nnc_args_size(model));
  args->signature = model->signature;
  args->batch = model->batch != 0 ? model->batch : 1;
  if (nnc_model_is_stream(model))
    *nnc_args_steps(args, model) = 1;
}

const void **nnc_args_buffers(nnc_args *args) {
  return (const void **)(void *)(args + 1);
}
