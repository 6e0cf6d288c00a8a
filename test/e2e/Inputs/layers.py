"""Every layer with every option, against its formula in float64.

    layers.py FAMILY WORK_DIR [float64] [on:TARGET] [-OPTION of nnc…]

All cases of a class are one functional model with inputs and outputs of their
own. It runs on a batch of three random samples, and on the first of them
alone, which must give the same bits. With float64 all of it is in that type,
and so is the bound. on: names another machine, one of machines.TARGETS.
"""

import collections
import math
import random
import re
import sys

from arrays import Array, to_float32
from harness import Failure, Suite
from layer_cases import FAMILIES
from nntext import input_text, layer_text
from reference import REFERENCES, as_list
from reference_attention import ATTENTION
from reference_recurrent import CELLS, recurrent

BATCH = 3
DTYPES = {"<f4": "float32", "<f8": "float64", "<i4": "int32", "|b1": "bool"}

# The layers whose first input is integers, and from where to where.
INTEGERS = {"Embedding": lambda keys: (0, keys["input_dim"]),
            "CategoryEncoding": lambda keys: (0, keys["num_tokens"]),
            "IntegerLookup": lambda keys: (-4, 14)}


def size_of(value, spatial):
    return [value] * spatial if isinstance(value, int) else list(value)


