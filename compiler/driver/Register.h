//===- Register.h - everything that a context may meet ----------*- C++ -*-===//
//
// The one place that knows which dialects, interface implementations and passes
// nnc is made of. nnc, nn-opt and nn-lsp-server all register through it, so
// that what one of them reads the others read too.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_REGISTER_H
#define NNC_COMPILER_DRIVER_REGISTER_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace nnc {

/// The nn dialect, the upstream dialects that the stages use, and what MLIR
/// wants told apart: bufferization, inlining, lowering to LLVM, translation.
void registerAllDialects(mlir::DialectRegistry &registry);

/// All passes for use by name: ours and upstream's.
void registerAllPasses();

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_REGISTER_H
