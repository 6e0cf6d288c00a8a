"""Compiles every so many first bytes of a file: each is refused with an error.

    truncate.py FILE OUTPUT NNC
"""

import os
import subprocess
import sys

path, output, nnc = sys.argv[1:]
with open(path, "rb") as file:
    whole = file.read().rstrip(b"\n")
for length in sorted({len(whole) * i // 40 for i in range(1, 40)}):
    result = subprocess.run([nnc, "-", "-o", output], input=whole[:length],
                            capture_output=True, timeout=60, check=False)
    if result.returncode != 1 or b"error: " not in result.stderr:
        sys.exit(f"{path}, {length} bytes: exit code {result.returncode}\n"
                 f"{result.stderr.decode(errors='replace')}")
    if os.path.exists(output):
        sys.exit(f"{path}, {length} bytes: wrote {output}")