def conv_weights(keras_class, keys, channels):
    rank = int(re.search(r"(\d)D", keras_class)[1])
    size = size_of(keys["kernel_size"], rank)
    multiplier = keys.get("depth_multiplier", 1)
    if "Depthwise" in keras_class:
        return {"kernel": [*size, channels, multiplier],
                "bias": [channels * multiplier]}
    filters = keys["filters"]
    if "Separable" in keras_class:
        return {"depthwise_kernel": [*size, channels, multiplier],
                "pointwise_kernel": [1] * rank + [channels * multiplier,
                                                  filters],
                "bias": [filters]}
    if "Transpose" in keras_class:
        return {"kernel": [*size, filters, channels], "bias": [filters]}
    return {"kernel": [*size, channels // keys.get("groups", 1), filters],
            "bias": [filters]}


def recurrent_weights(keras_class, keys, features):
    units = keys["units"]
    width = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[keras_class] * units
    twice = keras_class == "GRU" and keys.get("reset_after", True)
    return {"kernel": [features, width], "recurrent_kernel": [units, width],
            "bias": [2, width] if twice else [width]}


def einsum_weights(keys, shape):
    """The kernel's extents are those of its letters in input and result."""
    operands, result = keys["equation"].split("->")
    letters, kernel = operands.split(",")
    elided = 1 + len(shape) - len(letters.replace("...", ""))
    given = as_list(keys["output_shape"])
    extents = dict(zip(result.strip("."), given if result[0] == "." else
                       [BATCH, *given]))
    inputs = [BATCH, *shape]
    extents.update(zip(letters.strip("."), inputs[elided:]
                       if letters[0] == "." else inputs))
    weights = {"kernel": [extents[c] for c in kernel]}
    if "bias_axes" in keys:
        axes, names = keys["bias_axes"], result.strip(".")
        first = min(names.index(c) for c in axes)
        weights["bias"] = [extents[c] if c in axes else 1
                           for c in names[first:]]
        if result[-1] == ".":
            weights["bias"] += [1] * elided
    return weights


def attention_weights(keras_class, keys, shapes, named):
    query, value = shapes[0][-1], shapes[1][-1]
    key = named.get("key", shapes[-1])[-1]
    if keras_class == "AdditiveAttention":
        return {"scale": [query]} if keys.get("use_scale", True) else {}
    if keras_class == "Attention":
        weights = {"scale": []} if keys.get("use_scale") else {}
        if keys.get("score_mode") == "concat":
            weights["concat_score_weight"] = []
        return weights
    if keras_class == "MultiHeadAttention":
        heads = groups = keys["num_heads"]
        size = keys["key_dim"]
    else:
        heads, groups = keys["num_query_heads"], keys["num_key_value_heads"]
        size = keys["head_dim"]
    depth = keys.get("value_dim", size)
    out = as_list(keys.get("output_shape", query))
    projections = {"query": ([query], [heads, size]),
                   "key": ([key], [groups, size]),
                   "gate": ([query], [heads, depth]),
                   "value": ([value], [groups, depth]),
                   "output": ([heads, depth], out)}
    if not keys.get("use_gate"):
        del projections["gate"]
    weights = {}
    for name, (inner, outer) in projections.items():
        weights[f"{name}_dense/kernel"] = inner + outer
        if keys.get("use_bias", True):
            weights[f"{name}_dense/bias"] = outer
    return weights


def norm_weights(keras_class, keys, shape):
    rank = len(shape) + 1
    axes = sorted(a % rank for a in as_list(keys.get("axis", -1)))
    extents = [shape[a - 1] for a in axes]
    if keras_class == "Normalization":
        return {} if "mean" in keys else {"mean": extents,
                                          "variance": extents}
    if keras_class == "RMSNormalization":
        return {"scale": extents}
    if keras_class == "UnitNormalization":
        return {}
    names = ["gamma"] if keys.get("scale", True) else []
    names += ["beta"] if keys.get("center", True) else []
    if keras_class == "BatchNormalization":
        names += ["moving_mean", "moving_variance"]
    return dict.fromkeys(names, extents)


def weight_shapes(keras_class, keys, shapes, named):
    """The shapes of the layer's weights by name."""
    shape = shapes[0]
    if keras_class in ATTENTION:
        return attention_weights(keras_class, keys, shapes, named)
    if keras_class in ("Dense", "TernaryDense"):
        weights = {"kernel": [shape[-1], keys["units"]],
                   "bias": [keys["units"]]}
    elif keras_class == "Embedding":
        weights = {"embeddings": [keys["input_dim"], keys["output_dim"]]}
    elif keras_class == "ReversibleEmbedding":
        weights = {"embeddings": [keys["input_dim"], keys["output_dim"]]}
        if not keys.get("tie_weights", True):
            weights["reverse_embeddings"] = weights["embeddings"][::-1]
    elif keras_class == "EinsumDense":
        return einsum_weights(keys, shape)
    elif keras_class == "LayerScale":
        return {"gamma": [shape[-1]]}
    elif "Conv" in keras_class:
        first = keys.get("data_format") == "channels_first"
        weights = conv_weights(keras_class, keys, shape[0 if first else -1])
    elif keras_class in CELLS:
        weights = recurrent_weights(keras_class, keys, shape[-1])
    elif keras_class == "STFTSpectrogram":
        kernel = [keys["frame_length"], 1, keys["fft_length"] // 2 + 1]
        return {name: kernel for mode, name in (("imag", "real_kernel"),
                                                ("real", "imag_kernel"))
                if keys.get("mode") != mode}
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
    def __init__(self, number, keras_class, keys, shapes, named=None,
                 wide=False):
        self.keras_class, self.keys, self.wide = keras_class, keys, wide
        self.name = f"case_{number}"
        # Seeded by the case alone, so that a new case changes no other.
        draw = random.Random(f"{keras_class} {keys} {shapes}").uniform

        def make(shape, low, high):
            if wide:
                return Array(shape, [draw(low, high) for _ in
                                     range(math.prod(shape))], "<f8")
            return Array(shape, [to_float32(draw(low, high))
                                 for _ in range(math.prod(shape))])

        self.inputs = [make((BATCH, *shape), -2.0, 2.0) for shape in shapes]
        if keras_class in INTEGERS:
            low, high = INTEGERS[keras_class](keys)
            self.inputs[0] = Array((BATCH, *shapes[0]), [
                math.floor(draw(low, high)) for _ in
                range(BATCH * math.prod(shapes[0]))], "<i4")
        self.named = {}
        for name, shape in (named or {}).items():
            values = make((BATCH, *shape), -2.0, 2.0)
            if "mask" in name:
                # The first of each row is there: all of it masked has cases of
                # its own.
                values = Array(values.shape, [
                    x > -0.5 or i % shape[-1] == 0
                    for i, x in enumerate(values.data)], "|b1")
            self.named[name] = values
        self.weights = {
            name: make(shape, 0.1 if "variance" in name else -1.0, 1.0)
            for name, shape in weight_shapes(keras_class, keys, shapes,
                                             named or {}).items()}

    def wanted(self):
        if self.keras_class in CELLS:
            return recurrent(self.keras_class, self.keys, self.inputs,
                             self.weights, mask=self.named.get("mask"))
        if self.keras_class in ATTENTION:
            return ATTENTION[self.keras_class](self.keys, self.inputs,
                                               self.weights, self.named)
        reference = REFERENCES[self.keras_class]
        return [reference(self.keys, self.inputs, self.weights)]

    def all_inputs(self):
        return [*self.inputs, *self.named.values()]

    def title(self, output):
        return f"{self.keras_class} {self.keys} output {output}"


def model_text(name, cases, counts):
    lines, results = [], []
    for case in cases:
        for i, values in enumerate(case.all_inputs()):
            dtype = DTYPES[values.dtype]
            text = input_text(values.shape[1:], f"{case.name}_in{i}", dtype)
            lines.append(f"  %{case.name}_in{i} = {text}")
    for case, count in zip(cases, counts):
        operands = [f"%{case.name}_in{i}" for i in range(len(case.inputs))]
        if case.keras_class in CELLS and len(operands) > 1:
            operands = operands[:1] + [
                f"initial_state = [{', '.join(operands[1:])}]"]
        if case.keras_class == "CategoryEncoding" and len(operands) > 1:
            operands[1] = f"count_weights = {operands[1]}"
        operands += [f"{name} = %{case.name}_in{len(case.inputs) + i}"
                     for i, name in enumerate(case.named)]
        outputs = [f"%{case.name}_out{i}" for i in range(count)]
        text = layer_text(case.keras_class, case.keys, case.name, operands)
        if case.wide:
            text = text.replace("{", '{dtype = "float64", ', 1)
        lines.append(f"  {', '.join(outputs)} = {text}")
        results += outputs
    return "\n".join([f"nn.model @{name} {{", *lines,
                      f"  nn.output({', '.join(results)})", "}", ""])


def run_class(suite, keras_class, cases, bound, options):
    wanted = [case.wanted() for case in cases]
    counts = [len(outputs) for outputs in wanted]
    inputs = [values for case in cases for values in case.all_inputs()]
    weights = {f"{case.name}/{name}": values for case in cases
               for name, values in case.weights.items()}
    try:
        model = suite.compile(
            keras_class, model_text(keras_class.lower(), cases, counts),
            weights, options=options)
        got = suite.run(model, inputs, sum(counts))
        alone = suite.run(model, [x.rows(0, 1) for x in inputs], sum(counts))
    except Failure as failure:
        suite.fail(keras_class, failure)
        return
    titles = [case.title(i) for case, count in zip(cases, counts)
              for i in range(count)]
    flat = [y for outputs in wanted for y in outputs]
    for title, y, want, single in zip(titles, got, flat, alone):
        suite.check(title, y, want, **bound)
        suite.check_equal(title + " alone", single, y.rows(0, 1))


def main():
    family, folder, *rest = sys.argv[1:]
    options = [option for option in rest if option.startswith("-")]
    wide = "float64" in rest
    targets = [word[len("on:"):] for word in rest if word.startswith("on:")]
    suite = Suite(folder, *targets)
    bound = {"rtol": 1e-12, "atol": 1e-13} if wide else {}
    classes = collections.defaultdict(list)
    for number, (keras_class, *case) in enumerate(FAMILIES[family]):
        classes[keras_class].append(Case(number, keras_class, *case,
                                         wide=wide))
    for keras_class, cases in classes.items():
        run_class(suite, keras_class, cases, bound, options)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
