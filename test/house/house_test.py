#!/usr/bin/env python3
"""Checks that house.py finds what it is there to find: each case is a small
tree with one breach, or with none, and the words that the report must have."""

import unittest

from tree import run_on_tree

# A pass that keeps every rule.
PASS = {
    "compiler/graph/FoldBatchNorm.cpp":
        "// Folds.\n#define GEN_PASS_DEF_FOLDBATCHNORMPASS\n",
    "compiler/graph/Passes.td":
        '// Passes.\ndef FoldBatchNormPass : Pass<"nnc-fold-batch-norm"> {}\n',
    "test/graph/fold-batch-norm.mlir":
        "// RUN: nn-opt --nnc-fold-batch-norm %s\n",
}


class HouseTest(unittest.TestCase):

    def report(self, files):
        return run_on_tree("house.py", files)

    def expect(self, files, words):
        result = self.report(files)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(words, result.stdout)

    def test_good(self):
        result = self.report(PASS)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_empty(self):
        self.assertEqual(self.report({}).returncode, 1)

    def test_includes(self):
        for path, name in [("compiler/codegen/A.cpp", "dialect/NNOps.h"),
                           ("compiler/graph/A.h", "compiler/lowering/Lowering.h"),
                           ("dialect/A.cpp", "compiler/model/ModelInfo.h"),
                           ("compiler/model/A.h", "mlir/IR/Builders.h"),
                           ("compiler/driver/A.cpp", "compiler/codegen/Plan.h"),
                           ("tools/nnc/A.cpp", "compiler/graph/Graph.h"),
                           ("runtime/src/a.c", "compiler/model/ModelInfo.h")]:
            self.expect({path: f'// A.\n#include "{name}"\n'},
                        f'{path}:2: must not include "{name}"')

    def test_runtime_is_a_guest(self):
        self.expect({"runtime/src/a.c": "/* A. */\n#include <llvm/A.h>\n"},
                    "must not include <llvm/A.h>")

    def test_pass_without_test(self):
        files = dict(PASS)
        del files["test/graph/fold-batch-norm.mlir"]
        self.expect(files, "has no test test/graph/fold-batch-norm.mlir")

    def test_pass_with_another_name(self):
        files = dict(PASS)
        files["compiler/graph/Passes.td"] = "// Passes.\n"
        self.expect(files, "has no 'FoldBatchNormPass'")

    def test_text(self):
        for text, words in [("int x;\n", "does not open with a comment"),
                            ("// A.\n" * 601, "has 601 lines"),
                            ("// A.\n// TO" "DO\n", "to be done later"),
                            ("// A.\nb.cast<A>();\n", "a retired idiom"),
                            ("// A.\nbuilder.create<A>();\n", "Op::create")]:
            self.expect({"dialect/A.cpp": text}, words)


if __name__ == "__main__":
    unittest.main()
