"""Runs profiled models beside plain ones, and checks what a profile says.

    profile.py run FOLDER NNC_RUN     the same bits with and without counters
    profile.py check JSON SVG BATCH   the numbers agree with each other
"""

import json
import os
import random
import struct
import subprocess
import sys
import xml.etree.ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def write_npy(path, shape, numbers):
    header = str({"descr": "<f4", "fortran_order": False, "shape": shape})
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    count = 1
    for extent in shape:
        count *= extent
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode())
        file.write(struct.pack(f"<{count}f",
                               *(numbers.uniform(-1, 1) for _ in range(count))))


def run(folder, tool):
    os.chdir(folder)
    numbers = random.Random(3)
    for batch in (1, 21):
        write_npy("image.npy", (batch, 9, 9, 8), numbers)
        write_npy("steps.npy", (batch, 4, 8), numbers)
        for suffix in ("", "-one"):
            outputs = []
            for kind, threads in (("plain", 1), ("counted", 1), ("counted", 2)):
                subprocess.run(
                    [tool, f"{kind}{suffix}.so", "--input", "image.npy",
                     "--input", "steps.npy", "--output", "out.npy",
                     "--threads", str(threads)], check=True)
                with open("out.npy", "rb") as file:
                    outputs.append(file.read())
            assert outputs[0] == outputs[1] == outputs[2], (batch, suffix)


def check_description(profile):
    description = profile["description"]
    nodes = [node["name"] for node in description["graph"]["nodes"]]
    assert nodes == ["image", "steps", "conv & <1>", "shortcut", "pooled",
                     "part", "both", "probs"], nodes
    edges = {(nodes[edge["from"]], nodes[edge["to"]])
             for edge in description["graph"]["edges"]}
    assert {("image", "shortcut"), ("conv & <1>", "shortcut"),
            ("steps", "part"), ("part", "both")} <= edges, edges
    assert len(description["graph"]["edges"]) == 8

    # A layer of a nested model is shown at the model's row.
    shown = {layer["name"]: description["sections"][layer["section"]]
             for layer in profile["layers"]}
    assert nodes[shown["memory"]["node"]] == "part", shown
    assert [nodes[node] for node in shown["pooled"]["fused"]] == ["shortcut"]

    batches = {plan["batch"] for plan in description["arenas"]}
    assert 1 in batches, batches
    for plan in description["arenas"]:
        check_plan(plan, [layer["name"] for layer in profile["layers"]])


def check_plan(plan, layers):
    """Buffers in use at the same time do not share bytes."""
    buffers = plan["buffers"]
    assert buffers and plan["lowerBound"] <= plan["bytes"]
    starts = [step["start"] for step in plan["steps"]]
    assert starts == sorted(starts) and starts[-1] < plan["end"], starts
    assert {step["layer"] for step in plan["steps"]} >= set(layers), layers
    for index, a in enumerate(buffers):
        assert a["offset"] + a["bytes"] <= plan["bytes"], a
        assert 0 <= a["first"] <= a["last"] < plan["end"], a
        for b in buffers[:index]:
            together = a["first"] <= b["last"] and b["first"] <= a["last"]
            shared = (a["offset"] < b["offset"] + b["bytes"] and
                      b["offset"] < a["offset"] + a["bytes"])
            assert not (together and shared), (a, b)


def check(json_path, svg_path, batch):
    with open(json_path, encoding="utf-8") as file:
        profile = json.load(file)
    layers = {layer["name"]: layer for layer in profile["layers"]}
    # Whether the concatenation has code of its own, too, depends on the batch.
    assert set(layers) >= {"conv & <1>", "pooled", "memory", "probs"}, layers
    assert profile["batch"] == batch and profile["calls"] == 20
    assert abs(sum(layer["share"] for layer in layers.values()) - 1) < 1e-3
    assert all(layer["us"] > 0 for layer in layers.values()), layers

    conv = layers["conv & <1>"]
    # Two operations a multiply-add.
    assert conv["flops"] == batch * 2 * 9 * 9 * 8 * 72, conv
    # The image and what comes out; the kernel for each run.
    assert conv["bytes"] >= batch * 4 * 9 * 9 * 8 * 2 + 4 * 72 * 8, conv
    # One operation an element of the addition and of the means.
    pooled = layers["pooled"]
    assert pooled["fused"] == "shortcut", pooled
    assert pooled["flops"] == batch * (9 * 9 * 8 + 8), pooled
    assert layers["memory"]["flops"] == batch * 2 * 4 * (8 + 6) * 4 * 6
    limits = profile["roofline"]
    least = max(conv["flops"] / limits["gflops"],
                conv["bytes"] / limits["gbytes"]) * 1e-3
    assert abs(conv["of_roofline"] * conv["us"] / least - 1) < 1e-3, conv

    check_description(profile)
    root = xml.etree.ElementTree.parse(svg_path).getroot()
    assert root.tag == SVG + "svg"
    bars = [rect for rect in root.iter(SVG + "rect")
            if rect.get("class") == "bar"]
    assert len(bars) == len(layers)
    texts = [text.text for text in root.iter(SVG + "text")]
    assert any(text.startswith("pooled + shortcut") for text in texts)


if __name__ == "__main__":
    if sys.argv[1] == "run":
        run(sys.argv[2], sys.argv[3])
    else:
        check(sys.argv[2], sys.argv[3], int(sys.argv[4]))
