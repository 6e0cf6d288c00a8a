#!/usr/bin/env python3
"""Gives nnc short models of things without measure, and looks at how it ends,
as hostile.py does: they compile, or are refused, in little time and memory.

    hostile_sizes.py NNC
"""

import os
import sys
import types

import hostile

HUGE = 1 << 40


def sequential(shape, *layers):
    body = "".join(f"  {layer}\n" for layer in layers)
    shape = ", ".join(map(str, shape))
    return f"nn.sequential @m {{\n  nn.input {{shape = [{shape}]}}\n{body}}}\n"


def graph(shapes, *layers):
    """Inputs %0, %1, …, then values from %a on; the last is the output."""
    lines = [f"  %{i} = nn.input {{shape = {shape}}}"
             for i, shape in enumerate(shapes)]
    names = [chr(ord("a") + i) if i < 26 else f"v{i}"
             for i in range(len(layers))]
    lines += [f"  %{name} = {layer}" for name, layer in zip(names, layers)]
    return "\n".join(["nn.model @m {"] + lines +
                     [f"  nn.output(%{names[-1]})", "}", ""])


# Sizes of weights, which a seed would have to make up.
WEIGHTS = {
    "dense": sequential([4], f"nn.dense {{units = {HUGE}}}"),
    # The bias alone could be made.
    "dense-kernel": sequential([4], "nn.dense {units = 1073741824}"),
    "dense-input": sequential([HUGE], "nn.dense {units = 1}"),
    "dense-splat":
        f"nn.weight @m.d.kernel : tensor<{HUGE}x2xf32> = dense<0.0>\n" +
        sequential([HUGE],
                   'nn.dense {units = 2, use_bias = false, name = "d"}'),
    "embedding": sequential(
        [4], f"nn.embedding {{input_dim = {HUGE}, output_dim = 4}}"),
    "einsum": sequential(
        [4], 'nn.einsum_dense {equation = "ab,bc->ac", '
        f"output_shape = [{HUGE}]}}"),
    "conv": sequential(
        [4, 4, 1], f"nn.conv2d {{filters = {HUGE}, kernel_size = [3, 3]}}"),
    "conv-window": sequential(
        [4, 4, 1], 'nn.conv2d {filters = 1, padding = "same", '
        f"kernel_size = [{HUGE}, 1]}}"),
    "lstm": sequential([4, 4], f"nn.lstm {{units = {HUGE}}}"),
}

# Sizes of values that only the one who runs the model needs memory for.
VALUES = {
    "repeat": sequential([4], f"nn.repeat_vector {{n = {HUGE}}}"),
    "repeat-more": sequential([4], "nn.repeat_vector {n = 1125899906842624}"),
    "padding": sequential(
        [4, 4], f"nn.zero_padding1d {{padding = [{HUGE}, {HUGE}]}}"),
    "padding-both": sequential(
        [4, 4, 1],
        f"nn.zero_padding2d {{padding = [[{HUGE}, 0], [0, {HUGE}]]}}"),
    "up": sequential([4, 4], f"nn.up_sampling1d {{size = {HUGE}}}"),
    "up-both": sequential(
        [4, 4, 1], "nn.up_sampling2d {size = [1048576, 1048576]}"),
    "input": sequential([HUGE], "nn.softmax"),
    "stride": sequential(
        [4, 4, 1], 'nn.conv2d {filters = 1, kernel_size = [3, 3], '
        f'padding = "same", strides = [{HUGE}, 1]}}'),
    "dilation": sequential(
        [4, 4, 1], 'nn.conv2d {filters = 1, kernel_size = [3, 3], '
        f'padding = "same", dilation_rate = [{HUGE}, 1]}}'),
    "window": sequential(
        [4, 4, 1], 'nn.max_pooling2d {padding = "same", '
        f"pool_size = [{HUGE}, 2]}}"),
    "window-taps": sequential(
        [4, 2048, 4], 'nn.max_pooling2d {padding = "same", '
        "pool_size = [3, 1501], strides = [1, 1]}"),
    "steps": sequential([1 << 36, 4], "nn.lstm {units = 2}"),
    "broadcast": graph([[HUGE, 1], [1, HUGE]], "nn.add(%0, %1)"),
    "products": graph([[HUGE, 1], [HUGE, 1]],
                      "nn.dot(%0, %1) {axes = [2, 2]}"),
    "one-hot": graph([[1]], f"nn.ops.one_hot(%0) {{num_classes = {HUGE}}}"),
    "slice": graph([[4]], 'nn.ops.get_item(%0) {key = "..., '
                   f'{HUGE}:-{HUGE}:{HUGE}"}}'),
    "doubled": graph([[4]], "nn.concatenate(%0, %0)", *(
        f"nn.concatenate(%{chr(ord('a') + i)}, %{chr(ord('a') + i)})"
        for i in range(25))),
}

# Tables that say what each element is made of.
TABLES = {
    f"resize-{word}": sequential(
        [4, 4, 1], f"nn.resizing {{height = {HUGE}, width = 4, "
        f'interpolation = "{word}"}}')
    for word in ("nearest", "bicubic", "lanczos5", "area")
} | {
    "up-bilinear": sequential(
        [4, 4, 1], f"nn.up_sampling2d {{size = [{HUGE}, 1], "
        'interpolation = "bilinear"}'),
    "adaptive": sequential(
        [4, 4, 1],
        f"nn.adaptive_average_pooling2d {{output_size = [{HUGE}, 2]}}"),
    "categories": sequential(
        [4], f"nn.category_encoding {{num_tokens = {HUGE}, "
        'output_mode = "multi_hot"}'),
    "mel": sequential([4000], f"nn.mel_spectrogram {{num_mel_bins = {HUGE}}}"),
}

# Counts, names and nesting.
COUNTS = {
    "layers": sequential([4], *["nn.relu"] * 5000),
    "names": sequential([4], f'nn.relu {{name = "{"n" * 1000000}"}}'),
    "axes": sequential([1] * 1000, "nn.relu"),
    "axes-swapped": sequential(
        [1] * 63, "nn.permute {dims = [" +
        ", ".join(str(i) for i in range(63, 0, -1)) + "]}"),
    "calls": "".join(
        f"nn.sequential @m{i} {{\n  nn.input {{shape = [4]}}\n" +
        ("  nn.relu\n" if i == 0 else
         f'  nn.call @m{i - 1} {{name = "a"}}\n'
         f'  nn.call @m{i - 1} {{name = "b"}}\n') + "}\n" for i in range(40)),
}


class Sizes(hostile.Hostile):
    def command(self, path, damaged):
        return [self.options.nnc, damaged, "--seed", "1", "--mcpu=x86-64-v3",
                "-o", "out.o", "--header", "out.h"]


def main():
    runner = Sizes(types.SimpleNamespace(nnc=sys.argv[1], refuse_cuts=True))
    refused = WEIGHTS | TABLES
    for name, text in (refused | VALUES | COUNTS).items():
        _, problem = runner.one("x.mlir", "x.mlir",
                                (name, name in refused, text.encode()))
        runner.failures += bool(problem)
        if os.path.exists("out.o"):
            if os.path.getsize("out.o") > 32 * len(text) + (1 << 20):
                runner.failures += 1
                print(f"{name}: {os.path.getsize('out.o')} bytes of code")
            os.remove("out.o")
    print(f"{runner.failures} failures")
    sys.exit(1 if runner.failures else 0)


if __name__ == "__main__":
    main()
