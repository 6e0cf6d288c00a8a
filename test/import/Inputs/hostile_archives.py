#!/usr/bin/env python3
"""Gives nnc .keras archives that somebody made to harm, and looks at how it
ends, as hostile.py does.

    hostile_archives.py NNC

All are refused but those of HARMLESS, whose tricks nnc does not look at.
"""

import io
import json
import struct
import sys
import types
import zipfile

import hdf5
import hostile
import models

METADATA = json.dumps({"keras_version": "3.15.0"})
MODEL = models.sequential("s", [models.given("x", [2]),
                                models.layer("Dense", "d", units=1)],
                          module="keras")
WEIGHTS = hdf5.encode({"layers": {"dense": {"vars": {
    "0": ([2, 1], [1, 2]), "1": ([1], [3])}}}})
WHOLE = [("metadata.json", METADATA), ("config.json", json.dumps(MODEL)),
         ("model.weights.h5", WEIGHTS)]
HARMLESS = {"paths", "many", "links", "words", "versions"}


def archive(members, method=zipfile.ZIP_STORED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return stream.getvalue()


def bomb(members, name, chunk, count=200):
    """Members and another that is deflated, `count` times a megabyte; chunk by
    chunk, since nnc's memory is not told from that of the Python before it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for other, content in members:
            file.writestr(other, content)
        with file.open(name, "w") as member:
            for _ in range(count):
                member.write(chunk * ((1 << 20) // len(chunk)))
    return stream.getvalue()


def changed(**members):
    """The whole archive with other content under names, "_" for "."."""
    other = {name.replace("_", "."): content
             for name, content in members.items()}
    return [(name, other.pop(name, content)) for name, content in WHOLE] + list(
        other.items())


def patch(content, record, offset, form, *values):
    """Overwrites a field in each central record, or in each local one."""
    data, at = bytearray(content), 0
    while (at := content.find(record, at)) >= 0:
        struct.pack_into(form, data, at + offset, *values)
        at += 4
    return bytes(data)


def layers(entries):
    return json.dumps(models.sequential("s", entries, module="keras"))


def bombs():
    yield "spaces", bomb(WHOLE[:1], "config.json", b" ")
    yield "zeros", bomb(WHOLE[:2], "model.weights.h5", b"\0")
    words = models.sequential("s", [
        models.given("x", [2], dtype="int64"),
        models.layer("IntegerLookup", "l", vocabulary=None)], module="keras")
    yield "lines", bomb(changed(config_json=json.dumps(words)),
                        "assets/layers/integer_lookup/vocabulary.txt", b"1\n")
    yield "huge-dataset", archive(changed(model_weights_h5=hdf5.encode(
        {"layers": {"dense": {"vars": {"0": ([1 << 40, 1 << 20], [1])}}}})))


def sizes():
    whole = archive(WHOLE)
    for name, size in ("large", 0xfffffff0), ("zip64", 0xffffffff):
        yield f"size-{name}", patch(whole, b"PK\1\2", 24, "<I", size)
        yield f"compressed-{name}", patch(whole, b"PK\1\2", 20, "<I", size)
        yield f"both-{name}", patch(whole, b"PK\1\2", 20, "<II", size, size)
    yield "offsets", patch(whole, b"PK\1\2", 42, "<I", 7)
    yield "overlap", patch(whole, b"PK\1\2", 42, "<I", 0)
    yield "count", patch(whole, b"PK\5\6", 8, "<HH", 60000, 60000)
    yield "encrypted", patch(patch(whole, b"PK\1\2", 8, "<H", 1), b"PK\3\4", 6,
                             "<H", 1)
    yield "method", archive(WHOLE, zipfile.ZIP_BZIP2)


def names():
    yield "paths", archive(WHOLE + [("../../escape", "x"), ("/etc/passwd", "x"),
                                    ("assets/../../vocabulary.txt", "1"),
                                    ("C:\\x", "x"), ("line\nbreak", "x")])
    yield "twice", archive(WHOLE)[:-22].replace(b"metadata.json",
                                                b"config.json\0\0")
    yield "same", archive(WHOLE).replace(b"model.weights.h5",
                                         b"assets/weights.h") + b"tail"
    double = archive(WHOLE + [("config.jsom", json.dumps(MODEL))])
    yield "double", double.replace(b"config.jsom", b"config.json")
    yield "many", archive(WHOLE + [(f"assets/{i}/vocabulary.txt", "word")
                                   for i in range(20000)])
    link = zipfile.ZipInfo("assets/vocabulary.txt")
    link.external_attr = 0o120777 << 16
    yield "links", archive(WHOLE + [(link, "/etc/passwd")])
    yield "words", archive(WHOLE + [("assets/x/vocabulary.txt", b"\xff\0\n9")])
    yield "no-config", archive(WHOLE[:1] + WHOLE[2:])
    yield "empty", archive([])


def texts():
    yield "deep", archive(changed(config_json='{"a":' + "[" * 100000))
    yield "utf8", archive(changed(config_json=b"\xff\xfe{}"))
    yield "zip-in-zip", archive(changed(config_json=archive(WHOLE)))
    yield "versions", archive(changed(metadata_json=json.dumps(
        {"keras_version": "9" * 5000 + ".x"})))
    yield "no-object", archive(changed(metadata_json="[" * 200000))
    yield "shape", archive(changed(config_json=layers(
        [models.given("x", [2**63 - 1] * 8)] + [MODEL["config"]["layers"][1]])))
    yield "number", archive(changed(config_json=layers(
        [models.given("x", [1e308])] + [MODEL["config"]["layers"][1]])))
    yield "units", archive(changed(config_json=layers(
        [models.given("x", [2]), models.layer("Dense", "d", units=2**62)])))
    yield "row", archive(changed(config_json=layers(
        [models.given("x", [2])] + [models.layer("Dense", f"d{i}", units=2)
                                    for i in range(3000)])))
    inner = MODEL
    for i in range(100):
        inner = models.sequential(f"s{i}", [models.given("x", [2]), inner],
                                  module="keras")
    yield "nested", archive(changed(config_json=json.dumps(inner)))
    wrapped = models.layer("Dense", "d", units=1)
    for i in range(60):
        wrapped = models.layer("TimeDistributed", f"t{i}", layer=wrapped)
    yield "wrapped", archive(changed(config_json=layers(
        [models.given("x", [2] * 62), wrapped])))


def weights():
    yield "text-weights", archive(changed(model_weights_h5="weights"))
    yield "no-weights", archive(changed(model_weights_h5=b""))
    yield "zip-weights", archive(changed(model_weights_h5=archive(WHOLE)))
    deep = {"vars": {"0": ([1], [1])}}
    for _ in range(500):
        deep = {"layers": deep}
    yield "deep-weights", archive(changed(model_weights_h5=hdf5.encode(deep)))
    for name, files in (("self", ["model.weights.h5"]),
                        ("shards", [f"m{i}.weights.h5" for i in range(9000)]),
                        ("outside", ["../../x.weights.h5"])):
        shards = {f"/layers/{i}/vars": file for i, file in enumerate(files)}
        yield f"map-{name}", archive(WHOLE[:2] + [
            ("model.weights.json", json.dumps({"weight_map": shards}))])


def main():
    nnc = sys.argv[1]
    runner = hostile.Hostile(types.SimpleNamespace(
        nnc=nnc, samples=False, model=None, refuse_cuts=True))
    for group in bombs, sizes, names, texts, weights:
        for name, content in group():
            code, problem = runner.one("x.keras", "x.keras", (
                name, name not in HARMLESS, content))
            runner.failures += bool(problem)
            if name in HARMLESS and code != 0:
                runner.failures += 1
                print(f"{name}: exit code {code}")
    print(f"{runner.failures} failures")
    sys.exit(1 if runner.failures else 0)


if __name__ == "__main__":
    main()
