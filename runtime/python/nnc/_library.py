"""A shared library with a model, loaded into the process.

The library is loaded through a name of its own, so that a file that is compiled
again is loaded again, and its bytes stay readable after the file is gone. It is
unloaded when nobody holds it any more.
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import tempfile
import weakref
from _ctypes import dlclose  # type: ignore[attr-defined]
from typing import Any, Dict, Iterator, List, Optional, Tuple

from . import _abi
from ._elf import model_symbols
from ._errors import LoadError

_CHUNK = 1 << 20


def _choose(names: List[str], symbol: Optional[str]) -> str:
    if not names:
        raise LoadError("it exports no model")
    if symbol is not None:
        if symbol in names:
            return symbol
        raise LoadError(f"it has no model '{symbol}', but {', '.join(names)}")
    if len(names) > 1:
        raise LoadError(f"it has several models: {', '.join(names)}; choose "
                        "one with symbol=")
    return names[0]


def _open(path: str) -> ctypes.CDLL:
    with tempfile.TemporaryDirectory(prefix="nnc") as folder:
        link = os.path.join(folder, "model.so")
        os.symlink(path, link)
        try:
            return ctypes.CDLL(link)
        except OSError as error:
            raise LoadError("it cannot be loaded: " +
                            str(error).replace(link, path)) from None


class Library:
    """`model` is the nnc_model, `info` what nnc wrote beside it (empty for a
    library that was not made by nnc's own linker), `path` where it was."""

    def __init__(self, path: "str | os.PathLike[str]",
                 symbol: Optional[str] = None) -> None:
        self.path = os.path.abspath(os.fspath(path))
        self._file = open(self.path, "rb")
        weakref.finalize(self, self._file.close)
        try:
            self.name, handle = self._load(symbol)
        except LoadError as error:
            raise LoadError(f"{os.fspath(path)}: {error}") from None
        self._handle = handle
        weakref.finalize(self, dlclose, handle._handle).atexit = False
        self.info = self._read_info()

    def _load(self, symbol: Optional[str]) -> Tuple[str, ctypes.CDLL]:
        name = _choose(model_symbols(self._file), symbol)
        # By the file that was read, not by a name that may have changed since.
        handle = _open(f"/proc/{os.getpid()}/fd/{self._file.fileno()}")
        self.model = _abi.Model.in_dll(handle, name + "_model")
        if self.model.abi_major != _abi.ABI_MAJOR:
            raise LoadError(f"it speaks version {self.model.abi_major} of "
                            f"nnc's ABI, but this package {_abi.ABI_MAJOR}")
        return name, handle

    def _read_info(self) -> Dict[str, Any]:
        try:
            text = ctypes.c_char.in_dll(self._handle, self.name + "_info")
        except ValueError:
            return {}
        return json.loads(ctypes.string_at(ctypes.addressof(text)))

    @property
    def profile(self) -> Optional[_abi.Profile]:
        """The model's counters, if it was compiled with them."""
        if self.model.abi_minor < 2 or not self.model.profile:
            return None
        return self.model.profile.contents

    def chunks(self) -> Iterator[bytes]:
        """The library's bytes."""
        offset = 0
        while True:
            chunk = os.pread(self._file.fileno(), _CHUNK, offset)
            if not chunk:
                return
            offset += len(chunk)
            yield chunk

    def save(self, path: "str | os.PathLike[str]") -> None:
        """Writes the library to `path`: beside it first, then renamed, since
        whoever has the old file loaded must not see it change."""
        path = os.fspath(path)
        partial = f"{path}.{secrets.token_hex(4)}"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o777)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(self.chunks())
            os.replace(partial, path)
        except BaseException:
            os.unlink(partial)
            raise
