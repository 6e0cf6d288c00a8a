#!/usr/bin/env python3
"""Gives nnc files that were cut or changed, and looks at how it ends.

    hostile.py [options] NNC FILE...

Each FILE (a model: .keras, .h5, .mlir, .mlirbc; weights: .npz, .safetensors,
.weights.h5, for --model) is cut at many places, and has bits flipped and bytes
overwritten at many others; in a zip archive, the same is done to its members,
with their checksums made right again. nnc may find a model in what is left, or
say in one line per problem what is wrong and exit with 1. A signal, a
sanitizer's report, much memory or much time is a failure, of which each is
printed, and leaves its file in the current folder.

    --points N      places of each kind in a file (default: 8)
    --model M       the model that weights files belong to
    --samples       FILE is a model; damage the .npz beside it, for --verify
    --refuse-cuts   a file that was cut must be refused
    --all FOLDER    all files of a folder, too

NNC_SANITIZED in the environment says that NNC has AddressSanitizer.

Every run does the same: the places depend on the file's size only.
"""

import argparse
import concurrent.futures
import hashlib
import io
import os
import re
import resource
import subprocess
import sys
import tempfile
import zipfile

MODELS = (".keras", ".h5", ".hdf5", ".mlir", ".mlirbc", ".json")
MESSAGE = re.compile(r"^[^\n]*\b(error|warning|note): .")
WALL_SECONDS = 240  # the machine may be busy with other tests
CPU_SECONDS = 20
# Of nnc with nothing to do, and what libraries may take; AddressSanitizer takes
# three times as much.
MEMORY = (1024 if os.environ.get("NNC_SANITIZED") else 320) << 20
# It also keeps what was freed, which is not what nnc needs.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS":
               os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=16"}


def places(size, points):
    return sorted({size * i // points for i in range(points)} | {size - 1})


def damage(content, points):
    """(what was done, is it cut, the content afterwards)."""
    for place in places(len(content), points):
        yield f"cut-{place}", True, content[:place]
    for i, place in enumerate(places(len(content), points)):
        place = min(place + 5 * i % 11, len(content) - 1)
        other = bytearray(content)
        other[place] ^= 1 << (3 * i % 8)
        yield f"bit-{place}", False, bytes(other)
        other = bytearray(content)
        other[place] = 255 if i % 2 else 0
        yield f"byte-{place}", False, bytes(other)


def damage_members(content, points):
    """The same to what is in an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    for chosen, (info, member) in enumerate(members):
        for what, _, other in damage(member, points) if member else []:
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                for i, (each, data) in enumerate(members):
                    archive.writestr(each.filename,
                                     other if i == chosen else data)
            name = re.sub(r"\W", "_", info.filename)
            yield f"{name}-{what}", False, stream.getvalue()


def run(command):
    """(exit code, stderr, peak memory, CPU seconds); code None: no end."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    with tempfile.TemporaryFile() as errors:
        # pylint: disable=subprocess-popen-preexec-fn
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                   stderr=errors, stdin=subprocess.DEVNULL,
                                   env=ENVIRONMENT, preexec_fn=limit)
        with concurrent.futures.ThreadPoolExecutor(1) as waiter:
            waiting = waiter.submit(os.wait4, process.pid, 0)
            try:
                _, status, usage = waiting.result(WALL_SECONDS)
            except concurrent.futures.TimeoutError:
                process.kill()
                waiting.result()
                return None, "", 0, 0
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode(errors="replace")
    return (process.returncode, text, usage.ru_maxrss << 10,
            usage.ru_utime + usage.ru_stime)


def judge(outcome, size, must_fail):
    """What is wrong with how nnc ended; empty if nothing is."""
    code, text, memory, seconds = outcome
    if code is None:
        return f"did not end within {WALL_SECONDS} seconds"
    if code not in (0, 1):
        return f"exit code {code}"
    if "Sanitizer" in text or "runtime error" in text:
        return "sanitizer report"
    lines = text.splitlines()
    if not all(MESSAGE.search(line) for line in lines):
        return "a message of more than one line"
    if code == 1 and not any("error: " in line for line in lines):
        return "exit code 1 without an error"
    if code == 0 and any(" error: " in line for line in lines):
        return "exit code 0 with an error"
    if code == 0 and must_fail:
        return "compiled, although it was cut"
    if memory > MEMORY + 16 * size:
        return f"{memory >> 20} MB of memory for {size} bytes"
    if seconds > CPU_SECONDS / 2:
        return f"{seconds:.0f} seconds"
    return ""


class Hostile:
    def __init__(self, options):
        self.options = options
        self.runs = self.failures = self.compiled = 0

    def command(self, path, damaged):
        nnc = self.options.nnc
        if self.options.samples:
            return [nnc, path, "--verify", damaged, "-O0"]
        weights = self.options.model and path.endswith(
            (".npz", ".safetensors", ".h5"))
        if weights:
            return [nnc, self.options.model, "--weights", damaged, "--check"]
        return [nnc, damaged, "--check"]

    def one(self, path, name, case):
        what, cut, content = case
        stem, ending = os.path.splitext(os.path.basename(name))
        damaged = f"{stem}-{what}{ending}"
        # Longer names than a file system takes.
        if len(damaged) > 120:
            damaged = hashlib.sha1(damaged.encode()).hexdigest() + ending
        with open(damaged, "wb") as file:
            file.write(content)
        outcome = run(self.command(path, damaged))
        problem = judge(outcome, len(content),
                        cut and self.options.refuse_cuts)
        if problem:
            print(f"{damaged}: {problem}\n{outcome[1][:1000]}", flush=True)
        else:
            os.remove(damaged)
        return outcome[0], problem

    def file(self, path):
        name = path
        if self.options.samples:
            name = os.path.splitext(path)[0] + ".npz"
        with open(name, "rb") as file:
            content = file.read()
        if name.endswith(".mlir"):
            content = content.rstrip(b"\n")
        cases = list(damage(content, self.options.points))
        if content.startswith(b"PK"):
            cases += damage_members(content, self.options.points)
        # Places of small members coincide.
        cases = list({case[0]: case for case in cases}.values())
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for code, problem in pool.map(
                    lambda case: self.one(path, name, case), cases):
                self.runs += 1
                self.compiled += code == 0
                self.failures += bool(problem)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=8)
    parser.add_argument("--model")
    parser.add_argument("--samples", action="store_true")
    parser.add_argument("--refuse-cuts", action="store_true")
    parser.add_argument("--all", metavar="FOLDER")
    parser.add_argument("nnc")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    hostile = Hostile(options)
    files = list(options.files)
    if options.all:
        files += [os.path.join(options.all, name)
                  for name in sorted(os.listdir(options.all))
                  if name.endswith(MODELS)]
    for path in files:
        hostile.file(path)
    print(f"{hostile.runs} damaged files: {hostile.compiled} compile, "
          f"{hostile.failures} failures")
    sys.exit(1 if hostile.failures or not hostile.runs else 0)


if __name__ == "__main__":
    main()
