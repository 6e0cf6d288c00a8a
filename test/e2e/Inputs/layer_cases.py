"""The layers and options that layers.py tests: per family, a list of
(class, keys, shapes of the inputs without the batch)."""

from reference_activations import ALIASES, ELEMENTWISE, ROWWISE

IMAGE, FIRST = [(5, 6, 4)], {"data_format": "channels_first"}
STEPS = [(7, 3)]

CORE = [
    ("Dense", {"units": 4}, [(5,)]),
    ("Dense", {"units": 3, "use_bias": False, "activation": "relu"}, [(5,)]),
    ("Dense", {"units": 4, "activation": "softmax"}, [(2, 3, 5)]),
    ("Dense", {"units": 4, "activation": "glu"}, [(5,)]),
    ("Embedding", {"input_dim": 7, "output_dim": 3}, [(4,)]),
    ("Embedding", {"input_dim": 7, "output_dim": 3}, [(2, 3)]),
    ("Dropout", {"rate": 0.5}, [(4,)]),
    ("AlphaDropout", {"rate": 0.5}, [(4,)]),
    ("GaussianDropout", {"rate": 0.5}, [(4,)]),
    ("GaussianNoise", {"stddev": 0.5}, [(4,)]),
    ("SpatialDropout1D", {"rate": 0.5}, STEPS),
    ("SpatialDropout2D", {"rate": 0.5}, IMAGE),
    ("SpatialDropout3D", {"rate": 0.5}, [(2, 2, 2, 2)]),
    ("ActivityRegularization", {"l1": 0.1}, [(4,)]),
]

ACTIVATION = [
    *(("Activation", {"activation": name}, [(3, 8)])
      for name in [*ELEMENTWISE, *ROWWISE, *ALIASES]),
    ("Activation", {"activation": "threshold", "threshold": 0.25,
                    "default_value": -2.0}, [(8,)]),
    ("ReLU", {}, [(8,)]),
    ("ReLU", {"max_value": 1.0}, [(8,)]),
    ("ReLU", {"max_value": 6.0}, [(8,)]),
    ("ReLU", {"negative_slope": 0.1}, [(8,)]),
    ("ReLU", {"threshold": 0.5}, [(8,)]),
    ("ReLU", {"max_value": 1.5, "negative_slope": 0.2, "threshold": 0.3},
     [(8,)]),
    ("LeakyReLU", {}, [(8,)]),
    ("LeakyReLU", {"negative_slope": 0.05}, [(8,)]),
    ("ELU", {}, [(8,)]),
    ("ELU", {"alpha": 0.5}, [(8,)]),
    ("PReLU", {}, [(3, 4)]),
    ("PReLU", {"shared_axes": [1]}, [(3, 4)]),
    ("PReLU", {"shared_axes": [1, 2]}, IMAGE),
    ("Softmax", {}, [(3, 4)]),
    ("Softmax", {"axis": 1}, [(3, 4)]),
    ("Softmax", {"axis": -2}, IMAGE),
    ("Softmax", {"axis": [1, 2]}, IMAGE),
    ("Softmax", {"axis": [1, 3]}, IMAGE),
]

NORM = [
    ("Rescaling", {"scale": 0.5}, [(4,)]),
    ("Rescaling", {"scale": 0.5, "offset": -1.0}, IMAGE),
    ("Rescaling", {"scale": [1.0, 2.0, 3.0], "offset": [0.5, 0.25, 0.0]},
     STEPS),
    ("Normalization", {"mean": [1.0, -2.0, 0.5], "variance": [4.0, 0.25, 0.0]},
     STEPS),
    ("Normalization", {"axis": [], "mean": 0.4, "variance": 2.0}, STEPS),
    ("Normalization", {"mean": [1.0, -2.0, 0.5], "variance": [4.0, 0.25, 1.5],
                       "invert": True}, STEPS),
    ("Normalization", {}, STEPS),
    ("Normalization", {"axis": [1, 2]}, [(2, 3)]),
    ("BatchNormalization", {}, [(4,)]),
    ("BatchNormalization", {"epsilon": 0.1}, IMAGE),
    ("BatchNormalization", {"axis": 1}, IMAGE),
    ("BatchNormalization", {"center": False}, STEPS),
    ("BatchNormalization", {"scale": False}, STEPS),
    ("BatchNormalization", {"center": False, "scale": False}, STEPS),
    ("LayerNormalization", {}, IMAGE),
    ("LayerNormalization", {"axis": 1, "epsilon": 0.01}, IMAGE),
    ("LayerNormalization", {"axis": [1, 2]}, IMAGE),
    ("LayerNormalization", {"axis": [1, 3]}, IMAGE),
    ("LayerNormalization", {"axis": [1, 2, 3]}, IMAGE),
    ("LayerNormalization", {"center": False}, STEPS),
    ("LayerNormalization", {"scale": False}, STEPS),
    ("LayerNormalization", {"center": False, "scale": False}, STEPS),
]

