"""Lists the innermost loops of LLVM IR that compute floats one at a time.

    scalar_loops.py FILE.ll...

A loop here is a block that branches to itself. Those that LLVM itself puts
behind a vector loop, for what is left over, do not count.
"""

import re
import sys

LABEL = re.compile(r'"?([\w.$-]+)"?:')
FUNCTION = re.compile(r"define .*@([\w.$\"]+)\(")
SCALAR = re.compile(r"= (?:tail )?(?:f\w+|call)(?: \w+)* (?:float|double)[ @%]")
VECTOR = re.compile(r"<\d+ x \w+>")


def blocks(lines):
    """The function, name and lines of each block."""
    function = name = None
    body = []
    for line in lines:
        start = FUNCTION.match(line)
        label = LABEL.match(line)
        if start or label or line.startswith("}"):
            if name:
                yield function, name, body
            name, body = (label.group(1) if label else None), []
            function = start.group(1) if start else function
        elif line.strip():
            body.append(line)


def is_scalar_loop(name, body):
    back = re.search(r"\bbr .*label %" + re.escape(name) + r"\b", body[-1])
    return (back and not name.startswith("scalar.ph")
            and any(map(SCALAR.search, body))
            and not any(map(VECTOR.search, body)))


def main(paths):
    count = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for function, name, body in blocks(file):
                if body and is_scalar_loop(name, body):
                    count += 1
                    print(f"{function}: {name}: {len(body)} instructions")
    print(f"{count} scalar loops")


main(sys.argv[1:])
