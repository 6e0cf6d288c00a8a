"""Writes models that call one another: calls.py chain|double DEPTH."""

import sys

repeats = {"chain": 1, "double": 2}[sys.argv[1]]
depth = int(sys.argv[2])
for i in range(depth):
    print(f"nn.sequential @m{i} {{\n  nn.input {{shape = [3]}}")
    print(f"  nn.call @m{i + 1}\n" * repeats + "}")
print(f"nn.sequential @m{depth} {{\n  nn.input {{shape = [3]}}\n  nn.relu\n}}")
