"""Convolutions and pooling by their formulas, over any number of axes."""

import itertools
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


def transposed_axis(keys, n, axis, spatial):
    """(extent of the result, what is cut off before it) of one axis."""
    k, s, d = (spread(keys.get(key, 1), spatial)[axis]
               for key in ("kernel_size", "strides", "dilation_rate"))
    reach = (k - 1) * d + 1
    more = keys.get("output_padding")
    if more is not None:
        more = spread(more, spatial)[axis]
    if keys.get("padding", "valid") == "valid":
        more = max(s - reach, 0) if more is None else more
        return (n - 1) * s + reach + more, 0
    if more is None:
        total, out = s + reach - 2, n * s
    else:
        total = reach + reach % 2 - 2 + more
        out = (n - 1) * s + reach % 2 + more
    return out, reach - 1 - min(-(-total // 2), reach - 1)


def conv_transpose(keys, inputs, weights):
    x, kernel = as_last(keys, inputs[0]), weights["kernel"]
    inside, bias = x.shape[1:-1], weights.get("bias")
    spatial = len(inside)
    extents, cuts = zip(*(transposed_axis(keys, n, axis, spatial)
                          for axis, n in enumerate(inside)))
    strides = spread(keys.get("strides", 1), spatial)
    dilation = spread(keys.get("dilation_rate", 1), spatial)
    filters, channels = kernel.shape[-2:]
    windows = Windows(x.shape, 1, 1, 1, "valid")
    windows.out = list(extents)

    def one(n, place, f):
        total = []
        for tap in indices(kernel.shape[:-2]):
            at = [p + cut - t * d for p, cut, t, d in
                  zip(place, cuts, tap, dilation)]
            if any(i % s or not 0 <= i // s < m
                   for i, s, m in zip(at, strides, inside)):
                continue
            at = [i // s for i, s in zip(at, strides)]
            total += [x[[n, *at, c]] * kernel[[*tap, f, c]]
                      for c in range(channels)]
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


def adaptive_pool(reduce):
    def layer(keys, inputs, weights):
        x = as_last(keys, inputs[0])
        inside = x.shape[1:-1]
        size = spread(keys["output_size"], len(inside))

        def one(index):
            cells = [[index[0]]]
            for i, n, m in zip(index[1:], inside, size):
                cells.append(range(i * n // m, -(-(i + 1) * n // m)))
            cells.append([index[-1]])
            return reduce([x[at] for at in itertools.product(*cells)])

        y = Array.from_function((x.shape[0], *size, x.shape[-1]), one)
        return to_first(y) if channels_first(keys) else y
    return layer


def mean(values):
    return math.fsum(values) / len(values)


REFERENCES = {
    f"{kind}{rank}D{end}": reference for rank in (1, 2, 3)
    for kind, end, reference in (
        ("Conv", "", conv), ("Conv", "Transpose", conv_transpose),
        ("DepthwiseConv", "", depthwise_conv),
        ("SeparableConv", "", separable_conv),
        ("MaxPooling", "", pool(max)), ("AveragePooling", "", pool(mean)),
        ("GlobalMaxPooling", "", global_pool(max)),
        ("GlobalAveragePooling", "", global_pool(mean)),
        ("AdaptiveMaxPooling", "", adaptive_pool(max)),
        ("AdaptiveAveragePooling", "", adaptive_pool(mean)))
}
