"""Single layers against what Keras 2.0 computed for keras-js.

    kerasjs.py CASES.json WORK_DIR [TESTED.json]

Cases that are in TESTED.json too are left to the test that runs those. Each
case has a layer's class, config, weights, input and output for one sample. All
cases of a class become one functional model with an input and an output for
each, so that a class costs one compilation.

Keras 2 differs in two things. Its GRU has no reset_after. Its hard_sigmoid is
another function: the cases that use it first judge the reference of this suite
(which computes with Keras 2's function what the case expects), and then that
reference, with Keras 3's function, judges the compiled layer.
"""

import collections
import json
import re
import sys

from arrays import Array, mismatch
from harness import Failure, Suite
from nntext import input_text, layer_text
from reference_recurrent import CELLS, recurrent

WEIGHTS = {
    "Conv1D": ["kernel", "bias"],
    "Conv2D": ["kernel", "bias"],
    "Conv3D": ["kernel", "bias"],
    "Conv2DTranspose": ["kernel", "bias"],
    "SeparableConv2D": ["depthwise_kernel", "pointwise_kernel", "bias"],
    "SimpleRNN": ["kernel", "recurrent_kernel", "bias"],
    "LSTM": ["kernel", "recurrent_kernel", "bias"],
    "GRU": ["kernel", "recurrent_kernel", "bias"],
    "Embedding": ["embeddings"],
}
PLAIN = """AveragePooling1D AveragePooling2D AveragePooling3D MaxPooling1D
MaxPooling2D MaxPooling3D GlobalAveragePooling2D GlobalAveragePooling3D
GlobalMaxPooling2D GlobalMaxPooling3D Cropping1D Cropping2D Cropping3D
ZeroPadding1D ZeroPadding2D ZeroPadding3D UpSampling2D UpSampling3D Permute
Reshape""".split()


def weight_names(case):
    if case["class"] == "BatchNormalization":
        config = case["config"]
        return (["gamma"] if config["scale"] else []) + \
            (["beta"] if config["center"] else []) + \
            ["moving_mean", "moving_variance"]
    return WEIGHTS.get(case["class"], [])


def sample(values, dtype="<f4"):
    """A batch of one."""
    data = [int(x) for x in values["data"]] if dtype == "<i4" else \
        values["data"]
    return Array([1] + values["shape"], data, dtype)


class Case:
    def __init__(self, key, case):
        self.key = key
        self.keras_class = case["class"]
        self.config = dict(case["config"])
        self.name = re.sub(r"\W", "_", key.split(".", 1)[1]).lower()
        # Embedding's result has an implicit mask that nobody reads here.
        self.config.pop("mask_zero", None)
        # A stateful layer called twice on one input starts its second call
        # with the states in which the first has ended.
        self.calls = case["calls"] if self.config.pop("stateful", False) else 1
        if self.keras_class == "GRU":
            self.config["reset_after"] = False
        integer = self.keras_class == "Embedding"
        self.input = sample(case["input"], "<i4" if integer else "<f4")
        self.wanted = sample(case["expected"])
        self.weights = {
            name: Array(values["shape"], values["data"])
            for name, values in zip(weight_names(case), case["weights"])}

    def lines(self):
        """The layer's lines in the model, and the name of its result."""
        name, lines = self.name, []
        operands = [f"%in_{name}"]
        config = dict(self.config)
        if self.calls > 1:
            config["return_state"] = True
        states = CELLS[self.keras_class].states if self.calls > 1 else 0
        for call in range(self.calls):
            results = [f"%{name}_{call}"] + \
                [f"%{name}_{call}_{k}" for k in range(states)]
            text = layer_text(self.keras_class, config, name, operands)
            lines.append(f"{', '.join(results)} = {text}")
            operands = [f"%in_{name}",
                        f"initial_state = [{', '.join(results[1:])}]"]
        return lines, results[0]

    def reference(self, hard_sigmoid=None):
        states = []
        for _ in range(self.calls):
            results = recurrent(self.keras_class,
                                dict(self.config, return_state=True),
                                [self.input] + states, self.weights,
                                hard_sigmoid)
            states = results[1:]
        return results[0]


def keras2_hard_sigmoid(x):
    return min(max(0.2 * x + 0.5, 0.0), 1.0)


def expect_keras3(suite, case):
    """Replaces what Keras 2's hard_sigmoid gives by what Keras 3's gives."""
    problem = mismatch(case.reference(keras2_hard_sigmoid), case.wanted)
    if problem:
        suite.fail(case.key, f"the reference disagrees with Keras 2: {problem}")
    case.wanted = case.reference()


def model_text(keras_class, cases):
    lines = [f"nn.model @{keras_class.lower()} {{"]
    results = []
    for case in cases:
        dtype = "int32" if case.input.dtype == "<i4" else "float32"
        source = input_text(case.input.shape[1:], f"in_{case.name}", dtype)
        lines.append(f"  %in_{case.name} = {source}")
    for case in cases:
        body, result = case.lines()
        lines += ["  " + line for line in body]
        results.append(result)
    return "\n".join(lines + [f"  nn.output({', '.join(results)})", "}", ""])


def run_class(suite, keras_class, cases):
    weights = {f"{case.name}/{name}": values for case in cases
               for name, values in case.weights.items()}
    try:
        model = suite.compile(keras_class, model_text(keras_class, cases),
                              weights)
        inputs = [case.input for case in cases]
        outputs = suite.run(model, inputs, len(cases))
        # nnc-run's own comparison has one tolerance for all outputs.
        wanted = [case.wanted for case in cases]
        largest = max(abs(y) for values in wanted for y in values.data)
        suite.expect(model, inputs, wanted, atol=1e-5 * max(1.0, largest))
    except Failure as failure:
        suite.fail(keras_class, str(failure))
        return
    for case, got in zip(cases, outputs):
        suite.check(case.key, got, case.wanted)


def read_cases(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    path, folder, *tested = sys.argv[1:]
    cases = read_cases(path)
    for other in tested:
        for key in read_cases(other):
            cases.pop(key, None)
    suite = Suite(folder)
    classes = collections.defaultdict(list)
    for key, data in cases.items():
        if data["class"] not in PLAIN + ["BatchNormalization", *WEIGHTS]:
            suite.skip(key, f"no {data['class']} in the dialect")
            continue
        case = Case(key, data)
        if "hard_sigmoid" in case.config.values():
            expect_keras3(suite, case)
        classes[case.keras_class].append(case)
    for keras_class, group in classes.items():
        run_class(suite, keras_class, group)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
