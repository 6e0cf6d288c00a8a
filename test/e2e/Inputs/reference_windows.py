"""Convolutions and pooling by their formulas, over any number of axes."""

import math

from arrays import Array, indices
from reference_activations import activate
from reference_images import channels_first, to_first, to_last


def spread(value, spatial):
    return [value] * spatial if isinstance(value, int) else list(value)


class Windows:
    """How windows slide over the spatial axes of a channels_last input."""

    def __init__(self, shape, size, strides, dilation, padding):
        self.inside = shape[1:-1]
        spatial = len(self.inside)
        self.size = spread(size, spatial)
        self.strides = spread(strides, spatial)
        self.dilation = spread(dilation, spatial)
        self.out, self.low = [], []
        for n, k, s, d in zip(self.inside, self.size, self.strides,
                              self.dilation):
            reach = (k - 1) * d + 1
            if padding == "same":
                out = -(-n // s)
                low = max((out - 1) * s + reach - n, 0) // 2
            elif padding == "causal":
                out, low = -(-n // s), reach - 1
            else:
                out, low = (n - reach) // s + 1, 0
            self.out.append(out)
            self.low.append(low)

    def cells(self, place):
        """(position in the window, position in the input) inside the input."""
        for tap in indices(self.size):
            at = [p * s - low + t * d for p, s, low, t, d in
                  zip(place, self.strides, self.low, tap, self.dilation)]
            if all(0 <= i < n for i, n in zip(at, self.inside)):
                yield tap, at


def over_windows(keys, x, windows, channels, one):
    """one(sample, place, channel) for every output; activation and layout."""
    y = Array.from_function(
        [x.shape[0], *windows.out, channels],
        lambda i: one(i[0], i[1:-1], i[-1]))
    if keys.get("activation", "linear") != "linear":
        width = y.shape[-1]
        rows = [activate(keys["activation"], y.data[i:i + width])
                for i in range(0, len(y.data), width)]
        width = len(rows[0])
        y = Array(y.shape[:-1] + (width,), [v for row in rows for v in row])
    return to_first(y) if channels_first(keys) else y


def as_last(keys, x):
    return to_last(x) if channels_first(keys) else x


def conv_windows(keys, x):
    return Windows(x.shape, keys["kernel_size"], keys.get("strides", 1),
                   keys.get("dilation_rate", 1), keys.get("padding", "valid"))


def conv(keys, inputs, weights):
    x, kernel = as_last(keys, inputs[0]), weights["kernel"]
    bias = weights.get("bias")
    per_group = kernel.shape[-2]
    filters = kernel.shape[-1]
    group_size = filters // keys.get("groups", 1)
    windows = conv_windows(keys, x)

    def one(n, place, f):
        start = f // group_size * per_group
        total = [x[[n, *at, start + c]] * kernel[[*tap, c, f]]
                 for tap, at in windows.cells(place) for c in range(per_group)]
        return math.fsum(total) + (bias[f,] if bias else 0.0)

    return over_windows(keys, x, windows, filters, one)


def depthwise(keys, x, kernel, bias, finish):
    multiplier = kernel.shape[-1]
    windows = conv_windows(keys, x)

    def one(n, place, f):
        c, m = divmod(f, multiplier)
        total = [x[[n, *at, c]] * kernel[[*tap, c, m]]
                 for tap, at in windows.cells(place)]
        return math.fsum(total) + (bias[f,] if bias else 0.0)

    return over_windows(finish, x, windows, x.shape[-1] * multiplier, one)


def depthwise_conv(keys, inputs, weights):
    return depthwise(keys, as_last(keys, inputs[0]), weights["kernel"],
                     weights.get("bias"), keys)


def separable_conv(keys, inputs, weights):
    inner = depthwise(keys, as_last(keys, inputs[0]),
                      weights["depthwise_kernel"], None, {})
    if channels_first(keys):
        inner = to_first(inner)
    point = {"kernel_size": 1, "activation": keys.get("activation", "linear"),
             "data_format": keys.get("data_format")}
    return conv(point, [inner], {
        "kernel": weights["pointwise_kernel"],
        **({"bias": weights["bias"]} if "bias" in weights else {})})


def pool(reduce):
    def layer(keys, inputs, weights):
        x = as_last(keys, inputs[0])
        size = keys.get("pool_size", 2)
        windows = Windows(x.shape, size, keys.get("strides") or size, 1,
                          keys.get("padding", "valid"))

        def one(n, place, c):
            return reduce([x[[n, *at, c]] for _, at in windows.cells(place)])

        return over_windows(keys, x, windows, x.shape[-1], one)
    return layer


def global_pool(reduce):
    def layer(keys, inputs, weights):
        x = as_last(keys, inputs[0])
        inside = x.shape[1:-1]
        y = Array.from_function((x.shape[0], x.shape[-1]), lambda i: reduce(
            [x[[i[0], *at, i[1]]] for at in indices(inside)]))
        if not keys.get("keepdims"):
            return y
        ones = (1,) * len(inside)
        return y.reshaped(y.shape + ones if channels_first(keys) else
                          y.shape[:1] + ones + y.shape[1:])
    return layer


def mean(values):
    return math.fsum(values) / len(values)


REFERENCES = {
    "Conv1D": conv, "Conv2D": conv, "DepthwiseConv2D": depthwise_conv,
    "SeparableConv2D": separable_conv,
    "MaxPooling1D": pool(max), "MaxPooling2D": pool(max),
    "AveragePooling1D": pool(mean), "AveragePooling2D": pool(mean),
    "GlobalMaxPooling1D": global_pool(max),
    "GlobalMaxPooling2D": global_pool(max),
    "GlobalAveragePooling1D": global_pool(mean),
    "GlobalAveragePooling2D": global_pool(mean),
}
