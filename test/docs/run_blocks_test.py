#!/usr/bin/env python3
"""Checks that run_blocks.py finds what it is there to find: each case is a
document, and the words that the report must have."""

import os
import subprocess
import sys
import tempfile
import unittest

RUN_BLOCKS = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                          "run_blocks.py")


def block(language, text, note=""):
    return f"{note}\n```{language}\n{text}\n```\n\n"


class RunBlocksTest(unittest.TestCase):

    def report(self, document):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, "examples"))
            with open(os.path.join(root, "page.md"), "w",
                      encoding="utf-8") as file:
                file.write(document)
            with open(os.path.join(root, "quoted.td"), "w",
                      encoding="utf-8") as file:
                file.write("def  A : B;\n")
            with open(os.path.join(root, "CMakePresets.json"), "w",
                      encoding="utf-8") as file:
                file.write('{"configurePresets": [{"name": "release"}]}')
            return subprocess.run(
                [sys.executable, RUN_BLOCKS, "--source", root, "--build", root,
                 "--cc", "cc", "--cxx", "c++", "page.md"],
                text=True, capture_output=True, check=False)

    def accept(self, document):
        result = self.report(document)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def refuse(self, document, words):
        result = self.report(document)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(words, result.stdout)

    def test_commands(self):
        self.accept(block("sh", "true"))
        self.refuse(block("sh", "false\ntrue"), "fails with 1")

    def test_output(self):
        shell = block("sh", "echo 1 2 3")
        self.accept(shell + block("text", "1 ... 3", "<!-- output -->"))
        self.refuse(shell + block("text", "1 3", "<!-- output -->"),
                    "is not what was printed")
        self.refuse(shell + block("text", "1 2 3"), "says what it is")
        self.refuse(block("text", "1", "<!-- output -->"), "has no 'sh' block")

    def test_files(self):
        program = block("c", "int main(void) { return 0; }",
                        "<!-- file: a.c -->")
        self.accept(program + block("sh", "cc a.c -o a\n./a"))
        self.refuse(program, "writes 'a.c', but no 'sh' block uses it")
        self.refuse(block("c", "int", "<!-- file: ../a.c -->"),
                    "writes outside")

    def test_languages(self):
        self.refuse(block("c", "int f(void) {}"), "fails with 1")
        self.refuse(block("cpp", "int f() {}"), "fails with 1")
        self.refuse(block("cmake", "project(a)"), "needs a 'file:' note")
        self.refuse(block("perl", "1"), "no rule knows")
        self.refuse(block("python", "1 +"), "is no Python")
        self.refuse(block("python", "1 / 0"), "fails with 1")
        self.accept(block("python", "import numpy\nprint(1)") +
                    block("text", "1", "<!-- output -->"))
        self.refuse("```sh\ntrue\n", "is not closed")

    def test_quotes(self):
        self.accept(block("text", "def A : B;", "<!-- from: quoted.td -->"))
        self.refuse(block("text", "def A : C;", "<!-- from: quoted.td -->"),
                    "is not what 'quoted.td' says")
        self.refuse(block("text", "def A", "<!-- from: none.td -->"),
                    "which is not there")

    def test_project_commands(self):
        self.accept(block("sh", "cmake --preset release"))
        self.refuse(block("sh", "cmake --preset slow"), "names no preset")
        self.refuse(block("sh", "tools/check"), "not an executable file")


if __name__ == "__main__":
    unittest.main()
