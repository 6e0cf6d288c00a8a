//===- NNOps.h - the operations of the nn dialect ---------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNOPS_H
#define NNC_DIALECT_NNOPS_H

#include "dialect/ElementTypes.h"
#include "dialect/Keys.h"
#include "dialect/LayerSyntax.h"
#include "dialect/Masks.h"
#include "dialect/NNDialect.h"
#include "dialect/ShapeInference.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace nnc::nn {

/// A weight that a layer needs. Shapes follow from the input and the keys.
struct WeightSpec {
  std::string name; ///< Keras's variable name, "kernel"
  Shape shape;
  mlir::Attribute initializer; ///< a name or {class_name = …, config = {…}}
  bool trainable = true;
  /// Another layer's weight that Keras stores here once more: not bound.
  bool repeated = false;
};

/// Layers that only work in training pass their input through.
template <typename ConcreteType>
struct TrainingOnly
    : public mlir::OpTrait::TraitBase<ConcreteType, TrainingOnly> {};

/// Cells compute one step of a recurrent layer and stand in nn.rnn alone.
template <typename ConcreteType>
struct Cell : public mlir::OpTrait::TraitBase<ConcreteType, Cell> {};

/// What a wrapper takes.
enum class WrappedKind { Any, Recurrent, Cells };

} // namespace nnc::nn

#include "dialect/LayerOpInterface.h.inc"

#define GET_OP_CLASSES
#include "dialect/NNOps.h.inc"

namespace nnc::nn {

/// "layer 'conv1' (Conv2D): " in front of a diagnostic at the layer.
mlir::InFlightDiagnostic emitLayerError(LayerOpInterface layer);

/// The layer's operand passed by keyword, all of them where it is a list.
mlir::OperandRange getKeywordOperands(LayerOpInterface layer,
                                      llvm::StringRef keyword);
/// The layer's positional inputs.
mlir::OperandRange getPositionalInputs(LayerOpInterface layer);

/// The first layer in region `index` of a wrapper; null where there is none.
LayerOpInterface getWrappedLayer(mlir::Operation *wrapper, unsigned index);

/// An error where the layer's mask is not that of its sequence: (batch, steps).
/// `inputs` are the shapes of all operands, the mask last.
llvm::Error checkSequenceMask(LayerOpInterface layer,
                              llvm::ArrayRef<Shape> inputs);

/// Gives the results of a layer, whose operands have theirs, the types that
/// follow from them, or an error without the layer's name.
llvm::Error inferTypes(LayerOpInterface layer);

/// Passes `value` by keyword, in the place of what was passed.
void setKeywordOperand(LayerOpInterface layer, llvm::StringRef keyword,
                       mlir::Value value);

/// The weight `name` ("kernel") that materialization has bound; null before.
mlir::FlatSymbolRefAttr getWeightRef(LayerOpInterface layer,
                                     llvm::StringRef name);

} // namespace nnc::nn

#endif // NNC_DIALECT_NNOPS_H
