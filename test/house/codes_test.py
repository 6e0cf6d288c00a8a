#!/usr/bin/env python3
"""Checks that codes.py finds messages without a code: each case is a tree of
one source and one section, and the words that the report must have."""

import unittest

from tree import run_on_tree

EXPLAINED = "# Codes\n\n## N201: no such layer\n\nText.\n"


class CodesTest(unittest.TestCase):

    def report(self, source, explained=EXPLAINED, path="compiler/graph/A.cpp"):
        files = {path: source + "\n}\n", "compiler/driver/codes.md": explained}
        return run_on_tree("codes.py", files)

    def expect(self, source, words, **more):
        result = self.report(source, **more)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(words, result.stdout)

    def test_good(self):
        result = self.report(
            'mlir::emitError(loc) << "no such layer [N201]";\n'
            'return shapeError("is " + Twine(n) + " [N201]");\n'
            'return emitLayerError(op) << llvm::toString(x.takeError());\n'
            'static InFlightDiagnostic emitLayerError(LayerOp op) {}\n'
            'return fail("cannot read: " + toString(std::move(error)));')
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_streamed(self):
        self.expect('module.emitError() << "there is no model";\n'
                    'x("[N201]");', "A.cpp:1: the message has no code")

    def test_composed(self):
        self.expect('x("[N201]");\nreturn shapeError("axis " + Twine(axis) +\n'
                    '    " is named twice, by " + name);', "A.cpp:2:")

    def test_in_the_middle(self):
        self.expect('return fail("no layer [N201]" + more + " there");',
                    "A.cpp:1:")

    def test_in_parts(self):
        self.expect('x("[N201]");\n'
                    'InFlightDiagnostic error = emitLayerError(layer);\n'
                    'error << "its results are " << results;',
                    "no code in any of its parts")

    def test_assigned(self):
        """Strings that nnc-run makes messages of."""
        path = "tools/nnc-run/A.cpp"
        self.expect('x("[N201]");\nerror = "no input \'" + name +\n'
                    '    "\' there";', "A.cpp:2:", path=path)
        self.expect('x("[N201]");\nerror += " and no more";', "A.cpp:2:",
                    path=path)
        result = self.report('error = "no input " + name + " [N201]";\n'
                             'error = "cannot read \'" + path + "\': " + error;',
                             path=path)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_not_explained(self):
        self.expect('fail("no layer [N201]");\nfail("is odd [N202]");',
                    "N202 is not explained")

    def test_unused(self):
        self.expect('fail("no layer [N201]");', "nothing uses N301",
                    explained=EXPLAINED + "\n## N301: rank\n")


if __name__ == "__main__":
    unittest.main()
