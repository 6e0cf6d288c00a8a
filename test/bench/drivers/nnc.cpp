//===- nnc.cpp - times a model that nnc compiled --------------------------===//
//
// Linked with one model's object, which it knows by NNC_MODEL alone, the name
// of its nnc_model. What it does before the first call is all that a program
// has to do: a workspace, a state if there is one, a pool for more threads.
//
//===----------------------------------------------------------------------===//

#include "bench.h"
#include "nnc/runtime.h"

extern "C" const nnc_model NNC_MODEL;

namespace {

void *allocate(std::size_t size, std::size_t alignment) {
  std::size_t bytes = (size + alignment - 1) / alignment * alignment;
  void *memory = std::aligned_alloc(alignment, bytes ? bytes : alignment);
  if (!memory)
    bench::fail("out of memory");
  return memory;
}

} // namespace

int main(int argc, char **argv) {
  bench::Options options{argc, argv};
  double start = bench::seconds();
  const nnc_model &model = NNC_MODEL;
  if (const char *problem = nnc_model_check(&model))
    bench::fail(problem);
  bench::Buffer input = bench::readFloats(options.text("--input"));

  auto *args = static_cast<nnc_args *>(
      allocate(nnc_args_size(&model), alignof(nnc_args)));
  nnc_args_init(args, &model);
  args->batch = static_cast<std::int64_t>(input.size()) / model.inputs[0].size;
  args->workspace_size = model.workspace_size;
  if (options.threads() > 1) {
    nnc_parallel *pool = nnc_pool_create(options.threads());
    if (!pool)
      bench::fail("no thread pool: pthreadpool is missing");
    args->parallel = pool;
    args->workspace_size = model.workspace_size_for(pool->threads);
  }
  args->workspace = allocate(args->workspace_size, model.alignment);
  if (model.state_size != 0) {
    std::size_t rows = static_cast<std::size_t>(args->batch);
    args->state = allocate(model.state_size * rows, model.alignment);
    model.reset(args->state, args->batch);
  }
  bench::Buffer output(
      static_cast<std::size_t>(args->batch * model.outputs[0].size));
  const void **buffers = nnc_args_buffers(args);
  buffers[0] = input.data();
  buffers[1] = output.data();

  auto call = [&, run = model.run] {
    if (int status = run(args))
      bench::fail(nnc_status_string(status));
  };
  bench::run(options, start, call, [] {}, [&] { return output; });
}
