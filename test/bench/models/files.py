"""Writes what the programs of the benchmark read: one folder for each model.

    case.json            what the harness must know (see `describe`)
    model.mlir           the nn text           weights.safetensors  its weights
    model.onnx           the ONNX twin         model.plan, .plan.bin  see plan.py
    model.mha.onnx       the twin with ONNX Runtime's attention (encoders only)
    model.keras.json     Keras's own JSON      (see keras_json.py)
    input.f32            the input as nnc has it, channels last
    input.nchw.f32       the same, channels first (images only)

A folder is made once and kept as long as the description of the model, the seed
and these scripts stay the same. The text, the weights and the input need the
standard library alone; the twin and the plan need numpy and onnx, and are left
out without them.
"""

import glob
import hashlib
import json
import math
import os
import shutil

import values
from zoo import MODELS

STATE_CALLS = 8  # a stream is compared after so many steps


def write_safetensors(path, tensors):
    """tensors: name, shape, and a function that makes the values."""
    header, offset = {}, 0
    for name, shape, size, _ in tensors:
        header[name] = {"dtype": "F32", "shape": shape,
                        "data_offsets": [offset, offset + 4 * size]}
        offset += 4 * size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little"))
        file.write(text)
        for _, _, _, make in tensors:
            file.write(memoryview(make()).cast("B"))


def channels_first(data, batch, shape):
    """The bytes of [batch][h][w][c] floats as [batch][c][h][w]."""
    height, width, channels = shape
    pixels, floats = height * width, memoryview(data).cast("B").cast("f")
    out = bytearray(len(floats) * 4)
    moved = memoryview(out).cast("f")
    for sample in range(batch):
        start = sample * pixels * channels
        for channel in range(channels):
            target = start + channel * pixels
            source = floats[start + channel:start + pixels * channels]
            moved[target:target + pixels] = source[::channels]
    return out


def channels_last(data, batch, shape):
    """The bytes of [batch][c][h][w] floats as [batch][h][w][c]."""
    height, width, channels = shape
    # Channels-first of the transposed extents is the way back.
    return channels_first(data, batch, [channels, 1, height * width])


def input_values(net, seed):
    count = net.batch * math.prod(net.input_layer.shape)
    return values.uniform(seed, "input", count)


def describe(name, net, stamp):
    """case.json: the model in numbers. Shapes have no batch."""
    return {
        "name": name, "part": MODELS[name].part, "stamp": stamp,
        "batch": net.batch,
        "input": net.input_layer.shape, "output": net.output_layer.shape,
        "calls": STATE_CALLS if net.stateful else 1,
        "flops": net.flops, "weight_bytes": net.weight_bytes,
        "moved_bytes": net.moved_bytes,
        "set_bytes": net.weight_bytes + net.border_bytes,
    }


def _stamp(name, seed):
    """Changes when the folder must be made again."""
    digest = hashlib.sha256(f"{name} {seed}".encode())
    here = os.path.dirname(os.path.abspath(__file__))
    for path in sorted(glob.glob(os.path.join(here, "*.py"))):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:16]


def _read_case(folder):
    try:
        with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def write_twins(net, name, seed, folder):
    """What the peers read. Returns why it cannot be made, or None."""
    try:
        import onnx_twin
    except ImportError as error:
        return f"python's {error.name} is missing"
    import keras_json
    import plan
    keras_json.write(net, os.path.join(folder, "model.keras.json"))
    onnx_twin.write(net, name, seed, os.path.join(folder, "model.onnx"))
    if any(layer.kind == "multi_head_attention" for layer in net.layers):
        onnx_twin.write(net, name, seed, os.path.join(folder, "model.mha.onnx"),
                        fused=True)
    plan.write(net, seed, os.path.join(folder, "model.plan"))
    return None


def write(name, seed, root, with_twins):
    """Makes the model's folder below `root`; returns its case, with the folder
    and, if the peers' files are not there, the reason for it."""
    folder, stamp = os.path.join(root, name), _stamp(name, seed)
    case = _read_case(folder)
    have_twins = os.path.exists(os.path.join(folder, "model.onnx"))
    if case.get("stamp") == stamp and (have_twins or not with_twins):
        return dict(case, folder=folder)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    net = MODELS[name].build()
    with open(os.path.join(folder, "model.mlir"), "w",
              encoding="utf-8") as file:
        file.write(net.text(name))
    write_safetensors(os.path.join(folder, "weights.safetensors"),
                      [(w.name, w.shape, w.size,
                        lambda w=w: w.values(seed)) for w in net.weights])
    data = memoryview(input_values(net, seed)).cast("B")
    with open(os.path.join(folder, "input.f32"), "wb") as file:
        file.write(data)
    if len(net.input_layer.shape) == 3:
        with open(os.path.join(folder, "input.nchw.f32"), "wb") as file:
            file.write(channels_first(data, net.batch, net.input_layer.shape))
    reason = write_twins(net, name, seed, folder) if with_twins else None
    case = describe(name, net, stamp)
    if reason:
        case["no_twin"] = reason
    with open(os.path.join(folder, "case.json"), "w",
              encoding="utf-8") as file:
        json.dump(case, file, indent=1)
    return dict(case, folder=folder)
