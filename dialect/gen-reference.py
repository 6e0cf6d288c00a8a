#!/usr/bin/env python3
"""Writes the layers' part of README.md, and LAYERS.md, from the records.

    gen-reference.py [--check]

README.md has one entry for each layer, by the file it is declared in: its class
in Keras, its inputs, its keys with what each takes and its default, and the
model of its name in examples/, which has a file for each of these. LAYERS.md
has one line for each class that Keras has (keras-layers.txt lists them): the
operation it becomes and its limits, or why it is refused. Everything comes from
TableGen, so neither can say anything else than the parser does. --check changes
nothing and fails where a file is out of date.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap

FOLDER = os.path.dirname(os.path.abspath(__file__))
BEGIN = "<!-- The rest is written by gen-reference.py. -->\n"
# Layers that stand in no model as written, and have no example.
PASSES_WRITE = ("merge_time", "split_time", "reverse_time")
LAYERS_HEAD = """# Keras's layers in nnc

<!-- Written by gen-reference.py. -->

Of the {count} layer classes of Keras 3, {compiled} are compiled, with all their
keys unless a limit says otherwise. A model with anything else is refused, with
the reason; `nnc --check FILE` lists all of them at once. [README.md](README.md)
has each layer's keys.
"""


def read_records():
    """All records of NNLayers.td, by name."""
    tblgen = shutil.which("llvm-tblgen")
    if tblgen is None:
        sys.exit("gen-reference.py: llvm-tblgen is not in PATH")
    install = os.path.dirname(os.path.dirname(os.path.realpath(tblgen)))
    command = [tblgen, "--dump-json", "-I", os.path.join(install, "include"),
               "-I", os.path.dirname(FOLDER), os.path.join(FOLDER, "NNLayers.td")]
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
    numbers = {1: "one", 2: "two", 3: "three", 5: "five"}
    if least == most:
        return f"{numbers[least]} input{'s' if least > 1 else ''}"
    between = "or" if most < 0 or most == least + 1 else "to"
    plural = "s" if least > 1 or between == "to" else ""
    return (f"{numbers[least]} input{plural} or more" if most < 0 else
            f"{numbers[least]} {between} {numbers[most]} inputs")


def code_list(words):
    return ", ".join(f"`{word}`" for word in words)


def read_examples(path):
    """The example of each layer of a TableGen file: {name: lines}."""
    with open(os.path.join(FOLDER, example_path(path)),
              encoding="utf-8") as file:
        _, _, text = file.read().partition("\n\n")
    models = [model.strip() for model in text.split("// -----")]
    return {re.match(r"nn\.\w+ @([\w.]+) ", model).group(1):
            model.splitlines() for model in models}


def example_path(path):
    return os.path.join("examples", path.removesuffix(".td") + ".mlir")


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


def example_lines(path, model, name):
    if model is None:
        sys.exit(f"{example_path(path)}: has no example of nn.{name}")
    source = os.path.join("dialect", example_path(path))
    return [f"<!-- from: {source} -->", "```mlir", *model, "```", ""]


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
    with open(os.path.join(FOLDER, "NNLayers.td"), encoding="utf-8") as file:
        order = re.findall(r'include "dialect/(NN\w+Ops\.td)"', file.read())
    lines = []
    for path in order:
        lines += [f"### {family_of(path)}", ""]
        ops = families[path]
        examples = read_examples(path)
        for op in sorted(ops, key=lambda op: int(op["!locs"][-1].split(":")[1])):
            lines += layer_entry(records, op)
            if op["opName"] not in PASSES_WRITE:
                lines += example_lines(path, examples.pop(op["opName"], None),
                                       op["opName"])
        if examples:
            sys.exit(f"{example_path(path)}: has no layers "
                     f"{code_list(examples)}")
    return "\n".join(lines).rstrip() + "\n"


def read_classes():
    """Keras's classes by section: {section: [(class, words)]}."""
    sections, section = {}, None
    with open(os.path.join(FOLDER, "keras-layers.txt"),
              encoding="utf-8") as file:
        paragraphs = re.sub(r"^#.*\n", "", file.read(), flags=re.M).split("\n\n")
    for paragraph in paragraphs:
        section, *lines = paragraph.strip().splitlines()
        sections[section] = [(name, words) for name, _, words in
                             (line.partition(": ") for line in lines)]
    return sections


def layer_line(name, words, op):
    """One line of LAYERS.md."""
    if op is None:
        if not words:
            sys.exit(f"keras-layers.txt: {name} has neither an operation nor "
                     "words")
        kind, _, reason = words.partition(": ")
        return f"| {name} | {kind} | {reason} |"
    if words:
        sys.exit(f"keras-layers.txt: {name} has an operation and words")
    limits = op["limits"]
    passes = any(trait["def"] == "NN_TrainingOnly" for trait in op["traits"])
    if passes and not limits:
        limits = "passes its input through"
    return f"| {name} | `nn.{op['opName']}` | {limits} |"


def layers_page():
    """The text of LAYERS.md."""
    records = read_records()
    ops = {records[name]["keras"]: records[name]
           for name in records["!instanceof"]["NN_Layer"]}
    sections = read_classes()
    count = sum(map(len, sections.values()))
    refused = sum(words.startswith("refused") for lines in sections.values()
                  for _, words in lines)
    lines = [LAYERS_HEAD.format(compiled=count - refused, count=count)]
    for section, classes in sections.items():
        lines += [f"## {section}", "", "| in Keras | in nnc | limits |",
                  "| --- | --- | --- |"]
        lines += [layer_line(name, words, ops.get(name))
                  for name, words in classes]
        lines.append("")
    bare = sorted(name.removeprefix("ops.") for name in ops
                  if name.startswith("ops."))
    if bare:
        text = (f"{len(bare)} functions of `keras.ops`, by the class that a "
                "functional model's config has: " +
                ", ".join(f"`{name}`" for name in bare) + ".")
        lines += ["## Bare operations", "", textwrap.fill(text, 80), ""]
    return "\n".join(lines).rstrip() + "\n"


def write_page(path, wanted, check):
    """Writes the page, or ends where it is not as wanted."""
    if not check:
        with open(path, "w", encoding="utf-8") as file:
            file.write(wanted)
        return
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        text = ""
    if text != wanted:
        sys.exit(f"{path}: is out of date; run dialect/gen-reference.py")


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
    pages = {path: head + BEGIN + "\n" + reference(),
             os.path.join(FOLDER, "LAYERS.md"): layers_page()}
    for path, wanted in pages.items():
        write_page(path, wanted, options.check)


if __name__ == "__main__":
    main()
