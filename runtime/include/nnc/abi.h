/* nnc/abi.h: the contract between the compiler and whoever calls a model.
 *
 * Every generated header carries the block below word for word, so that a
 * model's header and this file may be included together in any order.
 * Shapes and sizes are in elements unless a name says bytes. Nothing here
 * allocates; all pointers stay the caller's.
 */
#ifndef NNC_ABI_H
#define NNC_ABI_H

#include <stddef.h>
#include <stdint.h>

/* nnc-abi-begin */
#ifdef NNC_ABI_MAJOR
#if NNC_ABI_MAJOR != 1
#error "this header needs nnc ABI 1, but another ABI was included before it"
#endif
#else
#define NNC_ABI_MAJOR 1
#define NNC_ABI_MINOR 3

#ifdef __cplusplus
extern "C" {
#endif

/* What a model's `run` returns. The numbers never change. */
typedef enum nnc_status {
  NNC_OK = 0,
  NNC_ERROR_NULL = 1,      /* a required pointer is NULL */
  NNC_ERROR_SIGNATURE = 2, /* header and object do not belong together */
  NNC_ERROR_BATCH = 3,     /* negative, too large, or not the compiled batch */
  NNC_ERROR_ALIGNMENT = 4, /* a pointer is less aligned than it must be */
  NNC_ERROR_WORKSPACE = 5, /* workspace_size is too small */
  NNC_ERROR_OVERLAP = 6,   /* an output overlaps another argument */
  NNC_ERROR_INDEX = 7,     /* an input value addresses outside its table */
  NNC_ERROR_WEIGHTS = 8,   /* weights are missing or of another model */
  NNC_ERROR_PARALLEL = 9,  /* the parallel-for failed or is malformed */
  NNC_ERROR_MEMORY = 10,   /* an allocation failed (set-up functions only) */
  NNC_ERROR_FILE = 11,     /* a file cannot be read (set-up functions only) */
  NNC_ERROR_SIZE = 12,     /* buffers disagree on the batch (wrappers only) */
  NNC_ERROR_STEPS = 13     /* steps are negative or too many */
} nnc_status;

/* A parallel-for: calls task(data, 0) to task(data, count-1) once each, on any
 * threads, in any order, and returns 0 when all are done. `threads` >= 1 is how
 * many of the tasks may run at once. */
typedef struct nnc_parallel {
  void *context;
  int threads;
  int (*run)(void *context, void (*task)(void *data, int index), void *data,
             int count);
} nnc_parallel;

/* Element types: bool is uint8_t, f16 and bf16 are their bits in uint16_t. */
typedef enum nnc_dtype {
  NNC_FLOAT32 = 0,
  NNC_FLOAT64 = 1,
  NNC_FLOAT16 = 2,
  NNC_BFLOAT16 = 3,
  NNC_INT8 = 4,
  NNC_UINT8 = 5,
  NNC_INT16 = 6,
  NNC_UINT16 = 7,
  NNC_INT32 = 8,
  NNC_UINT32 = 9,
  NNC_INT64 = 10,
  NNC_UINT64 = 11,
  NNC_BOOL = 12
} nnc_dtype;

/* One input or output. */
typedef struct nnc_tensor {
  const char *name;       /* the member of the args struct */
  const char *keras_name; /* the name in the model */
  const int64_t *shape;   /* `rank` extents of one sample, without the batch;
                             the first is -1 where it is args.steps */
  int32_t rank;
  int32_t dtype; /* an nnc_dtype */
  int64_t size;  /* elements of one sample, of one step */
} nnc_tensor;

/* The head of every NAME_args; the input pointers follow it, then the output
 * pointers, in the model's order. The args of a stream, of which a call takes
 * any number of time steps, end with `int64_t steps`. */
typedef struct nnc_args {
  uint64_t signature;
  int64_t batch;
  void *workspace;
  size_t workspace_size; /* bytes */
  void *state;
  const void *weights;
  size_t weights_size; /* bytes */
  const nnc_parallel *parallel;
} nnc_args;

/* One part of a profiled model's code: a layer, with those fused into it. */
typedef struct nnc_section {
  const char *name;     /* the layer's name */
  const char *layer;    /* its class, as Keras calls it; "" if not known */
  const char *fused;    /* other layers in it, "relu1, add"; "" if none */
  int64_t flops;        /* floating-point operations of one sample; 0: none, or
                           not known */
  int64_t sample_bytes; /* read and written for one sample: inputs, results */
  int64_t weight_bytes; /* read once for each run of the code, which takes one
                           or several samples */
} nnc_section;

/* What a model that was compiled for profiling counts. Each thread's part of
 * the workspace, workspace_size bytes, has an array of uint64_t at `counters`:
 * the runs of the code, then the ticks spent in each section. A call adds to
 * them; clear them before the first. */
typedef struct nnc_profile {
  uint64_t (*clock)(void); /* the time in ticks */
  size_t counters;         /* bytes from the start of the workspace */
  int64_t section_count;
  const nnc_section *sections; /* in the order of the model */
  /* Since minor version 3. */
  const char *description; /* JSON of the graph and of the workspace's plan, for
                              tools that draw them; NULL: none */
} nnc_profile;

/* A model, for tools and bindings that learn it at run time. */
typedef struct nnc_model {
  uint32_t abi_major;
  uint32_t abi_minor;
  uint64_t signature;
  const char *name;             /* the prefix of its symbols */
  int64_t batch;                /* the only batch it takes; 0: any */
  size_t workspace_size;        /* bytes, for calls without `parallel` */
  size_t alignment;             /* bytes, of workspace, state and weights */
  size_t state_size;            /* bytes per batch row; 0: stateless */
  size_t weights_size;          /* bytes of args.weights, which starts with an
                                   nnc_weights_header; 0: weights are inside */
  uint64_t weights_fingerprint; /* that args.weights carries; 0: inside */
  int32_t input_count;
  int32_t output_count;
  const nnc_tensor *inputs;
  const nnc_tensor *outputs;
  int (*run)(const void *args);
  size_t (*workspace_size_for)(int threads);
  void (*reset)(void *state, int64_t batch); /* NULL: stateless */
  /* Since minor version 1. */
  void (*prepare)(void); /* does ahead of time what the first run would */
  /* Since minor version 2. */
  const nnc_profile *profile; /* NULL: compiled without counters */
} nnc_model;

/* The head of a weights file; `size` bytes in all, this head included. The
 * payload starts at byte 64. Little endian. */
typedef struct nnc_weights_header {
  char magic[8];        /* "NNCWGHT1" */
  uint64_t size;        /* bytes of the whole file */
  uint64_t fingerprint; /* of architecture, target and layout */
  uint64_t checksum;    /* XXH3-64 of the payload */
  uint64_t reserved[4];
} nnc_weights_header;

/* A status in words; never NULL. */
static inline const char *nnc_status_string(int status) {
  switch (status) {
  case NNC_OK:
    return "success";
  case NNC_ERROR_NULL:
    return "a required pointer is NULL";
  case NNC_ERROR_SIGNATURE:
    return "the header and the object belong to different models";
  case NNC_ERROR_BATCH:
    return "the batch is negative, too large, or not the compiled one";
  case NNC_ERROR_ALIGNMENT:
    return "a pointer is not aligned as it must be";
  case NNC_ERROR_WORKSPACE:
    return "the workspace is too small";
  case NNC_ERROR_OVERLAP:
    return "an output overlaps another argument";
  case NNC_ERROR_INDEX:
    return "an input value addresses outside its table";
  case NNC_ERROR_WEIGHTS:
    return "the weights are missing or belong to another model";
  case NNC_ERROR_PARALLEL:
    return "the parallel-for failed or is malformed";
  case NNC_ERROR_MEMORY:
    return "out of memory";
  case NNC_ERROR_FILE:
    return "a file cannot be read";
  case NNC_ERROR_STEPS:
    return "the number of steps is negative or too large";
  case NNC_ERROR_SIZE:
    return "the buffers' sizes are not those of one batch";
  default:
    return "unknown status";
  }
}

#ifdef __cplusplus
}
#endif
#endif /* NNC_ABI_MAJOR */
/* nnc-abi-end */

#endif /* NNC_ABI_H */
