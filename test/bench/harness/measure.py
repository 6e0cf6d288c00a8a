"""Runs programs: compares their outputs, then times them in turn.

Every run is a process of its own, pinned to as many cores as it has threads.
Rounds go through all programs of a model, so that what disturbs the machine for
a while disturbs all of them; a run whose thread had less than 97 % of its core
is repeated. What counts is the median of the runs' medians. Only programs whose
output is right are timed.
"""

import array
import json
import math
import os
import statistics
import subprocess
import sys

TIME_LIMIT = 900   # seconds, for one run
UNDISTURBED = 0.97


class Failed(Exception):
    """A run without a result, and why."""


def cores(threads):
    """The cores to run on: the last one alone, or the first so many."""
    have = sorted(os.sched_getaffinity(0))
    return {have[-1]} if threads == 1 else set(have[:threads])


def run(command, threads):
    """The JSON object that a program prints."""
    pinned = cores(threads)
    counts = {name: str(threads) for name in
              ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")}
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=TIME_LIMIT,
            env=dict(os.environ, **counts), check=False,
            preexec_fn=lambda: os.sched_setaffinity(0, pinned))
    except subprocess.TimeoutExpired:
        raise Failed(f"takes longer than {TIME_LIMIT} s") from None
    except OSError as error:
        raise Failed(str(error)) from None
    lines = [l for l in result.stdout.splitlines() if l.startswith("{")]
    if result.returncode != 0 or not lines:
        raise Failed(reason_of(result))
    return json.loads(lines[-1])


def reason_of(result):
    """What a program said of its failure: an error's line, else the first."""
    said = [l.strip() for l in result.stderr.splitlines() if l.strip()]
    said = [l for l in said if "rror" in l] or said
    return said[0] if said else f"exit code {result.returncode}"


# Comparing --------------------------------------------------------------------

def read_output(path, program, case, channels_last):
    """The floats a program wrote, images channels last."""
    with open(path, "rb") as file:
        data = file.read()
    shape = case["output"]
    if len(shape) == 3 and program.images == "first":
        data = channels_last(data, case["batch"], shape)
    values = array.array("f")
    values.frombytes(data)
    wanted = case["batch"] * math.prod(shape)
    if len(values) != wanted:
        raise Failed(f"has {len(values)} outputs instead of {wanted}")
    return values


def difference(values, reference):
    """The largest difference, relative to the reference's largest value;
    infinite if there is a value that is no number, or nothing to compare."""
    if len(values) != len(reference):
        return math.inf
    largest = max(map(abs, reference), default=0)
    if not all(map(math.isfinite, values)) or not math.isfinite(largest) or \
            largest == 0:
        return math.inf
    return max(abs(a - b) for a, b in zip(values, reference)) / largest


def check(programs, case, threads, tolerance, channels_last):
    """Runs each program once. Returns name → result, which has `error` where
    there is no right output: then it must not be timed. The first peer that
    gives an output is the reference, or else the first program at all."""
    results, outputs = {}, {}
    for program in programs:
        dump = os.path.join(case["folder"], f"{program.name}.out.f32")
        command = program.command(case, threads)
        result = results[program.name] = {"peer": program.peer}
        try:
            run(command + ["--dump", dump, "--seconds", "0"], threads)
            outputs[program.name] = read_output(dump, program, case,
                                                channels_last)
        except (Failed, OSError) as error:
            result["error"] = str(error)
    peers = [p.name for p in programs if p.peer and p.name in outputs]
    names = peers or list(outputs)
    if not names:
        return results
    reference = names[0]
    for name, values in outputs.items():
        result = results[name]
        result["reference"] = reference
        result["difference"] = apart = difference(values, outputs[reference])
        if not apart <= tolerance:
            result["error"] = f"wrong output: {apart:.2g} off {reference}"
            result["wrong"] = True
    if not peers:
        for name in outputs:
            results[name]["unchecked"] = "no peer to compare with"
    return results


# Timing -----------------------------------------------------------------------

def time_rounds(programs, case, threads, results, rounds, seconds):
    """Adds the times to the results of those that have no error."""
    runs = {p.name: [] for p in programs if "error" not in results[p.name]}
    for turn in range(2 * rounds):
        for program in programs:
            mine = runs.get(program.name)
            if mine is None or "error" in results[program.name]:
                continue
            good = sum(r["on_cpu"] >= UNDISTURBED for r in mine)
            if good >= rounds or (turn >= rounds and good == len(mine)):
                continue
            try:
                mine.append(run(program.command(case, threads) +
                                ["--seconds", str(seconds)], threads))
            except Failed as error:
                results[program.name]["error"] = str(error)
    for name, mine in runs.items():
        if mine and "error" not in results[name]:
            results[name].update(summary(mine))


def summary(runs):
    good = [r for r in runs if r["on_cpu"] >= UNDISTURBED]
    counted = good or runs
    result = {key: statistics.median(r[key] for r in counted)
              for key in ("median_s", "load_s", "first_s", "peak_mb")}
    result["least_s"] = min(r["least_s"] for r in runs)
    result["runs_s"] = [r["median_s"] for r in counted]
    result["disturbed"] = len(runs) - len(good)
    if not good:
        result["noisy"] = True
    return result


def say(text):
    print(text, file=sys.stderr, flush=True)
