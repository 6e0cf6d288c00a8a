"""Convolutions, pooling, normalization and attention in keras.ops, as
ops_cases.py has the other functions: most formulas are those of the layers."""

import math

from arrays import Array
from ops_reference import along, reduced
from reference import layer_normalization, rms_normalization
from reference_windows import REFERENCES


def table(*shape):
    """Small numbers, no two neighbours the same."""
    count = math.prod(shape)
    return Array(shape, [((5 * i + 3) % 17 - 8) / 8.0 for i in range(count)])


def listed(values):
    """An Array as a key."""
    def rows(shape, data):
        if not shape:
            return str(data[0])
        step = len(data) // shape[0]
        return "[" + ", ".join(rows(shape[1:], data[i:i + step])
                               for i in range(0, len(data), step)) + "]"
    return rows(values.shape, values.data)


def convolution(name, layer, shape, keys="", config=None, **weights):
    """A function with constant kernels, as the layer of that class is."""
    config = dict(config or {})
    size = next(iter(weights.values())).shape[:-2]
    config.setdefault("kernel_size", list(size))
    text = ", ".join([f"{key} = {listed(w)}" for key, w in weights.items()] +
                     ([keys] if keys else []))
    return (f"{name}(%0) {{{text}}}", [("f", shape)],
            lambda x: REFERENCES[layer](config, [x], weights))


def pooling(name, layer, shape, keys, config):
    return (f"{name}(%0) {{{keys}}}", [("f", shape)],
            lambda x: REFERENCES[layer](config, [x], {}))


SAME, FIRST = 'padding = "same"', 'data_format = "channels_first"'
IS_SAME = {"padding": "same"}
IS_FIRST = {"data_format": "channels_first"}

CONVOLUTIONS = [
    convolution("conv", "Conv1D", (7, 2), kernel=table(3, 2, 4)),
    convolution("conv", "Conv1D", (7, 2), f"strides = 2, {SAME}",
                {"strides": 2, **IS_SAME}, kernel=table(3, 2, 4)),
    convolution("conv", "Conv2D", (5, 6, 2), f"strides = [2, 1], {SAME}",
                {"strides": [2, 1], **IS_SAME}, kernel=table(3, 2, 2, 5)),
    convolution("conv", "Conv2D", (5, 6, 2), "dilation_rate = 2",
                {"dilation_rate": 2}, kernel=table(2, 2, 2, 3)),
    convolution("conv", "Conv2D", (4, 5, 6), FIRST, IS_FIRST,
                kernel=table(2, 3, 4, 3)),
    convolution("conv", "Conv2D", (5, 5, 6), "", {"groups": 3},
                kernel=table(2, 2, 2, 6)),
    convolution("conv", "Conv3D", (3, 4, 3, 2), "", kernel=table(2, 2, 2, 2, 3)),
    convolution("depthwise_conv", "DepthwiseConv1D", (7, 3), "strides = [2]",
                {"strides": 2}, kernel=table(3, 3, 2)),
    convolution("depthwise_conv", "DepthwiseConv2D", (5, 6, 3),
                f"dilation_rate = [2, 1], {SAME}",
                {"dilation_rate": [2, 1], **IS_SAME}, kernel=table(2, 3, 3, 1)),
    convolution("separable_conv", "SeparableConv1D", (7, 2), SAME, IS_SAME,
                depthwise_kernel=table(3, 2, 2),
                pointwise_kernel=table(1, 4, 3)),
    convolution("separable_conv", "SeparableConv2D", (3, 5, 6), FIRST, IS_FIRST,
                depthwise_kernel=table(2, 2, 3, 1),
                pointwise_kernel=table(1, 1, 3, 2)),
    convolution("conv_transpose", "Conv1DTranspose", (5, 3), "strides = 2",
                {"strides": 2}, kernel=table(3, 4, 3)),
    convolution("conv_transpose", "Conv1DTranspose", (5, 3),
                f"strides = 3, output_padding = 1, {SAME}",
                {"strides": 3, "output_padding": 1, **IS_SAME},
                kernel=table(4, 2, 3)),
    convolution("conv_transpose", "Conv2DTranspose", (3, 4, 2),
                f"strides = [2, 1], {SAME}", {"strides": [2, 1], **IS_SAME},
                kernel=table(3, 2, 4, 2)),
    convolution("conv_transpose", "Conv2DTranspose", (2, 3, 4),
                f"strides = 1, dilation_rate = 2, {FIRST}",
                {"dilation_rate": 2, **IS_FIRST}, kernel=table(2, 2, 3, 2)),
    convolution("conv_transpose", "Conv3DTranspose", (2, 3, 2, 2),
                "strides = 2", {"strides": 2}, kernel=table(2, 3, 2, 2, 2)),
]

