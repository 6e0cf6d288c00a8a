//===- CheckWrappers.cpp - what wrappers hold -----------------------------===//
//
// A wrapper's region is written like nn.sequential and connected by link. Both
// forms may come from a hand: whatever the later passes rely on is checked
// here, in wrappers within wrappers, too.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/CheckWrappers.h"

#include "dialect/Wrappers.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// Checks one wrapper; errors are reported, and the first in a region ends it.
class WrapperChecker {
public:
  WrapperChecker(WrapperOpInterface wrapper, bool linked)
      : wrapper(wrapper), layer(cast<LayerOpInterface>(*wrapper)),
        linked(linked) {}

  void check();

private:
  InFlightDiagnostic emit(Location loc);
  LogicalResult checkKinds(ArrayRef<Operation *> layers);
  LogicalResult checkWritten(Block &block);
  LogicalResult checkConnected(Block &block);
  LogicalResult checkInside(LayerOpInterface inner, Block &block);

  WrapperOpInterface wrapper;
  LayerOpInterface layer;
  bool linked;
};

} // namespace

InFlightDiagnostic WrapperChecker::emit(Location loc) {
  InFlightDiagnostic diagnostic = mlir::emitError(loc);
  diagnostic << "layer ";
  if (StringRef name = layer.getLayerName(); !name.empty())
    diagnostic << '\'' << name << "' ";
  diagnostic << '(' << layer.getKerasClass() << "): ";
  return diagnostic;
}

/// Are the region's layers such as the wrapper takes, and as many?
LogicalResult WrapperChecker::checkKinds(ArrayRef<Operation *> layers) {
  if (layers.empty() || (layers.size() > 1 && !wrapper.holdsChain()))
    return emit(wrapper.getLoc())
           << "wraps " << (wrapper.holdsChain() ? "at least " : "")
           << "one layer, but its region holds " << layers.size() << " [N315]";
  for (Operation *op : layers) {
    if (isa<MalformedOp>(op)) // reported as such
      return failure();
    if (isWrappable(wrapper.getWrappedKind(), op))
      continue;
    InFlightDiagnostic diagnostic = emit(op->getLoc());
    switch (wrapper.getWrappedKind()) {
    case WrappedKind::Any:
      diagnostic << "wraps layers";
      break;
    case WrappedKind::Recurrent:
      diagnostic << "wraps recurrent layers";
      break;
    case WrappedKind::Cells:
      diagnostic << "wraps cells of recurrent layers";
      break;
    }
    return diagnostic << ", but got nn." << op->getName().stripDialect()
                      << " [N315]";
  }
  return success();
}

/// Layers without operands, each below the one that it takes.
LogicalResult WrapperChecker::checkWritten(Block &block) {
  SmallVector<Operation *> layers;
  for (Operation &op : block)
    layers.push_back(&op);
  if (failed(checkKinds(layers)))
    return failure();
  if (block.getNumArguments() != 0)
    return emit(wrapper.getLoc()) << "its region takes no arguments [N315]";
  // The first layer takes the wrapper's inputs, of which nn.sequential and
  // wrappers give one.
  int64_t given = std::max<int64_t>(getPositionalInputs(layer).size(), 1);
  for (Operation *op : layers) {
    if (op->getNumOperands() != 0)
      return emit(op->getLoc())
             << "what it wraps has no operands of its own [N315]";
    auto inner = dyn_cast<LayerOpInterface>(op);
    if (!inner)
      continue;
    auto [least, most] = inner.getInputCount();
    if (given < least || (most >= 0 && given > most))
      return emit(op->getLoc()) << "gives " << inner.getKerasClass() << " "
                                << given << (given == 1 ? " input" : " inputs")
                                << ", but that expects " << least << " [N315]";
    if (wrapper.getWrappedKind() != WrappedKind::Recurrent &&
        inner.getResultCount() != 1)
      return emit(op->getLoc())
             << "wraps layers of one result, but " << inner.getKerasClass()
             << " gives " << inner.getResultCount() << " [N315]";
    given = 1;
  }
  return success();
}

/// A layer of a connected region takes and gives what it declares, and nothing
/// from outside the region.
LogicalResult WrapperChecker::checkInside(LayerOpInterface inner,
                                          Block &block) {
  auto [least, most] = inner.getInputCount();
  int64_t inputs = getPositionalInputs(inner).size();
  if (!inner->hasAttr("name"))
    return emit(inner.getLoc()) << "wraps a layer without a name [N218]";
  if (inputs < least || (most >= 0 && inputs > most) ||
      inner->getNumResults() != inner.getResultCount())
    return emit(inner.getLoc())
           << "wraps '" << inner.getLayerName()
           << "' with other inputs or results than it has [N218]";
  for (Value operand : inner->getOperands())
    if (operand.getParentBlock() != &block)
      return emit(inner.getLoc())
             << "wraps '" << inner.getLayerName()
             << "', which takes a value from outside the region [N218]";
  return success();
}

/// Arguments, layers connected with them, and an nn.output.
LogicalResult WrapperChecker::checkConnected(Block &block) {
  size_t inputs = getPositionalInputs(layer).size();
  size_t arguments = block.getNumArguments();
  bool isOutput = !block.empty() && isa<OutputOp>(block.back());
  if (!isOutput || arguments < inputs || arguments > inputs + 1)
    return emit(wrapper.getLoc()) << "its region is not connected, which a "
                                     "linked model's are [N218]";
  SmallVector<Operation *> layers;
  for (Operation &op : llvm::drop_end(block))
    layers.push_back(&op);
  for (Operation *op : layers) {
    auto inner = dyn_cast<LayerOpInterface>(op);
    if (!inner)
      return emit(op->getLoc())
             << "wraps layers, but got " << op->getName() << " [N218]";
    if (failed(checkInside(inner, block)))
      return failure();
  }
  if (wrapper.getWrappedKind() != WrappedKind::Any &&
      failed(checkKinds(layers)))
    return failure();
  for (Value value : block.back().getOperands())
    if (value.getParentBlock() != &block)
      return emit(wrapper.getLoc())
             << "gives a value from outside its region [N218]";
  bool any = wrapper.getWrappedKind() == WrappedKind::Recurrent;
  size_t outputs = block.back().getNumOperands();
  if (outputs == 0 || (!any && outputs != 1))
    return emit(wrapper.getLoc())
           << "wraps layers of one result, but its region gives " << outputs
           << " [N218]";
  return success();
}

void WrapperChecker::check() {
  size_t regions = wrapper->getNumRegions(), roles = wrapper.getRoles().size();
  if (regions < (linked ? roles : 1) || regions > roles) {
    emit(wrapper.getLoc()) << "wraps a layer in a region behind its keys, but "
                              "has "
                           << regions << " regions [N315]";
    return;
  }
  for (unsigned i = 0; i < regions; ++i) {
    Block *block = getWrappedBlock(wrapper, i);
    if (!block) {
      emit(wrapper.getLoc())
          << "wraps one layer, but its region holds 0 [N315]";
      continue;
    }
    if (failed(linked ? checkConnected(*block) : checkWritten(*block)))
      continue;
    for (auto inner : block->getOps<WrapperOpInterface>())
      checkWrapper(inner, linked);
  }
}

void nnc::checkWrapper(WrapperOpInterface wrapper, bool linked) {
  WrapperChecker(wrapper, linked).check();
}
