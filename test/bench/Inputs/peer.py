#!/usr/bin/env python3
"""A peer for the tests: computes a network of dense layers with relu between.

    peer.py FOLDER [--off X] [--nan] [--short] [--crash] [options of bench.h]

It reads the weights and the input that nnc gets and adds up in double precision,
so it agrees with nnc, or by X or in some worse way does not. Its times are made
up: 1 ms a call, 2 ms with --slow. Says on stderr when it is timed.
"""

import array
import json
import sys


def floats(data):
    values = array.array("f")
    values.frombytes(data)
    return values


def read_weights(path):
    with open(path, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header, data = json.loads(file.read(size)), file.read()
    return {name: floats(data[slice(*entry["data_offsets"])])
            for name, entry in header.items()}


def infer(weights, x):
    count = len(weights) // 2
    for index in range(1, count + 1):
        kernel = weights[f"dense_{index}/kernel"]
        bias = weights[f"dense_{index}/bias"]
        width = len(bias)
        x = [bias[j] + sum(v * kernel[i * width + j] for i, v in enumerate(x))
             for j in range(width)]
        if index != count:
            x = [max(v, 0.0) for v in x]
    return x


def main():
    words = sys.argv[1:]

    def option(name, otherwise=None):
        return words[words.index(name) + 1] if name in words else otherwise

    if "--crash" in words:
        sys.exit("peer.py: crashes as told")
    weights = read_weights(words[0] + "/weights.safetensors")
    with open(option("--input"), "rb") as file:
        y = infer(weights, floats(file.read()))
    y = [value + float(option("--off", 0)) for value in y]
    if "--nan" in words:
        y[0] = float("nan")
    if "--short" in words:
        y.pop()
    if option("--dump"):
        with open(option("--dump"), "wb") as file:
            file.write(array.array("f", y).tobytes())
    time = 2e-3 if "--slow" in words else 1e-3
    print(json.dumps({"median_s": time, "least_s": time, "on_cpu": 1,
                      "load_s": 0.5, "first_s": 0.25, "peak_mb": 12}))


if __name__ == "__main__":
    main()
