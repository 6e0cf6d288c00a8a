"""nnc.record: what a Keras model computes, in the file that `nnc --verify`
reads.

The layers' values come from one more Keras model, whose outputs are those of
the layers. Which layers there are is read off the graph, from its outputs back
to its inputs, since a layer may have been called elsewhere, too. Only names
that all of Keras 3 and tf.keras have are used: `inputs`, `outputs`, `input`,
`_keras_history`, `_inbound_nodes`, `predict`.
"""

from __future__ import annotations

import os
from typing import Any, Dict, List, Tuple

import numpy as np

from ._structure import flatten, make_template
from ._tensors import TensorSpec, fit_input, to_memory


def record(model: Any, x: Any, path: "str | os.PathLike[str]", *,
           batch_size: int = 32, layers: bool = True) -> None:
    """Runs a Keras model on the inputs `x` and writes an .npz for
    `nnc MODEL --verify PATH`: `in_0`, `in_1`, … and `out_0`, … in the order of
    `model.inputs` and `model.outputs`, and `layer:NAME` for each layer that is
    used once (`layer:MODEL/NAME` within a nested model), unless `layers` is
    False. A few samples are enough, and keep the file small. A state of the
    Keras model moves on. ValueError: `x` does not fit the model's inputs.
    """
    arrays = recorded(model, x, batch_size, layers)
    with open(path, "wb") as file:  # np.savez would change the name
        np.savez(file, **arrays)


def recorded(model: Any, x: Any, batch_size: int,
             layers: bool) -> Dict[str, np.ndarray]:
    """What `record` writes, by name."""
    specs = _specs(model)
    inputs = [to_memory(fit_input(value, spec, 0), spec) for value, spec
              in zip(flatten(x, specs, "input", _template(model)), specs)]
    names = [f"out_{i}" for i in range(len(model.outputs))]
    tensors = list(model.outputs)
    if layers:
        for name, tensor in _layer_values(model):
            names.append("layer:" + name)
            tensors.append(tensor)
    # A list even of one: Keras gives the array itself then.
    values = _base(model)(list(model.inputs), tensors).predict(
        inputs if len(inputs) > 1 else inputs[0], batch_size=batch_size,
        verbose=0)
    if len(tensors) == 1 and not isinstance(values, (list, tuple)):
        values = [values]
    result = {f"in_{i}": array for i, array in enumerate(inputs)}
    result.update(zip(names, map(_plain, values)))
    return result


def _specs(model: Any) -> List[TensorSpec]:
    """The inputs, called by their keys if the model takes a dict."""
    structure = getattr(model, "input", None)
    names = [tensor.name for tensor in model.inputs]
    if isinstance(structure, dict) and len(structure) == len(names):
        names = sorted(structure)  # as Keras flattens it
    dtypes = [str(getattr(tensor.dtype, "name", tensor.dtype))
              for tensor in model.inputs]
    return [TensorSpec(str(name), str(name), tuple(tensor.shape[1:]),
                       "float32" if dtype == "bfloat16" else dtype)
            for name, tensor, dtype in zip(names, model.inputs, dtypes)]


def _template(model: Any) -> Any:
    return make_template(getattr(model, "input", None), lambda value:
                         not isinstance(value, (dict, list, tuple)))


def _base(model: Any) -> Any:
    """The class keras.Model that the model is one of: there are several Keras,
    and this package imports none."""
    for kind in type(model).__mro__:
        if kind.__name__ == "Model":
            return kind
    raise TypeError(f"expected a Keras model, got {type(model).__name__}")


def _plain(value: Any) -> np.ndarray:
    """As a type that a file may have: bfloat16 is none."""
    array = np.asarray(value)
    return array if array.dtype.kind in "biuf" else array.astype(np.float32)


def _layer_values(model: Any) -> List[Tuple[str, Any]]:
    """The symbolic results of the layers that are used once, with the names
    that nnc has for them, outputs first."""
    base = _base(model)
    batch = model.inputs[0].shape[0]
    values = []
    for operation, calls in _calls(model).values():
        if len(calls) != 1 or type(operation).__name__ == "InputLayer":
            continue
        node = next(iter(calls.values()))
        if isinstance(operation, base):
            named = _nested_values(base, operation, node)
        else:
            named = [(operation.name + (f":{i}" if i else ""), tensor)
                     for i, tensor in enumerate(_as_list(node.output_tensors))]
            # All results of a layer are computed batch by batch, or none is.
            if not all(_has_batch(tensor, batch) for _, tensor in named):
                continue
        values += [(name, tensor) for name, tensor in named
                   if _has_batch(tensor, batch)]
    return values


def _has_batch(tensor: Any, batch: Any) -> bool:
    """Only what has the batch can be computed batch by batch."""
    return len(tensor.shape) > 0 and tensor.shape[0] == batch


def _nested_values(base: Any, model: Any,
                   node: Any) -> List[Tuple[str, Any]]:
    """The values within a model that is used as a layer, in this call of it: a
    model of them takes its place. A class of its author's own has none."""
    if not getattr(model, "inputs", None) or \
            not getattr(model, "outputs", None):
        return []
    inner = _layer_values(model)
    inputs = _as_list(node.input_tensors)
    if not inner or len(inputs) != len(model.inputs):
        return []
    probe = base(list(model.inputs), [tensor for _, tensor in inner])
    results = _as_list(probe(inputs if len(inputs) > 1 else inputs[0]))
    return [(f"{model.name}/{name}", result)
            for (name, _), result in zip(inner, results)]


def _calls(model: Any) -> Dict[int, Tuple[Any, Dict[int, Any]]]:
    """The operations that lead to the outputs, with the nodes in which they
    do, both by their ids: Keras's tensors compare element by element."""
    ends = {id(tensor) for tensor in model.inputs}
    operations: Dict[int, Tuple[Any, Dict[int, Any]]] = {}
    waiting = list(model.outputs)
    while waiting:
        tensor = waiting.pop()
        operation, node_index = tensor._keras_history[:2]
        if operation is None or id(tensor) in ends:
            continue
        node = operation._inbound_nodes[node_index]
        calls = operations.setdefault(id(operation), (operation, {}))[1]
        if id(node) not in calls:
            calls[id(node)] = node
            waiting.extend(_as_list(node.input_tensors))
    return operations


def _as_list(value: Any) -> List[Any]:
    """tf.keras has structures of tensors where Keras 3 has lists."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, (list, tuple)):
        return [value]
    return [leaf for part in value for leaf in _as_list(part)]
