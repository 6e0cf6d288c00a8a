//===- WeightValues.h - the values of weights -------------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_WEIGHTVALUES_H
#define NNC_COMPILER_GRAPH_WEIGHTVALUES_H

#include "dialect/NNOps.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace nnc {

/// The elements of a float tensor, dense or resource; an error for any other
/// element type or a blob of the wrong size.
llvm::Expected<std::vector<double>> readFloats(mlir::ElementsAttr value);

/// A tensor of floats that owns its values, `value(i)` rounded to its type;
/// `name` is the resource's name.
mlir::ElementsAttr makeFloats(llvm::StringRef name, mlir::RankedTensorType type,
                              llvm::function_ref<double(size_t)> value);

/// `value` with elements of type `type`: itself where it has them, else rounded
/// from other floats; an error for integers of another type.
llvm::Expected<mlir::ElementsAttr>
toElementType(mlir::ElementsAttr value, mlir::Type type, llvm::StringRef name);

/// Keras's initial values of a weight, the same bits on every machine.
llvm::Expected<std::vector<float>> initializeWeight(const nn::WeightSpec &spec,
                                                    llvm::StringRef name,
                                                    uint64_t seed);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_WEIGHTVALUES_H
