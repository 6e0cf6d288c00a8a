#!/usr/bin/env python3
"""Checks the rules of the house that a script can check.

    house.py SOURCE_DIR

Prints one line for each breach and exits with 1 when there is any:

- who may include whom: a folder includes only what the table below allows;
- one stem, many places: the file that defines a pass, the pass in Passes.td,
  its option and its test share one name;
- every file opens with a comment, is at most 600 lines long, and leaves
  nothing to be done later;
- no builder or cast idiom that MLIR has retired.
"""

import os
import re
import sys

MAX_LINES = 600
FOLDERS = ["dialect", "compiler", "runtime", "tools", "test", "examples"]
SOURCES = (".h", ".hpp", ".c", ".cpp", ".td")
TEXTS = SOURCES + (".py", ".cmake", ".txt", ".mlir", ".test")

STAGES = ["import", "graph", "lowering", "codegen", "emit"]

# Folder → the prefixes of what it may include with a root-relative name. The
# first folder that matches a file's path decides.
MAY_INCLUDE = [
    ("dialect/", ["dialect/", "mlir/", "llvm/"]),
    ("compiler/model/", ["compiler/model/", "llvm/"]),
    ("compiler/import/",
     ["compiler/import/", "compiler/model/", "dialect/", "mlir/", "llvm/"]),
    ("compiler/graph/",
     ["compiler/graph/", "compiler/model/", "dialect/", "mlir/", "llvm/"]),
    ("compiler/lowering/",
     ["compiler/lowering/", "compiler/model/", "dialect/", "mlir/", "llvm/"]),
    ("compiler/codegen/",
     ["compiler/codegen/", "compiler/model/", "runtime/include/nnc/abi.h",
      "mlir/", "llvm/"]),
    ("compiler/emit/",
     ["compiler/emit/", "compiler/model/", "nnc/abi.h",
      "runtime/include/nnc/abi.h", "mlir/", "llvm/", "lld/"]),
    ("compiler/driver/",
     ["compiler/driver/", "compiler/model/", "compiler/emit/",
      "dialect/Register.h", "dialect/LayerTable.h", "mlir/", "llvm/"] +
     [f"compiler/{stage}/{stage.capitalize()}.h" for stage in STAGES] +
     [f"compiler/{stage}/Passes.h" for stage in STAGES] +
     ["compiler/codegen/TargetModel.h", "compiler/import/Weights.h",
      "runtime/include/nnc/abi.h"]),
    ("runtime/", ["nnc/"]),
    ("tools/nnc-run/", ["nnc/", "tools/nnc-run/", "tools/options/"]),
    ("tools/options/", ["tools/options/"]),
    ("tools/", ["tools/", "compiler/driver/", "nnc/", "mlir/", "llvm/"]),
]
# These know nothing of LLVM, not even through <…>.
GUESTS = ("runtime/", "tools/nnc-run/", "tools/options/")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
LEFT_TO_DO = re.compile(r"\b(TODO|FIXME|XXX)\b")
RETIRED = [
    (re.compile(r"[bB]uilder\w*(\.|->)create<|rewriter(\.|->)create<"),
     "Op::create(builder, ...)"),
    (re.compile(r"[\w)\]](\.|->)(cast|dyn_cast|isa)<"),
     "the free cast<>, dyn_cast<>, isa<>"),
    (re.compile(r"applyPatternsAndFoldGreedily"), "applyPatternsGreedily"),
    (re.compile(r"let constructor"), "the generated createXPass()"),
]


def source_files(root):
    """Every file of the project, root-relative, in a fixed order."""
    for folder in FOLDERS:
        for path, folders, files in os.walk(os.path.join(root, folder)):
            folders[:] = sorted(f for f in folders if f != "__pycache__")
            for name in sorted(files):
                yield os.path.relpath(os.path.join(path, name), root)


def kebab(stem):
    """FoldBatchNorm → fold-batch-norm, ToLLVM → to-llvm."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-",
                  stem).lower()


def check_includes(path, text):
    allowed = next((a for folder, a in MAY_INCLUDE if path.startswith(folder)),
                   None)
    if allowed is None:
        return
    here = os.path.dirname(path)
    for match in INCLUDE.finditer(text):
        kind, name = match.groups()
        line = text.count("\n", 0, match.start(1)) + 1
        if kind == "<":
            guest = path.startswith(GUESTS)
            if guest and name.startswith(("llvm/", "mlir/", "llvm-c/")):
                yield line, f"must not include <{name}>"
            continue
        if name.endswith(".inc") and name.startswith(here + "/"):
            continue
        # The runtime's own private headers stand beside its sources.
        if path.startswith(GUESTS) and "/" not in name:
            continue
        if not name.startswith(tuple(allowed)):
            yield line, f'must not include "{name}"'


def opens_with_comment(path, text):
    if path.endswith((".h", ".hpp", ".c", ".cpp", ".td")):
        return text.startswith(("//", "/*"))
    if path.endswith(".py"):
        text = re.sub(r"\A#!.*\n", "", text)
        return text.startswith(("#", '"""'))
    if path.endswith((".cmake", "CMakeLists.txt")):
        # A list of a few lines says it all itself.
        return text.startswith("#") or text.count("\n") <= 10
    return True


def check_text(path, text):
    lines = text.count("\n")
    if lines > MAX_LINES:
        yield lines, f"has {lines} lines, but at most {MAX_LINES} are allowed"
    if not opens_with_comment(path, text):
        yield 1, "does not open with a comment"
    for number, line in enumerate(text.split("\n"), 1):
        if LEFT_TO_DO.search(line):
            yield number, "leaves something to be done later"
        if path.endswith(SOURCES):
            for pattern, instead in RETIRED:
                if pattern.search(line):
                    yield number, f"uses a retired idiom; use {instead}"


def check_pass(root, path, text):
    """The file that defines a pass, its record, its option and its test."""
    passes = re.findall(r"#define GEN_PASS_DEF_(\w+)", text)
    if not passes:
        return
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]
    option = "nnc-" + kebab(stem)
    if passes != [stem.upper() + "PASS"]:
        yield 1, f"must define the pass '{stem}Pass' and no other"
    table = os.path.join(root, folder, "Passes.td")
    with open(table, encoding="utf-8") as file:
        if not re.search(rf'def {stem}Pass\s*:\s*Pass<\s*"{option}"',
                         file.read()):
            yield 1, f"has no '{stem}Pass' with option '{option}' in Passes.td"
    test = os.path.join("test", os.path.basename(folder),
                        kebab(stem) + ".mlir")
    try:
        with open(os.path.join(root, test), encoding="utf-8") as file:
            if option not in file.read():
                yield 1, f"has a test that does not run --{option}: {test}"
    except OSError:
        yield 1, f"has no test {test}"


def check_file(root, path):
    if not path.endswith(TEXTS) or path.startswith("examples/digits/data/"):
        return
    with open(os.path.join(root, path), encoding="utf-8") as file:
        text = file.read()
    # This file must name what it forbids.
    if path != "test/house/house.py":
        yield from check_text(path, text)
    yield from check_includes(path, text)
    if path.endswith(".cpp"):
        yield from check_pass(root, path, text)


def main():
    if len(sys.argv) != 2:
        print("usage: house.py SOURCE_DIR", file=sys.stderr)
        return 2
    root = sys.argv[1]
    files = breaches = 0
    for path in source_files(root):
        files += 1
        for line, what in check_file(root, path):
            breaches += 1
            print(f"{path}:{line}: {what}")
    print(f"house: {files} files, {breaches} breaches")
    return 1 if breaches or not files else 0


if __name__ == "__main__":
    sys.exit(main())
