//===- NNKerasOps.td - functions of keras.ops, element by element ---------===//

#ifndef NN_KERAS_OPS_TD
#define NN_KERAS_OPS_TD

include "dialect/NNKerasBase.td"

def NN_OpsCastOp : NN_KerasOp<"cast", "Cast"> {
  let summary = "the input's elements in another type";
  let description = [{
    Floats become integers towards zero; what is too large becomes the type's
    largest, what is too small its smallest, NaN 0. What is not 0 is true.
  }];
  let policy = [NN_DType];
  let required = ["dtype"];
  let elementTypes = "inferCastTypes";
  let takesUnsigned = 1;
}

//===----------------------------------------------------------------------===//
// One tensor
//===----------------------------------------------------------------------===//

/// Integers become floats.
class NN_KerasFloatUnary<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let elementTypes = "promoteWithFloat";
}
class NN_KerasKeepUnary<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
}
class NN_KerasTest<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let elementTypes = "giveBool";
}
/// Defined for floats only.
class NN_KerasActivation<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let elementTypes = "keepFloatType";
}

def NN_OpsAbsoluteOp : NN_KerasKeepUnary<"absolute", "Absolute", "the absolute value">;
def NN_OpsAbsOp : NN_KerasKeepUnary<"abs", "Abs", "the absolute value">;
def NN_OpsNegativeOp : NN_KerasKeepUnary<"negative", "Negative", "-x">;
def NN_OpsSignOp : NN_KerasKeepUnary<"sign", "Sign", "-1, 0 or 1">;
def NN_OpsSquareOp : NN_KerasOp<"square", "Square"> {
  let summary = "x * x; int32 for bool";
  let elementTypes = "keepNumberType";
}
def NN_OpsRoundOp : NN_KerasOp<"round", "Round"> {
  let summary = "to the nearest multiple of 10^-decimals, halves to the even one";
  let keys = (ins NN_Default<NN_Int, "0">:$decimals);
  let elementTypes = "keepNumberType";
}
def NN_OpsTruncOp : NN_KerasKeepUnary<"trunc", "Trunc", "the integer part">;
def NN_OpsFloorOp : NN_KerasFloatUnary<"floor", "Floor", "the next integer below">;
def NN_OpsCeilOp : NN_KerasFloatUnary<"ceil", "Ceil", "the next integer above">;
def NN_OpsSqrtOp : NN_KerasFloatUnary<"sqrt", "Sqrt", "the square root">;
def NN_OpsRsqrtOp : NN_KerasKeepUnary<"rsqrt", "Rsqrt", "1 / sqrt(x)"> {
  let elementTypes = "keepFloatType";
}
def NN_OpsReciprocalOp : NN_KerasFloatUnary<"reciprocal", "Reciprocal", "1 / x">;
def NN_OpsExpOp : NN_KerasFloatUnary<"exp", "Exp", "e^x">;
def NN_OpsExp2Op : NN_KerasFloatUnary<"exp2", "Exp2", "2^x">;
def NN_OpsExpm1Op : NN_KerasFloatUnary<"expm1", "Expm1", "e^x - 1">;
def NN_OpsLogOp : NN_KerasFloatUnary<"log", "Log", "the natural logarithm">;
def NN_OpsLog1pOp : NN_KerasFloatUnary<"log1p", "Log1p", "log(1 + x)">;
def NN_OpsLog2Op : NN_KerasFloatUnary<"log2", "Log2", "the logarithm to base 2">;
def NN_OpsLog10Op : NN_KerasFloatUnary<"log10", "Log10", "the logarithm to base 10">;
def NN_OpsSinOp : NN_KerasFloatUnary<"sin", "Sin", "the sine">;
def NN_OpsCosOp : NN_KerasFloatUnary<"cos", "Cos", "the cosine">;
def NN_OpsTanOp : NN_KerasFloatUnary<"tan", "Tan", "the tangent">;
def NN_OpsArcsinOp : NN_KerasFloatUnary<"arcsin", "Arcsin", "the inverse of the sine">;
def NN_OpsArccosOp : NN_KerasFloatUnary<"arccos", "Arccos", "the inverse of the cosine">;
def NN_OpsArctanOp : NN_KerasFloatUnary<"arctan", "Arctan", "the inverse of the tangent">;
def NN_OpsSinhOp : NN_KerasFloatUnary<"sinh", "Sinh", "the hyperbolic sine">;
def NN_OpsCoshOp : NN_KerasFloatUnary<"cosh", "Cosh", "the hyperbolic cosine">;
def NN_OpsTanhOp : NN_KerasFloatUnary<"tanh", "Tanh", "the hyperbolic tangent">;
def NN_OpsArcsinhOp : NN_KerasFloatUnary<"arcsinh", "Arcsinh", "the inverse of the hyperbolic sine">;
def NN_OpsArccoshOp : NN_KerasFloatUnary<"arccosh", "Arccosh", "the inverse of the hyperbolic cosine">;
def NN_OpsArctanhOp : NN_KerasFloatUnary<"arctanh", "Arctanh", "the inverse of the hyperbolic tangent">;
def NN_OpsErfOp : NN_KerasActivation<"erf", "Erf", "the error function">;

