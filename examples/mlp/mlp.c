/* mlp: one network written twice, as a list of layers and as a graph.
 *
 * Both files are compiled with the same seed, so the weights are the same and
 * so must be every bit of the outputs. Runs both on a batch of samples, prints
 * what they say, and exits with 1 when they differ.
 */
#include "mlp_functional.h"
#include "mlp_sequential.h"

#include <stdio.h>
#include <string.h>

enum { SAMPLES = 4 };

int main(void) {
  static const float inputs[SAMPLES][3] = {
      {1, 2, 3}, {-1, 0, 1}, {0.5F, 0.25F, 0.125F}, {10, -20, 30}};
  static _Alignas(MLP_SEQUENTIAL_ALIGNMENT) char
      sequential_workspace[MLP_SEQUENTIAL_WORKSPACE_SIZE];
  static _Alignas(MLP_FUNCTIONAL_ALIGNMENT) char
      functional_workspace[MLP_FUNCTIONAL_WORKSPACE_SIZE];
  float y[SAMPLES], z[SAMPLES];
  int status;

  mlp_sequential_args sequential = MLP_SEQUENTIAL_ARGS_INIT;
  sequential.batch = SAMPLES;
  sequential.workspace = sequential_workspace;
  sequential.workspace_size = sizeof sequential_workspace;
  sequential.input = inputs[0];
  sequential.output = y;
  status = mlp_sequential_run(&sequential);

  mlp_functional_args functional = MLP_FUNCTIONAL_ARGS_INIT;
  functional.batch = SAMPLES;
  functional.workspace = functional_workspace;
  functional.workspace_size = sizeof functional_workspace;
  functional.inputs = inputs[0];
  functional.outputs = z;
  if (status == NNC_OK)
    status = mlp_functional_run(&functional);

  if (status != NNC_OK) {
    fprintf(stderr, "mlp: %s\n", nnc_status_string(status));
    return 1;
  }
  for (int i = 0; i < SAMPLES; ++i)
    printf("sequential %g, functional %g\n", (double)y[i], (double)z[i]);
  if (memcmp(y, z, sizeof y) != 0) {
    fputs("mlp: the two forms differ\n", stderr);
    return 1;
  }
  puts("equal");
  return 0;
}
