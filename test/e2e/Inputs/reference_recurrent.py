"""SimpleRNN, LSTM and GRU by their formulas, in float64.

Each takes an Array [batch, steps, features], the weights by name, the keys and
the initial states (lists of rows per sample, or None), and gives the results
that the layer gives: the output, and with return_state the last states. A step
that the mask says does not count keeps the states and gives the old output, or
zeros with zero_output_for_mask.
"""

from arrays import Array
from reference_activations import activate


def times(row, matrix):
    """row · matrix for one row."""
    inner, columns = matrix.shape
    return [sum(row[k] * matrix.data[k * columns + j] for k in range(inner))
            for j in range(columns)]


def plus(*rows):
    return [sum(column) for column in zip(*rows)]


def activated(row, name, sigmoid):
    if name == "hard_sigmoid" and sigmoid:
        return [sigmoid(x) for x in row]
    return activate(name, row)


class Cell:
    """What all cells have; `hard_sigmoid` replaces Keras 3's, if given."""

    states = 1

    def __init__(self, weights, keys, hard_sigmoid=None):
        self.kernel = weights["kernel"]
        self.recurrent = weights["recurrent_kernel"]
        self.bias = weights.get("bias")
        self.units = self.recurrent.shape[0]
        self.keys = keys
        self.hard_sigmoid = hard_sigmoid

    def act(self, row):
        return activated(row, self.keys.get("activation", "tanh"),
                         self.hard_sigmoid)

    def gate(self, row):
        return activated(row, self.keys.get("recurrent_activation", "sigmoid"),
                         self.hard_sigmoid)

    def part(self, row, gate):
        return row[gate * self.units:(gate + 1) * self.units]


class SimpleRNN(Cell):
    def step(self, x, states):
        total = plus(times(x, self.kernel), times(states[0], self.recurrent))
        if self.bias:
            total = plus(total, self.bias.data)
        return [self.act(total)]


class LSTM(Cell):
    states = 2

    def step(self, x, states):
        h, c = states
        z = plus(times(x, self.kernel), times(h, self.recurrent))
        if self.bias:
            z = plus(z, self.bias.data)
        i, f = self.gate(self.part(z, 0)), self.gate(self.part(z, 1))
        g, o = self.act(self.part(z, 2)), self.gate(self.part(z, 3))
        c = [f[k] * c[k] + i[k] * g[k] for k in range(self.units)]
        return [[o[k] * a for k, a in enumerate(self.act(c))], c]


class GRU(Cell):
    def step(self, x, states):
        h, units = states[0], self.units
        reset_after = self.keys.get("reset_after", True)
        mx, mh = times(x, self.kernel), times(h, self.recurrent)
        if self.bias:
            mx = plus(mx, self.bias.data[:3 * units])
            if reset_after:
                mh = plus(mh, self.bias.data[3 * units:])
        z = self.gate(plus(self.part(mx, 0), self.part(mh, 0)))
        r = self.gate(plus(self.part(mx, 1), self.part(mh, 1)))
        if reset_after:
            recall = [a * b for a, b in zip(r, self.part(mh, 2))]
        else:
            gated = [a * b for a, b in zip(r, h)]
            recall = self.part(times(gated, self.recurrent), 2)
        new = self.act(plus(self.part(mx, 2), recall))
        return [[z[k] * h[k] + (1 - z[k]) * new[k] for k in range(units)]]


CELLS = {"SimpleRNN": SimpleRNN, "LSTM": LSTM, "GRU": GRU}


def recurrent(keras_class, keys, inputs, weights, hard_sigmoid=None,
              mask=None):
    """The layer's results; inputs beyond the first are initial states."""
    cell = CELLS[keras_class](weights, keys, hard_sigmoid)
    batch, steps, features = inputs[0].shape
    outputs, last = [], [[] for _ in range(cell.states)]
    for n in range(batch):
        states = [[0.0] * cell.units for _ in range(cell.states)]
        for k, initial in enumerate(inputs[1:]):
            states[k] = initial.rows(n, n + 1).data
        times_of = range(steps)
        sequence = []
        for t in reversed(times_of) if keys.get("go_backwards") else times_of:
            start = (n * steps + t) * features
            counts = mask is None or mask[n, t]
            if counts:
                states = cell.step(inputs[0].data[start:start + features],
                                   states)
            zero = not counts and keys.get("zero_output_for_mask")
            output = [0.0] * cell.units if zero else states[0]
            sequence += output
        outputs += sequence if keys.get("return_sequences") else output
        for k, state in enumerate(states):
            last[k] += state
    shape = (batch, steps, cell.units) if keys.get("return_sequences") else \
        (batch, cell.units)
    results = [Array(shape, outputs)]
    if keys.get("return_state"):
        results += [Array((batch, cell.units), state) for state in last]
    return results
