"""Calls: structures, types, shapes, and what is said when they do not fit."""

import pickle
import tempfile
import threading
import unittest

import numpy as np
import nnc
from support import DICTS, model, nested_model


class Structures(unittest.TestCase):
    def test_one(self):
        copy = model("copy")
        x = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
        for value in (x, [x], (x,), {"x": x}, {"x": x, "other": 0},
                      x.tolist()):
            y = copy(value)
            self.assertIsInstance(y, np.ndarray)
            np.testing.assert_array_equal(y, x.reshape(2, 6))

    def test_list(self):
        a, b = np.full((3, 2), 5.0), np.full((3, 2), 2.0)
        for value in ([a, b], (a, b), {"right": b, "left": a}):
            result = model("pair")(value)
            self.assertIsInstance(result, list)
            np.testing.assert_array_equal(result[0], a + b)
            np.testing.assert_array_equal(result[1], a - b)

    def test_dict(self):
        a, b = np.full((3, 2), 5.0), np.full((3, 2), 2.0)
        result = model("names")([a, b])
        self.assertEqual(list(result), ["sum", "difference"])
        np.testing.assert_array_equal(result["difference"], a - b)

    def test_dict_of_keras(self):
        keras = nnc.compile(DICTS, opt_level=0)
        self.assertEqual([s.name for s in keras.inputs], ["alpha", "zeta"])
        result = keras({"zeta": np.ones((2, 6)), "alpha": np.ones((2, 4))})
        self.assertEqual({k: v.shape for k, v in result.items()},
                         {"y1": (2, 3), "y2": (2, 2)})

    def test_nested(self):
        with tempfile.TemporaryDirectory() as folder:
            model = nnc.compile(nested_model(folder), opt_level=0)
        alpha, zeta = np.ones((2, 4), np.float32), np.ones((2, 6), np.float32)
        flat = nnc.compile(DICTS, opt_level=0)([alpha, zeta])
        for net in (model, pickle.loads(pickle.dumps(model))):
            for value in ({"in": [{"zeta": zeta}, alpha]}, [zeta, alpha],
                          {"zeta": zeta, "alpha": alpha}):
                for result in (net(value), net.predict(value)):
                    self.assertIsInstance(result, list)
                    self.assertEqual(list(result[1]), ["b", "a"])
                    np.testing.assert_array_equal(result[0], flat["y1"])
                    np.testing.assert_array_equal(result[1]["b"], flat["y2"])
                    np.testing.assert_array_equal(result[1]["a"][0],
                                                  flat["y1"])
        out = [np.empty_like(result[0]), {
            "a": [np.empty_like(result[0])], "b": np.empty_like(flat["y2"])}]
        self.assertIs(model({"in": [{"zeta": zeta}, alpha]}, out=out), out)
        np.testing.assert_array_equal(out[1]["b"], flat["y2"])
        for value, message in (
                ({"in": alpha},
                 "input['in']: expected a list of 2, got ndarray"),
                ({"in": [{"zeta": zeta}]},
                 "input['in']: expected a list of 2, got one of 1"),
                ({"in": [{"beta": zeta}, alpha]}, "input['in'][0]: expected a "
                 "dict of 'zeta', but got only 'beta'"),
                (alpha, "input: expected a dict of 'in', got ndarray"),
                ({"in": [{"zeta": alpha}, alpha]},
                 "input 'zeta': expected (batch, 6), got (2, 4)")):
            with self.assertRaises(ValueError) as raised:
                model(value)
            self.assertEqual(str(raised.exception), message)

    def test_wrong(self):
        x = np.zeros((1, 2))
        for value, message in (
                (x, "expected 2 inputs ('left', 'right') as a list or a dict, "
                    "got ndarray"),
                ([x], "expected 2 inputs ('left', 'right'), got 1"),
                ({"left": x}, "input 'right': expected (batch, 2), but got "
                              "only 'left'"),
                ([x, np.zeros((2, 2))], "input 'right': expected 1 samples, as "
                                        "'left' has, got 2")):
            with self.assertRaises(ValueError) as raised:
                model("pair")(value)
            self.assertEqual(str(raised.exception), message)


