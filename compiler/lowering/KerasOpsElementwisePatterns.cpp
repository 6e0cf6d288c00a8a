//===- KerasOpsElementwisePatterns.cpp - functions of single elements -----===//
//
// One table says for each function what its arguments are converted to and
// which formula it is; one lowering makes a loop over all elements of it.
// Arguments that are one number become constants inside the loop.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"
#include "compiler/lowering/KerasOpsUtils.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace nnc;

namespace {

/// What a function computes in.
enum class Domain {
  Result,  ///< the result's type
  Numbers, ///< the same, which must not be bool
  Common,  ///< what the arguments have in common
  Bool,    ///< truth values
  Own,     ///< each argument in its own type
};

/// A function's formula over scalars; `op` has its other keys.
using ScalarFunction = Value (*)(ScalarMath m, ValueRange x, Operation *op);

struct Entry {
  Domain domain;
  ScalarFunction function;
};

using Table = llvm::StringMap<Entry>;

} // namespace

static double getNumber(Operation *op, StringRef key, double otherwise) {
  auto number = op->getAttrOfType<FloatAttr>(key);
  return number ? number.getValueAsDouble() : otherwise;
}

//===----------------------------------------------------------------------===//
// Formulas
//===----------------------------------------------------------------------===//

template <typename MathOp>
static Value apply(ScalarMath m, ValueRange x, Operation *) {
  return MathOp::create(m.b, x[0]);
}

/// An integer is its own floor.
template <typename MathOp>
static Value applyToFloat(ScalarMath m, ValueRange x, Operation *op) {
  return isa<FloatType>(x[0].getType()) ? apply<MathOp>(m, x, op) : x[0];
}

/// A test that integers answer with `integers`.
template <Value (ScalarMath::*method)(Value), bool integers>
static Value test(ScalarMath m, ValueRange x, Operation *) {
  if (isa<FloatType>(x[0].getType()))
    return (m.*method)(x[0]);
  return scalar(m.b, integers, m.b.getI1Type());
}

/// An activation without arguments, named as the function is.
static Value applyNamed(ScalarMath m, ValueRange x, Operation *op) {
  StringRef name = op->getName().stripDialect();
  name.consume_front("ops.");
  return scalarActivation(m.b, x[0], name);
}

static Value roundTo(ScalarMath m, ValueRange x, Operation *op) {
  auto decimals = op->getAttrOfType<IntegerAttr>("decimals");
  int64_t digits = decimals ? decimals.getInt() : 0;
  if (!isa<FloatType>(x[0].getType()))
    return x[0];
  if (digits == 0)
    return math::RoundEvenOp::create(m.b, x[0]);
  Value power = m.like(std::pow(10.0, std::abs(double(digits))), x[0]);
  Value scaled = digits > 0 ? m.mul(x[0], power) : m.div(x[0], power);
  Value rounded = math::RoundEvenOp::create(m.b, scaled);
  return digits > 0 ? m.div(rounded, power) : m.mul(rounded, power);
}

static Value nanToNum(ScalarMath m, ValueRange x, Operation *op) {
  auto type = dyn_cast<FloatType>(x[0].getType());
  if (!type)
    return x[0];
  double largest =
      APFloat::getLargest(type.getFloatSemantics()).convertToDouble();
  double infinity = std::numeric_limits<double>::infinity();
  Value above = m.equal(x[0], m.like(infinity, x[0]));
  Value below = m.equal(x[0], m.like(-infinity, x[0]));
  Value result =
      m.select(m.isNaN(x[0]), m.like(getNumber(op, "nan", 0.0), x[0]), x[0]);
  result =
      m.select(above, m.like(getNumber(op, "posinf", largest), x[0]), result);
  return m.select(below, m.like(getNumber(op, "neginf", -largest), x[0]),
                  result);
}

