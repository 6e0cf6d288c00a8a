"""Compiling, saving, loading, handing over: what goes through files."""

import contextlib
import io
import json
import os
import pickle
import re
import shutil
import subprocess
import tempfile
import unittest
import warnings

import numpy as np
import nnc
from nnc._checksum import checksum
from support import DIGITS, RESNET, ROOT, model, write


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def compile(self, name, **options):
        return nnc.compile(write(self.folder, name),
                           **{"seed": 1, "opt_level": 0, **options})


class Compile(Files):
    def test_a_keras_object(self):
        class Saved:
            """What compile asks of a Keras model."""
            name = "my digits"

            def save(self, path):
                shutil.copyfile(RESNET, path)

        digits = nnc.compile(Saved())
        self.assertEqual(digits.name, "my_digits")
        probs = digits.predict(np.load(os.path.join(DIGITS, "images.npy")))
        np.testing.assert_allclose(
            probs, np.load(os.path.join(DIGITS, "digits_resnet.probs.npy")),
            atol=1e-5)
        # Its file is there as long as the model.
        self.assertEqual(os.listdir(os.path.dirname(
            digits.export(self.folder)[0])), ["my_digits.o", "my_digits.h"])

    def test_versions(self):
        printed = subprocess.run(["nnc", "--version"], check=True,
                                 capture_output=True, text=True).stdout
        self.assertRegex(printed, rf"\b{re.escape(nnc.__version__)}\b")
        project = os.path.join(ROOT, "runtime", "python", "pyproject.toml")
        with open(project, encoding="utf-8") as file:
            self.assertIn(f'\nversion = "{nnc.__version__}"\n', file.read())

    def test_options(self):
        open_ = self.path("open.mlir")
        with open(open_, "w", encoding="utf-8") as file:
            file.write("nn.model @open {\n  %x = nn.input {shape = [-1, 3], "
                       "name = \"x\"}\n  nn.output(%x)\n}\n")
        for shape in ((4, 3), "4x3", {"x": (4, 3)}):
            fixed = nnc.compile(open_, shape=shape, opt_level=0, mcpu=None)
            self.assertEqual(fixed.inputs[0].shape, (4, 3))
        with self.assertRaises(nnc.UnsupportedModel) as raised:
            nnc.compile(open_)
        self.assertIn("fix it with --shape", str(raised.exception))

    def test_all_findings(self):
        path = self.path("bad.mlir")
        with open(path, "w", encoding="utf-8") as file:
            file.write("nn.sequential @bad {\n  nn.input {shape = [8]}\n"
                       "  nn.dense {units = 0, name = \"a\"}\n"
                       "  nn.dense {units = -1, name = \"b\"}\n}\n")
        with self.assertRaises(nnc.UnsupportedModel) as raised:
            nnc.compile(path)
        self.assertEqual([(f.layer, f.layer_class, f.place[-4:])
                          for f in raised.exception.findings],
                         [("a", "Dense", ":3:3"), ("b", "Dense", ":4:3")])

    def test_the_file_is_gone(self):
        copy = self.compile("copy")
        os.unlink(self.path("copy.mlir"))
        with self.assertRaises(nnc.UnsupportedModel) as raised:
            copy.export(self.folder)
        found, = raised.exception.findings
        self.assertEqual((found.place, found.message), (
            self.path("copy.mlir"),
            "cannot be read: No such file or directory"))
        self.assertIn(found.place, str(raised.exception))

    def test_wrong(self):
        with self.assertRaises(nnc.CompileError) as raised:
            self.compile("copy", mcpu="none")
        self.assertNotIsInstance(raised.exception, nnc.UnsupportedModel)
        self.assertIn("unknown CPU 'none'", str(raised.exception))
        with self.assertRaises(FileNotFoundError):
            nnc.compile(self.path("none.keras"))
        with self.assertRaises(TypeError):
            nnc.compile(7)
        for program in ("/nowhere/nnc", self.folder):
            with self.assertRaises(nnc.ToolError):
                self.compile("copy", nnc=program)
        with self.assertRaises(nnc.ToolError):
            self.compile("copy", nnc="false")


