"""Writes the bytes of `nnc.weights_blob` of a printed module to a file."""
import re
import sys

text = open(sys.argv[1]).read()
digits = re.search(r'nnc_weights\w*: "0x([0-9A-F]+)"', text).group(1)
# The first four bytes are the alignment.
open(sys.argv[2], "wb").write(bytes.fromhex(digits)[4:])
