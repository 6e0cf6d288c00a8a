//===- Call.h - one call of a model, with all its memory --------*- C++ -*-===//
//
// Everything a call needs: the args struct, buffers for inputs and outputs,
// workspace, state and threads. Inputs come from arrays, whose leading
// dimension is the batch, or are zero for timing.
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
  /// zero and has `defaultBatch` samples. Allocates everything.
  bool prepare(const std::vector<std::optional<NpyArray>> &inputs,
               std::int64_t defaultBatch, int threads, std::string &error);

  /// Runs the model once; an error is the status in words.
  bool run(std::string &error);

  std::int64_t batch() const { return args()->batch; }

  /// The elements of an output and their shape, batch included.
  const void *output(int index) const;
  std::vector<std::int64_t> outputShape(int index) const;

private:
  nnc_args *args() const { return static_cast<nnc_args *>(argsMemory.data()); }
  bool chooseBatch(const std::vector<std::optional<NpyArray>> &inputs,
                   std::int64_t defaultBatch, std::int64_t &batch,
                   std::string &error) const;
  bool allocateTensors(std::int64_t batch, std::string &error);
  bool allocateScratch(int threads, std::string &error);

  const LoadedModel &loaded;
  Buffer argsMemory, workspace, state;
  std::vector<Buffer> buffers; ///< inputs, then outputs
  nnc_parallel *pool = nullptr;
};

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_CALL_H
