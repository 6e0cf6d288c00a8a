#!/usr/bin/env python3
"""Runs every code block of the documents, so that what they say is true.

    run_blocks.py --source DIR --build DIR --cc CC --cxx CXX DOCUMENT...

Each document gets a scratch folder that looks like a checkout: `examples` and
`runtime` are copies, `build` is the build tree, the rest are links. Its blocks run in order:

  sh      by `bash -eu`, with build/bin in PATH; commands that build or test the
          whole project (tools/check, cmake --preset ...) are only checked to
          exist, since they would run this very test again, and so are those
          that measure all of it or serve a folder
  mlir    through `nnc --emit=nn`
  c, cpp  compiled, warnings as errors
  cmake   written to its file, for an `sh` block after it to configure
  python  run with the Python package, by a Python that has numpy; with a
          `file` note only parsed and written
  js      written to its file, for an `sh` block after it to run
  text    must say what it is: see `output`, `from`, `picture`

A comment in the line before a block tells what the block alone does not:

  <!-- file: app.c -->     also write it there; a later block must use the file
  <!-- output -->          it is what the `sh` or `python` block before
                           printed; `...` stands for anything
  <!-- error: text -->     an mlir block: nnc must refuse it, saying this
  <!-- from: NNOps.td -->  it is quoted from that file of the project
  <!-- picture -->         a text block that is not there to be run

Prints one line for each block that is wrong and exits with 1 if there is any.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TIME_LIMIT = 600  # seconds, for one block
NOTE = re.compile(r"^<!--\s*(file|output|error|from|picture)"
                  r"(?::\s*(.*?))?\s*-->$")
# The whole project's own commands, and a server, which does not end: run by
# hand or by CI, never from here.
PROJECT = re.compile(
    r"^(python3 -m http\.server|tools/(?:check|demo|package|setup|tidy|format)|/usr/lib/llvm-22/bin/lit"
    r"|cmake --preset|cmake --build --preset|ctest --preset"
    r"|test/bench/install-peers|test/bench/(?:run|web)(?= --models all))\b(.*)$")


def find_python():
    """A Python with numpy: this one, or else Debian's."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.access(python, os.X_OK) and subprocess.run(
                [python, "-c", "import numpy"], check=False,
                stderr=subprocess.DEVNULL).returncode == 0:
            return python
    raise Wrong("needs a Python with numpy (python3-numpy)")


class Wrong(Exception):
    """Something a reader of the document would stumble over."""


class Block:
    def __init__(self, line, language, note, argument, text):
        self.line = line          # of the opening fence
        self.language = language
        self.note = note          # "file", "output", ... or None
        self.argument = argument  # what follows the note's colon
        self.text = text


def parse(document):
    """The blocks of a document. Raises Wrong where a fence stays open."""
    blocks = []
    with open(document, encoding="utf-8") as file:
        lines = file.read().split("\n")
    index = 0
    while index < len(lines):
        fence = re.match(r"^( *)```(\w*)\s*$", lines[index])
        if not fence:
            index += 1
            continue
        note = NOTE.match(lines[index - 1].strip()) if index else None
        start = index + 1
        index = start
        while index < len(lines) and lines[index].strip() != "```":
            index += 1
        if index == len(lines):
            raise Wrong(f"{start}: the block is not closed")
        indent = len(fence.group(1))
        text = "".join(line[indent:] + "\n" for line in lines[start:index])
        blocks.append(Block(start, fence.group(2),
                            note.group(1) if note else None,
                            note.group(2) if note else None, text))
        index += 1
    return blocks


