//===- Call.h - one call of a model, with all its memory --------*- C++ -*-===//
//
// Everything a call needs: the args struct, buffers for inputs and outputs,
// workspace, state and threads. Inputs come from arrays, whose leading
// dimension is the batch, or are zero for timing. A stream is fed all steps of
// its inputs, at once or in blocks.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_CALL_H
#define NNC_TOOLS_NNC_RUN_CALL_H

#include "tools/nnc-run/LoadedModel.h"
#include "tools/nnc-run/Npy.h"

#include <memory>
#include <optional>
#include <vector>

namespace nnc::run {

/// Frees memory that was allocated with this alignment.
struct AlignedFree {
  std::size_t alignment = 1;
  void operator()(void *memory) const;
};

/// Aligned memory of a size that is known at run time, all zero.
class Buffer {
public:
  bool allocate(std::size_t size, std::size_t alignment);
  void *data() const { return memory.get(); }

private:
  std::unique_ptr<void, AlignedFree> memory;
};

class Call {
public:
  explicit Call(const LoadedModel &model) : loaded(model) {}
  Call(const Call &) = delete;
  Call &operator=(const Call &) = delete;
  ~Call();

  /// Takes one array per input, in the model's order; without one the input is
  /// zero and has `defaultBatch` samples. `stepsACall` (0: all) are fed to a
  /// stream at once, and are how many an input that is zero has. Allocates
  /// everything.
  bool prepare(const std::vector<std::optional<NpyArray>> &inputs,
               std::int64_t defaultBatch, std::int64_t stepsACall, int threads,
               std::string &error);

  /// Runs the model once; an error is the status in words.
  bool run(std::string &error);

  std::int64_t batch() const { return args()->batch; }
  /// Of a run, of all samples together; of a model that is no stream, one each.
  std::int64_t stepCount() const { return batch() * steps; }
  /// The threads that it runs on; null if it is but one.
  nnc_parallel *threads() const { return pool; }
  /// The workspace: a part for each thread.
  const void *workspaceMemory() const { return workspace.data(); }

  /// The elements of an output and their shape, batch included.
  const void *output(int index) const;
  std::vector<std::int64_t> outputShape(int index) const;

private:
  nnc_args *args() const { return static_cast<nnc_args *>(argsMemory.data()); }
  bool chooseBatch(const std::vector<std::optional<NpyArray>> &inputs,
                   std::int64_t defaultBatch, std::int64_t &batch,
                   std::string &error) const;
  bool chooseSteps(const std::vector<std::optional<NpyArray>> &inputs,
                   std::int64_t stepsACall, std::string &error);
  bool allocateTensors(std::int64_t batch, std::string &error);
  bool allocateTensor(const nnc_tensor &tensor, std::int64_t steps,
                      Buffer &buffer, std::string &error) const;
  const nnc_tensor &tensor(std::size_t index) const;
  bool callModel(std::string &error);
  bool runBlocks(std::string &error);
  void copyBlock(std::size_t index, std::int64_t first, std::int64_t count);
  bool allocateScratch(int threads, std::string &error);

  const LoadedModel &loaded;
  Buffer argsMemory, workspace, state;
  std::vector<Buffer> buffers; ///< inputs, then outputs
  std::vector<Buffer> blocks;  ///< what of them one call of several takes
  std::int64_t steps = 1;      ///< of a stream's inputs
  std::int64_t block = 1;      ///< steps a call
  nnc_parallel *pool = nullptr;
};

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_CALL_H
