"""Element types at the borders of a model, cast by cast and layer by layer.

    element_types.py WORK_DIR

Casts are compared with what Python's own numbers say, bit for bit; layers of
16 bits with the same computed in Python, rounded where Keras rounds; Keras's
int8 layers with the integers they multiply.
"""

import math
import random
import struct
import sys

from arrays import Array, to_float32
from harness import Failure, Suite

INTEGERS = {"int8": "|i1", "int16": "<i2", "int32": "<i4", "int64": "<i8",
            "uint8": "|u1", "uint16": "<u2", "uint32": "<u4", "uint64": "<u8"}
FLOATS = {"float16": "<f2", "float32": "<f4", "float64": "<f8",
          "bfloat16": "<u2"}
CODES = {**INTEGERS, **FLOATS, "bool": "|b1"}
SAMPLES = [0.0, -0.0, 0.4, 0.5, -0.5, 0.999, -0.999, 1.5, -1.5, 2.5, 7.0, 100.5,
           127.0, 127.9, 128.0, -128.0, -128.9, -129.0, 200.0, 255.0, 255.9,
           256.0, 300.0, 3e4, 32768.0, 65503.0, 65504.0, 65519.0, 65520.0, 7e4,
           -7e4, 1e9, 2147483647.0, 2147483648.0, -2147483649.0, 4294967295.0,
           4294967296.0, 9.2e18, 9.3e18, -9.3e18, 1.8e19, 1.9e19, 1e30, -1e30,
           3.5e38, 1e300, math.inf, -math.inf, math.nan, 1e-3, 6.1e-5, 6.0e-5,
           5.96e-8, 2.98e-8, 2.99e-8, 1e-8, 1e-40, -1e-7, 1.00048828125,
           1.0009765625, 1.00146484375, 1.0048828125, 2049.0, 2051.0,
           1.00390625, 1.01171875, 1.0 + 2.0**-9 + 2.0**-40,
           1.0 + 2.0**-11 + 2.0**-40, 1.0 + 2.0**-11 + 2.0**-26]


def bits_of(value):
    return struct.unpack("<I", struct.pack("<f", value))[0]


def round_float(value, dtype):
    """The nearest number of a float type, ties to even."""
    if math.isnan(value) or math.isinf(value) or dtype == "float64":
        return value
    digits, lowest, largest = {"float16": (11, -24, 65504.0),
                               "bfloat16": (8, -133, 3.3895313892515355e38),
                               "float32": (24, -149, 3.4028234663852886e38)
                               }[dtype]
    step = max(math.frexp(value)[1] - digits, lowest)
    rounded = math.ldexp(round(math.ldexp(value, -step)), step)
    if abs(rounded) > largest:
        rounded = math.inf
    return math.copysign(rounded, value)


def stored(value, dtype):
    """A number of the type as an array of it has it."""
    if dtype == "bool":
        return int(value != 0)
    if dtype == "bfloat16":
        return bits_of(value) >> 16
    return value


def bounds(dtype):
    bits = int(dtype.lstrip("uint"))
    if dtype[0] == "u":
        return 0, 2**bits - 1
    return -2**(bits - 1), 2**(bits - 1) - 1


def cast(value, source, target):
    """A number of `source` as one of `target`."""
    if target == "bool":
        return value != 0
    if target in FLOATS:
        return round_float(float(value), target)
    low, high = bounds(target)
    if source in FLOATS:
        if math.isnan(value):
            return 0
        if math.isinf(value):
            return high if value > 0 else low
        return max(low, min(high, int(value)))
    return (int(value) - low) % (high - low + 1) + low


