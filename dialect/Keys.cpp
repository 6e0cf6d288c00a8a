//===- Keys.cpp - predicates on the values of keys ------------------------===//
//
// Keras accepts several spellings for one value (3 for [3, 3], 1 for 1.0); the
// dialect keeps one. Everything here is a pure function of attributes.
//
//===----------------------------------------------------------------------===//

#include "dialect/Keys.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace nnc;

bool nn::isValidName(llvm::StringRef name) {
  return !name.empty() && llvm::none_of(name, [](unsigned char c) {
    return c == '/' || c < 0x20 || c == 0x7f;
  });
}

bool nn::isActivation(llvm::StringRef name) {
  static constexpr llvm::StringLiteral names[] = {"relu",
                                                  "leaky_relu",
                                                  "relu6",
                                                  "softmax",
                                                  "celu",
                                                  "elu",
                                                  "selu",
                                                  "softplus",
                                                  "softsign",
                                                  "squareplus",
                                                  "soft_shrink",
                                                  "sparse_plus",
                                                  "silu",
                                                  "gelu",
                                                  "glu",
                                                  "tanh",
                                                  "tanh_shrink",
                                                  "threshold",
                                                  "sigmoid",
                                                  "sparse_sigmoid",
                                                  "exponential",
                                                  "hard_sigmoid",
                                                  "hard_silu",
                                                  "hard_tanh",
                                                  "hard_shrink",
                                                  "linear",
                                                  "mish",
                                                  "log_softmax",
                                                  "log_sigmoid",
                                                  "sparsemax",
                                                  "hard_sigmoid_keras2"};
  return llvm::is_contained(names, canonicalActivation(name));
}

llvm::StringRef nn::canonicalActivation(llvm::StringRef name) {
  return llvm::StringSwitch<llvm::StringRef>(name)
      .Case("swish", "silu")
      .Case("hard_swish", "hard_silu")
      .Default(name);
}

bool nn::isPositive(ArrayRef<int64_t> values, size_t count) {
  return values.size() == count &&
         llvm::all_of(values, [](int64_t v) { return v > 0; });
}

bool nn::isNonNegative(ArrayRef<int64_t> values, size_t count) {
  return values.size() == count &&
         llvm::all_of(values, [](int64_t v) { return v >= 0; });
}

bool nn::isBorder(Attribute value, size_t rank) {
  auto axes = dyn_cast<ArrayAttr>(value);
  return axes && axes.size() == rank && llvm::all_of(axes, [](Attribute sides) {
           auto pair = dyn_cast<DenseI64ArrayAttr>(sides);
           return pair && isNonNegative(pair.asArrayRef(), 2);
         });
}

SmallVector<int64_t> nn::getBorder(ArrayAttr value, size_t rank,
                                   int64_t otherwise) {
  if (!value)
    return SmallVector<int64_t>(2 * rank, otherwise);
  SmallVector<int64_t> sides;
  for (auto pair : value.getAsRange<DenseI64ArrayAttr>())
    llvm::append_range(sides, pair.asArrayRef());
  return sides;
}

bool nn::isNumbers(Attribute value) { return getNumbers(value).has_value(); }

/// Appends the numbers below `value`; false where an element is no number or
/// the lists at one depth differ in length.
static bool appendNumbers(Attribute value, size_t depth, nn::Numbers &numbers) {
  if (auto number = dyn_cast<FloatAttr>(value)) {
    numbers.values.push_back(number.getValueAsDouble());
    return depth == numbers.shape.size();
  }
  if (auto number = dyn_cast<IntegerAttr>(value)) {
    if (!number.getType().isSignlessInteger(64))
      return false;
    numbers.values.push_back(double(number.getInt()));
    return depth == numbers.shape.size();
  }
  SmallVector<Attribute> elements;
  if (auto ints = dyn_cast<DenseI64ArrayAttr>(value)) {
    Builder builder(value.getContext());
    for (int64_t i : ints.asArrayRef())
      elements.push_back(builder.getI64IntegerAttr(i));
  } else if (auto list = dyn_cast<ArrayAttr>(value)) {
    elements.assign(list.begin(), list.end());
  } else {
    return false;
  }
  bool first = numbers.values.empty() && depth == numbers.shape.size();
  if (first)
    numbers.shape.push_back(int64_t(elements.size()));
  if (depth >= numbers.shape.size() ||
      numbers.shape[depth] != int64_t(elements.size()))
    return false;
  return llvm::all_of(elements, [&](Attribute element) {
    return appendNumbers(element, depth + 1, numbers);
  });
}

