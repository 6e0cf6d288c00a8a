"""Wrappers against the layers that they stand for.

    wrappers.py WORK_DIR

Each model gives every result twice: by a wrapper, and by plain layers with the
same weights. Both must have the same bits, for one sample and for several.
"""

import math
import random
import sys

from arrays import Array, to_float32
from harness import Failure, Suite

BATCH = 3

RUN = "units = 3, return_sequences = true"


def lstm(name):
    return {f"{name}/kernel": (2, 12), f"{name}/recurrent_kernel": (3, 12),
            f"{name}/bias": (12,)}


def gru(name, features=3):
    return {f"{name}/kernel": (features, 9), f"{name}/recurrent_kernel": (3, 9),
            f"{name}/bias": (2, 9)}


# Name, lines with outputs %a and %b, weights of the wrapper's layers by the name
# of the plain layer that has the same.
CASES = [
    ("concat", f"""
  %a = nn.bidirectional(%x, mask = %m) {{name = "w"}} {{ nn.lstm {{{RUN}}} }}
  %f = nn.lstm(%x, mask = %m) {{{RUN}, zero_output_for_mask = true, name = "f"}}
  %g = nn.lstm(%x, mask = %m) {{{RUN}, zero_output_for_mask = true, go_backwards = true, name = "g"}}
  %r = nn.ops.flip(%g) {{axis = [1]}}
  %b = nn.concatenate(%f, %r)""",
     {"w/forward_layer": "f", "w/backward_layer": "g"},
     {**lstm("f"), **lstm("g")}),
    ("two_classes", """
  %a = nn.bidirectional(%x) {name = "w", merge_mode = "mul"} { nn.lstm {units = 3} } { nn.gru {units = 3, go_backwards = true} }
  %f = nn.lstm(%x) {units = 3, name = "f"}
  %g = nn.gru(%x) {units = 3, go_backwards = true, name = "g"}
  %b = nn.multiply(%f, %g)""",
     {"w/forward_layer": "f", "w/backward_layer": "g"},
     {**lstm("f"), **gru("g", 2)}),
    ("stacked", """
  %a = nn.rnn(%x, mask = %m) {name = "w", return_sequences = true, go_backwards = true} { nn.stacked_rnn_cells {} { nn.lstm_cell {units = 3} nn.gru_cell {units = 3} } }
  %f = nn.lstm(%x, mask = %m) {units = 3, return_sequences = true, go_backwards = true, name = "f"}
  %n = nn.ops.flip(%m) {axis = [1]}
  %b = nn.gru(%f, mask = %n) {units = 3, return_sequences = true, name = "g"}""",
     {"w/cell/cells/lstm_cell": "f", "w/cell/cells/gru_cell": "g"},
     {**lstm("f"), **gru("g")}),
    ("distributed", """
  %a = nn.time_distributed(%x) {name = "w"} { nn.dense {units = 4, activation = "softmax"} }
  %b = nn.dense(%x) {units = 4, activation = "softmax", name = "f"}""",
     {"w/layer": "f"}, {"f/kernel": (2, 4), "f/bias": (4,)}),
    ("pipeline", """
  %a = nn.pipeline(%x) {name = "w"} { nn.rescaling {scale = 2.0} nn.dense {units = 4} }
  %s = nn.rescaling(%x) {scale = 2.0}
  %b = nn.dense(%s) {units = 4, name = "f"}""",
     {"w/layers/dense": "f"}, {"f/kernel": (2, 4), "f/bias": (4,)}),
    # Masks travel by themselves.
    ("travelling", """
  %z = nn.masking(%x) {mask_value = 0.5}
  %d = nn.dropout(%z) {rate = 0.1}
  %a = nn.lstm(%d) {units = 3, name = "w"}
  %k = nn.ops.not_equal(%x) {x2 = 0.5}
  %c = nn.ops.any(%k) {axis = [-1]}
  %b = nn.lstm(%z, mask = %c) {units = 3, name = "f"}""",
     {"w": "f"}, lstm("f")),
    # A convolution of one element is a product.
    ("conv_lstm", """
  %e = nn.reshape(%x) {target_shape = [5, 1, 2]}
  %c = nn.conv_lstm1d(%e) {filters = 3, kernel_size = 1, return_sequences = true, name = "w"}
  %a = nn.reshape(%c) {target_shape = [5, 3]}
  %b = nn.lstm(%x) {units = 3, return_sequences = true, name = "f"}""",
     {"w": "f"}, lstm("f")),
]


def run_case(suite, name, lines, same, shapes):
    draw = random.Random(name).uniform
    weights = {path: Array(shape, [to_float32(draw(-1.0, 1.0))
                                   for _ in range(math.prod(shape))])
               for path, shape in shapes.items()}
    for path, values in list(weights.items()):
        layer, variable = path.split("/")
        for wrapped, plain in same.items():
            if plain == layer:
                shape = values.shape
                if name == "conv_lstm" and variable != "bias":
                    shape = (1, *shape)
                weights[f"{wrapped}/{variable}"] = values.reshaped(shape)
    x = Array((BATCH, 5, 2), [to_float32(draw(-1.0, 1.0))
                              for _ in range(BATCH * 10)])
    mask = Array((BATCH, 5), [draw(0.0, 1.0) > 0.4 for _ in range(BATCH * 5)],
                 "|b1")
    if name == "travelling":
        x.data = [v if mask.data[i // 2] else 0.5 for i, v in enumerate(x.data)]
    inputs = [x]
    text = f"nn.model @{name} {{\n  %x = nn.input {{shape = [5, 2]}}\n"
    if "%m" in lines:
        text += '  %m = nn.input {shape = [5], dtype = "bool"}'
        inputs.append(mask)
    text += f"{lines}\n  nn.output(%a, %b)\n}}\n"
    model = suite.compile(name, text, weights)
    for rows in (BATCH, 1):
        a, b = suite.run(model, [i.rows(0, rows) for i in inputs], 2)
        suite.check_equal(f"{name} of {rows}", a, b)


def main():
    suite = Suite(sys.argv[1])
    for name, *case in CASES:
        try:
            run_case(suite, name, *case)
        except Failure as failure:
            suite.fail(name, failure)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
