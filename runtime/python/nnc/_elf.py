"""Which models a shared library exports, from its dynamic symbol table.

The library is read as a file, before the loader sees it: whatever it is, the
answer is a list of names or a LoadError. 64-bit little-endian ELF only, which
is all that this package can load.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO, List

from ._errors import LoadError

_DYNSYM = 11  # sh_type of the dynamic symbol table
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_MODEL = re.compile(rb"^([A-Za-z_][A-Za-z0-9_]*)_model$")
_MOST = 1 << 26  # bytes of a table that is still believed


def _read(file: BinaryIO, offset: int, size: int) -> bytes:
    if size > _MOST:
        raise LoadError("its symbol table is damaged")
    file.seek(offset)
    data = file.read(size)
    if len(data) != size:
        raise LoadError("it is cut short")
    return data


def _sections(file: BinaryIO) -> List[tuple]:
    file.seek(0)
    head = file.read(_HEADER.size)
    if len(head) != _HEADER.size or head[:4] != b"\x7fELF":
        raise LoadError("it is no shared library")
    fields = _HEADER.unpack(head)
    if head[4:6] != b"\x02\x01":
        raise LoadError("it is compiled for another kind of machine")
    if fields[1] != 3:
        raise LoadError("it is no shared library; compile the model with "
                        "-o MODEL.so")
    offset, size, count = fields[6], fields[11], fields[12]
    if count and size != _SECTION.size:
        raise LoadError("its section table is damaged")
    table = _read(file, offset, size * count)
    return list(_SECTION.iter_unpack(table))


def model_symbols(file: BinaryIO) -> List[str]:
    """The prefixes NAME of all symbols NAME_model, in the file's order."""
    sections = _sections(file)
    names: List[str] = []
    for section in sections:
        if section[1] != _DYNSYM or section[6] >= len(sections):
            continue
        strings_at = sections[section[6]]
        strings = _read(file, strings_at[4], strings_at[5])
        table = _read(file, section[4],
                      section[5] // _SYMBOL.size * _SYMBOL.size)
        for name, _, _, index, _, _ in _SYMBOL.iter_unpack(table):
            if index == 0 or name >= len(strings):
                continue
            match = _MODEL.match(strings[name:strings.find(b"\0", name)])
            if match:
                names.append(match[1].decode())
    return names
