#!/usr/bin/env python3
"""Provokes what codes.md explains, and checks that it is that very code.

    explained.py CODES.md          the example of each section
    explained.py --no-limits CODES.md
                                   but for those with limits (ulimit), which
                                   AddressSanitizer does not work within
    explained.py --models FILE...  each part of files of nn-opt's error tests

Every error line that nnc and nnc-run print must end with a code. Sections without an
example are in the list below: what they are about cannot be provoked on every
machine.
"""

import os
import re
import subprocess
import sys
import tempfile

UNPROVOKED = {"N609"}
SECTION = re.compile(r"^## (\w+): .+$", re.M)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
LINE = re.compile(r" (error|warning): ")
CODE = re.compile(r" \[(N\d{3})\]$")


def run(command, folder):
    """The lines of stderr, and the exit status."""
    result = subprocess.run(["sh", "-c", command], cwd=folder, text=True,
                            errors="replace", capture_output=True, check=False,
                            timeout=60)
    return result.stderr.splitlines(), result.returncode


def without_code(lines):
    return [line for line in lines if LINE.search(line)
            and not CODE.search(line)]


def check_section(code, text, limits):
    blocks = BLOCK.findall(text)
    commands = [body for kind, body in blocks if kind == "sh"]
    if code.startswith("NNC_"):
        return []
    if not commands:
        return [] if code in UNPROVOKED else [f"{code}: has no example"]
    if not limits and "ulimit " in commands[0]:
        return []
    with tempfile.TemporaryDirectory() as folder:
        for kind, body in blocks:
            if kind != "sh":
                with open(os.path.join(folder, "model." + kind), "w",
                          encoding="utf-8") as file:
                    file.write(body)
        lines, status = run("".join(commands), folder)
    found = {m.group(1) for m in map(CODE.search, lines) if m}
    faults = [f"{code}: no code: {line}" for line in without_code(lines)]
    if code not in found:
        faults.append(f"{code}: the example gives {sorted(found)}: {lines}")
    failed = any(" error: " in line for line in lines)
    if status not in (0, 1) or (status == 1) != failed:
        faults.append(f"{code}: the example ends with {status}")
    return faults


def check_codes(path, limits):
    with open(path, encoding="utf-8") as file:
        parts = SECTION.split(file.read())
    codes = parts[1::2]
    faults = [f"{code}: is there twice" for code in set(codes)
              if codes.count(code) > 1]
    for code, text in zip(codes, parts[2::2]):
        faults += check_section(code, text, limits)
    return faults


def check_models(paths):
    faults = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            models = re.split(r"^// -----.*$", file.read(), flags=re.M)
        for model in models:
            with tempfile.TemporaryDirectory() as folder:
                with open(os.path.join(folder, "model.mlir"), "w",
                          encoding="utf-8") as file:
                    file.write(model)
                lines, _ = run("nnc model.mlir --emit=graph", folder)
            faults += [f"{path}: no code: {line}"
                       for line in without_code(lines)]
    return faults


def main(arguments):
    if arguments[0] == "--models":
        faults = check_models(arguments[1:])
    else:
        limits = arguments[0] != "--no-limits"
        faults = check_codes(arguments[-1], limits)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
