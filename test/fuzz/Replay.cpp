//===- Replay.cpp - a fuzz target without libFuzzer -----------------------===//
//
// Gives the target the files and the folders' files that are its arguments, so
// that seeds and past findings are tested in every build.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/SharedBuffer.h"
#include "test/fuzz/Fuzz.h"

static bool replay(const std::string &path) {
  auto file = nnc::SharedBuffer::open(path);
  if (!file) {
    llvm::errs() << path << ": " << llvm::toString(file.takeError()) << "\n";
    return false;
  }
  // A copy of the very size, beyond which a sanitizer sees reads.
  llvm::StringRef bytes = (*file)->getBuffer();
  std::vector<uint8_t> copy(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
  return true;
}

int main(int argc, char **argv) {
  bool all = true;
  unsigned count = 0;
  for (int i = 1; i < argc; ++i) {
    std::error_code error;
    if (!llvm::sys::fs::is_directory(argv[i])) {
      all &= replay(argv[i]);
      ++count;
      continue;
    }
    for (llvm::sys::fs::directory_iterator it(argv[i], error), end;
         it != end && !error; it.increment(error), ++count)
      all &= replay(it->path());
    all &= !error;
  }
  llvm::outs() << count << " inputs\n";
  return all && count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
