"""Layers that move elements, and image interpolation, by their formulas."""

import math

from arrays import Array


def channels_first(keys):
    return keys.get("data_format") == "channels_first"


def transposed(values, order):
    """Axis i of the result is axis order[i] of the input."""
    shape = [values.shape[axis] for axis in order]

    def one(index):
        source = [0] * len(order)
        for i, axis in zip(index, order):
            source[axis] = i
        return values[source]

    return Array.from_function(shape, one)


def to_last(values):
    rank = len(values.shape)
    return transposed(values, [0, *range(2, rank), 1])


def to_first(values):
    rank = len(values.shape)
    return transposed(values, [0, rank - 1, *range(1, rank - 1)])


def flatten(keys, inputs, weights):
    x = inputs[0]
    if channels_first(keys) and len(x.shape) > 2:
        x = to_last(x)
    return x.reshaped((x.shape[0], math.prod(x.shape[1:])))


def reshape(keys, inputs, weights):
    x, target = inputs[0], list(keys["target_shape"])
    if -1 in target:
        known = -math.prod(target)
        target[target.index(-1)] = math.prod(x.shape[1:]) // known
    return x.reshaped([x.shape[0]] + target)


def permute(keys, inputs, weights):
    return transposed(inputs[0], [0] + list(keys["dims"]))


def repeat_vector(keys, inputs, weights):
    batch, features = inputs[0].shape
    return Array.from_function((batch, keys["n"], features),
                               lambda i: inputs[0][i[0], i[2]])


def pairs(value, spatial):
    """A border as [low, high] for each spatial axis."""
    if isinstance(value, int):
        return [[value, value]] * spatial
    if spatial == 1:
        return [list(value)]
    return [[v, v] if isinstance(v, int) else list(v) for v in value]


def bordered(x, border, first):
    """Grows the spatial axes by zeros, or shrinks them."""
    start = 2 if first else 1
    shape = list(x.shape)
    for axis, (low, high) in enumerate(border, start):
        shape[axis] += low + high

    def one(index):
        index = list(index)
        for axis, (low, _) in enumerate(border, start):
            index[axis] -= low
            if not 0 <= index[axis] < x.shape[axis]:
                return 0.0
        return x[index]

    return Array.from_function(shape, one)


def zero_padding(spatial):
    def layer(keys, inputs, weights):
        border = pairs(keys.get("padding", 1), spatial)
        return bordered(inputs[0], border, channels_first(keys))
    return layer


def cropping(spatial):
    def layer(keys, inputs, weights):
        default = 1 if spatial == 1 else 0
        border = [[-low, -high] for low, high in
                  pairs(keys.get("cropping", default), spatial)]
        return bordered(inputs[0], border, channels_first(keys))
    return layer


#===-- Upsampling ----------------------------------------------------------===#


def triangle(x):
    return max(0.0, 1 - x)


def cubic(x):
    if x < 1:
        return 1.5 * x ** 3 - 2.5 * x ** 2 + 1
    return -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 if x < 2 else 0.0


def lanczos(radius):
    def kernel(x):
        if x > radius:
            return 0.0
        if x <= 1e-3:
            return 1.0
        angle = math.pi * x
        return radius * math.sin(angle) * math.sin(angle / radius) / angle ** 2
    return kernel


KERNELS = {"bilinear": triangle, "bicubic": cubic, "lanczos3": lanczos(3),
           "lanczos5": lanczos(5)}


def resize_rows(size, factor, interpolation):
    """For each output the weights of all inputs."""
    rows = []
    for i in range(size * factor):
        if interpolation == "nearest":
            rows.append([float(k == i // factor) for k in range(size)])
            continue
        centre = (i + 0.5) / factor - 0.5
        row = [KERNELS[interpolation](abs(centre - k)) for k in range(size)]
        rows.append([w / sum(row) for w in row])
    return rows


def up_sampling1d(keys, inputs, weights):
    size, x = keys.get("size", 2), inputs[0]
    return Array.from_function(
        (x.shape[0], x.shape[1] * size, x.shape[2]),
        lambda i: x[i[0], i[1] // size, i[2]])


def up_sampling2d(keys, inputs, weights):
    size = keys.get("size", 2)
    fy, fx = (size, size) if isinstance(size, int) else size
    method = keys.get("interpolation", "nearest")
    x = to_last(inputs[0]) if channels_first(keys) else inputs[0]
    batch, height, width, channels = x.shape
    rows = resize_rows(height, fy, method)
    columns = resize_rows(width, fx, method)

    def one(index):
        n, i, j, c = index
        return math.fsum(
            rows[i][a] * columns[j][b] * x[n, a, b, c]
            for a in range(height) if rows[i][a]
            for b in range(width) if columns[j][b])

    y = Array.from_function((batch, height * fy, width * fx, channels), one)
    return to_first(y) if channels_first(keys) else y


REFERENCES = {
    "Flatten": flatten, "Reshape": reshape, "Permute": permute,
    "RepeatVector": repeat_vector,
    "ZeroPadding1D": zero_padding(1), "ZeroPadding2D": zero_padding(2),
    "Cropping1D": cropping(1), "Cropping2D": cropping(2),
    "UpSampling1D": up_sampling1d, "UpSampling2D": up_sampling2d,
}
