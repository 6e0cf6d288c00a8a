"""Memory that a model asks for beside its inputs and outputs.

Calls that run at the same time need a workspace each. They are kept when a call
ends, so that there are as many as calls ever ran at once. A deque needs no lock:
a process that forks while another thread calls finds it usable.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import Deque, Iterator, Optional

import numpy as np


def aligned_zeros(size: int, alignment: int) -> np.ndarray:
    """`size` zero bytes, at least one, whose first has that alignment."""
    memory = np.zeros(max(size, 1) + alignment, np.uint8)
    offset = -memory.ctypes.data % alignment
    return memory[offset:offset + max(size, 1)]


class Workspaces:
    """All workspaces of one model, of `size` bytes each."""

    def __init__(self, size: int, alignment: int) -> None:
        self.size = size
        self._alignment = alignment
        self._idle: Deque[np.ndarray] = deque()

    @contextmanager
    def borrow(self) -> Iterator[np.ndarray]:
        """One for the time of a call."""
        workspace = self._pop()
        if workspace is None:
            workspace = aligned_zeros(self.size, self._alignment)
        try:
            yield workspace
        finally:
            self._idle.append(workspace)

    def _pop(self) -> Optional[np.ndarray]:
        try:
            return self._idle.pop()
        except IndexError:
            return None
