"""Einsums and attention by their formulas, in float64.

As in reference.py: keys, inputs and weights to the output, or outputs. Inputs
that are passed by keyword are in `named`.
"""

import math

from arrays import Array, indices
from reference_activations import activate


def expand(subscripts, rank):
    """With letters in the place of an ellipsis, aligned at the last."""
    elided = rank - len(subscripts.replace("...", ""))
    return subscripts.replace("...", "0123456789"[10 - elided:])


def einsum(equation, *arrays):
    left, result = equation.split("->")
    operands = [expand(s, len(a.shape))
                for s, a in zip(left.split(","), arrays)]
    extents = {letter: n for s, a in zip(operands, arrays)
               for letter, n in zip(s, a.shape)}
    elided = sorted(letter for letter in extents if letter.isdigit())
    result = result.replace("...", "".join(elided))
    sums = [letter for letter in extents if letter not in result]

    def one(index):
        place = dict(zip(result, index))
        total = []
        for inner in indices([extents[letter] for letter in sums]):
            place.update(zip(sums, inner))
            total.append(math.prod(a[[place[letter] for letter in s]]
                                   for s, a in zip(operands, arrays)))
        return math.fsum(total)

    return Array.from_function([extents[letter] for letter in result], one)


def add_bias(values, bias):
    """`bias` broadcasts at the last axes."""
    if bias is None:
        return values
    rank = len(bias.shape)
    return Array.from_function(values.shape, lambda i: values[i] + bias[
        [0 if n == 1 else k for k, n in zip(i[len(i) - rank:], bias.shape)]])


def along_last(values, function):
    width = values.shape[-1]
    return Array(values.shape, [
        y for start in range(0, len(values.data), width)
        for y in function(values.data[start:start + width])])


def einsum_dense(keys, inputs, weights):
    y = einsum(keys["equation"], inputs[0], weights["kernel"])
    y = add_bias(y, weights.get("bias"))
    return along_last(y, lambda row: activate(keys.get("activation", "linear"),
                                              row))


def ternary_dense(keys, inputs, weights):
    kernel = weights["kernel"]
    mean = math.fsum(map(abs, kernel.data)) / len(kernel.data)
    threshold = keys.get("threshold", 0.5 * mean)
    scale = 1.0 if "threshold" in keys else mean
    ternary = Array(kernel.shape, [
        math.copysign(scale, w) if abs(w) > threshold else 0.0
        for w in kernel.data])
    return einsum_dense({**keys, "equation": "...x,xy->...y"}, inputs,
                        {**weights, "kernel": ternary})


def layer_scale(keys, inputs, weights):
    gamma = weights["gamma"].data
    return along_last(inputs[0], lambda row: [x * g
                                              for x, g in zip(row, gamma)])


def reversible_embedding(keys, inputs, weights):
    if keys.get("tie_weights", True):
        y = einsum("...x,yx->...y", inputs[0], weights["embeddings"])
    else:
        y = einsum("...x,xy->...y", inputs[0], weights["reverse_embeddings"])
    cap = keys.get("logit_soft_cap")
    if cap is None:
        return y
    return Array(y.shape, [math.tanh(v / cap) * cap for v in y.data])


#===-- Attention -----------------------------------------------------------===#


