"""Functions of the math dialect over arrays, one MLIR function for each.

    functions.py TYPE NAME...

`@f_NAME` applies `math.NAME` to 4096 elements; atan2 and powf take two arrays.
"""

import sys

BINARY = ("atan2", "powf")


def function(element, name):
    arrays = ["%x", "%y"] if name in BINARY else ["%x"]
    elements = ["%a", "%b"][:len(arrays)]
    buffer = f"memref<4096x{element}>"
    parameters = ", ".join(f"{a}: {buffer}" for a in [*arrays, "%z"])
    maps = ", ".join(["affine_map<(i) -> (i)>"] * (len(arrays) + 1))
    inputs = f"{', '.join(arrays)} : {', '.join([buffer] * len(arrays))}"
    arguments = ", ".join(f"{a}: {element}" for a in [*elements, "%c"])
    return f"""func.func @f_{name}({parameters}) -> i32 {{
  linalg.generic {{indexing_maps = [{maps}], iterator_types = ["parallel"]}}
      ins({inputs}) outs(%z : {buffer}) {{
  ^bb0({arguments}):
    %r = math.{name} {', '.join(elements)} : {element}
    linalg.yield %r : {element}
  }}
  %ok = arith.constant 0 : i32
  return %ok : i32
}}
"""


def main():
    element, *names = sys.argv[1:]
    for name in names:
        print(function(element, name))


if __name__ == "__main__":
    main()
