"""What was measured, as Markdown and as JSON.

One table for each part of the model list and each number of threads. A column
is there if any model of the part has a value in it. Ratios are nnc's time to
the peer's: below 1 nnc is faster.
"""

import json
import math
import os
import platform

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
WINOGRAD = "-wino"  # ends the names of peers that are not direct


def digits(value, count=3):
    """Three digits that count, without an exponent."""
    if value == 0:
        return "0"
    places = count - 1 - math.floor(math.log10(abs(value)))
    return f"{value:.{max(places, 0)}f}" if places > -2 else f"{value:.0f}"


def time_text(seconds):
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            return f"{digits(seconds * factor)} {unit}"
    return f"{digits(seconds * 1e9)} ns"


def ratio_text(value):
    if value is None:
        return "–"
    return f"{value:.2f}" if value >= 0.1 else digits(value, 2)


def bound(case, roofline):
    """The least seconds that this machine needs: for the operations, or for
    reading what must be read. Each level of the memory is taken to hold as much
    of it as fits, the fastest first."""
    if not roofline:
        return None
    left, reading = case["set_bytes"], 0.0
    for level in roofline["levels"]:
        own = 1 if level["name"] == "L3" else roofline["threads"]
        here = min(left, level["bytes"] * own) if level["bytes"] else left
        reading += here / level["gbs"]
        left -= here
    reading *= case["moved_bytes"] / case["set_bytes"]
    return max(case["flops"] / roofline["gflops"], reading) / 1e9


def ratios(results):
    """nnc's time to the best direct peer's, ONNX Runtime's, and Winograd's."""
    def seconds(name):
        return results.get(name, {}).get("median_s")

    mine = seconds("nnc")
    direct = [r["median_s"] for n, r in results.items() if r["peer"] and
              "median_s" in r and not n.endswith(WINOGRAD)]
    runtime = [seconds(n) for n in ("ort", "ort-mha") if seconds(n)]
    others = {"best": min(direct, default=None),
              "ort": min(runtime, default=None),
              "wino": seconds("onednn" + WINOGRAD)}
    return {key: mine / other if mine and other else None
            for key, other in others.items()}


def cell(result):
    if result is None:
        return "–"
    if result.get("wrong"):
        return "**wrong**"
    if "error" in result:
        return "fails"
    return time_text(result["median_s"]) + \
        ("*" if "unchecked" in result else "") + \
        ("~" if result.get("noisy") else "")


def both(results, text):
    """A fact of nnc's, and in brackets ONNX Runtime's."""
    facts = [text(results[name]) for name in ("nnc", "ort")
             if "median_s" in results.get(name, {})]
    return facts[0] + (f" ({facts[1]})" if len(facts) > 1 else "") \
        if facts and "median_s" in results.get("nnc", {}) else "–"


def row(entry, roofline, columns):
    """The cells of one model's line, by column."""
    results, case = entry["results"], entry["case"]
    nnc = results.get("nnc", {})
    least, ratio = bound(case, roofline), ratios(results)
    cells = {"model": case["name"]}
    cells.update((name, cell(results.get(name))) for name in columns)
    for key, title in (("best", "/ best"), ("ort", "/ ort"),
                       ("wino", "/ wino")):
        cells[title] = ratio_text(ratio[key])
    share = "–"
    if least and "median_s" in nnc:
        share = f"{100 * least / nnc['median_s']:.0f} %"
    cells["roofline"] = share
    cells["memory, MB"] = both(results, lambda r: digits(r["peak_mb"]))
    cells["load + first"] = both(
        results, lambda r: time_text(r["load_s"] + r["first_s"]))
    code = nnc.get("code_bytes")
    cells["code, KB"] = digits(code / 1024) if code else "–"
    took = nnc.get("compile_s")
    cells["compile"] = time_text(took) if took else "–"
    return cells


def table(entries, roofline, order):
    names = [n for n in order if any(n in e["results"] for e in entries)]
    rows = [row(entry, roofline, names) for entry in entries]
    titles = [t for t in rows[0]
              if t in ("model", "nnc") or any(r[t] != "–" for r in rows)]
    lines = ["| " + " | ".join(titles) + " |",
             "|" + " --- |" * len(titles)]
    lines += ["| " + " | ".join(r[t] for t in titles) + " |" for r in rows]
    return lines


def notes(entries):
    """Why a cell has no number, each reason once, and what marks mean."""
    seen = {}
    for entry in entries:
        for name, result in entry["results"].items():
            if "error" in result:
                seen.setdefault((name, result["error"]), []).append(
                    entry["case"]["name"])
    lines = [f"- {name}, {', '.join(dict.fromkeys(models))}: {error}"
             for (name, error), models in seen.items()]
    results = [r for e in entries for r in e["results"].values()]
    if any("unchecked" in r for r in results):
        lines.append("- \\*: not compared, for there was no peer")
    if any(r.get("noisy") for r in results):
        lines.append("- \\~: other work disturbed every run")
    return lines


def machine():
    name = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    name = line.split(":", 1)[1].strip()
                    break
    except OSError:
        pass
    return f"{name}, {len(os.sched_getaffinity(0))} cores"


def markdown(record):
    """The whole report."""
    lines = [f"Measured on {record['machine']}.", ""]
    for line in record["programs"]:
        lines.append(f"- {line}")
    for name, reason in record["absent"]:
        lines.append(f"- {name}: skipped, {reason}")
    for roofline in record["rooflines"]:
        levels = ", ".join(f"{l['name']} {digits(l['gbs'])}"
                           for l in roofline["levels"])
        lines.append(f"- roofline, {count_text(roofline['threads'])}: "
                     f"{digits(roofline['gflops'])} GFLOP/s; GB/s read from "
                     f"{levels}")
    for part in dict.fromkeys(e["case"]["part"] for e in record["entries"]):
        for threads in record["threads"]:
            entries = [e for e in record["entries"] if e["threads"] == threads
                       and e["case"]["part"] == part]
            roofline = next((r for r in record["rooflines"]
                             if r["threads"] == threads), None)
            lines += ["", f"### {part}, {count_text(threads)}", ""]
            lines += table(entries, roofline, record["order"])
    said = notes(record["entries"])
    if said:
        lines += ["", "Notes:", ""] + said
    return "\n".join(lines) + "\n"


def count_text(threads):
    return "1 thread" if threads == 1 else f"{threads} threads"


def write_markdown(path, text):
    """Replaces what is between the marks of a file that has them, else the
    whole file."""
    try:
        with open(path, encoding="utf-8") as file:
            old = file.read()
    except OSError:
        old = ""
    if BEGIN in old and END in old:
        text = (old[:old.index(BEGIN) + len(BEGIN)] + "\n\n" + text + "\n" +
                old[old.index(END):])
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_json(path, record):
    # Infinity is no JSON.
    def plain(value):
        if isinstance(value, float) and not math.isfinite(value):
            return str(value)
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(item) for item in value]
        return value

    with open(path, "w", encoding="utf-8") as file:
        json.dump(plain(record), file, indent=1)
        file.write("\n")
