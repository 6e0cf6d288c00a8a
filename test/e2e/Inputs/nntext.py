"""The nn dialect's text for layers that are given by their Keras config."""

import re

# Keys of Keras configs that say nothing about what a trained layer computes,
# or that the text has in another place.
DROPPED = re.compile(
    r"(name|dtype|trainable|seed|momentum|batch_input_shape|input_length|"
    r"build_config|quantization_config|noise_shape|"
    r"synchronized|renorm.*|unroll|implementation|use_cudnn|dropout|"
    r"recurrent_dropout|.*_initializer|.*_regularizer|.*_constraint)$")

SPELLED = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "PReLU": "prelu",
           "RMSNormalization": "rms_normalization"}


def mnemonic(keras_class):
    """Conv2D → conv2d, LeakyReLU → leaky_relu, SimpleRNN → simple_rnn."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])", "_",
                   keras_class)
    return SPELLED.get(keras_class, words.lower())


def value_text(value):
    """A value of a config as an attribute of the dialect."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        mantissa, sign, exponent = text.partition("e")
        if "." not in mantissa:
            mantissa += ".0"
        return mantissa + sign + exponent
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(value_text, value)) + "]"
    raise ValueError(f"no text for {value!r}")


def plain_value(key, value):
    """An activation as its name, whichever way Keras has written it."""
    if isinstance(value, dict) and "activation" in key:
        inner = value.get("config", value.get("class_name"))
        return inner if isinstance(inner, str) else value["class_name"].lower()
    return value


def keys_text(config, name):
    """The keys in braces."""
    keys = {key: plain_value(key, value) for key, value in config.items()
            if value is not None and not DROPPED.match(key)}
    if name is not None:
        keys["name"] = name
    return "{" + ", ".join(f"{key} = {value_text(value)}"
                           for key, value in keys.items()) + "}"


def layer_text(keras_class, config, name, operands=None):
    """`nn.dense(%x) {units = 4, name = "dense"}`; no operands inside
    nn.sequential."""
    text = f"nn.{mnemonic(keras_class)}"
    if operands is not None:
        text += "(" + ", ".join(operands) + ")"
    return f"{text} {keys_text(config, name)}"


def input_text(shape, name, dtype="float32"):
    """An input; `shape` without the batch."""
    keys = f"shape = {value_text(list(shape))}, name = {value_text(name)}"
    if dtype != "float32":
        keys += f", dtype = {value_text(dtype)}"
    return f"nn.input {{{keys}}}"
