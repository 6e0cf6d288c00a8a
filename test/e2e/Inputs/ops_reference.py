"""What the references of keras.ops's functions are made of: numpy's rules on
Arrays, by index."""

import itertools
import math

from arrays import Array, indices

DTYPES = {"f": ("<f4", float), "i": ("<i4", int), "b": ("|b1", bool)}


def typed(shape, values, kind):
    dtype, convert = DTYPES[kind]
    return Array(shape, map(convert, values), dtype)


def elementwise(function, *arrays, kind="f"):
    """function over the elements of arrays of one shape."""
    return typed(arrays[0].shape,
                 map(function, *(values.data for values in arrays)), kind)


def broadcast(*arrays):
    """Arrays of one rank, extents of 1 repeated."""
    shape = tuple(map(max, zip(*(values.shape for values in arrays))))
    return [Array.from_function(shape, lambda index, x=values: x[tuple(
        0 if n == 1 else i for i, n in zip(index, x.shape))])
        for values in arrays]


def moved(values, shape, place):
    """The element at an index is that of `values` at place(*index)."""
    result = Array.from_function(shape, lambda i: values[place(*i)])
    result.dtype = values.dtype
    return result


def lines(values, axes):
    """For each index of the other axes: all indices along `axes`."""
    extents = [range(n) if i not in axes else [0]
               for i, n in enumerate(values.shape)]
    inner = [range(n) if i in axes else [0]
             for i, n in enumerate(values.shape)]
    for outer in itertools.product(*extents):
        yield outer, [tuple(map(sum, zip(outer, index)))
                      for index in itertools.product(*inner)]


def along(values, axes, function):
    """function over all elements along `axes`, which gives as many."""
    result = Array.filled(values.shape)
    for _, places in lines(values, axes):
        for place, y in zip(places, function([values[p] for p in places])):
            result[place] = y
    return result


def reduced(values, axes, function, keepdims, kind="f"):
    """function over all elements along `axes`, which gives one."""
    shape = [1 if i in axes else n for i, n in enumerate(values.shape)
             if keepdims or i not in axes]
    return typed(shape, [function([values[p] for p in places])
                         for _, places in lines(values, axes)], kind)


def running(values, axis, function, kind="f"):
    """Each element combined with all before it along `axis`."""
    result = along(values, [axis], lambda line: list(
        itertools.accumulate(line, function)))
    return typed(result.shape, result.data, kind)


def einsum(equation, *arrays):
    """Sums of products, each letter an axis."""
    operands, result = equation.split("->")
    operands = operands.split(",")
    extents = {letter: n for letters, values in zip(operands, arrays)
               for letter, n in zip(letters, values.shape)}
    summed = [letter for letter in extents if letter not in result]

    def element(index):
        total = 0.0
        for rest in indices([extents[letter] for letter in summed]):
            at = dict(zip(result + "".join(summed), index + rest))
            total += math.prod(values[tuple(at[letter] for letter in letters)]
                               for letters, values in zip(operands, arrays))
        return total
    return Array.from_function([extents[letter] for letter in result], element)
