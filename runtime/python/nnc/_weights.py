"""Weights in a file of their own, for models compiled with `nnc --weights-out`.

The file is mapped: several processes share it. Its head and its checksum are
compared here, for which every byte is read once; the model compares the
fingerprint again in each call.
"""

from __future__ import annotations

import ctypes
import mmap
import os
from typing import Optional

import numpy as np

from . import _abi
from ._checksum import checksum
from ._errors import LoadError

_HEAD = ctypes.sizeof(_abi.WeightsHeader)


class Weights:
    """`address` and `size` are what the model's args take."""

    def __init__(self, path: "str | os.PathLike[str]",
                 model: _abi.Model) -> None:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
            problem = _check(head, os.fstat(file.fileno()).st_size, model)
            if problem:
                raise LoadError(f"{os.fspath(path)}: {problem}")
            mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._view = np.frombuffer(mapping, np.uint8)
        header = _abi.WeightsHeader.from_buffer_copy(head)
        if header.checksum != checksum(self._view[_HEAD:]):
            raise LoadError(f"{os.fspath(path)}: the checksum does not match; "
                            "the file is damaged")
        self.address: int = self._view.ctypes.data
        self.size: int = self._view.size


def _check(head: bytes, size: int, model: _abi.Model) -> Optional[str]:
    """What is wrong with a file of `size` bytes that begins with `head`."""
    if len(head) != _HEAD:
        return "it is no weights file"
    header = _abi.WeightsHeader.from_buffer_copy(head)
    if header.magic != _abi.WEIGHTS_MAGIC:
        return "it is no weights file"
    if header.fingerprint != model.weights_fingerprint:
        return "its weights belong to another model, or to other options"
    if not header.size == size == model.weights_size:
        return f"it has {size} bytes, but needs {model.weights_size}"
    return None
