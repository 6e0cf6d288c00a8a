"""Keras's structures of arrays: one, a list, a dict by name.

A model with one input or output takes and gives the array itself. Several
inputs are a list in the order of `model.inputs` or a dict by their names, as in
Keras either may be given; several outputs are a list, or a dict where the Keras
model gives one. Structures within structures are known from the model's
description, as templates: lists and dicts of the tensors' numbers.
They are flattened as Keras does, dicts by their sorted keys.
"""

from __future__ import annotations

import itertools
import json
import zipfile
from typing import (Any, Callable, Dict, Iterator, List, Optional, Sequence,
                    Union)

import numpy as np

from ._tensors import TensorSpec

# One array, or a list or a dict of them, or of such structures: not all type
# checkers know a type that contains itself.
Arrays = Union[np.ndarray, List[Any], Dict[str, Any]]


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


def flatten(values: Any, specs: Sequence[TensorSpec], what: str,
            template: Any = None) -> List[Any]:
    """The values of all of `specs`, in their order. `what` they are, "input"
    or "out", is for messages. Of a model with a template, a list of all arrays
    or a dict of them by the tensors' names will do, too, as in Keras."""
    if template is not None and not _is_flat(values, specs, template):
        flat: List[Any] = [None] * len(specs)
        _place(values, template, what, flat)
        return flat
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


def _is_flat(values: Any, specs: Sequence[TensorSpec], template: Any) -> bool:
    """Does `values` have all arrays side by side?"""
    if isinstance(values, dict):
        return not (isinstance(template, dict) and set(template) <= set(values)
                    ) and all(spec.name in values for spec in specs)
    return isinstance(values, (list, tuple)) and len(values) == len(specs) \
        and all(map(_is_array, values))


def _place(values: Any, template: Any, what: str, flat: List[Any]) -> None:
    """Puts the parts of `values` where the template says; `what` is the path
    to them."""
    if isinstance(template, int):
        flat[template] = values
    elif isinstance(template, dict):
        keys = ", ".join(f"'{key}'" for key in template)
        if not isinstance(values, dict):
            raise ValueError(f"{what}: expected a dict of {keys}, got "
                             f"{type(values).__name__}")
        for key, part in template.items():
            if key not in values:
                given = ", ".join(map(repr, values)) or "nothing"
                raise ValueError(f"{what}: expected a dict of {keys}, but got "
                                 f"only {given}")
            _place(values[key], part, f"{what}['{key}']", flat)
    else:
        count = len(template)
        if not isinstance(values, (list, tuple)):
            raise ValueError(f"{what}: expected a list of {count}, got "
                             f"{type(values).__name__}")
        if len(values) != count:
            raise ValueError(f"{what}: expected a list of {count}, got one of "
                             f"{len(values)}")
        for i, part in enumerate(template):
            _place(values[i], part, f"{what}[{i}]", flat)


def make_template(structure: Any, is_leaf: Callable[[Any], bool]) -> Any:
    """The template of a structure, or None for one that needs none: what
    `flatten` and `pack` do without is all but what is deeper. A tuple counts
    as a list, which it is in the file, too."""
    template = _number(structure, is_leaf, itertools.count())
    parts = list(template.values()) if isinstance(template, dict) else template
    if isinstance(parts, int) or not parts:
        return None
    return None if all(isinstance(part, int) for part in parts) else template


def _number(structure: Any, is_leaf: Callable[[Any], bool],
            count: Iterator[int]) -> Any:
    if is_leaf(structure):
        return next(count)
    if isinstance(structure, dict):
        numbers = {key: _number(structure[key], is_leaf, count)
                   for key in sorted(structure)}
        return {key: numbers[key] for key in structure}
    if isinstance(structure, (list, tuple)):
        return [_number(part, is_leaf, count) for part in structure]
    raise ValueError("no structure of tensors")


def _count(template: Any) -> int:
    if isinstance(template, int):
        return 1
    parts = template.values() if isinstance(template, dict) else template
    return sum(map(_count, parts))


def _is_reference(value: Any) -> bool:
    """Is it a tensor in a description: its layer, the call, the result?"""
    return isinstance(value, list) and len(value) >= 3 and \
        isinstance(value[0], str) and isinstance(value[1], int)


def read_templates(path: str) -> "tuple[Any, Any]":
    """The templates of the inputs and outputs of a .keras file (None: not
    needed, or not known)."""
    try:
        with zipfile.ZipFile(path) as archive:
            config = json.loads(archive.read("config.json"))["config"]
        inputs = make_template(config["input_layers"], _is_reference)
        end = config["output_layers"]
        # Keras unpacks a list of one when a model gives it.
        if isinstance(end, list) and len(end) == 1 and \
                not _is_reference(end[0]):
            outputs = _number(end[0], _is_reference, itertools.count())
        else:
            outputs = make_template(end, _is_reference)
    # Another kind of file, or a model without these; nnc has read it.
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError):
        return None, None
    return inputs, outputs


def fitting(template: Any, specs: Sequence[TensorSpec]) -> Optional[Any]:
    """The template, if it has as many tensors as the model."""
    fits = template is not None and _count(template) == len(specs)
    return template if fits else None


def _fill(template: Any, arrays: Sequence[np.ndarray]) -> Any:
    if isinstance(template, int):
        return arrays[template]
    if isinstance(template, dict):
        return {key: _fill(part, arrays) for key, part in template.items()}
    return [_fill(part, arrays) for part in template]


def pack(arrays: Sequence[np.ndarray], specs: Sequence[TensorSpec],
         named: bool, template: Any = None) -> Arrays:
    """The structure that the Keras model gives."""
    if template is not None:
        return _fill(template, arrays)
    if named:
        return {spec.name: array for spec, array in zip(specs, arrays)}
    return arrays[0] if len(arrays) == 1 else list(arrays)
