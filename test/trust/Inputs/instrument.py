"""Marks every function of LLVM IR for a sanitizer: instrument.py ATTRIBUTE FILE...

A sanitizer leaves alone what does not ask for it, as nnc's functions do not.
Loads and stores are then checked in the code of a model as in any other.
"""

import re
import sys

attribute = sys.argv[1]
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text, count = re.subn(r"(?m)^(define .*) \{$", rf"\1 {attribute} {{", text)
    if count == 0:
        sys.exit(f"{path}: no function")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
