"""The same input and options give the same bytes: reproduce.py FOLDER KERAS_FILE.

Compiles a model of text and one of Keras's in two surroundings that differ in
everything but input and options: depth and name of the working folder, path of
the input (relative, absolute), time stamps, home, language, time zone, mask for
new files, size of the environment (and with it the addresses on the stack), who
reads the output. All that nnc writes is compared.
"""

import os
import shutil
import subprocess
import sys

TEXT = """nn.model @net {
  %a = nn.input {shape = [12, 10, 16], name = "a"}
  %b = nn.input {shape = [7], name = "b"}
  %c = nn.conv2d(%a) {filters = 24, kernel_size = 3, activation = "relu"}
  %d = nn.flatten(%c)
  %e = nn.dense(%b) {units = 9, activation = "gelu"}
  %f = nn.concatenate(%d, %e)
  %g = nn.dense(%f) {units = 33}
  %h = nn.layer_normalization(%g)
  nn.output(%h, %e) {names = ["h", "e"]}
}
"""

# Each a list of options and the files that come of it; one CPU but for the first,
# to save time.
ONE = "--mcpu=x86-64-v3"
OUTPUTS = [
    (["-o", "m.o", "--header", "m.h"], ["m.o", "m.h"]),
    (["-o", "m.a", "-g", ONE], ["m.a"]),
    (["-o", "m.so", ONE], ["m.so"]),
    (["-o", "apart.ll", "--header", "apart.h", "--weights-out", "m.weights",
      ONE], ["apart.ll", "apart.h", "m.weights"]),
    (["--emit=summary", "-o", "m.summary"], ["m.summary"]),
    (["--emit=graph", "-o", "m.mlir"], ["m.mlir"]),
]


def surroundings(folder, deep):
    """A working folder, its environment and umask."""
    parts = ["a"] if not deep else ["b", "some folder", "ünï", "c" * 60]
    work = os.path.join(folder, *parts)
    os.makedirs(os.path.join(work, "models"))
    environment = {key: os.environ[key] for key in
                   ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")
                   if key in os.environ}
    if deep:
        home = os.path.join(work, "home")
        os.makedirs(os.path.join(home, "tmp"))
        environment.update(
            HOME=home, TMPDIR=os.path.join(home, "tmp"), LANG="de_DE.UTF-8",
            LC_ALL="tr_TR.UTF-8", TZ="Pacific/Chatham", COLUMNS="40",
            TERM="xterm-256color", USER="somebody", SOURCE_DATE_EPOCH="1",
            PADDING="x" * 5000)
    else:
        environment.update(HOME="/", LANG="C", TZ="UTC")
    return work, environment, 0o077 if deep else 0o022


def compile_all(folder, keras, deep):
    """The outputs of all runs by their names."""
    work, environment, mask = surroundings(folder, deep)
    text = os.path.join(work, "models", "net.mlir")
    with open(text, "w", encoding="utf-8") as file:
        file.write(TEXT)
    archive = os.path.join(work, "models", os.path.basename(keras))
    shutil.copy(keras, archive)
    os.utime(archive, (10**9, 10**9) if deep else None)
    found = {}
    for kind, model, options in (("text", text, ["--seed=1"]),
                                 ("keras", archive, [])):
        name = model if deep else os.path.relpath(model, work)
        for arguments, files in OUTPUTS:
            run = subprocess.run(
                ["nnc", name, "--name=m", *options, *arguments], cwd=work,
                env=environment, umask=mask, text=True, capture_output=True,
                check=False)
            if run.returncode != 0:
                sys.exit(f"nnc {' '.join(arguments)}: {run.stderr}")
            for output in files:
                with open(os.path.join(work, output), "rb") as file:
                    found[f"{kind}: {output}"] = file.read()
    return found


def main():
    folder, keras = sys.argv[1:]
    folder = os.path.abspath(folder)
    shutil.rmtree(folder, ignore_errors=True)
    first = compile_all(folder, keras, deep=False)
    second = compile_all(folder, keras, deep=True)
    differing = [name for name in first if first[name] != second[name]]
    for name in differing:
        print(f"FAILED {name} differs")
    print(f"{len(first) - len(differing)} of {len(first)} files are the same")
    return 1 if differing or not first else 0


if __name__ == "__main__":
    sys.exit(main())
