/* A program with a model that an older nnc compiled: called by its header, and
 * as a tool that has none. Which nnc/abi.h comes first does not matter. */
#ifdef RUNTIME_FIRST
#include "nnc/runtime.h"

#include "old.h"
#else
#include "old.h"

#include "nnc/runtime.h"
#endif

#include <stdio.h>
#include <string.h>

static const float bits[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
static float odd[4];

static int print(int status) {
  printf("%s: %g %g %g %g\n", nnc_status_string(status), (double)odd[0],
         (double)odd[1], (double)odd[2], (double)odd[3]);
  memset(odd, 0, sizeof(odd));
  return status;
}

static int call_by_header(void *workspace, size_t size) {
  old_args args = OLD_ARGS_INIT;
  args.batch = 4;
  args.workspace = workspace;
  args.workspace_size = size;
  args.bits = bits[0];
  args.odd = odd;
  return print(old_run(&args));
}

static int call_by_description(void *workspace, size_t size) {
  union {
    nnc_args args;
    unsigned char bytes[256];
  } memory;
  const char *problem = nnc_model_check(&old_model);
  if (problem || nnc_args_size(&old_model) > sizeof(memory)) {
    printf("refused: %s\n", problem);
    return 1;
  }
  nnc_args_init(&memory.args, &old_model);
  memory.args.batch = 4;
  memory.args.workspace = workspace;
  memory.args.workspace_size = size;
  nnc_args_buffers(&memory.args)[nnc_find_input(&old_model, "bits")] = bits;
  nnc_args_buffers(&memory.args)[1 + nnc_find_output(&old_model, "odd")] = odd;
  return print(old_model.run(&memory.args));
}

int main(void) {
  static _Alignas(OLD_ALIGNMENT) char workspace[OLD_WORKSPACE_SIZE];
  return call_by_header(workspace, sizeof(workspace)) ||
         call_by_description(workspace, sizeof(workspace));
}
