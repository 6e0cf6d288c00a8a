//===- Constants.cpp - constants in the place of tensors ------------------===//
//
// Every form is first made a list of scalar attributes, row-major, with its
// shape; types and conversions look at those only.
//
//===----------------------------------------------------------------------===//

#include "dialect/Constants.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/APSInt.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

/// The elements of a constant, FloatAttr and IntegerAttr, and its shape.
struct Elements {
  SmallVector<Attribute> values;
  Shape shape;
};

} // namespace

static bool isScalar(Attribute value) {
  return isa<FloatAttr>(value) || isa<BoolAttr>(value) ||
         (isa<IntegerAttr>(value) &&
          cast<IntegerAttr>(value).getType().isSignlessInteger(64));
}

/// Appends the elements below `value`; false where one is no scalar or lists
/// at one depth differ in length.
static bool appendElements(Attribute value, size_t depth, Elements &elements) {
  if (isScalar(value)) {
    elements.values.push_back(value);
    return depth == elements.shape.size();
  }
  SmallVector<Attribute> items;
  if (auto ints = dyn_cast<DenseI64ArrayAttr>(value)) {
    Builder builder(value.getContext());
    for (int64_t i : ints.asArrayRef())
      items.push_back(builder.getI64IntegerAttr(i));
  } else if (auto list = dyn_cast<ArrayAttr>(value)) {
    items.assign(list.begin(), list.end());
  } else {
    return false;
  }
  if (items.empty())
    return false;
  if (elements.values.empty() && depth == elements.shape.size())
    elements.shape.push_back(int64_t(items.size()));
  return depth < elements.shape.size() &&
         elements.shape[depth] == int64_t(items.size()) &&
         llvm::all_of(
             items,
             [&](Attribute item) {
               return appendElements(item, depth + 1, elements);
             });
}

static std::optional<Elements> getElements(Attribute value) {
  Elements elements;
  if (!value || !appendElements(value, 0, elements))
    return std::nullopt;
  size_t bools = llvm::count_if(elements.values, llvm::IsaPred<BoolAttr>);
  if (bools != 0 && bools != elements.values.size())
    return std::nullopt;
  return elements;
}

bool nn::isConstant(Attribute value) {
  if (auto dense = dyn_cast_if_present<DenseElementsAttr>(value))
    return dense.getElementType().isIntOrFloat() && dense.getNumElements() > 0;
  return getElements(value).has_value();
}

Shape nn::getConstantShape(Attribute value) {
  if (auto dense = dyn_cast<DenseElementsAttr>(value))
    return Shape(dense.getType().getShape());
  return getElements(value)->shape;
}

PromotionType nn::getConstantType(Attribute value) {
  if (auto dense = dyn_cast<DenseElementsAttr>(value))
    return {dense.getElementType()};
  Builder b(value.getContext());
  Elements elements = *getElements(value);
  bool weak = elements.shape.empty();
  if (isa<BoolAttr>(elements.values.front()))
    return {b.getI1Type()};
  if (llvm::any_of(elements.values, llvm::IsaPred<FloatAttr>))
    return {b.getF32Type(), weak};
  return {b.getI32Type(), weak};
}

/// `value` rounded to a float type.
static APFloat toFloat(Attribute value, FloatType type, bool isUnsigned) {
  bool exact;
  const llvm::fltSemantics &semantics = type.getFloatSemantics();
  if (auto number = dyn_cast<FloatAttr>(value)) {
    APFloat result = number.getValue();
    result.convert(semantics, APFloat::rmNearestTiesToEven, &exact);
    return result;
  }
  APFloat result(semantics);
  APInt integer = cast<IntegerAttr>(value).getValue();
  result.convertFromAPInt(integer, !isUnsigned && integer.getBitWidth() != 1,
                          APFloat::rmNearestTiesToEven);
  return result;
}

/// `value` as an integer: floats towards zero, out of range the nearest one.
static APInt toInteger(Attribute value, IntegerType type, bool isUnsigned) {
  unsigned width = type.getWidth();
  if (auto number = dyn_cast<FloatAttr>(value)) {
    if (width == 1)
      return APInt(1, !number.getValue().isZero());
    bool exact;
    llvm::APSInt result(width, type.isUnsigned());
    number.getValue().convertToInteger(result, APFloat::rmTowardZero, &exact);
    return result;
  }
  APInt integer = cast<IntegerAttr>(value).getValue();
  if (width == 1)
    return APInt(1, !integer.isZero());
  return isUnsigned || integer.getBitWidth() == 1 ? integer.zextOrTrunc(width)
                                                  : integer.sextOrTrunc(width);
}

DenseElementsAttr nn::convertConstant(Attribute value, Type element) {
  bool isUnsigned = false;
  SmallVector<Attribute> values;
  if (auto dense = dyn_cast<DenseElementsAttr>(value)) {
    if (dense.getElementType() == element)
      return dense;
    isUnsigned = dense.getElementType().isUnsignedInteger();
    values = llvm::to_vector(dense.getValues<Attribute>());
  } else {
    values = getElements(value)->values;
  }
  auto type = RankedTensorType::get(getConstantShape(value), element);
  if (auto floatType = dyn_cast<FloatType>(element)) {
    SmallVector<APFloat> floats;
    for (Attribute item : values)
      floats.push_back(toFloat(item, floatType, isUnsigned));
    return DenseElementsAttr::get(type, floats);
  }
  SmallVector<APInt> integers;
  for (Attribute item : values)
    integers.push_back(toInteger(item, cast<IntegerType>(element), isUnsigned));
  return DenseElementsAttr::get(type, integers);
}