POOLS = [
    pooling("max_pool", "MaxPooling1D", (7, 3), "pool_size = 2",
            {"pool_size": 2}),
    pooling("max_pool", "MaxPooling2D", (5, 6, 3),
            f"pool_size = [3, 2], strides = 2, {SAME}",
            {"pool_size": [3, 2], "strides": 2, **IS_SAME}),
    pooling("max_pool", "MaxPooling3D", (2, 4, 5, 3),
            f"pool_size = 2, strides = [1, 2, 1], {FIRST}",
            {"pool_size": 2, "strides": [1, 2, 1], **IS_FIRST}),
    pooling("average_pool", "AveragePooling1D", (7, 3), "pool_size = [3]",
            {"pool_size": 3}),
    pooling("average_pool", "AveragePooling2D", (5, 6, 3),
            f"pool_size = 3, strides = 2, {SAME}",
            {"pool_size": 3, "strides": 2, **IS_SAME}),
    pooling("adaptive_max_pool", "AdaptiveMaxPooling1D", (7, 3),
            "output_size = 3", {"output_size": 3}),
    pooling("adaptive_average_pool", "AdaptiveAveragePooling2D", (5, 6, 3),
            "output_size = [2, 3]", {"output_size": [2, 3]}),
    pooling("adaptive_average_pool", "AdaptiveAveragePooling2D", (3, 5, 6),
            f"output_size = 2, {FIRST}", {"output_size": 2, **IS_FIRST}),
]

WINDOW = CONVOLUTIONS + POOLS

ROW, DEEP = [("f", (3, 4))], [("f", (2, 3, 4))]


def layer_norm(keys, config, inputs=None, **weights):
    text = ", ".join([f"{key} = {listed(w)}" for key, w in weights.items()] +
                     ([keys] if keys else []))
    config.setdefault("epsilon", 1e-7)
    return (f"layer_norm(%0) {{{text}}}", inputs or ROW,
            lambda x: layer_normalization(config, [x], weights))


def rms_norm(keys, config, scale):
    return (f"rms_norm(%0) {{{keys}}}", DEEP,
            lambda x: rms_normalization(config, [x], {"scale": scale}))


def batch_norm(axis, mean, var, scale, offset):
    def function(x):
        def one(i):
            c = i[axis]
            return ((x[i] - mean[c]) / math.sqrt(var[c] + 0.001) * scale[c] +
                    offset[c])
        return Array.from_function(x.shape, one)
    return function


def variance(values):
    mean = math.fsum(values) / len(values)
    return math.fsum((v - mean) ** 2 for v in values) / len(values)


def mean_and_variance(axes, keepdims):
    return lambda x: [reduced(x, axes, lambda v: math.fsum(v) / len(v),
                              keepdims), reduced(x, axes, variance, keepdims)]


NORMS = [
    layer_norm("", {}),
    layer_norm("epsilon = 0.01", {"epsilon": 0.01}, gamma=table(4),
               beta=table(4)),
    layer_norm("axis = [2, 1]", {"axis": [2, 1]}, DEEP, gamma=table(3, 2),
               beta=table(3, 2)),
    layer_norm("rms_scaling = true", {"rms_scaling": True}, gamma=table(4)),
    ("layer_norm(%0) {gamma = 2.0, beta = 1.0}", ROW, lambda x:
     layer_normalization({"epsilon": 1e-7}, [x], {
         "gamma": Array((4,), [2.0] * 4), "beta": Array((4,), [1.0] * 4)})),
    rms_norm("", {"epsilon": 1e-7}, Array((4,), [1.0] * 4)),
    rms_norm("scale = 2, axis = [1, 3], epsilon = 0.01",
             {"axis": [1, 3], "epsilon": 0.01}, Array((4,), [2.0] * 4)),
    rms_norm(f"scale = {listed(table(4))}", {"epsilon": 1e-7}, table(4)),
    ("batch_norm(%0) {mean = [1.0, 2.0, 3.0, 4.0], variance = [1.0, 2.0, 3.0,"
     " 4.0], offset = 0.0, scale = 1.0, axis = -1, epsilon = 0.001}", DEEP,
     batch_norm(-1, [1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0], [1.0] * 4,
                [0.0] * 4)),
    ("batch_norm(%0) {mean = [0.5, 1.0], variance = [1.0, 2.0], offset = "
     "[0.25, -1.0], scale = [2.0, -0.5], axis = 1, epsilon = 0.001}", DEEP,
     batch_norm(1, [0.5, 1.0], [1.0, 2.0], [2.0, -0.5], [0.25, -1.0])),
    ("moments(%0) {axes = [2]}", ROW, mean_and_variance([2], False)),
    ("moments(%0) {axes = [1, -1], keepdims = true}", DEEP,
     mean_and_variance([1, 3], True)),
]


