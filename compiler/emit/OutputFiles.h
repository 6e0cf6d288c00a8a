//===- OutputFiles.h - all files of one run, or none ------------*- C++ -*-===//
//
// A build must never see half an object or a header without its object. So
// outputs are collected in memory and written together at the end: first each
// to a temporary file beside its place, then all renamed.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_OUTPUTFILES_H
#define NNC_COMPILER_EMIT_OUTPUTFILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>
#include <vector>

namespace nnc {

class OutputFiles {
public:
  /// Adds one file; the path "-" is stdout.
  void add(llvm::StringRef path, std::unique_ptr<llvm::MemoryBuffer> content,
           bool executable = false);

  /// Writes everything added, or nothing and tells why.
  llvm::Error commit();

private:
  struct Entry {
    std::string path;
    std::unique_ptr<llvm::MemoryBuffer> content;
    bool executable;
  };
  llvm::Error checkNames() const;

  std::vector<Entry> entries;
};

} // namespace nnc

#endif // NNC_COMPILER_EMIT_OUTPUTFILES_H
