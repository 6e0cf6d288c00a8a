"""The functions of keras.ops and their options that ops.py tests: per family, a
list of (call, inputs without the batch, reference)."""

import math

from arrays import Array
from ops_reference import (along, broadcast, elementwise, einsum, moved,
                           reduced, running)
from ops_window_cases import NORM, WINDOW, WINDOW_MIXING
from reference_activations import ROWWISE

ROW = [("f", (3, 4))]
INTS = [("i", (3, 4))]
TWO, TWO_INTS = ROW * 2, INTS * 2
MIXED = [("f", (3, 4)), ("i", (3, 4))]
BOOLS = [("b", (3, 4))] * 2


def unary(name, function, keys="", inputs=None, kind="f"):
    keys = f" {{{keys}}}" if keys else ""
    return (f"{name}(%0){keys}", inputs or ROW,
            lambda x: elementwise(function, x, kind=kind))


def binary(name, function, inputs=None, kind="f"):
    return (f"{name}(%0, %1)", inputs or TWO,
            lambda x, y: elementwise(function, x, y, kind=kind))


def sigmoid(x):
    return 1.0 / (1.0 + math.exp(-x))


def softplus(x):
    return math.log1p(math.exp(x))


def clip(x, low, high):
    return min(max(x, low), high)


def round_even(x):
    return float(round(x))


def float_mod(x, y):
    return math.fmod(x, y) + (y if math.fmod(x, y) * y < 0 else 0.0)


def floor_divide(x, y):
    return 0 if y == 0 else x // y


def int_mod(x, y):
    return 0 if y == 0 else x % y


def int_power(x, y):
    if y >= 0:
        return x ** y
    return 0 if abs(x) != 1 else x ** -y


UNARY = [
    unary("absolute", abs), unary("abs", abs, inputs=INTS, kind="i"),
    unary("negative", lambda x: -x),
    unary("negative", lambda x: -x, inputs=INTS, kind="i"),
    unary("sign", lambda x: (x > 0) - (x < 0)),
    unary("sign", lambda x: (x > 0) - (x < 0), inputs=INTS, kind="i"),
    unary("square", lambda x: x * x),
    unary("square", lambda x: int(x), inputs=[("b", (3, 4))], kind="i"),
    unary("round", round_even),
    unary("round", lambda x: round_even(x * 100.0) / 100.0, "decimals = 2"),
    unary("trunc", math.trunc), unary("floor", math.floor),
    unary("ceil", math.ceil),
    unary("floor", float, inputs=INTS),
    unary("reciprocal", lambda x: 1.0 / x),
    unary("exp", math.exp), unary("exp", math.exp, inputs=INTS),
    unary("exp2", lambda x: 2.0 ** x), unary("expm1", math.expm1),
    unary("sin", math.sin), unary("cos", math.cos), unary("tan", math.tan),
    unary("arctan", math.atan), unary("sinh", math.sinh),
    unary("cosh", math.cosh), unary("tanh", math.tanh),
    unary("arcsinh", math.asinh), unary("erf", math.erf),
    unary("isnan", lambda x: False, kind="b"),
    unary("isinf", lambda x: False, kind="b"),
    unary("isfinite", lambda x: True, inputs=INTS, kind="b"),
    unary("logical_not", lambda x: x == 0, inputs=INTS, kind="b"),
    unary("clip", lambda x: clip(x, -0.5, 1.0), "x_min = -0.5, x_max = 1"),
    unary("clip", lambda x: max(x, -1), "x_min = -1", INTS, "i"),
    unary("nan_to_num", lambda x: x),
    unary("stop_gradient", lambda x: x),
    unary("zeros_like", lambda x: 0), unary("ones_like", lambda x: 1),
    unary("zeros_like", lambda x: False, 'dtype = "bool"', kind="b"),
    unary("full_like", lambda x: 7, "fill_value = 7", INTS, "i"),
    unary("full_like", lambda x: 0.5, 'fill_value = 0.5, dtype = "float32"',
          INTS),
    unary("cast", int, 'dtype = "int32"', kind="i"),
]

