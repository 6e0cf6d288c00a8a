//===- KerasJson.h - JSON as Python writes it -------------------*- C++ -*-===//
//
// Keras's configs are JSON by Python's rules: NaN and Infinity are numbers, and
// 1.0 is not 1. LLVM's reader knows neither, so every number with a fraction or
// an exponent, and those three words, become {"__float__": "text"} before it
// reads the text. Tuples, slices and arrays are objects of Keras's making.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_KERASJSON_H
#define NNC_COMPILER_IMPORT_KERASJSON_H

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace nnc {

/// Reads a config. The text may come from anybody: nesting is bounded.
llvm::Expected<llvm::json::Value> parseKerasJson(llvm::StringRef text);

/// Does the text begin as a JSON object, and not as MLIR's `{-#`?
bool looksLikeJson(llvm::StringRef text);

/// The value as an attribute of the dialect: numbers are i64 and f64, lists are
/// arrays, a None in a list is -1, entries that are None are left out, and a
/// tuple or an array is a list. Null for None itself and for what has no form
/// (a slice outside of a subscript, a tensor).
mlir::Attribute toAttribute(mlir::MLIRContext *context,
                            const llvm::json::Value &value);

/// A subscript in Python's text: "..., 0, 1:5:2, None"; an error message in
/// `error` for what cannot be written so.
std::string toSubscript(const llvm::json::Value &key, std::string &error);

/// `class_name` of an object; empty for anything else.
llvm::StringRef getClassName(const llvm::json::Value &value);

/// The keys of an object in alphabetical order, in which Keras flattens it.
std::vector<llvm::StringRef> sortedKeys(const llvm::json::Object &object);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASJSON_H
