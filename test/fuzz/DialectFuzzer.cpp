//===- DialectFuzzer.cpp - models of any text or bytecode -----------------===//
//
// Parses a model as the import does, and runs the graph stage over what parses:
// every check of what a user can write is there. MLIR's own readers are not
// safe on such files: tools/fuzz tells their findings from ours.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Graph.h"
#include "compiler/import/Import.h"
#include "dialect/Register.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "test/fuzz/Fuzz.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::MemoryBufferRef ref(nnc::fuzz::toString(data, size), "fuzz");
  StringRef text = ref.getBuffer();
  if (!isBytecode(ref) &&
      (text.contains('\0') || !nnc::isNestingBounded(text, 64)))
    return 0;
  DialectRegistry registry;
  nnc::nn::registerDialect(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  ScopedDiagnosticHandler handler(&context, [](Diagnostic &diagnostic) {
    nnc::fuzz::require(!diagnostic.str().empty());
    return success();
  });
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text),
                             llvm::SMLoc());
  auto module = parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  if (!module)
    return 0;
  PassManager passes(&context);
  nnc::GraphOptions options;
  options.symbol = "m";
  nnc::buildGraphPipeline(passes, options);
  (void)passes.run(*module);
  return 0;
}
