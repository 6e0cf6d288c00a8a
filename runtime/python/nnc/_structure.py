"""Keras's structures of arrays: one, a list, a dict by name.

A model with one input or output takes and gives the array itself. Several
inputs are a list in the order of `model.inputs` or a dict by their names, as in
Keras either may be given; several outputs are a list, or a dict where the Keras
model gives one.
"""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Union

import numpy as np

from ._tensors import TensorSpec

Arrays = Union[np.ndarray, List[np.ndarray], Dict[str, np.ndarray]]


def _from_dict(values: Dict[str, Any], specs: Sequence[TensorSpec],
               what: str) -> List[Any]:
    """Entries that the model does not know are left out, as Keras does."""
    flat = []
    for spec in specs:
        for name in (spec.name, spec.c_name):
            if name in values:
                flat.append(values[name])
                break
        else:
            given = ", ".join(f"'{key}'" for key in values) or "nothing"
            raise ValueError(f"{what} '{spec.name}': expected "
                             f"{spec.describe()}, but got only {given}")
    return flat


def flatten(values: Any, specs: Sequence[TensorSpec],
            what: str) -> List[Any]:
    """The values of all of `specs`, in their order. `what` they are, "input"
    or "out", is for messages."""
    if isinstance(values, dict):
        return _from_dict(values, specs, what)
    single = len(specs) == 1
    if isinstance(values, (list, tuple)):
        # A list of numbers is an array that was written by hand; a list with
        # one array is the structure of a model with one input.
        if not single or (len(values) == 1 and _is_array(values[0])):
            if len(values) != len(specs):
                raise ValueError(f"expected {len(specs)} {what}s "
                                 f"({_names(specs)}), got {len(values)}")
            return list(values)
    if not single:
        raise ValueError(f"expected {len(specs)} {what}s ({_names(specs)}) as "
                         f"a list or a dict, got {type(values).__name__}")
    return [values]


def _is_array(value: Any) -> bool:
    return hasattr(value, "shape") and len(value.shape) > 0


def _names(specs: Sequence[TensorSpec]) -> str:
    return ", ".join(f"'{spec.name}'" for spec in specs)


def pack(arrays: Sequence[np.ndarray], specs: Sequence[TensorSpec],
         named: bool) -> Arrays:
    """The structure that the Keras model gives."""
    if named:
        return {spec.name: array for spec, array in zip(specs, arrays)}
    return arrays[0] if len(arrays) == 1 else list(arrays)
