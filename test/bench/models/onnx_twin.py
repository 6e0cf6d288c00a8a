"""The same network as an ONNX file, the way a Keras exporter writes it.

Images are channels first, which is what ONNX Runtime computes in: kernels are
transposed here, and the rows of a Dense after a Flatten. Padding goes into the
convolution or pooling that it was meant for. BatchNormalization stays a node of
its own, for the runtime to fold. Attention is written with ONNX's own operators,
or as the one operator that ONNX Runtime has for it. Needs numpy and onnx.
"""

import numpy
import onnx
from onnx import helper, numpy_helper

OPSET = 17
MICROSOFT = "com.microsoft"
FLOAT = onnx.TensorProto.FLOAT


class Twin:
    """A walk over the layers that collects nodes and initializers."""

    def __init__(self, net, seed, fused):
        self.net, self.seed, self.fused = net, seed, fused
        self.nodes, self.constants = [], []
        self.inputs, self.outputs = [], []
        self.value = {}  # layer → its tensor's name
        self.count = 0

    def constant(self, array, hint="c"):
        self.count += 1
        name = f"{hint}_{self.count}"
        array = numpy.array(array, order="C")
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def node(self, kind, *inputs, outputs=None, **attributes):
        self.count += 1
        outputs = outputs or [f"{kind.lower()}_{self.count}"]
        self.nodes.append(
            helper.make_node(kind, list(inputs), outputs, **attributes))
        return outputs[0]

    def weight(self, layer, variable):
        weight = layer.weights[variable]
        return numpy.asarray(weight.values(self.seed)).reshape(weight.shape)

    def activate(self, x, name):
        if name in (None, "linear"):
            return x
        if name == "relu6":
            return self.node("Clip", x, self.constant(numpy.float32(0)),
                             self.constant(numpy.float32(6)))
        if name == "swish":
            return self.node("Mul", x, self.node("Sigmoid", x))
        if name == "gelu":
            y = self.node("Div", x, self.constant(numpy.float32(2 ** 0.5)))
            y = self.node("Add", self.node("Erf", y),
                          self.constant(numpy.float32(1)))
            return self.node("Mul", self.node("Mul", x, y),
                             self.constant(numpy.float32(0.5)))
        if name == "softmax":
            return self.node("Softmax", x, axis=-1)
        return self.node({"relu": "Relu", "sigmoid": "Sigmoid"}[name], x)

    def source(self, layer):
        """What the layer reads and the zeros to put around it."""
        x = layer.inputs[0]
        if x.kind == "zero_padding2d":
            (top, bottom), (left, right) = x.keys["padding"]
            return self.value[x.inputs[0]], [top, left, bottom, right]
        kernel = layer.keys.get("kernel_size", 1)
        same = layer.keys.get("padding") == "same"
        if same and layer.keys["strides"] != 1:
            raise ValueError(f"{layer.name}: strided 'same' has no twin")
        return self.value[x], [kernel // 2 if same else 0] * 4

    # Layers ----------------------------------------------------------------

    def tensor(self, name, layer):
        """The declaration of a model's input or output."""
        shape = [self.net.batch] + layer.shape
        if len(shape) == 4:
            shape = [shape[0], shape[3], shape[1], shape[2]]
        return helper.make_tensor_value_info(name, FLOAT, shape)

    def input(self, layer):
        self.inputs.append(self.tensor("x", layer))
        return "x"

    def conv2d(self, layer):
        return self.convolve(layer, (3, 2, 0, 1), 1)

    def depthwise_conv2d(self, layer):
        return self.convolve(layer, (2, 3, 0, 1), layer.shape[-1])

    def convolve(self, layer, order, group):
        x, pads = self.source(layer)
        kernel = self.weight(layer, "kernel").transpose(order)
        inputs = [x, self.constant(kernel, "w")]
        if "bias" in layer.weights:
            inputs.append(self.constant(self.weight(layer, "bias"), "b"))
        y = self.node("Conv", *inputs, kernel_shape=list(kernel.shape[2:]),
                      strides=[layer.keys["strides"]] * 2, pads=pads,
                      group=group)
        return self.activate(y, layer.keys.get("activation"))

    def batch_normalization(self, layer):
        parts = [self.constant(self.weight(layer, name), "b") for name in
                 ("gamma", "beta", "moving_mean", "moving_variance")]
        return self.node("BatchNormalization", self.value[layer.inputs[0]],
                         *parts, epsilon=layer.keys["epsilon"])

    def layer_normalization(self, layer):
        parts = [self.constant(self.weight(layer, name), "b")
                 for name in ("gamma", "beta")]
        return self.node("LayerNormalization", self.value[layer.inputs[0]],
                         *parts, axis=-1, epsilon=layer.keys["epsilon"])

    def dense(self, layer):
        x, kernel = layer.inputs[0], self.weight(layer, "kernel")
        if x.kind == "flatten" and len(x.inputs[0].shape) == 3:
            height, width, channels = x.inputs[0].shape
            kernel = kernel.reshape(height, width, channels, -1)
            kernel = kernel.transpose(2, 0, 1, 3).reshape(x.shape[0], -1)
        kernel = self.constant(kernel, "w")
        if "bias" not in layer.weights:
            y = self.node("MatMul", self.value[x], kernel)
        elif len(layer.shape) == 1:
            y = self.node("Gemm", self.value[x], kernel,
                          self.constant(self.weight(layer, "bias"), "b"))
        else:
            y = self.node("MatMul", self.value[x], kernel)
            y = self.node("Add", y,
                          self.constant(self.weight(layer, "bias"), "b"))
        return self.activate(y, layer.keys.get("activation"))

    def activation(self, layer):
        return self.activate(self.value[layer.inputs[0]],
                             layer.keys["activation"])

    def rescaling(self, layer):
        return self.node("Mul", self.value[layer.inputs[0]],
                         self.constant(numpy.float32(layer.keys["scale"])))

    def normalization(self, layer):
        mean = numpy.float32(layer.keys["mean"]).reshape(1, -1, 1, 1)
        spread = numpy.sqrt(numpy.float32(layer.keys["variance"]))
        x = self.node("Sub", self.value[layer.inputs[0]], self.constant(mean))
        return self.node("Div", x, self.constant(spread.reshape(1, -1, 1, 1)))

    def zero_padding2d(self, layer):
        return None  # whoever reads it has it

    def max_pooling2d(self, layer):
        x, pads = self.source(layer)
        return self.node("MaxPool", x, pads=pads,
                         kernel_shape=[layer.keys["pool_size"]] * 2,
                         strides=[layer.keys["strides"]] * 2)

    def global_average_pooling2d(self, layer):
        x = self.node("GlobalAveragePool", self.value[layer.inputs[0]])
        return x if layer.keys.get("keepdims") else self.node("Flatten", x)

    def flatten(self, layer):
        return self.node("Flatten", self.value[layer.inputs[0]])

    def add(self, layer):
        return self.node("Add", *(self.value[x] for x in layer.inputs))

    def multiply(self, layer):
        return self.node("Mul", *(self.value[x] for x in layer.inputs))

    def gates(self, array, kind):
        """Keras's gates along the last axis in ONNX's order: i f c o → i o f c;
        z r h are the same."""
        parts = numpy.split(array, {"lstm": 4, "gru": 3}[kind], axis=-1)
        if kind == "lstm":
            parts = [parts[0], parts[3], parts[1], parts[2]]
        return numpy.concatenate(parts, axis=-1)

    def recurrent(self, layer):
        kind, units = layer.kind, layer.keys["units"]
        x = self.node("Transpose", self.value[layer.inputs[0]], perm=[1, 0, 2])
        bias = self.gates(self.weight(layer, "bias"), kind)
        if kind == "lstm":
            bias = numpy.concatenate([bias, numpy.zeros_like(bias)])
        inputs = [x] + [
            self.constant(self.gates(self.weight(layer, name), kind).T[None],
                          "w") for name in ("kernel", "recurrent_kernel")]
        inputs.append(self.constant(bias.reshape(1, -1), "b"))
        outputs = ["", layer.name + "_h"]
        if layer.keys.get("stateful"):
            inputs.append("")
            outputs = ["", "h_out"] + (["c_out"] if kind == "lstm" else [])
            shape = [1, self.net.batch, units]
            for name in [output[0] for output in outputs[1:]]:
                inputs.append(name + "_in")
                self.inputs.append(
                    helper.make_tensor_value_info(name + "_in", FLOAT, shape))
                self.outputs.append(
                    helper.make_tensor_value_info(name + "_out", FLOAT, shape))
        more = {"linear_before_reset": 1} if kind == "gru" else {}
        self.node(kind.upper(), *inputs, outputs=outputs, hidden_size=units,
                  **more)
        return self.node("Squeeze", outputs[1],
                         self.constant(numpy.array([0], numpy.int64)))

    lstm = gru = recurrent

    def multi_head_attention(self, layer):
        x = self.value[layer.inputs[0]]
        steps, width = layer.shape
        heads, size = layer.keys["num_heads"], layer.keys["key_dim"]

        def project(part, value):
            kernel = self.weight(layer, part + "/kernel").reshape(width, width)
            y = self.node("MatMul", value, self.constant(kernel, "w"))
            bias = self.weight(layer, part + "/bias").reshape(width)
            return self.node("Add", y, self.constant(bias, "b"))

        def reshape(value, *shape):
            shape = numpy.array([self.net.batch, steps, *shape], numpy.int64)
            return self.node("Reshape", value, self.constant(shape))

        def split(value, order):
            return self.node("Transpose", reshape(value, heads, size),
                             perm=order)

        query, key, value = (project(part, x)
                             for part in ("query", "key", "value"))
        if self.fused:
            y = self.node("MultiHeadAttention", query, key, value,
                          domain=MICROSOFT, num_heads=heads)
            return project("attention_output", y)
        query = self.node("Mul", split(query, [0, 2, 1, 3]),
                          self.constant(numpy.float32(size ** -0.5)))
        scores = self.node("MatMul", query, split(key, [0, 2, 3, 1]))
        y = self.node("MatMul", self.node("Softmax", scores, axis=-1),
                      split(value, [0, 2, 1, 3]))
        y = self.node("Transpose", y, perm=[0, 2, 1, 3])
        return project("attention_output", reshape(y, width))


def write(net, name, seed, path, fused=False):
    """`fused`: with ONNX Runtime's own operator for attention."""
    twin = Twin(net, seed, fused)
    for layer in net.layers:
        twin.value[layer] = getattr(twin, layer.kind)(layer)
    output = twin.tensor(twin.value[net.output_layer], net.output_layer)
    graph = helper.make_graph(twin.nodes, name, twin.inputs,
                              [output] + twin.outputs, twin.constants)
    domains = [("", OPSET)] + ([(MICROSOFT, 1)] if fused else [])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid(*d) for d in domains],
        producer_name="nnc-bench")
    model.ir_version = 8
    if not fused:  # the checker does not know that operator
        onnx.checker.check_model(model)
    onnx.save(model, path)
