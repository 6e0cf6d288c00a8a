"""What the tests of the Python package share: files of the project, and models
of a few layers, compiled once for all tests of a file."""

import functools
import json
import os
import tempfile
import zipfile

import nnc

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), *[".."] * 3))
DIGITS = os.path.join(ROOT, "examples", "digits", "data")
RESNET = os.path.join(DIGITS, "digits_resnet.keras")
DICTS = os.path.join(ROOT, "test", "import", "Inputs", "dict_io.keras")

# Copies, sums and casts: results are known without computing.
TEXTS = {
    "copy": """nn.model @copy {
  %x = nn.input {shape = [2, 3], name = "x"}
  %y = nn.reshape(%x) {target_shape = [6]}
  nn.output(%y)
}""",
    "pixels": """nn.model @pixels {
  %x = nn.input {shape = [2, 2, 1], name = "image"}
  %y = nn.flatten(%x)
  nn.output(%y)
}""",
    "pair": """nn.model @pair {
  %a = nn.input {shape = [2], name = "left"}
  %b = nn.input {shape = [2], name = "right"}
  %sum = nn.add(%a, %b)
  %difference = nn.subtract(%a, %b)
  nn.output(%sum, %difference)
}""",
    "names": """nn.model @names {
  %a = nn.input {shape = [2], name = "left"}
  %b = nn.input {shape = [2], name = "right"}
  %sum = nn.add(%a, %b)
  %difference = nn.subtract(%a, %b)
  nn.output(%sum, %difference) {names = ["sum", "difference"]}
}""",
    "words": """nn.weight @words.table.embeddings : tensor<4x1xf32> =
    dense<[[0.0], [10.0], [20.0], [30.0]]>
nn.sequential @words {
  nn.input {shape = [2], dtype = "int32", name = "ids"}
  nn.embedding {input_dim = 4, output_dim = 1, name = "table"}
}""",
    "memory": """nn.sequential @memory {
  nn.input {shape = [8, 1], name = "x"}
  nn.lstm {units = 4, return_sequences = true}
}""",
    "dense": """nn.sequential @dense {
  nn.input {shape = [64], name = "x"}
  nn.dense {units = 64, activation = "tanh"}
  nn.dense {units = 8}
}""",
}


def write(folder, name):
    """The text as a file."""
    path = os.path.join(folder, name + ".mlir")
    with open(path, "w", encoding="utf-8") as file:
        file.write(TEXTS[name])
    return path


def nested_model(folder):
    """The model of DICTS with structures within structures, as Keras 3 writes
    them."""
    path = os.path.join(folder, "nested.keras")
    with zipfile.ZipFile(DICTS) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "config.json":
                model = json.loads(data)
                model["config"]["input_layers"] = {
                    "in": [{"zeta": ["zeta", 0, 0]}, ["alpha", 0, 0]]}
                model["config"]["output_layers"] = [
                    ["dense_1", 0, 0],
                    {"b": ["dense", 0, 0], "a": [["dense_1", 0, 0]]}]
                data = json.dumps(model)
            new.writestr(name, data)
    return path


@functools.lru_cache(maxsize=None)
def model(name, **options):
    """A compiled text. Shared: tests must leave it as it is."""
    options = {"seed": 1, "opt_level": 0, **options}
    with tempfile.TemporaryDirectory() as folder:
        return nnc.compile(write(folder, name), **options)
