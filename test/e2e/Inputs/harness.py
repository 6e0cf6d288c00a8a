"""Compiles models with nnc, runs them with nnc-run and counts what passes.

Scripts of the suite make a Suite, give it models, and end with
`sys.exit(suite.finish())`: one line per failure, and a summary as the last
line. A failure never stops the models after it.
"""

import os
import shutil
import subprocess

from arrays import mismatch, read_npy, write_npy, write_npz, write_safetensors


class Failure(Exception):
    """A command that did not do what it should; the text says why."""


def command(*arguments):
    """Runs a program; its standard error is the text of the Failure."""
    try:
        done = subprocess.run(arguments, capture_output=True, text=True,
                              errors="replace", check=False)
    except OSError as error:
        raise Failure(f"cannot run {arguments[0]}: {error.strerror}") from None
    if done.returncode != 0:
        text = (done.stderr or done.stdout).strip()
        raise Failure(f"{os.path.basename(arguments[0])} ended with "
                      f"{done.returncode}: {text[:2000]}")
    return done.stdout


class Suite:
    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.folder = folder
        self.passed = 0
        self.failures = []
        self.skipped = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def compile(self, name, text, weights=None, ending="so", options=()):
        """Compiles the text of a model. `weights` are arrays by name, or the
        path of a file that has them."""
        source = self.path(name + ".mlir")
        output = self.path(f"{name}.{ending}")
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        arguments = ["nnc", source, "-o", output, *options]
        # One level, unless the case says otherwise: object.py, levels.test and
        # the goldens cover those that an app chooses from.
        if not any(option.startswith("--mcpu") for option in options):
            arguments.append("--mcpu=native")
        if isinstance(weights, dict) and weights:
            # Both formats get their turn.
            if len(name) % 2:
                path, write = self.path(name + ".npz"), write_npz
            else:
                path, write = self.path(name + ".safetensors"), \
                    write_safetensors
            write(path, weights)
            weights = path
        if weights:
            arguments += ["--weights", weights]
        command(*arguments)
        return output

    def run(self, model, inputs, outputs, options=()):
        """Runs a compiled model on arrays in the order of its inputs and gives
        its outputs, of which there are `outputs`."""
        stem = os.path.splitext(model)[0]
        arguments = ["nnc-run", model, *options]
        for i, values in enumerate(inputs):
            path = f"{stem}.in{i}.npy"
            write_npy(path, values)
            arguments += ["--input", path]
        paths = [f"{stem}.out{i}.npy" for i in range(outputs)]
        for path in paths:
            arguments += ["--output", path]
        command(*arguments)
        return [read_npy(path) for path in paths]

    def expect(self, model, inputs, wanted, rtol=1e-4, atol=1e-5):
        """Lets nnc-run itself compare."""
        stem = os.path.splitext(model)[0]
        arguments = ["nnc-run", model, "--rtol", str(rtol), "--atol", str(atol)]
        for kind, arrays in (("input", inputs), ("expect", wanted)):
            for i, values in enumerate(arrays):
                path = f"{stem}.{kind}{i}.npy"
                write_npy(path, values)
                arguments += [f"--{kind}", path]
        command(*arguments)

    def check(self, name, got, want, **tolerance):
        """Counts one comparison."""
        problem = mismatch(got, want, **tolerance)
        if problem:
            self.fail(name, problem)
        else:
            self.passed += 1

    def check_equal(self, name, got, want):
        """Counts one comparison in which every bit must agree."""
        self.check(name, got, want, rtol=0.0, atol=0.0)

    def fail(self, name, problem):
        self.failures.append(f"{name}: {problem}")

    def skip(self, name, reason):
        self.skipped.append(f"{name}: {reason}")

    def finish(self):
        for line in self.skipped:
            print(f"skipped {line}")
        for line in self.failures:
            print(f"FAILED {line}")
        print(f"{self.passed} passed, {len(self.failures)} failed, "
              f"{len(self.skipped)} skipped")
        return 1 if self.failures or not self.passed else 0
