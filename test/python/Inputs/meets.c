/* A model written by hand whose call ends when two calls have met in it, or
 * after ten seconds with an error: proof that Python lets others go on. Each
 * call signs its workspace and finds the signature there in the end. Speaks the
 * first minor version of the ABI, and says nothing of itself beside it. */
#include "nnc/abi.h"

#include <stdatomic.h>
#include <time.h>

enum { SIGNATURE = 7, ALIGNMENT = 4096, BYTES = 64 };

struct meets_args {
  nnc_args head;
  const float *x;
  float *y;
};

static atomic_int arrived;

static int run(const void *data) {
  const struct meets_args *args = data;
  const time_t begin = time(NULL);
  int *mine = args->head.workspace;
  int number;
  if (args->head.signature != SIGNATURE || args->head.workspace_size != BYTES ||
      (uintptr_t)mine % ALIGNMENT != 0)
    return NNC_ERROR_WORKSPACE;
  number = atomic_fetch_add(&arrived, 1) + 1;
  *mine = number;
  while (atomic_load(&arrived) < 2)
    if (time(NULL) - begin > 10)
      return NNC_ERROR_PARALLEL;
  args->y[0] = args->x[0];
  return *mine == number ? NNC_OK : NNC_ERROR_OVERLAP;
}

static size_t workspace_size(int threads) { return BYTES * (size_t)threads; }

static const int64_t one[] = {1};
static const nnc_tensor input = {"x", "x", one, 1, NNC_FLOAT32, 1};
static const nnc_tensor output = {"y", "y", one, 1, NNC_FLOAT32, 1};

const nnc_model meets_model = {
    NNC_ABI_MAJOR,
    0,
    SIGNATURE,
    "meets",
    1,
    BYTES,
    ALIGNMENT,
    0,
    0,
    0,
    1,
    1,
    &input,
    &output,
    run,
    workspace_size,
    NULL,
    NULL,
    NULL,
};
