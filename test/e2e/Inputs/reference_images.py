"""Layers that move elements, and image interpolation, by their formulas."""

import itertools
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
        default = 0 if spatial == 2 else 1
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


def resize_rows(size, result, interpolation, antialias=False):
    """For each output the weights of all inputs."""
    rows, scale = [], size / result
    width = max(scale, 1.0) if antialias else 1.0
    for i in range(result):
        if size == result:
            row = [float(k == i) for k in range(size)]
        elif interpolation == "nearest":
            at = (2 * i + 1) * size // (2 * result)
            row = [float(k == at) for k in range(size)]
        elif interpolation == "area":
            begin, end = i * scale, (i + 1) * scale
            row = [max(min(end, k + 1) - max(begin, k), 0.0)
                   for k in range(size)]
        else:
            centre = (i + 0.5) * scale - 0.5
            row = [KERNELS[interpolation](abs(centre - k) / width)
                   for k in range(size)]
        rows.append([w / sum(row) for w in row])
    return rows


def resized(x, height, width, method, antialias=False):
    """(batch, height, width, channels) in another size."""
    rows = resize_rows(x.shape[1], height, method, antialias)
    columns = resize_rows(x.shape[2], width, method, antialias)

    def one(index):
        n, i, j, c = index
        return math.fsum(
            rows[i][a] * columns[j][b] * x[n, a, b, c]
            for a in range(x.shape[1]) if rows[i][a]
            for b in range(x.shape[2]) if columns[j][b])

    return Array.from_function((x.shape[0], height, width, x.shape[3]), one)


