"""Files that Keras saved, against what Keras computed in float64.

    conformance_suite.py SHARED WORK_DIR [--part all|quick] [--only NAME...]
                   [--layers LAYERS.md] [--target TARGET]

Each file is compiled as a user would (`nnc FILE -o MODEL.so`), and at -O0 for
the least CPU there is (--mcpu=generic), and run on all samples of its .npz and
on each of them alone, which must give the same bits. `quick` takes a part of
it: every model once, the file forms and levels in turn. With --target, one of
those of machines.py, it runs on another machine, and is quick unless --part
says otherwise. Models that cannot be compiled are listed with the reason in
conformance-exceptions.json; one that is listed and passes fails the suite.

The bound is the design's, 1e-5·max(1, max|ref|) + 1e-4·|ref|. Where Keras's own
float32 run breaks it, twice its largest error holds instead, and where Keras's
own float16 is all there is, its last place; the model's line says so. --layers compares the classes met with the page's.
"""

import argparse
import collections
import concurrent.futures
import glob
import json
import math
import os
import re
import sys
import zipfile

from arrays import read_npz
from conformance import Conformance, error_ratio, numbered
from commands import Failure
from machines import TARGETS, Host, machine

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = ("3", "0")

# A file to compile, its samples, and what the manifest says of it.
Case = collections.namedtuple("Case", "name file npz facts")


def load_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def find_cases(shared):
    """Every file with samples, by name: {name: [case of each file form]}."""
    cases = collections.defaultdict(list)
    golden = os.path.join(shared, "golden")
    manifest = load_json(os.path.join(golden, "manifest.json"))
    folders = [(golden, golden, manifest), (
        os.path.join(shared, "golden-keras2"), golden, manifest)]
    random = os.path.join(shared, "golden-random")
    folders.append((random, random,
                    load_json(os.path.join(random, "manifest.json"))))
    for folder, samples, facts in folders:
        for path in sorted(glob.glob(os.path.join(folder, "*.*"))):
            stem, ending = os.path.splitext(os.path.basename(path))
            npz = os.path.join(samples, stem + ".npz")
            if ending in (".keras", ".h5") and os.path.exists(npz):
                name = f"{os.path.basename(folder)}/{stem}"
                cases[name].append(Case(name, path, npz, facts.get(stem, {})))
    for folder in ("real", "apps"):
        for npz in sorted(glob.glob(os.path.join(shared, folder, "*.npz"))):
            stem = npz[:-len(".npz")]
            name = f"{folder}/{os.path.basename(stem)}"
            for path in (stem, stem + ".keras", stem + ".h5"):
                if os.path.isfile(path):
                    cases[name].append(Case(name, path, npz, {}))
    return cases


def largest(values):
    return max((abs(v) for v in values.data if math.isfinite(v)), default=0.0)


def own_error(got, want):
    """The largest error of Keras's own float32 run."""
    return max((abs(g - w) for g, w in zip(got.data, want.data)
                if math.isfinite(g) and math.isfinite(w)), default=0.0)


class Model:
    """One compiled file."""

    def __init__(self, case, level, folder, runs_on):
        os.makedirs(folder, exist_ok=True)
        least = level == "0" and isinstance(runs_on, Host)
        options = argparse.Namespace(
            nnc="nnc", run="nnc-run", O=level, batch=0, object=False,
            mcpu="generic" if least else "", cc="cc", factor=1.0)
        self.tools = Conformance(options, folder, runs_on)
        self.arrays = read_npz(case.npz)
        inputs = numbered(self.arrays, "in")
        # What mixes the samples of a batch is compiled for that batch alone.
        self.mixes = False
        try:
            self.path = self.tools.compile(case.file, inputs)
        except Failure as failure:
            self.mixes = "with --batch N" in str(failure)
            if not self.mixes:
                raise
            options.batch = inputs[0].shape[0]
            self.path = self.tools.compile(case.file, inputs)
        self.inputs = self.tools.cast(self.path, inputs)

    def run(self, inputs, outputs, calls=1):
        """The outputs of the last of `calls` runs, the state kept."""
        return self.tools.run(self.path, inputs, outputs, calls)


def compare(model, suffix, got):
    """The largest error ratio, and whether the bound had to be looser."""
    wanted = (numbered(model.arrays, "ref", suffix) or
              numbered(model.arrays, "out", suffix))
    keras = numbered(model.arrays, "out", suffix)
    worst, loose = 0.0, False
    for i, (mine, want) in enumerate(zip(got, wanted)):
        extra = 0.0
        if want.dtype == "<f2":
            extra, loose = largest(want) / 2 ** 10, True
        elif i < len(keras) and error_ratio(keras[i], want)[0] > 1.0:
            extra, loose = 2 * own_error(keras[i], want), True
        try:
            ratio, _ = error_ratio(mine, want, least=extra)
        except Failure as failure:
            raise Failure(f"output {i} {failure}") from None
        worst = max(worst, ratio)
    return worst, loose


