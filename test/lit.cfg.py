# The lit suite: .mlir and .test files, and C and C++ programs, that carry RUN
# lines. Tests find nnc's tools and LLVM's (FileCheck, not, split-file) in
# PATH; helper files live in folders called Inputs.
#
# Substitutions: %{cc} %{cxx} %{cmake} %{python}, %{numpy} (a Python that has
# numpy, where a test REQUIRES: numpy), %examples (the source of the examples),
# %include (the runtime's headers), %runtime (its folder), %build (the build
# tree), %llvm (where LLVM is), %shared (reference data beside the checkout,
# where a test REQUIRES: shared).

import glob
import os
import platform
import shutil
import subprocess

import lit.formats

config.name = "nnc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".c", ".cpp"]
# `unit`, `runtime` and `fuzz` are built by CMake, `docs` and `house` are
# scripts; the benchmark builds its `drivers` itself.
config.excludes = ["Inputs", "unit", "runtime", "fuzz", "docs", "house",
                   "drivers"]

config.test_source_root = os.path.join(config.source_dir, "test")
config.test_exec_root = os.path.join(config.build_dir, "test")

config.environment["PATH"] = os.pathsep.join([
    os.path.join(config.build_dir, "bin"), config.llvm_tools_dir,
    os.environ.get("PATH", ""),
])

shared = os.path.join(os.path.dirname(config.source_dir), "shared")
config.substitutions += [
    ("%{cc}", config.cc),
    ("%{cxx}", config.cxx),
    ("%{cmake}", config.cmake),
    ("%{python}", config.python),
    ("%examples", os.path.join(config.source_dir, "examples")),
    ("%include", os.path.join(config.source_dir, "runtime", "include")),
    ("%runtime", os.path.join(config.source_dir, "runtime")),
    ("%build", config.build_dir),
    ("%llvm", os.path.dirname(config.llvm_tools_dir)),
    ("%shared", shared),
]



def find_numpy():
    """A Python with numpy: the one of the build, or else Debian's."""
    for python in (config.python, "/usr/bin/python3"):
        try:
            if subprocess.run([python, "-c", "import numpy"], check=False,
                              stderr=subprocess.DEVNULL).returncode == 0:
                return python
        except OSError:
            pass
    return None


numpy = find_numpy()
if numpy:
    config.available_features.add("numpy")
    config.substitutions.append(("%{numpy}", numpy))

if os.path.isdir(shared):
    config.available_features.add("shared")
if config.sanitize in ("ON", "1", "TRUE"):
    config.available_features.add("asan")
    config.environment["NNC_SANITIZED"] = "1"
config.available_features.add(platform.machine().replace("amd64", "x86_64"))

# clang's sanitizers by their names, where LLVM's clang has their runtimes.
for name in ("asan", "rtsan", "tsan"):
    if (shutil.which("clang", path=config.llvm_tools_dir) and
            glob.glob(os.path.join(config.llvm_tools_dir, os.pardir, "lib",
                                   "clang", "*", "lib", "linux",
                                   f"libclang_rt.{name}-*.a"))):
        config.available_features.add("clang-" + name)
# A process can give up its system calls.
if os.path.exists("/proc/sys/kernel/seccomp"):
    config.available_features.add("seccomp")


def cpu_flags():
    """What this processor can run, as Linux names it; empty elsewhere."""
    try:
        with open("/proc/cpuinfo") as info:
            for line in info:
                if line.startswith("flags"):
                    return set(line.split(":", 1)[1].split())
    except OSError:
        pass
    return set()


flags = cpu_flags()
if {"avx2", "fma"} <= flags:
    config.available_features.add("avx2")
if {"avx512f", "avx512vl", "avx512bw", "avx512dq"} <= flags:
    config.available_features.add("avx512")

# The web: Node 16 is the first with SIMD.
if shutil.which("node"):
    config.available_features.add("node")
if shutil.which("chromium") and shutil.which("chromedriver"):
    config.available_features.add("chromium")
if all(map(shutil.which, ["zsh", "fish", "groff"])):
    config.available_features.add("shells")

# Other CPUs than this one; `targets`: all those that models are run on.
if shutil.which("qemu-x86_64"):
    config.available_features.add("qemu-x86_64")
if all(map(shutil.which, [
        "aarch64-linux-gnu-gcc", "qemu-aarch64", "riscv64-linux-gnu-gcc",
        "qemu-riscv64", "arm-linux-gnueabihf-gcc", "qemu-arm", "clang-22",
        "wasm-ld-22", "node"])):
    config.available_features.add("targets")

# What cross builds and packages need.
for program in ("aarch64-linux-gnu-g++", "qemu-aarch64",
                "arm-linux-gnueabihf-g++", "qemu-arm",
                "dpkg-deb", "dpkg-shlibdeps", "pkg-config"):
    if shutil.which(program):
        config.available_features.add(program)
