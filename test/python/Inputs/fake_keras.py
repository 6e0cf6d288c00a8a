"""As much of Keras 3 as nnc.record touches, over numpy: symbolic tensors with a
history, layers with the nodes of their calls, models with `predict`. Names and
meanings are those of keras.src.ops.node, keras.src.ops.operation and
keras.src.models.functional."""

import numpy as np


class KerasTensor:
    def __init__(self, shape, dtype="float32", name=None):
        self.shape, self.dtype, self.name = shape, dtype, name
        self._keras_history = None

    # Keras's tensors compare to another tensor, not to True or False.
    __hash__ = object.__hash__

    def __eq__(self, other):
        raise TypeError("compared")


class Node:
    def __init__(self, inputs, outputs):
        self.input_tensors, self.output_tensors = inputs, outputs


class Layer:
    """`function` maps arrays to an array, or to a tuple of them."""

    def __init__(self, name, function, shapes):
        self.name, self.function, self.shapes = name, function, shapes
        self._inbound_nodes = []

    def __call__(self, *inputs):
        outputs = [KerasTensor((None, *shape)) for shape in self.shapes]
        node = Node(list(inputs), outputs)
        for i, tensor in enumerate(outputs):
            tensor._keras_history = (self, len(self._inbound_nodes), i)
        self._inbound_nodes.append(node)
        return outputs if len(outputs) > 1 else outputs[0]


class InputLayer(Layer):
    pass


def Input(shape, name, dtype="float32"):
    tensor = KerasTensor((None, *shape), dtype, name)
    layer = InputLayer(name, None, [])
    layer._inbound_nodes.append(Node([], [tensor]))
    tensor._keras_history = (layer, 0, 0)
    return tensor


def _flatten(structure):
    if isinstance(structure, dict):
        structure = [structure[key] for key in sorted(structure)]
    if not isinstance(structure, (list, tuple)):
        return [structure]
    return [leaf for part in structure for leaf in _flatten(part)]


class Model(Layer):
    def __init__(self, inputs, outputs, name="model"):
        self.input, self.output = inputs, outputs
        self.inputs, self.outputs = _flatten(inputs), _flatten(outputs)
        super().__init__(name, self._compute,
                         [t.shape[1:] for t in self.outputs])

    def __call__(self, x):
        return super().__call__(*_flatten(x))

    def _compute(self, *arrays):
        known = {id(t): a for t, a in zip(self.inputs, arrays)}
        return tuple(self._value(tensor, known) for tensor in self.outputs)

    def predict(self, x, batch_size=None, verbose="auto"):
        assert batch_size and verbose == 0
        values = list(self._compute(*_flatten(x)))
        return values[0] if len(values) == 1 else values

    def _value(self, tensor, known):
        if id(tensor) not in known:
            layer, index, _ = tensor._keras_history
            node = layer._inbound_nodes[index]
            results = layer.function(*[self._value(t, known)
                                       for t in node.input_tensors])
            if not isinstance(results, tuple):
                results = (results,)
            for output, result in zip(node.output_tensors, results):
                known[id(output)] = result.astype(np.float32)
        return known[id(tensor)]
