"""Machines that run compiled models: this one, and others under an emulator.

A machine says with which options and to what kind of file nnc compiles for it,
makes a program of that file, and runs it on arrays. This machine runs shared
libraries with nnc-run. The others, by their names in TARGETS, link an object
with target_runner.c by a cross compiler, statically, and run it under qemu, or
with wasm-ld and run it under Node.
"""

import collections
import os
import re

from arrays import Array, parse_raw, raw_bytes, read_npy, write_npy
from commands import Failure, command

HERE = os.path.dirname(os.path.abspath(__file__))
RUNNER = os.path.join(HERE, "target_runner")
INCLUDE = os.path.join(HERE, "..", "..", "..", "runtime", "include")
ALIGNMENT = 64

# numpy's name of an element type of nnc's.
DTYPES = {"float32": "<f4", "float64": "<f8", "float16": "<f2",
          "bfloat16": "<u2", "int8": "|i1", "uint8": "|u1", "int16": "<i2",
          "uint16": "<u2", "int32": "<i4", "uint32": "<u4", "int64": "<i8",
          "uint64": "<u8", "bool": "|b1"}

# What nnc is told, what compiles and links C, and what runs the program.
Target = collections.namedtuple("Target", "nnc cc emulator")


def cross(gnu, emulator, *nnc):
    return Target([f"--target={gnu}", *nnc], [f"{gnu}-gcc", "-static"],
                  emulator)


def armv7(*nnc):
    target = cross("arm-linux-gnueabihf", ["qemu-arm"])
    return target._replace(nnc=["--target=armv7-linux-gnueabihf", *nnc])


def x86_64(cpu):
    return Target(["--target=x86_64-linux-gnu", f"--mcpu={cpu}"],
                  ["cc", "-static"], [])


def wasm32(*nnc):
    return Target(["--target=wasm32", *nnc],
                  ["clang-22", "--target=wasm32", "-mbulk-memory"],
                  ["node", RUNNER + ".mjs"])


TARGETS = {
    "x86-64-v1": x86_64("x86-64"),
    "x86-64-v2": x86_64("x86-64-v2"),
    "x86-64-v3": x86_64("x86-64-v3"),
    "x86-64-v4": x86_64("x86-64-v4"),
    "aarch64": cross("aarch64-linux-gnu", ["qemu-aarch64"]),
    "aarch64+sve": cross("aarch64-linux-gnu", ["qemu-aarch64", "-cpu", "max"],
                         "--mattr=+sve"),
    "riscv64": cross("riscv64-linux-gnu", ["qemu-riscv64"]),
    "riscv64+v": cross(
        "riscv64-linux-gnu",
        ["qemu-riscv64", "-cpu", "rv64,v=true,vext_spec=v1.0"], "--mattr=+v"),
    "armv7": armv7(),
    "armv7+neon": armv7("--mattr=+neon"),
    "wasm32": wasm32(),
    "wasm32-simd128": wasm32("--mattr=-simd128"),
    "wasm32+relaxed-simd": wasm32("--mattr=+relaxed-simd"),
}


def cast(values, dtype):
    """The array in the type that a model takes: Keras converts, too."""
    if values.dtype == dtype:
        return values
    convert = float if dtype[1] == "f" else int
    return Array(values.shape, map(convert, values.data), dtype)


class Host:
    """This machine, by nnc-run."""

    ending = "so"

    def __init__(self, nnc_run):
        self.nnc_run = nnc_run

    def options(self, _output):
        return []

    def link(self, output):
        return output

    def input_types(self, program):
        text = command(self.nnc_run, program, "--info")
        return [DTYPES[name] for name in
                re.findall(r"^  input .*?: (\w+) \(batch", text, re.MULTILINE)]

    def run(self, program, inputs, outputs, options=()):
        stem = os.path.splitext(program)[0]
        arguments = [self.nnc_run, program, *options]
        for i, values in enumerate(inputs):
            path = f"{stem}.in{i}.npy"
            write_npy(path, values)
            arguments += ["--input", path]
        paths = [f"{stem}.out{i}.npy" for i in range(outputs)]
        for path in paths:
            arguments += ["--output", path]
        command(*arguments)
        return [read_npy(path) for path in paths]


def pad(data):
    return data + b"\0" * (-len(data) % ALIGNMENT)


class Emulated:
    """Another machine; `folder` keeps the runner, which is compiled once."""

    ending = "o"

    def __init__(self, name, folder):
        self.name = name
        self.target = TARGETS[name]
        self.runner = os.path.join(folder, "target_runner.o")
        command(*self.target.cc, "-std=c11", "-O1", "-Wall", "-Wextra",
                "-Werror", "-I", INCLUDE, "-c", RUNNER + ".c", "-o",
                self.runner)

    def options(self, output):
        return [*self.target.nnc, "--name=m", f"--header={output}.h"]

    def link(self, output):
        program = os.path.splitext(output)[0] + ".program"
        if self.name.startswith("wasm"):
            command("wasm-ld-22", "--no-entry", "--stack-first",
                    "--export=__heap_base",
                    *(f"--export=runner_{name}" for name in
                      ("inputs", "outputs", "memory", "call")),
                    self.runner, output, "-o", program)
        else:
            command(*self.target.cc, self.runner, output, "-o", program)
        return program

    @staticmethod
    def tensors(program, kind):
        """(type, shape of a sample) of each, as the header lists them."""
        with open(os.path.splitext(program)[0] + ".o.h",
                  encoding="utf-8") as file:
            found = re.findall(rf"^ \* {kind} \w+: (\w+) \[\w+\](\S*?),?(?: |$)",
                               file.read(), re.MULTILINE)
        return [(DTYPES[dtype], tuple(map(int, re.findall(r"\d+", shape))))
                for dtype, shape in found]

    def input_types(self, program):
        return [dtype for dtype, _ in self.tensors(program, "input")]

    def run(self, program, inputs, outputs, options=()):
        batch, calls = inputs[0].shape[0], 1
        if list(options[:1]) == ["--calls"]:
            calls = int(options[1])
        inputs = [cast(values, dtype) for values, dtype in
                  zip(inputs, self.input_types(program))]
        with open(program + ".in", "wb") as file:
            file.write(b"".join(pad(raw_bytes(values)) for values in inputs))
        command(*self.target.emulator, program, str(batch), str(calls),
                program + ".in", program + ".out")
        with open(program + ".out", "rb") as file:
            data = file.read()
        results, start = [], 0
        for dtype, shape in self.tensors(program, "output"):
            values = parse_raw((batch, *shape), dtype, data, start)
            results.append(values)
            start += len(pad(raw_bytes(values)))
        if len(results) != outputs:
            raise Failure(f"it has {len(results)} outputs, not {outputs}")
        return results


def machine(name, folder, nnc_run="nnc-run"):
    """The machine of that name; without one, this one."""
    return Emulated(name, folder) if name else Host(nnc_run)
