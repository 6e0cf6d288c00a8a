"""Shapes that do not fit the blocks of kernels: 1, primes, and one more or less
than a block of rows, a vector, a panel of weights or several of them."""


def conv2d(filters, size, shape, **keys):
    return ("Conv2D", {"filters": filters, "kernel_size": size, **keys},
            [shape])


SAME = {"padding": "same"}
DENSE = [("Dense", {"units": units, "activation": "relu"}, [(features,)])
         for units, features in [(1, 1), (1, 17), (2, 3), (3, 64), (7, 5),
                                 (15, 4), (16, 9), (17, 31), (31, 2), (33, 16),
                                 (47, 3), (48, 7), (49, 5), (65, 13), (127, 3),
                                 (128, 33), (131, 6)]]
ROWS = [("Dense", {"units": units}, [(rows, 5)])
        for rows, units in [(1, 33), (5, 16), (6, 17), (7, 24), (13, 40),
                            (14, 32), (15, 50), (29, 3)]]
CONV = [
    conv2d(17, [3, 3], (7, 7, 3), **SAME),
    conv2d(33, [3, 3], (3, 14, 2), **SAME, activation="tanh"),
    conv2d(5, [3, 3], (2, 15, 4), **SAME),
    conv2d(3, [3, 3], (13, 1, 2), **SAME),
    conv2d(16, [3, 3], (1, 13, 2), **SAME),
    conv2d(8, [5, 5], (4, 6, 2), **SAME),
    conv2d(9, [1, 1], (5, 7, 3)),
    conv2d(35, [1, 1], (3, 5, 16), strides=2),
    conv2d(18, [3, 3], (9, 17, 2), strides=2, **SAME),
    conv2d(7, [3, 3], (8, 16, 2), strides=[1, 2], **SAME),
    conv2d(4, [7, 7], (6, 29, 1), strides=2, **SAME),
    conv2d(6, [3, 3], (9, 13, 2), dilation_rate=2, **SAME),
    conv2d(6, [3, 3], (5, 7, 2), dilation_rate=4, **SAME),
    conv2d(5, [1, 9], (2, 31, 1), **SAME),
    conv2d(5, [1, 13], (2, 31, 1), **SAME),
    conv2d(12, [3, 3], (5, 6, 6), groups=3, **SAME),
    conv2d(36, [3, 2], (5, 15, 4), groups=2, use_bias=False),
    conv2d(1, [3, 3], (5, 6, 5), **SAME),
    conv2d(4, [3, 3], (6, 5, 3), data_format="channels_first", **SAME),
    ("Conv1D", {"filters": 10, "kernel_size": 3, "padding": "causal",
                "dilation_rate": 4}, [(31, 3)]),
    ("Conv3D", {"filters": 5, "kernel_size": 3, **SAME}, [(3, 4, 5, 2)]),
    ("Conv2DTranspose", {"filters": 17, "kernel_size": 3, "strides": 2,
                         **SAME}, [(4, 5, 3)]),
]
CHANNELS = [
    *(("DepthwiseConv2D", {"kernel_size": 3, **SAME, "strides": strides},
       [(5, width, channels)])
      for width, channels, strides in [(1, 4, 1), (7, 1, 1), (8, 3, 1),
                                       (15, 17, 1), (29, 5, 2), (14, 33, 2)]),
    ("DepthwiseConv2D", {"kernel_size": 5, **SAME}, [(6, 6, 18)]),
    # One position, whose window leaves the input on all sides.
    ("DepthwiseConv2D", {"kernel_size": 3, "strides": 2, **SAME},
     [(2, 2, 20)]),
    ("DepthwiseConv2D", {"kernel_size": 5, "strides": 3, **SAME},
     [(1, 1, 7)]),
    ("MaxPooling2D", {"pool_size": 3, "strides": 3, **SAME}, [(2, 2, 18)]),
    ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 3},
     [(5, 6, 4)]),
    *(("MaxPooling2D", {"pool_size": size, "strides": strides, **SAME},
       [(7, width, channels)])
      for width, channels, size, strides in [(7, 5, 2, 2), (13, 17, 3, 1),
                                             (16, 1, 3, 2)]),
    ("AveragePooling2D", {"pool_size": 3, "strides": 2, **SAME},
     [(7, 9, 19)]),
    ("GlobalAveragePooling2D", {}, [(5, 7, 37)]),
    ("GlobalMaxPooling2D", {}, [(3, 3, 70)]),
]
RECURRENT = [(name, {"units": units}, [(3, 5)])
             for name in ("LSTM", "GRU", "SimpleRNN") for units in (1, 7, 17)]

BLOCKS = DENSE + ROWS + CONV + CHANNELS + RECURRENT
