"""Each layer class that LAYERS.md calls refused is refused, by name.

    refused_layers.py KERAS_LAYERS.txt WORK_DIR

A model of an input and one layer of the class, as JSON, is given to
`nnc --check`, which must end with 1 and name the layer and its class.
"""

import json
import os
import re
import subprocess
import sys


def one_layer_model(name):
    config = {"name": "model", "layers": [
        {"class_name": "InputLayer", "config": {
            "name": "x", "dtype": "float32", "batch_shape": [None, 3]}},
        {"class_name": name, "config": {"name": "it", "trainable": True}}]}
    return {"class_name": "Sequential", "config": config,
            "keras_version": "3.15.1"}


def main():
    listing, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    with open(listing, encoding="utf-8") as file:
        names = re.findall(r"^(\w+): refused:", file.read(), flags=re.M)
    failed = not names
    for name in names:
        path = os.path.join(folder, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(one_layer_model(name), file)
        done = subprocess.run(["nnc", "--check", path], capture_output=True,
                              text=True, check=False)
        said = f"layer 'it' ({name}): "
        if done.returncode != 1 or said not in done.stderr + done.stdout:
            failed = True
            print(f"{name}: exit {done.returncode}: {done.stderr}")
    print(f"{len(names)} classes")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
