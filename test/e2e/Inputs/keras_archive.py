"""A Keras 3 archive's config as the nn dialect's text.

Only what the tests' models need: Sequential and functional models, nested ones
too, whose layers have inputs by position and by keyword. What the dialect does
not have raises Unsupported.
"""

import json
import re
import zipfile

from nntext import input_text, layer_text, value_text

LAYERS = set("""Dense Conv1D Conv2D DepthwiseConv2D SeparableConv2D MaxPooling1D
MaxPooling2D AveragePooling1D AveragePooling2D GlobalAveragePooling1D
GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D BatchNormalization
LayerNormalization SimpleRNN LSTM GRU Embedding Activation ReLU LeakyReLU PReLU
ELU Softmax Flatten Reshape Permute RepeatVector ZeroPadding1D ZeroPadding2D
Cropping1D Cropping2D UpSampling1D UpSampling2D Add Subtract Multiply Average
Maximum Minimum Concatenate Dot Dropout AlphaDropout GaussianDropout
GaussianNoise SpatialDropout1D SpatialDropout2D SpatialDropout3D
ActivityRegularization Rescaling Normalization""".split())
STATES = {"SimpleRNN": 1, "GRU": 1, "LSTM": 2}


class Unsupported(Exception):
    """What keeps a model from being written in the dialect."""


def read_archive(path):
    """The config and the bytes of the weights' file."""
    with zipfile.ZipFile(path) as archive:
        return (json.loads(archive.read("config.json")),
                archive.read("model.weights.h5"))


def is_tensor(value):
    return isinstance(value, dict) and value.get("class_name") == \
        "__keras_tensor__"


def tensors_in(value):
    """The tensors in an argument, in order."""
    if is_tensor(value):
        return [value["config"]["keras_history"]]
    if isinstance(value, (list, tuple)):
        return [t for item in value for t in tensors_in(item)]
    return []


def endpoints(value):
    """The [layer, node, tensor] entries of input_layers or output_layers, which
    may be one, a list of them, or a dictionary, whose keys Keras sorts."""
    if isinstance(value, dict):
        return [e for key in sorted(value) for e in endpoints(value[key])]
    if isinstance(value, list) and len(value) == 3 and \
            isinstance(value[0], str):
        return [value]
    return [e for item in value for e in endpoints(item)]


def is_known(layer):
    """A layer of the dialect, and not an operation of the same name."""
    return layer["class_name"] in LAYERS and ".ops" not in layer["module"]


def is_model(layer):
    return layer["class_name"] in ("Functional", "Sequential")


def check_layer(layer):
    keras_class, config = layer["class_name"], layer["config"]
    if not is_known(layer):
        raise Unsupported(f"no {keras_class} in the dialect")
    policy = config.get("dtype") or "float32"
    if isinstance(policy, dict):
        policy = policy["config"].get("name") or policy["class_name"]
    if policy not in ("float32", "int32"):
        raise Unsupported(f"the dtype policy is {policy}")


def must_be_refused(config):
    """Whether the model needs what nnc does not compile, and must say so:
    state kept between calls, or masks."""
    keys = config.get("config", {})
    return bool(keys.get("stateful") or keys.get("mask_zero")) or any(
        must_be_refused(layer) for layer in keys.get("layers", []))


def result_count(layer):
    config = layer["config"]
    if layer["class_name"] == "Functional":
        return len(endpoints(config["output_layers"]))
    if not config.get("return_state"):
        return 1
    return 1 + STATES[layer["class_name"]]


