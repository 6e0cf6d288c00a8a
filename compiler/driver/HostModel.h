//===- HostModel.h - a compiled model that runs right here ------*- C++ -*-===//
//
// A model's shared library, loaded into this process.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_HOSTMODEL_H
#define NNC_COMPILER_DRIVER_HOSTMODEL_H

#include "runtime/include/nnc/abi.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>

namespace nnc {

class HostModel {
public:
  /// Loads `library`, whose model has the prefix `symbol`.
  static llvm::Expected<HostModel> load(const llvm::MemoryBuffer &library,
                                        llvm::StringRef symbol);

  /// Runs the model, its state new if it has one. The buffers hold `batch`
  /// samples each, and are aligned as their elements are.
  llvm::Error run(int64_t batch, llvm::ArrayRef<const void *> inputs,
                  llvm::ArrayRef<void *> outputs) const;

private:
  struct Close {
    void operator()(void *library) const;
  };
  HostModel() = default;

  std::unique_ptr<void, Close> library;
  const nnc_model *model = nullptr;
};

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_HOSTMODEL_H
