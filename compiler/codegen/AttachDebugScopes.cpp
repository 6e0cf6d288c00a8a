//===- AttachDebugScopes.cpp - layers in the debug info -------------------===//
//
// Profilers and debuggers know functions, so every layer becomes one that was
// inlined into the body: `perf report --inline` and a backtrace then name the
// layer. Layer names come from the operations' NameLoc, file and line from its
// child; of paths only the last part is kept, so that the object says nothing
// of the machine that made it. Runs only when debug info is asked for.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/LayerLoc.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/Support/Path.h"

namespace nnc {
#define GEN_PASS_DEF_ATTACHDEBUGSCOPESPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

namespace {

class DebugScopes {
public:
  explicit DebugScopes(ModuleOp module);
  void attach(LLVM::LLVMFuncOp function);

private:
  LLVM::DISubprogramAttr makeScope(StringRef name, bool isSymbol,
                                   unsigned line);
  LLVM::DISubprogramAttr layerScope(StringAttr name, unsigned line);
  Location place(Location original, Attribute scope);

  MLIRContext *context;
  LLVM::DIFileAttr file;
  LLVM::DICompileUnitAttr unit;
  llvm::MapVector<StringAttr, LLVM::DISubprogramAttr> layers;
};

} // namespace

static unsigned lineOf(Location loc) {
  auto position = findLocation<FileLineColLoc>(loc);
  return position ? position.getLine() : 0;
}

DebugScopes::DebugScopes(ModuleOp module) : context(module.getContext()) {
  StringRef path = "model";
  module->walk([&](Operation *op) {
    auto position = findLocation<FileLineColLoc>(op->getLoc());
    if (!position)
      return WalkResult::advance();
    path = position.getFilename().getValue();
    return WalkResult::interrupt();
  });
  file = LLVM::DIFileAttr::get(context, llvm::sys::path::filename(path), "");
  unit = LLVM::DICompileUnitAttr::get(
      DistinctAttr::create(UnitAttr::get(context)), llvm::dwarf::DW_LANG_C11,
      file, StringAttr::get(context, "nnc"), /*isOptimized=*/true,
      LLVM::DIEmissionKind::Full);
}

LLVM::DISubprogramAttr DebugScopes::makeScope(StringRef name, bool isSymbol,
                                              unsigned line) {
  auto type = LLVM::DISubroutineTypeAttr::get(context, {});
  auto text = StringAttr::get(context, name);
  return LLVM::DISubprogramAttr::get(
      context, DistinctAttr::create(UnitAttr::get(context)), unit, file, text,
      isSymbol ? text : StringAttr(), file, line, line,
      LLVM::DISubprogramFlags::Definition | LLVM::DISubprogramFlags::Optimized,
      type, /*retainedNodes=*/{}, /*annotations=*/{});
}

LLVM::DISubprogramAttr DebugScopes::layerScope(StringAttr name, unsigned line) {
  LLVM::DISubprogramAttr &scope = layers[name];
  if (!scope)
    scope = makeScope(name, /*isSymbol=*/false, line);
  return scope;
}

/// The line of the original location, in the given scope.
Location DebugScopes::place(Location original, Attribute scope) {
  auto position = findLocation<FileLineColLoc>(original);
  Location line =
      FileLineColLoc::get(file.getName(), position ? position.getLine() : 0,
                          position ? position.getColumn() : 0);
  return FusedLoc::get(context, {line}, scope);
}

void DebugScopes::attach(LLVM::LLVMFuncOp function) {
  LLVM::DISubprogramAttr scope = makeScope(
      function.getName(), /*isSymbol=*/true, lineOf(function.getLoc()));
  function->setLoc(place(function.getLoc(), scope));
  function.getBody().walk([&](Operation *op) {
    Location original = op->getLoc();
    Location here = place(original, scope);
    if (auto layer = findLocation<NameLoc>(original))
      here = CallSiteLoc::get(
          place(original, layerScope(layer.getName(), lineOf(original))), here);
    op->setLoc(here);
  });
}

namespace {

struct AttachDebugScopesPass
    : impl::AttachDebugScopesPassBase<AttachDebugScopesPass> {
  void runOnOperation() override {
    DebugScopes scopes(getOperation());
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>())
      if (!function.isExternal())
        scopes.attach(function);
  }
};

} // namespace
} // namespace nnc
