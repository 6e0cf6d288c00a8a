"""Models that Keras saved, against what Keras computed in float64.

    golden.py FOLDER WORK_DIR [NAME...]

FOLDER has NAME.keras, NAME.npz and manifest.json. A model is written in the
dialect, compiled with the weights of its archive and run on all samples of the
.npz, and on the first of them alone, which must give the same bits. Models with
a layer that the dialect does not have are skipped; where such a layer has no
weights, the outputs that do without it are tested. Models that keep state or
use masks must be refused.
"""

import json
import os
import sys

from arrays import Array, read_npz
from harness import Failure, Suite
from keras_archive import (LAYERS, Unsupported, endpoints,
                           must_be_refused, prune, read_archive, to_text)


def numbered(arrays, prefix):
    """arrays[prefix_0], arrays[prefix_1], …"""
    names = []
    while f"{prefix}_{len(names)}" in arrays:
        names.append(f"{prefix}_{len(names)}")
    return [arrays[name] for name in names]


def fit_input(values, dtype):
    if dtype == "int32":
        return Array(values.shape, map(int, values.data), "<i4")
    return Array(values.shape, map(float, values.data))


def input_dtypes(config, count):
    body = config["config"]
    types = {layer["config"]["name"]: layer["config"].get("dtype")
             for layer in body["layers"] if layer["class_name"] == "InputLayer"}
    if config["class_name"] == "Sequential":
        return [next(iter(types.values()), "float32")] * count
    return [types[e[0]] for e in endpoints(body["input_layers"])]


def run_model(suite, folder, name):
    config, weights = read_archive(os.path.join(folder, name + ".keras"))
    try:
        arrays = read_npz(os.path.join(folder, name + ".npz"))
    except ValueError as error:
        raise Unsupported(str(error)) from None
    inputs = numbered(arrays, "in")
    wanted = numbered(arrays, "ref") or numbered(arrays, "out")
    kept = prune(config)
    if kept is not None:
        if not kept:
            raise Unsupported("no output without a layer that is not there")
        wanted = [wanted[i] for i in kept]
    dtypes = input_dtypes(config, len(inputs))
    text = to_text(config, "golden", [i.shape[1:] for i in inputs])
    path = suite.path(name + ".weights.h5")
    with open(path, "wb") as file:
        file.write(weights)
    has_weights = any(layer["class_name"] in LAYERS
                      for layer in config["config"]["layers"])
    try:
        model = suite.compile(name, text, path if has_weights else None)
    except Failure as failure:
        if must_be_refused(config) and "cannot be compiled" in str(failure):
            suite.passed += 1
            return
        if kept is not None and "belongs to no layer" in str(failure):
            raise Unsupported("weights of a layer that is not there") from None
        raise
    if must_be_refused(config):
        raise Failure("compiles, although it needs masks or keeps state")
    inputs = [fit_input(i, d) for i, d in zip(inputs, dtypes)]
    outputs = suite.run(model, inputs, len(wanted))
    for i, (got, want) in enumerate(zip(outputs, wanted)):
        suite.check(f"{name}[{i}]", got, want)
    if inputs[0].shape[0] > 1:
        alone = suite.run(model, [i.rows(0, 1) for i in inputs], len(wanted))
        for i, (got, want) in enumerate(zip(alone, outputs)):
            suite.check_equal(f"{name}[{i}] alone", got, want.rows(0, 1))


def main():
    folder, work, *names = sys.argv[1:]
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    suite = Suite(work)
    for name, entry in sorted(manifest.items()):
        if name == "_" or "failed" in entry or (names and name not in names):
            continue
        try:
            run_model(suite, folder, name)
        except Unsupported as reason:
            suite.skip(name, reason)
        except Failure as failure:
            suite.fail(name, failure)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
