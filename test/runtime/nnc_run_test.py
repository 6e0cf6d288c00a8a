"""nnc-run as a user calls it, on the models of pair.c and tally.c.

Writes and reads .npy files on its own, so that the tool is not tested with its
own code. Standard library only.
"""

import argparse
import ast
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

TOOL = ""
MODELS = ""
FORMATS = {"<f4": "f", "<f8": "d", "<i4": "i", "<i8": "q"}


def write_npy(path, descr, shape, values):
    header = str({"descr": descr, "fortran_order": False, "shape": shape})
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack(f"<{len(values)}{FORMATS[descr]}", *values))


def read_npy(path):
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack_from("<H", data, 8)
    header = ast.literal_eval(data[10 : 10 + length].decode().strip())
    code = FORMATS[header["descr"]]
    values = struct.iter_unpack("<" + code, data[10 + length :])
    return header["shape"], [value for (value,) in values]


class Case(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.pair = os.path.join(MODELS, "nnc-test-pair.so")
        self.tally = os.path.join(MODELS, "nnc-test-tally.so")
        # Two samples of pair's inputs, and what they give.
        write_npy(self.path("x.npy"), "<f4", (2, 2, 3), [1, 2, 3, 4, 5, 6] * 2)
        write_npy(self.path("ids.npy"), "<i4", (2, 2), [1, 0, 3, 2])
        self.y = [2, 4, 6, 4, 5, 6, 10, 20, 30, -2, -2.5, -3]
        write_npy(self.path("y.npy"), "<f4", (2, 2, 3), self.y)
        write_npy(self.path("total.npy"), "<f8", (2, 1), [27, 52.5])

    def path(self, name):
        return os.path.join(self.directory, name)

    def run_tool(self, *arguments):
        return subprocess.run(
            [TOOL, *arguments],
            cwd=self.directory,
            capture_output=True,
            text=True,
            check=False,
        )

    def passes(self, *arguments):
        result = self.run_tool(*arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr, "")
        return result.stdout

    def fails(self, *arguments):
        """One line on stderr that ends with a code, and exit code 1; the line
        without its prefix and the code."""
        result = self.run_tool(*arguments)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        prefix = "nnc-run: error: "
        self.assertTrue(result.stderr.startswith(prefix), result.stderr)
        self.assertRegex(result.stderr, r" \[N\d{3}\]\n$")
        return re.sub(r" \[N\d{3}\]", "", result.stderr)[len(prefix) : -1]


class Running(Case):
    INPUTS = ("--input", "x.npy", "--input", "ids.npy")

    def test_positions(self):
        self.passes(
            self.pair, *self.INPUTS, "--output", "a.npy", "--output", "b.npy"
        )
        self.assertEqual(read_npy(self.path("a.npy")), ((2, 2, 3), self.y))
        self.assertEqual(read_npy(self.path("b.npy")), ((2, 1), [27, 52.5]))

    def test_names(self):
        self.passes(
            self.pair,
            "--input=ids=ids.npy",
            "--input",
            "features/x=x.npy",
            "--output",
            "total=b.npy",
        )
        self.assertEqual(read_npy(self.path("b.npy")), ((2, 1), [27, 52.5]))

    def test_a_name_leaves_the_others_in_order(self):
        self.passes(
            self.pair, "--input", "ids.npy", "--input", "x=x.npy",
            "--expect", "y.npy", "--expect", "total.npy",
        )

    def test_numpys_default_types(self):
        write_npy(self.path("x.npy"), "<f8", (2, 2, 3), [1, 2, 3, 4, 5, 6] * 2)
        write_npy(self.path("ids.npy"), "<i8", (2, 2), [1, 0, 3, 2])
        self.passes(self.pair, *self.INPUTS, "--expect", "y.npy")

    def test_expect(self):
        out = self.passes(
            self.pair, *self.INPUTS, "--expect", "y.npy", "--expect",
            "total=total.npy",
        )
        self.assertEqual(
            out,
            "output 'y': largest error 0 (rtol 0.0001, atol 1e-05)\n"
            "output 'total': largest error 0 (rtol 0.0001, atol 1e-05)\n",
        )

    def test_expect_differs(self):
        wrong = list(self.y)
        wrong[7] = 20.5
        write_npy(self.path("wrong.npy"), "<f4", (2, 2, 3), wrong)
        arguments = (self.pair, *self.INPUTS, "--expect", "wrong.npy")
        self.assertEqual(
            self.fails(*arguments), "output 'y': 1 of 12 elements differ"
        )
        self.assertIn("error 0.5 at (1, 0, 1)", self.run_tool(*arguments).stdout)
        self.passes(*arguments, "--atol", "0.5")
        self.passes(*arguments, "--rtol", "0.1")

    def test_expect_goes_on_after_a_mismatch(self):
        write_npy(self.path("wrong.npy"), "<f4", (2, 2, 3), [0] * 12)
        write_npy(self.path("shape.npy"), "<f4", (2,), [0, 0])
        self.assertEqual(
            self.fails(
                self.pair, *self.INPUTS, "--expect", "wrong.npy",
                "--expect", "shape.npy",
            ),
            "output 'y': 12 of 12 elements differ; "
            "output 'total': has shape (2, 1), expected is (2,)",
        )

    def test_threads(self):
        self.passes(
            self.pair, *self.INPUTS, "--threads", "3", "--expect", "y.npy"
        )

    def test_no_samples(self):
        write_npy(self.path("x.npy"), "<f4", (0, 2, 3), [])
        write_npy(self.path("ids.npy"), "<i4", (0, 2), [])
        self.passes(self.pair, *self.INPUTS, "--output", "a.npy")
        self.assertEqual(read_npy(self.path("a.npy")), ((0, 2, 3), []))

    def test_the_models_error(self):
        write_npy(self.path("ids.npy"), "<i4", (2, 2), [1, 0, 4, 2])
        self.assertEqual(
            self.fails(self.pair, *self.INPUTS, "--output", "a.npy"),
            "model 'pair' failed with status 7: "
            "an input value addresses outside its table",
        )
        self.assertFalse(os.path.exists(self.path("a.npy")))


class BadInputs(Case):
    def test_missing(self):
        self.assertEqual(
            self.fails(self.pair, "--input", "x.npy"),
            "input 'ids' is missing; give it with --input",
        )

    def test_names(self):
        self.assertEqual(
            self.fails(self.pair, "--input", "z=x.npy"),
            "no input 'z'; there is 'x', 'ids'",
        )
        self.assertEqual(
            self.fails(self.pair, "--input", "x=x.npy", "--input", "x=x.npy"),
            "input 'x' is given twice",
        )
        self.assertEqual(
            self.fails(self.pair, *["--input", "x.npy"] * 3),
            "more files than the model has inputs: it has 'x', 'ids'",
        )
        self.assertEqual(
            self.fails(self.pair, "--output", "z=x.npy"),
            "no output 'z'; there is 'y', 'total'",
        )

    def test_shape(self):
        write_npy(self.path("x.npy"), "<f4", (2, 3), [0] * 6)
        self.assertEqual(
            self.fails(self.pair, "--input", "x.npy", "--input", "ids.npy"),
            "input 'x': expected (batch, 2, 3), got (2, 3)",
        )

    def test_type(self):
        write_npy(self.path("x.npy"), "<i4", (2, 2, 3), [0] * 12)
        self.assertEqual(
            self.fails(self.pair, "--input", "x.npy", "--input", "ids.npy"),
            "input 'x': expected float32, got int32",
        )

    def test_value(self):
        write_npy(self.path("ids.npy"), "<i8", (2, 2), [0, 0, 0, 1 << 31])
        self.assertEqual(
            self.fails(self.pair, "--input", "x.npy", "--input", "ids.npy"),
            "input 'ids': element 3 is 2147483648, "
            "which does not fit into int32",
        )

    def test_batch(self):
        write_npy(self.path("ids.npy"), "<i4", (3, 2), [0] * 6)
        self.assertEqual(
            self.fails(self.pair, "--input", "x.npy", "--input", "ids.npy"),
            "inputs disagree on the batch: 'x' has 2 samples, 'ids' has 3",
        )

    def test_files(self):
        self.assertEqual(
            self.fails(self.pair, "--input", "none.npy"),
            "cannot open 'none.npy': No such file or directory",
        )
        self.assertEqual(
            self.fails(self.pair, "--input", self.pair),
            f"cannot read '{self.pair}': it is no .npy file",
        )
        self.assertIn(
            "cannot write 'no/a.npy'",
            self.fails(
                self.pair, "--input", "x.npy", "--input", "ids.npy",
                "--output", "no/a.npy",
            ),
        )


class Info(Case):
    def test_info(self):
        self.assertEqual(
            self.passes(self.pair, "--info"),
            "model pair\n"
            "  input x: float32 (batch, 2, 3) (Keras: 'features/x')\n"
            "  input ids: int32 (batch, 2)\n"
            "  output y: float32 (batch, 2, 3) (Keras: 'scaled \"y\"')\n"
            "  output total: float32 (batch, 1)\n"
            "  batch: any\n"
            "  workspace: 128 bytes, aligned to 64\n"
            "  state: none\n"
            "  weights: inside\n"
            "  signature: 0x1122334455667788\n"
            "  ABI: 1.3\n",
        )

    def test_info_needs_no_weights(self):
        out = self.passes(self.tally, "--info")
        self.assertIn("  batch: 2\n", out)
        self.assertIn("  state: 16 bytes per batch row\n", out)
        self.assertIn("  weights: a file of 128 bytes\n", out)

    def test_help(self):
        out = self.passes("--help")
        for option in ("input", "output", "expect", "rtol", "atol", "threads"):
            self.assertIn("--" + option, out)
        self.assertNotIn("--generate", out)
        self.assertLessEqual(max(map(len, out.splitlines())), 80)
        self.assertRegex(self.passes("--version"), r"^nnc-run \d+\.\d+")


class Bench(Case):
    def test_json(self):
        out = self.passes(
            self.pair, "--bench", "--json", "--batch", "5", "--calls", "20"
        )
        times = json.loads(out)
        self.assertEqual(times["model"], "pair")
        self.assertEqual(times["batch"], 5)
        self.assertEqual(times["threads"], 1)
        self.assertEqual(times["calls"], 20)
        self.assertLessEqual(times["min_us"], times["median_us"])
        self.assertLessEqual(times["median_us"], times["p99_us"])
        self.assertLessEqual(times["p99_us"], times["max_us"])

    def test_text(self):
        out = self.passes(
            self.pair, "--bench", "--input", "x.npy", "--input", "ids.npy",
            "--calls", "3", "--threads", "2",
        )
        self.assertRegex(
            out,
            r"^pair: batch 2, threads 2, calls 3: median [0-9.]+ us, "
            r"min [0-9.]+ us, p99 [0-9.]+ us, max [0-9.]+ us\n$",
        )


class Profile(Case):
    """pair counts 300 ticks in one section and 100 in the other."""

    def test_json(self):
        for threads in ("1", "3"):
            profile = json.loads(self.passes(
                self.pair, "--profile", "--json", "--batch", "5", "--calls",
                "20", "--threads", threads,
            ))
            self.assertEqual(profile["threads"], int(threads))
            self.assertEqual(profile["calls"], 20)
            scale, total = profile["layers"]
            self.assertEqual(scale["name"], "scale<'1'> & \"co\"")
            self.assertEqual(scale["flops"], 5 * 12)
            self.assertEqual(scale["bytes"], 5 * 60 + 16)
            self.assertEqual(scale["share"], 0.75)
            self.assertEqual(total["name"], "total??[31m")
            self.assertEqual(total["fused"], "flatten, cast")
            self.assertIsNone(total["gflops"])

    def test_picture(self):
        out = self.passes(self.pair, "--profile=-", "--profile", "p.svg",
                          "--calls", "3")
        self.assertIn("total??[31m + flatten, cast", out)
        root = xml.etree.ElementTree.parse(self.path("p.svg")).getroot()
        self.assertTrue(root.tag.endswith("svg"))

    def test_files(self):
        """Files only leave the standard output empty; a word after --profile
        that cannot be a model is its file, wherever the model stands."""
        out = self.passes("--profile", "p.json", self.pair, "--calls", "3",
                          "--profile=p.html", "--profile", "q.svg")
        self.assertEqual(out, "")
        with open(self.path("p.json"), encoding="utf-8") as file:
            profile = json.load(file)
        self.assertEqual(profile["description"], {"note": "</script>"})
        with open(self.path("p.html"), encoding="utf-8") as file:
            page = file.read()
        self.assertIn("<title>pair: profile</title>", page)
        self.assertEqual(page.count("</script>"), 2)
        self.assertIn('{"note": "\\u003c/script>"}', page)
        for address in ("http://", "https://", "@import", "url(", "src="):
            self.assertNotIn(address, re.sub(
                r"http://www\.w3\.org/2000/svg|url\(#arrow\)", "", page))
        self.assertNotIn("{{", page)

    def test_errors(self):
        self.assertEqual(
            self.fails(self.pair, "--calls", "3", "--profile=missing/p.svg"),
            "cannot write 'missing/p.svg': No such file or directory",
        )
        Weights.weights(self, Weights.CHECKSUM)
        self.assertEqual(
            self.fails(self.tally, "--profile", "--weights", "w.bin"),
            "model 'tally' has no counters; compile it with nnc --profile",
        )


class Weights(Case):
    """tally: y = state += x * weight, with the weights in a file."""

    def weights(self, payload_checksum):
        head = struct.pack("<8sQQQ32x", b"NNCWGHT1", 128, 0x7A11F00D,
                           payload_checksum)
        with open(self.path("w.bin"), "wb") as file:
            file.write(head + struct.pack("<4f48x", 1, 2, 3, 4))

    # XXH3-64 of the payload above, from the reference implementation.
    CHECKSUM = 0xC69C033B4BB4A4F8

    def test_good(self):
        self.weights(self.CHECKSUM)
        write_npy(self.path("x.npy"), "<f4", (2, 4), [1] * 8)
        self.passes(
            self.tally, "--weights", "w.bin", "--input", "x.npy",
            "--output", "a.npy",
        )
        self.assertEqual(
            read_npy(self.path("a.npy")), ((2, 4), [1, 2, 3, 4] * 2)
        )

    def test_calls_keep_the_state(self):
        self.weights(self.CHECKSUM)
        write_npy(self.path("x.npy"), "<f4", (2, 4), [1] * 8)
        self.passes(
            self.tally, "--weights", "w.bin", "--input", "x.npy",
            "--output", "a.npy", "--calls", "3",
        )
        self.assertEqual(
            read_npy(self.path("a.npy")), ((2, 4), [3, 6, 9, 12] * 2)
        )

    def test_steps(self):
        self.weights(self.CHECKSUM)
        write_npy(self.path("x.npy"), "<f4", (2, 4), [1] * 8)
        self.assertEqual(
            self.fails(self.tally, "--weights", "w.bin", "--input", "x.npy",
                       "--steps", "3"),
            "model 'tally' is no stream, so that --steps has no meaning",
        )

    def test_batch(self):
        self.weights(self.CHECKSUM)
        write_npy(self.path("x.npy"), "<f4", (3, 4), [1] * 12)
        self.assertEqual(
            self.fails(self.tally, "--weights", "w.bin", "--input", "x.npy"),
            "model 'tally' takes batches of 2 only, got 3",
        )

    def test_bad(self):
        self.weights(self.CHECKSUM ^ 1)
        self.assertEqual(
            self.fails(self.tally, "--weights", "w.bin", "--bench"),
            "cannot use the weights 'w.bin': "
            "the checksum does not match; the file is damaged",
        )

    def test_missing(self):
        self.assertEqual(
            self.fails(self.tally, "--bench"),
            "model 'tally' keeps its weights in a file; name it with --weights",
        )

    def test_unwanted(self):
        self.weights(self.CHECKSUM)
        self.assertEqual(
            self.fails(self.pair, "--weights", "w.bin", "--bench"),
            "cannot use the weights 'w.bin': "
            "the model has its weights inside and takes none",
        )


class Libraries(Case):
    def test_several_models(self):
        both = os.path.join(MODELS, "nnc-test-both.so")
        error = self.fails(both, "--info")
        self.assertTrue(
            error.startswith(
                f"'{both}' has several models, choose one with --symbol:"
            )
        )
        for symbol in ("pair_model", "tally_model"):
            self.assertIn(" " + symbol, error)
        self.assertIn("model tally\n",
                      self.passes(both, "--info", "--symbol", "tally_model"))
        self.assertIn("model pair\n",
                      self.passes(both, "--info", "--symbol", "pair"))
        self.assertEqual(
            self.fails(both, "--info", "--symbol", "other"),
            f"'{both}' has no symbol 'other'",
        )

    def test_no_model(self):
        none = os.path.join(MODELS, "nnc-test-none.so")
        self.assertEqual(
            self.fails(none, "--info"),
            f"'{none}' exports no model, that is no symbol ending in '_model'",
        )

    def test_not_a_library(self):
        self.assertEqual(
            self.fails("none.so", "--info"),
            "cannot load 'none.so': No such file or directory",
        )
        self.assertEqual(
            self.fails("x.npy", "--info"),
            "cannot load 'x.npy': it is no shared library",
        )
        self.assertIn("it is no shared library", self.fails("/", "--info"))

    def test_damaged_libraries(self):
        with open(self.pair, "rb") as file:
            whole = file.read()
        (sections,) = struct.unpack_from("<Q", whole, 40)
        for size in (16, 63, 64, 1000, sections, len(whole) - 1):
            with open(self.path("cut.so"), "wb") as file:
                file.write(whole[:size])
            self.assertIn("cannot load 'cut.so'", self.fails("cut.so", "--info"))
        # The section headers say that they lie outside of the file.
        with open(self.path("cut.so"), "wb") as file:
            file.write(whole[:40] + b"\xff" * 8 + whole[48:])
        self.assertEqual(
            self.fails("cut.so", "--info"),
            "cannot load 'cut.so': its symbol table is damaged; "
            "name the model with --symbol",
        )

    def test_in_the_current_directory(self):
        os.symlink(self.pair, self.path("here.so"))
        self.assertIn("model pair\n", self.passes("here.so", "--info"))


class CommandLine(Case):
    def test_errors(self):
        for arguments, error in (
            ((), "no model given; --help shows how to call nnc-run"),
            (("a", "b"), "one model at a time, got 'a' and 'b'"),
            (("a", "--what"), "unknown option '--what'"),
            (("a", "--intput=x.npy"),
             "unknown option '--intput=x.npy'; did you mean '--input'?"),
            (("a", "--wieghts", "w"),
             "unknown option '--wieghts'; did you mean '--weights'?"),
            (("a", "--bench=2"), "--bench takes no value, got '--bench=2'"),
            (("--generate=perl",),
             "--generate takes bash, zsh, fish or man, not 'perl'"),
            (("a", "-x"), "unknown option '-x'"),
            (("a", "--input"), "option '--input' needs a value"),
            (("a", "--threads", "0"),
             "--threads needs a number from 1 to 1024, got '0'"),
            (("a", "--threads", "2x"),
             "--threads needs a number from 1 to 1024, got '2x'"),
            (("a", "--rtol", "-1"),
             "--rtol needs a number not below 0, got '-1'"),
            (("a", "--atol", "nan"),
             "--atol needs a number not below 0, got 'nan'"),
            (("a", "--json"), "--json and --batch need --bench or --profile"),
            (("a", "--profile=b.txt"),
             "--profile needs a file that ends in .html, .svg or .json, or - "
             "for text, got 'b.txt'"),
            (("a", "--profile", "b.so"),
             "one model at a time, got 'a' and 'b.so'; a file of --profile "
             "ends in .html, .svg or .json"),
            (("a", "--bench", "--profile"),
             "--bench and --profile are two things to do"),
            (("a", "--profile", "--calls", "100001"),
             "--profile makes at most 100000 calls, got 100001"),
            (("a", "--steps", "0"),
             "--steps needs a number from 1 to 2147483647, got '0'"),
        ):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.fails(*arguments), error)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--models", required=True)
    options, rest = parser.parse_known_args()
    TOOL, MODELS = options.tool, options.models
    unittest.main(argv=[sys.argv[0], *rest])
