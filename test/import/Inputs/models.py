"""Configs of Keras's as text, short enough to write in a test.

    models.py FILE < SPECIFICATION

FILE is a .json, an .h5 of a whole model, or a folder or a .keras archive. The
specification is Python: `model = ...` with the words below; `weights` is what
an .h5 has (see hdf5.py), `files` are further files of a folder or an archive,
texts or trees that become HDF5. Keras's own writers are not at hand in the
tests, and a test says what it is about more clearly than a file of Keras's, of
which most is always the same.
"""

import json
import os
import sys
import zipfile

import hdf5


def tensor(layer, node=0, index=0):
    """A tensor in Keras 3's words."""
    return {"class_name": "__keras_tensor__",
            "config": {"keras_history": [layer, node, index]}}


def node(*args, **kwargs):
    """A call of a layer in Keras 3's words."""
    return {"args": list(args), "kwargs": kwargs}


def layer(class_name, name, nodes=None, module="keras.layers", **config):
    entry = {"class_name": class_name, "name": name,
             "config": {"name": name, **config}}
    if module:
        entry["module"] = module
    if nodes is not None:
        entry["inbound_nodes"] = nodes
    return entry


def given(name, shape, key="batch_shape", **config):
    """An InputLayer."""
    return layer("InputLayer", name, [], **{key: [None] + shape}, **config)


def functional(name, layers, inputs, outputs, class_name="Functional",
               nodes=None, **more):
    entry = {"class_name": class_name, "name": name,
             "config": {"name": name, "layers": layers,
                        "input_layers": inputs, "output_layers": outputs},
             **more}
    if nodes is not None:
        entry["inbound_nodes"] = nodes
    return entry


def sequential(name, layers, nodes=None, **more):
    entry = {"class_name": "Sequential", "name": name,
             "config": {"name": name, "layers": layers}, **more}
    if nodes is not None:
        entry["inbound_nodes"] = nodes
    return entry


def main():
    path = sys.argv[1]
    words = dict(globals())
    exec(sys.stdin.read(), words)  # the test's own text
    text, version = json.dumps(words["model"]), words.get("version", "3.15.0")
    if path.endswith(".json"):
        files, path = {os.path.basename(path): text}, os.path.dirname(path)
    elif path.endswith(".h5"):
        files = {os.path.basename(path): {
            "@model_config": text, "@keras_version": version,
            "@backend": words.get("backend", "tensorflow"),
            "model_weights": words["weights"]}}
        path = os.path.dirname(path)
    else:
        files = {"metadata.json": json.dumps({"keras_version": version}),
                 "config.json": text, **words.get("files", {})}
    files = {name: hdf5.encode(content) if isinstance(content, dict)
             else content.encode() for name, content in files.items()}
    if path.endswith(".keras"):
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return
    for name, content in files.items():
        name = os.path.join(path, name)
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "wb") as file:
            file.write(content)


if __name__ == "__main__":
    main()
