"""The functions that need no model: messages of nnc, libraries that are none,
comparing, bfloat16."""

import ast
import glob
import json
import os
import pickle
import struct
import tempfile
import unittest
import zipfile

import numpy as np
import nnc
from nnc import _errors, _structure, _tensors, _verify


class Findings(unittest.TestCase):
    def test_parts(self):
        text = ("nnc: note: first of all\n"
                "m.mlir:3:3: error: layer 'a (b)' (Dense): needs 'units'\n"
                "m.mlir:2:1: note: it is used here\n"
                "nnc: note: and here\n"
                "/a b/m.keras: error: input 'x': is open [N204]\n"
                "something else\n")
        first, wide, input_ = _errors.parse_findings(text)
        self.assertEqual(first.severity, "note")
        self.assertEqual((wide.layer, wide.layer_class, wide.place),
                         ("a (b)", "Dense", "m.mlir:3:3"))
        self.assertEqual(wide.message, "layer 'a (b)' (Dense): needs 'units'")
        self.assertEqual(wide.notes, ["it is used here", "and here"])
        self.assertEqual((input_.code, input_.message, input_.layer),
                         ("N204", "input 'x': is open", None))
        self.assertEqual(input_.place, "/a b/m.keras")
        error = _errors.compile_error(text)
        self.assertIsInstance(error, nnc.UnsupportedModel)
        self.assertEqual(str(error),
                         "m.mlir:3:3: layer 'a (b)' (Dense): needs 'units'\n"
                         "  it is used here\n  and here\n"
                         "/a b/m.keras: input 'x': is open [N204]")

    def test_kinds(self):
        kind = _errors.compile_error("nnc: error: unknown CPU 'x'\n")
        self.assertIs(type(kind), nnc.CompileError)
        for text in ("", "Segmentation fault\n"):
            self.assertIs(type(_errors.compile_error(text)), nnc.ToolError)

    def test_pickle(self):
        error = _errors.compile_error("m.mlir: error: no\n")
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual(again.findings, error.findings)
        again = pickle.loads(pickle.dumps(nnc.RunError("no", 7)))
        self.assertEqual((str(again), again.status), ("no", 7))


class Libraries(unittest.TestCase):
    def refuse(self, data, words):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "m.so")
            with open(path, "wb") as file:
                file.write(data)
            with self.assertRaises(nnc.LoadError) as raised:
                nnc.load(path)
        self.assertEqual(str(raised.exception), f"{path}: {words}")

    def header(self, kind=3, machine=b"\x02\x01", offset=64, count=1):
        return struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF" + machine, kind, 62,
                           1, 0, 0, offset, 0, 64, 0, 0, 64, count, 0)

    def section(self, kind, offset, size):
        return struct.pack("<IIQQQQIIQQ", 0, kind, 0, 0, offset, size, 0, 0, 0,
                           0)

    def test_refused(self):
        self.refuse(b"", "it is no shared library")
        self.refuse(b"hello" * 100, "it is no shared library")
        self.refuse(self.header(machine=b"\x01\x01"),
                    "it is compiled for another kind of machine")
        self.refuse(self.header(kind=1), "it is no shared library; compile "
                                         "the model with -o MODEL.so")
        self.refuse(self.header(), "it is cut short")
        self.refuse(self.header(count=0), "it exports no model")
        self.refuse(self.header() + self.section(11, 1 << 40, 24),
                    "it is cut short")
        self.refuse(self.header() + self.section(11, 0, 1 << 40),
                    "its symbol table is damaged")

    def test_missing(self):
        with self.assertRaises(FileNotFoundError):
            nnc.load("/nowhere/m.so")


class Numbers(unittest.TestCase):
    def test_compare(self):
        def compare(got, want):
            return _verify.compare(np.array(got), np.array(want), 1e-4)
        self.assertEqual(compare([1.0, np.inf, np.nan],
                                 [1.0, np.inf, np.nan]), (0, 0))
        error, share = compare([1.0001], [1.0])
        self.assertAlmostEqual(error, 1e-4)
        self.assertAlmostEqual(share, 1 / 1.1, places=6)
        for got, want in (([np.nan], [0.0]), ([0.0], [np.inf]),
                          ([np.inf], [-np.inf])):
            self.assertEqual(compare(got, want), (np.inf, np.inf))
        self.assertEqual(_verify.compare(np.zeros(0), np.zeros(0), 1e-4),
                         (0, 0))

    def test_bfloat16(self):
        spec = _tensors.TensorSpec("x", "x", (), "bfloat16")

        def through(value):
            return float(_tensors.from_memory(_tensors.to_memory(
                np.array([value], np.float32), spec), spec)[0])
        # 8 bits of precision, ties to even.
        for value, near in ((1.0, 1.0), (1 + 1 / 256, 1.0), (-2.5, -2.5),
                            (1 + 3 / 256, 1 + 4 / 256), (3.4e38, np.inf)):
            self.assertEqual(through(value), near)
        self.assertTrue(np.isnan(through(np.nan)))
        bits = np.array([0x7fffffff], np.uint32).view(np.float32)[0]
        self.assertTrue(np.isnan(through(bits)))


class Templates(unittest.TestCase):
    def read(self, inputs, outputs):
        with tempfile.NamedTemporaryFile(suffix=".keras") as file:
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("config.json", json.dumps({"config": {
                    "input_layers": inputs, "output_layers": outputs}}))
            file.flush()
            return _structure.read_templates(file.name)

    def test_read(self):
        a, b = ["a", 0, 0], ["b", 0, 0]
        for flat in (a, [a], [a, b], {"x": a, "y": b}):
            self.assertEqual(self.read(flat, flat), (None, None))
        self.assertEqual(self.read([a, [b]], {"z": a, "y": [b]}),
                         ([0, [1]], {"z": 1, "y": [0]}))
        # A list of one around the outputs goes.
        self.assertEqual(self.read([{"x": a}], [{"x": a}]),
                         ([{"x": 0}], {"x": 0}))

    def test_none(self):
        self.assertEqual(self.read(3, [None, 1]), (None, None))
        self.assertEqual(_structure.read_templates(__file__), (None, None))


class Source(unittest.TestCase):
    def test_oldest_python(self):
        files = glob.glob(os.path.join(os.path.dirname(nnc.__file__), "*.py"))
        self.assertGreater(len(files), 10)
        for path in files:
            with open(path, encoding="utf-8") as file:
                ast.parse(file.read(), path, feature_version=(3, 9))


if __name__ == "__main__":
    unittest.main()
