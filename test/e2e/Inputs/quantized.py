"""Keras's int8 EinsumDense and ReversibleEmbedding.

    quantized.py WORK_DIR

Kernels are quantized here as Keras does it when it quantizes a model, and their
scales stored as Keras stores them: transposed, expanded and squeezed by rules
that look at the equation. Results are those of the integers, in Python.
"""

import itertools
import math
import random
import sys

from arrays import Array, to_float32
from harness import Failure, Suite

WEIGHTS_ONLY = (', quantization_config = {class_name = "Int8QuantizationConfig"'
                ", config = {}}")


class Tensor:
    """Numbers by their indices."""

    def __init__(self, shape, values):
        self.shape = tuple(shape)
        indices = itertools.product(*map(range, self.shape))
        self.at = dict(zip(indices, values))

    def flat(self):
        return list(self.at.values())

    def array(self, code="<f4"):
        return Array(self.shape, self.flat(), code)

    def largest(self, axes):
        """Magnitudes, with extents of 1 for `axes`."""
        shape = [1 if i in axes else n for i, n in enumerate(self.shape)]
        result = Tensor(shape, [0.0] * math.prod(shape))
        for index, value in self.at.items():
            place = tuple(0 if i in axes else n for i, n in enumerate(index))
            result.at[place] = max(result.at[place], abs(value))
        return result

    def broadcast(self, index):
        return self.at[tuple(i if n > 1 else 0
                             for i, n in zip(index, self.shape))]

    def moved(self, transposed, expanded, squeezed):
        """numpy's transpose, expand_dims and squeeze, one after the other."""
        shape = [self.shape[axis] for axis in transposed]
        result = Tensor(shape, [0] * len(self.at))
        for index, value in self.at.items():
            result.at[tuple(index[axis] for axis in transposed)] = value
        for axis in sorted(expanded):
            shape.insert(axis, 1)
        for axis in sorted(squeezed, reverse=True):
            assert shape.pop(axis) == 1
        return Tensor(shape, result.flat())


def moves(operand, result):
    """How Keras brings an operand's scale to the result's axes, for equations
    of which it does not lose count."""
    summed = [i for i, letter in enumerate(operand) if letter not in result]
    free = [i for i, letter in enumerate(result) if letter not in operand]
    order = [operand.index(letter) for letter in result if letter in operand]
    squeezed, place = [], None
    for axis in summed:
        if free:
            place = free.pop(0)
        else:
            squeezed.append(axis)
        order.insert(place, axis)
    return summed, (order, free, squeezed)


def quantize(tensor, axes):
    """int8 values and what they were multiplied by."""
    most = tensor.largest(axes)
    scale = Tensor(most.shape, [
        to_float32(127.0 / to_float32(value + to_float32(1e-7)))
        for value in most.flat()])
    values = [max(-127, min(127, round(to_float32(value *
                                                  scale.broadcast(index)))))
              for index, value in tensor.at.items()]
    return Tensor(tensor.shape, values), scale


def einsum(letters, left, right):
    """For each index of the result the sum of products."""
    first, second, result = letters
    extents = dict(zip(first + second, left.shape + right.shape))
    total = Tensor([extents[c] for c in result],
                   [0] * math.prod(extents[c] for c in result))
    names = sorted(extents)
    for index in itertools.product(*(range(extents[c]) for c in names)):
        place = dict(zip(names, index))
        total.at[tuple(place[c] for c in result)] += (
            left.at[tuple(place[c] for c in first)] *
            right.at[tuple(place[c] for c in second)])
    return total


def draw(seed, shape):
    uniform = random.Random(seed).uniform
    return Tensor(shape, [to_float32(uniform(-1.0, 1.0))
                          for _ in range(math.prod(shape))])


