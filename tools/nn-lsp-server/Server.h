//===- Server.h - the language server's protocol ----------------*- C++ -*-===//
//
// Answers an editor: errors while one types, shapes on hover, completion, where
// a name is defined and used. All of it is the driver's; here are messages.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NN_LSP_SERVER_SERVER_H
#define NNC_TOOLS_NN_LSP_SERVER_SERVER_H

#include "llvm/Support/LSP/Transport.h"
#include "llvm/Support/LogicalResult.h"

namespace nnc {

/// Serves until the client says goodbye. Fails if it did so out of turn.
llvm::LogicalResult serve(llvm::lsp::JSONTransport &transport);

} // namespace nnc

#endif // NNC_TOOLS_NN_LSP_SERVER_SERVER_H
