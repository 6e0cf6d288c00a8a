//===- CategoryPatterns.cpp - numbers to categories -----------------------===//
//
// Discretization, CategoryEncoding and IntegerLookup: what place a number has,
// and the encodings of places. A place is found by a search that halves a
// sorted table in a fixed number of steps.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/AxisTaps.h"
#include "compiler/lowering/IndexCheck.h"
#include "compiler/lowering/Patterns.h"
#include "dialect/NNPreprocessingOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace nnc;

/// An i64 or i32 constant; `scalar` takes numbers that a double holds.
static Value integer(LocBuilder &b, int64_t value, Type type) {
  return arith::ConstantOp::create(b, b.getIntegerAttr(type, value));
}

static Value isEqual(LocBuilder &b, Value x, Value y) {
  return arith::CmpIOp::create(b, arith::CmpIPredicate::eq, x, y);
}

//===----------------------------------------------------------------------===//
// Encodings
//===----------------------------------------------------------------------===//

/// Ones at the places of each element on its own, which a last axis of one
/// becomes.
static Value encodeOneHot(LocBuilder &b, Value places, ShapeRef shape,
                          Type type) {
  places = reshape(b, places, shape.drop_back());
  int64_t last = int64_t(shape.size()) - 1;
  Placed operands[] = {{places, llvm::to_vector(llvm::seq<int64_t>(0, last))}};
  return elementwise(
      b, shape, operands,
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value place = linalg::IndexOp::create(at, last);
        place = arith::IndexCastOp::create(at, x[0].getType(), place);
        return arith::SelectOp::create(at, isEqual(at, x[0], place),
                                       scalar(at, 1.0, type),
                                       scalar(at, 0.0, type));
      },
      type);
}

/// (batch, elements) to (batch, places): body(whether the element is at the
/// place, its weight, accumulator) over the elements.
static Value encodeRows(LocBuilder &b, Value places, Value weights,
                        ShapeRef shape, ScalarBody body) {
  AffineExpr row = b.getAffineDimExpr(0), element = b.getAffineDimExpr(1),
             place = b.getAffineDimExpr(2);
  auto mapOf = [&](AffineExpr column) {
    return AffineMap::get(3, 0, {row, column}, b.getContext());
  };
  return accumulate(
      b, ValueRange{weights, places}, shape, 0.0,
      {mapOf(element), mapOf(element), mapOf(place)}, {false, true, false},
      [&](LocBuilder &at, ValueRange x) {
        Value index = linalg::IndexOp::create(at, 2);
        index = arith::IndexCastOp::create(at, x[1].getType(), index);
        return body(at, ValueRange{isEqual(at, x[1], index), x[0], x[2]});
      });
}

/// Whether there is an element at each place.
static Value encodeMultiHot(LocBuilder &b, Value places, ShapeRef shape,
                            Type type) {
  Value ones = fill(b, RankedTensorType::get(shapeOf(places), type), 1.0);
  return encodeRows(b, places, ones, shape,
                    [](LocBuilder &at, ValueRange x) -> Value {
                      return arith::SelectOp::create(at, x[0], x[1], x[2]);
                    });
}

/// The sum of the weights of the elements at each place; 1 each without them.
static Value encodeCount(LocBuilder &b, Value places, Value weights,
                         ShapeRef shape, Type type) {
  if (!weights)
    weights = fill(b, RankedTensorType::get(shapeOf(places), type), 1.0);
  return encodeRows(
      b, places, weights, shape, [](LocBuilder &at, ValueRange x) -> Value {
        Value zero = scalar(at, 0.0, x[1].getType());
        Value more = arith::SelectOp::create(at, x[0], x[1], zero);
        return arith::AddFOp::create(at, x[2], more);
      });
}

