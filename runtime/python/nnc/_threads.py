"""The parallel-for that a model with `threads=` is given: nnc_parallel over
Python's own threads.

The tasks are machine code and run without the interpreter's lock; handing them
out costs some ten microseconds each time. A model shares out a batch by its
samples, once a call, and a single sample layer by layer: threads pay for large
batches and for layers that take longer than that. The bits of the results are
the same for any number of threads.
"""

from __future__ import annotations

import ctypes
import itertools
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import List

from . import _abi


class Pool:
    """`parallel` is valid as long as the pool. The caller works, too, and
    waits for nobody who has not begun, so that calls from several threads
    share the pool, and a forked process goes on alone."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._executor = ThreadPoolExecutor(threads - 1, "nnc")
        self._run = _abi.ParallelRun(self._run_tasks)  # keep it alive
        self.parallel = _abi.Parallel(None, threads, self._run)

    def _run_tasks(self, _context: int, task: int, data: int,
                   count: int) -> int:
        call = _abi.Task(task)
        indices = itertools.count()  # handing out a number is atomic

        def work() -> None:
            for index in indices:
                if index >= count:
                    return
                call(data, index)

        helpers: List["Future[None]"] = []
        status = 0
        try:
            while len(helpers) < min(self.threads, count) - 1:
                helpers.append(self._executor.submit(work))
        except RuntimeError:
            pass  # the interpreter is shutting down: alone, then
        # An exception (Ctrl-C) must neither cross into the model's code nor
        # leave threads behind that write into its memory.
        while True:
            try:
                work()
                wait([h for h in helpers if not h.cancel()])
                return status
            except BaseException:  # pylint: disable=broad-except
                status = 1

    def pointer(self) -> "ctypes._Pointer[_abi.Parallel]":
        return ctypes.pointer(self.parallel)
