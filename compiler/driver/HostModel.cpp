//===- HostModel.cpp - a compiled model that runs right here --------------===//
//
// See HostModel.h. The loader wants a file: it gets one without a name.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/HostModel.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/raw_ostream.h"
#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace llvm;

namespace nnc {

void HostModel::Close::operator()(void *library) const { dlclose(library); }

Expected<HostModel> HostModel::load(const MemoryBuffer &library,
                                    StringRef symbol) {
  auto fail = [](const Twine &what) {
    const char *reason = dlerror();
    return createStringError("the compiled model cannot be " + what + ": " +
                             (reason ? reason : "no reason is known") +
                             " [N702]");
  };
  int file = memfd_create("model.so", MFD_CLOEXEC);
  if (file < 0)
    return createStringError("no memory for the compiled model [N902]");
  HostModel result;
  {
    raw_fd_ostream os(file, /*shouldClose=*/true);
    os << library.getBuffer();
    os.flush();
    std::string path = "/proc/self/fd/" + std::to_string(file);
    result.library.reset(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL));
  }
  if (!result.library)
    return fail("loaded");
  result.model = static_cast<const nnc_model *>(
      dlsym(result.library.get(), (symbol + "_model").str().c_str()));
  if (!result.model)
    return fail("found");
  return result;
}

/// Memory of at least one byte, as aligned as the model asks, all zero.
static std::unique_ptr<WritableMemoryBuffer> zeros(size_t bytes, size_t align) {
  auto buffer = WritableMemoryBuffer::getNewUninitMemBuffer(
      std::max<size_t>(bytes, 1), "", Align(align));
  if (buffer)
    llvm::fill(buffer->getBuffer(), '\0');
  return buffer;
}

Error HostModel::run(int64_t batch, ArrayRef<const void *> inputs,
                     ArrayRef<void *> outputs) const {
  auto workspace = zeros(model->workspace_size, model->alignment);
  auto state = zeros(model->state_size * batch, model->alignment);
  if (!workspace || !state)
    return createStringError("no memory for the model's workspace [N902]");
  if (model->reset)
    model->reset(state->getBufferStart(), batch);
  // The args struct: its head, then the pointers.
  constexpr size_t head = sizeof(nnc_args) / sizeof(void *);
  static_assert(sizeof(nnc_args) % sizeof(void *) == 0);
  std::vector<const void *> args(head + inputs.size() + outputs.size());
  auto *arguments = reinterpret_cast<nnc_args *>(args.data());
  arguments->signature = model->signature;
  arguments->batch = batch;
  arguments->workspace = workspace->getBufferStart();
  arguments->workspace_size = model->workspace_size;
  arguments->state = model->state_size ? state->getBufferStart() : nullptr;
  llvm::copy(inputs, args.begin() + head);
  llvm::copy(outputs, args.begin() + head + inputs.size());
  int status = model->run(args.data());
  if (status != NNC_OK)
    return createStringError("the model does not run on the samples: " +
                             Twine(nnc_status_string(status)) + " [N702]");
  return Error::success();
}

} // namespace nnc
