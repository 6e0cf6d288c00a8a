"""Compiles a file cut at many places, and with many bytes overwritten.

    damage.py FILE OUTPUT NNC

A file that is cut is refused and nothing is written. One with another byte may
be a model by chance, but never ends nnc in any other way than an error does.
"""

import os
import subprocess
import sys

PLACES = 40


def compile_bytes(content, output, nnc):
    return subprocess.run([nnc, "-", "-o", output], input=content,
                          capture_output=True, timeout=60, check=False)


def main():
    path, output, nnc = sys.argv[1:]
    with open(path, "rb") as file:
        whole = file.read().rstrip(b"\n")
    places = sorted({len(whole) * i // PLACES for i in range(1, PLACES)})
    for place in places:
        cut = compile_bytes(whole[:place], output, nnc)
        if cut.returncode != 1 or b"error: " not in cut.stderr:
            sys.exit(f"{path}, {place} bytes: exit code {cut.returncode}\n"
                     f"{cut.stderr.decode(errors='replace')}")
        if os.path.exists(output):
            sys.exit(f"{path}, {place} bytes: wrote {output}")
    for place in places:
        content = whole[:place] + b"\xff" + whole[place + 1:]
        other = compile_bytes(content, output, nnc)
        if other.returncode not in (0, 1):
            sys.exit(f"{path}, byte {place}: exit code {other.returncode}\n"
                     f"{other.stderr.decode(errors='replace')}")
        if other.returncode == 0:
            os.remove(output)


if __name__ == "__main__":
    main()
