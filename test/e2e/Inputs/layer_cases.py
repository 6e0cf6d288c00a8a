"""The layers and options that layers.py tests: per family, a list of
(class, keys, shapes of the inputs without the batch), and where inputs are
passed by keyword, their shapes by name."""

from block_cases import BLOCKS
from reference_activations import ALIASES, ELEMENTWISE, ROWWISE

IMAGE, FIRST = [(5, 6, 4)], {"data_format": "channels_first"}
STEPS, VOLUME = [(7, 3)], [(4, 5, 3, 2)]

CORE = [
    ("Dense", {"units": 4}, [(5,)]),
    ("Dense", {"units": 3, "use_bias": False, "activation": "relu"}, [(5,)]),
    ("Dense", {"units": 4, "activation": "softmax"}, [(2, 3, 5)]),
    ("Dense", {"units": 4, "activation": "glu"}, [(5,)]),
    ("Embedding", {"input_dim": 7, "output_dim": 3}, [(4,)]),
    ("Embedding", {"input_dim": 7, "output_dim": 3}, [(2, 3)]),
    ("Identity", {}, [(4,)]),
    ("Dropout", {"rate": 0.5}, [(4,)]),
    ("AlphaDropout", {"rate": 0.5}, [(4,)]),
    ("GaussianDropout", {"rate": 0.5}, [(4,)]),
    ("GaussianNoise", {"stddev": 0.5}, [(4,)]),
    ("SpatialDropout1D", {"rate": 0.5}, STEPS),
    ("SpatialDropout2D", {"rate": 0.5}, IMAGE),
    ("SpatialDropout3D", {"rate": 0.5}, [(2, 2, 2, 2)]),
    ("ActivityRegularization", {"l1": 0.1}, [(4,)]),
    ("StochasticDepth", {"drop_path_rate": 0.5}, IMAGE),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": [-1, 4],
                     "bias_axes": "d"}, STEPS),
    ("EinsumDense", {"equation": "abc,cde->abde", "output_shape": [7, 2, 4],
                     "bias_axes": "d", "activation": "tanh"}, STEPS),
    ("EinsumDense", {"equation": "abc,cde->abde", "output_shape": [-1, 2, 4],
                     "bias_axes": "de"}, STEPS),
    ("EinsumDense", {"equation": "abcd,cde->abe", "output_shape": [-1, 3],
                     "bias_axes": "e"}, IMAGE),
    ("EinsumDense", {"equation": "abc,bd->adc", "output_shape": [4, 3]}, STEPS),
    ("EinsumDense", {"equation": "abc,bde->adce", "output_shape": [2, 3, 4]},
     STEPS),
    ("EinsumDense", {"equation": "abc,bc->abc", "output_shape": [7, 3],
                     "bias_axes": "b"}, STEPS),
    ("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 5,
                     "bias_axes": "y"}, IMAGE),
    ("EinsumDense", {"equation": "ab...,bc->ac...", "output_shape": 2,
                     "bias_axes": "c"}, IMAGE),
    ("TernaryDense", {"units": 4}, [(6,)]),
    ("TernaryDense", {"units": 3, "threshold": 0.25, "use_bias": False,
                      "activation": "relu"}, STEPS),
    ("LayerScale", {"init_values": 0.5, "projection_dim": 4}, IMAGE),
    ("ReversibleEmbedding", {"input_dim": 7, "output_dim": 3,
                             "reverse": True}, STEPS),
    ("ReversibleEmbedding", {"input_dim": 7, "output_dim": 3, "reverse": True,
                             "tie_weights": False, "logit_soft_cap": 1.5},
     STEPS),
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
    ("GroupNormalization", {"groups": 2}, IMAGE),
    ("GroupNormalization", {"groups": -1, "epsilon": 0.1}, IMAGE),
    ("GroupNormalization", {"groups": 4, "scale": False}, IMAGE),
    ("GroupNormalization", {"groups": 1, "center": False}, IMAGE),
    ("GroupNormalization", {"groups": 5, "axis": 1}, IMAGE),
    ("GroupNormalization", {"groups": 3, "axis": -2}, IMAGE),
    ("GroupNormalization", {"groups": 2}, [(6,)]),
    ("RMSNormalization", {}, STEPS),
    ("RMSNormalization", {"epsilon": 0.1, "axis": [2, 3]}, IMAGE),
    ("RMSNormalization", {"axis": 1}, [(3, 3)]),
    ("UnitNormalization", {}, STEPS),
    ("UnitNormalization", {"axis": 1}, IMAGE),
    ("UnitNormalization", {"axis": [1, -1]}, IMAGE),
]

CONV1D = {"filters": 4, "kernel_size": 3}
CONV2D = {"filters": 4, "kernel_size": [3, 2]}
CONV3D = {"filters": 2, "kernel_size": [3, 2, 1]}


