#!/usr/bin/env python3
"""Checks that every message of the compiler has a code that is explained.

    codes.py SOURCE_DIR

Looks at each place in the sources that makes an error or a note out of words
of its own, and prints one line for each

- whose words do not end with a code, as in "leads to no output [N215]";
- whose code has no section in compiler/driver/codes.md;

and for each section of codes.md whose code nothing uses. Exits with 1 when
there is any. A place that only passes on what another made, or begins what
others end, has no words at its end and needs no code. compiler/codegen is left
out, but for what checks options: its errors are faults of nnc, which the driver
gives their code. So is what goes to an editor's log.
"""

import os
import re
import sys

FOLDERS = ("dialect", "compiler", "tools/nnc", "tools/nn-lsp-server",
           "tools/nnc-run")
CODEGEN = ("CpuLevels.cpp", "TargetModel.cpp")
# Functions that make a message, or a part that ends one.
MAKERS = re.compile(
    r"(?<!\w)(?<!Logger::)(?:emitError|emitRemark|emitWarning|emitLayerError|emitMalformed|"
    r"emitCallError|emitSourceError|emit|createStringError|shapeError|"
    r"weightsError|makeError|refuse|fail|report|error|refusals\.push_back|"
    r"diagnostics\.note|printError)\(")
# In nnc-run, which knows nothing of LLVM, a message is a string.
ASSIGNED = re.compile(r"(?<![\w.])error \+?= ")
CODE = re.compile(r"\[(N\d{3})\]")
SECTION = re.compile(r"^## (\w+): ", re.M)
# Diagnostics that several statements make.
IN_PARTS = re.compile(r"InFlightDiagnostic (\w+) =")
# Their messages are parts of ones that end elsewhere.
PARTS = {"compiler/model/ModelInfo.cpp", "compiler/driver/HostModel.cpp",
         "compiler/import/SharedBuffer.cpp", "compiler/graph/StepRules.cpp",
         "tools/nnc-run/NpyHeader.cpp"}
# The driver's own, of what libraries say.
DRIVERS = {"N100", "N901", "N902"}


def skip_literal(text, at):
    """Behind the string or character literal that starts at `at`."""
    quote = text[at]
    at += 1
    while text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return at + 1


def tokens(text, at):
    """(position, character or literal) from `at` on, without comments."""
    while at < len(text):
        if text.startswith("//", at):
            at = text.index("\n", at)
        elif text[at] == '"' or (text[at] == "'" and
                                 not text[at - 1].isalnum()):
            end = skip_literal(text, at)
            yield at, text[at:end]
            at = end
        else:
            if not text[at].isspace():
                yield at, text[at]
            at += 1


def statement(text, at, depth=1):
    """What follows `at`, which is behind `depth` opening brackets, up to the
    end of the statement or of the brackets around it: a list of tokens. Empty
    for the head of a function's definition."""
    found = []
    for _, token in tokens(text, at):
        if depth == 0 and token == "{":
            return []
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
            if depth < 0:
                break
        elif token == ";" and depth == 0:
            break
        found.append(token)
    return found


def is_literal(token):
    return token.startswith('"')


def has_words(tokens_):
    """Does a message end here that is at least partly written here?"""
    literals = [token for token in tokens_ if is_literal(token)]
    if not any(re.search(r"[a-z]{2}", token) for token in literals):
        return False
    joined = "".join(tokens_)
    # An error of somebody else's ends it, with its code; or it is only begun:
    # others go on behind a colon, or name the thing that does.
    passes_on = re.search(r"(takeError\(\)|move\(error\)|reason|what|\berror)\)*$",
                          joined)
    begun = re.search(r"(: ?|expects |' |layer |: key '?)\"\)*$", joined)
    return not passes_on and not begun


def check(text, assigns):
    matches = list(MAKERS.finditer(text))
    if assigns:
        matches += ASSIGNED.finditer(text)
    for match in matches:
        line = text.count("\n", 0, match.start()) + 1
        if text[text.rfind("\n", 0, match.start()):match.start()].lstrip() \
                .startswith("//"):
            continue
        found = statement(text, match.end(),
                          depth=1 if match.group().endswith("(") else 0)
        if not has_words(found):
            continue
        literals = [token for token in found if is_literal(token)]
        if not CODE.search(literals[-1]) and "withCode(" not in "".join(found):
            yield line, "the message has no code at its end: " + literals[-1]
    for match in IN_PARTS.finditer(text):
        rest = text[match.end():text.index("\n}\n", match.end())]
        # Functions that begin one give it to who ends it.
        if f"return {match.group(1)};" in rest and "[N" not in rest:
            continue
        if not CODE.search(rest):
            yield (text.count("\n", 0, match.start()) + 1,
                   "the message has no code in any of its parts")


def sources(root):
    for folder in FOLDERS:
        for path, folders, files in os.walk(os.path.join(root, folder)):
            folders.sort()
            for name in sorted(files):
                own = "codegen" not in path or name in CODEGEN
                if name.endswith((".cpp", ".h")) and own:
                    yield os.path.join(path, name)


def main():
    if len(sys.argv) != 2:
        print("usage: codes.py SOURCE_DIR", file=sys.stderr)
        return 2
    root = sys.argv[1]
    with open(os.path.join(root, "compiler/driver/codes.md"),
              encoding="utf-8") as file:
        explained = set(SECTION.findall(file.read()))
    faults, used = [], set(DRIVERS)
    for path in sources(root):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        name = os.path.relpath(path, root)
        used |= set(CODE.findall(text)) | set(re.findall(r'"(N\d{3})"', text))
        if name not in PARTS:
            faults += [f"{name}:{line}: {what}" for line, what in
                       check(text, name.startswith("tools/nnc-run/"))]
        faults += [f"{name}: {code} is not explained in codes.md"
                   for code in set(CODE.findall(text)) - explained]
    faults += [f"codes.md: nothing uses {code}" for code in sorted(explained)
               if code.startswith("N") and code[1:].isdigit()
               and code not in used]
    print("\n".join(faults + [f"codes: {len(explained)} sections, "
                              f"{len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
