"""Whether every file of one folder is in another; names those that are not.

    missing.py INSTALLED PACKAGED

A packaged file may be compressed (.gz). Standard library only.
"""

import os
import sys


def files(root):
    for path, _, names in os.walk(root):
        for name in names:
            yield os.path.relpath(os.path.join(path, name), root)


def main():
    installed, packaged = sys.argv[1:]
    there = set(files(packaged))
    missing = [name for name in sorted(files(installed))
               if name not in there and name + ".gz" not in there]
    for name in missing:
        print(f"'{name}' is installed, but not in the package")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
