"""A compiled model: what `compile` and `load` return.

A call turns Keras's structure into a list of arrays, fits them to the inputs,
lets the machine code run without the interpreter's lock, and packs what it wrote
into Keras's structure again.
"""

from __future__ import annotations

import ctypes
import os
import tempfile
import threading
from typing import TYPE_CHECKING, Any, Callable, List, Optional, Tuple

import numpy as np

from . import _abi
from ._errors import LoadError, RunError
from ._library import Library
from ._memory import Workspaces, aligned_zeros
from ._structure import Arrays, fitting, flatten, pack
from ._tensors import (TensorSpec, check_out, fit_input, from_memory,
                       new_memory, spec_of, to_memory)
from ._threads import Pool
from ._weights import Weights

if TYPE_CHECKING:
    from ._compile import Source
    from ._profile import Profile
    from ._verify import Verification


class Model:
    """A model that is compiled and ready to be called.

    `model(x)` and `model.predict(x)` may be called from any thread, and from
    several at once, each with memory of its own; the interpreter's lock is
    released while the model computes. Calls of a model with a state wait for
    each other. Arrays that are returned are the caller's.

    `name` is the model's C name, `inputs` and `outputs` are TensorSpecs,
    `batch` is the only batch that it takes (None: any), `stateful` says whether
    it keeps a state from call to call, `threads` how many threads a call uses.
    """

    def __init__(self, library: Library, threads: int = 1,
                 weights: "str | os.PathLike[str] | None" = None,
                 source: "Optional[Source]" = None,
                 templates: Tuple[Any, Any] = (None, None)) -> None:
        model = library.model
        self._library = library
        self._run_code = model.run
        self._signature = model.signature
        self._source = source
        self.name: str = library.name
        self.inputs: List[TensorSpec] = [
            spec_of(t) for t in model.inputs[:model.input_count]]
        self.outputs: List[TensorSpec] = [
            spec_of(t) for t in model.outputs[:model.output_count]]
        self.batch: Optional[int] = model.batch or None
        self.stateful: bool = model.state_size != 0
        described = library.info.get("model", {})
        self._named = bool(described.get("namedOutputs"))
        self._templates = (fitting(templates[0], self.inputs),
                           fitting(templates[1], self.outputs))
        self._state: Optional[np.ndarray] = None
        self._rows = 0  # of the state
        self._lock = threading.Lock()  # of the state
        self._weights_path = weights
        self._weights = self._open_weights(weights)
        self._stepped = any(spec.stepped for spec in self.inputs)
        self._args_type = self._make_args_type()
        self._set_threads(threads)

    # --- Calls ------------------------------------------------------------

    def __call__(self, x: Any, out: Any = None) -> Arrays:
        """The outputs for `x`, in one call of the model.

        `x` is an array with the batch as its first axis, or a list or a dict
        (by name) of them if there are several inputs, or the Keras model's own
        structure of these; whatever numpy makes an
        array of, of any type of number. The result is fresh arrays, or `out`:
        the same structure of contiguous arrays of the outputs' exact types and
        shapes, which are written and returned.

        ValueError: an array does not fit. RunError: the model refused, for
        example an index that is not in its table.
        """
        arrays, batch, steps = self._fit(x)
        specs = self.outputs
        shapes = [spec.full_shape(batch, steps) for spec in specs]
        if out is None:
            memory = [new_memory(s, n) for s, n in zip(specs, shapes)]
        else:
            memory = flatten(out, specs, "out", self._templates[1])
            for array, spec, shape in zip(memory, specs, shapes):
                check_out(array, spec, shape)
        self._run(arrays, memory, batch, steps)
        if out is not None:
            return out
        return pack([from_memory(m, s) for m, s in zip(memory, specs)], specs,
                    self._named, self._templates[1])

    def predict(self, x: Any, batch_size: Optional[int] = None) -> Arrays:
        """As calling it, in pieces of `batch_size` samples (Keras's default,
        32; a model with a fixed batch takes its own). The arrays that are not
        of the inputs' types are converted piece by piece."""
        if batch_size is None:
            batch_size = self.batch or 32
        if batch_size < 1:
            raise ValueError(f"batch_size: expected at least 1, got "
                             f"{batch_size}")
        arrays, batch, steps = self._fit(x, any_batch=True)
        if self.batch and batch % self.batch:
            raise ValueError(f"the model takes {self.batch} samples at a time, "
                             f"but there are {batch}")
        specs = self.outputs
        memory = [new_memory(s, s.full_shape(batch, steps)) for s in specs]
        for first in range(0, batch, batch_size):
            rows = slice(first, min(first + batch_size, batch))
            self._run([a[rows] for a in arrays], [m[rows] for m in memory],
                      rows.stop - first, steps)
        return pack([from_memory(m, s) for m, s in zip(memory, specs)], specs,
                    self._named, self._templates[1])

    def reset_states(self) -> None:
        """Begins anew: the next call starts from Keras's initial state, with
        any number of samples. Does nothing to a model without a state."""
        with self._lock:
            self._state, self._rows = None, 0

    # --- Looks ------------------------------------------------------------

    def summary(self, print_fn: Callable[[str], Any] = print) -> None:
        """Prints what Keras's `summary()` prints. Of a library that nnc did
        not link there are only inputs and outputs."""
        text = self._library.info.get("summary") or repr(self)
        print_fn(text.rstrip("\n"))

    def profile(self, x: Any = None, batch: int = 1, seconds: float = 1.0,
                report: "str | os.PathLike[str] | None" = None
                ) -> "Profile":
        """Where the time goes: calls the model for about `seconds` on `x` (zeros,
        `batch` samples) and returns the time of each layer; print it. Unless
        compiled with profile=True, the model is compiled once more with
        counters. A state begins anew. `report` is a file (.html, .svg, .json)
        for what nnc-run measures on the same inputs, with the machine's limits
        beside it."""
        from ._profile import measure
        return measure(self, x, batch, seconds, report)

    def verify(self, keras_model: Any, x: Any, tolerance: float = 1e-4,
               print_fn: Callable[[str], Any] = print) -> "Verification":
        """Compares this model with the Keras model that it was compiled from,
        on the inputs `x`: prints the largest error of each output and, if one
        is too large, the first layer that differs. See nnc.Verification."""
        from ._verify import verify
        return verify(self, keras_model, x, tolerance, print_fn)

    # --- Files ------------------------------------------------------------

    def save(self, path: "str | os.PathLike[str]") -> None:
        """Writes the shared library, for `nnc.load` here or on a machine with
        the same CPU (or a better one, see `mcpu` of compile). Weights that are
        in a file of their own stay there."""
        self._library.save(path)

    def export(self, folder: "str | os.PathLike[str]",
               **options: Any) -> Tuple[str, str]:
        """Writes NAME.o and NAME.h into `folder`, which is made if it is not
        there, for a C or C++ program, and returns the two paths. The model is
        compiled again with the options that it was compiled with, changed by
        `options`: mcpu=None makes an object for every CPU of this kind,
        target="aarch64-linux-gnu" one for another machine. Only for what
        `compile` returned."""
        return self._need_source("export").export(os.fspath(folder), options)

    # --- Threads ----------------------------------------------------------

    @property
    def threads(self) -> int:
        return self._pool.threads if self._pool else 1

    def _set_threads(self, threads: int) -> None:
        if threads < 0:
            raise ValueError(f"threads: expected 0 (one per CPU) or more, got "
                             f"{threads}")
        threads = threads or len(os.sched_getaffinity(0))
        self._pool = Pool(threads) if threads > 1 else None
        model = self._library.model
        size = model.workspace_size_for(threads) if self._pool \
            else model.workspace_size
        self._workspaces = Workspaces(size, model.alignment)

    # --- How it is done ---------------------------------------------------

    def __repr__(self) -> str:
        def show(specs: List[TensorSpec]) -> str:
            return ", ".join(f"{s.name}: {s.dtype} "
                             f"{s.describe(self.batch)}" for s in specs)
        return (f"<nnc.Model {self.name}: {show(self.inputs)} -> "
                f"{show(self.outputs)}>")

    def __reduce__(self) -> Tuple[Any, ...]:
        """A pickle holds the library, not the state."""
        data = b"".join(self._library.chunks())
        return _unpickle, (data, self.name, self.threads, self._weights_path,
                           self._templates)

    def _need_source(self, what: str) -> "Source":
        if self._source is None:
            raise LoadError(f"{what} compiles the model again, but this one "
                            "was loaded; use the one that nnc.compile returns")
        return self._source

    def _open_weights(self, path: Any) -> Optional[Weights]:
        needed = self._library.model.weights_size
        if path is None and needed:
            raise LoadError(f"{self._library.path}: its weights are in a file "
                            "of their own; give it as weights=")
        if path is not None and not needed:
            raise LoadError(f"{self._library.path}: its weights are inside; "
                            "leave out weights=")
        return None if path is None else Weights(path, self._library.model)

    def _make_args_type(self) -> type:
        """NAME_args of the generated header."""
        count = len(self.inputs) + len(self.outputs)
        fields = [("head", _abi.Args), ("buffers", ctypes.c_void_p * count)]
        if self._stepped:
            fields.append(("steps", ctypes.c_int64))
        return type("Args", (ctypes.Structure,), {"_fields_": fields})

    def _fit(self, x: Any, any_batch: bool = False
             ) -> Tuple[List[np.ndarray], int, int]:
        """The inputs' arrays, the batch, and the steps of a stream."""
        fixed = 0 if any_batch else self.batch or 0
        arrays = [fit_input(value, spec, fixed) for value, spec in
                  zip(flatten(x, self.inputs, "input", self._templates[0]),
                      self.inputs)]
        batch = _agree(arrays, self.inputs, 0, "samples", lambda spec: True)
        steps = _agree(arrays, self.inputs, 1, "steps",
                       lambda spec: spec.stepped) if self._stepped else 0
        if fixed and batch != fixed:
            raise ValueError(f"input '{self.inputs[0].name}': expected "
                             f"{self.inputs[0].describe(fixed)}, got "
                             f"{arrays[0].shape}")
        return arrays, batch, steps

    def _cast(self, arrays: List[np.ndarray]) -> List[np.ndarray]:
        return [to_memory(a, s) for a, s in zip(arrays, self.inputs)]

    def _run(self, arrays: List[np.ndarray], memory: List[np.ndarray],
             batch: int, steps: int) -> None:
        cast = self._cast(arrays)
        if not self.stateful:
            with self._workspaces.borrow() as workspace:
                self._call(cast, memory, batch, steps, workspace, None)
            return
        with self._lock, self._workspaces.borrow() as workspace:
            self._call(cast, memory, batch, steps, workspace,
                       self._state_for(batch))

    def _state_for(self, batch: int) -> np.ndarray:
        if self._state is None:
            model = self._library.model
            self._state = aligned_zeros(model.state_size * batch,
                                        model.alignment)
            model.reset(self._state.ctypes.data, batch)
            self._rows = batch
        if self._rows != batch:
            samples = "sample" if self._rows == 1 else "samples"
            raise ValueError(f"the model keeps the state of {self._rows} "
                             f"{samples}, but got {batch}; call reset_states() "
                             "to begin anew")
        return self._state

    def _call(self, inputs: List[np.ndarray], outputs: List[np.ndarray],
              batch: int, steps: int, workspace: np.ndarray,
              state: Optional[np.ndarray]) -> None:
        args = self._args_type()
        head = args.head
        head.signature = self._signature
        head.batch = batch
        head.workspace = workspace.ctypes.data
        head.workspace_size = self._workspaces.size
        if state is not None:
            head.state = state.ctypes.data
        if self._weights is not None:
            head.weights = self._weights.address
            head.weights_size = self._weights.size
        if self._pool is not None:
            head.parallel = self._pool.pointer()
        for i, array in enumerate([*inputs, *outputs]):
            args.buffers[i] = array.ctypes.data
        if self._stepped:
            args.steps = steps
        status = self._run_code(ctypes.addressof(args))
        if status:
            reason = _abi.STATUS.get(status, f"unknown status {status}")
            raise RunError(f"model '{self.name}': {reason}", status)


