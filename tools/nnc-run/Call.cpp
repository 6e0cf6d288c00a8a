//===- Call.cpp - one call of a model, with all its memory ----------------===//
//
// See Call.h. All sizes are computed with overflow checks, since they multiply
// numbers of the model with those of a file.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Call.h"
#include "tools/nnc-run/Convert.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace nnc::run {

void AlignedFree::operator()(void *memory) const {
  ::operator delete(memory, std::align_val_t{alignment});
}

bool Buffer::allocate(std::size_t size, std::size_t alignment) {
  // Never of size 0, so that the pointer is never null.
  std::size_t bytes = std::max<std::size_t>(size, 1);
  void *data = ::operator new(bytes, std::align_val_t{alignment}, std::nothrow);
  memory = std::unique_ptr<void, AlignedFree>(data, AlignedFree{alignment});
  if (data)
    std::memset(data, 0, bytes);
  return data != nullptr;
}

Call::~Call() { nnc_pool_destroy(pool); }

bool Call::chooseBatch(const std::vector<std::optional<NpyArray>> &inputs,
                       std::int64_t defaultBatch, std::int64_t &batch,
                       std::string &error) const {
  const nnc_model &model = loaded.info();
  const char *first = nullptr;
  batch = defaultBatch ? defaultBatch : std::max<std::int64_t>(model.batch, 1);
  for (std::size_t i = 0; i != inputs.size(); ++i) {
    if (!inputs[i])
      continue;
    std::int64_t rows = inputs[i]->shape[0];
    if (first && rows != batch) {
      error = std::string("inputs disagree on the batch: '") + first +
              "' has " + std::to_string(batch) + " samples, '" +
              model.inputs[i].name + "' has " + std::to_string(rows) +
              " [N807]";
      return false;
    }
    if (!first)
      first = model.inputs[i].name;
    batch = rows;
  }
  if (model.batch != 0 && batch != 0 && batch != model.batch) {
    error = std::string("model '") + model.name + "' takes batches of " +
            std::to_string(model.batch) + " only, got " +
            std::to_string(batch) + " [N807]";
    return false;
  }
  return true;
}

bool Call::chooseSteps(const std::vector<std::optional<NpyArray>> &inputs,
                       std::int64_t stepsACall, std::string &error) {
  const nnc_model &model = loaded.info();
  if (!nnc_model_is_stream(&model)) {
    if (stepsACall != 0)
      error = std::string("model '") + model.name +
              "' is no stream, so that --steps has no meaning [N807]";
    return stepsACall == 0;
  }
  const char *first = nullptr;
  steps = stepsACall ? stepsACall : 1;
  for (std::size_t i = 0; i != inputs.size(); ++i) {
    if (!inputs[i])
      continue;
    std::int64_t found = inputs[i]->shape[1];
    if (first && found != steps) {
      error = std::string("inputs disagree on the steps: '") + first +
              "' has " + std::to_string(steps) + ", '" + model.inputs[i].name +
              "' has " + std::to_string(found) + " [N807]";
      return false;
    }
    first = model.inputs[i].name;
    steps = found;
  }
  block = stepsACall ? std::min(stepsACall, steps) : steps;
  return true;
}

const nnc_tensor &Call::tensor(std::size_t index) const {
  const nnc_model &model = loaded.info();
  std::size_t inputs = static_cast<std::size_t>(model.input_count);
  return index < inputs ? model.inputs[index] : model.outputs[index - inputs];
}

bool Call::allocateTensor(const nnc_tensor &tensor, std::int64_t steps,
                          Buffer &buffer, std::string &error) const {
  std::size_t bytes = 0;
  if (!__builtin_mul_overflow(nnc_dtype_size(tensor.dtype), tensor.size,
                              &bytes) &&
      !__builtin_mul_overflow(bytes, batch(), &bytes) &&
      !__builtin_mul_overflow(bytes, isStepped(tensor) ? steps : 1, &bytes) &&
      buffer.allocate(bytes, 64))
    return true;
  error = std::string("not enough memory for '") + tensor.name + "' of " +
          std::to_string(batch()) + " samples [N902]";
  return false;
}

bool Call::allocateTensors(std::int64_t batch, std::string &error) {
  const nnc_model &model = loaded.info();
  args()->batch = batch;
  buffers.resize(static_cast<std::size_t>(model.input_count) +
                 static_cast<std::size_t>(model.output_count));
  blocks.resize(block != steps ? buffers.size() : 0);
  for (std::size_t i = 0; i != buffers.size(); ++i) {
    if (!allocateTensor(tensor(i), steps, buffers[i], error))
      return false;
    void *data = buffers[i].data();
    if (!blocks.empty() && isStepped(tensor(i))) {
      if (!allocateTensor(tensor(i), block, blocks[i], error))
        return false;
      data = blocks[i].data();
    }
    nnc_args_buffers(args())[i] = data;
  }
  if (std::int64_t *stepsOfCall = nnc_args_steps(args(), &model))
    *stepsOfCall = block;
  return true;
}

