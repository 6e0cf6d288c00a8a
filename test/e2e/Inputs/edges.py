"""Activations where floating point ends: infinities, NaN, numbers so large or
so small that a careless formula overflows or cancels.

    edges.py WORK_DIR

One model with one input and an output for each activation. What Keras's
formula makes NaN at an infinity (inf · 0, inf - inf) is left out: backends
disagree there.
"""

import math
import sys

from arrays import Array, to_float32
from harness import Failure, Suite
from nntext import input_text, layer_text
from reference_activations import ALIASES, ELEMENTWISE, activate

FINITE = [0.0, 0.5, 1.0, 3.0, 6.0, 1e-42, 1e-30, 1e-10, 1e-5, 1e-3, 9.5, 20.0,
          88.5, 105.0, 1e4, 1e18]
VALUES = [to_float32(sign * x) for x in FINITE for sign in (1, -1)]
VALUES += [math.inf, -math.inf, math.nan]
NOT_AT_INFINITY = ["softsign", "squareplus", "silu", "hard_silu", "gelu",
                   "mish", "swish", "hard_swish"]
# A comparison with NaN is false, and what is not beyond the threshold is 0.
ZERO_AT_NAN = ["soft_shrink", "hard_shrink"]


def wanted(name, x):
    """The value to expect, or None where nothing is promised."""
    if math.isnan(x):
        return 0.0 if name in ZERO_AT_NAN else math.nan
    if math.isinf(x) and name in NOT_AT_INFINITY:
        return None
    return to_float32(activate(name, [x])[0])


def main():
    suite = Suite(sys.argv[1])
    names = [*ELEMENTWISE, *ALIASES]
    lines = [f"  %{name} = " + layer_text(
        "Activation", {"activation": name}, name, ["%x"]) for name in names]
    text = "\n".join(
        ["nn.model @edges {", "  %x = " + input_text([len(VALUES)], "x"),
         *lines, f"  nn.output({', '.join('%' + n for n in names)})", "}", ""])
    try:
        model = suite.compile("edges", text)
        outputs = suite.run(model, [Array((1, len(VALUES)), VALUES)],
                            len(names))
    except Failure as failure:
        suite.fail("edges", failure)
        return suite.finish()
    for name, output in zip(names, outputs):
        for x, y in zip(VALUES, output.data):
            want = wanted(name, x)
            if want is not None:
                suite.check(f"{name}({x!r})", Array((1,), [y]),
                            Array((1,), [want]), rtol=2e-5, atol=1e-6 *
                            min(1.0, 1 / max(1.0, abs(want))))
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
