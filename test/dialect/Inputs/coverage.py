"""Fails where a layer or one of its keys is in no test of the dialect.

    coverage.py GENERATOR TEST...

GENERATOR is dialect/gen-reference.py, which reads the layers' records.
"""

import importlib.util
import re
import sys


def main():
    spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    used = {}
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith("//"):
                    continue
                for layer, rest in re.findall(r"\bnn\.((?:ops\.)?\w+)(.*)", line):
                    used.setdefault(layer, set()).update(
                        re.findall(r"(\w+) =", rest))
    records = reference.read_records()
    missing = []
    for name in records["!instanceof"]["NN_Layer"]:
        op = records[name]
        layer = op["opName"]
        if layer not in used:
            missing.append(f"nn.{layer}")
            continue
        keys = [key for key, _ in reference.arguments(records, op["keys"])]
        missing += [f"nn.{layer}: {key}"
                    for key in keys + op["trainingKeys"] + op["keywords"]
                    if key not in used[layer]]
    if missing:
        sys.exit("not tested:\n" + "\n".join(missing))


if __name__ == "__main__":
    main()