def softmax_rows(scores, axes):
    """Over the last `axes` axes together."""
    width = math.prod(scores.shape[-axes:])
    rows = scores.reshaped((len(scores.data) // width, width))
    return along_last(rows, lambda row: activate("softmax", row)).reshaped(
        scores.shape)


def plain(scores, keys, inputs, named):
    """From scores to results; masks are subtracted."""
    value_mask, query_mask = named.get("value_mask"), named.get("query_mask")

    def masked(index):
        b, q, k = index
        keep = (not keys.get("use_causal_mask") or k <= q) and \
            (value_mask is None or value_mask[b, k])
        return scores[index] - (0.0 if keep else 1e9)

    probabilities = softmax_rows(Array.from_function(scores.shape, masked), 1)
    y = einsum("bqk,bkf->bqf", probabilities, inputs[1])
    if query_mask is not None:
        y = Array.from_function(y.shape,
                                lambda i: y[i] * query_mask[i[:2]])
    return [y, probabilities] if keys.get("return_attention_scores") else [y]


def sum_over_features(query, key, function):
    batch, queries, features = query.shape
    return Array.from_function(
        (batch, queries, key.shape[1]), lambda i: math.fsum(
            function(query[i[0], i[1], f] + key[i[0], i[2], f], f)
            for f in range(features)))


def attention(keys, inputs, weights, named):
    query, key = inputs[0], inputs[-1]
    scale = weights["scale"].data[0] if "scale" in weights else 1.0
    if keys.get("score_mode") == "concat":
        scores = sum_over_features(query, key,
                                   lambda x, f: math.tanh(scale * x))
        scale = weights["concat_score_weight"].data[0]
    else:
        scores = einsum("bqf,bkf->bqk", query, key)
    scores = Array(scores.shape, [s * scale for s in scores.data])
    return plain(scores, keys, inputs, named)


def additive_attention(keys, inputs, weights, named):
    scale = weights["scale"].data if "scale" in weights else \
        [1.0] * inputs[0].shape[-1]
    scores = sum_over_features(inputs[0], inputs[-1],
                               lambda x, f: scale[f] * math.tanh(x))
    return plain(scores, keys, inputs, named)


def project(name, equation, weights, values):
    return add_bias(einsum(equation, values, weights[f"{name}_dense/kernel"]),
                    weights.get(f"{name}_dense/bias"))


def probabilities_of(scores, axes, keys, named):
    """Masked scores are replaced. An attention_mask is aligned at its ends."""
    window = keys.get("sliding_window")
    mask = named.get("attention_mask")

    def masked(index):
        b, q, k = index[0], index[-2], index[-1]
        keep = not keys.get("use_causal_mask") or k <= q
        keep = keep and (window is None or abs(q - k) < window)
        for name, place in (("query_mask", q), ("value_mask", k),
                            ("key_mask", k)):
            keep = keep and (name not in named or named[name][b, place])
        if mask is not None:
            front = len(mask.shape) - 2 * axes
            place = index[:front] + index[len(index) - 2 * axes:]
            keep = keep and mask[[0 if n == 1 else i
                                  for i, n in zip(place, mask.shape)]]
        return scores[index] if keep else -1e9

    return softmax_rows(Array.from_function(scores.shape, masked), axes)


def finish(heads, probabilities, equation, steps, keys, inputs, weights):
    if keys.get("use_gate"):
        gate = project("gate", f"{steps}z,zxy->{steps}xy", weights, inputs[0])
        heads = Array(heads.shape, [h * activate("sigmoid", [g])[0] for h, g
                                    in zip(heads.data, gate.data)])
    y = project("output", equation, weights, heads)
    return [y, probabilities] if keys.get("return_attention_scores") else [y]


def multi_head_attention(keys, inputs, weights, named):
    rank = len(inputs[0].shape)
    axes = keys.get("attention_axes", list(range(1, rank - 1)))
    axes = [a % rank for a in axes]
    steps = "abcdefgh"[:rank - 1]
    others = "".join(c.upper() if i in axes else c
                     for i, c in enumerate(steps))
    batch = "".join(c for i, c in enumerate(steps) if i not in axes)
    scores = batch + "x" + "".join(steps[a] for a in axes) + \
        "".join(others[a] for a in axes)
    to_heads = f"{steps}z,zxy->{steps}xy"
    query = project("query", to_heads, weights, inputs[0])
    key = project("key", to_heads, weights,
                  named.get("key", inputs[-1] if len(inputs) > 2
                            else inputs[1]))
    value = project("value", to_heads, weights, inputs[1])
    scale = 1 / math.sqrt(keys["key_dim"])
    product = einsum(f"{steps}xy,{others}xy->{scores}", query, key)
    product = Array(product.shape, [s * scale for s in product.data])
    probabilities = probabilities_of(product, len(axes), keys, named)
    heads = einsum(f"{scores},{others}xy->{steps}xy", probabilities, value)
    out = "klmn"[:len(weights["output_dense/kernel"].shape) - 2]
    return finish(heads, probabilities, f"{steps}xy,xy{out}->{steps}{out}",
                  steps, keys, inputs, weights)


def group_query_attention(keys, inputs, weights, named):
    repeats = keys["num_query_heads"] // keys["num_key_value_heads"]

    def repeat(values):
        shape = list(values.shape)
        shape[2] *= repeats
        return Array.from_function(
            shape, lambda i: values[i[0], i[1], i[2] // repeats, i[3]])

    to_heads = "abz,zxy->abxy"
    query = project("query", to_heads, weights, inputs[0])
    key = repeat(project("key", to_heads, weights,
                         named.get("key", inputs[-1])))
    value = repeat(project("value", to_heads, weights, inputs[1]))
    scale = 1 / math.sqrt(keys["head_dim"])
    product = einsum("aqxy,akxy->axqk", query, key)
    product = Array(product.shape, [s * scale for s in product.data])
    probabilities = probabilities_of(product, 1, keys, named)
    heads = einsum("axqk,akxy->aqxy", probabilities, value)
    return finish(heads, probabilities, "abxy,xyk->abk", "ab", keys, inputs,
                  weights)


REFERENCES = {"EinsumDense": einsum_dense, "TernaryDense": ternary_dense,
              "LayerScale": layer_scale,
              "ReversibleEmbedding": reversible_embedding}
ATTENTION = {"Attention": attention, "AdditiveAttention": additive_attention,
             "MultiHeadAttention": multi_head_attention,
             "GroupQueryAttention": group_query_attention}
