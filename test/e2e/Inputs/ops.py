"""Functions of keras.ops, against their formulas in float64.

    ops.py FAMILY WORK_DIR

All cases of a family are one model with inputs and outputs of their own. It
runs on a batch of three random samples, and on the first of them alone, which
must give the same bits. Cases that mix samples have a model for exactly three.
"""

import random
import sys
import zlib

from arrays import Array, to_float32
from harness import Failure, Suite
from nntext import input_text
from ops_cases import FAMILIES, MIXING

BATCH = 3

# What a case's inputs are drawn from, and their type.
KINDS = {
    "f": (lambda draw: to_float32(draw.uniform(-2.0, 2.0)), "<f4"),
    "p": (lambda draw: to_float32(draw.uniform(0.05, 0.95)), "<f4"),
    "l": (lambda draw: to_float32(draw.uniform(1.1, 4.0)), "<f4"),
    "i": (lambda draw: draw.randint(-4, 4), "<i4"),
    "n": (lambda draw: draw.choice([-3, -2, -1, 1, 2, 3]), "<i4"),
    "k": (lambda draw: draw.randint(-3, 2), "<i4"),
    "b": (lambda draw: draw.random() < 0.5, "|b1"),
}
DTYPES = {"<f4": "float32", "<i4": "int32", "|b1": "bool"}


class Case:
    """One call: `text` has %0, %1, … for its inputs, which are given as a
    letter for the type and a shape without the batch. Lines before the call
    compute what it takes. `reference` takes the inputs, the batch first, and gives the result or a list of them."""

    def __init__(self, number, text, inputs, reference):
        self.name, self.text, self.reference = f"case{number}", text, reference
        # Seeded by the case alone, so that a new case changes no other.
        draw = random.Random(zlib.crc32(f"{text} {inputs}".encode()))
        self.inputs = [self.make(draw, kind, shape) for kind, shape in inputs]

    @staticmethod
    def make(draw, kind, shape):
        element, dtype = KINDS[kind]
        values = Array.from_function((BATCH, *shape), lambda _: element(draw))
        values.dtype = dtype
        return values

    def wanted(self, inputs):
        results = self.reference(*inputs)
        return results if isinstance(results, list) else [results]


def model_text(cases, counts):
    lines, results = [], []
    for case, count in zip(cases, counts):
        text = case.text
        for i, values in enumerate(case.inputs):
            name = f"{case.name}_in{i}"
            declared = input_text(values.shape[1:], name, DTYPES[values.dtype])
            lines.append(f"  %{name} = {declared}")
            text = text.replace(f"%{i}", f"%{name}")
        outputs = [f"%{case.name}_out{i}" for i in range(count)]
        *before, call = text.split("\n")
        lines += before
        lines.append(f"  {', '.join(outputs)} = nn.ops.{call.strip()}")
        results += outputs
    return "\n".join(["nn.model @ops {", *lines,
                      f"  nn.output({', '.join(results)})", "}", ""])


def run(suite, family, cases, options=()):
    inputs = [values for case in cases for values in case.inputs]
    wanted = [case.wanted(case.inputs) for case in cases]
    counts = [len(results) for results in wanted]
    try:
        model = suite.compile(family, model_text(cases, counts),
                              options=options)
        got = suite.run(model, inputs, sum(counts))
        alone = got
        if not options:
            alone = suite.run(model, [x.rows(0, 1) for x in inputs],
                              sum(counts))
    except Failure as failure:
        suite.fail(family, failure)
        return
    titles = [case.text for case, count in zip(cases, counts)
              for _ in range(count)]
    flat = [values for results in wanted for values in results]
    for title, values, want, single in zip(titles, got, flat, alone):
        if want.dtype != values.dtype:
            suite.fail(title, f"is {values.dtype}, expected {want.dtype}")
        suite.check(title, values, want)
        if not options:
            suite.check_equal(title + " alone", single, values.rows(0, 1))


def main():
    family, folder = sys.argv[1:]
    suite = Suite(folder)
    if family == "mixing":
        cases = [Case(i, *case) for i, case in enumerate(MIXING)]
        run(suite, family, cases, ["--batch", str(BATCH)])
    else:
        run(suite, family,
            [Case(i, *case) for i, case in enumerate(FAMILIES[family])])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
