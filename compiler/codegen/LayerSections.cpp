//===- LayerSections.cpp - the layers of a body, one after the other ------===//
//
// See LayerSections.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/LayerSections.h"
#include "compiler/codegen/LayerLoc.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace nnc {

SmallVector<Section> findSections(func::FuncOp body) {
  SmallVector<Section> sections;
  for (Operation &op : body.front().without_terminator()) {
    if (isMemoryEffectFree(&op) || isa<memref::AllocOp, memref::DeallocOp>(op))
      continue;
    StringAttr layer = findLayerName(op.getLoc());
    if (sections.empty())
      sections.push_back({layer, {}});
    else if (!sections.back().layer)
      sections.back().layer = layer;
    else if (layer && layer != sections.back().layer)
      sections.push_back({layer, {}});
    sections.back().ops.push_back(&op);
  }
  if (!sections.empty() && !sections.back().layer)
    sections.back().layer = body.getSymNameAttr();
  return sections;
}

} // namespace nnc
