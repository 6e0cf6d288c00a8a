"""nnc/abi.h in ctypes: the structs of a compiled model, version 1.

The fields and their order are those of the C header, which says what they
mean. Nothing here calls anything.
"""

from __future__ import annotations

import ctypes as c

ABI_MAJOR = 1

# nnc_dtype → the name that numpy and Keras have for it.
DTYPES = ("float32", "float64", "float16", "bfloat16", "int8", "uint8",
          "int16", "uint16", "int32", "uint32", "int64", "uint64", "bool")

# nnc_status → nnc_status_string.
STATUS = {
    1: "a required pointer is NULL",
    2: "the header and the object belong to different models",
    3: "the batch is negative, too large, or not the compiled one",
    4: "a pointer is not aligned as it must be",
    5: "the workspace is too small",
    6: "an output overlaps another argument",
    7: "an input value addresses outside its table",
    8: "the weights are missing or belong to another model",
    9: "the parallel-for failed or is malformed",
    10: "out of memory",
    11: "a file cannot be read",
    12: "the buffers' sizes are not those of one batch",
    13: "the number of steps is negative or too large",
}

Task = c.CFUNCTYPE(None, c.c_void_p, c.c_int)
ParallelRun = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_void_p, c.c_int)


class Parallel(c.Structure):
    _fields_ = [("context", c.c_void_p), ("threads", c.c_int),
                ("run", ParallelRun)]


class Tensor(c.Structure):
    _fields_ = [("name", c.c_char_p), ("keras_name", c.c_char_p),
                ("shape", c.POINTER(c.c_int64)), ("rank", c.c_int32),
                ("dtype", c.c_int32), ("size", c.c_int64)]


class Args(c.Structure):
    _fields_ = [("signature", c.c_uint64), ("batch", c.c_int64),
                ("workspace", c.c_void_p), ("workspace_size", c.c_size_t),
                ("state", c.c_void_p), ("weights", c.c_void_p),
                ("weights_size", c.c_size_t),
                ("parallel", c.POINTER(Parallel))]


class Section(c.Structure):
    _fields_ = [("name", c.c_char_p), ("layer", c.c_char_p),
                ("fused", c.c_char_p), ("flops", c.c_int64),
                ("sample_bytes", c.c_int64), ("weight_bytes", c.c_int64)]


class Profile(c.Structure):
    _fields_ = [("clock", c.CFUNCTYPE(c.c_uint64)), ("counters", c.c_size_t),
                ("section_count", c.c_int64), ("sections", c.POINTER(Section))]


class Model(c.Structure):
    _fields_ = [("abi_major", c.c_uint32), ("abi_minor", c.c_uint32),
                ("signature", c.c_uint64), ("name", c.c_char_p),
                ("batch", c.c_int64), ("workspace_size", c.c_size_t),
                ("alignment", c.c_size_t), ("state_size", c.c_size_t),
                ("weights_size", c.c_size_t),
                ("weights_fingerprint", c.c_uint64),
                ("input_count", c.c_int32), ("output_count", c.c_int32),
                ("inputs", c.POINTER(Tensor)), ("outputs", c.POINTER(Tensor)),
                ("run", c.CFUNCTYPE(c.c_int, c.c_void_p)),
                ("workspace_size_for", c.CFUNCTYPE(c.c_size_t, c.c_int)),
                ("reset", c.CFUNCTYPE(None, c.c_void_p, c.c_int64)),
                ("prepare", c.CFUNCTYPE(None)),   # since minor version 1
                ("profile", c.POINTER(Profile))]  # since minor version 2


class WeightsHeader(c.Structure):
    _fields_ = [("magic", c.c_char * 8), ("size", c.c_uint64),
                ("fingerprint", c.c_uint64), ("checksum", c.c_uint64),
                ("reserved", c.c_uint64 * 4)]


WEIGHTS_MAGIC = b"NNCWGHT1"
