"""nnc.compile: a Keras model, or a file of one, to a Model.

The compiler is the program `nnc`, run on a file. What it was given is
remembered as a Source, since export, profile and verify compile once more.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._library import Library
from ._model import Model
from ._structure import read_templates
from ._tool import find_nnc, run_nnc

Path = Union[str, "os.PathLike[str]"]
Shape = Union[str, Sequence[int]]


class _Folder:
    """A temporary folder that lasts as long as this object."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="nnc")
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class Source:
    """A model's file and the options that it is compiled with."""

    def __init__(self, path: str, nnc: str, options: Dict[str, Any],
                 folder: Optional[_Folder]) -> None:
        self.path = path
        self.nnc = nnc
        self.options = options
        self._folder = folder  # holds the file of a Keras object

    def changed(self, changes: Mapping[str, Any]) -> Dict[str, Any]:
        """The options with some of them changed."""
        unknown = set(changes) - set(self.options)
        if unknown:
            raise TypeError(f"there is no option '{min(unknown)}'; there are "
                            f"{', '.join(sorted(self.options))}")
        result = {**self.options, **changes}
        # This machine's CPU is none of another target's.
        if result["target"] and "mcpu" not in changes:
            result["mcpu"] = None
        return result

    def library(self, **changes: Any) -> Library:
        """Compiles, and loads what came out."""
        with tempfile.TemporaryDirectory(prefix="nnc") as folder:
            output = os.path.join(folder, "model.so")
            options = self.changed(changes)
            run_nnc(self.nnc, [self.path, *_arguments(options), "-o", output])
            return Library(output)

    def export(self, folder: str,
               changes: Mapping[str, Any]) -> Tuple[str, str]:
        """Writes NAME.o and NAME.h, and returns their paths."""
        options = self.changed(changes)
        stem = options["name"] or \
            os.path.splitext(os.path.basename(self.path.rstrip("/")))[0]
        os.makedirs(folder, exist_ok=True)
        paths = (os.path.join(folder, stem + ".o"),
                 os.path.join(folder, stem + ".h"))
        run_nnc(self.nnc, [self.path, *_arguments(options), "-o", paths[0],
                           "--header", paths[1]])
        return paths

    def verify(self, samples: str, tolerance: float) -> str:
        """What `nnc --verify` reports."""
        return run_nnc(self.nnc, [
            self.path, *_arguments(self.options), "--verify", samples,
            "--tolerance", repr(float(tolerance))], may_disagree=True)


def _extents(shape: Shape) -> str:
    return shape if isinstance(shape, str) else "x".join(map(str, shape))


def _shapes(shape: Any) -> List[str]:
    if shape is None:
        return []
    if isinstance(shape, Mapping):
        return [f"{name}={_extents(s)}" for name, s in shape.items()]
    return [_extents(shape)]


def _arguments(options: Mapping[str, Any]) -> List[str]:
    """The options of nnc that stand for those of `compile`."""
    result = [f"--shape={shape}" for shape in _shapes(options["shape"])]
    for key, value in options.items():
        option = key.replace("_", "-")
        if key == "shape" or value is None or value is False:
            continue
        if key == "opt_level":
            result.append(f"-O{int(value)}")
        elif value is True:
            result.append(f"--{option}")
        else:
            result.append(f"--{option}={os.fspath(value)}"
                          if isinstance(value, os.PathLike)
                          else f"--{option}={value}")
    return result


def _save(model: Any, folder: str) -> str:
    """A Keras object as a file, which is called as the model is: C names come
    from it."""
    name = re.sub(r"\W", "_", str(getattr(model, "name", "") or "model"),
                  flags=re.ASCII)
    path = os.path.join(folder, name + ".keras")
    model.save(path)
    return path


def compile(model: Any, *,  # pylint: disable=redefined-builtin
            shape: Union[Shape, Mapping[str, Shape], None] = None,
            batch: Optional[int] = None,
            mcpu: Optional[str] = "native",
            mattr: Optional[str] = None,
            weights: Optional[Path] = None,
            seed: Optional[int] = None,
            stateful: bool = False,
            stream: bool = False,
            winograd: Optional[int] = None,
            opt_level: Optional[int] = None,
            profile: bool = False,
            name: Optional[str] = None,
            submodel: Optional[str] = None,
            threads: int = 1,
            nnc: Optional[Path] = None) -> Model:
    """Compiles a model and loads it.

    `model` is a file that nnc reads (.keras, .h5, .json, .mlir), or a Keras
    model, which is saved to a temporary file first.

    shape      fixes open dimensions: (28, 28, 1), or {"image": (28, 28, 1)}
               where there are several inputs; without the batch
    batch      compiles for exactly that many samples a call (default: any)
    mcpu       the CPU: "native" is this one; None makes code that runs on all
               of its kind and chooses when it runs
    mattr      features to add or take away, "+avx2,-fma"
    weights    a file that the weights are taken from
    seed       of the initial values of weights that the model does not have
    stateful   every recurrent layer keeps its state from call to call
    stream     a call takes any number of consecutive steps of time
    winograd   the largest tiles of 3x3 convolutions, 0, 2 or 4 (default 2)
    opt_level  0 to 3 (default 3)
    profile    puts counters in from the start, for Model.profile
    name       of the model in C
    submodel   which one to compile, if the file has several
    threads    that one call uses, the caller's included; 0: one per CPU
    nnc        the program, if it is not in PATH

    A call costs some tens of microseconds in Python beside the model's own
    time. UnsupportedModel: the model cannot be compiled; its
    `findings` say why, all at once. CompileError: an option is wrong.
    ToolError: there is no nnc. OSError: the file cannot be read.
    """
    program = find_nnc(nnc)
    folder = None
    if isinstance(model, (str, os.PathLike)):
        path = os.path.abspath(os.fspath(model))
        os.stat(path)
    elif callable(getattr(model, "save", None)):
        folder = _Folder()
        path = _save(model, folder.path)
    else:
        raise TypeError("expected a path or a Keras model, got "
                        f"{type(model).__name__}")
    if isinstance(weights, (str, os.PathLike)):
        weights = os.path.abspath(os.fspath(weights))
    options = {
        "shape": shape, "batch": batch, "mcpu": mcpu, "mattr": mattr,
        "weights": weights, "seed": seed, "stateful": stateful,
        "stream": stream, "winograd": winograd, "opt_level": opt_level,
        "profile": profile, "name": name, "model": submodel, "target": None,
    }
    source = Source(path, program, options, folder)
    library = source.library()
    templates = (None, None) if submodel else read_templates(path)
    return Model(library, threads, source=source, templates=templates)
