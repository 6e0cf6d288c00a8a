"""The programs that are measured: nnc's models and the peers.

A Program gives the command line that runs one model's folder, or None where it
has nothing to run there. The peers' programs are built from drivers/ when they
are first needed and kept; a peer that is not on this machine is an Absent, with
the reason. Models that nnc compiles are built anew each time.
"""

import glob
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DRIVERS = os.path.join(HERE, "drivers")
RUNTIME = os.path.join(os.path.dirname(os.path.dirname(HERE)), "runtime")
BUILD_LIMIT = 3600  # seconds, for one compilation


class Absent(Exception):
    """A program that cannot be had here, and why."""


def first_line(text):
    """The line of a compiler's output that says what is wrong, without the
    folder of the file that it is about."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrong = [line for line in lines if "error" in line]
    return re.sub(r"^\S*/", "", (wrong or lines or ["no output"])[0])


def build(command):
    result = subprocess.run(command, capture_output=True, text=True,
                            timeout=BUILD_LIMIT, check=False)
    if result.returncode != 0:
        raise Absent(first_line(result.stderr))


class Toolchain:
    """Compiles the drivers into a folder."""

    def __init__(self, cxx, folder):
        self.cxx, self.folder = shlex.split(cxx), folder
        os.makedirs(folder, exist_ok=True)

    def driver(self, name, flags=()):
        """The program of drivers/NAME.cpp, built if it is not up to date."""
        source = os.path.join(DRIVERS, name + ".cpp")
        headers = glob.glob(os.path.join(DRIVERS, "*.h"))
        return self.compile(name, [source], headers,
                            ["-std=c++17", "-O2", source, *flags])

    def compile(self, name, sources, headers, words):
        """The compiler's output, kept while command and files are the same."""
        target = os.path.join(self.folder, name)
        command = [*self.cxx, *words[:2], "-o", target, *words[2:]]
        stamp = shlex.join(command) + "".join(
            f"\n{path} {os.path.getmtime(path)}"
            for path in sorted(sources + headers))
        try:
            with open(target + ".stamp", encoding="utf-8") as file:
                if file.read() == stamp and os.path.exists(target):
                    return target
        except OSError:
            pass
        build(command)
        with open(target + ".stamp", "w", encoding="utf-8") as file:
            file.write(stamp)
        return target


class Program:
    """Something that computes a model. `needs` is the file it reads beside the
    input; `images` is how it has an image's output, "first" or "last" being
    where the channels are."""

    peer, version = True, ""

    def __init__(self, name, command, needs="model.onnx", images="first",
                 most_threads=1024):
        self.name, self.words = name, command
        self.needs, self.images = needs, images
        self.most_threads = most_threads

    def input_file(self, case):
        first = os.path.join(case["folder"], "input.nchw.f32")
        if self.images == "first" and os.path.exists(first):
            return first
        return os.path.join(case["folder"], "input.f32")

    def suits(self, case):
        return os.path.exists(os.path.join(case["folder"], self.needs))

    def command(self, case, threads):
        if threads > self.most_threads or not self.suits(case):
            return None
        words = [word.replace("{folder}", case["folder"])
                 for word in self.words]
        return words + ["--input", self.input_file(case),
                        "--threads", str(threads),
                        "--calls", str(case["calls"])]


class PlanProgram(Program):
    """One that follows model.plan, where the plan's first real step is one of
    those it knows."""

    def __init__(self, name, command, steps, **more):
        super().__init__(name, command + ["--plan", "{folder}/model.plan"],
                         "model.plan", **more)
        self.steps = steps

    def suits(self, case):
        if not super().suits(case):
            return False
        with open(os.path.join(case["folder"], "model.plan"),
                  encoding="utf-8") as file:
            kinds = {line.split()[0] for line in file} - {"input"}
        return bool(kinds) and kinds <= self.steps


