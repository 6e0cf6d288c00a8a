//===- Activations.cpp - Keras's 30 activations ---------------------------===//
//
// Elementwise activations are scalar formulas in one table, so that layers can
// apply them inside loops of their own; the four that look along an axis are
// built of reductions. Comparisons are ordered, as numpy's are: a NaN takes the
// branch that Keras gives it.
//
//===----------------------------------------------------------------------===//

#include "compiler/lowering/Activations.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace nnc;

namespace {

/// Shorthand for formulas on float scalars of the type of `x`.
struct Formula {
  LocBuilder &b;
  Type type;

  Formula(LocBuilder &b, Value x) : b(b), type(x.getType()) {}

  Value c(double value) { return scalar(b, value, type); }
  Value add(Value x, Value y) { return arith::AddFOp::create(b, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b, x, y); }
  Value mul(Value x, Value y) { return arith::MulFOp::create(b, x, y); }
  Value div(Value x, Value y) { return arith::DivFOp::create(b, x, y); }
  Value max(Value x, Value y) { return arith::MaximumFOp::create(b, x, y); }
  Value min(Value x, Value y) { return arith::MinimumFOp::create(b, x, y); }
  Value neg(Value x) { return arith::NegFOp::create(b, x); }
  Value exp(Value x) { return math::ExpOp::create(b, x); }
  Value expm1(Value x) { return math::ExpM1Op::create(b, x); }
  Value tanh(Value x) { return math::TanhOp::create(b, x); }
  Value abs(Value x) { return math::AbsFOp::create(b, x); }

  Value select(arith::CmpFPredicate predicate, Value x, Value y, Value yes,
               Value no) {
    Value condition = arith::CmpFOp::create(b, predicate, x, y);
    return arith::SelectOp::create(b, condition, yes, no);
  }
  Value ifGreater(Value x, double y, Value yes, Value no) {
    return select(arith::CmpFPredicate::OGT, x, c(y), yes, no);
  }
  Value ifAtLeast(Value x, double y, Value yes, Value no) {
    return select(arith::CmpFPredicate::OGE, x, c(y), yes, no);
  }
  Value ifLess(Value x, double y, Value yes, Value no) {
    return select(arith::CmpFPredicate::OLT, x, c(y), yes, no);
  }
  Value ifAtMost(Value x, double y, Value yes, Value no) {
    return select(arith::CmpFPredicate::OLE, x, c(y), yes, no);
  }
  Value clip(Value x, double low, double high) {
    return min(max(x, c(low)), c(high));
  }

  Value relu(Value x) { return max(x, c(0.0)); }
  Value relu6(Value x) { return clip(x, 0.0, 6.0); }
  Value sigmoid(Value x) { return div(c(1.0), add(c(1.0), exp(neg(x)))); }
  /// x sigmoid(x), rounded once less.
  Value silu(Value x) { return div(x, add(c(1.0), exp(neg(x)))); }
  Value elu(Value x, double alpha) {
    return ifAtLeast(x, 0.0, x, mul(c(alpha), expm1(x)));
  }
  Value leakyRelu(Value x, double slope) {
    return ifAtLeast(x, 0.0, x, mul(c(slope), x));
  }
  /// log(1 + exp(x)), which neither overflows nor loses small values.
  Value softplus(Value x) {
    return add(relu(x), math::Log1pOp::create(b, exp(neg(abs(x)))));
  }
  Value hardSigmoid(Value x) { return div(relu6(add(x, c(3.0))), c(6.0)); }
  Value hardSigmoidKeras2(Value x) {
    return clip(add(mul(x, c(0.2)), c(0.5)), 0.0, 1.0);
  }

  Value celu(Value x) { return add(relu(x), expm1(min(x, c(0.0)))); }
  Value selu(Value x) {
    return mul(c(1.0507009873554804934), elu(x, 1.6732632423543772848));
  }
  Value softsign(Value x) { return div(x, add(abs(x), c(1.0))); }
  Value squareplus(Value x) {
    Value root = math::SqrtOp::create(b, add(mul(x, x), c(4.0)));
    // Below zero the sum would cancel.
    return ifLess(x, 0.0, div(c(2.0), sub(root, x)), div(add(x, root), c(2.0)));
  }
  Value softShrink(Value x) {
    return ifGreater(x, 0.5, sub(x, c(0.5)),
                     ifLess(x, -0.5, add(x, c(0.5)), c(0.0)));
  }
  Value hardShrink(Value x) { return ifGreater(abs(x), 0.5, x, c(0.0)); }
  Value sparsePlus(Value x) {
    Value y = add(x, c(1.0));
    return ifAtMost(x, -1.0, c(0.0),
                    ifLess(x, 1.0, mul(c(0.25), mul(y, y)), x));
  }
  Value sparseSigmoid(Value x) {
    return ifAtMost(x, -1.0, c(0.0),
                    ifAtLeast(x, 1.0, c(1.0), mul(c(0.5), add(x, c(1.0)))));
  }
  Value gelu(Value x) {
    Value erf = math::ErfOp::create(b, div(x, c(1.4142135623730950488)));
    return mul(mul(c(0.5), x), add(c(1.0), erf));
  }
};

using ScalarFormula = Value (*)(Formula, Value);

} // namespace