def attention(bias=None, mask=None, scale=None, causal=False):
    """The function with bias and mask given at (head, query, key)."""
    def function(query, key, value, *_):
        batch, steps, heads, features = query.shape
        shared = heads // key.shape[2]
        factor = scale or 1.0 / math.sqrt(features)

        def score(b, t, n, s):
            if (causal and s > t) or (mask and not mask(n, t, s)):
                return -math.inf
            dots = math.fsum(query[b, t, n, h] * key[b, s, n // shared, h]
                             for h in range(features))
            return dots * factor + (bias(n, t, s) if bias else 0.0)

        scores = Array.from_function(
            (batch, steps, heads, key.shape[1]), lambda i: score(*i))
        weights = along(scores, [3], lambda v: [
            math.exp(a) / sum(map(math.exp, v)) for a in v])
        return Array.from_function(query.shape, lambda i: math.fsum(
            weights[(*i[:3], s)] * value[i[0], s, i[2] // shared, i[3]]
            for s in range(key.shape[1])))
    return function


HEADS = [("f", (3, 4, 2)), ("f", (5, 4, 2)), ("f", (5, 4, 2))]
GROUPS = [("f", (3, 4, 2)), ("f", (3, 2, 2)), ("f", (3, 2, 2))]
BIAS = table(3, 5)

ATTENTION = [
    ("dot_product_attention(%0, %1, %2) {bias = 0.0, mask = true}", HEADS,
     attention()),
    ("dot_product_attention(%0, %1, %2) {bias = 0.0, mask = true, "
     "is_causal = true, scale = 0.5}", GROUPS, attention(None, None, 0.5, True)),
    ("dot_product_attention(%0, %1, %2) {bias = " + listed(BIAS) +
     ", mask = [true, false, true, true, false]}", HEADS,
     attention(lambda n, t, s: BIAS[t, s], lambda n, t, s: s not in (1, 4))),
    # A row without any key attends to all of them alike.
    ("dot_product_attention(%0, %1, %2) {bias = 0.0, mask = [[false], [true], "
     "[true]]}", HEADS, lambda q, k, v: Array.from_function(
         q.shape, lambda i: attention()(q, k, v)[i] if i[1] else
         math.fsum(v[i[0], s, i[2], i[3]] for s in range(5)) / 5.0)),
]

NORM = NORMS + ATTENTION


def mean_kernel(x, kernel):
    """A convolution with the mean of the batch's kernels."""
    size = kernel.shape[1:]
    mean = Array.from_function(size, lambda i: sum(
        kernel[(b, *i)] for b in range(kernel.shape[0])) / kernel.shape[0])
    return REFERENCES["Conv2D"]({"kernel_size": list(size[:2])}, [x],
                                {"kernel": mean})


WINDOW_MIXING = [
    ("%k = nn.ops.mean(%1) {axis = 0}\n conv(%0, %k)",
     [("f", (4, 5, 2)), ("f", (2, 3, 2, 3))], mean_kernel),
    ("%m, %v = nn.ops.moments(%0) {axes = [0, 1]}\n batch_norm(%0, %m, %v) "
     "{offset = 0.0, scale = 1.0, axis = -1, epsilon = 0.001}", ROW,
     lambda x: batch_norm(-1, *(m.data for m in mean_and_variance(
         [0, 1], False)(x)), [1.0] * 4, [0.0] * 4)(x)),
]
