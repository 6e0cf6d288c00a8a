"""Recording what a Keras model computes, and comparing with it. Keras is stood
in for by fake_keras; nnc is itself."""

import os
import subprocess
import tempfile
import unittest

import numpy as np
import nnc
from fake_keras import Input, Layer, Model

TEXT = """nn.model @net {
  %left  = nn.input {shape = [3], name = "left"}
  %right = nn.input {shape = [3], name = "right"}
  %a = nn.dense(%left) {units = 3, use_bias = false, name = "twin"}
  %b = nn.dense(%right) {units = 3, use_bias = false, name = "twin"}
  %sum = nn.add(%a, %b) {name = "sum"}
  %wide = nn.dense(%sum) {units = 4, activation = "tanh", name = "wide"}
  nn.output(%wide, %sum) {names = ["score", "all"]}
}
"""


class Verify(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source = os.path.join(folder.name, "net.mlir")
        self.samples = os.path.join(folder.name, "samples.npz")
        self.values = os.path.join(folder.name, "weights.npz")
        with open(self.source, "w", encoding="utf-8") as file:
            file.write(TEXT)
        rng = np.random.default_rng(5)
        self.twin = rng.normal(size=(3, 3)).astype(np.float32)
        self.wide = rng.normal(size=(3, 4)).astype(np.float32)
        np.savez(self.values, **{
            "twin/kernel": self.twin, "wide/kernel": self.wide,
            "wide/bias": np.ones(4, np.float32)})
        self.x = {"left": rng.normal(size=(5, 3)),
                  "right": rng.normal(size=(5, 3))}

    def keras(self, bias=1.0, unused=True):
        """The model of TEXT; `bias` is that of the last layer."""
        inputs = {name: Input((3,), name) for name in ("right", "left")}
        twin = Layer("twin", lambda v: v @ self.twin, [(3,)])
        add = Layer("sum", lambda a, b: a + b, [(3,)])
        wide = Layer("wide", lambda v: np.tanh(v @ self.wide + bias), [(4,)])
        if unused:  # a call that is not part of the model
            wide(Input((3,), "elsewhere"))
        both = add(twin(inputs["left"]), twin(inputs["right"]))
        return Model(inputs, {"score": wide(both), "all": both})

    def verify(self, compiled, keras, **options):
        lines = []
        result = compiled.verify(keras, self.x, print_fn=lines.append,
                                 **options)
        return result, "\n".join(lines)

    def text(self):
        """The outputs of a dict have Keras's order: sorted."""
        text = TEXT.replace("%wide, %sum", "%sum, %wide")
        text = text.replace('"score", "all"', '"all", "score"')
        with open(self.source, "w", encoding="utf-8") as file:
            file.write(text)
        return self.source

    def test_record(self):
        nnc.record(self.keras(), self.x, self.samples)
        with np.load(self.samples) as file:
            self.assertEqual(sorted(file), [
                "in_0", "in_1", "layer:sum", "layer:wide", "out_0", "out_1"])
            np.testing.assert_array_equal(
                file["in_0"], self.x["left"].astype(np.float32))
            self.assertEqual(file["in_0"].dtype, np.float32)
            np.testing.assert_array_equal(file["out_0"], file["layer:sum"])
        command = ["nnc", self.text(), "--weights", self.values, "--verify",
                   self.samples, "-O0"]
        done = subprocess.run(command, check=True, capture_output=True,
                              text=True)
        self.assertEqual(done.stdout.count(": PASS\n"), 2)
        nnc.record(self.keras(), [self.x["left"], self.x["right"]],
                   self.samples, layers=False)
        with np.load(self.samples) as file:
            self.assertEqual(sorted(file), ["in_0", "in_1", "out_0", "out_1"])
        with self.assertRaises(ValueError) as raised:
            nnc.record(self.keras(), {"left": np.zeros((1, 3))}, self.samples)
        self.assertIn("input 'right': expected (batch, 3)",
                      str(raised.exception))

    def test_results_of_a_layer(self):
        x = Input((2,), "x")
        both = Layer("both", lambda v: (v, 2 * v), [(2,), (2,)])(x)
        whole = Layer("whole", lambda v: v, [()])(both[0])
        whole.shape = ()  # no batch: cannot be computed in pieces
        end = Layer("end", lambda a, b, c: a + b, [(2,)])(*both, whole)
        nnc.record(Model(x, end), np.ones((1, 2)), self.samples)
        with np.load(self.samples) as file:
            self.assertEqual(sorted(file), ["in_0", "layer:both",
                                            "layer:both:1", "layer:end",
                                            "out_0"])
            np.testing.assert_array_equal(file["layer:both:1"], [[2, 2]])

    def test_nested_models(self):
        def double(name):
            return Layer(name, lambda v: 2 * v, [(2,)])
        inside = Input((2,), "inside")
        core = Model(inside, double("deep")(inside), "core")
        middle = Input((2,), "middle")
        block = Model(middle, double("last")(core(middle)), "block")
        x = Input((2,), "x")
        twice = Model(inside, double("shared")(inside), "twice")
        end = twice(twice(block(x)))
        nnc.record(Model(x, end), np.ones((1, 2)), self.samples)
        with np.load(self.samples) as file:
            self.assertEqual(sorted(file), [
                "in_0", "layer:block/core/deep", "layer:block/last", "out_0"])
            np.testing.assert_array_equal(file["layer:block/core/deep"],
                                          [[2, 2]])
            np.testing.assert_array_equal(file["out_0"], [[16, 16]])

    def test_nested_inputs(self):
        a, b = Input((3,), "a"), Input((3,), "b")
        add = Layer("sum", lambda a, b: a - b, [(3,)])
        keras = Model({"outer": [a, {"inner": b}]}, add(a, b))
        x = self.x["left"], self.x["right"]
        for value in ({"outer": [x[0], {"inner": x[1]}]}, list(x)):
            nnc.record(keras, value, self.samples)
            with np.load(self.samples) as file:
                np.testing.assert_array_equal(file["out_0"],
                                              file["in_0"] - file["in_1"])

    def test_agree(self):
        net = nnc.compile(self.text(), weights=self.values, opt_level=0)
        result, lines = self.verify(net, self.keras())
        self.assertTrue(result)
        self.assertLess(result.errors["score"], 1e-5)
        self.assertEqual(lines.count(": PASS"), 2)

    def test_differ(self):
        net = nnc.compile(self.text(), weights=self.values, opt_level=0)
        result, lines = self.verify(net, self.keras(bias=1.5))
        self.assertFalse(result.ok)
        self.assertEqual(result.first_layer, "wide")
        self.assertIn("output 'all': largest error", lines)
        self.assertIn("first layer that differs: 'wide': largest error",
                      lines)
        result, _ = self.verify(net, self.keras(bias=1.5), tolerance=1e4)
        self.assertTrue(result.ok)
        # Without the source there are only the outputs.
        net.save(self.samples)
        result, lines = self.verify(nnc.load(self.samples),
                                    self.keras(bias=1.5))
        self.assertEqual((result.ok, result.first_layer), (False, None))
        self.assertIn("compile it to learn", lines)

    def test_no_keras(self):
        with self.assertRaises(TypeError):
            class Other:
                inputs = outputs = []
            nnc.record(Other(), [], self.samples)


if __name__ == "__main__":
    unittest.main()
