"""An object with another version of the ABI: old.py FROM TO MAJOR MINOR.

nnc_model starts with both numbers and the model's signature, by which the place
is found. Also writes bits.npy, an input.
"""

import os
import re
import struct
import sys

source, target, major, minor = sys.argv[1:]
folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(folder, "..", "..", "e2e", "Inputs"))
from arrays import Array, write_npy

with open(os.path.join(folder, "old", "old.h"), encoding="utf-8") as header:
    signature = int(re.search(r"OLD_SIGNATURE UINT64_C\((\w+)\)",
                              header.read())[1], 0)
with open(source, "rb") as file:
    data = file.read()
old = struct.pack("<IIQ", 1, 2, signature)
if data.count(old) != 1:
    sys.exit("the object's version is not where it was")
with open(target, "wb") as file:
    file.write(data.replace(old, struct.pack("<IIQ", int(major), int(minor),
                                             signature)))
write_npy("bits.npy", Array((4, 2), [0, 0, 0, 1, 1, 0, 1, 1]))