/// The formula of an elementwise activation; null for the others.
static ScalarFormula findFormula(StringRef name) {
  using F = Formula;
  return llvm::StringSwitch<ScalarFormula>(nn::canonicalActivation(name))
      .Case("linear", [](F, Value x) { return x; })
      .Case("relu", [](F f, Value x) { return f.relu(x); })
      .Case("leaky_relu", [](F f, Value x) { return f.leakyRelu(x, 0.2); })
      .Case("relu6", [](F f, Value x) { return f.relu6(x); })
      .Case("celu", [](F f, Value x) { return f.celu(x); })
      .Case("elu", [](F f, Value x) { return f.elu(x, 1.0); })
      .Case("selu", [](F f, Value x) { return f.selu(x); })
      .Case("softplus", [](F f, Value x) { return f.softplus(x); })
      .Case("softsign", [](F f, Value x) { return f.softsign(x); })
      .Case("squareplus", [](F f, Value x) { return f.squareplus(x); })
      .Case("soft_shrink", [](F f, Value x) { return f.softShrink(x); })
      .Case("sparse_plus", [](F f, Value x) { return f.sparsePlus(x); })
      .Case("silu", [](F f, Value x) { return f.silu(x); })
      .Case("gelu", [](F f, Value x) { return f.gelu(x); })
      .Case("tanh", [](F f, Value x) { return f.tanh(x); })
      .Case("tanh_shrink", [](F f, Value x) { return f.sub(x, f.tanh(x)); })
      .Case("sigmoid", [](F f, Value x) { return f.sigmoid(x); })
      .Case("sparse_sigmoid", [](F f, Value x) { return f.sparseSigmoid(x); })
      .Case("exponential", [](F f, Value x) { return f.exp(x); })
      .Case("hard_sigmoid", [](F f, Value x) { return f.hardSigmoid(x); })
      .Case("hard_sigmoid_keras2",
            [](F f, Value x) { return f.hardSigmoidKeras2(x); })
      .Case("hard_silu",
            [](F f, Value x) { return f.mul(x, f.hardSigmoid(x)); })
      .Case("hard_tanh", [](F f, Value x) { return f.clip(x, -1.0, 1.0); })
      .Case("hard_shrink", [](F f, Value x) { return f.hardShrink(x); })
      .Case("mish",
            [](F f, Value x) { return f.mul(x, f.tanh(f.softplus(x))); })
      .Case("log_sigmoid",
            [](F f, Value x) { return f.neg(f.softplus(f.neg(x))); })
      .Default(nullptr);
}

bool nnc::isElementwiseActivation(StringRef name) {
  return findFormula(name) != nullptr;
}

Value nnc::scalarActivation(LocBuilder &b, Value x, StringRef name) {
  return findFormula(name)(Formula(b, x), x);
}

Value nnc::scalarElu(LocBuilder &b, Value x, double alpha) {
  return Formula(b, x).elu(x, alpha);
}

Value nnc::scalarLeakyRelu(LocBuilder &b, Value x, double slope) {
  return Formula(b, x).leakyRelu(x, slope);
}

Value nnc::scalarRelu(LocBuilder &b, Value x) { return Formula(b, x).relu(x); }

Value nnc::scalarThreshold(LocBuilder &b, Value x, double threshold,
                           double value) {
  Formula f(b, x);
  return f.ifGreater(x, threshold, x, f.c(value));
}

//===----------------------------------------------------------------------===//
// Along axes
//===----------------------------------------------------------------------===//

/// Where a tensor without the axes `gone` lies in one of `rank` axes.
static SmallVector<int64_t> remainingAxes(int64_t rank,
                                          ArrayRef<int64_t> gone) {
  SmallVector<int64_t> axes;
  for (int64_t axis = 0; axis < rank; ++axis)
    if (!llvm::is_contained(gone, axis))
      axes.push_back(axis);
  return axes;
}

/// body(element, the reduced value that belongs to it).
static Value withReduced(LocBuilder &b, Value tensor, Value reduced,
                         ArrayRef<int64_t> axes, ScalarBody body) {
  int64_t rank = rankOf(tensor);
  Placed inputs[] = {{tensor, remainingAxes(rank, {})},
                     {reduced, remainingAxes(rank, axes)}};
  return elementwise(b, shapeOf(tensor), inputs, body);
}

/// x less the largest element along `axes`, so that exp cannot overflow.
static Value shiftByMax(LocBuilder &b, Value tensor, ArrayRef<int64_t> axes) {
  return withReduced(b, tensor, reduceMax(b, tensor, axes), axes,
                     [](LocBuilder &at, ValueRange x) {
                       return Formula(at, x[0]).sub(x[0], x[1]);
                     });
}

static Value expOf(LocBuilder &b, Value tensor) {
  return map(b, tensor, [](LocBuilder &at, ValueRange x) {
    return Formula(at, x[0]).exp(x[0]);
  });
}

