"""Networks as lists of Keras layers: one description that everything is made of.

A Net is built layer by layer, as with Keras's functional API. From it come the
nn text and the weights file for nnc (here and in files.py), the ONNX twin
(onnx_twin.py) and the plan that the libraries' runners follow (plan.py), so that
all of them compute the same function of the same numbers. Shapes are without the
batch and channels last, as Keras has them. Weights are described here, and made
when somebody asks for their values.
"""

import math

import values


class Weight:
    """One variable of a layer: base ± scale, evenly spread."""

    def __init__(self, name, shape, scale, base=0.0):
        self.name, self.shape = name, list(shape)
        self.scale, self.base = scale, base

    @property
    def size(self):
        return math.prod(self.shape)

    def values(self, seed):
        return values.uniform(seed, self.name, self.size, self.scale, self.base)


class Layer:
    """A node: `kind` is the name in the nn dialect, `keys` are its config."""

    def __init__(self, kind, name, inputs, keys, shape):
        self.kind, self.name, self.inputs = kind, name, inputs
        self.keys, self.shape = keys, list(shape)
        self.weights = {}  # variable → Weight
        self.macs = 0      # for one sample
        self.reuse = 1     # how often one call needs the weights again

    def __repr__(self):
        return f"{self.kind} {self.name} {self.shape}"