CONV1D = {"filters": 4, "kernel_size": 3}
CONV2D = {"filters": 4, "kernel_size": [3, 2]}
CONV = [
    ("Conv1D", CONV1D, STEPS),
    ("Conv1D", {**CONV1D, "padding": "same", "strides": 2}, STEPS),
    ("Conv1D", {**CONV1D, "padding": "causal"}, STEPS),
    ("Conv1D", {**CONV1D, "padding": "causal", "strides": 2}, STEPS),
    ("Conv1D", {**CONV1D, "padding": "causal", "dilation_rate": 2}, STEPS),
    ("Conv1D", {**CONV1D, "groups": 2, "use_bias": False}, [(7, 6)]),
    ("Conv1D", {**CONV1D, **FIRST, "activation": "tanh"}, [(3, 7)]),
    ("Conv2D", CONV2D, IMAGE),
    ("Conv2D", {**CONV2D, "padding": "same", "strides": [2, 1]}, IMAGE),
    ("Conv2D", {**CONV2D, "padding": "same", "dilation_rate": [1, 2]}, IMAGE),
    ("Conv2D", {**CONV2D, "dilation_rate": 2, "use_bias": False}, IMAGE),
    ("Conv2D", {**CONV2D, "groups": 2, "padding": "same"}, IMAGE),
    ("Conv2D", {**CONV2D, "groups": 4, "activation": "relu"}, IMAGE),
    ("Conv2D", {**CONV2D, **FIRST, "padding": "same", "strides": 2,
                "groups": 2}, [(4, 5, 6)]),
    ("Conv2D", {"filters": 5, "kernel_size": 1, "activation": "softmax"},
     IMAGE),
    ("DepthwiseConv2D", {"kernel_size": 3}, IMAGE),
    ("DepthwiseConv2D", {"kernel_size": [2, 3], "padding": "same",
                         "strides": 2, "depth_multiplier": 2,
                         "activation": "silu"}, IMAGE),
    ("DepthwiseConv2D", {"kernel_size": 2, "dilation_rate": 2,
                         "use_bias": False}, IMAGE),
    ("DepthwiseConv2D", {"kernel_size": 3, **FIRST, "depth_multiplier": 2},
     [(2, 5, 6)]),
    ("SeparableConv2D", {"filters": 3, "kernel_size": 3}, IMAGE),
    ("SeparableConv2D", {"filters": 3, "kernel_size": [2, 3],
                         "padding": "same", "strides": 2,
                         "depth_multiplier": 2, "activation": "relu"}, IMAGE),
    ("SeparableConv2D", {"filters": 3, "kernel_size": 2, "dilation_rate": 2,
                         "use_bias": False}, IMAGE),
    ("SeparableConv2D", {"filters": 3, "kernel_size": 3, **FIRST},
     [(2, 5, 6)]),
]


def pooling(rank, shape, first):
    """All options of one- or two-dimensional pooling."""
    cases = []
    for kind in ("MaxPooling", "AveragePooling"):
        name = f"{kind}{rank}D"
        cases += [
            (name, {}, [shape]),
            (name, {"pool_size": 3, "padding": "same"}, [shape]),
            (name, {"pool_size": 2, "strides": 1, "padding": "same"}, [shape]),
            (name, {"pool_size": 2, "strides": 3}, [shape]),
            (name, {"pool_size": 3, "strides": 2, "padding": "same", **FIRST},
             [first]),
        ]
    for kind in ("GlobalMaxPooling", "GlobalAveragePooling"):
        name = f"{kind}{rank}D"
        cases += [(name, {}, [shape]), (name, {"keepdims": True}, [shape]),
                  (name, FIRST, [first]),
                  (name, {"keepdims": True, **FIRST}, [first])]
    return cases


POOL = pooling(1, (7, 3), (3, 7)) + pooling(2, (5, 6, 4), (4, 5, 6)) + [
    ("MaxPooling2D", {"pool_size": [2, 3], "strides": [1, 2]}, IMAGE),
    ("AveragePooling2D", {"pool_size": [2, 3], "strides": [1, 2],
                          "padding": "same"}, IMAGE),
]

