"""The models of the table, by name.

Topologies are those of keras.applications and of Keras's own examples: stride
placement, the asymmetric padding of strided convolutions, biases. A convolution
is followed by a BatchNormalization of its own where Keras has one, for whoever
compiles or loads the model to fold.
"""

from net import Net


def mlp(batch, widths, last="softmax"):
    net = Net(batch)
    x = net.input(widths[0])
    for units in widths[1:-1]:
        x = net.dense(x, units, "relu")
    net.dense(x, widths[-1], last, gain=1.0)
    return net


def mnist_cnn(batch):
    net = Net(batch)
    x = net.input(28, 28, 1)
    x = net.conv(x, 32, 3, padding="valid", activation="relu")
    x = net.conv(x, 64, 3, padding="valid", activation="relu")
    x = net.flatten(net.max_pool(x, 2))
    x = net.dense(x, 128, "relu")
    net.dense(x, 10, "softmax", gain=1.0)
    return net


def halve(net, x, kernel):
    """Pads as Keras does before a "valid" convolution of stride 2."""
    after = kernel // 2
    return net.pad(x, after - (1 - x.shape[0] % 2), after)


def classify(net, x):
    net.dense(net.mean_pool(x), 1000, "softmax", gain=0.1)
    return net


def resnet50(batch):
    net = Net(batch)
    x = net.pad(net.input(224, 224, 3), 3, 3)
    x = net.batch_norm(net.conv(x, 64, 7, 2, "valid"), "relu")
    x = net.max_pool(net.pad(x, 1, 1), 3, 2)
    for filters, blocks, stride in ((64, 3, 1), (128, 4, 2), (256, 6, 2),
                                    (512, 3, 2)):
        for block in range(blocks):
            strides, short = (1, x) if block else (stride, None)
            if short is None:
                short = net.batch_norm(
                    net.conv(x, 4 * filters, 1, strides, "valid", gain=1.0))
            y = net.conv(x, filters, 1, strides, "valid")
            y = net.batch_norm(y, "relu")
            y = net.batch_norm(net.conv(y, filters, 3), "relu")
            y = net.conv(y, 4 * filters, 1, 1, "valid", gain=0.5)
            x = net.activation(net.sum(short, net.batch_norm(y)), "relu")
    return classify(net, x)


