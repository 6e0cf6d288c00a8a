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
#include <array>

namespace nnc::nn {

/// Layer names: not empty, no '/', no control characters (Keras's own rule is
/// "no '/'"; control characters would break one-line diagnostics).
bool isValidName(llvm::StringRef name);

/// One of Keras's 30 activations or its two aliases (swish, hard_swish).
bool isActivation(llvm::StringRef name);

/// The activation's own name, with aliases resolved ("swish" → "silu").
llvm::StringRef canonicalActivation(llvm::StringRef name);

/// Exactly `count` integers, all > 0.
bool isPositive(llvm::ArrayRef<int64_t> values, size_t count);

/// Exactly `count` integers, all >= 0.
bool isNonNegative(llvm::ArrayRef<int64_t> values, size_t count);

/// [[top, bottom], [left, right]] of integers >= 0.
bool isBorder2D(mlir::Attribute value);

/// {top, bottom, left, right} of a value that isBorder2D, or `otherwise` for
/// each side where the key is absent.
std::array<int64_t, 4> getBorder2D(mlir::ArrayAttr value, int64_t otherwise);

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
