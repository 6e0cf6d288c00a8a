//===- KerasLayers.h - one Keras layer to one nn operation ------*- C++ -*-===//
//
// The operation is found by Keras's class name, its keys are the config's, its
// operands the tensors of a call. What does not fit becomes an nn.malformed.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_KERASLAYERS_H
#define NNC_COMPILER_IMPORT_KERASLAYERS_H

#include "compiler/import/KerasModel.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <functional>

namespace nnc {

namespace nn {
struct LayerParts;
} // namespace nn

/// Why a layer cannot be compiled, a line each.
using Refusals = std::vector<std::string>;

class LayerFactory {
public:
  /// The value of a tensor, or null.
  using GetValue = llvm::function_ref<mlir::Value(const KerasTensor &)>;
  /// The symbol of a model that a wrapped layer is.
  using GetSymbol = std::function<llvm::StringRef(KerasModel &)>;

  LayerFactory(mlir::OpBuilder &builder, llvm::StringRef file,
               bool keepInitializers, GetSymbol getSymbol);

  mlir::Location locate(llvm::StringRef name) const;

  /// An input of a model under the name that the signature gives it.
  mlir::Value createInput(const KerasLayer &layer, llvm::StringRef name);

  /// A layer, or a call of a model; `call` is null where layers have no
  /// operands. `results` are those that others refer to.
  mlir::ValueRange create(KerasLayer &layer, const KerasCall *call,
                          GetValue getValue, unsigned results);

private:
  void addKeys(const KerasLayer &layer, nn::LayerParts &parts,
               Refusals &refusals);
  void addKey(llvm::StringRef key, const llvm::json::Value &value,
              nn::LayerParts &parts, Refusals &refusals);
  void addRegions(KerasLayer &layer, nn::LayerParts &parts);
  void addArguments(const KerasLayer &layer, const KerasCall &call,
                    GetValue getValue, nn::LayerParts &parts,
                    Refusals &refusals);
  void addConstant(const KerasLayer &layer, llvm::StringRef parameter,
                   const llvm::json::Value &value, nn::LayerParts &parts,
                   Refusals &refusals);
  mlir::Operation *createModelCall(KerasLayer &layer,
                                   llvm::ArrayRef<mlir::Value> inputs);
  mlir::Operation *createActivation(KerasLayer &layer, mlir::Operation *op);

  mlir::OpBuilder &builder;
  mlir::StringAttr file;
  bool keepInitializers;
  GetSymbol getSymbol;
  llvm::StringMap<llvm::StringRef> mnemonics; ///< by Keras's class
};

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASLAYERS_H