def up_sampling1d(keys, inputs, weights):
    size, x = keys.get("size", 2), inputs[0]
    return Array.from_function(
        (x.shape[0], x.shape[1] * size, x.shape[2]),
        lambda i: x[i[0], i[1] // size, i[2]])


def up_sampling3d(keys, inputs, weights):
    x = to_last(inputs[0]) if channels_first(keys) else inputs[0]
    size = keys.get("size", 2)
    factors = [1, *([size] * 3 if isinstance(size, int) else size), 1]
    y = Array.from_function(
        [n * f for n, f in zip(x.shape, factors)],
        lambda index: x[[i // f for i, f in zip(index, factors)]])
    return to_first(y) if channels_first(keys) else y


def up_sampling2d(keys, inputs, weights):
    size = keys.get("size", 2)
    fy, fx = (size, size) if isinstance(size, int) else size
    x = to_last(inputs[0]) if channels_first(keys) else inputs[0]
    y = resized(x, x.shape[1] * fy, x.shape[2] * fx,
                keys.get("interpolation", "nearest"))
    return to_first(y) if channels_first(keys) else y


#===-- Resizing ------------------------------------------------------------===#


def aspect(x, height, width, smaller):
    """The extents of x cut (or grown) to the aspect ratio."""
    choose = min if smaller else max
    return (max(choose(x.shape[1], x.shape[2] * height // width), 1),
            max(choose(x.shape[2], x.shape[1] * width // height), 1))


def centred(x, height, width):
    top, left = (x.shape[1] - height) // 2, (x.shape[2] - width) // 2
    return Array.from_function(
        (x.shape[0], height, width, x.shape[3]),
        lambda i: x[i[0], i[1] + top, i[2] + left, i[3]])


def grown(x, height, width, value):
    top, left = (height - x.shape[1]) // 2, (width - x.shape[2]) // 2
    left = 0 if top else left

    def one(i):
        a, b = i[1] - top, i[2] - left
        inside = 0 <= a < x.shape[1] and 0 <= b < x.shape[2]
        return x[i[0], a, b, i[3]] if inside else value

    return Array.from_function((x.shape[0], x.shape[1] + 2 * top,
                                x.shape[2] + 2 * left, x.shape[3]), one)


def resizing(keys, inputs, weights):
    x = to_last(inputs[0]) if channels_first(keys) else inputs[0]
    height, width = keys["height"], keys["width"]
    if keys.get("crop_to_aspect_ratio"):
        x = centred(x, *aspect(x, height, width, True))
    if keys.get("pad_to_aspect_ratio"):
        x = grown(x, *aspect(x, height, width, False),
                  keys.get("fill_value", 0.0))
    y = resized(x, height, width, keys.get("interpolation", "bilinear"),
                keys.get("antialias", False))
    return to_first(y) if channels_first(keys) else y


def center_crop(keys, inputs, weights):
    x = to_last(inputs[0]) if channels_first(keys) else inputs[0]
    height, width = keys["height"], keys["width"]
    if x.shape[1] < height or x.shape[2] < width:
        return resizing({**keys, "crop_to_aspect_ratio": True}, inputs, {})
    y = centred(x, height, width)
    return to_first(y) if channels_first(keys) else y


def auto_contrast(keys, inputs, weights):
    x = inputs[0]
    low, high = sorted(keys.get("value_range", (0, 255)))

    def one(index):
        channel = [x[index[0], a, b, index[3]] for a in range(x.shape[1])
                   for b in range(x.shape[2])]
        least, most = min(channel), max(channel)
        if least == most:
            return x[index]
        part = (x[index] - least) / (most - least)
        return low + (high - low) * part

    return Array.from_function(x.shape, one)


def tile_answers(pixels, tile, clip_limit):
    """What each of 256 values becomes in a tile."""
    counts = [0.0] * 256
    for value in pixels:
        counts[value] += 1
    if clip_limit > 0:
        limit = clip_limit * tile / 256
        clipped = [min(c, limit) for c in counts]
        share = (sum(counts) - sum(clipped)) / 256
        counts = [c + share for c in clipped]
    sums = list(itertools.accumulate(counts))
    span = tile - min(sums) or 1.0
    return [min(max((s - min(sums)) * 255 / span, 0.0), 255.0) for s in sums]


def equalized(x, low, high, clip_limit, grid):
    """One channel, rows of numbers."""
    extents = [len(x), len(x[0])]
    size = [-(-n // g) for n, g in zip(extents, grid)]

    def value(i, j):
        i, j = (min(a, 2 * n - 1 - a) for a, n in zip((i, j), extents))
        return int(min(max((x[i][j] - low) / (high - low) * 255, 0.0), 255.0))

    tiles = [[tile_answers([value(a * size[0] + i, b * size[1] + j)
                            for i in range(size[0]) for j in range(size[1])],
                           size[0] * size[1], clip_limit)
              for b in range(grid[1])] for a in range(grid[0])]

    def around(at, axis):
        place = (at - size[axis] / 2) / size[axis]
        first = math.floor(place)
        inside = [min(max(t, 0), grid[axis] - 1) for t in (first, first + 1)]
        return zip(inside, (1 - place + first, place - first))

    def one(i, j):
        mixed = math.fsum(u * v * tiles[a][b][value(i, j)]
                          for a, u in around(i, 0)
                          for b, v in list(around(j, 1)))
        return low + mixed / 255 * (high - low)

    return [[one(i, j) for j in range(extents[1])] for i in range(extents[0])]


def equalization(keys, inputs, weights):
    x = to_last(inputs[0]) if channels_first(keys) else inputs[0]
    low, high = keys.get("value_range", (0, 255))
    grid = keys.get("tile_grid_size", [8, 8])
    grid = [grid, grid] if isinstance(grid, int) else grid
    y = Array.filled(x.shape)
    for n in range(x.shape[0]):
        for c in range(x.shape[3]):
            channel = [[x[n, i, j, c] for j in range(x.shape[2])]
                       for i in range(x.shape[1])]
            rows = equalized(channel, low, high, keys.get("clip_limit", 4.0),
                             grid)
            for i, row in enumerate(rows):
                for j, number in enumerate(row):
                    y[n, i, j, c] = number
    return to_first(y) if channels_first(keys) else y


def same(keys, inputs, weights):
    return inputs[0]


AUGMENTATION = """AugMix CutMix MixUp RandAugment Equalization Solarization
RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast
RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur
RandomGrayscale RandomHue RandomInvert RandomPerspective RandomPosterization
RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation
RandomZoom MaxNumBoundingBoxes""".split()

REFERENCES = {
    "Flatten": flatten, "Reshape": reshape, "Permute": permute,
    "RepeatVector": repeat_vector,
    **{f"ZeroPadding{n}D": zero_padding(n) for n in (1, 2, 3)},
    **{f"Cropping{n}D": cropping(n) for n in (1, 2, 3)},
    "UpSampling1D": up_sampling1d, "UpSampling2D": up_sampling2d,
    "UpSampling3D": up_sampling3d,
    "Resizing": resizing, "CenterCrop": center_crop,
    "AutoContrast": auto_contrast,
    "ContrastLimitedAdaptiveHistogramEqualization": equalization,
    **dict.fromkeys(AUGMENTATION, same),
}
