"""A file of Keras's against what Keras computed: nnc, nnc-run, compare.

    conformance.py [--nnc NNC] [--run NNC_RUN] [options] FILE NPZ [FILE NPZ]...

The npz has inputs in_0, in_1, … in the model's order and outputs ref_0, … (or
out_0, … where there is no better reference). One line for each model, the
largest error first in units of the bound 1e-5 · max(1, max|ref|) + 1e-4 · |ref|:

    ok   0.012 dense.keras
    FAIL 3.2   lstm.keras: out_1 at (0, 3): 0.5, expected 0.7
    FAIL -     lambda.h5: layer 'f' (Lambda): runs Python code …

A row that is run alone must give the bits that it gives among others.

    -O0 … -O3       optimisation
    --batch N       compile for exactly N samples, and run in chunks of N
    --object        through an object file and the system's linker
    --factor X      a looser bound, X times the above
    --cc CC         the linker of --object
    --mcpu CPU      passed to nnc
"""

import argparse
import itertools
import math
import os
import re
import sys
import tempfile

from arrays import Array, indices, read_npz
from commands import Failure, command
from machines import cast, machine


def numbered(arrays, prefix, suffix=""):
    """arrays[prefix_0], arrays[prefix_1], …"""
    names = itertools.takewhile(arrays.__contains__,
                                (f"{prefix}_{i}{suffix}"
                                 for i in itertools.count()))
    return [arrays[name] for name in names]


def error_ratio(got, want, factor=1.0, least=0.0):
    """The largest error in units of the bound, which is `least` at least, and
    where it is."""
    if got.shape != want.shape:
        raise Failure(f"has the shape {got.shape}, but {want.shape} is "
                      "expected")
    finite = [abs(w) for w in want.data if math.isfinite(w)]
    absolute = 1e-5 * max([1.0] + finite)
    worst, where = 0.0, None
    for position, (g, w) in enumerate(zip(got.data, want.data)):
        if g == w or (g != g and w != w):
            continue
        if math.isfinite(g) and math.isfinite(w):
            bound = max(factor * (absolute + 1e-4 * abs(w)), least)
            ratio = abs(g - w) / bound
        else:
            ratio = math.inf
        if ratio > worst:
            worst, where = ratio, position
    return worst, where


def open_shapes(message, arrays, names):
    """The --shape options for the inputs that nnc finds to be open."""
    options = []
    for member, own in re.findall(
            r"input '(.*?)'(?: \((.*?)\))? has an open dimension", message):
        name = own or member
        extents = arrays[names.index(name)].shape[1:]
        text = "x".join(map(str, extents))
        options += ["--shape",
                    text if len(arrays) == 1 else f"{name}={text}"]
    return options


