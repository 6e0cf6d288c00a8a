//===- EinsumLowering.cpp - one loop nest for an einsum -------------------===//
//
// More than two operands are contracted from left to right. Neighbouring
// indices are made one first, so that most einsums of networks are products of
// matrices, as Dense is. Then there is one nest in the order that orderLoops
// decides; it fixes the order of the sums.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/EinsumLowering.h"
#include "compiler/lowering/ScalarMath.h"
#include "dialect/Einsum.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace nnc;

/// Where in the loops the axes of one place are; the axes that repeat are at 0.
static AffineMap mapTo(LocBuilder &b, ArrayRef<unsigned> loops,
                       ArrayRef<unsigned> place,
                       llvm::function_ref<bool(unsigned)> isRepeated) {
  SmallVector<AffineExpr> exprs;
  for (auto [axis, index] : llvm::enumerate(place)) {
    auto loop = unsigned(llvm::find(loops, index) - loops.begin());
    exprs.push_back(isRepeated(unsigned(axis)) ? b.getAffineConstantExpr(0)
                                               : b.getAffineDimExpr(loop));
  }
  return AffineMap::get(unsigned(loops.size()), 0, exprs, b.getContext());
}

/// One or two operands; integers are added as `sums`, if given.
static Value contractOnce(LocBuilder &b, const nn::Einsum &written,
                          ValueRange operands, Type sums) {
  nn::Einsum einsum = nn::mergeIndices(written);
  SmallVector<unsigned> loops = nn::orderLoops(einsum);

  SmallVector<Value> tensors;
  SmallVector<AffineMap> maps;
  for (auto [o, operand] : llvm::enumerate(operands)) {
    tensors.push_back(reshape(b, operand, einsum.shapes[o]));
    maps.push_back(mapTo(b, loops, einsum.operands[o], [&](unsigned axis) {
      return einsum.isRepeated(unsigned(o), axis);
    }));
  }
  maps.push_back(
      mapTo(b, loops, einsum.result, [](unsigned) { return false; }));
  SmallVector<bool> reductions = llvm::map_to_vector(
      loops, [&](unsigned index) { return einsum.isContracted(index); });
  Shape shape = einsum.resultShape();
  auto addProduct = [&](LocBuilder &at, ValueRange x) {
    ScalarMath m{at};
    auto widen = [&](Value y) { return sums ? castScalar(at, y, sums) : y; };
    Value term = widen(x[0]);
    if (x.size() == 3)
      return m.add(x[2], m.mul(term, widen(x[1])));
    return m.add(x[1], term);
  };
  Value result =
      accumulate(b, tensors, shape, 0.0, maps, reductions, addProduct, sums);
  return reshape(b, result, written.resultShape());
}

Value nnc::einsum(LocBuilder &b, StringRef equation, ValueRange operands,
                  Type sums) {
  SmallVector<Shape> shapes;
  for (Value operand : operands)
    shapes.emplace_back(shapeOf(operand));
  // The layer's shape rules have been through the same analysis.
  nn::Einsum einsum = llvm::cantFail(nn::analyzeEinsum(equation, shapes));
  std::vector<nn::Einsum> pairs = nn::pairwise(einsum);
  Value result = contractOnce(b, pairs.front(), operands.take_front(2), sums);
  for (auto [i, pair] : llvm::enumerate(ArrayRef(pairs).drop_front()))
    result = contractOnce(b, pair, {result, operands[i + 2]}, sums);
  return result;
}
