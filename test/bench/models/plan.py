"""The same network as a flat list of steps, for libraries without a loader.

oneDNN, XNNPACK and the matrix libraries have no file format of their own; the
programs in drivers/ read this plan and call the library step by step, with
everything fused that it can fuse: BatchNormalization folded into the
convolution before it, activations and sums with a shortcut done by the
convolution. One line a step, `kind out in …`, tensors being numbers; weights
lie one after another in .plan.bin, at the offsets (in floats) that the line
gives, in ONNX's order: OIHW, [outputs][inputs]. A model with a layer that no
step stands for gets no plan. Needs numpy.
"""

import numpy


class Unsupported(Exception):
    """A layer that the plan has no step for."""


class Plan:
    """A walk over the layers that writes a line for each step."""

    def __init__(self, net, seed):
        self.net, self.seed = net, seed
        self.lines, self.blob, self.offset = [], [], 0
        self.number = {}  # layer → number of its tensor
        self.done = set()

    def data(self, array):
        array = numpy.ascontiguousarray(array, numpy.float32).ravel()
        self.blob.append(array)
        self.offset += array.size
        return self.offset - array.size

    def emit(self, kind, layer, *fields):
        self.number[layer] = len(self.lines)
        words = [kind, self.number[layer], *fields]
        self.lines.append(" ".join(str(word) for word in words))

    def weight(self, layer, variable):
        weight = layer.weights[variable]
        return numpy.asarray(weight.values(self.seed)).reshape(weight.shape)

    def only_user(self, layer, *kinds):
        users = self.net.users(layer)
        if len(users) == 1 and users[0].kind in kinds:
            return users[0]
        return None

    def source(self, layer):
        """The number of the tensor it reads; the zeros around it."""
        x = layer.inputs[0]
        if x.kind == "zero_padding2d":
            (top, bottom), (left, right) = x.keys["padding"]
            return self.number[x.inputs[0]], [top, left, bottom, right]
        same = layer.keys.get("padding") == "same"
        kernel = layer.keys.get("kernel_size", 1)
        return self.number[x], [kernel // 2 if same else 0] * 4

    def activation_after(self, layer):
        """The activation to fuse, and the layer whose value that gives."""
        if layer.keys.get("activation"):
            return layer.keys["activation"], layer
        user = self.only_user(layer, "activation")
        if user is None:
            return "none", layer
        self.done.add(user)
        return user.keys["activation"], user

    # Layers ----------------------------------------------------------------

    def input(self, layer):
        shape = layer.shape
        if len(shape) == 3:
            shape = [shape[2], shape[0], shape[1]]
        elif len(shape) != 1:
            raise Unsupported(layer)
        shape = [self.net.batch] + shape + [1] * (3 - len(shape))
        self.emit("input", layer, *shape)

    def conv2d(self, layer):
        kernel = self.weight(layer, "kernel").transpose(3, 2, 0, 1)
        self.convolve(layer, kernel, 1)

    def depthwise_conv2d(self, layer):
        kernel = self.weight(layer, "kernel").transpose(2, 3, 0, 1)
        self.convolve(layer, kernel, layer.shape[-1])

    def convolve(self, layer, kernel, group):
        x, pads = self.source(layer)
        bias = (self.weight(layer, "bias") if "bias" in layer.weights
                else numpy.zeros(layer.shape[-1]))
        last, residual = layer, -1
        norm = self.only_user(layer, "batch_normalization")
        if norm is not None:
            gamma, beta, mean, variance = (
                self.weight(norm, name).astype(numpy.float64) for name in
                ("gamma", "beta", "moving_mean", "moving_variance"))
            scale = gamma / numpy.sqrt(variance + norm.keys["epsilon"])
            kernel = kernel * scale[:, None, None, None]
            bias = (bias - mean) * scale + beta
            self.done.add(norm)
            last = norm
        total = self.only_user(last, "add")
        if total is not None:
            other = next(x for x in total.inputs if x is not last)
            if other in self.number:  # the shortcut is there already
                residual, last = self.number[other], total
                self.done.add(total)
        activation, last = self.activation_after(last)
        self.emit("conv", last, x, layer.shape[-1], layer.keys["kernel_size"],
                  layer.keys["strides"], *pads, group, activation, residual,
                  self.data(kernel), self.data(bias))

    def dense(self, layer):
        x, kernel = layer.inputs[0], self.weight(layer, "kernel")
        if len(layer.shape) != 1:
            raise Unsupported(layer)
        if "bias" not in layer.weights:
            self.emit("matmul", layer, self.number[x], layer.shape[0],
                      self.data(kernel.T))
            return
        if x.kind == "flatten" and len(x.inputs[0].shape) == 3:
            height, width, channels = x.inputs[0].shape
            kernel = kernel.reshape(height, width, channels, -1)
            kernel = kernel.transpose(2, 0, 1, 3).reshape(x.shape[0], -1)
        activation = layer.keys.get("activation", "none")
        softmax = activation == "softmax"
        self.emit("fc", layer, self.number[x], layer.shape[0],
                  "none" if softmax else activation, self.data(kernel.T),
                  self.data(self.weight(layer, "bias")))
        if softmax:
            self.emit("softmax", layer, self.number[layer])

    def activation(self, layer):
        raise Unsupported(layer)

    def batch_normalization(self, layer):
        raise Unsupported(layer)

    def rescaling(self, layer):
        """With the normalization after it one step: a 1x1 convolution of each
        channel."""
        norm = self.only_user(layer, "normalization")
        if norm is None:
            raise Unsupported(layer)
        self.done.add(norm)
        spread = numpy.sqrt(numpy.float64(norm.keys["variance"]))
        channels = layer.shape[-1]
        self.emit("conv", norm, self.number[layer.inputs[0]], channels, 1, 1,
                  0, 0, 0, 0, channels, "none", -1,
                  self.data(layer.keys["scale"] / spread),
                  self.data(-numpy.float64(norm.keys["mean"]) / spread))

    def zero_padding2d(self, layer):
        pass  # whoever reads it has it

    def max_pooling2d(self, layer):
        x, pads = self.source(layer)
        self.emit("maxpool", layer, x, layer.keys["pool_size"],
                  layer.keys["strides"], *pads)

    def global_average_pooling2d(self, layer):
        self.emit("gap", layer, self.number[layer.inputs[0]])

    def flatten(self, layer):
        self.emit("flatten", layer, self.number[layer.inputs[0]])

    def merge(self, layer):
        activation, last = self.activation_after(layer)
        self.emit({"add": "add", "multiply": "mul"}[layer.kind], last,
                  *(self.number[x] for x in layer.inputs), activation)

    add = multiply = merge

    def recurrent(self, layer):
        """The whole model in one step: the layer and the Dense after it."""
        head, net = self.only_user(layer, "dense"), self.net
        if head is None or head is not net.output_layer:
            raise Unsupported(layer)
        self.done.add(head)
        steps, features = net.input_layer.shape
        names = ("kernel", "recurrent_kernel", "bias")
        self.lines = []
        self.emit(layer.kind, head, steps, net.batch, features,
                  layer.keys["units"], head.shape[0], net.stateful + 0,
                  *(self.data(self.weight(layer, name)) for name in names),
                  self.data(self.weight(head, "kernel").T),
                  self.data(self.weight(head, "bias")))

    lstm = gru = recurrent


def write(net, seed, path):
    """Returns whether there is a plan for the model."""
    plan = Plan(net, seed)
    if len(net.input_layer.shape) == 2:  # over time: recurrent layers alone
        if net.layers[1].kind not in ("lstm", "gru"):
            return False
        plan.input = lambda layer: None
    try:
        for layer in net.layers:
            if layer not in plan.done:
                getattr(plan, layer.kind, plan.activation)(layer)
    except Unsupported:
        return False
    numpy.concatenate(plan.blob).tofile(path + ".bin")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(plan.lines) + "\n")
    return True
