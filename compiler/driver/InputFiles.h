//===- InputFiles.h - the files that an output was made of ------*- C++ -*-===//
//
// What build systems and readers of a header want to know of the input: the
// list of files for make and ninja, and a short hash that tells two versions of
// a model apart. Neither says where the files were.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_INPUTFILES_H
#define NNC_COMPILER_DRIVER_INPUTFILES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace nnc {

/// The files below `path` in a fixed order; `path` itself if it is no folder;
/// none for stdin.
llvm::Expected<std::vector<std::string>> listFiles(llvm::StringRef path);

/// "mlp.mlir (xxh3 0123456789abcdef)": the name and a hash of the content, if
/// it is a file or a folder.
llvm::Expected<std::string> describeInput(llvm::StringRef path);

/// A rule in make's syntax: `targets` are made of `files`.
std::string makeDepfile(llvm::ArrayRef<std::string> targets,
                        llvm::ArrayRef<std::string> files);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_INPUTFILES_H
