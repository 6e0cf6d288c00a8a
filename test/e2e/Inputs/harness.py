"""Compiles models with nnc, runs them with nnc-run and counts what passes.

Scripts of the suite make a Suite, give it models, and end with
`sys.exit(suite.finish())`: one line per failure, and a summary as the last
line. A failure never stops the models after it.
"""

import os
import shutil

from arrays import mismatch, write_npy, write_npz, write_safetensors
from commands import Failure, command
from machines import machine

__all__ = ["Failure", "Suite", "command"]


class Suite:
    def __init__(self, folder, target=None):
        """`target` is one of machines.TARGETS, or else this machine."""
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.folder = folder
        self.machine = machine(target, folder)
        self.passed = 0
        self.failures = []
        self.skipped = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def compile(self, name, text, weights=None, ending=None, options=()):
        """Compiles the text of a model to what `run` takes. `weights` are
        arrays by name, or the path of a file that has them. `ending` is that
        of another output."""
        source = self.path(name + ".mlir")
        output = self.path(f"{name}.{ending or self.machine.ending}")
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        arguments = ["nnc", source, "-o", output,
                     *self.machine.options(output), *options]
        # One level, unless the case says otherwise: object.py, levels.test and
        # the goldens cover those that an app chooses from.
        if not any(option.startswith(("--mcpu", "--target"))
                   for option in arguments):
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
        return output if ending else self.machine.link(output)

    def run(self, model, inputs, outputs, options=()):
        """Runs a compiled model on arrays in the order of its inputs and gives
        its outputs, of which there are `outputs`."""
        return self.machine.run(model, inputs, outputs, options)

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
