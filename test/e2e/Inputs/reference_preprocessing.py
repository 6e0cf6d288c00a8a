"""Layers that make categories of numbers and spectrograms of sound, by their
formulas."""

import cmath
import math

from arrays import Array

EPSILON = 1e-7


#===-- Categories ----------------------------------------------------------===#


def encoded(places, mode, depth, weights=None, dtype="<f4"):
    """What output_mode makes of places, which are the data of an Array."""
    shape = places.shape
    if mode == "int":
        return Array(shape, places.data, "<i8")
    if mode == "one_hot":
        shape = shape[:-1] if len(shape) > 1 and shape[-1] == 1 else shape
        return Array(shape + (depth,), [float(p == d) for p in places.data
                                        for d in range(depth)], dtype)
    result = Array.filled((shape[0], depth))
    for i, place in enumerate(places.data):
        row = i // shape[1]
        if not 0 <= place < depth:
            continue
        weight = weights.data[i] if weights else 1.0
        result[row, place] = 1.0 if mode == "multi_hot" else \
            result[row, place] + weight
    return result


def discretization(keys, inputs, weights):
    bins = keys["bin_boundaries"]
    places = [sum(not x < b for b in bins) for x in inputs[0].data]
    return encoded(Array(inputs[0].shape, places),
                   keys.get("output_mode", "int"), len(bins) + 1)


def category_encoding(keys, inputs, weights):
    return encoded(inputs[0], keys.get("output_mode", "multi_hot"),
                   keys["num_tokens"], *inputs[1:])


def integer_lookup(keys, inputs, weights):
    mode, mask = keys.get("output_mode", "int"), keys.get("mask_token")
    others, oov = keys.get("num_oov_indices", 1), keys.get("oov_token", -1)
    first = int(mask is not None and mode == "int")
    special = [mask] * first + [oov] * others
    tokens, idf = list(keys["vocabulary"]), keys.get("idf_weights")
    if tokens[:len(special)] == special:
        tokens = tokens[len(special):]
    elif idf:
        idf = [sum(idf) / len(idf)] * len(special) + list(idf)
    depth = len(special) + len(tokens)
    if keys.get("pad_to_max_tokens"):
        depth = keys["max_tokens"]

    def place(x):
        if keys.get("invert"):
            if x == 0 and mask is not None:
                return mask
            i = x - len(special)
            return tokens[i] if 0 <= i < len(tokens) else oov
        if x == mask:
            return 0 if mode == "int" else -1
        if x in tokens:
            return len(special) + tokens.index(x)
        return first + (x % others if others > 1 else 0)

    places = Array(inputs[0].shape, [place(x) for x in inputs[0].data])
    if mode != "tf_idf":
        return encoded(places, mode, depth)
    counts = encoded(places, "count", depth)
    idf = idf + [0.0] * (depth - len(idf))
    return Array(counts.shape, [n * idf[i % depth]
                                for i, n in enumerate(counts.data)])


#===-- Sound ---------------------------------------------------------------===#


