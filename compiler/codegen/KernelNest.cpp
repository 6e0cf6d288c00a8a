//===- KernelNest.cpp - the loops of a kernel and their strides -----------===//
//
// Maps and layouts are linear, so that every address is a sum of strides; only
// packed weights step from panel to panel. A loop of one turn vanishes. Two
// neighbours become one loop where the outer one's stride is the inner one's
// whole way in every operand: the pixels of a pointwise convolution are rows
// of one matrix. Reductions keep their order; loops with a window stay apart.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/KernelNest.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/AffineExprVisitor.h"

using namespace mlir;

namespace nnc {
namespace {

/// What a map's result is made of: a constant, multiples of loops, and the
/// loop that it counts in panels or within a panel.
struct Terms : AffineExprVisitor<Terms> {
  explicit Terms(unsigned loops) : factors(loops, 0) {}

  void visitConstantExpr(AffineConstantExpr expr) {
    constant += scale * expr.getValue();
  }
  void visitDimExpr(AffineDimExpr expr) {
    factors[expr.getPosition()] += scale;
  }
  void visitSymbolExpr(AffineSymbolExpr) { llvm_unreachable("no symbols"); }
  void visitAddExpr(AffineBinaryOpExpr expr) {
    visit(expr.getLHS());
    visit(expr.getRHS());
  }
  void visitMulExpr(AffineBinaryOpExpr expr) {
    int64_t factor = cast<AffineConstantExpr>(expr.getRHS()).getValue();
    scale *= factor;
    visit(expr.getLHS());
    scale /= factor == 0 ? 1 : factor;
  }
  void visitFloorDivExpr(AffineBinaryOpExpr expr) {
    width = cast<AffineConstantExpr>(expr.getRHS()).getValue();
    countsPanels = true;
  }
  void visitModExpr(AffineBinaryOpExpr expr) {
    width = cast<AffineConstantExpr>(expr.getRHS()).getValue();
    withinPanel = cast<AffineDimExpr>(expr.getLHS()).getPosition();
  }
  void visitCeilDivExpr(AffineBinaryOpExpr) { llvm_unreachable("no ceil"); }

  SmallVector<int64_t> factors;
  int64_t constant = 0, scale = 1, width = 0;
  bool countsPanels = false;
  std::optional<unsigned> withinPanel;
};

/// Builds the nest of one kernel.
class NestBuilder {
public:
  explicit NestBuilder(kernel::ReduceOp kernel) : kernel(kernel) {}

  KernelNest build();

private:
  void addAccess(OpOperand &operand);
  void addWindow(const Terms &terms, int64_t extent);
  void eraseLoop(unsigned loop);
  void dropUnitLoops();
  bool canMerge(unsigned outer) const;
  void mergeLoops();
  void chooseColumns();
  void chooseRows();

  kernel::ReduceOp kernel;
  KernelNest nest;
};

} // namespace

const NestWindow *KernelNest::windowAt(int64_t position) const {
  for (const NestWindow &window : windows)
    if (window.position == position)
      return &window;
  return nullptr;
}

const NestWindow *KernelNest::windowOf(int64_t tap) const {
  for (const NestWindow &window : windows)
    if (window.tap == tap)
      return &window;
  return nullptr;
}

/// Records the window that `terms` describe if it leaves the axis anywhere.
void NestBuilder::addWindow(const Terms &terms, int64_t extent) {
  int64_t first = terms.constant, last = terms.constant;
  NestWindow window;
  window.low = -terms.constant;
  window.extent = extent;
  for (auto [i, factor] : llvm::enumerate(terms.factors)) {
    int64_t reach = factor * (nest.loops[i].extent - 1);
    (reach < 0 ? first : last) += reach;
    if (reach == 0)
      continue;
    if (nest.loops[i].reduces) {
      window.tap = int64_t(i);
      window.dilation = factor;
    } else {
      window.position = int64_t(i);
      window.stride = factor;
    }
  }
  if (first < 0 || last >= extent)
    nest.windows.push_back(window);
}

void NestBuilder::addAccess(OpOperand &operand) {
  NestAccess access;
  access.strides.assign(nest.loops.size(), 0);
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type) { // a scalar
    nest.accesses.push_back(access);
    return;
  }
  auto [strides, offset] = type.getStridesAndOffset();
  AffineMap map = kernel.getMap(operand);
  for (auto [axis, expr] : llvm::enumerate(map.getResults())) {
    Terms terms(nest.loops.size());
    terms.visit(expr);
    access.offset += strides[axis] * terms.constant;
    for (auto [loop, factor] : llvm::enumerate(terms.factors))
      access.strides[loop] += strides[axis] * factor;
    if (terms.width != 0)
      access.width = terms.width;
    if (terms.countsPanels)
      access.panelStride = strides[axis];
    else if (terms.withinPanel)
      access.strides[*terms.withinPanel] += strides[axis];
    else
      addWindow(terms, type.getShape()[axis]);
  }
  nest.accesses.push_back(access);
}

