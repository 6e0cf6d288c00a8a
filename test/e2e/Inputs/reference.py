"""The layers by their formulas, in float64, slowly and plainly.

A reference takes the layer's keys, its inputs and its weights by name and
gives the output. REFERENCES has them by class name. Nothing here is meant to be
fast or to share code with the compiler.
"""

import math

from arrays import Array, indices
from reference_activations import activate
from reference_attention import REFERENCES as EINSUMS
from reference_images import REFERENCES as IMAGES
from reference_preprocessing import REFERENCES as PREPROCESSING
from reference_windows import REFERENCES as WINDOWS


def along_last(values, function):
    """function over every row of the last axis."""
    width = values.shape[-1]
    data = []
    for start in range(0, len(values.data), width):
        data += function(values.data[start:start + width])
    width = len(data) * width // len(values.data)
    return Array(values.shape[:-1] + (width,), data)


def elementwise(function, *arrays):
    """Of arrays that broadcast; a lower rank gets axes behind the batch."""
    rank = max(len(a.shape) for a in arrays)
    arrays = [a.reshaped(a.shape[:1] + (1,) * (rank - len(a.shape)) +
                         a.shape[1:]) for a in arrays]
    shape = [max(a.shape[d] for a in arrays) for d in range(rank)]
    return Array.from_function(shape, lambda index: function(*(
        a[[0 if extent == 1 else i for i, extent in zip(index, a.shape)]]
        for a in arrays)))


def over_axes(values, axes, function):
    """function over the elements of `axes` together; same shape."""
    rank = len(values.shape)
    axes = sorted(axis % rank for axis in axes)
    rest = [d for d in range(rank) if d not in axes]
    result = Array.filled(values.shape)
    for outer in indices([values.shape[d] for d in rest]):
        places = []
        for inner in indices([values.shape[d] for d in axes]):
            index = dict(zip(rest, outer)) | dict(zip(axes, inner))
            places.append([index[d] for d in range(rank)])
        for place, y in zip(places, function([values[p] for p in places])):
            result[place] = y
    return result


def as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


#===-- Core ----------------------------------------------------------------===#


def dense(keys, inputs, weights):
    kernel, bias = weights["kernel"], weights.get("bias")
    features, units = kernel.shape

    def row(x):
        y = [sum(x[k] * kernel[k, j] for k in range(features)) +
             (bias[j,] if bias else 0.0) for j in range(units)]
        return activate(keys.get("activation", "linear"), y)

    return along_last(inputs[0], row)


def embedding(keys, inputs, weights):
    table = weights["embeddings"]
    data = []
    for i in inputs[0].data:
        data += table.rows(int(i), int(i) + 1).data
    return Array(inputs[0].shape + (table.shape[1],), data)


def activation(keys, inputs, weights):
    name = keys["activation"]
    if name == "threshold":
        return elementwise(lambda x: x if x > keys["threshold"] else
                           keys["default_value"], inputs[0])
    return along_last(inputs[0], lambda row: activate(name, row))


def relu(keys, inputs, weights):
    ceiling = keys.get("max_value")
    slope = keys.get("negative_slope", 0.0)
    threshold = keys.get("threshold", 0.0)

    def one(x):
        if ceiling is not None and x >= ceiling:
            return ceiling
        return x if x >= threshold else slope * (x - threshold)

    return elementwise(one, inputs[0])


def leaky_relu(keys, inputs, weights):
    slope = keys.get("negative_slope", 0.3)
    return elementwise(lambda x: x if x >= 0 else slope * x, inputs[0])


def elu(keys, inputs, weights):
    alpha = keys.get("alpha", 1.0)
    return elementwise(lambda x: x if x > 0 else alpha * math.expm1(x),
                       inputs[0])


def prelu(keys, inputs, weights):
    alpha = weights["alpha"]
    alpha = alpha.reshaped((1,) + alpha.shape)
    return elementwise(lambda x, a: x if x >= 0 else a * x, inputs[0], alpha)


def softmax(keys, inputs, weights):
    return over_axes(inputs[0], as_list(keys.get("axis", -1)),
                     lambda row: activate("softmax", row))


def rescaling(keys, inputs, weights):
    width = inputs[0].shape[-1]

    def spread(value):
        value = as_list(value)
        return value if len(value) == width else value * width

    scale, offset = spread(keys["scale"]), spread(keys.get("offset", 0.0))
    return along_last(inputs[0], lambda row: [
        x * s + o for x, s, o in zip(row, scale, offset)])


#===-- Normalization -------------------------------------------------------===#


def along_axes(rank, axes, values):
    """values (a flat list) as a function of an index of the whole tensor."""
    axes = sorted(axis % rank for axis in axes)

    def at(index, shape):
        position = 0
        for axis in axes:
            position = position * shape[axis] + index[axis]
        return values[position]

    return at


def normalization(keys, inputs, weights):
    x = inputs[0]
    axes = as_list(keys.get("axis", -1))
    mean, variance = ([keys[k]] if isinstance(keys.get(k), float) else
                      keys.get(k) or weights[k].data
                      for k in ("mean", "variance"))
    at_mean = along_axes(len(x.shape), axes, mean)
    at_variance = along_axes(len(x.shape), axes, variance)

    def one(index):
        m, v = at_mean(index, x.shape), at_variance(index, x.shape)
        deviation = max(math.sqrt(v), 1e-7)
        if keys.get("invert"):
            return x[index] * deviation + m
        return (x[index] - m) / deviation

    return Array.from_function(x.shape, one)


def batch_normalization(keys, inputs, weights):
    x = inputs[0]
    axis = keys.get("axis", -1) % len(x.shape)

    def one(index):
        def at(name, default):
            return weights[name][index[axis],] if name in weights else default

        scale = at("gamma", 1.0) / math.sqrt(
            at("moving_variance", 1.0) + keys.get("epsilon", 1e-3))
        return (x[index] - at("moving_mean", 0.0)) * scale + at("beta", 0.0)

    return Array.from_function(x.shape, one)


