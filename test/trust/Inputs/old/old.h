/*
 * Made by nnc 0.1.0 from the model 'old'; do not edit.
 * input: old.mlir (xxh3 ad7a14c5d7d7cc2c)
 * options: -O3 --target=x86_64-pc-linux-gnu --mcpu=x86-64
 *
 * This header, the object it belongs to and its weights are yours: nnc puts no
 * licence on what it generates.
 *
 * input bits: float32 [batch][2]
 * output odd: float32 [batch][1]
 *
 * Use in C11 (C++: alignas), or in C++17 by nnc/model.hpp:
 *
 *   _Alignas(OLD_ALIGNMENT) static char workspace[OLD_WORKSPACE_SIZE];
 *   old_args args = OLD_ARGS_INIT;
 *   args.workspace = workspace;
 *   args.workspace_size = sizeof workspace;
 *   args.bits = bits;
 *   args.odd = odd;
 *   int status = old_run(&args);
 *   if (status != NNC_OK)
 *     puts(nnc_status_string(status));
 */
#ifndef NNC_MODEL_OLD_H
#define NNC_MODEL_OLD_H

#include <stddef.h>
#include <stdint.h>

/* nnc-abi-begin */
#ifdef NNC_ABI_MAJOR
#if NNC_ABI_MAJOR != 1
#error "this header needs nnc ABI 1, but another ABI was included before it"
#endif
#else
#define NNC_ABI_MAJOR 1
#define NNC_ABI_MINOR 2

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

/* Header and object belong together. */
#define OLD_SIGNATURE UINT64_C(0xb4cf089b1ab8dfd7)

#define OLD_ALIGNMENT 64 /* bytes, of workspace, state and weights */
#define OLD_WORKSPACE_SIZE 64 /* bytes, for any batch */

/* Elements of one sample. */
#define OLD_BITS_SIZE 2
#define OLD_ODD_SIZE 1

/* Signed, for batch 1; the rest is zero. */
#define OLD_ARGS_INIT \
  {OLD_SIGNATURE, 1, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL}

#ifdef __cplusplus
extern "C" {
#endif

/* One call. */
typedef struct old_args {
  uint64_t signature;           /* OLD_SIGNATURE */
  int64_t batch;                /* samples; 0 does nothing and returns 0 */
  void *workspace;              /* OLD_ALIGNMENT-aligned; one per call at a time */
  size_t workspace_size;        /* bytes */
  void *state;                  /* NULL */
  const void *weights;          /* NULL */
  size_t weights_size;          /* 0 */
  const nnc_parallel *parallel; /* NULL: run on the calling thread */
  /* bits: float32 [batch][2] */
  const float *bits;
  /* odd: float32 [batch][1] */
  float *odd;
} old_args;

/* Runs the model; returns 0 or an nnc_status, and never aborts. Calls with
 * different workspaces may run at the same time. */
int old_run(const old_args *args);

/* Makes ready, ahead of time, what the first call would otherwise: finds out
 * what this machine can do. Costs microseconds; further calls change nothing. */
void old_prepare(void);

/* Bytes of workspace for calls with `parallel` of that many threads. */
size_t old_workspace_size(int threads);

/* Names, shapes, types, sizes: for tools and bindings. */
extern const nnc_model old_model;

#ifdef __cplusplus
} /* extern "C" */

/* For nnc/model.hpp: nnc::model<old>. */
struct old {
  using args = old_args;
  using buffers = void(const float *bits, float *odd);
  static constexpr const char *name = "old";
  static constexpr uint64_t signature = OLD_SIGNATURE;
  static constexpr int64_t batch = 0;
  static constexpr bool stream = false;
  static constexpr size_t alignment = OLD_ALIGNMENT;
  static constexpr size_t workspace_size = OLD_WORKSPACE_SIZE;
  static constexpr size_t state_size = 0;
  static constexpr size_t weights_size = 0;
  static constexpr int input_count = 1;
  static constexpr int output_count = 1;
  static constexpr const char *names[] = {"bits", "odd"};
  static constexpr size_t sizes[] = {OLD_BITS_SIZE, OLD_ODD_SIZE};
  static void bind(args &a, const float *bits, float *odd) noexcept {
    a.bits = bits;
    a.odd = odd;
  }
  static int run(const args *a) noexcept { return old_run(a); }
  static void prepare() noexcept { old_prepare(); }
  static size_t workspace_for(int threads) noexcept {
    return old_workspace_size(threads);
  }
  static const nnc_model &info() noexcept { return old_model; }
};
#endif /* __cplusplus */

#endif /* NNC_MODEL_OLD_H */
