"""Models as objects that a C program links, against their formulas.

    object.py CC WORK_DIR

One network of each kind of loop that is generated: a convolution, a recurrent
layer, a reduction over rows. The program is C99 and includes nothing but the
generated header and <stdio.h>.
"""

import os
import re
import sys

from arrays import Array
from harness import Failure, Suite, command
from layers import BATCH, Case, model_text

CASES = {
    "conv": ("Conv2D", {"filters": 4, "kernel_size": 3, "padding": "same",
                        "activation": "relu"}, [(5, 6, 2)]),
    "lstm": ("LSTM", {"units": 3, "return_sequences": True}, [(4, 2)]),
    "norm": ("LayerNormalization", {"axis": [1, 2]}, [(3, 4)]),
}

PROGRAM = """#include "{name}.h"
#include <stdio.h>

static const float x[] = {{{values}}};
static float y[{size}];
static union {{
  double align[{upper}_ALIGNMENT / 8];
  unsigned char bytes[{upper}_WORKSPACE_SIZE + {upper}_ALIGNMENT];
}} memory;

int main(void) {{
  {name}_args args = {upper}_ARGS_INIT;
  size_t start = (size_t)memory.bytes % {upper}_ALIGNMENT;
  int status, i;
  args.batch = {batch};
  args.workspace =
      memory.bytes + (start ? {upper}_ALIGNMENT - start : 0);
  args.workspace_size = {upper}_WORKSPACE_SIZE;
  args.{input} = x;
  args.{output} = y;
  status = {name}_run(&args);
  if (status != NNC_OK)
    return status;
  for (i = 0; i < {size}; ++i)
    printf("%.9g\\n", (double)y[i]);
  return 0;
}}
"""


def members(header, name):
    """The input and the output of the args struct."""
    body = re.search(rf"typedef struct {name}_args {{(.*?)}}", header,
                     re.DOTALL)[1]
    return (re.search(r"const float \*(\w+);", body)[1],
            re.findall(r"^\s*float \*(\w+);", body, re.MULTILINE)[0])


def run_case(suite, compiler, name, description):
    case = Case(0, *description)
    want, = case.wanted()
    header = suite.path(name + ".h")
    built = suite.compile(
        name, model_text(name, [case], [1]),
        {f"{case.name}/{k}": v for k, v in case.weights.items()},
        ending="o", options=["--header", header])
    with open(header, encoding="utf-8") as file:
        source, result = members(file.read(), name)
    program = suite.path(name)
    with open(program + ".c", "w", encoding="utf-8") as file:
        file.write(PROGRAM.format(
            name=name, upper=name.upper(), batch=BATCH, size=len(want.data),
            input=source, output=result,
            values=", ".join(f"{x!r}f" for x in case.inputs[0].data)))
    command(compiler, "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror",
            program + ".c", built, "-o", program)
    lines = command(os.path.abspath(program)).split()
    suite.check(name, Array(want.shape, map(float, lines)), want)


def main():
    compiler, folder = sys.argv[1:]
    suite = Suite(folder)
    for name, description in CASES.items():
        try:
            run_case(suite, compiler, name, description)
        except Failure as failure:
            suite.fail(name, failure)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