def transposed(rank, shape):
    """Transposed convolutions with all kinds of padding."""
    name, first = f"Conv{rank}DTranspose", (shape[-1], *shape[:-1])
    keys = [{"kernel_size": 3}, {"kernel_size": 3, "padding": "same"},
            {"kernel_size": 2, "strides": 3}, {"kernel_size": 2, "strides": 2},
            {"kernel_size": 4, "strides": 2, "padding": "same"},
            {"kernel_size": 3, "strides": 2, "padding": "same"},
            {"kernel_size": 1, "strides": 2, "padding": "same"},
            {"kernel_size": 3, "strides": 2, "output_padding": 1},
            {"kernel_size": 3, "strides": 2, "output_padding": 0,
             "padding": "same"},
            {"kernel_size": 4, "strides": 3, "output_padding": 2,
             "padding": "same"},
            {"kernel_size": 3, "dilation_rate": 2, "use_bias": False},
            {"kernel_size": 3, "dilation_rate": 2, "padding": "same",
             "activation": "relu"}]
    return [(name, {"filters": 2, **k}, [shape]) for k in keys] + [
        (name, {"filters": 2, **keys[5], **FIRST}, [first])]


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
    ("Conv3D", CONV3D, VOLUME),
    ("Conv3D", {**CONV3D, "strides": [2, 1, 3], "padding": "same",
                "activation": "relu"}, VOLUME),
    ("Conv3D", {**CONV3D, "dilation_rate": [1, 2, 1], "groups": 2,
                "use_bias": False}, VOLUME),
    ("Conv3D", {**CONV3D, **FIRST, "activation": "tanh"}, [(2, 4, 5, 3)]),
    *transposed(1, (4, 3)), *transposed(2, (3, 4, 2)),
    *transposed(3, (2, 3, 2, 2)),
    ("Conv2DTranspose", {"filters": 2, "kernel_size": [3, 2],
                         "strides": [1, 2], "padding": "same"}, IMAGE),
    ("DepthwiseConv1D", {"kernel_size": 3}, STEPS),
    ("DepthwiseConv1D", {"kernel_size": 2, "padding": "same", "strides": 2,
                         "depth_multiplier": 2, "activation": "silu"}, STEPS),
    ("DepthwiseConv1D", {"kernel_size": 2, "dilation_rate": 2, **FIRST,
                         "use_bias": False}, [(3, 7)]),
    ("SeparableConv1D", {"filters": 4, "kernel_size": 3}, STEPS),
    ("SeparableConv1D", {"filters": 4, "kernel_size": 3, "padding": "same",
                         "strides": 2, "depth_multiplier": 2}, STEPS),
    ("SeparableConv1D", {"filters": 4, "kernel_size": 2, "dilation_rate": 2,
                         **FIRST, "use_bias": False}, [(3, 7)]),
]


def pooling(rank, shape, first):
    """All options of pooling over `rank` axes."""
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
    for kind in ("AdaptiveMaxPooling", "AdaptiveAveragePooling"):
        name = f"{kind}{rank}D"
        cases += [(name, {"output_size": size}, [shape])
                  for size in (1, 3, 4, 9)]
        cases += [(name, {"output_size": 2, **FIRST}, [first]),
                  (name, {"output_size": list(shape[:-1])}, [shape])]
    return cases