void NestBuilder::eraseLoop(unsigned loop) {
  nest.loops.erase(nest.loops.begin() + loop);
  for (NestAccess &access : nest.accesses)
    access.strides.erase(access.strides.begin() + loop);
  for (NestWindow &window : nest.windows) {
    window.position -= window.position > int64_t(loop);
    window.tap -= window.tap > int64_t(loop);
  }
}

void NestBuilder::dropUnitLoops() {
  for (unsigned i = nest.loops.size(); i-- > 0;)
    if (nest.loops[i].extent == 1)
      eraseLoop(i);
}

bool NestBuilder::canMerge(unsigned outer) const {
  const NestLoop &first = nest.loops[outer], &second = nest.loops[outer + 1];
  if (first.reduces != second.reduces)
    return false;
  for (unsigned loop : {outer, outer + 1})
    if (nest.windowAt(loop) || nest.windowOf(loop))
      return false;
  return llvm::all_of(nest.accesses, [&](const NestAccess &access) {
    int64_t inner = access.strides[outer + 1];
    bool steps = access.strides[outer] != 0 || inner != 0;
    return access.strides[outer] == inner * second.extent &&
           !(access.hasPanels() && steps && !first.reduces);
  });
}

void NestBuilder::mergeLoops() {
  for (unsigned i = 0; i + 1 < nest.loops.size();) {
    if (!canMerge(i)) {
      ++i;
      continue;
    }
    nest.loops[i].extent *= nest.loops[i + 1].extent;
    for (NestAccess &access : nest.accesses)
      access.strides[i] = access.strides[i + 1];
    eraseLoop(i + 1);
  }
}

/// The last parallel loop along which everything is contiguous or constant.
void NestBuilder::chooseColumns() {
  for (unsigned i = nest.loops.size(); i-- > 0;) {
    bool fits = !nest.loops[i].reduces && nest.output().strides[i] == 1 &&
                llvm::all_of(nest.accesses, [&](const NestAccess &access) {
                  return access.strides[i] == 0 || access.strides[i] == 1;
                });
    if (!fits || nest.windowAt(i))
      continue;
    nest.columns = i;
    return;
  }
}

/// The loop whose neighbouring steps share the most: an input that does not
/// change along it (weights), or the window along it. Of several the innermost
/// that fills a block.
void NestBuilder::chooseRows() {
  for (unsigned i = nest.loops.size(); i-- > 0;) {
    if (nest.loops[i].reduces || int64_t(i) == nest.columns)
      continue;
    bool shares = false;
    for (unsigned input = 0; input < nest.inputs; ++input)
      shares |= nest.accesses[input].strides[i] == 0 &&
                llvm::any_of(nest.accesses[input].strides,
                             [](int64_t stride) { return stride != 0; });
    if (!shares)
      continue;
    if (nest.rows == kNone ||
        (nest.extent(nest.rows) < 4 && nest.loops[i].extent >= 4))
      nest.rows = i;
  }
  for (unsigned i = nest.loops.size(); i-- > 0 && nest.rows == kNone;)
    if (!nest.loops[i].reduces && int64_t(i) != nest.columns)
      nest.rows = i;
}

KernelNest NestBuilder::build() {
  for (auto [i, extent] : llvm::enumerate(kernel.getExtents()))
    nest.loops.push_back({extent, kernel.isReduction(int64_t(i))});
  nest.inputs = kernel.getInputs().size();
  for (OpOperand &operand : kernel->getOpOperands())
    addAccess(operand);
  dropUnitLoops();
  mergeLoops();
  chooseColumns();
  chooseRows();
  return nest;
}

bool hasFixedStrides(kernel::ReduceOp kernel) {
  return llvm::all_of(kernel->getOperandTypes(), [](Type type) {
    auto buffer = dyn_cast<MemRefType>(type);
    if (!buffer)
      return !isa<ShapedType>(type);
    SmallVector<int64_t> strides;
    int64_t offset;
    return buffer.hasStaticShape() &&
           succeeded(buffer.getStridesAndOffset(strides, offset)) &&
           llvm::none_of(strides, ShapedType::isDynamic);
  });
}

KernelNest makeNest(kernel::ReduceOp kernel) {
  return NestBuilder(kernel).build();
}

} // namespace nnc
