"""Convolutions by Winograd, against their formula in float64.

    winograd.py WORK_DIR [OPTION...]

Every case is a model of one 3 x 3 convolution with what follows it. It is
compiled with tiles of 2 and of 4, runs on a batch of three random samples and
on the first of them alone, which must give the same bits. The compiler's own
dump says whether the convolution was done by Winograd; these are large enough
for it. OPTIONs are passed to nnc.
"""

import glob
import os
import random
import sys

from arrays import Array, to_float32
from harness import Failure, Suite
from nntext import input_text, layer_text
from reference import REFERENCES

BATCH = 3

# Height, width, channels in and out, the convolution's keys, and the layers
# after it; Add has the input as its other operand.
BATCH_NORM = ("BatchNormalization", {})
RELU = ("Activation", {"activation": "relu"})
ADD = ("Add", {})
SAME = {"padding": "same"}
CASES = [
    (8, 8, 16, 16, SAME, []),
    (9, 7, 16, 17, SAME, []),
    (7, 13, 19, 33, {"activation": "relu"}, []),
    (11, 6, 32, 40, {"padding": "same", "use_bias": False}, []),
    (5, 5, 37, 48, {}, []),
    (4, 17, 23, 31, {"padding": "same", "activation": "tanh"}, []),
    (6, 6, 29, 29, SAME, [BATCH_NORM, RELU]),
    (7, 7, 32, 32, SAME, [BATCH_NORM, ADD, RELU]),
    (9, 8, 16, 16, {"padding": "same", "activation": "relu"},
     [BATCH_NORM, ADD]),
    (3, 10, 24, 24, SAME, [RELU, ADD]),
]


class Model:
    def __init__(self, number, case):
        height, width, channels, filters, keys, self.after = case
        self.name = f"case{number}"
        self.keys = {"filters": filters, "kernel_size": 3, **keys}
        draw = random.Random(str(case)).uniform

        def make(shape, low=-1.0, high=1.0):
            return Array.from_function(
                shape, lambda _: to_float32(draw(low, high)))

        self.x = make((BATCH, height, width, channels))
        self.conv = {"kernel": make((3, 3, channels, filters), -.3, .3)}
        if self.keys.get("use_bias", True):
            self.conv["bias"] = make((filters,))
        self.norm = {"gamma": make((filters,)), "beta": make((filters,)),
                     "moving_mean": make((filters,)),
                     "moving_variance": make((filters,), .5, 2.0)}

    def weights(self):
        named = {f"conv/{name}": values for name, values in self.conv.items()}
        if BATCH_NORM in self.after:
            named.update((f"norm/{name}", values)
                         for name, values in self.norm.items())
        return named

    def text(self):
        lines = [f"  %x = {input_text(self.x.shape[1:], 'x')}",
                 "  %0 = " + layer_text("Conv2D", self.keys, "conv", ["%x"])]
        for i, (layer, keys) in enumerate(self.after):
            operands = [f"%{i}", "%x"] if layer == "Add" else [f"%{i}"]
            name = "norm" if layer == "BatchNormalization" else f"after{i}"
            lines.append(f"  %{i + 1} = "
                         + layer_text(layer, keys, name, operands))
        return "\n".join([f"nn.model @{self.name} {{", *lines,
                          f"  nn.output(%{len(self.after)})", "}", ""])

    def wanted(self):
        y = REFERENCES["Conv2D"](self.keys, [self.x], self.conv)
        for layer, keys in self.after:
            inputs = [y, self.x] if layer == "Add" else [y]
            y = REFERENCES[layer](keys, inputs, self.norm)
        return y


def tiles_in(folder):
    """The tiles that the dump of the compiler shows."""
    found = set()
    for path in glob.glob(os.path.join(folder, "**", "*nnc-winograd.mlir"),
                          recursive=True):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        found |= {size for size in (2, 4) if f"blocked <size = {size}," in text}
    return found


def check(suite, model, want, size, options):
    name = f"{model.name}w{size}"
    dump = suite.path(name)
    try:
        library = suite.compile(
            name, model.text(), model.weights(),
            options=[f"--winograd={size}", f"--mlir-print-ir-tree-dir={dump}",
                     *options])
        got, = suite.run(library, [model.x], 1)
        alone, = suite.run(library, [model.x.rows(0, 1)], 1)
    except Failure as failure:
        suite.fail(name, failure)
        return
    allowed = {2: [{2}], 4: [{2}, {4}], 0: [set()]}[size]
    if tiles_in(dump) not in allowed:
        suite.fail(name, f"tiles of {tiles_in(dump)}")
    # The error of larger tiles grows with all inputs, not with the result.
    suite.check(name, got, want, rtol=1e-4, atol=1e-4 if size == 4 else 1e-5)
    suite.check_equal(name + " alone", alone, got.rows(0, 1))


def main():
    folder, *options = sys.argv[1:]
    suite = Suite(folder)
    for number, case in enumerate(CASES):
        model = Model(number, case)
        want = model.wanted()
        for size in (0, 2, 4):
            check(suite, model, want, size, options)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