def same_size(size, stride):
    return -(-size // stride)


class Net:
    """A graph under construction. Every method adds one layer and returns it."""

    def __init__(self, batch=1):
        self.batch, self.layers, self.counts = batch, [], {}
        self.stateful = False

    def add(self, kind, inputs, keys, shape):
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        layer = Layer(kind, f"{kind}_{number}", inputs, keys, shape)
        self.layers.append(layer)
        return layer

    def weight(self, layer, variable, shape, *, fan_in=0, gain=2.0, base=0.0,
               spread=0.05):
        """A kernel has the variance gain / fan_in; what has no fan_in is small."""
        scale = math.sqrt(3 * gain / fan_in) if fan_in else spread
        layer.weights[variable] = Weight(f"{layer.name}/{variable}", shape,
                                         scale, base)

    @property
    def input_layer(self):
        return self.layers[0]

    @property
    def output_layer(self):
        return self.layers[-1]

    def users(self, layer):
        return [l for l in self.layers if layer in l.inputs]

    # Layers ----------------------------------------------------------------

    def input(self, *shape):
        return self.add("input", [], {"shape": list(shape)}, shape)

    def dense(self, x, units, activation=None, bias=True, gain=2.0):
        keys = {"units": units}
        if activation:
            keys["activation"] = activation
        if not bias:
            keys["use_bias"] = False
        layer = self.add("dense", [x], keys, x.shape[:-1] + [units])
        self.weight(layer, "kernel", [x.shape[-1], units], fan_in=x.shape[-1],
                    gain=gain)
        if bias:
            self.weight(layer, "bias", [units])
        layer.macs = math.prod(x.shape) * units
        return layer

    def conv(self, x, filters, kernel, strides=1, padding="same",
             activation=None, bias=True, gain=2.0):
        return self._conv("conv2d", x, filters, kernel, strides, padding,
                          activation, bias, gain)

    def depthwise(self, x, kernel, strides=1, padding="same", activation=None,
                  bias=True, gain=2.0):
        return self._conv("depthwise_conv2d", x, None, kernel, strides, padding,
                          activation, bias, gain)

    def _conv(self, kind, x, filters, kernel, strides, padding, activation,
              bias, gain):
        height, width, channels = x.shape
        keys = {"filters": filters} if filters else {}
        keys.update(kernel_size=kernel, strides=strides, padding=padding)
        if activation:
            keys["activation"] = activation
        if not bias:
            keys["use_bias"] = False

        def extent(size):
            if padding == "same":
                return same_size(size, strides)
            return (size - kernel) // strides + 1

        outputs = filters or channels
        depth = channels if filters else 1
        layer = self.add(kind, [x], keys,
                         [extent(height), extent(width), outputs])
        shape = [kernel, kernel, channels, filters if filters else 1]
        self.weight(layer, "kernel", shape, fan_in=kernel * kernel * depth,
                    gain=gain)
        if bias:
            self.weight(layer, "bias", [outputs])
        layer.macs = math.prod(layer.shape) * kernel * kernel * depth
        return layer

    def batch_norm(self, x, activation=None):
        channels = [x.shape[-1]]
        layer = self.add("batch_normalization", [x], {"epsilon": 1e-3}, x.shape)
        self.weight(layer, "gamma", channels, base=1.0)
        self.weight(layer, "beta", channels)
        self.weight(layer, "moving_mean", channels)
        self.weight(layer, "moving_variance", channels, base=1.05)
        return self.activation(layer, activation) if activation else layer

    def layer_norm(self, x):
        layer = self.add("layer_normalization", [x], {"epsilon": 1e-3}, x.shape)
        self.weight(layer, "gamma", [x.shape[-1]], base=1.0)
        self.weight(layer, "beta", [x.shape[-1]])
        return layer

    def activation(self, x, name):
        return self.add("activation", [x], {"activation": name}, x.shape)

    def rescaling(self, x, scale):
        return self.add("rescaling", [x], {"scale": scale}, x.shape)

    def normalization(self, x, mean, variance):
        return self.add("normalization", [x],
                        {"mean": mean, "variance": variance}, x.shape)

    def pad(self, x, before, after):
        """Zeros above and to the left, below and to the right."""
        height, width, channels = x.shape
        both = before + after
        return self.add("zero_padding2d", [x],
                        {"padding": [[before, after]] * 2},
                        [height + both, width + both, channels])

    def max_pool(self, x, size, strides=None):
        strides = strides or size
        height, width, channels = x.shape
        return self.add("max_pooling2d", [x],
                        {"pool_size": size, "strides": strides},
                        [(height - size) // strides + 1,
                         (width - size) // strides + 1, channels])

    def mean_pool(self, x, keepdims=False):
        keys = {"keepdims": True} if keepdims else {}
        shape = [1, 1, x.shape[-1]] if keepdims else [x.shape[-1]]
        return self.add("global_average_pooling2d", [x], keys, shape)

    def flatten(self, x):
        return self.add("flatten", [x], {}, [math.prod(x.shape)])

    def sum(self, x, y):
        return self.add("add", [x, y], {}, x.shape)

    def product(self, x, y):
        return self.add("multiply", [x, y], {}, x.shape)

    def recurrent(self, x, kind, units, stateful=False):
        """lstm or gru over [steps, features]; the last step's value."""
        keys = {"units": units}
        if stateful:
            keys["stateful"] = self.stateful = True
        steps, features = x.shape
        gates = {"lstm": 4, "gru": 3}[kind]
        layer = self.add(kind, [x], keys, [units])
        self.weight(layer, "kernel", [features, gates * units], fan_in=features,
                    gain=1.0)
        self.weight(layer, "recurrent_kernel", [units, gates * units],
                    fan_in=units, gain=1.0)
        bias = [gates * units] if kind == "lstm" else [2, gates * units]
        self.weight(layer, "bias", bias)
        layer.macs = steps * gates * units * (features + units)
        layer.reuse = steps
        return layer

    def self_attention(self, x, heads):
        """multi_head_attention of a sequence with itself."""
        steps, width = x.shape
        size = width // heads
        layer = self.add("multi_head_attention", [x, x],
                         {"num_heads": heads, "key_dim": size}, x.shape)
        for part in ("query", "key", "value"):
            self.weight(layer, part + "/kernel", [width, heads, size],
                        fan_in=width, gain=1.0)
            self.weight(layer, part + "/bias", [heads, size])
        self.weight(layer, "attention_output/kernel", [heads, size, width],
                    fan_in=width, gain=1.0)
        self.weight(layer, "attention_output/bias", [width])
        layer.macs = 4 * steps * width * width + 2 * steps * steps * width
        return layer

    # What it costs ----------------------------------------------------------

    @property
    def weights(self):
        return [w for layer in self.layers for w in layer.weights.values()]

    @property
    def flops(self):
        """Two for each multiply-add of a contraction; nothing else counts."""
        return 2 * self.batch * sum(layer.macs for layer in self.layers)

    @property
    def weight_bytes(self):
        return 4 * sum(weight.size for weight in self.weights)

    @property
    def border_bytes(self):
        return 4 * self.batch * (math.prod(self.input_layer.shape) +
                                 math.prod(self.output_layer.shape))

    @property
    def moved_bytes(self):
        """The least that a call reads and writes: inputs, outputs, and weights
        once, a recurrent layer's own kernel once for each step."""
        again = sum(4 * layer.weights["recurrent_kernel"].size *
                    (layer.reuse - 1) for layer in self.layers
                    if layer.reuse > 1)
        return self.weight_bytes + self.border_bytes + again

    # The text ---------------------------------------------------------------

    def text(self, symbol):
        """The model in the nn dialect."""
        lines = [f"nn.model @{symbol} {{"]
        for layer in self.layers:
            operands = ", ".join("%" + x.name for x in layer.inputs)
            keys = dict(layer.keys, name=layer.name)
            if layer.kind == "input":
                del keys["name"]
            written = ", ".join(f"{key} = {written_value(value)}"
                                for key, value in keys.items())
            lines.append(f"  %{layer.name} = nn.{layer.kind}"
                         f"{'(' + operands + ')' if operands else ''} "
                         f"{{{written}}}")
        lines += [f"  nn.output(%{self.output_layer.name})", "}", ""]
        return "\n".join(lines)


def written_value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(written_value(v) for v in value) + "]"
    return repr(value)