PART, LARGE = [("p", (3, 4))], [("l", (3, 4))]

DEFINED_IN_PARTS = [
    unary("sqrt", math.sqrt, inputs=PART), unary("log", math.log, inputs=PART),
    unary("rsqrt", lambda x: x ** -0.5, inputs=PART),
    unary("log1p", math.log1p, inputs=PART),
    unary("log2", math.log2, inputs=LARGE),
    unary("log10", math.log10, inputs=PART),
    unary("arcsin", math.asin, inputs=PART),
    unary("arccos", math.acos, inputs=PART),
    unary("arctanh", math.atanh, inputs=PART),
    unary("arccosh", math.acosh, inputs=LARGE),
]

ACTIVATION = [
    unary("relu", lambda x: max(x, 0.0)),
    unary("relu6", lambda x: clip(x, 0.0, 6.0)),
    unary("sigmoid", sigmoid),
    unary("sparse_sigmoid", lambda x: clip(0.5 * (x + 1.0), 0.0, 1.0)),
    unary("hard_sigmoid", lambda x: clip(x / 6.0 + 0.5, 0.0, 1.0)),
    unary("log_sigmoid", lambda x: -softplus(-x)),
    unary("softplus", softplus),
    unary("softsign", lambda x: x / (1.0 + abs(x))),
    unary("sparse_plus", lambda x: 0.0 if x <= -1 else x if x >= 1
          else 0.25 * (x + 1.0) ** 2),
    unary("silu", lambda x: x * sigmoid(x)),
    unary("hard_silu", lambda x: x * clip(x / 6.0 + 0.5, 0.0, 1.0)),
    unary("mish", lambda x: x * math.tanh(softplus(x))),
    unary("selu", lambda x: 1.05070098735548 *
          (x if x > 0 else 1.67326324235438 * math.expm1(x))),
    unary("hard_tanh", lambda x: clip(x, -1.0, 1.0)),
    unary("tanh_shrink", lambda x: x - math.tanh(x)),
    unary("soft_shrink", lambda x: x - clip(x, -0.25, 0.25),
          "threshold = 0.25"),
    unary("hard_shrink", lambda x: x if abs(x) > 0.5 else 0.0),
    unary("threshold", lambda x: x if x > 0.25 else -1.0,
          "threshold = 0.25, default_value = -1"),
    unary("squareplus", lambda x: (x + math.sqrt(x * x + 2.0)) / 2.0,
          "b = 2"),
    unary("leaky_relu", lambda x: x if x > 0 else 0.2 * x),
    unary("leaky_relu", lambda x: x if x > 0 else 0.1 * x,
          "negative_slope = 0.1"),
    unary("elu", lambda x: x if x > 0 else 0.5 * math.expm1(x),
          "alpha = 0.5"),
    unary("celu", lambda x: x if x > 0 else 0.5 * math.expm1(x / 0.5),
          "alpha = 0.5"),
    unary("gelu", lambda x: 0.5 * x * (1.0 + math.erf(x / math.sqrt(2.0))),
          "approximate = false"),
    unary("gelu", lambda x: 0.5 * x * (1.0 + math.tanh(
        math.sqrt(2.0 / math.pi) * (x + 0.044715 * x ** 3)))),
    ("glu(%0)", ROW, lambda x: Array.from_function(
        (x.shape[0], 3, 2),
        lambda i: x[i] * sigmoid(x[i[0], i[1], i[2] + 2]))),
    ("softmax(%0)", ROW, lambda x: along(x, [2], lambda v: [
        math.exp(a) / sum(map(math.exp, v)) for a in v])),
    ("softmax(%0) {axis = [1, 2]}", ROW, lambda x: along(x, [1, 2], lambda v: [
        math.exp(a) / sum(map(math.exp, v)) for a in v])),
    ("log_softmax(%0) {axis = 1}", ROW, lambda x: along(x, [1], lambda v: [
        a - math.log(sum(map(math.exp, v))) for a in v])),
    ("glu(%0) {axis = 1}", [("f", (4, 3))], lambda x: Array.from_function(
        (x.shape[0], 2, 3), lambda i: x[i] * sigmoid(x[i[0], i[1] + 2, i[2]]))),
    ("sparsemax(%0) {axis = 1}", ROW, lambda x: along(x, [1], ROWWISE["sparsemax"])),
    ("normalize(%0)", ROW, lambda x: along(x, [2], lambda v: [
        a / math.sqrt(sum(b * b for b in v)) for a in v])),
    ("normalize(%0) {axis = 1, order = 1}", ROW,
     lambda x: along(x, [1], lambda v: [a / sum(map(abs, v)) for a in v])),
    ("normalize(%0) {order = 3, epsilon = 0.5}", ROW,
     lambda x: along(x, [2], lambda v: [
         a / max(sum(abs(b) ** 3 for b in v) ** (1 / 3), 0.5) for a in v])),
]

