"""Streams against one call over the whole sequence, bit by bit.

    streams.py WORK_DIR

Each model is compiled twice with the same weights: for sequences of a fixed
length, and with --stream. The stream is fed the sequence in blocks of several
lengths, and must give the bits of the whole.
"""

import math
import random
import sys

from arrays import Array
from harness import Failure, Suite

# name: (shape of the input, block lengths, outputs, text); {T} is the length of
# the sequence.
MODELS = {
    "lstm2": ((1, 2048, 3), (1, 7, 64), 1, """
nn.sequential @lstm2 {{
  nn.input {{shape = [{T}, 3], name = "x"}}
  nn.lstm {{units = 24, return_sequences = true}}
  nn.lstm {{units = 16, return_sequences = true}}
  nn.dense {{units = 2, activation = "tanh"}}
}}
"""),
    "cells": ((3, 40, 4), (1, 7, 40), 3, """
nn.model @cells {{
  %x = nn.input {{shape = [{T}, 4], name = "x"}}
  %scaled = nn.rescaling(%x) {{scale = 0.5, offset = 0.25}}
  %gru = nn.gru(%scaled) {{units = 6, return_sequences = true}}
  %old = nn.gru(%gru) {{units = 6, return_sequences = true, reset_after = false}}
  %sum = nn.add(%gru, %old)
  %product = nn.multiply(%gru, %sum)
  %more = nn.add(%product, %sum)
  %norm = nn.layer_normalization(%more)
  %rnn, %state = nn.simple_rnn(%norm) {{units = 5, activation = "relu", return_state = true}}
  %last = nn.dense(%rnn) {{units = 3, activation = "softmax"}}
  nn.output(%more, %last, %state)
}}
"""),
    "causal": ((2, 70, 2), (1, 7, 64), 2, """
nn.model @causal {{
  %x = nn.input {{shape = [{T}, 2], name = "x"}}
  %a = nn.conv1d(%x) {{filters = 6, kernel_size = 3, padding = "causal", dilation_rate = 4, activation = "relu"}}
  %b = nn.conv1d(%a) {{filters = 5, kernel_size = 2, padding = "causal", name = "b"}}
  %c = nn.batch_normalization(%b)
  %d = nn.conv1d(%c) {{filters = 6, kernel_size = 1}}
  %e = nn.multiply(%a, %d)
  %f = nn.concatenate(%e, %a)
  %g = nn.gru(%f) {{units = 4, return_sequences = true}}
  %h = nn.prelu(%g) {{shared_axes = [1]}}
  nn.output(%h, %e)
}}
"""),
    "plain": ((2, 9, 3), (1, 4), 1, """
nn.sequential @plain {{
  nn.input {{shape = [{T}, 3], name = "x"}}
  nn.dense {{units = 4, activation = "gelu"}}
  nn.dropout {{rate = 0.5}}
  nn.softmax
}}
"""),
    "wrapped": ((2, 12, 4), (1, 5), 2, """
nn.model @wrapped {{
  %x = nn.input {{shape = [{T}, 4], name = "x"}}
  %cells = nn.rnn(%x) {{return_sequences = true}} {{
    nn.stacked_rnn_cells {{}} {{
      nn.lstm_cell {{units = 5}}
      nn.gru_cell {{units = 3}}
    }}
  }}
  %each = nn.time_distributed(%cells) {{}} {{ nn.dense {{units = 2}} }}
  %double = nn.gru(%each) {{units = 3, return_sequences = true}}
  %squares = nn.ops.multiply(%double, %double)
  %total = nn.ops.sum(%squares) {{axis = [2]}}
  nn.output(%each, %total)
}}
"""),
    "pictures": ((2, 6, 5, 3), (1, 4), 1, """
nn.sequential @pictures {{
  nn.input {{shape = [{T}, 5, 3], name = "x"}}
  nn.conv_lstm1d {{filters = 2, kernel_size = 3, padding = "same", return_sequences = true}}
  nn.batch_normalization
}}
"""),
    "masked": ((3, 20), (1, 3, 20), 2, """
nn.model @masked {{
  %ids = nn.input {{shape = [{T}], name = "ids", dtype = "int32"}}
  %rows = nn.embedding(%ids) {{input_dim = 10, output_dim = 4, mask_zero = true}}
  %lstm = nn.lstm(%rows) {{units = 5, return_sequences = true}}
  %gru = nn.gru(%lstm) {{units = 3, return_sequences = true, zero_output_for_mask = true}}
  %last = nn.simple_rnn(%gru) {{units = 3}}
  nn.output(%gru, %last)
}}
"""),
    "tokens": ((2, 20), (1, 3, 20), 1, """
nn.sequential @tokens {{
  nn.input {{shape = [{T}], name = "ids", dtype = "int32"}}
  nn.embedding {{input_dim = 10, output_dim = 4}}
  nn.lstm {{units = 5, return_sequences = true}}
  nn.permute {{dims = [1, 2]}}
}}
"""),
}


def make_input(shape):
    """Features, or where there are none, numbers of tokens."""
    source = random.Random(7)
    if len(shape) == 2:
        return Array(shape, [source.randrange(10)
                             for _ in range(math.prod(shape))], "<i4")
    return Array.from_function(shape, lambda _: source.uniform(-1, 1))


def run_model(suite, name, options):
    shape, blocks, outputs, text = MODELS[name]
    x = make_input(shape)
    options = ["--seed", "3", *options]
    whole = suite.compile(name, text.format(T=shape[1]), options=options)
    want = suite.run(whole, [x], outputs)
    stream = suite.compile(name + "_stream", text.format(T=-1),
                           options=[*options, "--stream"])
    for block in blocks:
        got = suite.run(stream, [x], outputs, ["--steps", str(block)])
        for i, pair in enumerate(zip(got, want)):
            suite.check_equal(f"{name}[{i}] in blocks of {block}", *pair)


def main():
    suite = Suite(sys.argv[1])
    for options in ([], ["-O0"], ["--mcpu=native"]):
        for name in MODELS:
            try:
                run_model(suite, name, options)
            except Failure as failure:
                suite.fail(" ".join([name, *options]), failure)
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
