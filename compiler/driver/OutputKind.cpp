//===- OutputKind.cpp - what nnc can write --------------------------------===//
//
// See OutputKind.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/OutputKind.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace nnc {

static constexpr OutputKindInfo kKinds[] = {
    {OutputKind::Object, "obj", "", "object file", ".o", Stage::Codegen, false,
     true},
    {OutputKind::Archive, "archive", "", "static library, runtime included",
     ".a", Stage::Codegen, false, true},
    {OutputKind::Shared, "shared", "", "shared library", ".so", Stage::Codegen,
     false, true},
    {OutputKind::Wasm, "wasm", "", "WebAssembly module and ES module", ".wasm",
     Stage::Codegen, false, true},
    {OutputKind::Assembly, "asm", "", "assembly", ".s", Stage::Codegen, true,
     true},
    {OutputKind::LLVMIR, "llvm", "ll", "optimised LLVM IR", ".ll",
     Stage::Codegen, true, true},
    {OutputKind::Bitcode, "bc", "", "optimised LLVM bitcode", ".bc",
     Stage::Codegen, false, true},
    {OutputKind::Import, "import", "", "IR after import", "", Stage::Import,
     true, false},
    {OutputKind::Graph, "graph", "nn", "IR after graph: the model, completed",
     ".mlir", Stage::Graph, true, false},
    {OutputKind::Lowering, "lowering", "", "IR after lowering: linalg", "",
     Stage::Lowering, true, false},
    {OutputKind::Codegen, "codegen", "", "IR after codegen: LLVM dialect", "",
     Stage::Codegen, true, true},
    {OutputKind::Summary, "summary", "", "table of layers, as Keras prints it",
     "", Stage::Graph, true, false},
    {OutputKind::Dot, "dot", "", "picture of the graph, for Graphviz", ".dot",
     Stage::Graph, true, false},
    {OutputKind::Svg, "svg", "", "picture of the graph", ".svg", Stage::Graph,
     true, false},
    {OutputKind::Header, "header", "", "C header", ".h", Stage::Codegen, true,
     false},
    {OutputKind::Weights, "weights", "", "weights file, for --weights-out code",
     ".weights", Stage::Codegen, false, false},
};

StringRef stageName(Stage stage) {
  switch (stage) {
  case Stage::Import:
    return "import";
  case Stage::Graph:
    return "graph";
  case Stage::Lowering:
    return "lowering";
  case Stage::Codegen:
    return "codegen";
  }
  llvm_unreachable("all stages are covered");
}

ArrayRef<OutputKindInfo> outputKinds() { return kKinds; }

const OutputKindInfo &getInfo(OutputKind kind) {
  return *find_if(
      kKinds, [&](const OutputKindInfo &info) { return info.kind == kind; });
}

std::optional<OutputKind> outputKindOfPath(StringRef path) {
  StringRef ending = sys::path::extension(path);
  if (ending == ".mlirbc")
    return OutputKind::Graph;
  for (const OutputKindInfo &info : kKinds)
    if (!ending.empty() && ending == info.ending)
      return info.kind;
  return std::nullopt;
}

} // namespace nnc
