"""Every layer with every option, against its formula in float64.

    layers.py FAMILY WORK_DIR

All cases of a class are one functional model with inputs and outputs of their
own. It runs on a batch of three random samples, and on the first of them
alone, which must give the same bits.
"""

import collections
import math
import random
import sys

from arrays import Array, to_float32
from harness import Failure, Suite
from layer_cases import FAMILIES
from nntext import input_text, layer_text
from reference import REFERENCES, as_list
from reference_recurrent import CELLS, recurrent

BATCH = 3


def size_of(value, spatial):
    return [value] * spatial if isinstance(value, int) else list(value)


def conv_weights(keras_class, keys, channels):
    size = size_of(keys["kernel_size"], 1 if "1D" in keras_class else 2)
    multiplier = keys.get("depth_multiplier", 1)
    if keras_class == "DepthwiseConv2D":
        return {"kernel": [*size, channels, multiplier],
                "bias": [channels * multiplier]}
    filters = keys["filters"]
    if keras_class == "SeparableConv2D":
        return {"depthwise_kernel": [*size, channels, multiplier],
                "pointwise_kernel": [1, 1, channels * multiplier, filters],
                "bias": [filters]}
    return {"kernel": [*size, channels // keys.get("groups", 1), filters],
            "bias": [filters]}


def recurrent_weights(keras_class, keys, features):
    units = keys["units"]
    width = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[keras_class] * units
    twice = keras_class == "GRU" and keys.get("reset_after", True)
    return {"kernel": [features, width], "recurrent_kernel": [units, width],
            "bias": [2, width] if twice else [width]}


def norm_weights(keras_class, keys, shape):
    rank = len(shape) + 1
    axes = sorted(a % rank for a in as_list(keys.get("axis", -1)))
    extents = [shape[a - 1] for a in axes]
    if keras_class == "Normalization":
        return {} if "mean" in keys else {"mean": extents,
                                          "variance": extents}
    names = ["gamma"] if keys.get("scale", True) else []
    names += ["beta"] if keys.get("center", True) else []
    if keras_class == "BatchNormalization":
        names += ["moving_mean", "moving_variance"]
    return dict.fromkeys(names, extents)


def weight_shapes(keras_class, keys, shapes):
    """The shapes of the layer's weights by name."""
    shape = shapes[0]
    if keras_class == "Dense":
        weights = {"kernel": [shape[-1], keys["units"]],
                   "bias": [keys["units"]]}
    elif keras_class == "Embedding":
        weights = {"embeddings": [keys["input_dim"], keys["output_dim"]]}
    elif "Conv" in keras_class:
        first = keys.get("data_format") == "channels_first"
        weights = conv_weights(keras_class, keys, shape[0 if first else -1])
    elif keras_class in CELLS:
        weights = recurrent_weights(keras_class, keys, shape[-1])
    elif keras_class.endswith("Normalization"):
        return norm_weights(keras_class, keys, shape)
    elif keras_class == "PReLU":
        shared = keys.get("shared_axes", [])
        weights = {"alpha": [1 if i in shared else n
                             for i, n in enumerate(shape, 1)]}
    else:
        return {}
    if not keys.get("use_bias", True):
        del weights["bias"]
    return weights


class Case:
    def __init__(self, number, keras_class, keys, shapes):
        self.keras_class, self.keys = keras_class, keys
        self.name = f"case_{number}"
        # Seeded by the case alone, so that a new case changes no other.
        draw = random.Random(f"{keras_class} {keys} {shapes}").uniform

        def make(shape, low, high):
            return Array(shape, [to_float32(draw(low, high))
                                 for _ in range(math.prod(shape))])

        if keras_class == "Embedding":
            self.inputs = [Array((BATCH, *shapes[0]), [
                int(draw(0, keys["input_dim"])) for _ in
                range(BATCH * math.prod(shapes[0]))], "<i4")]
        else:
            self.inputs = [make((BATCH, *shape), -2.0, 2.0)
                           for shape in shapes]
        self.weights = {
            name: make(shape, 0.1 if "variance" in name else -1.0, 1.0)
            for name, shape in weight_shapes(keras_class, keys,
                                             shapes).items()}

    def wanted(self):
        if self.keras_class in CELLS:
            return recurrent(self.keras_class, self.keys, self.inputs,
                             self.weights)
        reference = REFERENCES[self.keras_class]
        return [reference(self.keys, self.inputs, self.weights)]

    def title(self, output):
        return f"{self.keras_class} {self.keys} output {output}"


def model_text(name, cases, counts):
    lines, results = [], []
    for case in cases:
        for i, values in enumerate(case.inputs):
            dtype = "int32" if values.dtype == "<i4" else "float32"
            text = input_text(values.shape[1:], f"{case.name}_in{i}", dtype)
            lines.append(f"  %{case.name}_in{i} = {text}")
    for case, count in zip(cases, counts):
        operands = [f"%{case.name}_in{i}" for i in range(len(case.inputs))]
        if case.keras_class in CELLS and len(operands) > 1:
            operands = operands[:1] + [
                f"initial_state = [{', '.join(operands[1:])}]"]
        outputs = [f"%{case.name}_out{i}" for i in range(count)]
        text = layer_text(case.keras_class, case.keys, case.name, operands)
        lines.append(f"  {', '.join(outputs)} = {text}")
        results += outputs
    return "\n".join([f"nn.model @{name} {{", *lines,
                      f"  nn.output({', '.join(results)})", "}", ""])


def run_class(suite, keras_class, cases):
    wanted = [case.wanted() for case in cases]
    counts = [len(outputs) for outputs in wanted]
    inputs = [values for case in cases for values in case.inputs]
    weights = {f"{case.name}/{name}": values for case in cases
               for name, values in case.weights.items()}
    try:
        model = suite.compile(
            keras_class, model_text(keras_class.lower(), cases, counts),
            weights)
        got = suite.run(model, inputs, sum(counts))
        alone = suite.run(model, [x.rows(0, 1) for x in inputs], sum(counts))
    except Failure as failure:
        suite.fail(keras_class, failure)
        return
    titles = [case.title(i) for case, count in zip(cases, counts)
              for i in range(count)]
    flat = [y for outputs in wanted for y in outputs]
    for title, y, want, single in zip(titles, got, flat, alone):
        suite.check(title, y, want)
        suite.check_equal(title + " alone", single, y.rows(0, 1))


def main():
    family, folder = sys.argv[1:]
    suite = Suite(folder)
    classes = collections.defaultdict(list)
    for number, (keras_class, keys, shapes) in enumerate(FAMILIES[family]):
        classes[keras_class].append(Case(number, keras_class, keys, shapes))
    for keras_class, cases in classes.items():
        run_class(suite, keras_class, cases)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
