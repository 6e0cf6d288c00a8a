//===- Completion.h - what could be written at a place ----------*- C++ -*-===//
//
// Completion works on the text, which does not parse while one types: the names
// of layers where one may stand, and the keys of the layer in whose braces the
// cursor is.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NN_LSP_SERVER_COMPLETION_H
#define NNC_TOOLS_NN_LSP_SERVER_COMPLETION_H

#include "compiler/driver/Editor.h"
#include "llvm/Support/LSP/Protocol.h"

namespace nnc {

/// `place` is the cursor in the text, and `position` the same as the protocol
/// counts.
llvm::lsp::CompletionList complete(llvm::StringRef text, TextPlace place,
                                   llvm::lsp::Position position,
                                   llvm::ArrayRef<nn::LayerInfo> layers);

} // namespace nnc

#endif // NNC_TOOLS_NN_LSP_SERVER_COMPLETION_H
