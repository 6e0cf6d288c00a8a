//===- Register.h - the only way tools load the dialect ---------*- C++ -*-===//

#ifndef NNC_DIALECT_REGISTER_H
#define NNC_DIALECT_REGISTER_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace nnc::nn {

/// Makes the nn dialect known to `registry`.
void registerDialect(mlir::DialectRegistry &registry);

} // namespace nnc::nn

#endif // NNC_DIALECT_REGISTER_H