def layer_normalization(keys, inputs, weights):
    x = inputs[0]
    axes = as_list(keys.get("axis", -1))
    epsilon = keys.get("epsilon", 1e-3)

    def normalize(row):
        mean = math.fsum(row) / len(row)
        variance = math.fsum((v - mean) ** 2 for v in row) / len(row)
        if keys.get("rms_scaling"):
            mean = 0.0
        return [(v - mean) / math.sqrt(variance + epsilon) for v in row]

    y = over_axes(x, axes, normalize)
    gamma, beta = (along_axes(len(x.shape), axes, weights[name].data)
                   if name in weights else lambda i, s, d=default: d
                   for name, default in (("gamma", 1.0), ("beta", 0.0)))
    return Array.from_function(x.shape, lambda i: y[i] * gamma(i, x.shape) +
                               beta(i, x.shape))


def group_normalization(keys, inputs, weights):
    x = inputs[0]
    rank, axis = len(x.shape), keys.get("axis", -1) % len(x.shape)
    groups = keys.get("groups", 32)
    groups = x.shape[axis] if groups == -1 else groups
    split = list(x.shape)
    split[axis:axis + 1] = [groups, x.shape[axis] // groups]
    axes = [d for d in range(1, rank + 1) if d != axis]
    y = layer_normalization({"axis": axes, "epsilon": keys.get("epsilon",
                                                               1e-3)},
                            [x.reshaped(split)], {}).reshaped(x.shape)
    gamma, beta = (weights[name].data if name in weights else
                   [default] * x.shape[axis]
                   for name, default in (("gamma", 1.0), ("beta", 0.0)))
    return Array.from_function(x.shape, lambda i: y[i] * gamma[i[axis]] +
                               beta[i[axis]])


def rms_normalization(keys, inputs, weights):
    epsilon = keys.get("epsilon", 1e-6)
    scale = weights["scale"]

    def normalize(row):
        mean = math.fsum(v * v for v in row) / len(row)
        return [v / math.sqrt(mean + epsilon) for v in row]

    y = over_axes(inputs[0], as_list(keys.get("axis", -1)), normalize)
    return Array.from_function(
        y.shape, lambda i: y[i] * scale[i[len(i) - len(scale.shape):]])


def unit_normalization(keys, inputs, weights):
    def normalize(row):
        total = max(math.fsum(v * v for v in row), 1e-12)
        return [v / math.sqrt(total) for v in row]

    return over_axes(inputs[0], as_list(keys.get("axis", -1)), normalize)


#===-- Merging -------------------------------------------------------------===#


def concatenate(keys, inputs, weights):
    axis = keys.get("axis", -1) % len(inputs[0].shape)
    shape = list(inputs[0].shape)
    shape[axis] = sum(x.shape[axis] for x in inputs)

    def one(index):
        index = list(index)
        for x in inputs:
            if index[axis] < x.shape[axis]:
                return x[index]
            index[axis] -= x.shape[axis]
        raise IndexError

    return Array.from_function(shape, one)


def dot(keys, inputs, weights):
    a, b = inputs
    axes = as_list(keys["axes"])
    i, j = axes[0] % len(a.shape), axes[-1] % len(b.shape)
    if keys.get("normalize"):
        def unit(row):
            norm = math.sqrt(math.fsum(v * v for v in row))
            return [v / max(norm, 1e-7) for v in row]
        a, b = over_axes(a, [i], unit), over_axes(b, [j], unit)
    left = [d for d in range(1, len(a.shape)) if d != i]
    right = [d for d in range(1, len(b.shape)) if d != j]
    shape = [a.shape[0]] + [a.shape[d] for d in left] + \
        [b.shape[d] for d in right]

    def one(index):
        at_a, at_b = [index[0]] * len(a.shape), [index[0]] * len(b.shape)
        for d, k in zip(left, index[1:]):
            at_a[d] = k
        for d, k in zip(right, index[1 + len(left):]):
            at_b[d] = k
        total = []
        for k in range(a.shape[i]):
            at_a[i] = at_b[j] = k
            total.append(a[at_a] * b[at_b])
        return math.fsum(total)

    result = Array.from_function(shape, one)
    return result if len(shape) > 1 else result.reshaped((shape[0], 1))


def merge(function):
    return lambda keys, inputs, weights: elementwise(function, *inputs)


def same(keys, inputs, weights):
    return inputs[0]


REFERENCES = {
    "Dense": dense, "Embedding": embedding, "Activation": activation,
    "ReLU": relu, "LeakyReLU": leaky_relu, "ELU": elu, "PReLU": prelu,
    "Softmax": softmax, "Rescaling": rescaling,
    "Normalization": normalization,
    "BatchNormalization": batch_normalization,
    "LayerNormalization": layer_normalization,
    "GroupNormalization": group_normalization,
    "RMSNormalization": rms_normalization,
    "UnitNormalization": unit_normalization,
    "Concatenate": concatenate, "Dot": dot,
    "Add": merge(lambda *x: math.fsum(x)),
    "Subtract": merge(lambda a, b: a - b),
    "Multiply": merge(lambda *x: math.prod(x)),
    "Average": merge(lambda *x: math.fsum(x) / len(x)),
    "Maximum": merge(lambda *x: max(x)),
    "Minimum": merge(lambda *x: min(x)),
    **{name: same for name in (
        "Identity", "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise",
        "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
        "ActivityRegularization", "StochasticDepth")},
    **EINSUMS, **IMAGES, **PREPROCESSING, **WINDOWS,
}