def mobilenet_v2(batch):
    net = Net(batch)
    x = net.input(224, 224, 3)
    x = net.conv(halve(net, x, 3), 32, 3, 2, "valid", bias=False)
    x = net.batch_norm(x, "relu6")
    for expand, filters, blocks, stride in (
            (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
            (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for block in range(blocks):
            strides, y = (1 if block else stride), x
            if expand > 1:
                y = net.conv(y, expand * x.shape[-1], 1, bias=False)
                y = net.batch_norm(y, "relu6")
            if strides == 2:
                y = net.depthwise(halve(net, y, 3), 3, 2, "valid", bias=False)
            else:
                y = net.depthwise(y, 3, bias=False)
            y = net.batch_norm(y, "relu6")
            y = net.batch_norm(net.conv(y, filters, 1, bias=False, gain=0.7))
            x = net.sum(x, y) if x.shape == y.shape else y
    x = net.batch_norm(net.conv(x, 1280, 1, bias=False), "relu6")
    return classify(net, x)


def efficientnet_b0(batch):
    net = Net(batch)
    x = net.rescaling(net.input(224, 224, 3), 1 / 255)
    x = net.normalization(x, [0.485, 0.456, 0.406],
                          [0.229 ** 2, 0.224 ** 2, 0.225 ** 2])
    x = net.conv(halve(net, x, 3), 32, 3, 2, "valid", bias=False)
    x = net.batch_norm(x, "swish")
    for kernel, blocks, filters, expand, stride in (
            (3, 1, 16, 1, 1), (3, 2, 24, 6, 2), (5, 2, 40, 6, 2),
            (3, 3, 80, 6, 2), (5, 3, 112, 6, 1), (5, 4, 192, 6, 2),
            (3, 1, 320, 6, 1)):
        for block in range(blocks):
            strides, y = (1 if block else stride), x
            channels = x.shape[-1]
            if expand > 1:
                y = net.conv(y, expand * channels, 1, bias=False)
                y = net.batch_norm(y, "swish")
            if strides == 2:
                y = net.depthwise(halve(net, y, kernel), kernel, 2, "valid",
                                  bias=False, gain=3.0)
            else:
                y = net.depthwise(y, kernel, bias=False, gain=3.0)
            y = net.batch_norm(y, "swish")
            squeezed = net.mean_pool(y, keepdims=True)
            squeezed = net.conv(squeezed, max(1, channels // 4), 1,
                                activation="swish")
            squeezed = net.conv(squeezed, y.shape[-1], 1, activation="sigmoid")
            y = net.product(y, squeezed)
            y = net.batch_norm(net.conv(y, filters, 1, bias=False))
            x = net.sum(y, x) if x.shape == y.shape else y
    x = net.batch_norm(net.conv(x, 1280, 1, bias=False), "swish")
    return classify(net, x)


def vgg16(batch):
    net = Net(batch)
    x = net.input(224, 224, 3)
    for filters, convolutions in ((64, 2), (128, 2), (256, 3), (512, 3),
                                  (512, 3)):
        for _ in range(convolutions):
            x = net.conv(x, filters, 3, activation="relu")
        x = net.max_pool(x, 2)
    x = net.dense(net.flatten(x), 4096, "relu")
    x = net.dense(x, 4096, "relu")
    net.dense(x, 1000, "softmax", gain=0.1)
    return net


def recurrent(batch, kind, units, steps, features):
    net = Net(batch)
    x = net.recurrent(net.input(steps, features), kind, units)
    net.dense(x, 10, gain=1.0)
    return net


def stream(kind, units):
    """One number in and out a call; the state goes on to the next."""
    net = Net()
    x = net.recurrent(net.input(1, 1), kind, units, stateful=True)
    net.dense(x, 1, gain=1.0)
    return net


def encoder(layers, steps, width, heads, activation):
    """The blocks of a transformer, normalized after each part."""
    net = Net()
    x = net.input(steps, width)
    for _ in range(layers):
        x = net.layer_norm(net.sum(x, net.self_attention(x, heads)))
        y = net.dense(x, 4 * width, activation, gain=1.0)
        y = net.dense(y, width, gain=1.0)
        x = net.layer_norm(net.sum(x, y))
    return net


def convolution(size, channels, filters, kernel, depthwise=False):
    net = Net()
    x = net.input(size, size, channels)
    if depthwise:
        net.depthwise(x, kernel, activation="relu")
    else:
        net.conv(x, filters, kernel, activation="relu")
    return net


def matmul(rows, inner, columns):
    net = Net(rows)
    net.dense(net.input(inner), columns, bias=False)
    return net


class Model:
    """An entry of the table: how to build it, and in which part it stands."""

    def __init__(self, part, build, *arguments):
        self.part, self._build, self._arguments = part, build, arguments

    def build(self):
        return self._build(*self._arguments)


MLP = [784, 512, 512, 10]
NETS, RECURRENT = "Networks", "Recurrent networks and encoders"
SINGLE = "Single convolutions and matrix products"

MODELS = {"tiny": Model(NETS, mlp, 1, [3, 4, 4, 1], None)}
MODELS.update({f"mlp_b{b}": Model(NETS, mlp, b, MLP) for b in (1, 32, 256)})
MODELS.update({f"mnist_cnn_b{b}": Model(NETS, mnist_cnn, b) for b in (1, 32)})
MODELS.update({
    "mobilenet_v2": Model(NETS, mobilenet_v2, 1),
    "efficientnet_b0": Model(NETS, efficientnet_b0, 1),
    "resnet50_b1": Model(NETS, resnet50, 1),
    "resnet50_b8": Model(NETS, resnet50, 8),
    "vgg16": Model(NETS, vgg16, 1),
})
for _kind in ("lstm", "gru"):
    for _batch in (1, 16):
        MODELS[f"{_kind}128_b{_batch}"] = Model(
            RECURRENT, recurrent, _batch, _kind, 128, 100, 64)
    for _units in (20, 40):
        MODELS[f"{_kind}{_units}_step"] = Model(RECURRENT, stream, _kind,
                                                _units)
for _activation in ("relu", "gelu"):
    MODELS[f"encoder_{_activation}"] = Model(RECURRENT, encoder, 4, 128, 256, 4,
                                             _activation)
for _size, _in, _out, _kernel in ((56, 64, 64, 3), (28, 128, 128, 3),
                                  (14, 256, 256, 3), (7, 512, 512, 3),
                                  (56, 256, 64, 1), (14, 1024, 256, 1)):
    MODELS[f"conv{_kernel}x{_kernel}_{_size}_{_in}_{_out}"] = Model(
        SINGLE, convolution, _size, _in, _out, _kernel)
for _size, _in in ((112, 32), (14, 576)):
    MODELS[f"depthwise3x3_{_size}_{_in}"] = Model(
        SINGLE, convolution, _size, _in, _in, 3, True)
for _m, _k, _n in ((64, 64, 64), (256, 256, 256), (512, 512, 512),
                   (1024, 1024, 1024), (2048, 2048, 2048), (1, 1024, 1024),
                   (8, 1024, 1024), (32, 768, 3072)):
    MODELS[f"matmul_{_m}_{_k}_{_n}"] = Model(SINGLE, matmul, _m, _k, _n)
