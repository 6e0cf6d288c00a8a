"""Keras's activations by their formulas, in float64, infinities included."""

import math

SELU_SCALE = 1.0507009873554804934193349852946
SELU_ALPHA = 1.6732632423543772848170429916717


def exp(x):
    return math.exp(x) if x < 709 else math.inf


def sigmoid(x):
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def softplus(x):
    return max(x, 0.0) + math.log1p(exp(-abs(x)))


def expm1(x):
    return math.expm1(x) if x < 709 else math.inf


def clip(x, low, high):
    return min(max(x, low), high)


def hard_sigmoid(x):
    return clip(x + 3, 0.0, 6.0) / 6


def gelu(x):
    if x == -math.inf:
        return 0.0
    return 0.5 * x * math.erfc(-x / math.sqrt(2))


def sparse_plus(x):
    if x <= -1:
        return 0.0
    return (x + 1) ** 2 / 4 if x < 1 else x


ELEMENTWISE = {
    "linear": lambda x: x,
    "relu": lambda x: max(x, 0.0),
    "leaky_relu": lambda x: x if x > 0 else 0.2 * x,
    "relu6": lambda x: clip(x, 0.0, 6.0),
    "celu": lambda x: max(x, 0.0) + min(expm1(x), 0.0),
    "elu": lambda x: x if x > 0 else expm1(x),
    "selu": lambda x: SELU_SCALE * (x if x > 0 else SELU_ALPHA * expm1(x)),
    "softplus": softplus,
    "softsign": lambda x: x / (1 + abs(x)),
    "squareplus": lambda x: (x + math.sqrt(x * x + 4)) / 2,
    "soft_shrink": lambda x: x - 0.5 if x > 0.5 else
                             x + 0.5 if x < -0.5 else 0.0,
    "sparse_plus": sparse_plus,
    "silu": lambda x: x * sigmoid(x),
    "gelu": gelu,
    "tanh": math.tanh,
    "tanh_shrink": lambda x: x - math.tanh(x),
    "sigmoid": sigmoid,
    "sparse_sigmoid": lambda x: clip((x + 1) / 2, 0.0, 1.0),
    "exponential": exp,
    "hard_sigmoid": hard_sigmoid,
    "hard_sigmoid_keras2": lambda x: clip(0.2 * x + 0.5, 0.0, 1.0),
    "hard_silu": lambda x: x * hard_sigmoid(x),
    "hard_tanh": lambda x: clip(x, -1.0, 1.0),
    "hard_shrink": lambda x: x if abs(x) > 0.5 else 0.0,
    "mish": lambda x: x * math.tanh(softplus(x)),
    "log_sigmoid": lambda x: -softplus(-x),
}
ALIASES = {"swish": "silu", "hard_swish": "hard_silu"}


def softmax(row):
    top = max(row)
    powers = [exp(x - top) for x in row]
    return [p / sum(powers) for p in powers]


def log_softmax(row):
    top = max(row)
    total = math.log(sum(exp(x - top) for x in row))
    return [x - top - total for x in row]


def glu(row):
    half = len(row) // 2
    return [a * sigmoid(b) for a, b in zip(row[:half], row[half:])]


def sparsemax(row):
    """As Keras computes it: the threshold comes from the sum of all partial
    sums in the support. (The projection onto the simplex, which the paper
    defines, takes the last of them.)"""
    ordered = sorted(row, reverse=True)
    sums = [math.fsum(ordered[:k + 1]) for k in range(len(row))]
    support = [total for k, (x, total) in enumerate(zip(ordered, sums), 1)
               if x - (total - 1) / k > 0]
    tau = (math.fsum(support) - 1) / len(support)
    return [max(x - tau, 0.0) for x in row]


ROWWISE = {"softmax": softmax, "log_softmax": log_softmax, "glu": glu,
           "sparsemax": sparsemax}


def activate(name, row):
    """The activation of a row along the last axis."""
    name = ALIASES.get(name, name)
    if name in ROWWISE:
        return ROWWISE[name](row)
    return [ELEMENTWISE[name](x) for x in row]