class Shapes(unittest.TestCase):
    def test_rank_is_adjusted_as_keras_does(self):
        pixels = model("pixels")
        x = np.arange(4.0).reshape(1, 2, 2)
        for value in (x, x[..., None], x[..., None, None]):
            np.testing.assert_array_equal(pixels(value), [[0, 1, 2, 3]])

    def test_wrong(self):
        for shape, got in (((2, 2), "(2, 2)"), ((), "()"), ((3,), "(3,)"),
                           ((1, 2, 3, 1), "(1, 2, 3, 1)"),
                           ((2, 2, 1), "(2, 2, 1)")):
            with self.assertRaises(ValueError) as raised:
                model("pixels")(np.zeros(shape))
            self.assertEqual(str(raised.exception),
                             "input 'image': expected (batch, 2, 2, 1), got " +
                             got)

    def test_no_samples(self):
        self.assertEqual(model("copy")(np.zeros((0, 2, 3))).shape, (0, 6))
        self.assertEqual(model("copy").predict(np.zeros((0, 2, 3))).shape,
                         (0, 6))

    def test_layouts(self):
        x = np.arange(24, dtype=np.float32).reshape(3, 2, 4)
        view = x.transpose(1, 0, 2)[:, ::-1, ::2]
        np.testing.assert_array_equal(model("copy")(view.transpose(0, 2, 1)),
                                      view.transpose(0, 2, 1).reshape(2, 6))


class Types(unittest.TestCase):
    def test_numbers_are_cast(self):
        for dtype in ("float64", "float16", "int64", "uint8", "bool"):
            y = model("copy")(np.ones((1, 2, 3), dtype))
            self.assertEqual(y.dtype, np.float32)
            np.testing.assert_array_equal(y, np.ones((1, 6)))

    def test_fractions_go_towards_zero(self):
        np.testing.assert_array_equal(
            model("words")(np.array([[1.9, -0.9]]))[0, :, 0], [10, 0])

    def test_no_numbers(self):
        for value, kind in ((np.full((1, 2, 3), "a"), "<U1"),
                            (np.ones((1, 2, 3), complex), "complex128")):
            with self.assertRaises(ValueError) as raised:
                model("copy")(value)
            self.assertEqual(str(raised.exception),
                             f"input 'x': expected numbers, got {kind}")

    def test_half_floats(self):
        for dtype in ("float16", "bfloat16"):
            text = f"""nn.model @half {{
  %x = nn.input {{shape = [4], name = "x", dtype = "{dtype}"}}
  %y = nn.reshape(%x) {{target_shape = [2, 2], dtype = "{dtype}"}}
  nn.output(%y)
}}"""
            import support
            support.TEXTS[dtype] = text
            half = model(dtype)
            x = np.array([[1.0, -2.5, np.inf, 1 / 3]])
            y = half(x)
            self.assertEqual(half.outputs[0].dtype, dtype)
            self.assertEqual(
                y.dtype, np.float16 if dtype == "float16" else np.float32)
            np.testing.assert_allclose(y.reshape(1, 4), x, rtol=0.005)

    def test_index_outside(self):
        with self.assertRaises(nnc.RunError) as raised:
            model("words")(np.array([[0, 4]]))
        self.assertEqual(raised.exception.status, 7)
        self.assertEqual(str(raised.exception), "model 'words': an input value "
                         "addresses outside its table")