def NN_OpsIsnanOp : NN_KerasTest<"isnan", "Isnan", "whether it is NaN">;
def NN_OpsIsinfOp : NN_KerasTest<"isinf", "Isinf", "whether it is infinite">;
def NN_OpsIsfiniteOp : NN_KerasTest<"isfinite", "Isfinite", "whether it is finite">;
def NN_OpsLogicalNotOp : NN_KerasTest<"logical_not", "LogicalNot", "whether it is 0">;

def NN_OpsReluOp : NN_KerasActivation<"relu", "Relu", "max(x, 0)">;
def NN_OpsRelu6Op : NN_KerasActivation<"relu6", "Relu6", "min(max(x, 0), 6)">;
def NN_OpsSigmoidOp : NN_KerasActivation<"sigmoid", "Sigmoid", "1 / (1 + e^-x)">;
def NN_OpsSparseSigmoidOp : NN_KerasActivation<"sparse_sigmoid", "SparseSigmoid", "(x + 1) / 2 within 0 and 1">;
def NN_OpsHardSigmoidOp : NN_KerasActivation<"hard_sigmoid", "HardSigmoid", "x / 6 + 1/2 within 0 and 1">;
def NN_OpsLogSigmoidOp : NN_KerasActivation<"log_sigmoid", "LogSigmoid", "log(sigmoid(x))">;
def NN_OpsSoftplusOp : NN_KerasActivation<"softplus", "Softplus", "log(1 + e^x)">;
def NN_OpsSoftsignOp : NN_KerasActivation<"softsign", "Softsign", "x / (1 + abs(x))">;
def NN_OpsSparsePlusOp : NN_KerasActivation<"sparse_plus", "SparsePlus", "(x + 1)^2 / 4 between -1 and 1, 0 below, x above">;
def NN_OpsSiluOp : NN_KerasActivation<"silu", "Silu", "x * sigmoid(x)">;
def NN_OpsHardSiluOp : NN_KerasActivation<"hard_silu", "HardSilu", "x * hard_sigmoid(x)">;
def NN_OpsMishOp : NN_KerasActivation<"mish", "Mish", "x * tanh(softplus(x))">;
def NN_OpsSeluOp : NN_KerasActivation<"selu", "Selu", "a scaled elu">;
def NN_OpsHardTanhOp : NN_KerasActivation<"hard_tanh", "HardTanh", "x within -1 and 1">;
def NN_OpsTanhShrinkOp : NN_KerasActivation<"tanh_shrink", "TanhShrink", "x - tanh(x)">;
def NN_OpsSoftShrinkOp : NN_KerasActivation<"soft_shrink", "SoftShrink", "nearer to 0 by threshold"> {
  let keys = (ins NN_Default<NN_Float, "0.5">:$threshold);
}
def NN_OpsHardShrinkOp : NN_KerasActivation<"hard_shrink", "HardShrink", "x where abs(x) > threshold, else 0"> {
  let keys = (ins NN_Default<NN_Float, "0.5">:$threshold);
}
def NN_OpsThresholdOp : NN_KerasActivation<"threshold", "Threshold", "x where it is above threshold, else default_value"> {
  let required = ["threshold", "default_value"];
  let keys = (ins NN_Float:$threshold, NN_Float:$default_value);
}
def NN_OpsSquareplusOp : NN_KerasActivation<"squareplus", "Squareplus", "(x + sqrt(x * x + b)) / 2"> {
  let keys = (ins NN_Default<NN_Float, "4.0">:$b);
}
def NN_OpsLeakyReluOp : NN_KerasActivation<"leaky_relu", "LeakyRelu", "x, times negative_slope below 0"> {
  let keys = (ins NN_Default<NN_Float, "0.2">:$negative_slope);
}
def NN_OpsEluOp : NN_KerasActivation<"elu", "Elu", "x, alpha * (e^x - 1) below 0"> {
  let keys = (ins NN_Default<NN_Float, "1.0">:$alpha);
}
def NN_OpsCeluOp : NN_KerasActivation<"celu", "Celu", "x, alpha * (e^(x / alpha) - 1) below 0"> {
  let keys = (ins NN_Default<NN_Float, "1.0">:$alpha);
}
def NN_OpsGeluOp : NN_KerasActivation<"gelu", "Gelu", "x times the normal distribution up to x, or nearly so"> {
  let keys = (ins NN_Default<NN_Bool, "true">:$approximate);
}
def NN_OpsGluOp : NN_KerasActivation<"glu", "Glu", "one half of an axis gated by the other"> {
  let keys = (ins NN_Default<NN_Int, "-1">:$axis);
  let shapes = "inferHalvedShape";
  let mixing = "mixesAlongAxis";
}
class NN_KerasAlongAxes<string mnemonic, string kerasClass, string words>
    : NN_KerasActivation<mnemonic, kerasClass, words> {
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis);
  let shapes = "inferShapeAlongAxes";
  let mixing = "mixesAlongAxes";
}
def NN_OpsSoftmaxOp : NN_KerasAlongAxes<"softmax", "Softmax", "e^x, of sum 1 along the axes">;
def NN_OpsLogSoftmaxOp : NN_KerasAlongAxes<"log_softmax", "LogSoftmax", "log(softmax(x))">;
def NN_OpsSparsemaxOp : NN_KerasAlongAxes<"sparsemax", "Sparsemax", "the nearest point of sum 1 without negative numbers"> {
  let keys = (ins NN_Default<NN_Int, "-1">:$axis);
  let shapes = "inferShapeAlongAxis";
  let mixing = "mixesAlongAxis";
}
def NN_OpsNormalizeOp : NN_KerasActivation<"normalize", "Normalize", "x / max(its norm along the axes, epsilon)"> {
  let keys = (ins NN_Default<NN_Ints, "{-1}">:$axis,
      NN_Default<NN_PositiveInt, "2">:$order, NN_Default<NN_Float, "1e-7">:$epsilon);
  let shapes = "inferShapeAlongAxes";
  let mixing = "mixesAlongAxes";
}
def NN_OpsClipOp : NN_KerasOp<"clip", "Clip"> {
  let summary = "x within x_min and x_max";
  let keys = (ins OptionalAttr<NN_Constant>:$x_min, OptionalAttr<NN_Constant>:$x_max);
  let parameters = ["x", "x_min", "x_max"];
  let elementTypes = "keepNumberType";
}
def NN_OpsNanToNumOp : NN_KerasOp<"nan_to_num", "NanToNum"> {
  let summary = "NaN and infinities as numbers";
  let keys = (ins NN_Default<NN_Float, "0.0">:$nan, OptionalAttr<NN_Float>:$posinf,
      OptionalAttr<NN_Float>:$neginf);
  let parameters = ["x", "nan", "posinf", "neginf"];
}
def NN_OpsStopGradientOp : NN_KerasOp<"stop_gradient", "StopGradient"> {
  let summary = "x as it is";
  let parameters = ["variable"];
}
class NN_KerasLike<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let policy = [NN_DType];
  let elementTypes = "inferLikeType";
  let parameters = ["x", "dtype"];
}
def NN_OpsZerosLikeOp : NN_KerasLike<"zeros_like", "ZerosLike", "zeros of the input's shape">;
def NN_OpsOnesLikeOp : NN_KerasLike<"ones_like", "OnesLike", "ones of the input's shape">;
def NN_OpsFullLikeOp : NN_KerasLike<"full_like", "FullLike", "one number in the input's shape"> {
  let required = ["fill_value"];
  let keys = (ins NN_Constant:$fill_value);
  let parameters = ["x", "fill_value", "dtype"];
}

