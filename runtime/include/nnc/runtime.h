/* nnc/runtime.h: helpers for programs that call nnc's models.
 *
 * A model needs none of this: its object and its header are enough. Here are a
 * thread pool to pass as `args.parallel`, weights files mapped for
 * `args.weights`, and what a tool needs to call a model that it learns about at
 * run time from its nnc_model.
 *
 * Nothing here prints, exits, or keeps global state. Every function may be
 * called from any thread; one object must not be destroyed while it is in use.
 */
#ifndef NNC_RUNTIME_H
#define NNC_RUNTIME_H

#include "nnc/abi.h"

/* The symbols carry the ABI's major version: two versions may meet in one
 * program. */
#define nnc_pool_create nnc1_pool_create
#define nnc_pool_destroy nnc1_pool_destroy
#define nnc_weights_open nnc1_weights_open
#define nnc_weights_close nnc1_weights_close
#define nnc_weights_check nnc1_weights_check
#define nnc_checksum nnc1_checksum
#define nnc_model_check nnc1_model_check
#define nnc_find_input nnc1_find_input
#define nnc_find_output nnc1_find_output
#define nnc_args_size nnc1_args_size
#define nnc_args_init nnc1_args_init
#define nnc_args_buffers nnc1_args_buffers
#define nnc_args_steps nnc1_args_steps
#define nnc_model_is_stream nnc1_model_is_stream
#define nnc_dtype_size nnc1_dtype_size
#define nnc_dtype_name nnc1_dtype_name
#define nnc_dtype_c_name nnc1_dtype_c_name

#ifdef __cplusplus
extern "C" {
#endif

/* --- Threads ------------------------------------------------------------- */

/* A pool of `threads` threads, the caller's among them; 0 asks for one per
 * CPU. The model then needs NAME_workspace_size(pool->threads) bytes of
 * workspace. Calls from several threads at once wait for each other. NULL:
 * `threads` is negative, memory is short, the system does not start so many, or
 * the runtime was built without pthreadpool. The caller owns it and ends it
 * with nnc_pool_destroy. */
nnc_parallel *nnc_pool_create(int threads);
void nnc_pool_destroy(nnc_parallel *pool); /* NULL does nothing */

/* --- Weights files ------------------------------------------------------- */

/* An open weights file: pass `data` and `size` (bytes, head included) as
 * args.weights and args.weights_size. Read-only and shared by all calls. */
typedef struct nnc_weights {
  const void *data;
  size_t size;
  void *handle; /* the runtime's */
} nnc_weights;

/* Maps the file and checks it against the model, as nnc_weights_check does.
 * NNC_OK, or NNC_ERROR_FILE, _MEMORY, _WEIGHTS, _ALIGNMENT, _NULL with
 * `weights` zeroed. `reason`, unless NULL, gets a constant sentence that says
 * what is wrong (NULL on success). The file must not change while it is open;
 * nnc_weights_close ends the use of `data`. */
int nnc_weights_open(const char *path, const nnc_model *model,
                     nnc_weights *weights, const char **reason);
void nnc_weights_close(nnc_weights *weights); /* zeroed or NULL: nothing */

/* Checks weights that are in memory (in flash, read by the program): magic,
 * size, fingerprint, checksum, alignment. Reads every byte once. NULL if they
 * are the model's, else a constant sentence. */
const char *nnc_weights_check(const void *data, size_t size,
                              const nnc_model *model);

/* XXH3-64 (seed 0) of `size` bytes; what nnc_weights_header.checksum holds. */
uint64_t nnc_checksum(const void *data, size_t size);

/* --- Models learnt at run time ------------------------------------------- */

/* A shared library that nnc linked exports, besides NAME_model, the string
 * NAME_info: JSON for whoever shows the model to people, with its layers and
 * the text of its summary. Programs that only call it do not need it. */

/* NULL if `model` is one that this runtime understands and whose description
 * is consistent, else a constant sentence. */
const char *nnc_model_check(const nnc_model *model);

/* The index of the input or output called `name`, in C or else in Keras; -1 if
 * there is none. */
int nnc_find_input(const nnc_model *model, const char *name);
int nnc_find_output(const nnc_model *model, const char *name);

/* Does a call take any number of time steps? Such a model's inputs, and those
 * of its outputs that have a value a step, have -1 for their first extent. */
int nnc_model_is_stream(const nnc_model *model);

/* The args struct of a model whose header is not at hand: nnc_args_size bytes,
 * aligned as nnc_args. nnc_args_init fills them with zeros, the signature, a
 * batch of 1 (or the compiled one), and of a stream one step. nnc_args_buffers
 * is where its pointers are: inputs, then outputs. nnc_args_steps is where the
 * number of steps is; NULL if the model is no stream. */
size_t nnc_args_size(const nnc_model *model);
void nnc_args_init(nnc_args *args, const nnc_model *model);
const void **nnc_args_buffers(nnc_args *args);
int64_t *nnc_args_steps(nnc_args *args, const nnc_model *model);

/* Of an nnc_dtype: bytes of an element, Keras's name ("float32"), the C type
 * ("float"). 0 or NULL for a number that is no nnc_dtype. */
size_t nnc_dtype_size(int dtype);
const char *nnc_dtype_name(int dtype);
const char *nnc_dtype_c_name(int dtype);

#ifdef __cplusplus
}
#endif

#endif /* NNC_RUNTIME_H */
