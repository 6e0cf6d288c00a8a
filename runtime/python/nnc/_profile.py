"""Where the time of a model goes: the counters of its layers, read in the
workspace after each call.

A tick is as long as the model's clock and the system's say over the whole
measurement. A layer's time is the mean of the middle half of the calls, which
is as robust as the median and finer than the clock. On several threads it is
the average of those that worked.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, List, Tuple

import numpy as np

from . import _abi
from ._errors import LoadError
from ._memory import aligned_zeros
from ._tensors import new_memory
from ._tool import find_nnc, run_nnc_run

if TYPE_CHECKING:
    from ._model import Model

_MOST_CALLS = 10000


@dataclass(frozen=True)
class LayerTime:
    """One layer, with those computed along with it (`fused`, "relu1, add").

    `microseconds` is its part of one call, `share` of all layers' time,
    `flops` its operations for one sample, as it is written (0: not known)."""

    name: str
    layer_class: str
    fused: str
    microseconds: float
    share: float
    flops: int


@dataclass(frozen=True)
class Profile:
    """What Model.profile measured. `microseconds` is the median call, of which
    some are Python's; `layers` are in the model's order. `str()` is a table."""

    model: str
    batch: int
    threads: int
    calls: int
    microseconds: float
    layers: List[LayerTime] = field(default_factory=list)

    def __str__(self) -> str:
        rows = [_row(layer, self.batch) for layer in self.layers]
        name = max([5] + [len(row[0]) for row in rows])
        kind = max([5] + [len(row[1]) for row in rows])
        head = (f"{self.model}: batch {self.batch}, threads {self.threads}, "
                f"calls {self.calls}: median {self.microseconds:.3f} us\n\n"
                f"{'layer':{name}}  {'class':{kind}}          us  share  "
                "GFLOP/s")
        return "\n".join([head] + [
            f"{row[0]:{name}}  {row[1]:{kind}}  {row[2]:>10}  {row[3]:>5}  "
            f"{row[4]:>7}" for row in rows])


def _row(layer: LayerTime, batch: int) -> List[str]:
    speed = layer.flops * batch / layer.microseconds / 1e3 \
        if layer.flops and layer.microseconds else 0
    return [layer.name + (f" + {layer.fused}" if layer.fused else ""),
            layer.layer_class, f"{layer.microseconds:.3f}",
            f"{100 * layer.share:.1f}%", f"{speed:.1f}" if speed else "-"]


class _Counters:
    """The counters of all threads, in one workspace."""

    def __init__(self, profile: _abi.Profile, part: int,
                 workspace: np.ndarray) -> None:
        size = 8 * (profile.section_count + 1)
        self._views = [
            workspace[at:at + size].view(np.uint64)
            for at in range(profile.counters, workspace.size - size + 1, part)]

    def take(self) -> np.ndarray:
        """The ticks of each section since the last time."""
        used = [view[1:].astype(np.float64) for view in self._views if view[0]]
        for view in self._views:
            view[:] = 0
        return np.mean(used, axis=0) if used else \
            np.zeros(len(self._views[0]) - 1)


def _profiled(model: "Model") -> "Tuple[Model, _abi.Profile]":
    """The model with counters, and what is known of them."""
    profile = model._library.profile
    if profile is None:
        source = model._need_source("profile")
        model = type(model)(source.library(profile=True), model.threads,
                            model._weights_path, source, model._templates)
        profile = model._library.profile
    if profile is None:
        raise LoadError("nnc compiled the model without counters")
    return model, profile


def _zeros(model: "Model", batch: int) -> List[np.ndarray]:
    return [np.zeros(spec.full_shape(model.batch or batch, 1),
                     spec.numpy_dtype) for spec in model.inputs]


def _write_report(model: "Model", arrays: List[np.ndarray],
                  report: "str | os.PathLike[str]") -> None:
    """The report of nnc-run, which knows what the machine can do, on the same
    inputs."""
    nnc = model._source.nnc if model._source else find_nnc(None)
    with tempfile.TemporaryDirectory(prefix="nnc") as folder:
        library = os.path.join(folder, "model.so")
        model.save(library)
        arguments = [library, f"--symbol={model.name}",
                     f"--threads={model.threads}",
                     f"--profile={os.path.abspath(os.fspath(report))}"]
        if model._weights_path is not None:
            arguments.append(f"--weights={os.fspath(model._weights_path)}")
        # In the order of the inputs, which is nnc-run's for those without a
        # name.
        for i, (array, spec) in enumerate(zip(arrays, model.inputs)):
            path = os.path.join(folder, f"{i}.npy")
            np.save(path, array.astype(spec.numpy_dtype))
            arguments.append(f"--input={path}")
        run_nnc_run(nnc, arguments)


def measure(model: "Model", x: Any, batch: int, seconds: float,
            report: "str | os.PathLike[str] | None") -> Profile:
    """See Model.profile."""
    model, profile = _profiled(model)
    arrays, batch, steps = model._fit(_zeros(model, batch) if x is None else x)
    if report is not None:
        _write_report(model, arrays, report)
    own = model._library.model
    workspace = aligned_zeros(model._workspaces.size, own.alignment)
    state = None
    if model.stateful:
        state = aligned_zeros(own.state_size * batch, own.alignment)
        own.reset(state.ctypes.data, batch)
    outputs = [new_memory(s, s.full_shape(batch, steps))
               for s in model.outputs]
    cast = model._cast(arrays)

    counters = _Counters(profile, own.workspace_size, workspace)
    model._call(cast, outputs, batch, steps, workspace, state)  # warm up
    counters.take()
    calls: List[float] = []
    ticks: List[np.ndarray] = []
    begin, begin_ticks = time.perf_counter(), profile.clock()
    end = begin
    while end < begin + seconds and len(calls) < _MOST_CALLS or not calls:
        start = time.perf_counter()
        model._call(cast, outputs, batch, steps, workspace, state)
        end = time.perf_counter()
        calls.append(end - start)
        ticks.append(counters.take())
    ticked = profile.clock() - begin_ticks
    tick = (time.perf_counter() - begin) * 1e6 / max(ticked, 1)
    return Profile(model.name, batch, model.threads, len(calls),
                   statistics.median(calls) * 1e6,
                   _layers(profile, np.array(ticks) * tick))


def _layers(profile: _abi.Profile, times: np.ndarray) -> List[LayerTime]:
    """`times` are microseconds, a row for each call."""
    cut = len(times) // 4
    middle = np.sort(times, axis=0)[cut:len(times) - cut].mean(axis=0)
    total = middle.sum() or 1.0
    return [LayerTime(section.name.decode("utf-8", "replace"),
                      section.layer.decode("utf-8", "replace"),
                      section.fused.decode("utf-8", "replace"), float(own),
                      float(own / total), section.flops)
            for section, own in zip(
                profile.sections[:profile.section_count], middle)]
