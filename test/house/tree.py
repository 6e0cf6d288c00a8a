"""Runs a script of this folder on a tree of files that a test makes up."""

import os
import subprocess
import sys
import tempfile


def run_on_tree(script, files):
    """The finished process; `files` are texts by path."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), script)
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            name = os.path.join(root, name)
            os.makedirs(os.path.dirname(name), exist_ok=True)
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
        return subprocess.run([sys.executable, path, root], text=True,
                              capture_output=True, check=False)