def stft_spectrogram(keys, inputs, weights):
    x, mode = inputs[0], keys.get("mode", "log")
    first = keys.get("data_format") == "channels_first"
    samples = x.shape[2 if first else 1]
    channels = x.shape[1 if first else 2]
    kernels = [weights.get(name) for name in ("real_kernel", "imag_kernel")]
    size, _, bins = next(k for k in kernels if k).shape
    step = keys.get("frame_step") or size // 2
    low, frames = 0, (samples - size) // step + 1
    if keys.get("padding") == "same":
        frames = -(-samples // step)
        low = max((frames - 1) * step + size - samples, 0) // 2

    def part(kernel, n, t, c, f):
        return math.fsum(
            x[(n, c, at) if first else (n, at, c)] * kernel[k, 0, f]
            for k in range(size) for at in [t * step - low + k]
            if 0 <= at < samples)

    def one(n, t, c, f):
        if mode in ("real", "imag", "stft"):
            kernel = kernels[{"real": 0, "imag": 1}.get(mode, f // bins)]
            return part(kernel, n, t, c, f % bins)
        real, imaginary = (part(kernel, n, t, c, f) for kernel in kernels)
        if mode == "angle":
            return math.atan2(imaginary, real)
        power = real ** 2 + imaginary ** 2
        if mode == "psd":
            return power * (2 if 0 < f < bins - 1 else 1)
        magnitude = math.sqrt(max(power, EPSILON))
        return magnitude if mode == "magnitude" else \
            math.log(max(magnitude, EPSILON))

    bins_out = 2 * bins if mode == "stft" else bins
    batch = x.shape[0]
    if keys.get("expand_dims"):
        if first:
            return Array.from_function(
                (batch, channels, frames, bins_out),
                lambda i: one(i[0], i[2], i[1], i[3]))
        return Array.from_function((batch, frames, bins_out, channels),
                                   lambda i: one(i[0], i[1], i[3], i[2]))
    if first:
        return Array.from_function(
            (batch, channels * bins_out, frames),
            lambda i: one(i[0], i[2], *divmod(i[1], bins_out)))
    return Array.from_function(
        (batch, frames, channels * bins_out),
        lambda i: one(i[0], i[1], *divmod(i[2], bins_out)))


def mel_window(keys, size):
    window = keys.get("window", "hann")
    if isinstance(window, list):
        return window
    mean = {"hann": 0.5, "hamming": 0.54, "none": 1.0}[window]
    return [mean - (1 - mean) * math.cos(2 * math.pi * i / size)
            for i in range(size)]


def mel(hertz):
    return 1127.0 * math.log(1 + hertz / 700.0)


def mel_weight(keys, f, bins, m):
    rate, count = keys.get("sampling_rate", 16000), keys["num_mel_bins"]
    low = mel(keys.get("min_freq", 20.0))
    high = mel(keys.get("max_freq") or rate // 2)
    left, top, right = (low + (high - low) * (m + k) / (count + 1)
                        for k in range(3))
    at = mel(rate / 2 * f / (bins - 1))
    return 0.0 if f == 0 else max(0.0, min((at - left) / (top - left),
                                           (right - at) / (right - top)))


def mel_spectrogram(keys, inputs, weights):
    x, length = inputs[0], keys["fft_length"]
    stride, bins = keys["sequence_stride"], length // 2 + 1
    samples, half = x.shape[1], length // 2
    size = keys.get("sequence_length") or length
    before = (length - size) // 2
    window = [0.0] * before + mel_window(keys, size)
    window += [0.0] * (length - len(window))
    frames = (samples + 2 * half - length) // stride + 1

    def magnitude(n, t, f):
        total = 0j
        for k in range(length):
            at = abs(t * stride + k - half)
            at = min(at, 2 * (samples - 1) - at)
            total += x[n, at] * window[k] * cmath.exp(
                -2j * math.pi * k * f / length)
        return abs(total) ** keys.get("mag_exp", 2.0)

    table = Array.from_function((x.shape[0], frames, bins),
                                lambda i: magnitude(*i))
    y = Array.from_function(
        (x.shape[0], keys["num_mel_bins"], frames),
        lambda i: math.fsum(table[i[0], i[2], f] *
                            mel_weight(keys, f, bins, i[1])
                            for f in range(bins)))
    if not keys.get("power_to_db", True):
        return y
    least = keys.get("min_power", 1e-10)
    base = 10 * math.log10(max(abs(keys.get("ref_power", 1.0)), least))
    data = [10 * math.log10(max(v, least)) - base for v in y.data]
    floor = max(data) - keys.get("top_db", 80.0)
    return Array(y.shape, [max(v, floor) for v in data])


REFERENCES = {
    "Discretization": discretization, "CategoryEncoding": category_encoding,
    "IntegerLookup": integer_lookup, "STFTSpectrogram": stft_spectrogram,
    "MelSpectrogram": mel_spectrogram,
}
