#!/usr/bin/env python3
"""Writes the layers' part of README.md from the operations' records.

    gen-reference.py [--check]

One entry for each layer, by the file it is declared in: its class in Keras, its
inputs, its keys with what each takes and its default. Everything comes from
TableGen, so the reference cannot say anything else than the parser does.
--check changes nothing and fails where README.md is out of date.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
BEGIN = "<!-- The rest is written by gen-reference.py. -->\n"


def read_records():
    """All records of NNOps.td, by name."""
    tblgen = shutil.which("llvm-tblgen")
    if tblgen is None:
        sys.exit("gen-reference.py: llvm-tblgen is not in PATH")
    install = os.path.dirname(os.path.dirname(os.path.realpath(tblgen)))
    command = [tblgen, "--dump-json", "-I", os.path.join(install, "include"),
               "-I", os.path.dirname(FOLDER), os.path.join(FOLDER, "NNOps.td")]
    return json.loads(subprocess.run(command, check=True, text=True,
                                     stdout=subprocess.PIPE).stdout)


def arguments(records, dag):
    """(name, record) of each argument of a dag."""
    return [(name, records[value["def"]]) for value, name in dag["args"]]


def words_of(records, kind):
    """What a key takes, in words."""
    while not kind["summary"] and kind.get("baseAttr"):
        kind = records[kind["baseAttr"]["def"]]
    return kind["summary"]


def default_of(name, kind, required):
    """The default as an author would write it."""
    if name in required:
        return "required"
    value = kind.get("defaultValue")
    if value:
        value = value.replace("{", "[").replace("}", "]")
        return f"`{value}`"
    return "Keras's" if name.endswith("_initializer") else "none"


def count_words(least, most):
    words = {1: "one input", 2: "two inputs"}
    if least == most:
        return words[least]
    return f"{words[least]} or more"


def code_list(words):
    return ", ".join(f"`{word}`" for word in words)


def layer_entry(records, op):
    lines = [f"#### `nn.{op['opName']}`", ""]
    summary = op["summary"] or "passes its input through"
    lines.append(f"Keras's {op['keras']}: {summary}. "
                 f"Takes {count_words(op['least'], op['most'])}.")
    description = " ".join(op["description"].split())
    if description:
        lines.append(description)
    if op["keywords"]:
        lines.append(f"By keyword: {code_list(op['keywords'])}.")
    keys = arguments(records, op["keys"])
    if keys:
        lines += ["", "| key | value | default |", "| --- | --- | --- |"]
        for name, kind in keys:
            words = words_of(records, kind).replace("|", "\\|")
            default = default_of(name, kind, op["required"])
            lines.append(f"| `{name}` | {words} | {default} |")
    if op["trainingKeys"]:
        lines += ["", f"Kept, not read: {code_list(op['trainingKeys'])}."]
    return lines + [""]


def family_of(path):
    """The title in the first line of a TableGen file."""
    with open(os.path.join(FOLDER, path), encoding="utf-8") as file:
        title = re.match(r"//===- \S+ - (.*?) -*===//", file.readline())
    return title.group(1)[0].upper() + title.group(1)[1:]


def reference():
    records = read_records()
    families = {}
    for name in records["!instanceof"]["NN_Layer"]:
        op = records[name]
        path = os.path.basename(op["!locs"][-1].split(":")[0])
        families.setdefault(path, []).append(op)
    with open(os.path.join(FOLDER, "NNOps.td"), encoding="utf-8") as file:
        order = re.findall(r'include "dialect/(NN\w+Ops\.td)"', file.read())
    lines = []
    for path in order:
        lines += [f"### {family_of(path)}", ""]
        ops = families[path]
        for op in sorted(ops, key=lambda op: int(op["!locs"][-1].split(":")[1])):
            lines += layer_entry(records, op)
    return "\n".join(lines).rstrip() + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    path = os.path.join(FOLDER, "README.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    head, mark, _ = text.partition(BEGIN)
    if not mark:
        sys.exit(f"{path}: has no line '{BEGIN.strip()}'")
    wanted = head + BEGIN + "\n" + reference()
    if options.check:
        if text != wanted:
            sys.exit(f"{path}: is out of date; run dialect/gen-reference.py")
        return
    with open(path, "w", encoding="utf-8") as file:
        file.write(wanted)


if __name__ == "__main__":
    main()
