/* Links a model and nothing else. */
#include "pair.h"

#include <stdio.h>

int main(void) {
  _Alignas(PAIR_ALIGNMENT) static char workspace[PAIR_WORKSPACE_SIZE];
  static const float x[PAIR_X_SIZE] = {1, 2, 3, 4, 5, 6};
  static const int32_t ids[PAIR_IDS_SIZE] = {1, 0};
  float y[PAIR_Y_SIZE], total[PAIR_TOTAL_SIZE];
  pair_args args = PAIR_ARGS_INIT;
  args.workspace = workspace;
  args.workspace_size = sizeof(workspace);
  args.x = x;
  args.ids = ids;
  args.y = y;
  args.total = total;
  if (pair_run(&args) != NNC_OK)
    return 1;
  printf("total %g\n", (double)total[0]);
  return 0;
}
