"""Model.verify: a compiled model against the Keras model that it came from.

The outputs are those of the model at hand. If they differ, `nnc --verify`
compiles the model with the layers' values as further outputs, to say which is
the first that is wrong.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional

import numpy as np

from ._record import recorded
from ._structure import flatten

if TYPE_CHECKING:
    from ._model import Model

_BATCH = 32


@dataclass(frozen=True)
class Verification:
    """What Model.verify found. `ok`: all outputs are within the tolerance, an
    error of `tolerance` of each value plus a tenth of it of the output's
    largest (or of 1). `errors` are the outputs' largest absolute errors, by
    name; `first_layer` is the first layer that differs, if that is known."""

    ok: bool
    errors: Dict[str, float]
    first_layer: Optional[str] = None

    def __bool__(self) -> bool:
        return self.ok


def verify(model: "Model", keras_model: Any, x: Any, tolerance: float,
           print_fn: Callable[[str], Any]) -> Verification:
    """See Model.verify."""
    batch = model.batch or _BATCH
    samples = recorded(keras_model, x, batch, layers=True)
    model.reset_states()
    inputs = [samples[f"in_{i}"] for i in range(len(model.inputs))]
    ours = flatten(model.predict(inputs, batch),
                   model.outputs, "output", model._templates[1])
    errors: Dict[str, float] = {}
    ok = True
    for i, (spec, got) in enumerate(zip(model.outputs, ours)):
        want = samples[f"out_{i}"]
        if got.shape != want.shape:
            raise ValueError(f"output '{spec.name}': the Keras model gives "
                             f"{want.shape}, this model {got.shape}")
        error, share = compare(got, want, tolerance)
        errors[spec.name] = max(error, errors.get(spec.name, 0.0))
        ok = ok and share <= 1
        print_fn(f"output '{spec.name}': largest error {error:.3g}, "
                 f"{share:.3g} of what is allowed: "
                 f"{'PASS' if share <= 1 else 'FAIL'}")
    layer = None if ok else _first_layer(model, samples, tolerance, print_fn)
    return Verification(ok, errors, layer)


def compare(got: np.ndarray, want: np.ndarray,
            tolerance: float) -> "tuple[float, float]":
    """The largest absolute error, and the largest as a part of what is
    allowed. Equal infinities agree, and so do two NaNs."""
    got, want = got.astype(np.float64), want.astype(np.float64)
    finite = np.abs(want[np.isfinite(want)])
    largest = max(1.0, finite.max(initial=0.0))
    with np.errstate(invalid="ignore"):
        allowed = tolerance * (np.abs(want) + 0.1 * largest)
        error = np.abs(got - want)
        share = error / allowed
    same = (got == want) | (np.isnan(got) & np.isnan(want))
    broken = ~same & ~(np.isfinite(got) & np.isfinite(want))
    error = np.where(same, 0.0, np.where(broken, np.inf, error))
    share = np.where(same, 0.0, np.where(broken, np.inf, share))
    return float(error.max(initial=0.0)), float(share.max(initial=0.0))


def _first_layer(model: "Model", samples: Dict[str, np.ndarray],
                 tolerance: float,
                 print_fn: Callable[[str], Any]) -> Optional[str]:
    if model._source is None:
        print_fn("the model was loaded; compile it to learn which layer "
                 "differs first")
        return None
    with tempfile.TemporaryDirectory(prefix="nnc") as folder:
        path = os.path.join(folder, "samples.npz")
        np.savez(path, **samples)
        report = model._source.verify(path, tolerance)
    lines: List[str] = [line for line in report.splitlines()
                        if not line.startswith("output '")]
    for line in lines:
        print_fn(line)
    match = re.search(r"^first layer that differs: '(.*?)':", report, re.M)
    return match[1] if match else None