/// What `mode` makes of places, which are integers. A place outside of the
/// encoding counts nowhere.
static Value encode(LocBuilder &b, Value places, StringRef mode,
                    RankedTensorType type, Value weights = {}) {
  Type element = type.getElementType();
  if (mode == "int")
    return places;
  if (mode == "one_hot")
    return encodeOneHot(b, places, type.getShape(), element);
  if (mode == "multi_hot")
    return encodeMultiHot(b, places, type.getShape(), element);
  return encodeCount(b, places, weights, type.getShape(), element);
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

/// A sorted table, filled up to 2^steps elements by repeating the last one.
template <typename T>
static SmallVector<T> padTable(ArrayRef<T> sorted, T filler, unsigned &steps) {
  steps = llvm::Log2_64_Ceil(sorted.size() + 1);
  SmallVector<T> table(sorted);
  table.resize(size_t(1) << steps, filler);
  return table;
}

/// How many elements at the start of a table of 2^steps, which is sorted,
/// `isBefore` holds for; at most 2^steps - 1.
static Value
countBefore(LocBuilder &b, Value table, unsigned steps,
            llvm::function_ref<Value(LocBuilder &, Value)> isBefore) {
  Value count = arith::ConstantIndexOp::create(b, 0);
  for (unsigned step = steps; step-- > 0;) {
    Value more = arith::ConstantIndexOp::create(b, int64_t(1) << step);
    Value next = arith::AddIOp::create(b, count, more);
    Value last = arith::SubIOp::create(
        b, next, arith::ConstantIndexOp::create(b, 1).getResult());
    Value element = tensor::ExtractOp::create(b, table, ValueRange(last));
    count = arith::SelectOp::create(b, isBefore(b, element), next, count);
  }
  return count;
}

//===----------------------------------------------------------------------===//
// Discretization
//===----------------------------------------------------------------------===//

static Lowered lowerDiscretization(nn::DiscretizationOp op, LayerBuilder &b) {
  Value input = op.getInputs()[0];
  Type type = typeOf(input).getElementType(), i64 = b.getI64Type();
  SmallVector<double> bins = nn::getNumbers(*op.getBinBoundaries())->values;
  int64_t count = int64_t(bins.size());
  unsigned steps;
  SmallVector<double> padded = padTable<double>(bins, INFINITY, steps);
  Value table = tableOf(b, {int64_t(padded.size())}, padded, type);
  // NaN is above all boundaries.
  Value places = elementwise(
      b, shapeOf(input), ValueRange(input),
      [&](LocBuilder &at, ValueRange x) -> Value {
        Value place = countBefore(
            at, table, steps, [&](LocBuilder &in, Value bin) -> Value {
              return arith::CmpFOp::create(in, arith::CmpFPredicate::UGE, x[0],
                                           bin);
            });
        place = arith::MinUIOp::create(
            at, place, arith::ConstantIndexOp::create(at, count).getResult());
        return arith::IndexCastOp::create(at, i64, place);
      },
      i64);
  return SmallVector<Value>{
      encode(b, places, op.getOutputMode(), typeOf(op.getOutputs()[0]))};
}

//===----------------------------------------------------------------------===//
// CategoryEncoding
//===----------------------------------------------------------------------===//

static Lowered lowerCategoryEncoding(nn::CategoryEncodingOp op,
                                     LayerBuilder &b) {
  Value input = op.getInputs()[0];
  Type element = typeOf(input).getElementType();
  int64_t count = op.getNumTokens();
  b.addStatus(checkIndices(b, input, count));
  Value places = elementwise(
      b, shapeOf(input), ValueRange(input),
      [&](LocBuilder &at, ValueRange x) { return safeIndex(at, x[0], count); },
      isa<IntegerType>(element) ? element : Type(b.getI32Type()));
  return SmallVector<Value>{encode(b, places, op.getOutputMode(),
                                   typeOf(op.getOutputs()[0]),
                                   op.getCountWeights())};
}

//===----------------------------------------------------------------------===//
// IntegerLookup
//===----------------------------------------------------------------------===//

namespace {
/// What an IntegerLookup finds for a key, in the order of the keys.
struct Lookup {
  SmallVector<int64_t> keys, values;
  int64_t missing = -1;
};
} // namespace

/// From tokens to places, or back with `invert`.
static Lookup makeLookup(nn::IntegerLookupOp op,
                         const nn::Vocabulary &vocabulary) {
  SmallVector<std::pair<int64_t, int64_t>> pairs;
  for (auto [i, token] : llvm::enumerate(vocabulary.tokens)) {
    int64_t place = vocabulary.tokenStart() + int64_t(i);
    pairs.push_back(op.getInvert() ? std::pair(place, token)
                                   : std::pair(token, place));
  }
  llvm::sort(pairs);
  Lookup lookup;
  for (auto [key, value] : pairs) {
    lookup.keys.push_back(key);
    lookup.values.push_back(value);
  }
  if (op.getInvert())
    lookup.missing = op.getOovToken();
  else if (vocabulary.oovIndices == 1)
    lookup.missing = vocabulary.oovStart;
  return lookup;
}

/// The place of a token that is in no vocabulary and has one of several.
static Value placeOfMissing(LocBuilder &b, Value token,
                            const nn::Vocabulary &vocabulary) {
  Type type = token.getType();
  Value count = integer(b, vocabulary.oovIndices, type);
  Value rest = arith::RemSIOp::create(b, token, count);
  Value negative = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, rest,
                                         integer(b, 0, type));
  Value wrapped = arith::AddIOp::create(b, rest, count);
  rest = arith::SelectOp::create(b, negative, wrapped, rest);
  return arith::AddIOp::create(b, rest, integer(b, vocabulary.oovStart, type));
}