//===----------------------------------------------------------------------===//
// Two tensors and more
//===----------------------------------------------------------------------===//

/// Two tensors that broadcast as in numpy, one of which may be a constant.
class NN_KerasBinary<string mnemonic, string kerasClass, string words>
    : NN_KerasOp<mnemonic, kerasClass> {
  let summary = words;
  let most = 2;
  let parameters = ["x1", "x2"];
  let keys = (ins OptionalAttr<NN_Constant>:$x1, OptionalAttr<NN_Constant>:$x2);
  let shapes = "inferBroadcastShape";
  let mixing = "mixesByBroadcast";
  let elementTypes = "promoteArguments";
}
class NN_KerasFloatBinary<string mnemonic, string kerasClass, string words>
    : NN_KerasBinary<mnemonic, kerasClass, words> {
  let elementTypes = "promoteWithFloat";
}
class NN_KerasComparison<string mnemonic, string kerasClass, string words>
    : NN_KerasBinary<mnemonic, kerasClass, words> {
  let elementTypes = "giveBool";
}

def NN_OpsAddOp : NN_KerasBinary<"add", "Add", "x1 + x2">;
def NN_OpsSubtractOp : NN_KerasBinary<"subtract", "Subtract", "x1 - x2">;
def NN_OpsMultiplyOp : NN_KerasBinary<"multiply", "Multiply", "x1 * x2">;
def NN_OpsDivideOp : NN_KerasFloatBinary<"divide", "Divide", "x1 / x2">;
def NN_OpsTrueDivideOp : NN_KerasFloatBinary<"true_divide", "TrueDivide", "x1 / x2">;
def NN_OpsDivideNoNanOp : NN_KerasFloatBinary<"divide_no_nan", "DivideNoNan", "x1 / x2, 0 where x2 is 0">;
def NN_OpsFloorDivideOp : NN_KerasBinary<"floor_divide", "FloorDivide", "floor(x1 / x2); 0 for an integer divided by 0">;
def NN_OpsModOp : NN_KerasBinary<"mod", "Mod", "what is left of x1 / x2, with the sign of x2; 0 for an integer divided by 0"> {
  let elementTypes = "promoteNumbers";
}
def NN_OpsPowerOp : NN_KerasBinary<"power", "Power", "x1 to the power x2">;
def NN_OpsMaximumOp : NN_KerasBinary<"maximum", "Maximum", "the larger one">;
def NN_OpsMinimumOp : NN_KerasBinary<"minimum", "Minimum", "the smaller one">;
def NN_OpsArctan2Op : NN_KerasFloatBinary<"arctan2", "Arctan2", "the angle of the point (x2, x1)">;
def NN_OpsLogaddexpOp : NN_KerasFloatBinary<"logaddexp", "Logaddexp", "log(e^x1 + e^x2)">;
def NN_OpsHypotOp : NN_KerasFloatBinary<"hypot", "Hypot", "sqrt(x1 * x1 + x2 * x2)">;
def NN_OpsEqualOp : NN_KerasComparison<"equal", "Equal", "x1 == x2">;
def NN_OpsNotEqualOp : NN_KerasComparison<"not_equal", "NotEqual", "x1 != x2">;
def NN_OpsLessOp : NN_KerasComparison<"less", "Less", "x1 < x2">;
def NN_OpsLessEqualOp : NN_KerasComparison<"less_equal", "LessEqual", "x1 <= x2">;
def NN_OpsGreaterOp : NN_KerasComparison<"greater", "Greater", "x1 > x2">;
def NN_OpsGreaterEqualOp : NN_KerasComparison<"greater_equal", "GreaterEqual", "x1 >= x2">;
def NN_OpsLogicalAndOp : NN_KerasComparison<"logical_and", "LogicalAnd", "whether both are not 0">;
def NN_OpsLogicalOrOp : NN_KerasComparison<"logical_or", "LogicalOr", "whether one is not 0">;
def NN_OpsLogicalXorOp : NN_KerasComparison<"logical_xor", "LogicalXor", "whether just one is not 0">;
def NN_OpsWhereOp : NN_KerasOp<"where", "Where"> {
  let summary = "x1 where the condition is true, else x2";
  let most = 3;
  let parameters = ["condition", "x1", "x2"];
  let keys = (ins OptionalAttr<NN_Constant>:$condition,
      OptionalAttr<NN_Constant>:$x1, OptionalAttr<NN_Constant>:$x2);
  let shapes = "inferBroadcastShape";
  let mixing = "mixesByBroadcast";
  let elementTypes = "promoteChoices";
}

#endif // NN_KERAS_OPS_TD