std::optional<nn::Numbers> nn::getNumbers(Attribute value) {
  Numbers numbers;
  if (!value || !appendNumbers(value, 0, numbers))
    return std::nullopt;
  return numbers;
}

bool nn::isInitializer(Attribute value) {
  if (isa<StringAttr>(value))
    return true;
  auto spec = dyn_cast<DictionaryAttr>(value);
  return spec && spec.getAs<StringAttr>("class_name");
}

/// A list of i64 integers as a dense array; null for anything else.
static DenseI64ArrayAttr getDenseInts(Attribute value) {
  if (auto dense = dyn_cast<DenseI64ArrayAttr>(value))
    return dense;
  auto list = dyn_cast<ArrayAttr>(value);
  if (!list)
    return {};
  SmallVector<int64_t> ints;
  for (Attribute element : list) {
    auto number = dyn_cast<IntegerAttr>(element);
    if (!number || !number.getType().isSignlessInteger(64))
      return {};
    ints.push_back(number.getInt());
  }
  return DenseI64ArrayAttr::get(value.getContext(), ints);
}

SmallVector<Attribute> nn::getKeyForms(Attribute written) {
  Builder builder(written.getContext());
  SmallVector<Attribute> forms;
  /// [[n, n], …], a pair for each axis.
  auto border = [&](ArrayRef<int64_t> axes) -> Attribute {
    return builder.getArrayAttr(
        llvm::map_to_vector(axes, [&](int64_t n) -> Attribute {
          return builder.getDenseI64ArrayAttr({n, n});
        }));
  };
  auto number = dyn_cast<IntegerAttr>(written);
  if (number && number.getType().isSignlessInteger(64)) {
    int64_t n = number.getInt();
    forms.append({written, builder.getF64FloatAttr(double(n)),
                  builder.getDenseI64ArrayAttr({n}),
                  builder.getDenseI64ArrayAttr({n, n}),
                  builder.getDenseI64ArrayAttr({n, n, n}), border({n, n}),
                  border({n, n, n})});
    return forms;
  }
  if (DenseI64ArrayAttr ints = getDenseInts(written)) {
    forms.push_back(ints);
    if (ints.size() == 2 || ints.size() == 3)
      forms.push_back(border(ints));
    forms.push_back(written);
    return forms;
  }
  if (auto list = dyn_cast<ArrayAttr>(written)) {
    SmallVector<Attribute> rows;
    for (Attribute row : list)
      rows.push_back(getDenseInts(row) ? Attribute(getDenseInts(row)) : row);
    forms.push_back(builder.getArrayAttr(rows));
  }
  forms.push_back(written);
  return forms;
}

/// The shortest digits that read back as `value`, as in 0.5 and 1.0E-5.
static void printNumber(const llvm::APFloat &value, llvm::raw_ostream &os) {
  SmallString<32> text;
  for (unsigned digits = 1; digits <= 17; ++digits) {
    text.clear();
    value.toString(text, digits);
    if (llvm::APFloat(llvm::APFloat::IEEEdouble(), text) == value)
      break;
  }
  os << text << (StringRef(text).contains('.') ? "" : ".0");
}

static void printDictionary(DictionaryAttr value, llvm::raw_ostream &os) {
  auto isPlain = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  os << '{';
  llvm::interleaveComma(value, os, [&](NamedAttribute entry) {
    StringRef key = entry.getName().getValue();
    if (!key.empty() && !llvm::isDigit(key[0]) && llvm::all_of(key, isPlain))
      os << key;
    else
      entry.getName().print(os);
    if (isa<UnitAttr>(entry.getValue()))
      return;
    os << " = ";
    nn::printKeyValue(entry.getValue(), os);
  });
  os << '}';
}

void nn::printKeyValue(Attribute value, llvm::raw_ostream &os) {
  auto number = dyn_cast<FloatAttr>(value);
  if (number && number.getType().isF64() && number.getValue().isFinite()) {
    printNumber(number.getValue(), os);
  } else if (auto ints = dyn_cast<DenseI64ArrayAttr>(value)) {
    os << '[';
    llvm::interleaveComma(ints.asArrayRef(), os);
    os << ']';
  } else if (auto list = dyn_cast<ArrayAttr>(value)) {
    os << '[';
    llvm::interleaveComma(list, os,
                          [&](Attribute item) { printKeyValue(item, os); });
    os << ']';
  } else if (auto dictionary = dyn_cast<DictionaryAttr>(value)) {
    printDictionary(dictionary, os);
  } else {
    value.print(os,
                /*elideType=*/isa<IntegerAttr>(value) &&
                    cast<IntegerAttr>(value).getType().isSignlessInteger(64));
  }
}