def _agree(arrays: List[np.ndarray], specs: List[TensorSpec], axis: int,
           what: str, counts: Callable[[TensorSpec], bool]) -> int:
    """The extent that all arrays have on an axis, where it counts."""
    found = [(array.shape[axis], spec) for array, spec in zip(arrays, specs)
             if counts(spec)]
    first, reference = found[0]
    for extent, spec in found:
        if extent != first:
            raise ValueError(f"input '{spec.name}': expected {first} {what}, "
                             f"as '{reference.name}' has, got {extent}")
    return first


def _unpickle(data: bytes, symbol: str, threads: int, weights: Any,
              templates: Tuple[Any, Any]) -> Model:
    with tempfile.NamedTemporaryFile(prefix="nnc", suffix=".so") as file:
        file.write(data)
        file.flush()
        return Model(Library(file.name, symbol), threads, weights,
                     templates=templates)


def load(path: "str | os.PathLike[str]", *, symbol: Optional[str] = None,
         threads: int = 1,
         weights: "str | os.PathLike[str] | None" = None) -> Model:
    """Loads a model that `Model.save` or `nnc -o MODEL.so` has written.

    Needs no compiler. `symbol` chooses among several models, `threads` is how
    many threads a call uses (0: one per CPU), `weights` the weights file of a
    model compiled with --weights-out. A library is a program: load only what
    you would run. LoadError: the file is no such library, or one for another
    machine or ABI; OSError: it cannot be read.
    """
    return Model(Library(path, symbol), threads, weights)
