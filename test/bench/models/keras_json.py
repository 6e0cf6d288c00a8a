"""The same network as Keras's own JSON, for TensorFlow.js.

The config of a functional model as Keras 2 writes it, and for each layer the
names of its weights in the layer's order, as they are in weights.safetensors. A
model with a layer that TensorFlow.js lacks, or has with another meaning, gets
none: its GRU has no reset_after. Needs the standard library alone.
"""

import json

CLASSES = {
    "input": "InputLayer", "dense": "Dense", "conv2d": "Conv2D",
    "depthwise_conv2d": "DepthwiseConv2D", "flatten": "Flatten",
    "batch_normalization": "BatchNormalization", "activation": "Activation",
    "zero_padding2d": "ZeroPadding2D", "max_pooling2d": "MaxPooling2D",
    "global_average_pooling2d": "GlobalAveragePooling2D", "add": "Add",
    "multiply": "Multiply", "lstm": "LSTM"}


def config(layer, batch):
    """The keys that the nn text leaves at Keras's defaults, and the others."""
    keys = dict(layer.keys, name=layer.name)
    if layer.kind == "input":
        keys["batch_input_shape"] = [batch] + keys.pop("shape")
        keys["dtype"] = "float32"
    if layer.kind == "lstm":
        # The initializers are not used, but run, and by default for long.
        keys.update(activation="tanh", recurrent_activation="sigmoid",
                    unit_forget_bias=False, recurrent_initializer="zeros")
    for name in ("kernel_size", "strides", "pool_size"):
        if name in keys:
            keys[name] = [keys[name]] * 2
    return keys


def write(net, path):
    """Returns whether TensorFlow.js knows all of the model."""
    if any(layer.kind not in CLASSES or layer.keys.get("activation") == "gelu"
           for layer in net.layers):
        return False
    layers = [{
        "class_name": CLASSES[layer.kind], "name": layer.name,
        "config": config(layer, net.batch),
        "inbound_nodes": [[[x.name, 0, 0, {}] for x in layer.inputs]]
        if layer.inputs else []} for layer in net.layers]
    model = {"class_name": "Functional", "config": {
        "name": "model", "layers": layers,
        "input_layers": [[net.input_layer.name, 0, 0]],
        "output_layers": [[net.output_layer.name, 0, 0]]}}
    weights = {layer.name: [w.name for w in layer.weights.values()]
               for layer in net.layers if layer.weights}
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"model": model, "weights": weights}, file)
    return True
