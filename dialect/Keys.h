//===- Keys.h - predicates on the values of keys ----------------*- C++ -*-===//
//
// What ODS cannot say in a line about the value of a Keras config key. The
// generated constraints call these; all are pure.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_KEYS_H
#define NNC_DIALECT_KEYS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/SmallVector.h"

namespace nnc::nn {

/// Layer names: not empty, no '/', no control characters (Keras's own rule is
/// "no '/'"; control characters would break one-line diagnostics).
bool isValidName(llvm::StringRef name);

/// One of Keras's 30 activations or its two aliases (swish, hard_swish), or
/// hard_sigmoid_keras2, what Keras 1 and 2 mean by hard_sigmoid.
bool isActivation(llvm::StringRef name);

/// The activation's own name, with aliases resolved ("swish" → "silu").
llvm::StringRef canonicalActivation(llvm::StringRef name);

/// Exactly `count` integers, all > 0.
bool isPositive(llvm::ArrayRef<int64_t> values, size_t count);

/// Exactly `count` integers, all >= 0.
bool isNonNegative(llvm::ArrayRef<int64_t> values, size_t count);

/// [[low, high], …], a pair of integers >= 0 for each of `rank` axes.
bool isBorder(mlir::Attribute value, size_t rank);

/// {low, high, low, high, …} of a value that isBorder, or `otherwise` for each
/// side of `rank` axes where the key is absent.
llvm::SmallVector<int64_t> getBorder(mlir::ArrayAttr value, size_t rank,
                                     int64_t otherwise);

/// A number or a (nested) list of numbers.
bool isNumbers(mlir::Attribute value);

/// The numbers of a value that isNumbers, row-major, and its shape (empty for a
/// single number). Ragged lists give std::nullopt.
struct Numbers {
  llvm::SmallVector<double> values;
  llvm::SmallVector<int64_t> shape;
};
std::optional<Numbers> getNumbers(mlir::Attribute value);

/// A string, or a dictionary with a string `class_name`.
bool isInitializer(mlir::Attribute value);

/// Brings a value as it was written into the form that a key keeps: a list of
/// integers as a dense array, one integer where Keras also takes one, 1 for
/// 1.0. Gives the candidates in the order in which to try them.
llvm::SmallVector<mlir::Attribute> getKeyForms(mlir::Attribute written);

/// The value as the author would write it, for diagnostics and the printer.
void printKeyValue(mlir::Attribute value, llvm::raw_ostream &os);

} // namespace nnc::nn

#endif // NNC_DIALECT_KEYS_H