static Value softShrink(ScalarMath m, ValueRange x, Operation *op) {
  Value limit = m.like(getNumber(op, "threshold", 0.5), x[0]);
  Value lower =
      m.select(m.less(x[0], m.neg(limit)), m.add(x[0], limit), m.like(0, x[0]));
  return m.select(m.less(limit, x[0]), m.sub(x[0], limit), lower);
}

static Value hardShrink(ScalarMath m, ValueRange x, Operation *op) {
  Value limit = m.like(getNumber(op, "threshold", 0.5), x[0]);
  return m.select(m.less(limit, m.abs(x[0])), x[0], m.like(0, x[0]));
}

static Value squareplus(ScalarMath m, ValueRange x, Operation *op) {
  Value b = m.like(getNumber(op, "b", 4.0), x[0]);
  Value root = math::SqrtOp::create(m.b, m.add(m.mul(x[0], x[0]), b));
  return m.mul(m.add(x[0], root), m.like(0.5, x[0]));
}

static Value celu(ScalarMath m, ValueRange x, Operation *op) {
  Value alpha = m.like(getNumber(op, "alpha", 1.0), x[0]);
  Value zero = m.like(0, x[0]);
  Value below = m.min(x[0], zero);
  Value power = math::ExpM1Op::create(m.b, m.div(below, alpha));
  return m.add(m.max(x[0], zero), m.mul(alpha, power));
}

static Value gelu(ScalarMath m, ValueRange x, Operation *op) {
  auto approximate = op->getAttrOfType<BoolAttr>("approximate");
  if (approximate && !approximate.getValue())
    return scalarActivation(m.b, x[0], "gelu");
  Value cube = m.mul(x[0], m.mul(x[0], x[0]));
  Value inner = m.add(x[0], m.mul(m.like(0.044715, x[0]), cube));
  Value bent = math::TanhOp::create(
      m.b, m.mul(m.like(0.79788456080286535588, x[0]), inner));
  return m.mul(m.mul(m.like(0.5, x[0]), x[0]), m.add(m.like(1.0, x[0]), bent));
}

/// The larger one plus log(1 + e^-distance), which cannot overflow.
static Value logAddExp(ScalarMath m, ValueRange x, Operation *) {
  Value distance = m.abs(m.sub(x[0], x[1]));
  Value rest =
      math::Log1pOp::create(m.b, math::ExpOp::create(m.b, m.neg(distance)));
  // Two equal infinities are no distance apart.
  rest =
      m.select(m.equal(x[0], x[1]), m.like(0.69314718055994530942, x[0]), rest);
  return m.add(m.max(x[0], x[1]), rest);
}

/// Scaled by the larger one, so that no square overflows.
static Value hypotenuse(ScalarMath m, ValueRange x, Operation *) {
  Value a = m.abs(x[0]), b = m.abs(x[1]), zero = m.like(0, x[0]);
  Value large = m.max(a, b), small = m.min(a, b);
  Value ratio = m.select(m.equal(large, zero), zero, m.div(small, large));
  ratio = m.select(m.equal(small, large), m.like(1.0, x[0]), ratio);
  Value root =
      math::SqrtOp::create(m.b, m.add(m.like(1.0, x[0]), m.mul(ratio, ratio)));
  return m.mul(large, root);
}

