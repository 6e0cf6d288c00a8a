"""Inputs and outputs: their shapes and types, and arrays on their way in and
out.

What Keras does with an array, this does: any number is cast to the input's
type (fractions towards zero where that is an integer), a missing last axis of
extent 1 is added and one too many is dropped. What then does not fit is a
ValueError that says what was expected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional, Tuple

import numpy as np

from . import _abi
from ._errors import LoadError


@dataclass(frozen=True)
class TensorSpec:
    """One input or output of a model.

    `name` is Keras's name (for a dict of inputs or outputs, the key), `c_name`
    the member of the C struct. `shape` is that of one sample, without the
    batch; its first extent is None where a call takes any number of steps of
    time. `dtype` is Keras's name of the type; bfloat16, which numpy does not
    have, is passed as float32 and converted.
    """

    name: str
    c_name: str
    shape: Tuple[Optional[int], ...]
    dtype: str

    @property
    def numpy_dtype(self) -> np.dtype:
        """The type of the arrays that a caller sees."""
        return np.dtype("float32" if self.dtype == "bfloat16" else self.dtype)

    @property
    def stepped(self) -> bool:
        """Is the first axis the steps of a stream?"""
        return bool(self.shape) and self.shape[0] is None

    def full_shape(self, batch: int, steps: int) -> Tuple[int, ...]:
        """The shape of the array for `batch` samples of `steps` steps."""
        return (batch, *(steps if n is None else n for n in self.shape))

    def describe(self, batch: Optional[int] = None) -> str:
        """The shape as messages have it: "(batch, 28, 28, 1)"."""
        first = "batch" if not batch else str(batch)
        rest = ["steps" if n is None else str(n) for n in self.shape]
        return _parenthesised([first, *rest])


def _parenthesised(extents: "list[str]") -> str:
    return f"({', '.join(extents)}{',' if len(extents) == 1 else ''})"


def spec_of(tensor: _abi.Tensor) -> TensorSpec:
    if not 0 <= tensor.dtype < len(_abi.DTYPES):
        raise LoadError(f"'{tensor.name.decode()}' has an element type that "
                        "this package does not know")
    shape = tuple(None if n == -1 else n for n in tensor.shape[:tensor.rank])
    return TensorSpec(tensor.keras_name.decode("utf-8", "replace"),
                      tensor.name.decode(), shape, _abi.DTYPES[tensor.dtype])


def to_array(value: Any, what: str) -> np.ndarray:
    """`value` (an array, a tensor of a framework, nested lists of numbers) as
    an array of numbers of any type. `what` names it in messages."""
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        # Types from outside numpy, as bfloat16, are numbers if they say so.
        try:
            return array.astype(np.float32, casting="same_kind")
        except TypeError:
            pass
        raise ValueError(f"{what}: expected numbers, got {array.dtype}")
    return array


def _adjust_rank(array: np.ndarray, spec: TensorSpec) -> np.ndarray:
    rank = len(spec.shape) + 1
    if array.ndim == rank + 1 and array.shape[-1] == 1:
        return array[..., 0]
    if array.ndim == rank - 1 and spec.shape[-1:] == (1,):
        return array[..., np.newaxis]
    return array


def fit_input(value: Any, spec: TensorSpec, batch: int) -> np.ndarray:
    """`value` with the input's rank, any batch and any steps; it may still
    have another type. `batch` is the only one that the model takes, or 0."""
    what = f"input '{spec.name}'"
    given = to_array(value, what)
    array = _adjust_rank(given, spec)
    if array.ndim == len(spec.shape) + 1 and all(
            want is None or want == got
            for want, got in zip(spec.shape, array.shape[1:])):
        return array
    raise ValueError(f"{what}: expected {spec.describe(batch)}, got "
                     f"{_parenthesised(list(map(str, given.shape)))}")


def to_memory(array: np.ndarray, spec: TensorSpec) -> np.ndarray:
    """`array` as the model reads it: its type, contiguous and aligned. The
    array itself where it is that already; the model only reads it."""
    if spec.dtype == "bfloat16":
        return _to_bfloat16(array)
    dtype = spec.numpy_dtype
    if array.dtype != dtype:
        with np.errstate(all="ignore"):  # as silent as Keras
            return array.astype(dtype, order="C")
    flags = array.flags
    return array if flags.c_contiguous and flags.aligned else \
        array.copy(order="C")


def _to_bfloat16(array: np.ndarray) -> np.ndarray:
    """The upper halves of float32, rounded to nearest, ties to even."""
    with np.errstate(all="ignore"):
        values = np.ascontiguousarray(array, dtype=np.float32)
    bits = values.view(np.uint32)
    halves = ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16).astype(np.uint16)
    # Rounding must not turn a NaN into an infinity.
    return np.where(np.isnan(values), (bits >> 16).astype(np.uint16) | 0x40,
                    halves)


def from_memory(memory: np.ndarray, spec: TensorSpec) -> np.ndarray:
    """The inverse for what `new_memory` made, after the model has written."""
    if spec.dtype == "bfloat16":
        return (memory.astype(np.uint32) << 16).view(np.float32)
    return memory


def new_memory(spec: TensorSpec, shape: Tuple[int, ...]) -> np.ndarray:
    """Fresh memory for an output."""
    bits = spec.dtype == "bfloat16"
    return np.empty(shape, np.uint16 if bits else spec.numpy_dtype)


def check_out(array: Any, spec: TensorSpec, shape: Tuple[int, ...]) -> None:
    """Refuses what the model cannot write an output into."""
    what = f"out for '{spec.name}'"
    if spec.dtype == "bfloat16":
        raise ValueError(f"{what}: bfloat16 cannot be written in place; leave "
                         "out out=")
    if not isinstance(array, np.ndarray):
        raise ValueError(f"{what}: expected a numpy array, got "
                         f"{type(array).__name__}")
    if array.dtype != spec.numpy_dtype or array.shape != shape:
        raise ValueError(f"{what}: expected {spec.dtype} {shape}, got "
                         f"{array.dtype} {array.shape}")
    flags = array.flags
    if not (flags.c_contiguous and flags.aligned and flags.writeable):
        raise ValueError(f"{what}: expected a writable, contiguous array")
