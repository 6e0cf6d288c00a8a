"""Runs the code cells of a notebook, in its folder, as Jupyter would without its
magics; a cell that fails stops it.

    notebook.py NOTEBOOK
"""

import json
import os
import sys

path = os.path.abspath(sys.argv[1])
with open(path, encoding="utf-8") as file:
    cells = json.load(file)["cells"]
os.chdir(os.path.dirname(path))
names = {"__name__": "__main__"}
for number, cell in enumerate(cells):
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