class Conformance:
    def __init__(self, options, folder, runs_on=None):
        self.options = options
        self.folder = folder
        self.machine = runs_on or machine(None, folder, options.run)

    def input_names(self, model):
        """The inputs' names in the model's order."""
        text = command(self.options.nnc, model, "--emit=import",
                       "-o", os.path.join(self.folder, "import.mlir"))
        with open(os.path.join(self.folder, "import.mlir"),
                  encoding="utf-8") as file:
            text = file.read()
        # The model that is compiled stands last.
        body = re.split(r"^  nn\.(?:model|sequential) ", text,
                        flags=re.MULTILINE)[-1]
        return re.findall(r'nn\.input \{.*?name = "(.*?)"', body)

    def compile(self, model, inputs):
        library = os.path.join(self.folder, f"model.{self.machine.ending}")
        output = library
        arguments = [self.options.nnc, model, f"-O{self.options.O}"]
        if self.options.object:
            output = os.path.join(self.folder, "model.o")
            arguments.append("--visibility=default")
        if self.options.batch:
            arguments += ["--batch", str(self.options.batch)]
        if self.options.mcpu:
            arguments += [f"--mcpu={self.options.mcpu}"]
        arguments += [*self.machine.options(output), "-o", output]
        try:
            command(*arguments)
        except Failure as failure:
            if "has an open dimension" not in str(failure):
                raise
            command(*arguments, *open_shapes(str(failure), inputs,
                                             self.input_names(model)))
        if self.options.object:
            command(self.options.cc, "-shared", "-o", library, output)
        return self.machine.link(library)

    def cast(self, library, inputs):
        """The inputs in the types that the model takes: Keras converts, too."""
        return [cast(values, dtype) for dtype, values in
                zip(self.machine.input_types(library), inputs)]

    def run(self, library, inputs, outputs, calls=1):
        """The outputs of the last of so many calls, which keep the state."""
        options = ["--calls", str(calls)] if calls > 1 else []
        return self.machine.run(library, inputs, outputs, options)

    def run_chunks(self, library, inputs, outputs):
        """All rows, so many at a time as the model is compiled for."""
        rows = inputs[0].shape[0]
        chunk = self.options.batch or rows
        if rows % chunk:
            raise Failure(f"{rows} samples are not a multiple of {chunk}")
        parts = [self.run(library, [i.rows(start, start + chunk)
                                    for i in inputs], outputs)
                 for start in range(0, rows, chunk)]
        return [Array((rows,) + part[0].shape[1:],
                      itertools.chain(*(p.data for p in part)), part[0].dtype)
                for part in zip(*parts)]

    def check(self, model, npz):
        """The largest error in units of the bound."""
        arrays = read_npz(npz)
        inputs = numbered(arrays, "in")
        wanted = numbered(arrays, "ref") or numbered(arrays, "out")
        library = self.compile(model, inputs)
        inputs = self.cast(library, inputs)
        outputs = self.run_chunks(library, inputs, len(wanted))
        worst = 0.0
        for i, (got, want) in enumerate(zip(outputs, wanted)):
            ratio, where = error_ratio(got, want, self.options.factor)
            if ratio > 1:
                index = next(itertools.islice(indices(want.shape), where,
                                              None))
                raise Failure(f"out_{i} at {index}: {got.data[where]!r}, "
                              f"expected {want.data[where]!r}", ratio)
            worst = max(worst, ratio)
        if inputs[0].shape[0] > 1 and not self.options.batch:
            alone = self.run(library, [i.rows(0, 1) for i in inputs],
                             len(wanted))
            for i, (got, want) in enumerate(zip(alone, outputs)):
                if error_ratio(got, want.rows(0, 1))[0] != 0:
                    raise Failure(f"out_{i} has other bits when its row is "
                                  "run alone")
        return worst


def check_file(options, model, npz):
    """Prints the line of one model; True if it passes."""
    name = os.path.basename(model)
    with tempfile.TemporaryDirectory() as folder:
        try:
            worst = Conformance(options, folder).check(model, npz)
        except (Failure, ValueError) as failure:
            ratio = failure.args[1] if len(failure.args) > 1 else "-"
            text = " | ".join(str(failure.args[0]).splitlines())
            print(f"FAIL {ratio:<6} {name}: {text}" if ratio == "-" else
                  f"FAIL {ratio:<6.3g} {name}: {text}", flush=True)
            return False
        print(f"ok   {worst:<6.3g} {name}", flush=True)
        return True


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse
                                     .RawDescriptionHelpFormatter)
    parser.add_argument("--nnc", default="nnc")
    parser.add_argument("--run", default="nnc-run")
    parser.add_argument("-O", default="3", choices=list("0123"))
    parser.add_argument("--batch", type=int, default=0)
    parser.add_argument("--object", action="store_true")
    parser.add_argument("--factor", type=float, default=1.0)
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--mcpu", default="")
    parser.add_argument("files", nargs="+", metavar="FILE NPZ")
    options = parser.parse_args()
    if len(options.files) % 2:
        parser.error("files come in pairs: a model and its npz")
    pairs = zip(options.files[::2], options.files[1::2])
    results = [check_file(options, model, npz) for model, npz in pairs]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