POOL = pooling(1, (7, 3), (3, 7)) + pooling(2, (5, 6, 4), (4, 5, 6)) + \
    pooling(3, (3, 4, 5, 2), (2, 3, 4, 5)) + [
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
    ("ZeroPadding3D", {}, VOLUME),
    ("ZeroPadding3D", {"padding": [0, 1, 2]}, VOLUME),
    ("ZeroPadding3D", {"padding": [[0, 1], [1, 0], [2, 3]], **FIRST},
     [(2, 3, 2, 4)]),
    ("Cropping3D", {}, [(3, 4, 5, 2)]),
    ("Cropping3D", {"cropping": [0, 2, 1]}, VOLUME),
    ("Cropping3D", {"cropping": [[0, 1], [1, 0], [1, 1]], **FIRST},
     [(2, 3, 2, 4)]),
    ("UpSampling3D", {}, VOLUME),
    ("UpSampling3D", {"size": [1, 3, 2], **FIRST}, [(2, 3, 2, 4)]),
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


MASKED = [(keys, SEQUENCE) for keys in (
    {}, {"return_sequences": True, "return_state": True},
    {"zero_output_for_mask": True},
    {"zero_output_for_mask": True, "return_sequences": True},
    {"zero_output_for_mask": True, "go_backwards": True,
     "return_state": True})]


def recurrent(name, states, more):
    cases = [(name, {"units": 4, **keys}, SEQUENCE) for keys in GATES + more]
    initial = SEQUENCE + [(4,)] * states
    return cases + [(name, {"units": 4}, initial),
                    (name, {"units": 4, "return_sequences": True,
                            "return_state": True}, initial),
                    (name, {"units": 1}, [(1, 1)])] + [
        (name, {"units": 4, **keys}, shapes, {"mask": (5,)})
        for keys, shapes in MASKED + [({"return_state": True}, initial)]]


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

METHODS = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area")
LARGE, SMALL = {"height": 9, "width": 11}, {"height": 3, "width": 2}
RANGE = {"value_range": [-2.0, 2.0]}
IMAGES = [
    *(("Resizing", {"interpolation": method, **size}, [(5, 6, 2)])
      for method in METHODS for size in (LARGE, SMALL)),
    *(("Resizing", {"interpolation": method, "antialias": True, **size},
       [(5, 7, 1)]) for method in METHODS[1:5] for size in (LARGE, SMALL)),
    *(("Resizing", {key: True, "fill_value": -1.5, **size}, [shape])
      for key in ("crop_to_aspect_ratio", "pad_to_aspect_ratio")
      for size in (LARGE, SMALL, {"height": 4, "width": 4})
      for shape in ((5, 8, 2), (8, 5, 2))),
    ("Resizing", {"height": 5, "width": 12, **FIRST}, [(2, 5, 6)]),
    ("CenterCrop", {"height": 3, "width": 2}, IMAGE),
    ("CenterCrop", {"height": 2, "width": 6, **FIRST}, [(2, 5, 6)]),
    ("CenterCrop", {"height": 7, "width": 3}, IMAGE),
    ("CenterCrop", {"height": 8, "width": 9, **FIRST}, [(2, 5, 6)]),
    ("AutoContrast", RANGE, IMAGE),
    ("AutoContrast", {"value_range": [2.0, -2.0]}, [(1, 1, 3)]),
    ("AutoContrast", {"value_range": [-2.0, 2.0], **FIRST}, IMAGE),
    ("ContrastLimitedAdaptiveHistogramEqualization",
     {**RANGE, "tile_grid_size": [2, 3]}, IMAGE),
    ("ContrastLimitedAdaptiveHistogramEqualization",
     {**RANGE, "tile_grid_size": 2, "clip_limit": 60.0}, [(7, 7, 1)]),
    ("ContrastLimitedAdaptiveHistogramEqualization",
     {**RANGE, "tile_grid_size": 2, "clip_limit": 0.0, **FIRST},
     [(2, 4, 6)]),
    ("RandomCrop", {"height": 2, "width": 2}, IMAGE),
    ("RandomFlip", {}, IMAGE), ("RandomErasing", {}, IMAGE),
    ("MixUp", {}, IMAGE), ("MaxNumBoundingBoxes", {}, IMAGE),
]

BINS = [-1.0, 0.0, 0.5, 0.75, 1.5]
TOKENS = {"vocabulary": [12, -3, 7, 5, 9]}
SOUND = {"frame_length": 6, "fft_length": 8}
MEL = {"fft_length": 12, "sequence_stride": 5, "num_mel_bins": 4,
       "sampling_rate": 8000, "power_to_db": False}
PREPROCESSING = [
    *(("Discretization", {"bin_boundaries": BINS, "output_mode": mode},
       [shape]) for mode, shape in (("int", (3, 2)), ("one_hot", (3,)),
                                    ("one_hot", (1,)), ("multi_hot", (3,)),
                                    ("count", (4,)))),
    ("Discretization", {"bin_boundaries": [0.25]}, [(5,)]),
    *(("CategoryEncoding", {"num_tokens": 6, "output_mode": mode}, [shape])
      for mode, shape in (("one_hot", (3,)), ("one_hot", (2, 1)),
                          ("multi_hot", (4,)), ("count", (5,)))),
    ("CategoryEncoding", {"num_tokens": 4, "output_mode": "count"},
     [(5,), (5,)]),
    ("IntegerLookup", TOKENS, [(4, 5)]),
    ("IntegerLookup", {"vocabulary": [-1, 12, 5]}, [(9,)]),
    ("IntegerLookup", {**TOKENS, "mask_token": 0}, [(9,)]),
    ("IntegerLookup", {**TOKENS, "num_oov_indices": 3}, [(20,)]),
    ("IntegerLookup", {**TOKENS, "invert": True, "oov_token": 99}, [(9,)]),
    ("IntegerLookup", {**TOKENS, "invert": True, "mask_token": -7}, [(9,)]),
    *(("IntegerLookup", {**TOKENS, "mask_token": 4, "output_mode": mode},
       [(9,)]) for mode in ("one_hot", "multi_hot", "count")),
    ("IntegerLookup", {**TOKENS, "output_mode": "multi_hot", "max_tokens": 9,
                       "pad_to_max_tokens": True}, [(9,)]),
    ("IntegerLookup", {**TOKENS, "output_mode": "tf_idf",
                       "idf_weights": [0.25, 0.5, 2.0, 1.5, 1.0]}, [(9,)]),
    *(("STFTSpectrogram", {**SOUND, "mode": mode}, [(15, 2)])
      for mode in ("log", "magnitude", "psd", "real", "imag", "angle", "stft")),
    ("STFTSpectrogram", {**SOUND, "frame_step": 4, "padding": "same",
                         "expand_dims": True}, [(15, 2)]),
    ("STFTSpectrogram", {**SOUND, "frame_step": 1, **FIRST}, [(2, 9)]),
    ("STFTSpectrogram", {**SOUND, "expand_dims": True, **FIRST}, [(2, 9)]),
    ("MelSpectrogram", MEL, [(40,)]),
    ("MelSpectrogram", {**MEL, "fft_length": 16, "mag_exp": 1.0,
                        "window": "hamming", "max_freq": 3000.0}, [(33,)]),
    ("MelSpectrogram", {**MEL, "fft_length": 13, "sequence_length": 9,
                        "mag_exp": 1.5, "window": "none"}, [(30,)]),
    ("MelSpectrogram", {**MEL, "sequence_length": 3,
                        "window": [0.5, 1.0, 0.25]}, [(30,)]),
]

PAIR = [(5, 4), (6, 4)]
TRIPLE = [(5, 4), (6, 3), (6, 4)]
STEP_MASKS = {"query_mask": (5,), "value_mask": (6,)}
SCORES = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}
HEADS = {"num_heads": 2, "key_dim": 3}
GROUPS = {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}