def check_samples(model, got):
    """Each sample alone gives the bits that it has in the batch."""
    batch = model.inputs[0].shape[0]
    if batch < 2 or model.mixes or any(i.shape[0] != batch for i in model.inputs):
        return
    for sample in range(batch):
        alone = model.run([i.rows(sample, sample + 1) for i in model.inputs],
                          len(got))
        for i, (one, all_of_them) in enumerate(zip(alone, got)):
            row = all_of_them.rows(sample, sample + 1)
            if repr(one.data) != repr(row.data):
                raise Failure(f"output {i} of sample {sample} has other bits "
                              "alone than in the batch")


def check_case(case, level, folder, runs_on):
    """(largest error ratio, whether the bound is a looser one)."""
    model = Model(case, level, folder, runs_on)
    outputs = len(numbered(model.arrays, "out"))
    got = model.run(model.inputs, outputs)
    worst, loose = compare(model, "", got)
    if "out_0_call2" in model.arrays:
        second = model.run(model.inputs, outputs, calls=2)
        ratio, other = compare(model, "_call2", second)
        worst, loose = max(worst, ratio), loose or other
    if worst > 1.0:
        raise Failure(f"its error is {worst:.3g} times the bound")
    check_samples(model, got)
    return worst, loose


def plan(cases, part):
    """(case, level) of each check. In `quick` each model has one, the forms of
    its file and the levels in turn."""
    for number, (_, forms) in enumerate(sorted(cases.items())):
        if part == "quick":
            yield forms[number % len(forms)], LEVELS[number // 2 % 2]
        else:
            for case in forms:
                for level in LEVELS:
                    yield case, level


def classes_in(value):
    """The classes of layers and bare operations in a config."""
    if isinstance(value, list):
        return set().union(*map(classes_in, value))
    if not isinstance(value, dict):
        return set()
    found = classes_in(list(value.values()))
    module = value.get("module") or ""
    if module.startswith("keras.src.ops"):
        found.add("ops." + value["class_name"])
    elif module.startswith("keras.layers"):
        found.add(value["class_name"])
    return found


def read_classes(path):
    """The same of a .keras file; other forms have the same models."""
    if not zipfile.is_zipfile(path):
        return set()
    with zipfile.ZipFile(path) as archive:
        return classes_in(json.loads(archive.read("config.json")))


class Results:
    def __init__(self, exceptions):
        self.exceptions = exceptions
        self.passed, self.failed, self.refused = {}, {}, {}

    def add(self, case, level, outcome):
        label = f"{case.name} ({os.path.splitext(case.file)[1]}, -O{level})"
        reason = self.exceptions.get(case.name)
        if isinstance(outcome, Failure):
            if reason and reason["message"] in str(outcome):
                self.refused[label] = reason["why"]
                print(f"refused {label}: {reason['why']}")
            else:
                self.failed[label] = str(outcome)
                print(f"FAILED {label}: {outcome}")
        elif reason:
            self.failed[label] = "passes, although it is listed as refused"
            print(f"FAILED {label}: {self.failed[label]}")
        else:
            self.passed[label] = outcome
            ratio, loose = outcome
            print(f"passed {label}: {ratio:.3f} of the bound"
                  + (", a looser one" if loose else ""))


def page_classes(path):
    """The classes that the page says are compiled, bare operations too."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    classes = {name for name, word in
               re.findall(r"^\| (\w+) \| (\S+) \|", text, flags=re.M)
               if word.startswith("`nn.")}
    bare = text.partition("## Bare operations")[2]
    return classes | {f"ops.{name}" for name in re.findall(r"`(\w+)`", bare)}


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("shared")
    parser.add_argument("folder")
    parser.add_argument("--part", choices=("all", "quick"))
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--layers")
    parser.add_argument("--target", choices=TARGETS)
    options = parser.parse_args()
    part = options.part or ("quick" if options.target else "all")
    cases = find_cases(options.shared)
    if options.only:
        cases = {name: forms for name, forms in cases.items()
                 if any(word in name for word in options.only)}
    results = Results(load_json(
        os.path.join(HERE, "conformance-exceptions.json")))
    checks = list(plan(cases, part))
    os.makedirs(options.folder, exist_ok=True)
    runs_on = machine(options.target, options.folder)

    def attempt(number):
        case, level = checks[number]
        try:
            return check_case(case, level,
                              os.path.join(options.folder, str(number)),
                              runs_on)
        except (Failure, ValueError) as problem:
            return Failure(str(problem))

    met = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (case, level), outcome in zip(checks, pool.map(
                attempt, range(len(checks)))):
            results.add(case, level, outcome)
            if not isinstance(outcome, Failure):
                met |= read_classes(case.file)
    unknown = sorted(met - page_classes(options.layers)) \
        if options.layers else []
    for name in unknown:
        print(f"FAILED {name}: compiles, but {options.layers} does not list it")
    worst = max((ratio for ratio, loose in results.passed.values()
                 if not loose), default=0.0)
    loose = sum(loose for _, loose in results.passed.values())
    print(f"{len(results.passed)} passed, {len(results.failed)} failed, "
          f"{len(results.refused)} refused as listed; largest error "
          f"{worst:.3f} of the bound ({loose} with a looser one)")
    return 1 if results.failed or unknown or not results.passed else 0


if __name__ == "__main__":
    sys.exit(main())
