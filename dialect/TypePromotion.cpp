//===- TypePromotion.cpp - Keras's result_type ----------------------------===//
//
// Types stand in a lattice; the result is the least one above all operands.
// Weak integers lie between bool and the integers, weak floats between the
// integers and the floats, so that a number never widens a tensor of its kind.
//
//===----------------------------------------------------------------------===//

#include "dialect/TypePromotion.h"

#include "mlir/IR/Builders.h"
#include <array>

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

enum Node : unsigned {
  Bool,
  U8,
  U16,
  U32,
  U64,
  WeakInt,
  I8,
  I16,
  I32,
  I64,
  WeakFloat,
  BF16,
  F16,
  F32,
  F64,
  kNodes
};

using NodeSet = uint32_t;

constexpr NodeSet setOf(Node a) { return NodeSet(1) << a; }

/// The nodes right above each node.
constexpr std::array<NodeSet, kNodes> kAbove = {
    setOf(WeakInt),           // Bool
    setOf(I16) | setOf(U16),  // U8
    setOf(I32) | setOf(U32),  // U16
    setOf(I64) | setOf(U64),  // U32
    setOf(WeakFloat),         // U64
    setOf(U8) | setOf(I8),    // WeakInt
    setOf(I16),               // I8
    setOf(I32),               // I16
    setOf(I64),               // I32
    setOf(WeakFloat),         // I64
    setOf(BF16) | setOf(F16), // WeakFloat
    setOf(F32),               // BF16
    setOf(F32),               // F16
    setOf(F64),               // F32
    0,                        // F64
};

/// The node and everything above it.
NodeSet upperBounds(Node node) {
  NodeSet bounds = setOf(node), last = 0;
  while (bounds != last) {
    last = bounds;
    for (unsigned i = 0; i < kNodes; ++i)
      if (last & setOf(Node(i)))
        bounds |= kAbove[i];
  }
  return bounds;
}

Node nodeOf(PromotionType promoted) {
  Type type = promoted.type;
  if (promoted.weak)
    return isa<FloatType>(type) ? WeakFloat : WeakInt;
  if (type.isBF16())
    return BF16;
  if (type.isF16())
    return F16;
  if (isa<FloatType>(type))
    return type.isF64() ? F64 : F32;
  bool isUnsigned = type.isUnsignedInteger();
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return Bool;
  case 8:
    return isUnsigned ? U8 : I8;
  case 16:
    return isUnsigned ? U16 : I16;
  case 32:
    return isUnsigned ? U32 : I32;
  default:
    return isUnsigned ? U64 : I64;
  }
}

Type typeOf(Node node, MLIRContext *context) {
  Builder b(context);
  switch (node) {
  case Bool:
    return b.getI1Type();
  case U8:
    return b.getIntegerType(8, false);
  case U16:
    return b.getIntegerType(16, false);
  case U32:
  case U64:
    return b.getIntegerType(32, false);
  case I8:
    return b.getIntegerType(8);
  case I16:
    return b.getIntegerType(16);
  case WeakInt:
  case I32:
    return b.getIntegerType(32);
  case I64:
    return b.getIntegerType(64);
  case BF16:
    return b.getBF16Type();
  case F16:
    return b.getF16Type();
  case F64:
    return b.getF64Type();
  default:
    return b.getF32Type();
  }
}

} // namespace

PromotionType nn::pythonFloat(MLIRContext *context) {
  return {Float32Type::get(context), /*weak=*/true};
}

PromotionType nn::pythonInt(MLIRContext *context) {
  return {IntegerType::get(context, 32), /*weak=*/true};
}

Type nn::promoteTypes(ArrayRef<PromotionType> types) {
  NodeSet common = ~NodeSet(0);
  for (PromotionType type : types)
    common &= upperBounds(nodeOf(type));
  for (unsigned i = 0; i < kNodes; ++i)
    if ((common & setOf(Node(i))) && (common & ~upperBounds(Node(i))) == 0)
      return typeOf(Node(i), types.front().type.getContext());
  llvm_unreachable("everything lies below F64");
}
