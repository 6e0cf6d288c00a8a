//===- Editor.h - a model's text while it is being written ------*- C++ -*-===//
//
// What nn-lsp-server shows of a text: what is wrong with it, by the parser and
// by the checks and the inference of the compiler; the shapes of values; where
// a name is defined; and what could be written at a place. Everything is in
// lines and columns that count from 0.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_EDITOR_H
#define NNC_COMPILER_DRIVER_EDITOR_H

#include "dialect/LayerTable.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace nnc {

struct TextPlace {
  unsigned line = 0, column = 0;
};

struct TextRange {
  TextPlace start, end;
};

struct TextMessage {
  TextRange range;
  mlir::DiagnosticSeverity severity;
  std::string message; ///< with its code
};

/// A name in the text, where it is defined and used, and what it stands for.
struct TextSymbol {
  TextRange definition;
  std::vector<TextRange> uses;
  std::string hover; ///< Markdown; may be empty
};

struct TextAnalysis {
  std::vector<TextMessage> messages;
  /// Of values, operations and models; empty if the text does not parse.
  std::vector<TextSymbol> symbols;

  /// The innermost symbol at `place`; null if there is none.
  const TextSymbol *find(TextPlace place) const;
};

/// What the language server asks; keeps MLIR's context from text to text.
class Editor {
public:
  Editor();
  ~Editor();

  TextAnalysis analyse(llvm::StringRef text, llvm::StringRef fileName);

  /// All layers with their keys.
  const std::vector<nn::LayerInfo> &layers() const;

private:
  struct State;
  std::unique_ptr<State> state;
};

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_EDITOR_H
