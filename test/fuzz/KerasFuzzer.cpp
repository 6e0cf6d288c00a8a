//===- KerasFuzzer.cpp - Keras configs of any text ------------------------===//
//
// Reads a config as the import does, builds operations from it, and runs the
// graph stage over them. A digit in front of the JSON is the major version of
// the Keras that wrote it.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Graph.h"
#include "compiler/import/KerasBuilder.h"
#include "compiler/import/KerasJson.h"
#include "dialect/Register.h"
#include "mlir/IR/MLIRContext.h"
#include "test/fuzz/Fuzz.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace nnc;

/// The operations that a config describes; none if it is wrong.
static OwningOpRef<ModuleOp> build(MLIRContext &context, StringRef text) {
  KerasVersion version{3, 0};
  if (!text.empty() && llvm::isDigit(text.front())) {
    version.major = text.front() - '0';
    text = text.drop_front();
  }
  auto fail = [](llvm::Error error) {
    std::string message = llvm::toString(std::move(error));
    fuzz::require(!message.empty() && !StringRef(message).contains('\n'));
    return OwningOpRef<ModuleOp>();
  };
  llvm::Expected<llvm::json::Value> config = parseKerasJson(text);
  if (!config)
    return fail(config.takeError());
  llvm::Expected<KerasModel> model = readKerasModel(*config, version);
  if (!model)
    return fail(model.takeError());
  KerasBuildOptions options;
  options.file = "fuzz";
  options.keepInitializers = false;
  options.version = version;
  auto module = buildKerasModel(context, *model, options);
  if (!module)
    return fail(module.takeError());
  return std::move(*module);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  DialectRegistry registry;
  nn::registerDialect(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  ScopedDiagnosticHandler handler(&context, [](Diagnostic &diagnostic) {
    fuzz::require(!diagnostic.str().empty());
    return success();
  });
  OwningOpRef<ModuleOp> module = build(context, fuzz::toString(data, size));
  if (!module)
    return 0;
  PassManager passes(&context);
  GraphOptions options;
  options.symbol = "m";
  buildGraphPipeline(passes, options);
  (void)passes.run(*module);
  return 0;
}
