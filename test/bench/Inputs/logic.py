#!/usr/bin/env python3
"""Unit tests of the benchmark's arithmetic: values, shapes, differences, bounds.

The numbers are worked out by hand or by a second way of getting them.
"""

import array
import math
import os
import subprocess
import sys
import tempfile
import unittest

BENCH = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(BENCH, part) for part in ("harness", "models")]

import files     # noqa: E402
import measure   # noqa: E402
import report    # noqa: E402
import values    # noqa: E402
import zoo       # noqa: E402

ROOFLINE = {"threads": 1, "gflops": 100, "levels": [
    {"name": "L1", "bytes": 1000, "gbs": 10},
    {"name": "L2", "bytes": 2000, "gbs": 5},
    {"name": "L3", "bytes": 4000, "gbs": 2},
    {"name": "memory", "bytes": 0, "gbs": 1}]}


class Values(unittest.TestCase):
    def test_numpy_and_python_agree(self):
        plain = values._in_python(values._start(1, "w"), 50, 0.25, 1.0)
        self.assertEqual(list(values.uniform(1, "w", 50, 0.25, 1.0)),
                         list(plain))

    def test_spread(self):
        drawn = list(values.uniform(3, "w", 4000))
        self.assertTrue(all(-1 <= v < 1 for v in drawn))
        self.assertLess(abs(sum(drawn) / 4000), 0.05)
        self.assertLess(abs(sum(v * v for v in drawn) / 4000 - 1 / 3), 0.02)

    def test_streams_differ(self):
        first = list(values.uniform(1, "w", 4))
        self.assertNotEqual(first, list(values.uniform(2, "w", 4)))
        self.assertNotEqual(first, list(values.uniform(1, "v", 4)))
        self.assertEqual(first, list(values.uniform(1, "w", 9))[:4])


class Layouts(unittest.TestCase):
    def test_there_and_back(self):
        last = array.array("f", range(2 * 3 * 4 * 5))
        first = files.channels_first(last, 2, [3, 4, 5])
        moved = array.array("f")
        moved.frombytes(bytes(first))
        n, h, w, c = 1, 2, 3, 4
        self.assertEqual(moved[((n * 5 + c) * 3 + h) * 4 + w],
                         last[((n * 3 + h) * 4 + w) * 5 + c])
        self.assertEqual(bytes(files.channels_last(first, 2, [3, 4, 5])),
                         last.tobytes())


class Differences(unittest.TestCase):
    def test_relative_to_the_largest(self):
        self.assertEqual(measure.difference([1.0, -4.5], [1.0, -4.0]), 0.125)

    def test_never_equal(self):
        for ours, theirs in (([1.0], [1.0, 2.0]), ([math.nan], [1.0]),
                             ([1.0], [math.nan]), ([math.inf], [math.inf]),
                             ([0.0], [0.0]), ([], [])):
            self.assertEqual(measure.difference(ours, theirs), math.inf)

    def test_disturbed_runs_do_not_count(self):
        def one(seconds, on_cpu):
            return {"median_s": seconds, "least_s": seconds, "load_s": 0,
                    "first_s": 0, "peak_mb": 0, "on_cpu": on_cpu}

        found = measure.summary([one(1, 1), one(9, 0.5), one(3, 1)])
        self.assertEqual((found["median_s"], found["disturbed"]), (2, 1))
        self.assertEqual(measure.summary([one(9, 0.5)])["median_s"], 9)


class Tables(unittest.TestCase):
    def bound(self, flops, size, moved=None):
        return report.bound({"flops": flops, "set_bytes": size,
                             "moved_bytes": moved or size}, ROOFLINE)

    def test_bounds(self):
        self.assertAlmostEqual(self.bound(1e9, 100), 0.01)
        self.assertAlmostEqual(self.bound(1, 1000) * 1e9, 100)
        # 1000 B at 10, 2000 at 5, 4000 at 2, 1000 at 1.
        self.assertAlmostEqual(self.bound(1, 8000) * 1e9, 3500)
        self.assertAlmostEqual(self.bound(1, 1000, 5000) * 1e9, 500)
        self.assertIsNone(report.bound({}, None))

    def test_ratios(self):
        results = {"nnc": {"peer": False, "median_s": 2.0},
                   "nnc-x": {"peer": False, "median_s": 0.5},
                   "ort": {"peer": True, "median_s": 4.0},
                   "onednn": {"peer": True, "error": "wrong", "wrong": True},
                   "onednn-wino": {"peer": True, "median_s": 1.0}}
        self.assertEqual(report.ratios(results),
                         {"best": 0.5, "ort": 0.5, "wino": 2.0})
        self.assertEqual(report.cell(results["onednn"]), "**wrong**")
        del results["nnc"]["median_s"]
        self.assertEqual(set(report.ratios(results).values()), {None})

    def test_times(self):
        for seconds, text in ((1.234e-8, "12.3 ns"), (1e-6, "1.00 µs"),
                              (0.0254, "25.4 ms"), (12.34, "12.3 s"),
                              (1234.0, "1234 s"), (5e-11, "0.0500 ns")):
            self.assertEqual(report.time_text(seconds), text)


class Models(unittest.TestCase):
    def test_costs(self):
        tiny = zoo.MODELS["tiny"].build()
        self.assertEqual(tiny.flops, 2 * (12 + 16 + 4))
        self.assertEqual(tiny.weight_bytes, 4 * (32 + 9))
        self.assertEqual(tiny.moved_bytes, 4 * (41 + 4))
        gru = zoo.MODELS["gru128_b16"].build()
        self.assertEqual(gru.flops,
                         2 * 16 * (100 * 3 * 128 * (64 + 128) + 1280))
        self.assertEqual(gru.moved_bytes - gru.border_bytes - gru.weight_bytes,
                         4 * 99 * 128 * 384)

    def test_known_sizes(self):
        """Parameters as keras.applications counts them."""
        for name, count in (("resnet50_b1", 25636712), ("vgg16", 138357544),
                            ("mobilenet_v2", 3538984),
                            ("efficientnet_b0", 5330571 - 7)):
            net = zoo.MODELS[name].build()
            self.assertEqual(sum(w.size for w in net.weights), count, name)

    def test_text_is_accepted(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, model in zoo.MODELS.items():
                path = os.path.join(folder, name + ".mlir")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(model.build().text(name))
                found = subprocess.run(["nnc", path, "--emit=import"],
                                       capture_output=True, text=True,
                                       check=False)
                self.assertEqual(found.returncode, 0, found.stderr)


if __name__ == "__main__":
    unittest.main()