SHAPE = [
    ("Flatten", {}, IMAGE),
    ("Flatten", FIRST, [(4, 5, 6)]),
    ("Reshape", {"target_shape": [6, 20]}, IMAGE),
    ("Reshape", {"target_shape": [2, -1, 4]}, IMAGE),
    ("Permute", {"dims": [3, 1, 2]}, IMAGE),
    ("RepeatVector", {"n": 3}, [(4,)]),
    ("ZeroPadding1D", {}, STEPS),
    ("ZeroPadding1D", {"padding": [2, 1]}, STEPS),
    ("ZeroPadding1D", {"padding": 2, **FIRST}, STEPS),
    ("ZeroPadding2D", {}, IMAGE),
    ("ZeroPadding2D", {"padding": [2, 1]}, IMAGE),
    ("ZeroPadding2D", {"padding": [[1, 2], [3, 0]]}, IMAGE),
    ("ZeroPadding2D", {"padding": [[1, 2], [3, 0]], **FIRST}, [(4, 5, 6)]),
    ("Cropping1D", {}, STEPS),
    ("Cropping1D", {"cropping": [0, 2]}, STEPS),
    ("Cropping2D", {"cropping": 1}, IMAGE),
    ("Cropping2D", {"cropping": [1, 2]}, IMAGE),
    ("Cropping2D", {"cropping": [[1, 2], [3, 0]]}, IMAGE),
    ("Cropping2D", {"cropping": [[1, 2], [3, 0]], **FIRST}, [(4, 5, 6)]),
    ("UpSampling1D", {}, STEPS),
    ("UpSampling1D", {"size": 3}, STEPS),
    ("UpSampling2D", {}, IMAGE),
    ("UpSampling2D", {"size": [1, 3], **FIRST}, [(4, 5, 6)]),
    *(("UpSampling2D", {"interpolation": method, **keys}, shapes)
      for method in ("bilinear", "bicubic", "lanczos3", "lanczos5")
      for keys, shapes in (({}, IMAGE), ({"size": [3, 1]}, IMAGE),
                           ({"size": [4, 3]}, [(1, 2, 3)]),
                           ({"size": 2, **FIRST}, [(2, 5, 6)]))),
]

MERGE = [
    *((name, {}, shapes)
      for name in ("Add", "Multiply", "Average", "Maximum", "Minimum")
      for shapes in ([(4, 3)] * 2, [(4, 3)] * 4, [(4, 5, 3), (1, 1, 3)],
                     [(4, 5, 3), (3,)], [(3,), (4, 1), (1, 4, 3)])),
    ("Subtract", {}, [(4, 3)] * 2),
    ("Subtract", {}, [(3,), (4, 5, 3)]),
    ("Concatenate", {}, [(4, 3), (4, 2)]),
    ("Concatenate", {"axis": 1}, [(4, 3), (1, 3), (2, 3)]),
    ("Concatenate", {"axis": -2}, [(2, 4, 3), (2, 1, 3)]),
    ("Dot", {"axes": 1}, [(4,)] * 2),
    ("Dot", {"axes": -1, "normalize": True}, [(4,)] * 2),
    ("Dot", {"axes": 2}, [(3, 4), (5, 4)]),
    ("Dot", {"axes": [2, 1]}, [(3, 4), (4, 5)]),
    ("Dot", {"axes": 1, "normalize": True}, [(4, 3), (4, 5)]),
    ("Dot", {"axes": [1, 2]}, [(4,), (3, 4)]),
    ("Dot", {"axes": [1, 1]}, [(3, 4), (3,)]),
    ("Dot", {"axes": [2, 3]}, [(2, 4, 3), (5, 2, 4)]),
]

SEQUENCE = [(5, 3)]
GATES = [{}, {"use_bias": False}, {"return_sequences": True},
         {"go_backwards": True}, {"return_state": True},
         {"go_backwards": True, "return_sequences": True,
          "return_state": True}, {"activation": "relu"}]


def recurrent(name, states, more):
    cases = [(name, {"units": 4, **keys}, SEQUENCE) for keys in GATES + more]
    initial = SEQUENCE + [(4,)] * states
    return cases + [(name, {"units": 4}, initial),
                    (name, {"units": 4, "return_sequences": True,
                            "return_state": True}, initial),
                    (name, {"units": 1}, [(1, 1)])]


SIGMOIDS = [{"recurrent_activation": "hard_sigmoid"},
            {"activation": "softmax", "recurrent_activation": "tanh"}]
RECURRENT = [
    *recurrent("SimpleRNN", 1, [{"activation": "softmax"}]),
    *recurrent("LSTM", 2, SIGMOIDS),
    *recurrent("GRU", 1, SIGMOIDS + [
        {"reset_after": False}, {"reset_after": False, "use_bias": False},
        {"reset_after": False, "return_sequences": True,
         "go_backwards": True}]),
]

FAMILIES = {"core": CORE, "activation": ACTIVATION, "norm": NORM, "conv": CONV,
            "pool": POOL, "shape": SHAPE, "merge": MERGE,
            "recurrent": RECURRENT}