class NncProgram(Program):
    """nnc with some flags. `prepare` compiles a model and links its driver."""

    peer = False

    def __init__(self, name, nnc, flags, tools):
        super().__init__(name, [], needs="model.mlir", images="last")
        self.nnc, self.flags, self.tools = nnc, flags, tools
        self.built = {}  # model's folder → facts
        self.version = ""

    def prepare(self, case):
        """Raises Absent if the model does not compile."""
        folder, name = case["folder"], case["name"]
        base = os.path.join(folder, self.name)
        command = [self.nnc, os.path.join(folder, "model.mlir"), "--weights",
                   os.path.join(folder, "weights.safetensors"), "--name", name,
                   "-o", base + ".o", "--header", base + ".h", *self.flags]
        start = time.monotonic()
        build(command)
        took = time.monotonic() - start
        build([*self.tools.cxx, "-std=c++17", "-O2", f"-DNNC_MODEL={name}_model",
               "-I", os.path.join(RUNTIME, "include"),
               os.path.join(DRIVERS, "nnc.cpp"), base + ".o",
               *runtime_objects(self.tools), "-o", base])
        self.built[folder] = {
            "compile_s": took,
            "code_bytes": code_bytes(base + ".o")}

    def command(self, case, threads):
        if case["folder"] not in self.built:
            return None
        self.words = [os.path.join(case["folder"], self.name)]
        return super().command(case, threads)


def runtime_objects(tools):
    """The runtime's parts that the driver needs, and its pool's library."""
    pool = has_pthreadpool(tools)
    include = os.path.join(RUNTIME, "include")
    headers = glob.glob(os.path.join(include, "nnc", "*.h"))
    objects = []
    for part in ("reflect", "pool"):
        source = os.path.join(RUNTIME, "src", part + ".c")
        objects.append(tools.compile(
            part + ".o", [source], headers,
            ["-std=c11", "-O2", "-I", include,
             *(["-DNNC_HAVE_PTHREADPOOL"] if pool else []), "-x", "c", "-c",
             source]))
    return objects + (["-lpthreadpool", "-lpthread"] if pool else [])


def has_pthreadpool(tools):
    return subprocess.run(
        [*tools.cxx, "-x", "c++", "-fsyntax-only", "-include", "pthreadpool.h",
         os.devnull], capture_output=True, check=False).returncode == 0


def code_bytes(path):
    """What the object's code takes, without its weights."""
    size = shutil.which("size") or shutil.which("llvm-size")
    if not size:
        return None
    listing = subprocess.run([size, "-A", path], capture_output=True, text=True,
                             check=False).stdout
    return sum(int(line.split()[1]) for line in listing.splitlines()
               if line.startswith(".text"))


# The peers --------------------------------------------------------------------

NET_STEPS = {"conv", "fc", "matmul", "maxpool", "gap", "flatten", "softmax",
             "add", "mul"}


def npm_package(peers, name):
    """The folder of an installed package and its version."""
    folder = os.path.join(peers, "node_modules", *name.split("/"))
    try:
        with open(os.path.join(folder, "package.json"),
                  encoding="utf-8") as file:
            return folder, json.load(file)["version"]
    except OSError:
        raise Absent(f"{name} is not in {peers}") from None


def debian_version(package):
    if not shutil.which("dpkg-query"):
        return ""
    found = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True,
        text=True, check=False).stdout
    return re.sub(r"^\d+:|-[^-]*$", "", found)


def ort(tools, peers):
    folder, version = npm_package(peers, "onnxruntime-node")
    kind = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), "none")
    found = glob.glob(os.path.join(folder, "bin", "napi-v*", "linux", kind,
                                   "libonnxruntime.so.1"))
    if not found:
        raise Absent("onnxruntime-node has no library for this machine")
    driver = [tools.driver("ort", ["-ldl"]), "--lib", found[0], "--model"]
    programs = [Program("ort", driver + ["{folder}/model.onnx"]),
                Program("ort-mha", driver + ["{folder}/model.mha.onnx"],
                        needs="model.mha.onnx")]
    for program in programs:
        program.version = version
    return programs


