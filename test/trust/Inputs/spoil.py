"""Weights files that are wrong, each in its way, from a good one: spoil.py FILE.

Byte 0 is the magic's, 8 the size's, 16 the fingerprint's, 24 the checksum's, 64
the first of the payload. Also writes x.npy, an input.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "..", "e2e", "Inputs"))
from arrays import Array, write_npy

with open(sys.argv[1], "rb") as file:
    good = file.read()


def flipped(at):
    return good[:at] + bytes([good[at] ^ 1]) + good[at + 1:]


files = {
    "empty": b"",
    "short": good[:63],
    "cut": good[:-64],
    "long": good + bytes(64),
    "magic": flipped(7),
    "size": flipped(8),
    "fingerprint": flipped(16),
    "checksum": flipped(24),
    "payload": flipped(64),
    "last": flipped(len(good) - 1),
}
for name, data in files.items():
    with open(name, "wb") as file:
        file.write(data)
write_npy("x.npy", Array((1, 37), [i / 37 for i in range(37)]))
