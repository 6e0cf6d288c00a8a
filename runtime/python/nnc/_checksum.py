"""XXH3-64 with seed 0 of a weights file, as nnc_checksum in nnc/runtime.h has it.

The algorithm is that of https://github.com/Cyan4973/xxHash (doc/xxhash_spec.md).
Stripes between two scrambles only add up, so that numpy sums those of a block at
once; what is left are a few products of whole numbers for each KiB.
"""

from __future__ import annotations

import numpy as np

_MASK = (1 << 64) - 1
_PRIME32 = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
_PRIME64 = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9,
            0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)
_MIX = (0x165667919E3779F9, 0x9FB21C651E98DF25)
_KEY = bytes.fromhex(
    "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
    "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
    "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
    "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
    "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
    "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e")
_STRIPE, _BLOCK = 64, 16


def _load(data: bytes, at: int, size: int = 8) -> int:
    return int.from_bytes(data[at:at + size], "little")


def _fold(a: int, b: int) -> int:
    product = a * b
    return (product & _MASK) ^ (product >> 64)


def _avalanche(value: int) -> int:
    value = (value ^ value >> 37) * _MIX[0] & _MASK
    return value ^ value >> 32


def _avalanche_tiny(value: int) -> int:
    value = (value ^ value >> 33) * _PRIME64[1] & _MASK
    value = (value ^ value >> 29) * _PRIME64[2] & _MASK
    return value ^ value >> 32


def _rotate(value: int, bits: int) -> int:
    return (value << bits | value >> (64 - bits)) & _MASK


def _short(data: bytes) -> int:
    """Of at most 16 bytes."""
    size = len(data)
    if size > 8:
        low = _load(data, 0) ^ _load(_KEY, 24) ^ _load(_KEY, 32)
        high = _load(data, size - 8) ^ _load(_KEY, 40) ^ _load(_KEY, 48)
        swapped = int.from_bytes(low.to_bytes(8, "little"), "big")
        return _avalanche((size + swapped + high + _fold(low, high)) & _MASK)
    if size >= 4:
        value = _load(data, 0, 4) << 32 | _load(data, size - 4, 4)
        value ^= _load(_KEY, 8) ^ _load(_KEY, 16)
        value ^= _rotate(value, 49) ^ _rotate(value, 24)
        value = value * _MIX[1] & _MASK
        value = (value ^ ((value >> 35) + size)) * _MIX[1] & _MASK
        return value ^ value >> 28
    if size > 0:
        value = (data[0] << 16 | data[size >> 1] << 24 | data[-1] | size << 8)
        return _avalanche_tiny(value ^ _load(_KEY, 0, 4) ^ _load(_KEY, 4, 4))
    return _avalanche_tiny(_load(_KEY, 56) ^ _load(_KEY, 64))


def _mix(data: bytes, at: int, key: int) -> int:
    return _fold(_load(data, at) ^ _load(_KEY, key),
                 _load(data, at + 8) ^ _load(_KEY, key + 8))


def _medium(data: bytes) -> int:
    """Of 17 to 240 bytes."""
    size = len(data)
    value = size * _PRIME64[0]
    if size <= 128:
        for i in range((size - 1) // 32 + 1):
            value += _mix(data, 16 * i, 32 * i)
            value += _mix(data, size - 16 * (i + 1), 32 * i + 16)
        return _avalanche(value & _MASK)
    value += sum(_mix(data, 16 * i, 16 * i) for i in range(8))
    value = _avalanche(value & _MASK)
    value += sum(_mix(data, 16 * i, 16 * (i - 8) + 3)
                 for i in range(8, size // 16))
    return _avalanche((value + _mix(data, size - 16, 119)) & _MASK)


def _sums(stripes: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """What rows of stripes add to the eight lanes, without overflow checks."""
    keyed = stripes ^ keys
    products = (keyed & np.uint64(0xFFFFFFFF)) * (keyed >> np.uint64(32))
    swapped = stripes.reshape(*stripes.shape[:-1], 4, 2)[..., ::-1]
    return (products + swapped.reshape(stripes.shape)).sum(
        axis=-2, dtype=np.uint64)


def _stripes(data: np.ndarray) -> np.ndarray:
    return np.frombuffer(data, "<u8").reshape(-1, 8)


def _long(data: np.ndarray) -> int:
    key = np.array([[_load(_KEY, 8 * (row + lane)) for lane in range(8)]
                    for row in range(_BLOCK)], np.uint64)
    count = (data.size - 1) // _STRIPE
    whole = count // _BLOCK
    lanes = [_PRIME32[2], _PRIME64[0], _PRIME64[1], _PRIME64[2], _PRIME64[3],
             _PRIME32[1], _PRIME64[4], _PRIME32[0]]
    scramble = [_load(_KEY, 128 + 8 * lane) for lane in range(8)]
    part = 4096  # blocks that are summed up at once
    for first in range(0, whole, part):
        last = min(first + part, whole)
        block = _BLOCK * _STRIPE
        sums = _sums(_stripes(data[first * block:last * block])
                     .reshape(-1, _BLOCK, 8), key)
        for row in sums.tolist():
            for lane in range(8):
                value = lanes[lane] + row[lane] & _MASK
                value ^= value >> 47 ^ scramble[lane]
                lanes[lane] = value * _PRIME32[0] & _MASK
    rest = data[whole * _BLOCK * _STRIPE:count * _STRIPE]
    end = np.array([[_load(_KEY, 121 + 8 * lane) for lane in range(8)]],
                   np.uint64)
    for stripes, keys in ((_stripes(rest), key[:count % _BLOCK]),
                          (_stripes(data[-_STRIPE:]), end)):
        for lane, value in enumerate(_sums(stripes, keys).tolist()):
            lanes[lane] = lanes[lane] + value & _MASK
    value = data.size * _PRIME64[0]
    for lane in range(0, 8, 2):
        value += _fold(lanes[lane] ^ _load(_KEY, 11 + 8 * lane),
                       lanes[lane + 1] ^ _load(_KEY, 19 + 8 * lane))
    return _avalanche(value & _MASK)


def checksum(data: np.ndarray) -> int:
    """Of an array of bytes that lie next to each other."""
    if data.size > 240:
        return _long(data)
    return (_short if data.size <= 16 else _medium)(data.tobytes())