def node_program(name, peers, package, model, *more):
    """drivers/NAME.mjs, which finds its packages in the folder of the peers."""
    _, version = npm_package(peers, package)
    if not shutil.which("node"):
        raise Absent("node is not installed")
    script = os.path.join(DRIVERS, name.replace("-", "_") + ".mjs")
    program = Program(
        name, ["node", script, "--packages", peers, "--model",
               "{folder}/" + model, *more], model, most_threads=1)
    program.version = version
    return program


def ort_web(_tools, peers):
    return [node_program("ort-web", peers, "onnxruntime-web", "model.onnx")]


def tfjs(_tools, peers):
    program = node_program(
        "tfjs", peers, "@tensorflow/tfjs-backend-wasm", "model.keras.json",
        "--weights", "{folder}/weights.safetensors")
    program.images = "last"
    return [program]


def onednn(tools, _peers):
    program = tools.driver("onednn", ["-ldnnl"])
    recurrent = tools.driver("onednn_rnn", ["-ldnnl"])
    version = debian_version("libdnnl2")
    programs = [PlanProgram("onednn", [program], NET_STEPS),
                PlanProgram("onednn", [recurrent], {"lstm", "gru"}),
                PlanProgram("onednn-wino", [program, "--winograd", "1"],
                            NET_STEPS)]
    programs[2].suits = lambda case: (
        PlanProgram.suits(programs[2], case) and has_winograd(case))
    for each in programs:
        each.version = version
    return programs


def has_winograd(case):
    """Is there a 3x3 convolution of all channels without strides?"""
    with open(os.path.join(case["folder"], "model.plan"),
              encoding="utf-8") as file:
        for words in map(str.split, file):
            if words[0] == "conv" and words[4:6] == ["3", "1"] and \
                    words[10] == "1":
                return True
    return False


def xnnpack(tools, _peers):
    driver = tools.driver("xnnpack", ["-lXNNPACK", "-lpthreadpool",
                                      "-lpthread"])
    program = PlanProgram("xnnpack", [driver], NET_STEPS, images="last")
    program.version = debian_version("libxnnpack0") or \
        debian_version("libxnnpack-dev")
    return [program]


def matrix_libraries(tools, _peers):
    flags = ["-O3", "-march=native", "-fopenmp", "-w", "-ldl"]
    if os.path.exists("/usr/include/eigen3/Eigen/Core"):
        flags += ["-DBENCH_HAS_EIGEN", "-I/usr/include/eigen3"]
    if os.path.exists("/usr/include/libxsmm.h"):
        flags += ["-DBENCH_HAS_XSMM", "-lxsmm", "-lxsmmnoblas"]
    driver = tools.driver("matmul", flags)
    packages = {"openblas": "libopenblas0-pthread", "blis": "libblis4-pthread",
                "eigen": "libeigen3-dev", "xsmm": "libxsmm-dev",
                "xsmm-blocked": "libxsmm-dev"}
    programs = []
    for name, package in packages.items():
        program = PlanProgram(name, [driver, "--with", name], {"matmul"},
                              most_threads=1 if name == "xsmm" else 1024)
        program.version = debian_version(package)
        programs.append(program)
    return programs


# In the order of the table's columns. Outputs are compared with those of the
# first that is there.
PEERS = {"ort": ort, "onednn": onednn, "xnnpack": xnnpack,
         "matrix-libraries": matrix_libraries, "ort-web": ort_web,
         "tfjs": tfjs}


def find_peers(names, tools, peers):
    """The programs there are, and (name, reason) of those there are not."""
    programs, absent = [], []
    for name in names:
        try:
            programs += PEERS[name](tools, peers)
        except Absent as reason:
            absent.append((name, str(reason)))
    return programs, absent