def run_einsum(suite, equation, letters, shapes, output, bias_axes):
    """`letters` is the equation without ellipses."""
    first, second, result = letters
    inputs, kernel = draw(equation, shapes[0]), draw(letters[1], shapes[1])
    values, scale = quantize(kernel, moves(second, result)[0])
    stored = scale.moved(*moves(second, result)[1])
    bias = draw("bias", [dict(zip(second, kernel.shape))[c]
                         for c in bias_axes])
    weights = {"d/kernel": values.array("|i1"), "d/bias": bias.array(),
               "d/kernel_scale": stored.array()}
    for config in "", WEIGHTS_ONLY:
        label = f"{equation}{' weights only' if config else ''}"
        name = "".join(c if c.isalnum() else "_" for c in label)
        model = suite.compile(name, f"""nn.sequential @m {{
  nn.input {{shape = {list(inputs.shape[1:])}}}
  nn.einsum_dense {{equation = "{equation}", output_shape = {output}, bias_axes = "{bias_axes}", dtype = "int8_from_float32", name = "d"{config}}}
}}
""", weights)
        given, factor = inputs, Tensor([1] * len(result), [1.0])
        if not config:
            summed, how = moves(first, result)
            given, factor = quantize(inputs, summed)
            factor = factor.moved(*how)
        wanted = einsum(letters, given, values)
        behind = result.index(bias_axes[0])
        wanted = Tensor(wanted.shape, [
            value / (factor.broadcast(index) * stored.broadcast(index)) +
            bias.at[index[behind:]]
            for index, value in wanted.at.items()])
        got = suite.run(model, [inputs.array()], 1)[0]
        suite.check(label, got, wanted.array())


def run_reversible(suite, tied):
    table, own = draw("table", (7, 5)), draw("own", (5, 7))
    rows = draw("rows", (2, 3, 5))
    values, scale = quantize(table, [1])
    weights = {"e/0": values.array("|i1"),
               "e/1": Tensor((7,), scale.flat()).array()}
    if not tied:
        kernel, kernel_scale = quantize(own, [0])
        weights["e/2"] = kernel.array("|i1")
        weights["e/3"] = Tensor((7,), kernel_scale.flat()).array()
    layer = (f"tie_weights = {str(tied).lower()}, input_dim = 7, output_dim = "
             '5, dtype = "int8_from_float32", name = "e"')
    label = "tied" if tied else "untied"
    model = suite.compile(f"{label}_table", f"""nn.sequential @m {{
  nn.input {{shape = [2], dtype = "int32"}}
  nn.reversible_embedding {{{layer}}}
}}
""", weights)
    got = suite.run(model, [Array((1, 2), [6, 3], "<i4")], 1)[0]
    suite.check(f"{label} table", got, Tensor((1, 2, 5), [
        values.at[i, k] / scale.at[i, 0] for i in (6, 3)
        for k in range(5)]).array())

    letters = ["abx", "yx", "aby"] if tied else ["abx", "xy", "aby"]
    own, own_scale = (values, scale) if tied else (kernel, kernel_scale)
    for config in "", WEIGHTS_ONLY:
        case = f"{label}{' weights only' if config else ''}"
        model = suite.compile(case.replace(" ", "_"), f"""nn.sequential @m {{
  nn.input {{shape = [3, 5]}}
  nn.reversible_embedding {{{layer}, reverse = true, logit_soft_cap = 1.5{config}}}
}}
""", weights)
        given, factor = (rows, None) if config else quantize(rows, [2])
        wanted = einsum(letters, given, own)
        scales = own_scale.flat()
        wanted = Tensor(wanted.shape, [
            1.5 * math.tanh(value / (factor.broadcast(index) if factor else 1)
                            / scales[index[2]] / 1.5)
            for index, value in wanted.at.items()])
        got = suite.run(model, [rows.array()], 1)[0]
        suite.check(case, got, wanted.array())


def main():
    suite = Suite(sys.argv[1])
    tests = [
        (run_einsum, "abc,cd->abd", ["abc", "cd", "abd"],
         [(2, 3, 4), (4, 5)], "[-1, 5]", "d"),
        (run_einsum, "abc,cde->abde", ["abc", "cde", "abde"],
         [(2, 3, 4), (4, 5, 6)], "[3, 5, 6]", "de"),
        # As in attention's last product, and with axes in another order.
        (run_einsum, "abcd,cde->abe", ["abcd", "cde", "abe"],
         [(2, 3, 4, 5), (4, 5, 6)], "[3, 6]", "e"),
        (run_einsum, "abc,dbe->aced", ["abc", "dbe", "aced"],
         [(2, 3, 4), (5, 3, 6)], "[4, 6, 5]", "ed"),
        (run_einsum, "...x,xy->...y", ["abx", "xy", "aby"],
         [(2, 3, 4), (4, 5)], "[5]", "y")]
    tests += [(run_reversible, True), (run_reversible, False)]
    for test, *arguments in tests:
        try:
            test(suite, *arguments)
        except Failure as failure:
            suite.fail(str(arguments[0]), failure)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
