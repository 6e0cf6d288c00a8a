//===- HeaderEmitter.h - the C header of a compiled model -------*- C++ -*-===//
//
// The generated header is the face of a model: typed arguments, sizes, the
// entry points, and for C++ the struct that nnc/model.hpp takes. It needs no
// nnc beside it, since it carries the ABI's types as a guarded block.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_EMIT_HEADEREMITTER_H
#define NNC_COMPILER_EMIT_HEADEREMITTER_H

#include "compiler/model/ModelInfo.h"
#include <string>
#include <vector>

namespace nnc {

/// What the header's first lines say of its making. No path and no time: the
/// same input and options give the same bytes. An empty string is left out.
struct HeaderOptions {
  std::string version; ///< of nnc, "0.1.0"
  std::string options; ///< those that shape the code, "--mcpu=native --batch 8"
  std::string input;   ///< the input's file name and hash
};

/// The first lines of what is generated: made by what, of what and how. Names
/// in them are as they are in the file, which is not trusted.
std::vector<std::string> describeOrigin(const ModelInfo &model,
                                        const HeaderOptions &options);

/// The header of `model`, whose names must be C (ModelInfo::fromJSON and
/// CNames see to that). Clean as C99 and as C++17, -pedantic included.
std::string emitHeader(const ModelInfo &model, const HeaderOptions &options);

} // namespace nnc

#endif // NNC_COMPILER_EMIT_HEADEREMITTER_H