def samples_of(dtype):
    if dtype == "bool":
        return [False, True]
    if dtype in FLOATS:
        return [round_float(value, dtype) for value in SAMPLES]
    low, high = bounds(dtype)
    return [low, low + 1, 0, 1, 2, 77, high // 2, high // 2 + 1, high - 1, high]


def run_casts(suite, source):
    targets = [dtype for dtype in CODES if dtype != source]
    values = samples_of(source)
    lines = [f'  %x = nn.input {{shape = [{len(values)}], dtype = "{source}"}}']
    lines += [f'  %{t} = nn.ops.cast(%x) {{dtype = "{t}"}}' for t in targets]
    lines.append(f"  nn.output({', '.join('%' + t for t in targets)})")
    model = suite.compile(f"from_{source}", "nn.model @casts {\n" +
                          "\n".join(lines) + "\n}\n")
    given = Array((1, len(values)), [stored(v, source) for v in values],
                  CODES[source])
    for target, got in zip(targets, suite.run(model, [given], len(targets))):
        for value, result in zip(values, got.data):
            if source in INTEGERS and target == "bfloat16":
                # By way of a float32, as everywhere.
                value = round_float(float(value), "float32")
            want = stored(cast(value, source, target), target)
            same = result == want or result != result and want != want
            if target == "bfloat16" and math.isnan(value):
                same = result & 0x7F80 == 0x7F80 and result & 0x7F != 0
            if same:
                suite.passed += 1
            else:
                suite.fail(f"{source} to {target}", f"{value!r} gives "
                           f"{result!r}, not {want!r}")


def run_true_bytes(suite):
    """Any byte but 0 is true."""
    model = suite.compile("bytes", 'nn.model @bytes {\n  %x = nn.input {shape = '
                          '[3], dtype = "bool"}\n  %y = nn.flatten(%x)\n'
                          '  %z = nn.ops.cast(%x) {dtype = "int32"}\n'
                          "  nn.output(%y, %z)\n}\n")
    given = Array((1, 3), [0, 2, 255], "|b1")
    for name, got in zip("yz", suite.run(model, [given], 2)):
        suite.check_equal(f"bytes {name}", Array((1, 3), got.data, "<i4"),
                          Array((1, 3), [0, 1, 1], "<i4"))


def dense(rows, kernel, bias):
    return [[sum(x * kernel[k][n] for k, x in enumerate(row)) + bias[n]
             for n in range(len(bias))] for row in rows]


def random_rows(draw, rows, columns):
    return [[to_float32(draw(-1.0, 1.0)) for _ in range(columns)]
            for _ in range(rows)]


def flat(rows):
    return [value for row in rows for value in row]


def run_half(suite, policy):
    """relu(dense(x)), whose result a half holds."""
    half = policy.removeprefix("mixed_")
    draw = random.Random(policy).uniform
    rows, kernel = random_rows(draw, 2, 5), random_rows(draw, 5, 4)
    bias = random_rows(draw, 1, 4)[0]
    model = suite.compile(policy, f"""nn.sequential @half {{
  nn.input {{shape = [5]}}
  nn.dense {{units = 4, dtype = "{policy}", name = "d"}}
  nn.relu {{dtype = "{policy}"}}
}}
""", {"d/kernel": Array((5, 4), flat(kernel)), "d/bias": Array((4,), bias)})

    def rounded(rows):
        return [[round_float(v, half) for v in row] for row in rows]

    wanted = flat(dense(rounded(rows), rounded(kernel), rounded([bias])[0]))
    wanted = [max(round_float(value, half), 0.0) for value in wanted]
    got = suite.run(model, [Array((2, 5), flat(rows))], 1)[0].data
    if half == "bfloat16":
        got = [struct.unpack("<f", struct.pack("<I", v << 16))[0] for v in got]
    # The sum in float32 may round to the other neighbour.
    suite.check(policy, Array((2, 4), got), Array((2, 4), wanted),
                rtol=2.0**-7 if half == "bfloat16" else 2.0**-10, atol=0.0)


def quantize(row, scale):
    return [max(-127, min(127, round(to_float32(x * scale)))) for x in row]


def run_int8(suite):
    draw = random.Random("int8").uniform
    rows = random_rows(draw, 3, 6)
    kernel = [[int(draw(-127, 127)) for _ in range(4)] for _ in range(6)]
    scales = [to_float32(draw(50.0, 100.0)) for _ in range(4)]
    bias = random_rows(draw, 1, 4)[0]
    weights = {"d/0": Array((6, 4), flat(kernel), "|i1"),
               "d/1": Array((4,), bias), "d/2": Array((4,), scales)}
    for name, config in (("default", ""), ("weights_only", ", "
                         "quantization_config = {class_name = "
                         '"Int8QuantizationConfig", config = {}}')):
        model = suite.compile(f"int8_{name}", f"""nn.sequential @int8 {{
  nn.input {{shape = [6]}}
  nn.dense {{units = 4, dtype = "int8_from_float32", name = "d"{config}}}
}}
""", weights)
        wanted = []
        for row in rows:
            scale = 1.0
            if not config:
                most = to_float32(max(map(abs, row)) + to_float32(1e-7))
                scale = to_float32(127.0 / most)
                row = quantize(row, scale)
            wanted += [value / (scale * s) + c for value, s, c in
                       zip(dense([row], kernel, [0.0] * 4)[0], scales, bias)]
        got = suite.run(model, [Array((3, 6), flat(rows))], 1)[0]
        suite.check(f"int8 {name}", got, Array((3, 4), wanted))

    table = [[int(draw(-127, 127)) for _ in range(3)] for _ in range(5)]
    scales = [to_float32(draw(50.0, 100.0)) for _ in range(5)]
    model = suite.compile("int8_embedding", """nn.sequential @int8 {
  nn.input {shape = [2], dtype = "uint8"}
  nn.embedding {input_dim = 5, output_dim = 3, dtype = "int8_from_float32", name = "e"}
}
""", {"e/0": Array((5, 3), flat(table), "|i1"), "e/1": Array((5,), scales)})
    got = suite.run(model, [Array((1, 2), [4, 1], "|u1")], 1)[0]
    suite.check("int8 embedding", got,
                Array((1, 2, 3), [v / scales[i] for i in (4, 1)
                                  for v in table[i]]))


def main():
    suite = Suite(sys.argv[1])
    tests = [(f"from {source}", run_casts, source) for source in CODES]
    tests += [(policy, run_half, policy)
              for policy in ("float16", "bfloat16", "mixed_float16",
                             "mixed_bfloat16")]
    tests += [("bytes", run_true_bytes), ("int8", run_int8)]
    for name, test, *arguments in tests:
        try:
            test(suite, *arguments)
        except Failure as failure:
            suite.fail(name, failure)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
