//===- Runtime.cpp - where the runtime library is -------------------------===//
//
// See Runtime.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Runtime.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace nnc {

std::string findRuntime(StringRef programDirectory) {
  if (programDirectory.empty())
    return "";
  // Some systems install libraries deeper, as lib/x86_64-linux-gnu.
  for (StringRef folder : {"lib", NNC_INSTALL_LIBDIR}) {
    SmallString<256> path(programDirectory);
    sys::path::append(path, "..", folder, "libnnc_runtime.a");
    if (sys::fs::exists(path))
      return path.str().str();
  }
  return "";
}

} // namespace nnc
