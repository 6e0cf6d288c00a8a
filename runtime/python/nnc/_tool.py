"""The program `nnc`: where it is, and how it is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import List, Optional

from ._errors import ToolError, compile_error


def find_nnc(given: "str | os.PathLike[str] | None") -> str:
    """`given`, else the one installed with this package (PREFIX/bin for
    PREFIX/lib/python3/dist-packages/nnc), else the first in PATH."""
    if given is not None:
        path = shutil.which(os.fspath(given))
        if path is None:
            raise ToolError(f"there is no program '{os.fspath(given)}'")
        return path
    here = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(here, "..", "..", "..", "..", "bin", "nnc")
    if os.path.basename(os.path.dirname(here)) == "dist-packages" and \
            os.access(beside, os.X_OK):
        return os.path.normpath(beside)
    path = shutil.which("nnc")
    if path is None:
        raise ToolError("the program 'nnc' is not in PATH; add its folder, or "
                        "say where it is with nnc=\"/path/to/nnc\"")
    return path


def _run(program: str,
         arguments: List[str]) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run([program, *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False,
                              encoding="utf-8", errors="replace")
    except OSError as error:
        raise ToolError(f"cannot run '{program}': {error.strerror}") from None


def run_nnc_run(nnc: str, arguments: List[str]) -> None:
    """Runs the nnc-run that is installed beside `nnc`."""
    done = _run(os.path.join(os.path.dirname(nnc), "nnc-run"), arguments)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["nnc-run failed"]
        raise ToolError(said[0])


def run_nnc(nnc: str, arguments: List[str],
            may_disagree: bool = False) -> str:
    """What nnc prints. Raises what its messages say if it fails; a --verify
    that disagrees (`may_disagree`) has printed its report before."""
    done = _run(nnc, arguments)
    if done.returncode and not (may_disagree and done.stdout):
        raise compile_error(done.stderr)
    return done.stdout