static Value divideNoNan(ScalarMath m, ValueRange x, Operation *) {
  Value zero = m.like(0, x[0]);
  return m.select(m.equal(x[1], zero), zero, m.div(x[0], x[1]));
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static void addMathFunctions(Table &table) {
  auto add = [&](StringRef name, ScalarFunction function) {
    table.insert({name, {Domain::Result, function}});
  };
  add("floor", applyToFloat<math::FloorOp>);
  add("ceil", applyToFloat<math::CeilOp>);
  add("trunc", applyToFloat<math::TruncOp>);
  add("sqrt", apply<math::SqrtOp>);
  add("rsqrt", apply<math::RsqrtOp>);
  add("exp", apply<math::ExpOp>);
  add("exp2", apply<math::Exp2Op>);
  add("expm1", apply<math::ExpM1Op>);
  add("log", apply<math::LogOp>);
  add("log1p", apply<math::Log1pOp>);
  add("log2", apply<math::Log2Op>);
  add("log10", apply<math::Log10Op>);
  add("sin", apply<math::SinOp>);
  add("cos", apply<math::CosOp>);
  add("tan", apply<math::TanOp>);
  add("arcsin", apply<math::AsinOp>);
  add("arccos", apply<math::AcosOp>);
  add("arctan", apply<math::AtanOp>);
  add("sinh", apply<math::SinhOp>);
  add("cosh", apply<math::CoshOp>);
  add("tanh", apply<math::TanhOp>);
  add("arcsinh", apply<math::AsinhOp>);
  add("arccosh", apply<math::AcoshOp>);
  add("arctanh", apply<math::AtanhOp>);
  add("erf", apply<math::ErfOp>);
}

static void addUnary(Table &table) {
  auto add = [&](StringRef name, Domain domain, ScalarFunction function) {
    table.insert({name, {domain, function}});
  };
  auto absolute = [](ScalarMath m, ValueRange x, Operation *) {
    return m.abs(x[0]);
  };
  add("absolute", Domain::Result, absolute);
  add("abs", Domain::Result, absolute);
  add("negative", Domain::Numbers,
      [](ScalarMath m, ValueRange x, Operation *) { return m.neg(x[0]); });
  add("sign", Domain::Numbers,
      [](ScalarMath m, ValueRange x, Operation *) { return m.sign(x[0]); });
  add("square", Domain::Result, [](ScalarMath m, ValueRange x, Operation *) {
    return m.mul(x[0], x[0]);
  });
  add("reciprocal", Domain::Result,
      [](ScalarMath m, ValueRange x, Operation *) {
        return m.div(m.like(1.0, x[0]), x[0]);
      });
  add("round", Domain::Result, roundTo);
  add("nan_to_num", Domain::Result, nanToNum);
  add("isnan", Domain::Own, test<&ScalarMath::isNaN, false>);
  add("isinf", Domain::Own, test<&ScalarMath::isInfinite, false>);
  add("isfinite", Domain::Own, test<&ScalarMath::isFinite, true>);
  add("logical_not", Domain::Bool,
      [](ScalarMath m, ValueRange x, Operation *) { return m.lnot(x[0]); });
}

static void addActivations(Table &table) {
  for (StringRef name :
       {"relu", "relu6", "sigmoid", "sparse_sigmoid", "hard_sigmoid",
        "log_sigmoid", "softplus", "softsign", "sparse_plus", "silu",
        "hard_silu", "mish", "selu", "hard_tanh", "tanh_shrink"})
    table.insert({name, {Domain::Result, applyNamed}});
  auto add = [&](StringRef name, ScalarFunction function) {
    table.insert({name, {Domain::Result, function}});
  };
  add("soft_shrink", softShrink);
  add("hard_shrink", hardShrink);
  add("squareplus", squareplus);
  add("celu", celu);
  add("gelu", gelu);
  add("threshold", [](ScalarMath m, ValueRange x, Operation *op) {
    return scalarThreshold(m.b, x[0], getNumber(op, "threshold", 0.0),
                           getNumber(op, "default_value", 0.0));
  });
  add("leaky_relu", [](ScalarMath m, ValueRange x, Operation *op) {
    return scalarLeakyRelu(m.b, x[0], getNumber(op, "negative_slope", 0.2));
  });
  add("elu", [](ScalarMath m, ValueRange x, Operation *op) {
    return scalarElu(m.b, x[0], getNumber(op, "alpha", 1.0));
  });
}

/// A method of ScalarMath over two arguments.
template <Value (ScalarMath::*method)(Value, Value)>
static Value binary(ScalarMath m, ValueRange x, Operation *) {
  return (m.*method)(x[0], x[1]);
}

/// The same with the arguments exchanged.
template <Value (ScalarMath::*method)(Value, Value)>
static Value swapped(ScalarMath m, ValueRange x, Operation *) {
  return (m.*method)(x[1], x[0]);
}

static void addBinary(Table &table) {
  auto add = [&](StringRef name, Domain domain, ScalarFunction function) {
    table.insert({name, {domain, function}});
  };
  add("add", Domain::Result, binary<&ScalarMath::add>);
  add("subtract", Domain::Numbers, binary<&ScalarMath::sub>);
  add("multiply", Domain::Result, binary<&ScalarMath::mul>);
  add("divide", Domain::Result, binary<&ScalarMath::div>);
  add("true_divide", Domain::Result, binary<&ScalarMath::div>);
  add("divide_no_nan", Domain::Result, divideNoNan);
  add("floor_divide", Domain::Numbers, binary<&ScalarMath::floorDivide>);
  add("mod", Domain::Result, binary<&ScalarMath::mod>);
  add("power", Domain::Numbers, binary<&ScalarMath::pow>);
  add("maximum", Domain::Result, binary<&ScalarMath::max>);
  add("minimum", Domain::Result, binary<&ScalarMath::min>);
  add("logaddexp", Domain::Result, logAddExp);
  add("hypot", Domain::Result, hypotenuse);
  add("arctan2", Domain::Result, [](ScalarMath m, ValueRange x, Operation *) {
    return Value(math::Atan2Op::create(m.b, x[0], x[1]));
  });
  add("equal", Domain::Common, binary<&ScalarMath::equal>);
  add("not_equal", Domain::Common, binary<&ScalarMath::notEqual>);
  add("less", Domain::Common, binary<&ScalarMath::less>);
  add("less_equal", Domain::Common, binary<&ScalarMath::lessEqual>);
  add("greater", Domain::Common, swapped<&ScalarMath::less>);
  add("greater_equal", Domain::Common, swapped<&ScalarMath::lessEqual>);
  add("logical_and", Domain::Bool, binary<&ScalarMath::land>);
  add("logical_or", Domain::Bool, binary<&ScalarMath::lor>);
  add("logical_xor", Domain::Bool, binary<&ScalarMath::lxor>);
}

static Table makeTable() {
  Table table;
  addMathFunctions(table);
  addUnary(table);
  addActivations(table);
  addBinary(table);
  return table;
}

//===----------------------------------------------------------------------===//
// The loop
//===----------------------------------------------------------------------===//

/// The common type of the layer's arguments.
static Type commonType(nn::LayerOpInterface op) {
  SmallVector<Type> elements;
  for (Value operand : op->getOperands())
    elements.push_back(elementOf(operand));
  return nn::promoteTypes(llvm::cantFail(nn::getArgumentTypes(op, elements)));
}

/// body over the layer's arguments, each converted to its domain (null: as it
/// is); constants of one number are not read from memory.
static Value overArguments(nn::LayerOpInterface op, LocBuilder &b,
                           ArrayRef<Type> domains, ScalarBody body) {
  auto arguments = llvm::cantFail(nn::bindArguments(op, op->getNumOperands()));
  SmallVector<Value> tensors;
  SmallVector<Attribute> numbers; // null: the next tensor
  for (auto [argument, domain] : llvm::zip_equal(arguments, domains)) {
    bool isNumber =
        argument.constant && nn::getConstantShape(argument.constant).empty();
    numbers.push_back(isNumber ? argument.constant : Attribute());
    if (!argument.constant)
      tensors.push_back(op->getOperand(argument.operand));
    else if (!isNumber)
      tensors.push_back(constantTensor(b, argument.constant, domain));
  }
  auto scalars = [&](LocBuilder &at, ValueRange x) {
    SmallVector<Value> values;
    for (auto [number, domain] : llvm::zip_equal(numbers, domains)) {
      if (number) {
        auto value = nn::convertConstant(number, domain);
        values.push_back(arith::ConstantOp::create(
            at, cast<TypedAttr>(value.getSplatValue<Attribute>())));
        continue;
      }
      values.push_back(domain ? castScalar(at, x.front(), domain) : x.front());
      x = x.drop_front();
    }
    return body(at, values);
  };
  return elementwise(b, resultShape(op), tensors, scalars, resultElement(op));
}

static Lowered lowerElementwise(nn::LayerOpInterface op, LayerBuilder &b,
                                const Entry &entry) {
  Type result = resultElement(op), domain = result;
  if (entry.domain == Domain::Numbers && result.isInteger(1))
    return nn::emitLayerError(op) << "is not defined for bool [N306]";
  if (entry.domain == Domain::Common)
    domain = commonType(op);
  else if (entry.domain == Domain::Bool)
    domain = b.getI1Type();
  else if (entry.domain == Domain::Own)
    domain = Type();
  SmallVector<Type> domains(
      llvm::cantFail(nn::bindArguments(op, op->getNumOperands())).size(),
      domain);
  return oneResult(
      overArguments(op, b, domains, [&](LocBuilder &at, ValueRange x) {
        return entry.function(ScalarMath{at}, x, op);
      }));
}

static Lowered lowerWhere(nn::LayerOpInterface op, LayerBuilder &b) {
  Type result = resultElement(op);
  return oneResult(overArguments(
      op, b, {b.getI1Type(), result, result}, [](LocBuilder &at, ValueRange x) {
        return ScalarMath{at}.select(x[0], x[1], x[2]);
      }));
}

/// Bounds are numbers or arrays; one that is missing does nothing.
static Lowered lowerClip(nn::LayerOpInterface op, LayerBuilder &b) {
  Type type = resultElement(op);
  SmallVector<Value> inputs = {op->getOperand(0)};
  bool hasLow = false;
  for (StringRef key : {"x_min", "x_max"}) {
    Attribute bound = op->getAttr(key);
    if (!bound)
      continue;
    hasLow |= key == "x_min";
    if (isa<IntegerType>(type) &&
        isa<FloatType>(nn::getConstantType(bound).type))
      return nn::emitLayerError(op)
             << "'" << key << "' must be an integer, as its input is [N306]";
    inputs.push_back(constantTensor(b, bound, type));
  }
  return oneResult(elementwise(
      b, resultShape(op), inputs,
      [&](LocBuilder &at, ValueRange x) {
        ScalarMath m{at};
        Value value = castScalar(at, x[0], type);
        if (x.size() == 3)
          return m.min(m.max(value, x[1]), x[2]);
        if (x.size() == 1)
          return value;
        return hasLow ? m.max(value, x[1]) : m.min(value, x[1]);
      },
      type));
}

/// A tensor of one number, whatever the input holds.
static Lowered lowerLike(nn::LayerOpInterface op, LayerBuilder &b) {
  auto type = typeOf(op->getResult(0));
  StringRef name = op->getName().stripDialect();
  if (name != "ops.full_like")
    return oneResult(fill(b, type, name == "ops.ones_like" ? 1 : 0));
  Value value =
      constantTensor(b, op->getAttr("fill_value"), type.getElementType());
  return oneResult(broadcastTo(b, value, type.getShape()));
}

static Lowered passOn(nn::LayerOpInterface op, LayerBuilder &) {
  return oneResult(op->getOperand(0));
}

void nnc::populateKerasOpsElementwisePatterns(RewritePatternSet &patterns,
                                              LoweringReport &report) {
  for (const auto &entry : makeTable())
    addNamedLayer(
        patterns, report, ("nn.ops." + entry.first()).str(),
        [entry = entry.second](nn::LayerOpInterface op, LayerBuilder &b) {
          return lowerElementwise(op, b, entry);
        });
  addNamedLayer(patterns, report, "nn.ops.where", lowerWhere);
  addNamedLayer(patterns, report, "nn.ops.clip", lowerClip);
  for (StringRef name :
       {"nn.ops.zeros_like", "nn.ops.ones_like", "nn.ops.full_like"})
    addNamedLayer(patterns, report, name, lowerLike);
  addNamedLayer(patterns, report, "nn.ops.stop_gradient", passOn);
}