class Save(Files):
    def test_save_and_load(self):
        names = model("names")
        names.save(self.path("m.so"))
        again = nnc.load(self.path("m.so"), threads=2)
        self.assertEqual(repr(again), repr(names))
        a, b = np.ones((1, 2)), np.zeros((1, 2))
        self.assertEqual(again([a, b])["sum"].tolist(), [[1, 1]])
        for needs in (again.export, again.profile):
            with self.assertRaises(nnc.LoadError):
                needs(self.path("out"))
        # Another model under the same name is another model.
        model("copy").save(self.path("m.so"))
        self.assertEqual(nnc.load(self.path("m.so")).name, "copy")
        self.assertEqual(again([a, b])["sum"].tolist(), [[1, 1]])
        again.save(self.path("n.so"))
        self.assertEqual(nnc.load(self.path("n.so")).name, "names")
        with self.assertRaises(nnc.LoadError) as raised:
            nnc.load(self.path("n.so"), symbol="copy")
        self.assertIn("it has no model 'copy', but names",
                      str(raised.exception))

    def test_nothing_half_written(self):
        with self.assertRaises(OSError):
            model("copy").save(self.path("none/m.so"))
        os.mkdir(self.path("m.so"))
        with self.assertRaises(OSError):
            model("copy").save(self.path("m.so"))
        self.assertEqual(os.listdir(self.folder), ["m.so"])

    def test_pickle(self):
        copy = pickle.loads(pickle.dumps(model("copy")))
        self.assertEqual(copy(np.ones((1, 2, 3))).tolist(), [[1] * 6])

    def test_fork(self):
        several = model("dense", threads=2)
        x = np.ones((5, 64))
        want = several(x)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that there are threads
            child = os.fork()
        if child == 0:
            os._exit(0 if np.array_equal(several(x), want) else 1)
        self.assertEqual(os.waitpid(child, 0)[1], 0)

    def test_weights_in_a_file(self):
        source, weights = write(self.folder, "dense"), self.path("m.weights")
        command = ["nnc", source, "--seed=1", "-O0", "--mcpu=native",
                   "-o", self.path("m.so"), "--weights-out", weights]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        x = np.ones((2, 64))
        apart = nnc.load(self.path("m.so"), weights=weights)
        np.testing.assert_array_equal(apart(x), model("dense")(x))
        with self.assertRaises(nnc.LoadError):
            nnc.load(self.path("m.so"))
        for change, words in ((slice(0, 1), "it is no weights file"),
                              (slice(16, 17), "another model"),
                              (slice(8, 9), "bytes, but needs")):
            with open(weights, "rb") as file:
                data = bytearray(file.read())
            data[change] = [data[change][0] ^ 255]
            with open(self.path("wrong"), "wb") as file:
                file.write(data)
            with self.assertRaises(nnc.LoadError) as raised:
                nnc.load(self.path("m.so"), weights=self.path("wrong"))
            self.assertIn(words, str(raised.exception))
        with open(weights, "rb") as file:
            data = bytearray(file.read())
        data[-9] ^= 1
        with open(self.path("wrong"), "wb") as file:
            file.write(data)
        with self.assertRaises(nnc.LoadError) as raised:
            nnc.load(self.path("m.so"), weights=self.path("wrong"))
        self.assertIn("the checksum does not match; the file is damaged",
                      str(raised.exception))

    def test_checksums_are_those_of_the_runtime(self):
        # Of the bytes k² · 7 + k · 31 + k / 256, by nnc_checksum.
        known = {
            0: 3244421341483603138,
            1: 14144645293874801883,
            3: 718995728703687421,
            4: 8761040753351069264,
            9: 15105471962244615675,
            16: 15191278740276740709,
            17: 11785824064049255455,
            100: 730764290124644615,
            128: 15683785635036371524,
            129: 17590493939441991325,
            240: 16299412041421046253,
            241: 3515649442923632804,
            1024: 8093436147704180672,
            1025: 15034245076812961515,
            1088: 6517824398896985497,
            2049: 16977572149784856287,
            100000: 2877383454259297137,
        }
        for size, expected in known.items():
            k = np.arange(size, dtype=np.int64)
            data = ((k * k * 7 + k * 31 + (k >> 8)) & 255).astype(np.uint8)
            self.assertEqual(checksum(data), expected, size)

    def test_a_library_without_description(self):
        model("names").save(self.path("m.so"))
        bare = nnc.load(self.path("m.so"))
        bare._library.info = {}
        bare = nnc.Model(bare._library)
        self.assertIsInstance(bare([np.ones((1, 2))] * 2), list)
        lines = []
        bare.summary(lines.append)
        self.assertEqual(lines, [repr(bare)])


class Looks(Files):
    def test_summary(self):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            model("dense").summary()
        self.assertTrue(out.getvalue().startswith('Model: "dense"\n'))
        self.assertIn("dense_1 (Dense)", out.getvalue())

    def test_profile(self):
        for threads in (1, 2):
            profile = self.compile("dense", threads=threads).profile(
                batch=3, seconds=0.01)
            self.assertEqual([(t.name, t.layer_class) for t in profile.layers],
                             [("dense", "Dense"), ("dense_1", "Dense")])
            self.assertEqual((profile.batch, profile.threads), (3, threads))
            self.assertGreater(profile.calls, 0)
            self.assertAlmostEqual(sum(t.share for t in profile.layers), 1)
            self.assertIn("layer    class", str(profile))
        pair = self.compile("pair")
        report = self.path("report.json")
        pair.profile([np.ones((3, 2))] * 2, seconds=0.01, report=report)
        with open(report, encoding="utf-8") as file:
            found = json.load(file)
        self.assertEqual(found["batch"], 3)
        self.assertGreater(found["roofline"]["gflops"], 0)
        with self.assertRaises(nnc.ToolError) as raised:
            pair.profile(seconds=0.01, report=self.path("report.txt"))
        self.assertIn("--profile needs a file that ends in .html",
                      str(raised.exception))
        state = model("memory", stateful=True, profile=True)
        self.assertEqual(state.profile(seconds=0.01).layers[0].name, "lstm")

    def test_export(self):
        dense = self.compile("dense")
        paths = dense.export(self.path("out"), mcpu=None)
        self.assertEqual([os.path.basename(p) for p in paths],
                         ["dense.o", "dense.h"])
        with open(paths[1], encoding="utf-8") as file:
            self.assertIn("dense_run", file.read())
        other = dense.export(self.path("arm"), target="aarch64-linux-gnu",
                             name="other")
        with open(other[0], "rb") as file:
            self.assertEqual(file.read()[18], 183)  # EM_AARCH64
        with self.assertRaises(TypeError):
            dense.export(self.path("out"), cpu="native")


if __name__ == "__main__":
    unittest.main()