Value nnc::softmax(LocBuilder &b, Value tensor, ArrayRef<int64_t> axes) {
  Value powers = expOf(b, shiftByMax(b, tensor, axes));
  return withReduced(b, powers, reduceSum(b, powers, axes), axes,
                     [](LocBuilder &at, ValueRange x) {
                       return Formula(at, x[0]).div(x[0], x[1]);
                     });
}

static Value logSoftmax(LocBuilder &b, Value tensor, int64_t axis) {
  Value shifted = shiftByMax(b, tensor, axis);
  Value sum = reduceSum(b, expOf(b, shifted), axis);
  return withReduced(b, shifted, sum, axis, [](LocBuilder &at, ValueRange x) {
    return Formula(at, x[0]).sub(x[0], math::LogOp::create(at, x[1]));
  });
}

/// The projection onto the simplex, without sorting: element i is in the
/// support iff sum_j max(x_j - x_i, 0) < 1, which is Keras's condition on the
/// sorted elements rewritten. The threshold is (sum of support - 1) / size.
static Value sparsemax(LocBuilder &b, Value tensor) {
  ShapeRef shape = shapeOf(tensor);
  int64_t last = rankOf(tensor) - 1;
  AffineExpr own = b.getAffineDimExpr(last),
             other = b.getAffineDimExpr(last + 1);
  auto map = [&](AffineExpr element) {
    SmallVector<AffineExpr> exprs;
    for (int64_t axis = 0; axis < last; ++axis)
      exprs.push_back(b.getAffineDimExpr(axis));
    exprs.push_back(element);
    return AffineMap::get(last + 2, 0, exprs, b.getContext());
  };
  SmallVector<bool> reductions(last + 1, false);
  reductions.push_back(true);
  Value above = accumulate(b, ValueRange{tensor, tensor}, shape, 0.0,
                           {map(own), map(other), map(own)}, reductions,
                           [](LocBuilder &at, ValueRange x) {
                             Formula f(at, x[0]);
                             return f.add(x[2], f.relu(f.sub(x[1], x[0])));
                           });
  // The place in descending order; equal elements share the mean of theirs.
  Value place = accumulate(
      b, ValueRange{tensor, tensor}, shape, 0.5,
      {map(own), map(other), map(own)}, reductions,
      [](LocBuilder &at, ValueRange x) {
        Formula f(at, x[0]);
        Value ahead = f.sub(x[1], x[0]);
        return f.add(x[2],
                     f.ifGreater(ahead, 0.0, f.c(1.0),
                                 f.ifLess(ahead, 0.0, f.c(0.0), f.c(0.5))));
      });
  Value inSupport = nnc::map(b, above, [](LocBuilder &at, ValueRange x) {
    Formula f(at, x[0]);
    return f.ifLess(x[0], 1.0, f.c(1.0), f.c(0.0));
  });
  // The sum of everything down to an element is place · element + above.
  Value supported =
      elementwise(b, shape, ValueRange{tensor, place, above, inSupport},
                  [](LocBuilder &at, ValueRange x) {
                    Formula f(at, x[0]);
                    Value partial = f.add(f.mul(x[1], x[0]), x[2]);
                    return f.ifGreater(x[3], 0.0, partial, f.c(0.0));
                  });
  Value sum = reduceSum(b, supported, last);
  Value count = reduceSum(b, inSupport, last);
  Value threshold = elementwise(b, shapeOf(sum), ValueRange{sum, count},
                                [](LocBuilder &at, ValueRange x) {
                                  Formula f(at, x[0]);
                                  return f.div(f.sub(x[0], f.c(1.0)), x[1]);
                                });
  return withReduced(b, tensor, threshold, last,
                     [](LocBuilder &at, ValueRange x) {
                       Formula f(at, x[0]);
                       return f.relu(f.sub(x[0], x[1]));
                     });
}

/// The first half of the last axis, gated by the second.
static Value glu(LocBuilder &b, Value tensor) {
  int64_t last = rankOf(tensor) - 1;
  int64_t half = shapeOf(tensor)[last] / 2;
  Value values = sliceAxis(b, tensor, last, 0, half);
  Value gates = sliceAxis(b, tensor, last, half, half);
  return elementwise(b, shapeOf(values), ValueRange{values, gates},
                     [](LocBuilder &at, ValueRange x) {
                       Formula f(at, x[0]);
                       return f.mul(x[0], f.sigmoid(x[1]));
                     });
}

Value nnc::applyActivation(LocBuilder &b, Value tensor, StringRef name) {
  name = nn::canonicalActivation(name);
  int64_t last = rankOf(tensor) - 1;
  if (name == "linear")
    return tensor;
  if (name == "softmax")
    return softmax(b, tensor, last);
  if (name == "log_softmax")
    return logSoftmax(b, tensor, last);
  if (name == "sparsemax")
    return sparsemax(b, tensor);
  if (name == "glu")
    return glu(b, tensor);
  return map(b, tensor, [&](LocBuilder &at, ValueRange x) {
    return scalarActivation(at, x[0], name);
  });
}