class Writer:
    """Writes a model and, before it, those that it calls."""

    def __init__(self, shapes):
        self.shapes = shapes  # of the entry's inputs, without the batch
        self.models = []

    def write(self, config, symbol, shapes=None):
        """`shapes` where the model's own say None."""
        body = config["config"]
        sequential = config["class_name"] == "Sequential"
        lines = self.chain(body, shapes) if sequential else \
            self.graph(body, shapes)
        kind = "sequential" if sequential else "model"
        self.models.append(f"nn.{kind} @{symbol} {{\n" +
                           "".join(f"  {line}\n" for line in lines) + "}\n")

    def layer(self, layer, operands=None):
        if is_model(layer):
            symbol = re.sub(r"\W", "_", layer["config"]["name"])
            if symbol not in [re.search(r"@(\w+)", m)[1] for m in self.models]:
                self.write(layer, symbol)
            call = "" if operands is None else f"({', '.join(operands)})"
            name = value_text(layer["config"]["name"])
            return f"nn.call @{symbol}{call} {{name = {name}}}"
        check_layer(layer)
        return layer_text(layer["class_name"], layer["config"],
                          layer["config"]["name"], operands)

    def input(self, layer, shapes):
        config = layer["config"]
        shape = shapes.pop(0) if shapes else config["batch_shape"][1:]
        if None in shape:
            raise Unsupported("a nested model has open dimensions")
        dtype = config.get("dtype") or "float32"
        if dtype not in ("float32", "int32"):
            raise Unsupported(f"an input is {dtype}")
        return input_text(shape, config["name"], dtype)

    def chain(self, body, shapes):
        shapes = list(shapes or [])
        lines = []
        for layer in body["layers"]:
            if layer["class_name"] == "InputLayer":
                lines.append(self.input(layer, shapes))
            else:
                lines.append(self.layer(layer))
        return lines

    def graph(self, body, shapes):
        lines, values = [], {}
        layers = {layer["name"]: layer for layer in body["layers"]}
        inputs = [e[0] for e in endpoints(body["input_layers"])]
        by_name = dict(zip(inputs, shapes or []))
        order = inputs + [name for name in layers if name not in inputs]
        for name in order:
            layer = layers[name]
            if layer["class_name"] == "InputLayer":
                own = [by_name[name]] if name in by_name else []
                values[name, 0, 0] = f"%v{len(values)}"
                lines.append(f"{values[name, 0, 0]} = "
                             f"{self.input(layer, own)}")
        pending = [(layers[name], node, call) for name in order
                   for node, call in enumerate(layers[name]["inbound_nodes"])]
        while pending:
            rest = [p for p in pending if not self.node(*p, lines, values)]
            if len(rest) == len(pending):
                raise Unsupported("its graph has a cycle")
            pending = rest
        lines.append(f"nn.output({', '.join(self.outputs(body, values))})")
        return lines

    def node(self, layer, node, call, lines, values):
        """One call of a layer; False while an operand is not there yet."""
        operands = []
        for argument in call["args"]:
            operands += tensors_in(argument)
        keywords = {key: value for key, value in call["kwargs"].items()
                    if tensors_in(value)}
        for value in keywords.values():
            if any(tuple(t) not in values for t in tensors_in(value)):
                return False
        if any(tuple(t) not in values for t in operands):
            return False
        texts = [values[tuple(t)] for t in operands]
        for key, value in keywords.items():
            names = [values[tuple(t)] for t in tensors_in(value)]
            texts.append(f"{key} = [{', '.join(names)}]"
                         if isinstance(value, list) else f"{key} = {names[0]}")
        results = [f"%v{len(values) + i}" for i in range(result_count(layer))]
        lines.append(f"{', '.join(results)} = {self.layer(layer, texts)}")
        for i, result in enumerate(results):
            values[layer["name"], node, i] = result
        return True

    def outputs(self, body, values):
        """A nested functional model's calls count from 1 here."""
        nested = {layer["name"] for layer in body["layers"]
                  if layer["class_name"] == "Functional"}
        return [values[name, node - (name in nested), tensor]
                for name, node, tensor in endpoints(body["output_layers"])]


def sources_of(layer):
    """The names of the layers whose results this one takes."""
    return {tensor[0] for call in layer["inbound_nodes"]
            for argument in [*call["args"], *call["kwargs"].values()]
            for tensor in tensors_in(argument)}


def prune(config):
    """Drops the outputs of a functional model that need a layer which the
    dialect does not have, and the layers that lead to no other; gives the
    positions of the outputs that stay, None for all."""
    body = config["config"]
    if config["class_name"] != "Functional":
        return None
    layers = {layer["name"]: layer for layer in body["layers"]}
    good = {name for name, layer in layers.items()
            if is_known(layer) or is_model(layer) or
            layer["class_name"] == "InputLayer"}
    while any(not sources_of(layers[name]) <= good for name in good):
        good = {name for name in good if sources_of(layers[name]) <= good}
    outputs = endpoints(body["output_layers"])
    kept = [i for i, output in enumerate(outputs) if output[0] in good]
    if len(kept) == len(outputs):
        return None
    needed, found = set(), {outputs[i][0] for i in kept}
    while found:
        needed |= found
        found = {source for name in found
                 for source in sources_of(layers[name])} - needed
    body["layers"] = [layer for name, layer in layers.items() if name in needed
                      or layer["class_name"] == "InputLayer"]
    body["output_layers"] = [outputs[i] for i in kept]
    return kept


def to_text(config, symbol, shapes):
    """The whole text; `shapes` of the inputs, without the batch."""
    writer = Writer(shapes)
    writer.write(config, symbol, shapes)
    return "".join(writer.models)
