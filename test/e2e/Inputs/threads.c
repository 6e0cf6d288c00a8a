/* A model whose layers are shared out to tasks, with parallel-fors that run
 * them in odd orders, not at all, or fail. */

#include "net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 3 };

static float image[BATCH * NET_IMAGE_SIZE];
static float wanted[BATCH * NET_OUTPUT_SIZE], got[BATCH * NET_OUTPUT_SIZE];

typedef struct Order {
  int calls, tasks;
  int backwards, leave_out, fail;
} Order;

static int run_tasks(void *context, void (*task)(void *data, int index),
                     void *data, int count) {
  Order *order = context;
  ++order->calls;
  for (int i = 0; i < count; ++i) {
    int index = order->backwards ? count - 1 - i : i;
    ++order->tasks;
    if (order->leave_out != 0 && order->leave_out == order->tasks)
      continue;
    task(data, index);
  }
  return order->fail;
}

static void expect(int condition, const char *what) {
  if (condition)
    return;
  fprintf(stderr, "failed: %s\n", what);
  exit(1);
}

int main(void) {
  Order order = {0};
  nnc_parallel parallel = {&order, 4, run_tasks};
  net_args args = NET_ARGS_INIT;
  args.workspace_size = net_workspace_size(4);
  args.workspace = aligned_alloc(NET_ALIGNMENT, args.workspace_size);
  args.image = image;
  for (int i = 0; i < BATCH * NET_IMAGE_SIZE; ++i)
    image[i] = (float)(i * 7919 % 1000) / 500.0f - 1.0f;

  args.batch = BATCH;
  args.output = wanted;
  expect(net_run(&args) == 0, "a batch on the calling thread");

  args.output = got;
  args.parallel = &parallel;
  expect(net_run(&args) == 0, "a batch in tasks");
  expect(memcmp(wanted, got, sizeof got) == 0, "same bits");
  expect(order.calls == 1, "samples are shared out, layers are not");

  args.batch = 1;
  for (order.backwards = 0; order.backwards < 2; ++order.backwards) {
    memset(got, 0, sizeof got);
    order.calls = order.tasks = 0;
    expect(net_run(&args) == 0, "one sample in tasks");
    expect(memcmp(wanted, got, sizeof got / BATCH) == 0, "same bits");
    expect(order.calls >= 12, "several layers are shared out");
    expect(order.tasks >= 2 * order.calls, "to several tasks");
  }

  int tasks = order.tasks;
  for (order.leave_out = 1; order.leave_out <= tasks; ++order.leave_out) {
    order.tasks = 0;
    expect(net_run(&args) == NNC_ERROR_PARALLEL, "a task is missing");
  }
  order.leave_out = 0;
  order.calls = 0;
  order.fail = 1;
  expect(net_run(&args) == NNC_ERROR_PARALLEL, "a failure is told");
  expect(order.calls == 1, "and ends the call");
  order.fail = 0;
  expect(net_run(&args) == 0, "the next call starts anew");
  parallel.threads = 1;
  order.calls = 0;
  expect(net_run(&args) == 0 && order.calls == 0, "one thread shares nothing");
  free(args.workspace);
  return 0;
}