class Outputs(unittest.TestCase):
    def test_fresh(self):
        x = np.ones((1, 2, 3), np.float32)
        first, second = model("copy")(x), model("copy")(2 * x)
        self.assertEqual((first[0, 0], second[0, 0]), (1, 2))

    def test_out(self):
        x = np.ones((2, 2, 3), np.float32)
        out = np.empty((2, 6), np.float32)
        self.assertIs(model("copy")(x, out=out), out)
        np.testing.assert_array_equal(out, np.ones((2, 6)))
        outs = {"sum": np.empty((1, 2), np.float32),
                "difference": np.empty((1, 2), np.float32)}
        self.assertIs(model("names")([[[3, 1]], [[1, 1]]], out=outs), outs)
        np.testing.assert_array_equal(outs["difference"], [[2, 0]])

    def test_wrong_out(self):
        x = np.ones((2, 2, 3), np.float32)
        for out, message in (
                (np.empty((2, 6)), "expected float32 (2, 6), got float64 "
                                   "(2, 6)"),
                (np.empty((1, 6), np.float32), "expected float32 (2, 6), got "
                                               "float32 (1, 6)"),
                (np.empty((2, 12), np.float32)[:, ::2],
                 "expected a writable, contiguous array"),
                ("text", "expected a numpy array, got str")):
            with self.assertRaises(ValueError) as raised:
                model("copy")(x, out=out)
            self.assertIn(message, str(raised.exception))

    def test_out_over_the_input(self):
        x = np.ones((1, 2, 3), np.float32)
        with self.assertRaises(nnc.RunError):
            model("copy")(x, out=x.reshape(1, 6))


class Batches(unittest.TestCase):
    def test_predict(self):
        x = np.random.default_rng(1).normal(size=(70, 64))
        dense = model("dense")
        whole = dense(x)
        for size in (None, 1, 7, 70, 1000):
            np.testing.assert_array_equal(dense.predict(x, batch_size=size),
                                          whole)
        with self.assertRaises(ValueError):
            dense.predict(x, batch_size=0)

    def test_fixed(self):
        fixed = model("copy", batch=2)
        self.assertEqual(fixed.batch, 2)
        x = np.arange(24.0).reshape(4, 2, 3)
        np.testing.assert_array_equal(fixed.predict(x), x.reshape(4, 6))
        with self.assertRaises(ValueError) as raised:
            fixed(x)
        self.assertEqual(str(raised.exception), "input 'x': expected (2, 2, 3),"
                         " got (4, 2, 3)")
        with self.assertRaises(ValueError) as raised:
            fixed.predict(x[:3])
        self.assertEqual(str(raised.exception), "the model takes 2 samples at "
                         "a time, but there are 3")


class States(unittest.TestCase):
    x = np.random.default_rng(2).normal(size=(2, 8, 1))

    def test_stateful(self):
        memory = model("memory", stateful=True)
        self.assertTrue(memory.stateful)
        memory.reset_states()
        first, second = memory(self.x), memory(self.x)
        self.assertFalse(np.array_equal(first, second))
        with self.assertRaises(ValueError) as raised:
            memory(self.x[:1])
        self.assertEqual(str(raised.exception), "the model keeps the state of "
                         "2 samples, but got 1; call reset_states() to begin "
                         "anew")
        memory.reset_states()
        np.testing.assert_array_equal(memory(self.x), first)

    def test_stream(self):
        stream = model("memory", stream=True)
        stream.reset_states()
        self.assertEqual(stream.inputs[0].shape, (None, 1))
        whole = stream(self.x)
        stream.reset_states()
        parts = [stream(self.x[:, a:b]) for a, b in ((0, 1), (1, 1), (1, 8))]
        np.testing.assert_array_equal(np.concatenate(parts, axis=1), whole)
        with self.assertRaises(ValueError) as raised:
            stream(np.zeros((2, 2, 2)))
        self.assertEqual(str(raised.exception), "input 'x': expected (batch, "
                         "steps, 1), got (2, 2, 2)")


class Threads(unittest.TestCase):
    def test_from_several_threads(self):
        dense = model("dense")
        x = np.random.default_rng(3).normal(size=(64, 64))
        want = dense(x)
        wrong = []

        def work(rows):
            for _ in range(100):
                if not np.array_equal(dense(x[rows]), want[rows]):
                    wrong.append(rows)

        threads = [threading.Thread(target=work, args=[slice(i, 64 - i)])
                   for i in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_within_a_call(self):
        x = np.random.default_rng(4).normal(size=(64, 64))
        want = model("dense")(x)
        several = model("dense", threads=3)
        self.assertEqual(several.threads, 3)
        for rows in (1, 2, 3, 64):
            np.testing.assert_array_equal(several(x[:rows]), want[:rows])

    def test_wrong(self):
        with self.assertRaises(ValueError):
            model("dense", threads=-1)


if __name__ == "__main__":
    unittest.main()