def trimmed(text):
    """Without spaces at the ends of lines, which no reader sees."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))


class Runner:
    """Runs one document's blocks in its scratch folder."""

    def __init__(self, options, scratch):
        self.options = options
        self.scratch = scratch
        self.printed = None  # by the last sh block
        self.unused = {}     # files written that no block has used yet
        bin_dir = os.path.join(options.build, "bin")
        self.environment = dict(
            os.environ,
            PATH=os.pathsep.join([bin_dir, os.environ.get("PATH", "")]))
        self.packages = os.path.join(options.source, "runtime", "python")

    def prepare(self):
        for name in os.listdir(self.options.source):
            path = os.path.join(self.options.source, name)
            if name in ("examples", "runtime"):
                shutil.copytree(path, os.path.join(self.scratch, name))
            elif name not in ("build", ".git"):
                os.symlink(path, os.path.join(self.scratch, name))
        os.symlink(self.options.build, os.path.join(self.scratch, "build"))

    def execute(self, command, text="", **environment):
        try:
            return subprocess.run(
                command, input=text, cwd=self.scratch,
                env={**self.environment, **environment}, text=True,
                capture_output=True, timeout=TIME_LIMIT, check=False)
        except subprocess.TimeoutExpired as error:
            raise Wrong(f"takes longer than {TIME_LIMIT} s") from error

    def check(self, command, text="", **environment):
        result = self.execute(command, text, **environment)
        if result.returncode != 0:
            raise Wrong(f"fails with {result.returncode}:\n"
                        f"{result.stdout}{result.stderr}".rstrip())
        return result

    def run(self, block):
        if block.note == "file":
            self.write(block)
        if block.note == "from":
            self.compare_with_source(block)
            return
        handler = getattr(self, "run_" + (block.language or "text"), None)
        if handler is None:
            raise Wrong(f"is in a language that no rule knows: "
                        f"'{block.language}'")
        handler(block)

    def write(self, block):
        path = os.path.normpath(os.path.join(self.scratch, block.argument))
        if not path.startswith(self.scratch + os.sep):
            raise Wrong(f"writes outside: {block.argument}")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(block.text)
        self.unused[block.argument] = block.line

    def compare_with_source(self, block):
        path = os.path.join(self.options.source, block.argument)
        try:
            with open(path, encoding="utf-8") as file:
                source = file.read()
        except OSError as error:
            raise Wrong(f"quotes '{block.argument}', which is not "
                        "there") from error
        if " ".join(block.text.split()) not in " ".join(source.split()):
            raise Wrong(f"is not what '{block.argument}' says")

    def run_sh(self, block):
        commands = []
        for line in block.text.split("\n"):
            project = PROJECT.match(line)
            if project:
                self.check_project_command(*project.groups())
            else:
                commands.append(line)
        script = "\n".join(commands)
        for name in list(self.unused):
            folder = os.path.dirname(name)
            if name in script or (folder and folder in script):
                del self.unused[name]
        self.printed = self.check(["bash", "-euc", script]).stdout

    def check_project_command(self, command, rest):
        if command.startswith("python3"):
            folder = rest.split()[-1]
            if not os.path.isdir(os.path.join(self.scratch, folder)):
                raise Wrong(f"'{folder}', which is served, is no folder")
            return
        if "/" in command:
            path = os.path.join(self.options.source, command)
            if not os.access(path, os.X_OK):
                raise Wrong(f"'{command}' is not an executable file")
            return
        presets = os.path.join(self.options.source, "CMakePresets.json")
        with open(presets, encoding="utf-8") as file:
            known = [p["name"] for p in json.load(file)["configurePresets"]]
        if not rest.split() or rest.split()[0] not in known:
            raise Wrong(f"'{command}{rest}' names no preset")

    def run_mlir(self, block):
        # A note for weights that nobody gave is not what a reader looks for.
        command = ["nnc", "--emit=nn", "--seed=1", "-"]
        if block.note != "error":
            self.check(command, block.text)
            return
        result = self.execute(command, block.text)
        if result.returncode == 0:
            raise Wrong("is accepted, but should be refused")
        if block.argument not in result.stderr:
            raise Wrong(f"is refused with other words:\n{result.stderr}")

    def compile(self, block, *command):
        flags = ["-Wall", "-Wextra", "-Werror", "-I.", "-Iruntime/include"]
        self.check([*command, *flags, "-c", "-o", os.devnull, "-"], block.text)

    def run_c(self, block):
        self.compile(block, self.options.cc, "-std=c11", "-xc")

    def run_cpp(self, block):
        self.compile(block, self.options.cxx, "-std=c++17", "-xc++")

    def run_js(self, block):
        if block.note != "file":
            raise Wrong("needs a 'file:' note, so that it can be run")

    def run_cmake(self, block):
        if block.note != "file":
            raise Wrong("needs a 'file:' note, so that it can be configured")

    def run_python(self, block):
        try:
            compile(block.text, "block", "exec")
        except SyntaxError as error:
            raise Wrong(f"is no Python: {error}") from error
        if block.note != "file":
            self.printed = self.check(
                [find_python(), "-"], block.text, PYTHONPATH=self.packages,
                PYTHONDONTWRITEBYTECODE="1").stdout

    def run_text(self, block):
        if block.note in ("picture", "file"):
            return
        if block.note != "output":
            raise Wrong("needs a note that says what it is")
        if self.printed is None:
            raise Wrong("has no 'sh' block before it")
        wanted = ".*".join(re.escape(part)
                           for part in trimmed(block.text).split("..."))
        if not re.fullmatch(wanted, trimmed(self.printed), re.S):
            raise Wrong(f"is not what was printed:\n{self.printed}".rstrip())


def run_document(options, document):
    """The number of wrong blocks, after a line for each."""
    wrong = 0

    def report(line, what):
        nonlocal wrong
        wrong += 1
        print(f"{document}:{line}: {what}")

    try:
        blocks = parse(os.path.join(options.source, document))
    except Wrong as error:
        print(f"{document}:{error}")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(options, os.path.realpath(scratch))
        runner.prepare()
        for block in blocks:
            try:
                runner.run(block)
            except Wrong as error:
                report(block.line, f"the block {error}")
        for name, line in runner.unused.items():
            report(line, f"writes '{name}', but no 'sh' block uses it")
    print(f"{document}: {len(blocks)} blocks, {wrong} wrong")
    return wrong


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("source", "build", "cc", "cxx"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("documents", nargs="+")
    options = parser.parse_args()
    options.source = os.path.realpath(options.source)
    options.build = os.path.realpath(options.build)
    wrong = [run_document(options, name) for name in options.documents]
    return 1 if any(wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