bool Call::allocateScratch(int threads, std::string &error) {
  const nnc_model &model = loaded.info();
  if (threads > 1) {
    pool = nnc_pool_create(threads);
    if (!pool) {
      error = "cannot start " + std::to_string(threads) +
              " threads, or the runtime was built without pthreadpool [N811]";
      return false;
    }
  }
  std::size_t workspaceSize =
      pool ? model.workspace_size_for(pool->threads) : model.workspace_size;
  std::size_t rows =
      static_cast<std::size_t>(std::max<std::int64_t>(args()->batch, 1));
  std::size_t stateSize = 0;
  if (__builtin_mul_overflow(model.state_size, rows, &stateSize) ||
      !workspace.allocate(workspaceSize, model.alignment) ||
      !state.allocate(stateSize, model.alignment)) {
    error = "not enough memory for the workspace and the state [N902]";
    return false;
  }
  args()->parallel = pool;
  args()->workspace = workspace.data();
  args()->workspace_size = workspaceSize;
  if (model.state_size != 0) {
    args()->state = state.data();
    model.reset(state.data(), static_cast<std::int64_t>(rows));
  }
  args()->weights = loaded.weights().data;
  args()->weights_size = loaded.weights().size;
  return true;
}

bool Call::prepare(const std::vector<std::optional<NpyArray>> &inputs,
                   std::int64_t defaultBatch, std::int64_t stepsACall,
                   int threads, std::string &error) {
  const nnc_model &model = loaded.info();
  for (std::size_t i = 0; i != inputs.size(); ++i)
    if (inputs[i] && !checkInput(model.inputs[i], *inputs[i], error))
      return false;
  std::int64_t batch = 0;
  if (!chooseBatch(inputs, defaultBatch, batch, error) ||
      !chooseSteps(inputs, stepsACall, error))
    return false;
  if (!argsMemory.allocate(nnc_args_size(&model), alignof(nnc_args))) {
    error = "not enough memory for the arguments [N902]";
    return false;
  }
  nnc_args_init(args(), &model);
  if (!allocateTensors(batch, error) || !allocateScratch(threads, error))
    return false;
  for (std::size_t i = 0; i != inputs.size(); ++i)
    if (inputs[i] &&
        !convertInput(model.inputs[i], *inputs[i], buffers[i].data(), error))
      return false;
  return true;
}

bool Call::callModel(std::string &error) {
  int status = loaded.info().run(args());
  if (status == NNC_OK)
    return true;
  error = std::string("model '") + loaded.info().name +
          "' failed with status " + std::to_string(status) + ": " +
          nnc_status_string(status) + " [N812]";
  return false;
}

/// Moves `count` steps from `first` on between a tensor and its block: an input
/// into the block, an output out of it.
void Call::copyBlock(std::size_t index, std::int64_t first,
                     std::int64_t count) {
  bool isInput = index < static_cast<std::size_t>(loaded.info().input_count);
  std::size_t bytes = nnc_dtype_size(tensor(index).dtype) *
                      static_cast<std::size_t>(tensor(index).size);
  char *whole = static_cast<char *>(buffers[index].data());
  char *part = static_cast<char *>(blocks[index].data());
  for (std::int64_t row = 0; row != batch(); ++row) {
    char *inWhole =
        whole + static_cast<std::size_t>(row * steps + first) * bytes;
    char *inPart = part + static_cast<std::size_t>(row * count) * bytes;
    std::size_t size = static_cast<std::size_t>(count) * bytes;
    std::memcpy(isInput ? inPart : inWhole, isInput ? inWhole : inPart, size);
  }
}

bool Call::runBlocks(std::string &error) {
  std::size_t inputs = static_cast<std::size_t>(loaded.info().input_count);
  for (std::int64_t first = 0; first < steps; first += block) {
    std::int64_t count = std::min(block, steps - first);
    *nnc_args_steps(args(), &loaded.info()) = count;
    for (std::size_t i = 0; i != inputs; ++i)
      copyBlock(i, first, count);
    if (!callModel(error))
      return false;
    for (std::size_t i = inputs; i != buffers.size(); ++i)
      if (isStepped(tensor(i)))
        copyBlock(i, first, count);
  }
  return true;
}

bool Call::run(std::string &error) {
  return blocks.empty() ? callModel(error) : runBlocks(error);
}

const void *Call::output(int index) const {
  std::size_t first = static_cast<std::size_t>(loaded.info().input_count);
  return buffers[first + static_cast<std::size_t>(index)].data();
}

std::vector<std::int64_t> Call::outputShape(int index) const {
  const nnc_tensor &tensor = loaded.info().outputs[index];
  std::vector<std::int64_t> shape = {batch()};
  shape.insert(shape.end(), tensor.shape, tensor.shape + tensor.rank);
  if (isStepped(tensor))
    shape[1] = steps;
  return shape;
}

} // namespace nnc::run
