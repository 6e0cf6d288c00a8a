//===- OutputKind.h - what nnc can write ------------------------*- C++ -*-===//
//
// One table relates the names that --emit takes, the endings that -o goes by
// and the stage that must have run.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_OUTPUTKIND_H
#define NNC_COMPILER_DRIVER_OUTPUTKIND_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace nnc {

/// The stages of the compiler, in their order.
enum class Stage { Import, Graph, Lowering, Codegen };

llvm::StringRef stageName(Stage stage);

enum class OutputKind {
  Object,
  Archive,
  Shared,
  Wasm,
  Assembly,
  LLVMIR,
  Bitcode,
  Import,
  Graph,
  Lowering,
  Codegen,
  Summary,
  Dot,
  Svg,
  Header,
  Weights
};

struct OutputKindInfo {
  OutputKind kind;
  llvm::StringLiteral name;  ///< after --emit=
  llvm::StringLiteral alias; ///< another such name, or empty
  llvm::StringLiteral help;
  llvm::StringLiteral ending; ///< ".o"; empty: no ending stands for it
  Stage stage;                ///< the last one that it needs
  bool isText;                ///< goes to stdout when no file is named
  bool isCode;                ///< made for one target
};

/// All kinds, in the order in which help lists them.
llvm::ArrayRef<OutputKindInfo> outputKinds();

const OutputKindInfo &getInfo(OutputKind kind);

/// The kind that the ending of `path` stands for.
std::optional<OutputKind> outputKindOfPath(llvm::StringRef path);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_OUTPUTKIND_H
