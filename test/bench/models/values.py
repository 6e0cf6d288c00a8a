"""Seeded numbers that are the same with numpy and without it.

Every tensor has a stream of its own, made from the seed and its name, so that
one model's values do not depend on what else is generated. The generator counts
(splitmix64 over the element's index), which numpy computes a million at a time;
without numpy a loop gives the same bits, fast enough for the small models that
the tests use.
"""

import array
import hashlib

try:
    import numpy
except ImportError:
    numpy = None

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_CHUNK = 1 << 20


def _start(seed, name):
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "little")


def _in_python(start, count, scale, base):
    values = array.array("f", bytes(4 * count))
    for index in range(count):
        z = (start + index * _STEP) & _MASK
        for shift, factor in _MIX:
            z = ((z ^ (z >> shift)) * factor) & _MASK
        unit = ((z ^ (z >> 31)) >> 40) / (1 << 23) - 1.0
        values[index] = unit * scale + base
    return values


def _in_numpy(start, count, scale, base):
    values = numpy.empty(count, numpy.float32)
    for first in range(0, count, _CHUNK):
        index = numpy.arange(first, min(first + _CHUNK, count),
                             dtype=numpy.uint64)
        z = index * numpy.uint64(_STEP) + numpy.uint64(start)
        for shift, factor in _MIX:
            z = (z ^ (z >> numpy.uint64(shift))) * numpy.uint64(factor)
        top = (z ^ (z >> numpy.uint64(31))) >> numpy.uint64(40)
        unit = top.astype(numpy.float64) / (1 << 23) - 1.0
        values[first:first + len(index)] = unit * scale + base
    return values


def uniform(seed, name, count, scale=1.0, base=0.0):
    """`count` floats, evenly spread from base - scale to base + scale."""
    make = _in_numpy if numpy else _in_python
    return make(_start(seed, name), count, scale, base)
