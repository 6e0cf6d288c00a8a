"""Arrays and their files, with nothing but the standard library.

An Array is a shape and a flat list of Python numbers in row-major order. The
files are numpy's .npy and .npz, and .safetensors.
"""

import array
import ast
import itertools
import json
import math
import struct
import zipfile

# What `struct` calls an element of numpy's type.
CODES = {"<f2": "e", "<f4": "f", "<f8": "d", "|b1": "?", "|i1": "b",
         "<i2": "h", "<i4": "i", "<i8": "q", "|u1": "B", "<u2": "H",
         "<u4": "I", "<u8": "Q"}
SAFETENSORS = {"<f4": "F32", "<f8": "F64", "<i4": "I32", "|i1": "I8"}


def to_float32(value):
    """The nearest number that a float32 holds."""
    return array.array("f", [value])[0]


class Array:
    """`shape`, a tuple, and `data`, a list; `dtype` as numpy writes it."""

    def __init__(self, shape, data, dtype="<f4"):
        self.shape = tuple(shape)
        self.data = list(data)
        self.dtype = dtype
        if len(self.data) != math.prod(self.shape):
            raise ValueError(f"{len(self.data)} elements for {self.shape}")

    @staticmethod
    def filled(shape, value=0.0):
        return Array(shape, [value] * math.prod(shape))

    @staticmethod
    def from_function(shape, function):
        """The array whose element at an index (a tuple) is function(index)."""
        return Array(shape, [function(i) for i in indices(shape)])

    def offset(self, index):
        position = 0
        for i, extent in zip(index, self.shape):
            position = position * extent + i
        return position

    def __getitem__(self, index):
        return self.data[self.offset(index)]

    def __setitem__(self, index, value):
        self.data[self.offset(index)] = value

    def reshaped(self, shape):
        return Array(shape, self.data, self.dtype)

    def rows(self, start, stop):
        """The part along the first axis."""
        row = math.prod(self.shape[1:])
        return Array((stop - start,) + self.shape[1:],
                     self.data[start * row:stop * row], self.dtype)


def indices(shape):
    """Every index of an array of that shape, in row-major order."""
    return itertools.product(*map(range, shape))


def parse_npy(data):
    """An Array from the bytes of a .npy file."""
    if data[:6] != b"\x93NUMPY":
        raise ValueError("not a .npy file")
    width, start = ("<H", 10) if data[6] == 1 else ("<I", 12)
    length, = struct.unpack_from(width, data, 8)
    header = ast.literal_eval(data[start:start + length].decode("latin1"))
    if header["fortran_order"]:
        raise ValueError("the order of elements is not row-major")
    shape, dtype = header["shape"], header["descr"]
    if dtype not in CODES:
        raise ValueError(f"elements of type {dtype}")
    return parse_raw(shape, dtype, data, start + length)


def parse_raw(shape, dtype, data, start=0):
    """An Array of elements that lie one after the other."""
    values = struct.unpack_from(f"<{math.prod(shape)}{CODES[dtype]}", data,
                                start)
    return Array(shape, values, dtype)


def npy_bytes(values):
    head = f"{{'descr': '{values.dtype}', 'fortran_order': False, " \
           f"'shape': {values.shape}, }}"
    head += " " * (-(len(head) + 11) % 64) + "\n"
    return (b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) +
            head.encode("latin1") + raw_bytes(values))


def raw_bytes(values):
    return struct.pack(f"<{len(values.data)}{CODES[values.dtype]}",
                       *values.data)


def read_npy(path):
    with open(path, "rb") as file:
        return parse_npy(file.read())


def write_npy(path, values):
    with open(path, "wb") as file:
        file.write(npy_bytes(values))


def read_npz(path):
    """The arrays of a .npz file by name."""
    with zipfile.ZipFile(path) as archive:
        return {name[:-len(".npy")]: parse_npy(archive.read(name))
                for name in archive.namelist()}


def write_npz(path, arrays):
    with zipfile.ZipFile(path, "w") as archive:
        for name, values in arrays.items():
            archive.writestr(name + ".npy", npy_bytes(values))


def write_safetensors(path, arrays):
    header, body = {}, b""
    for name, values in arrays.items():
        data = raw_bytes(values)
        header[name] = {"dtype": SAFETENSORS[values.dtype],
                        "shape": list(values.shape),
                        "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def mismatch(got, want, rtol=1e-4, atol=1e-5):
    """What is wrong with `got`, or None.

    An element may be off by atol · max(1, largest |want|) + rtol · |want|.
    NaN only equals NaN, an infinity only itself.
    """
    if got.shape != want.shape:
        return f"has the shape {got.shape}, but {want.shape} is expected"
    finite = [abs(w) for w in want.data if math.isfinite(w)]
    absolute = atol * max([1.0] + finite)
    worst, where = -1.0, None
    for position, (g, w) in enumerate(zip(got.data, want.data)):
        if g == w or (math.isnan(g) and math.isnan(w)):
            continue
        if not (math.isfinite(g) and math.isfinite(w)):
            error = math.inf
        else:
            error = abs(g - w) - absolute - rtol * abs(w)
        if error > worst:
            worst, where = error, position
    if where is None or worst <= 0:
        return None
    index = next(itertools.islice(indices(want.shape), where, None))
    return f"at {index}: {got.data[where]!r}, expected {want.data[where]!r}"
