"""Writes small weights files, right and wrong ones.

    weights.py FILE.safetensors|FILE.npz NAME=SHAPE[:DTYPE] ...

SHAPE is 3x4 (or nothing for a scalar); the elements are 0, 1, 2, ... of the
given type, float32 unless another is named.
"""

import json
import struct
import sys
import zipfile

FORMATS = {  # numpy's name: struct's, safetensors', numpy's letter
    "float32": ("f", "F32", "<f4"), "float64": ("d", "F64", "<f8"),
    "float16": ("e", "F16", "<f2"), "int32": ("i", "I32", "<i4"),
    "bool": ("?", "BOOL", "|b1"),
}


def parse(argument):
    name, _, rest = argument.rpartition("=")
    shape, _, dtype = rest.partition(":")
    dims = [int(dim) for dim in shape.split("x")] if shape else []
    count = 1
    for dim in dims:
        count *= dim
    letter = FORMATS[dtype or "float32"][0]
    data = struct.pack(f"<{count}{letter}", *range(count))
    return name, dims, dtype or "float32", data


def write_safetensors(path, tensors):
    header, blob = {}, b""
    for name, dims, dtype, data in tensors:
        header[name] = {"dtype": FORMATS[dtype][1], "shape": dims,
                        "data_offsets": [len(blob), len(blob) + len(data)]}
        blob += data
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + blob)


def write_npz(path, tensors):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, dims, dtype, data in tensors:
            shape = "(" + "".join(f"{dim}, " for dim in dims) + ")"
            text = (f"{{'descr': '{FORMATS[dtype][2]}', 'fortran_order': False,"
                    f" 'shape': {shape}, }}")
            text += " " * (-(len(text) + 11) % 64) + "\n"
            head = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text))
            archive.writestr(name + ".npy", head + text.encode() + data)


def main():
    tensors = [parse(argument) for argument in sys.argv[2:]]
    if sys.argv[1].endswith(".npz"):
        write_npz(sys.argv[1], tensors)
    else:
        write_safetensors(sys.argv[1], tensors)


if __name__ == "__main__":
    main()
