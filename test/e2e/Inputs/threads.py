"""Writes image.npy, one image, into a folder."""

import os
import random
import sys

from arrays import Array, to_float32, write_npy

draw = random.Random(1).uniform
shape = (1, 33, 30, 16)
values = [to_float32(draw(-1, 1)) for _ in range(33 * 30 * 16)]
write_npy(os.path.join(sys.argv[1], "image.npy"), Array(shape, values))
