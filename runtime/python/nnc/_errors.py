"""What this package raises, besides ValueError for unfit arguments.

The messages of the compiler become findings: one for each line it prints, with
the layer it speaks of, so that a program can list them or look one up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import List, Optional, Sequence

_LINE = re.compile(
    r"^(?P<place>.*?): (?P<severity>error|warning|note): (?P<message>.*)$")
_LAYER = re.compile(
    r"^layer '(?P<layer>.*?)'(?: \((?P<kind>[^()]*)\))?: (?P<rest>.*)$")
_LINE_OF_TEXT = re.compile(r":[0-9]+:[0-9]+$")
_CODE = re.compile(r"^(?P<message>.*?) \[(?P<code>[A-Z]+[0-9]+)\]$")


class Error(Exception):
    """The base of all errors of this package."""


class ToolError(Error):
    """The program `nnc` is missing, or ended in a way that it never should."""


class LoadError(Error):
    """A file is no shared library of a model that this package can call."""


class RunError(Error):
    """A model refused a call. `status` is its nnc_status (see nnc/abi.h)."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status

    def __reduce__(self):
        return RunError, (self.args[0], self.status)


@dataclass(frozen=True)
class Finding:
    """One thing that the compiler says.

    `message` is the whole sentence, without place, severity and code; `layer`
    and `layer_class` are the Keras name and class where it is about a layer;
    `place` is the file, with line and column if it is text, or "nnc"; `code`
    names the kind of message, where nnc gives one (`nnc --explain CODE`);
    `notes` are the remarks that belong to it.
    """

    message: str
    severity: str = "error"
    place: str = "nnc"
    layer: Optional[str] = None
    layer_class: Optional[str] = None
    code: Optional[str] = None
    notes: Sequence[str] = field(default=())

    def __str__(self) -> str:
        # A layer's name says more than a file's, but less than a line's.
        bare = self.place == "nnc" or (self.layer is not None and
                                       not _LINE_OF_TEXT.search(self.place))
        place = "" if bare else f"{self.place}: "
        code = f" [{self.code}]" if self.code else ""
        return "\n  ".join([place + self.message + code, *self.notes])


class CompileError(Error):
    """The compiler refused. `findings` is everything that it found, in its
    order; the exception's text has all of it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings: List[Finding] = list(findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self):
        return type(self), (self.findings,)


class UnsupportedModel(CompileError):
    """The model itself stands in the way: layers that cannot be compiled, a
    shape that is open, a damaged file. All findings come at once."""


def parse_findings(text: str) -> List[Finding]:
    """The findings in what nnc printed. Notes go to the finding before them;
    lines that are no message are left out."""
    findings: List[Finding] = []
    notes: List[List[str]] = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        place, severity, message = match.groups()
        if severity == "note" and notes:
            notes[-1].append(message)
            continue
        coded = _CODE.match(message)
        code = coded["code"] if coded else None
        message = coded["message"] if coded else message
        about = _LAYER.match(message)
        notes.append([])
        findings.append(Finding(
            message, severity, place, about["layer"] if about else None,
            about["kind"] if about else None, code, notes[-1]))
    return findings


def compile_error(text: str) -> Error:
    """The exception for a run of nnc that failed and printed `text`."""
    errors = [f for f in parse_findings(text) if f.severity == "error"]
    if not errors:
        last = text.strip().splitlines()[-1:] or ["it said nothing"]
        return ToolError(f"nnc failed: {last[0]}")
    if any(f.place != "nnc" or f.layer is not None for f in errors):
        return UnsupportedModel(errors)
    return CompileError(errors)