BINARY = [
    binary("add", lambda x, y: x + y), binary("subtract", lambda x, y: x - y),
    binary("multiply", lambda x, y: x * y, MIXED),
    binary("add", lambda x, y: x + y, TWO_INTS, "i"),
    binary("add", lambda x, y: x or y, BOOLS, "b"),
    binary("divide", lambda x, y: x / y),
    binary("true_divide", lambda x, y: x / y, [("i", (3, 4)), ("n", (3, 4))]),
    binary("divide_no_nan", lambda x, y: x / y if y else 0.0, MIXED),
    binary("floor_divide", floor_divide, TWO_INTS, "i"),
    binary("floor_divide", lambda x, y: math.floor(x / y)),
    binary("mod", int_mod, TWO_INTS, "i"), binary("mod", float_mod),
    binary("power", int_power, TWO_INTS, "i"),
    binary("maximum", max, MIXED), binary("minimum", min, TWO_INTS, "i"),
    binary("arctan2", math.atan2),
    binary("logaddexp", lambda x, y: math.log(math.exp(x) + math.exp(y))),
    binary("hypot", math.hypot),
    binary("equal", lambda x, y: x == y, TWO_INTS, "b"),
    binary("not_equal", lambda x, y: x != y, TWO_INTS, "b"),
    binary("less", lambda x, y: x < y, MIXED, "b"),
    binary("less_equal", lambda x, y: x <= y, TWO_INTS, "b"),
    binary("greater", lambda x, y: x > y, BOOLS, "b"),
    binary("greater_equal", lambda x, y: x >= y, kind="b"),
    binary("logical_and", lambda x, y: bool(x and y), TWO_INTS, "b"),
    binary("logical_or", lambda x, y: bool(x or y), BOOLS, "b"),
    binary("logical_xor", lambda x, y: bool(x) != bool(y), MIXED, "b"),
    # Constants on either side, and axes that repeat.
    unary("add", lambda x: x + 1.0, "x2 = 1"),
    unary("add", lambda x: x + 1, "x2 = 1", INTS, "i"),
    unary("add", lambda x: x + 0.5, "x1 = 0.5", INTS),
    unary("subtract", lambda x: 2.0 - x, "x1 = 2.0"),
    unary("multiply", lambda x: 3.0 * x, "x1 = 3.0"),
    unary("power", lambda x: x ** 2, "x2 = 2"),
    unary("power", lambda x: 2.0 ** x, "x1 = 2.0"),
    unary("mod", lambda x: x % 3, "x2 = 3", INTS, "i"),
    unary("floor_divide", lambda x: x // -2, "x2 = -2", INTS, "i"),
    unary("greater", lambda x: x > 0, "x2 = 0", kind="b"),
    ("add(%0) {x2 = [1, 2, 3, 4]}", ROW, lambda x: Array.from_function(
        x.shape, lambda i: x[i] + i[2] + 1)),
    ("multiply(%0) {x1 = dense<[[1.0], [2.0], [3.0]]> : tensor<3x1xf32>}",
     INTS, lambda x: Array.from_function(
         x.shape, lambda i: x[i] * (i[1] + 1.0))),
    ("add(%0, %1)", [("f", (3, 1)), ("f", (1, 4))],
     lambda x, y: elementwise(lambda a, b: a + b, *broadcast(x, y))),
    ("where(%0, %1, %2)", [("b", (3, 4)), *MIXED],
     lambda c, x, y: elementwise(lambda a, b, d: b if a else d, c, x, y)),
    ("where(%0, %1) {x2 = -1.5}", [("i", (3, 4)), ("f", (3, 4))],
     lambda c, x: elementwise(lambda a, b: b if a else -1.5, c, x)),
]


def mean(values):
    return sum(values) / len(values)


def variance(values):
    return mean([(v - mean(values)) ** 2 for v in values])


def first(best):
    return lambda values: values.index(best(values))


def reduction(name, function, axes, keys, keepdims=False, inputs=None,
              kind="f"):
    return (f"{name}(%0) {{{keys}}}", inputs or ROW,
            lambda x: reduced(x, axes, function, keepdims, kind))


REDUCE = [
    reduction("mean", mean, [1], "axis = 1"),
    reduction("mean", mean, [2], "axis = -1", inputs=INTS),
    reduction("sum", sum, [2], "axis = -1, keepdims = true", True),
    reduction("sum", sum, [1, 2], "axis = [1, 2]", inputs=INTS, kind="i"),
    reduction("sum", sum, [1], "axis = 1", inputs=[("b", (3, 4))], kind="i"),
    reduction("prod", math.prod, [1], "axis = 1"),
    reduction("prod", math.prod, [1], "axis = 1", inputs=INTS, kind="i"),
    reduction("max", max, [1, 2], "axis = [1, 2]"),
    reduction("max", lambda v: max(*v, 1.0), [2], "axis = 2, initial = 1.0"),
    reduction("min", min, [1], "axis = 1"),
    reduction("min", min, [2], "axis = 2", inputs=INTS, kind="i"),
    reduction("amax", max, [2], "axis = 2", inputs=INTS, kind="i"),
    reduction("amin", min, [1], "axis = [1], keepdims = true", True),
    reduction("var", variance, [1], "axis = 1"),
    reduction("std", lambda v: math.sqrt(variance(v)), [2], "axis = [2]"),
    reduction("any", any, [1], "axis = 1", inputs=INTS, kind="b"),
    reduction("all", all, [2], "axis = -1, keepdims = true", True,
              [("b", (3, 4))], "b"),
    reduction("count_nonzero", lambda v: sum(a != 0 for a in v), [2],
              "axis = 2", inputs=INTS, kind="i"),
    reduction("argmax", first(max), [2], "axis = -1", kind="i"),
    reduction("argmax", first(max), [1], "axis = 1, keepdims = true", True,
              INTS, "i"),
    reduction("argmin", first(min), [2], "axis = 2", inputs=INTS, kind="i"),
    reduction("logsumexp", lambda v: math.log(sum(map(math.exp, v))), [1, 2],
              "axis = [1, 2]"),
    ("cumsum(%0) {axis = 1}", ROW, lambda x: running(x, 1, lambda a, b: a + b)),
    ("cumsum(%0) {axis = -1}", INTS,
     lambda x: running(x, 2, lambda a, b: a + b, "i")),
    ("cumprod(%0) {axis = 2}", ROW,
     lambda x: running(x, 2, lambda a, b: a * b)),
]

DEEP = [("f", (4, 6))]


def move(call, inputs, shape, place):
    """The result's element at i is the input's at place(i)."""
    return (call, inputs, lambda x: moved(x, (x.shape[0], *shape), place))


def as_ints(x):
    return Array(x.shape, map(int, x.data), "<i4")


def padded(x, shape, value, shift):
    def element(index):
        source = tuple(i - s for i, s in zip(index, shift))
        inside = all(0 <= i < n for i, n in zip(source, x.shape))
        return x[source] if inside else value
    return Array.from_function((x.shape[0], *shape), element)


SHAPE = [
    move("reshape(%0) {newshape = [-1, 3, 8]}", DEEP, (3, 8),
         lambda b, i, j: (b, *divmod(8 * i + j, 6))),
    move("transpose(%0) {axes = [0, 2, 1]}", DEEP, (6, 4),
         lambda b, i, j: (b, j, i)),
    move("moveaxis(%0) {source = [1], destination = [-1]}", DEEP, (6, 4),
         lambda b, i, j: (b, j, i)),
    move("swapaxes(%0) {axis1 = 1, axis2 = -1}", DEEP, (6, 4),
         lambda b, i, j: (b, j, i)),
    move("expand_dims(%0) {axis = 1}", INTS, (1, 3, 4),
         lambda b, _, i, j: (b, i, j)),
    move("expand_dims(%0) {axis = [-1, 1]}", ROW, (1, 3, 4, 1),
         lambda b, _, i, j, k: (b, i, j)),
    move("squeeze(%0) {axis = 1}", [("f", (1, 4, 1))], (4, 1),
         lambda b, i, j: (b, 0, i, j)),
    move("squeeze(%0)", [("b", (1, 4, 1))], (4,), lambda b, i: (b, 0, i, 0)),
    move("broadcast_to(%0) {shape = [-1, 3, 4]}", [("f", (1, 4))], (3, 4),
         lambda b, i, j: (b, 0, j)),
    move("tile(%0) {repeats = [1, 2, 1]}", DEEP, (8, 6),
         lambda b, i, j: (b, i % 4, j)),
    move("tile(%0) {repeats = 2}", DEEP, (4, 12),
         lambda b, i, j: (b, i, j % 6)),
    move("repeat(%0) {repeats = 2, axis = 1}", DEEP, (8, 6),
         lambda b, i, j: (b, i // 2, j)),
    move("repeat(%0) {repeats = [2, 0, 1], axis = 1}", ROW, (3, 4),
         lambda b, i, j: (b, [0, 0, 2][i], j)),
    move("flip(%0) {axis = 1}", DEEP, (4, 6), lambda b, i, j: (b, 3 - i, j)),
    move("flip(%0) {axis = [1, 2]}", DEEP, (4, 6),
         lambda b, i, j: (b, 3 - i, 5 - j)),
    move("roll(%0) {shift = 1, axis = 1}", DEEP, (4, 6),
         lambda b, i, j: (b, i - 1 if i else 3, j)),
    move("roll(%0) {shift = [-1, 8], axis = [1, 2]}", DEEP, (4, 6),
         lambda b, i, j: (b, (i + 1) % 4, (j - 8) % 6)),
    move("get_item(%0) {key = \":, 1:3, ::2\"}", DEEP, (2, 3),
         lambda b, i, j: (b, i + 1, 2 * j)),
    move("get_item(%0) {key = \":, -1\"}", DEEP, (6,), lambda b, i: (b, 3, i)),
    move("get_item(%0) {key = \"..., ::-2\"}", DEEP, (4, 3),
         lambda b, i, j: (b, i, 5 - 2 * j)),
    move("get_item(%0) {key = \":, None, 2, -2:-5:-1\"}", DEEP, (1, 3),
         lambda b, _, i: (b, 2, 4 - i)),
    move("slice(%0) {start_indices = [0, 1, 2], shape = [-1, 2, 3]}", DEEP,
         (2, 3), lambda b, i, j: (b, i + 1, j + 2)),
    move("pad(%0) {pad_width = [[0, 0], [1, 2], [0, 1]], mode = \"edge\"}",
         ROW, (6, 5), lambda b, i, j: (b, clip(i - 1, 0, 2), min(j, 3))),
    move("pad(%0) {pad_width = [[0, 0], [2, 1], [0, 0]], mode = \"reflect\"}",
         ROW, (6, 4), lambda b, i, j: (b, [2, 1, 0, 1, 2, 1][i], j)),
    move("pad(%0) {pad_width = [[0, 0], [0, 0], [1, 2]], "
         "mode = \"symmetric\"}", ROW, (3, 7),
         lambda b, i, j: (b, i, [0, 0, 1, 2, 3, 3, 2][j])),
    ("pad(%0) {pad_width = [[0, 0], [1, 2], [0, 0]]}", ROW,
     lambda x: padded(x, (6, 4), 0.0, (0, 1, 0))),
    ("pad(%0) {pad_width = [[0, 0], [0, 0], [2, 0]], constant_values = 7}",
     INTS, lambda x: as_ints(padded(x, (3, 6), 7, (0, 0, 2)))),
    ("triu(%0) {k = 1}", ROW, lambda x: Array.from_function(
        x.shape, lambda i: x[i] if i[2] - i[1] >= 1 else 0.0)),
    ("tril(%0)", INTS, lambda x: as_ints(Array.from_function(
        x.shape, lambda i: x[i] if i[2] <= i[1] else 0))),
    ("concatenate(%0, %1) {axis = 1}", [("f", (2, 3)), ("i", (1, 3))],
     lambda x, y: Array.from_function(
         (x.shape[0], 3, 3), lambda i: x[i] if i[1] < 2 else
         float(y[i[0], 0, i[2]]))),
    ("stack(%0, %1) {axis = -1}", TWO, lambda x, y: Array.from_function(
        (*x.shape, 2), lambda i: (y if i[3] else x)[i[:3]])),
    ("stack(%0, %0) {axis = 1}", [("b", (4,))],
     lambda x: moved(x, (x.shape[0], 2, 4), lambda b, _, i: (b, i))),
    ("append(%0, %1) {axis = 2}", TWO, lambda x, y: Array.from_function(
        (x.shape[0], 3, 8), lambda i: x[i] if i[2] < 4 else
        y[i[0], i[1], i[2] - 4])),
    ("split(%0) {indices_or_sections = 2, axis = -1}", ROW, lambda x: [
        moved(x, (x.shape[0], 3, 2), lambda b, i, j, k=k: (b, i, j + 2 * k))
        for k in range(2)]),
    ("split(%0) {indices_or_sections = [1, 3], axis = 2}", ROW, lambda x: [
        moved(x, (x.shape[0], 3, n), lambda b, i, j, k=k: (b, i, j + k))
        for k, n in [(0, 1), (1, 2), (3, 1)]]),
    ("unstack(%0) {axis = -1}", [("i", (2,))], lambda x: [
        moved(x, (x.shape[0],), lambda b, k=k: (b, k)) for k in range(2)]),
    ("unstack(%0) {num = 3, axis = 1}", ROW, lambda x: [
        moved(x, (x.shape[0], 4), lambda b, j, k=k: (b, k, j))
        for k in range(3)]),
]


TABLE = Array((3, 2), [1.0, -2.0, 0.5, 3.0, -1.5, 0.25])
TABLE_TEXT = "[[1.0, -2.0], [0.5, 3.0], [-1.5, 0.25]]"

def one_hot(x, classes):
    return Array.from_function((*x.shape, classes),
                               lambda i: float(x[i[:-1]] == i[-1]))


def sort_places(x, axis, reverse=False):
    """The places of the elements along `axis` in order."""
    def line(values):
        order = sorted(range(len(values)),
                       key=lambda i: -values[i] if reverse else values[i])
        return [float(i) for i in order]
    return along(x, [axis], line)


INDEX = [
    move("take(%0) {indices = [2, 0, -1], axis = 1}", ROW, (3, 4),
         lambda b, i, j: (b, [2, 0, 2][i], j)),
    move("take(%0) {indices = 1, axis = -1}", ROW, (3,),
         lambda b, i: (b, i, 1)),
    ("take(%0) {x = " + TABLE_TEXT + ", axis = 0}", [("k", (2, 4))],
     lambda x: Array.from_function(
         (*x.shape, 2), lambda i: TABLE[x[i[:-1]] % 3, i[-1]])),
    ("take_along_axis(%0, %1) {axis = 1}", [("f", (3, 4)), ("k", (2, 4))],
     lambda x, y: Array.from_function(
         y.shape, lambda i: x[i[0], y[i] % 3, i[2]])),
    ("take_along_axis(%0) {indices = [[[0, 2, -1, 1]]], axis = 1}", ROW,
     lambda x: Array.from_function(
         (x.shape[0], 1, 4), lambda i: x[i[0], [0, 2, 2, 1][i[2]], i[2]])),
    ("one_hot(%0) {num_classes = 4}", INTS, lambda x: one_hot(x, 4)),
    ("one_hot(%0) {num_classes = 3, axis = 1, dtype = \"int32\"}",
     [("i", (4,))], lambda x: Array(
         (x.shape[0], 3, 4), [int(x[b, j] == c) for b in range(x.shape[0])
                              for c in range(3) for j in range(4)], "<i4")),
    ("multi_hot(%0) {num_classes = 4}", [("i", (5,))],
     lambda x: Array.from_function(
         (x.shape[0], 4), lambda i: float(any(
             x[i[0], j] == i[1] for j in range(5))))),
    ("sort(%0)", ROW, lambda x: along(x, [2], sorted)),
    ("sort(%0) {axis = 1}", INTS,
     lambda x: as_ints(along(x, [1], sorted))),
    ("argsort(%0)", INTS, lambda x: as_ints(sort_places(x, 2))),
    ("argsort(%0) {axis = 1}", [("k", (37, 2))],
     lambda x: as_ints(sort_places(x, 1))),
    ("sort(%0)", [("f", (1,))], lambda x: x),
    ("sort(%0) {axis = 1}", [("f", (129, 2))],
     lambda x: along(x, [1], sorted)),
    ("top_k(%0) {k = 2}", ROW, lambda x: [
        moved(along(x, [2], lambda v: sorted(v, reverse=True)),
              (x.shape[0], 3, 2), lambda *i: i),
        as_ints(moved(sort_places(x, 2, reverse=True), (x.shape[0], 3, 2),
                      lambda *i: i))]),
]
MATRICES = [("f", (4, 6)), ("f", (6, 3))]
PRODUCT = [
    ("matmul(%0, %1)", MATRICES, lambda x, y: einsum("bij,bjk->bik", x, y)),
    ("matmul(%0, %1)", [("i", (2, 3)), ("i", (3, 2))],
     lambda x, y: as_ints(einsum("bij,bjk->bik", x, y))),
    ("matmul(%0) {x2 = " + TABLE_TEXT + "}", [("f", (4, 3))],
     lambda x: einsum("bij,jk->bik", x, TABLE)),
    ("matmul(%0) {x1 = " + TABLE_TEXT + "}", [("f", (2, 4))],
     lambda x: einsum("ij,bjk->bik", TABLE, x)),
    ("dot(%0) {x2 = " + TABLE_TEXT + "}", [("f", (2, 3))],
     lambda x: einsum("bij,jk->bik", x, TABLE)),
    ("inner(%0) {x2 = [1.0, 2.0, 3.0]}", [("f", (2, 3))],
     lambda x: einsum("bij,j->bi", x, Array((3,), [1.0, 2.0, 3.0]))),
    ("tensordot(%0) {x2 = " + TABLE_TEXT + ", axes = 1}", [("f", (2, 3))],
     lambda x: einsum("bij,jk->bik", x, TABLE)),
    ("tensordot(%0) {x2 = " + TABLE_TEXT + ", axes = [[1, 2], [1, 0]]}",
     [("f", (2, 3))], lambda x: einsum("bij,ji->b", x, TABLE)),
    ("einsum(%0, %1) {subscripts = \"bij,bjk->bik\"}", MATRICES,
     lambda x, y: einsum("bij,bjk->bik", x, y)),
    ("einsum(%0, %1) {subscripts = \"bij,bkj->bik\"}",
     [("f", (4, 6)), ("f", (3, 6))],
     lambda x, y: einsum("bij,bkj->bik", x, y)),
    ("einsum(%0, %1, %2) {subscripts = \"bij,bjk,bkl->bil\"}",
     [("f", (2, 3)), ("f", (3, 4)), ("f", (4, 2))],
     lambda x, y, z: einsum("bij,bjk,bkl->bil", x, y, z)),
    ("einsum(%0, %1, %2, %1) {subscripts = \"bi,bk,bki,bk->b\"}",
     [("f", (2,)), ("f", (3,)), ("f", (3, 2))],
     lambda x, y, z: einsum("bi,bk,bki,bk->b", x, y, z, y)),
    ("einsum(%0, %1, %2) {subscripts = \"b...i,b...i,bij->bj...\"}",
     [("f", (1, 3)), ("f", (4, 3)), ("f", (1, 2))],
     lambda x, y, z: einsum("bmi,bni,boj->bjn", x, y, z)),
    ("einsum(%0) {subscripts = \"bij->bi\"}", ROW,
     lambda x: einsum("bij->bi", x)),
]

FAMILIES = {"unary": UNARY + DEFINED_IN_PARTS, "activation": ACTIVATION,
            "binary": BINARY, "reduce": REDUCE, "shape": SHAPE,
            "index": INDEX, "product": PRODUCT, "window": WINDOW, "norm": NORM}


def batch_mean(x):
    def element(index):
        return x[index] - sum(x[(b, *index[1:])] for b in range(3)) / 3.0
    return Array.from_function(x.shape, element)


MIXING = [
    move("flip(%0)", ROW, (3, 4), lambda b, i, j: (2 - b, 2 - i, 3 - j)),
    move("roll(%0) {shift = 5}", [("f", (4,))], (4,),
         lambda b, i: divmod((4 * b + i - 5) % 12, 4)),
    move("transpose(%0)", [("f", (4, 3))], (4, 3), lambda b, i, j: (j, i, b)),
    move("reshape(%0) {newshape = [3, -1]}", [("i", (4,))], (4,),
         lambda b, i: (b, i)),
    ("sum(%0) {axis = 1, keepdims = true}", ROW,
     lambda x: reduced(x, [1], sum, True)),
    ("max(%0) {axis = 2}", ROW, lambda x: reduced(x, [2], max, False)),
    ("cumsum(%0) {axis = 0}", ROW,
     lambda x: running(x, 0, lambda a, b: a + b)),
    ("normalize(%0) {axis = 0, order = 1}", ROW,
     lambda x: along(x, [0], lambda v: [a / sum(map(abs, v)) for a in v])),
    ("matmul(%0, %1)", [("f", (3,)), ("f", (4,))],
     lambda x, y: einsum("bi,ik->bk", x, y)),
    ("take(%0) {indices = [2, 2, 0], axis = 0}", ROW, lambda x: moved(
        x, x.shape, lambda b, i, j: ([2, 2, 0][b], i, j))),
    ("add(%0, %1)", [("f", (3, 4)), ("f", (4,))],
     lambda x, y: Array.from_function(
         x.shape, lambda i: x[i] + y[i[1], i[2]])),
    *WINDOW_MIXING,
]