static Value lookUp(nn::IntegerLookupOp op, LocBuilder &b, Value input,
                    const nn::Vocabulary &vocabulary) {
  Lookup lookup = makeLookup(op, vocabulary);
  Type i64 = b.getI64Type();
  unsigned steps;
  SmallVector<int64_t> keys = padTable<int64_t>(lookup.keys, INT64_MAX, steps);
  lookup.values.resize(keys.size(), lookup.missing);
  Value keyTable = tableOf(b, {int64_t(keys.size())}, keys);
  Value valueTable = tableOf(b, {int64_t(keys.size())}, lookup.values);
  bool several = !op.getInvert() && vocabulary.oovIndices > 1;
  // Masks are left out of encodings.
  int64_t maskKey = op.getMaskToken().value_or(0), masked = 0;
  if (op.getInvert())
    std::swap(maskKey, masked);
  else if (op.getOutputMode() != "int")
    masked = INT64_MAX;

  auto find = [&](LocBuilder &at, ValueRange x) -> Value {
    Value place = countBefore(at, keyTable, steps,
                              [&](LocBuilder &in, Value key) -> Value {
                                return arith::CmpIOp::create(
                                    in, arith::CmpIPredicate::slt, key, x[0]);
                              });
    Value key = tensor::ExtractOp::create(at, keyTable, ValueRange(place));
    Value value = tensor::ExtractOp::create(at, valueTable, ValueRange(place));
    Value missing = several ? placeOfMissing(at, x[0], vocabulary)
                            : integer(at, lookup.missing, i64);
    Value found = isEqual(at, key, x[0]);
    if (several) // the table's end, too, is of what is missing
      found = arith::AndIOp::create(
          at, found,
          arith::CmpIOp::create(at, arith::CmpIPredicate::ne, value,
                                integer(at, lookup.missing, i64)));
    Value result = arith::SelectOp::create(at, found, value, missing);
    if (!op.getMaskToken())
      return result;
    return arith::SelectOp::create(at,
                                   isEqual(at, x[0], integer(at, maskKey, i64)),
                                   integer(at, masked, i64), result);
  };
  return elementwise(b, shapeOf(input), ValueRange(input), find, i64);
}

static Lowered lowerIntegerLookup(nn::IntegerLookupOp op, LayerBuilder &b) {
  // Shape inference has already succeeded with the same keys.
  nn::Vocabulary vocabulary = llvm::cantFail(nn::getVocabulary(op));
  Value places = lookUp(op, b, op.getInputs()[0], vocabulary);
  if (vocabulary.oovIndices == 0 && !op.getInvert())
    b.addStatus(checkAll(b, places, [](LocBuilder &at, Value place) -> Value {
      return arith::CmpIOp::create(at, arith::CmpIPredicate::sge, place,
                                   integer(at, 0, place.getType()));
    }));
  RankedTensorType type = typeOf(op.getOutputs()[0]);
  Value result = encode(b, places, op.getOutputMode(), type);
  if (vocabulary.weights.empty())
    return SmallVector<Value>{result};
  Value weights =
      tableOf(b, {vocabulary.depth}, vocabulary.weights, type.getElementType());
  return SmallVector<Value>{
      elementwise(b, type.getShape(), ValueRange{result, weights},
                  [](LocBuilder &at, ValueRange x) -> Value {
                    return arith::MulFOp::create(at, x[0], x[1]);
                  })};
}

void nnc::populateCategoryPatterns(RewritePatternSet &patterns,
                                   LoweringReport &report) {
  addLayer<nn::DiscretizationOp>(patterns, report, lowerDiscretization);
  addLayer<nn::CategoryEncodingOp>(patterns, report, lowerCategoryEncoding);
  addLayer<nn::IntegerLookupOp>(patterns, report, lowerIntegerLookup);
}