ATTENTION = [
    *((name, keys, shapes, named)
      for name in ("Attention", "AdditiveAttention")
      for keys, shapes, named in (
          ({}, PAIR, {}), ({"use_scale": True}, TRIPLE, {}),
          ({"use_scale": False, **SCORES}, PAIR, {}), (CAUSAL, PAIR, {}),
          (SCORES, PAIR, STEP_MASKS), (CAUSAL, TRIPLE, STEP_MASKS))),
    ("Attention", {"score_mode": "concat"}, TRIPLE),
    ("Attention", {"score_mode": "concat", "use_scale": True}, PAIR),
    *((name, {**heads, **keys}, shapes, named)
      for name, heads in (("MultiHeadAttention", HEADS),
                          ("GroupQueryAttention", GROUPS))
      for keys, shapes, named in (
          ({}, PAIR, {}), ({"use_bias": False}, PAIR, {}),
          (SCORES, [(5, 4), (6, 3)], {"key": (6, 2)}), (CAUSAL, TRIPLE, {}),
          ({"use_gate": True}, PAIR, {}), ({"sliding_window": 2}, PAIR, {}),
          ({"sliding_window": 3, **CAUSAL, **SCORES}, PAIR, STEP_MASKS),
          ({}, PAIR, {"attention_mask": (5, 6)}),
          ({}, PAIR, {"attention_mask": (1, 5, 6)}),
          ({}, PAIR, {**STEP_MASKS, "key_mask": (6,),
                      "attention_mask": (5, 6)}))),
    ("MultiHeadAttention", {**HEADS, "value_dim": 5, "output_shape": [2, 3],
                            "use_gate": True}, PAIR),
    ("MultiHeadAttention", {**HEADS, "output_shape": 7}, PAIR),
    ("MultiHeadAttention", {**HEADS, **SCORES}, [(3, 2, 4)] * 2),
    ("MultiHeadAttention", {**HEADS, "attention_axes": [2]}, [(3, 2, 4)] * 2,
     {"attention_mask": (3, 2, 2)}),
    ("MultiHeadAttention", {**HEADS, "attention_axes": [-3], **SCORES},
     [(3, 2, 4), (5, 2, 4)]),
    ("MultiHeadAttention", HEADS, [(3, 2, 4)] * 2,
     {"attention_mask": (3, 2, 3, 2)}),
    ("GroupQueryAttention", {**GROUPS, "num_key_value_heads": 1}, PAIR),
    ("GroupQueryAttention", {**GROUPS, "num_key_value_heads": 4}, PAIR),
]

FAMILIES = {"core": CORE, "activation": ACTIVATION, "norm": NORM, "conv": CONV,
            "pool": POOL, "shape": SHAPE, "merge": MERGE,
            "recurrent": RECURRENT, "image": IMAGES,
            "preprocessing": PREPROCESSING, "attention": ATTENTION,
            "blocks": BLOCKS}
