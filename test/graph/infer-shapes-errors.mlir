// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --split-input-file --verify-diagnostics

// A layer that refuses its input is named, with what it got and what it needs.
// What depends on it is passed over; what does not is reported in the same run.

nn.model @independent {
  %x = nn.input {shape = [784]}
  %s = nn.input {shape = [10, 4]}
  // expected-error@+1 {{layer 'conv1' (Conv2D): expects a rank-4 input (batch, height, width, channels), but got (None, 784)}}
  %0 = nn.conv2d(%x) {filters = 3, kernel_size = 3, name = "conv1"}
  %1 = nn.dense(%0) {units = 4}
  // expected-error@+1 {{layer 'conv1d' (Conv1D): its window spans 11 elements, but the input has 10}}
  %2 = nn.conv1d(%s) {filters = 3, kernel_size = 11}
  // expected-error@+1 {{layer 'conv1d_1' (Conv1D): its window spans 13 elements, but the input has 10}}
  %3 = nn.conv1d(%s) {filters = 3, kernel_size = 3, dilation_rate = 6}
  // expected-error@+1 {{layer 'conv1d_2' (Conv1D): the input's 4 channels are not a multiple of groups = 3}}
  %4 = nn.conv1d(%s) {filters = 3, kernel_size = 3, groups = 3}
  // expected-error@+1 {{layer 'conv1d_3' (Conv1D): filters = 3 is not a multiple of groups = 2}}
  %5 = nn.conv1d(%s) {filters = 3, kernel_size = 3, groups = 2}
  // expected-error@+1 {{layer 'conv1d_4' (Conv1D): strides > 1 and dilation_rate > 1 exclude each other}}
  %6 = nn.conv1d(%s) {filters = 3, kernel_size = 3, strides = 2, dilation_rate = 2}
  // expected-error@+1 {{layer 'conv1d_5' (Conv1D): padding = "causal" needs data_format = "channels_last"}}
  %7 = nn.conv1d(%s) {filters = 3, kernel_size = 3, padding = "causal", data_format = "channels_first"}
  // expected-error@+1 {{layer 'max_pooling2d' (MaxPooling2D): expects a rank-4 input (batch, channels, height, width), but got (None, 10, 4)}}
  %8 = nn.max_pooling2d(%s) {data_format = "channels_first"}
  // expected-error@+1 {{layer 'average_pooling1d' (AveragePooling1D): its window spans 11 elements, but the input has 10}}
  %9 = nn.average_pooling1d(%s) {pool_size = 11}
  // expected-error@+1 {{layer 'global_max_pooling2d' (GlobalMaxPooling2D): expects a rank-4 input (batch, height, width, channels), but got (None, 10, 4)}}
  %10 = nn.global_max_pooling2d(%s)
  // expected-error@+1 {{layer 'cropping1d' (Cropping1D): crops 10 of 10 elements, but at least one must be left of (None, 10, 4)}}
  %11 = nn.cropping1d(%s) {cropping = 5}
  nn.output(%1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11)
}

// -----

nn.model @shapes {
  %x = nn.input {shape = [10, 4]}
  // expected-error@+1 {{layer 'reshape' (Reshape): cannot make (None, 7, 6) of (None, 10, 4): 42 against 40 elements}}
  %0 = nn.reshape(%x) {target_shape = [7, 6]}
  // expected-error@+1 {{layer 'reshape_1' (Reshape): cannot make (None, 7, -1) of (None, 10, 4): 7 against 40 elements}}
  %1 = nn.reshape(%x) {target_shape = [7, -1]}
  // expected-error@+1 {{layer 'reshape_2' (Reshape): target_shape has more than one -1}}
  %2 = nn.reshape(%x) {target_shape = [-1, -1]}
  // expected-error@+1 {{layer 'reshape_3' (Reshape): target_shape has the extent 0}}
  %3 = nn.reshape(%x) {target_shape = [0, 40]}
  // expected-error@+1 {{layer 'reshape_4' (Reshape): the size overflows}}
  %4 = nn.reshape(%x) {target_shape = [4294967296, 4294967296]}
  // expected-error@+1 {{layer 'permute' (Permute): dims must name each axis from 1 to 2 once for the input (None, 10, 4)}}
  %5 = nn.permute(%x) {dims = [1, 1]}
  // expected-error@+1 {{layer 'repeat_vector' (RepeatVector): expects a rank-2 input (batch, features), but got (None, 10, 4)}}
  %6 = nn.repeat_vector(%x) {n = 3}
  // expected-error@+1 {{layer 'spatial_dropout2d' (SpatialDropout2D): expects a rank-4 input (batch, height, width, channels), but got (None, 10, 4)}}
  %7 = nn.spatial_dropout2d(%x) {rate = 0.5}
  // expected-error@+1 {{layer 'spatial_dropout3d' (SpatialDropout3D): expects a rank-5 input (batch, depth, height, width, channels), but got (None, 10, 4)}}
  %8 = nn.spatial_dropout3d(%x) {rate = 0.5}
  %y = nn.flatten(%x)
  // expected-error@+1 {{layer 'spatial_dropout1d' (SpatialDropout1D): expects a rank-3 input (batch, steps, channels), but got (None, 40)}}
  %9 = nn.spatial_dropout1d(%y) {rate = 0.5}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9)
}

// -----

nn.model @axes {
  %x = nn.input {shape = [10, 4]}
  // expected-error@+1 {{layer 'softmax' (Softmax): axis 3 is outside an input of rank 3}}
  %0 = nn.softmax(%x) {axis = 3}
  // expected-error@+1 {{layer 'softmax_1' (Softmax): axis 0 is the batch}}
  %1 = nn.softmax(%x) {axis = 0}
  // expected-error@+1 {{layer 'softmax_2' (Softmax): axis -1 is named twice}}
  %2 = nn.softmax(%x) {axis = [2, -1]}
  // expected-error@+1 {{layer 'softmax_3' (Softmax): axis names no axis}}
  %3 = nn.softmax(%x) {axis = []}
  // expected-error@+1 {{layer 'layer_normalization' (LayerNormalization): axis names no axis}}
  %4 = nn.layer_normalization(%x) {axis = []}
  // expected-error@+1 {{layer 'layer_normalization_1' (LayerNormalization): axis 1 is named twice}}
  %5 = nn.layer_normalization(%x) {axis = [1, 1]}
  // expected-error@+1 {{layer 'batch_normalization' (BatchNormalization): axis -3 is the batch}}
  %6 = nn.batch_normalization(%x) {axis = -3}
  // expected-error@+1 {{layer 'normalization' (Normalization): axis -4 is outside an input of rank 3}}
  %7 = nn.normalization(%x) {axis = -4}
  // expected-error@+1 {{layer 'normalization_1' (Normalization): mean and variance are given together or not at all}}
  %8 = nn.normalization(%x) {mean = 3}
  // expected-error@+1 {{layer 'normalization_2' (Normalization): 'variance' has 3 numbers, but the axes have 4}}
  %9 = nn.normalization(%x) {mean = 3, variance = [1, 2, 3]}
  // expected-error@+1 {{layer 'normalization_3' (Normalization): axis 2 is named twice}}
  %10 = nn.normalization(%x) {axis = [2, 2]}
  // expected-error@+1 {{layer 'rescaling' (Rescaling): 'offset' of shape (3,) does not broadcast into the input (None, 10, 4)}}
  %11 = nn.rescaling(%x) {scale = 2, offset = [1, 2, 3]}
  // expected-error@+1 {{layer 'p_re_lu' (PReLU): axis 5 is outside an input of rank 3}}
  %12 = nn.prelu(%x) {shared_axes = [5]}
  // expected-error@+1 {{layer 'activation' (Activation): threshold and default_value belong to the activation 'threshold', which needs both}}
  %13 = nn.activation(%x) {activation = "relu", threshold = 1}
  // expected-error@+1 {{layer 'activation_1' (Activation): threshold and default_value belong to the activation 'threshold', which needs both}}
  %14 = nn.activation(%x) {activation = "threshold", threshold = 1}
  // expected-error@+1 {{layer 'dense' (Dense): glu needs an even last axis, but got (None, 10, 3)}}
  %15 = nn.dense(%x) {units = 3, activation = "glu"}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15)
}

// -----

nn.model @several {
  %x = nn.input {shape = [10, 4]}
  %y = nn.input {shape = [9, 4]}
  %z = nn.input {shape = [5]}
  %i = nn.input {shape = [10, 4], dtype = "int32"}
  // expected-error@+1 {{layer 'add' (Add): inputs (None, 10, 4) and (None, 9, 4) do not broadcast}}
  %0 = nn.add(%x, %y)
  // expected-error@+1 {{layer 'concatenate' (Concatenate): inputs must agree in all axes but -1, but got (None, 10, 4) and (None, 9, 4)}}
  %1 = nn.concatenate(%x, %y)
  // expected-error@+1 {{layer 'concatenate_1' (Concatenate): axis 0 is the batch}}
  %2 = nn.concatenate(%x, %y) {axis = 0}
  // expected-error@+1 {{layer 'dot' (Dot): axes of one size are needed, but axis 1 of (None, 10, 4) and axis 2 of (None, 9, 4) differ}}
  %3 = nn.dot(%x, %y) {axes = [1, 2]}
  // expected-error@+1 {{layer 'dot_1' (Dot): axes expects an integer or a list of 2 of them}}
  %4 = nn.dot(%x, %y) {axes = [1, 2, 1]}
  // expected-error@+1 {{layer 'dot_2' (Dot): axis 0 is the batch}}
  %5 = nn.dot(%x, %y) {axes = 0}
  // expected-error@+1 {{layer 'gru' (GRU): expects a rank-3 input (batch, steps, features), but got (None, 5)}}
  %6 = nn.gru(%z) {units = 3}
  // expected-error@+1 {{layer 'lstm' (LSTM): initial_state expects 2 states, but got 1}}
  %7 = nn.lstm(%x, initial_state = %z) {units = 5}
  // expected-error@+1 {{layer 'gru_1' (GRU): initial_state expects (None, 4), but got (None, 5)}}
  %8 = nn.gru(%x, initial_state = %z) {units = 4}
  // expected-error@+1 {{layer 'gru_2' (GRU): the activation glu does not keep the state's size}}
  %9 = nn.gru(%x) {units = 4, activation = "glu"}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9)
}

// -----

nn.model @open {
  %x = nn.input {shape = [-1, -1]}
  %y = nn.input {shape = [5, -1]}
  // expected-error@+1 {{layer 'dense' (Dense): needs the number of features, but got (None, None, None)}}
  %0 = nn.dense(%x) {units = 3}
  // expected-error@+1 {{layer 'conv1d' (Conv1D): needs the number of channels, but got None}}
  %1 = nn.conv1d(%x) {filters = 3, kernel_size = 3}
  // expected-error@+1 {{layer 'gru' (GRU): needs the number of features, but got (None, None, None)}}
  %2 = nn.gru(%x) {units = 3}
  // expected-error@+1 {{layer 'batch_normalization' (BatchNormalization): needs the extent of axis 2, but got (None, None, None)}}
  %3 = nn.batch_normalization(%x) {axis = 2}
  // expected-error@+1 {{layer 'layer_normalization' (LayerNormalization): needs the extent of axis 2, but got (None, None, None)}}
  %4 = nn.layer_normalization(%x)
  // expected-error@+1 {{layer 'normalization' (Normalization): needs the extents of axis, but got (None, 5, None)}}
  %5 = nn.normalization(%y)
  // expected-error@+1 {{layer 'p_re_lu' (PReLU): needs every extent that is not in shared_axes, but got (None, 5, None)}}
  %6 = nn.prelu(%y) {shared_axes = 1}
  nn.output(%0, %1, %2, %3, %4, %5, %6)
}

// -----

// States and histories are written by the compiler, and by who means ill.

nn.model @states attributes {linked} {
  // expected-error@+1 {{input 'x': its type 'tensor<?x9xf32>' is not that of its shape, 'tensor<?x4x3xf32>'}}
  %x = nn.input {shape = [4, 3], name = "x"} : tensor<?x9xf32>
  // expected-error@+1 {{history 'h': needs one step, but got (None, 4, 3)}}
  %h = nn.history(%x) {steps = 2, name = "h"} : tensor<?x9xf32> -> tensor<?x6x3xf32>
  // expected-error@+1 {{state 'open': needs positive extents}}
  %o = nn.state {shape = [-1], name = "open"} : tensor<?x?xf32>
  // expected-error@+1 {{state 'typed': its type 'tensor<?x2xf32>' is not that of its shape, 'tensor<?x3xf32>'}}
  %t = nn.state {shape = [3], name = "typed"} : tensor<?x2xf32>
  // expected-error@+1 {{state 's': is 'tensor<?x4xf32>', but its update 'tensor<?x4x3xf32>'}}
  %s = nn.state {shape = [4], name = "s"} : tensor<?x4xf32>
  nn.update_state(%s, %x) : tensor<?x4xf32>, tensor<?x9xf32>
  nn.output(%x) : tensor<?x9xf32>
}

// -----

// Masks have the shape of what they say it of.

nn.model @masks {
  %x = nn.input {shape = [6, 2]}
  %m = nn.input {shape = [5]}
  %i = nn.input {shape = [6, 2, 2]}
  // expected-error@+1 {{layer 'gru' (GRU): mask expects (None, 6), but got (None, 5)}}
  %0 = nn.gru(%x, mask = %m) {units = 3}
  // expected-error@+1 {{layer 'softmax' (Softmax): mask expects the input's shape (None, 6, 2), but got (None, 5)}}
  %1 = nn.softmax(%x, mask = %m)
  // expected-error@+1 {{layer 'mean' (GlobalAveragePooling1D): mask expects (None, 6), but got (None, 5)}}
  %2 = nn.global_average_pooling1d(%x, mask = %m) {name = "mean"}
  // expected-error@+1 {{layer 'lstm' (ConvLSTM1D): mask expects (None, 6), but got (None, 5)}}
  %3 = nn.conv_lstm1d(%i, mask = %m) {filters = 1, kernel_size = 1, name = "lstm"}
  // expected-error@+1 {{layer 'each' (TimeDistributed): mask expects (None, 6), but got (None, 5)}}
  %4 = nn.time_distributed(%x, mask = %m) {name = "each"} { nn.dense {units = 3} }
  nn.output(%0, %1, %2, %3, %4)
}

// -----

// Wrappers and what they hold.

nn.model @wrappers {
  %x = nn.input {shape = [6, 2]}
  %v = nn.input {shape = [6]}
  // expected-error@+1 {{layer 'flat' (TimeDistributed): expects at least a rank-3 input (batch, steps, …), but got (None, 6)}}
  %0 = nn.time_distributed(%v) {name = "flat"} { nn.dense {units = 3} }
  // expected-error@+1 {{layer 'inner' (Conv1D): expects a rank-3 input (batch, steps, channels), but got (None, 2)}}
  %1 = nn.time_distributed(%x) {} { nn.conv1d {filters = 1, kernel_size = 1, name = "inner"} }
  // expected-error@+1 {{layer 'sum' (Bidirectional): merge_mode = "sum" needs outputs of one shape, but got (None, 3) and (None, 4)}}
  %2 = nn.bidirectional(%x) {merge_mode = "sum", name = "sum"} { nn.gru {units = 3} } { nn.gru {units = 4, go_backwards = true} }
  // expected-error@+1 {{layer 'same' (Bidirectional): needs one layer of the two to have go_backwards = true}}
  %3 = nn.bidirectional(%x) {name = "same"} { nn.gru {units = 3} } { nn.gru {units = 3} }
  // expected-error@+1 {{layer 'uneven' (Bidirectional): needs layers with the same 'return_sequences'}}
  %4 = nn.bidirectional(%x) {name = "uneven"} { nn.gru {units = 3} } { nn.gru {units = 3, go_backwards = true, return_sequences = true} }
  // expected-error@+1 {{layer 'rnn' (RNN): initial_state expects 2 states, but got 1}}
  %5 = nn.rnn(%x, initial_state = %v) {name = "rnn"} { nn.lstm_cell {units = 6} }
  // expected-error@+1 {{layer 'gated' (LSTMCell): the recurrent_activation glu does not keep the state's size}}
  %6 = nn.rnn(%x) {} { nn.lstm_cell {units = 6, recurrent_activation = "glu", name = "gated"} }
  // expected-error@+1 {{layer 'bare' (SpectralNormalization): wraps a layer that has neither kernel nor embeddings}}
  %7 = nn.spectral_normalization(%x) {name = "bare"} { nn.relu }
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7)
}

// -----

// Sizes: every product that does not fit is an error at its layer.

nn.model @sizes {
  // expected-error@+1 {{input 'zero': shape has the extent 0; extents are positive, -1 is an open one}}
  %zero = nn.input {shape = [3, 0], name = "zero"}
  // expected-error@+1 {{input 'negative': shape has the extent -7; extents are positive, -1 is an open one}}
  %negative = nn.input {shape = [-7], name = "negative"}
  // expected-error@+1 {{input 'wraps': the size overflows}}
  %wraps = nn.input {shape = [4294967296, 4294967296], name = "wraps"}
  // expected-error@+1 {{input 'hidden': the size overflows}}
  %hidden = nn.input {shape = [4294967296, -1, 4294967296], name = "hidden"}
  // expected-error@+1 {{input 'large': (None, 17592186044417) has more than 2^44 elements}}
  %large = nn.input {shape = [17592186044417], name = "large"}
  %x = nn.input {shape = [16777216], name = "x"}
  %y = nn.input {shape = [4, 3], name = "y"}
  // expected-error@+1 {{layer 'dense' (Dense): weight 'kernel': the size overflows}}
  %0 = nn.dense(%x) {units = 4398046511104}
  // expected-error@+1 {{layer 'dense_1' (Dense): weight 'kernel': (16777216, 16777216) has more than 2^44 elements}}
  %1 = nn.dense(%x) {units = 16777216}
  // expected-error@+1 {{layer 'up_sampling1d' (UpSampling1D): the size overflows}}
  %2 = nn.up_sampling1d(%y) {size = 9223372036854775807}
  // expected-error@+1 {{layer 'zero_padding1d' (ZeroPadding1D): the size overflows}}
  %3 = nn.zero_padding1d(%y) {padding = 9223372036854775807}
  // expected-error@+1 {{layer 'conv1d' (Conv1D): the size overflows}}
  %4 = nn.conv1d(%y) {filters = 1, kernel_size = 4294967296, dilation_rate = 4294967296}
  // expected-error@+1 {{layer 'lstm' (LSTM): the size overflows}}
  %5 = nn.lstm(%y) {units = 4611686018427387904}
  // expected-error@+1 {{layer 'repeat_vector' (RepeatVector): (None, 1048577, 16777216) has more than 2^44 elements}}
  %6 = nn.repeat_vector(%x) {n = 1048577}
  %z = nn.input {shape = [1048576, 1024], name = "z"}
  // expected-error@+1 {{layer 'dense_2' (Dense): needs more than 2^50 multiplications for one sample}}
  %7 = nn.dense(%z) {units = 2097152}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7)
}

// -----

// Types that were given have to be those inferred.

nn.model @types {
  // expected-error@+1 {{input 'a': its type 'tensor<?x4xf32>' is not that of its shape, 'tensor<?x3xf32>'}}
  %a = nn.input {shape = [3], name = "a"} : tensor<?x4xf32>
  // expected-error@+1 {{input 'b': its type 'tensor<?x3xi32>' is not that of its shape, 'tensor<?x3xf32>'}}
  %b = nn.input {shape = [3], name = "b"} : tensor<?x3xi32>
  // expected-error@+1 {{input 'c': its type 'tensor<5x3xf32>' is not that of its shape, 'tensor<?x3xf32>'}}
  %c = nn.input {shape = [3], name = "c"} : tensor<5x3xf32>
  %d = nn.input {shape = [3], name = "d"} : tensor<?x3xf32>
  // expected-error@+1 {{layer 'dense' (Dense): its type is given as 'tensor<?x5xf32>', but is 'tensor<?x4xf32>'}}
  %0 = nn.dense(%d) {units = 4} : (tensor<?x3xf32>) -> tensor<?x5xf32>
  nn.output(%a, %b, %c, %0) : tensor<?x4xf32>, tensor<?x3xi32>, tensor<5x3xf32>, tensor<?x5xf32>
}

// -----

// Transposed convolutions and windows that adapt.

nn.model @transposed {
  %x = nn.input {shape = [1, 4]}
  // expected-error@+1 {{layer 'a' (Conv1DTranspose): output_padding = 2 is not below strides = 2}}
  %0 = nn.conv1d_transpose(%x) {filters = 3, kernel_size = 3, strides = 2, output_padding = 2, name = "a"}
  // expected-error@+1 {{layer 'b' (Conv1DTranspose): nothing is left of the input's 1 elements}}
  %1 = nn.conv1d_transpose(%x) {filters = 3, kernel_size = 2, strides = 2, output_padding = 0, padding = "same", name = "b"}
  // expected-error@+1 {{layer 'c' (Conv2DTranspose): expects a rank-4 input (batch, height, width, channels), but got (None, 1, 4)}}
  %2 = nn.conv2d_transpose(%x) {filters = 3, kernel_size = 2, name = "c"}
  // expected-error@+1 {{layer 'd' (AdaptiveMaxPooling1D): has an axis of more than 2^20 elements}}
  %3 = nn.adaptive_max_pooling1d(%x) {output_size = 1048577, name = "d"}
  %y = nn.input {shape = [4, 4, 1]}
  // expected-error@+1 {{layer 'e' (UpSampling2D): has an axis of more than 2^20 elements}}
  %4 = nn.up_sampling2d(%y) {size = [1, 262145], interpolation = "bilinear", name = "e"}
  %5 = nn.up_sampling2d(%y) {size = [1, 262145], name = "f"}
  nn.output(%0, %1, %2, %3, %4, %5)
}

// -----

// Normalization and the einsums.

nn.model @einsums {
  %x = nn.input {shape = [6, 5]}
  // expected-error@+1 {{layer 'group_normalization' (GroupNormalization): groups must be -1 or divide the 5 channels, but is 2}}
  %0 = nn.group_normalization(%x) {groups = 2}
  // expected-error@+1 {{layer 'rms_normalization' (RMSNormalization): its scale (6,) does not lie along the last axes of (None, 6, 5)}}
  %1 = nn.rms_normalization(%x) {axis = 1}
  // expected-error@+1 {{layer 'unit_normalization' (UnitNormalization): axis 0 is the batch}}
  %2 = nn.unit_normalization(%x) {axis = [0, 1]}
  // expected-error@+1 {{layer 'einsum_dense' (EinsumDense): index 'b' of the kernel is neither in the input nor in the result}}
  %3 = nn.einsum_dense(%x) {equation = "acd,bd->acd", output_shape = [6, 5]}
  // expected-error@+1 {{layer 'einsum_dense_1' (EinsumDense): output_shape has the extent 0}}
  %4 = nn.einsum_dense(%x) {equation = "abc,cd->abd", output_shape = [6, 0]}
  // expected-error@+1 {{layer 'layer_scale' (LayerScale): expects 4 channels, but got (None, 6, 5)}}
  %5 = nn.layer_scale(%x) {init_values = 1, projection_dim = 4}
  // expected-error@+1 {{layer 'reversible_embedding' (ReversibleEmbedding): in reverse expects (None, ..., 4), but got (None, 6, 5)}}
  %6 = nn.reversible_embedding(%x) {input_dim = 7, output_dim = 4, reverse = true}
  // expected-error@+1 {{layer 'reversible_embedding_1' (ReversibleEmbedding): reverse_dtype "float64" cannot be compiled; the layer computes in float32}}
  %7 = nn.reversible_embedding(%x) {input_dim = 7, output_dim = 5, reverse = true, reverse_dtype = "float64"}
  // expected-error@+1 {{layer 'einsum_dense_2' (EinsumDense): Keras cannot quantize the equation: the scales do not lie along its result}}
  %8 = nn.einsum_dense(%x) {equation = "abc,c->ab", output_shape = [6], dtype = "int8_from_float32"}
  // expected-error@+1 {{layer 'reversible_embedding_2' (ReversibleEmbedding): quantization_config: the activation_quantizer expects the axis -1}}
  %9 = nn.reversible_embedding(%x) {input_dim = 7, output_dim = 5, reverse = true, dtype = "int8_from_float32", quantization_config = {class_name = "Int8QuantizationConfig", config = {activation_quantizer = {class_name = "AbsMaxQuantizer", config = {axis = [1]}}}}}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7)
}

// -----

nn.model @images {
  %x = nn.input {shape = [5, 6, 3]}
  %v = nn.input {shape = [4]}
  // expected-error@+1 {{layer 'a' (Resizing): crop_to_aspect_ratio and pad_to_aspect_ratio exclude each other}}
  %0 = nn.resizing(%x) {height = 4, width = 4, crop_to_aspect_ratio = true, pad_to_aspect_ratio = true, name = "a"}
  // expected-error@+1 {{layer 'b' (CenterCrop): expects a rank-4 input (batch, height, width, channels), but got (None, 4)}}
  %1 = nn.center_crop(%v) {height = 4, width = 4, name = "b"}
  // expected-error@+1 {{layer 'c' (AutoContrast): value_range expects a list of 2 numbers}}
  %2 = nn.auto_contrast(%x) {value_range = [0, 1, 2], name = "c"}
  // expected-error@+1 {{layer 'd' (ContrastLimitedAdaptiveHistogramEqualization): tile_grid_size (11, 8) is too fine for the input (None, 5, 6, 3)}}
  %3 = nn.contrast_limited_adaptive_histogram_equalization(%x) {tile_grid_size = [11, 8], name = "d"}
  // expected-error@+1 {{layer 'e' (RandomCrop): expects a rank-4 input (batch, height, width, channels), but got (None, 4)}}
  %4 = nn.random_crop(%v) {height = 4, width = 4, name = "e"}
  nn.output(%0, %1, %2, %3, %4)
}

// -----

nn.model @categories {
  %x = nn.input {shape = [4, 2]}
  %i = nn.input {shape = [4], dtype = "int32"}
  %w = nn.input {shape = [3]}
  // expected-error@+1 {{layer 'a' (Discretization): needs bin_boundaries; it has not been adapted}}
  %0 = nn.discretization(%x) {num_bins = 4, name = "a"}
  // expected-error@+1 {{layer 'b' (Discretization): bin_boundaries must increase}}
  %1 = nn.discretization(%x) {bin_boundaries = [1.0, 0.5], name = "b"}
  // expected-error@+1 {{layer 'c' (Discretization): bin_boundaries expects a list of numbers}}
  %2 = nn.discretization(%x) {bin_boundaries = [[1.0], [1.5]], name = "c"}
  // expected-error@+1 {{layer 'd' (Discretization): sparse = true cannot be compiled; results are dense}}
  %3 = nn.discretization(%x) {bin_boundaries = [0.5], output_mode = "count", sparse = true, name = "d"}
  // expected-error@+1 {{layer 'e' (Discretization): output_mode = "count" expects a rank-2 input (batch, elements), but got (None, 4, 2)}}
  %4 = nn.discretization(%x) {bin_boundaries = [0.5], output_mode = "count", name = "e"}
  // expected-error@+1 {{layer 'f' (CategoryEncoding): count_weights belongs to output_mode = "count"}}
  %5 = nn.category_encoding(%i, count_weights = %w) {num_tokens = 4, name = "f"}
  // expected-error@+1 {{layer 'g' (CategoryEncoding): count_weights (None, 3) must have the input's shape (None, 4)}}
  %6 = nn.category_encoding(%i, count_weights = %w) {num_tokens = 4, output_mode = "count", name = "g"}
  // expected-error@+1 {{layer 'h' (IntegerLookup): needs a vocabulary}}
  %7 = nn.integer_lookup(%i) {name = "h"}
  // expected-error@+1 {{layer 'i' (IntegerLookup): expects integers, but got float32}}
  %8 = nn.integer_lookup(%x) {vocabulary = [1, 2], name = "i"}
  // expected-error@+1 {{layer 'j' (IntegerLookup): invert = true needs output_mode = "int"}}
  %9 = nn.integer_lookup(%i) {vocabulary = [1, 2], invert = true, output_mode = "count", name = "j"}
  // expected-error@+1 {{layer 'k' (IntegerLookup): idf_weights belongs to output_mode = "tf_idf", which needs it}}
  %10 = nn.integer_lookup(%i) {vocabulary = [1, 2], output_mode = "tf_idf", name = "k"}
  // expected-error@+1 {{layer 'l' (IntegerLookup): oov_method = "farmhash" cannot be compiled; it hashes text}}
  %11 = nn.integer_lookup(%i) {vocabulary = [1, 2], num_oov_indices = 2, oov_method = "farmhash", name = "l"}
  // expected-error@+1 {{layer 'm' (IntegerLookup): vocabulary has the token 2 twice}}
  %12 = nn.integer_lookup(%i) {vocabulary = [1, 2, 2], name = "m"}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12)
}

// -----

nn.model @sound {
  %x = nn.input {shape = [40, 2]}
  %m = nn.input {shape = [40]}
  // expected-error@+1 {{layer 'a' (STFTSpectrogram): frame_step = 9 must be from 1 to frame_length = 8}}
  %0 = nn.stft_spectrogram(%x) {frame_length = 8, frame_step = 9, name = "a"}
  // expected-error@+1 {{layer 'b' (STFTSpectrogram): fft_length = 7 is below frame_length = 8}}
  %1 = nn.stft_spectrogram(%x) {frame_length = 8, fft_length = 7, name = "b"}
  // expected-error@+1 {{layer 'c' (STFTSpectrogram): its window spans 64 elements, but the input has 40}}
  %2 = nn.stft_spectrogram(%x) {frame_length = 64, name = "c"}
  // expected-error@+1 {{layer 'd' (MelSpectrogram): expects a rank-2 input (batch, samples), but got (None, 40, 2)}}
  %3 = nn.mel_spectrogram(%x) {fft_length = 16, name = "d"}
  // expected-error@+1 {{layer 'e' (MelSpectrogram): sequence_length = 17 is above fft_length = 16}}
  %4 = nn.mel_spectrogram(%m) {fft_length = 16, sequence_length = 17, name = "e"}
  // expected-error@+1 {{layer 'f' (MelSpectrogram): window must have the 16 numbers of sequence_length}}
  %5 = nn.mel_spectrogram(%m) {fft_length = 16, window = [1.0, 2.0], name = "f"}
  // expected-error@+1 {{layer 'g' (MelSpectrogram): window expects "hann", "hamming", "none" or a list of numbers, but got "flat"}}
  %6 = nn.mel_spectrogram(%m) {fft_length = 16, window = "flat", name = "g"}
  // expected-error@+1 {{layer 'h' (MelSpectrogram): needs more than 64 samples to mirror, but got (None, 40)}}
  %7 = nn.mel_spectrogram(%m) {fft_length = 128, name = "h"}
  // expected-error@+1 {{layer 'i' (MelSpectrogram): fft_length = 8191 has too large a prime factor}}
  %8 = nn.mel_spectrogram(%m) {fft_length = 8191, name = "i"}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8)
}

// -----

// Attention.

nn.model @attentions {
  %q = nn.input {shape = [5, 4]}
  %v = nn.input {shape = [6, 3]}
  %i = nn.input {shape = [5, 6, 4]}
  %m = nn.input {shape = [6], dtype = "bool"}
  %a = nn.input {shape = [6, 5], dtype = "bool"}
  // expected-error@+1 {{layer 'attention' (Attention): expects query and key with as many features, but got (None, 5, 4) and (None, 6, 3)}}
  %0 = nn.attention(%q, %v)
  // expected-error@+1 {{layer 'additive_attention' (AdditiveAttention): expects a rank-3 input (batch, steps, features), but got (None, 5, 6, 4)}}
  %1 = nn.additive_attention(%i, %i)
  // expected-error@+1 {{layer 'multi_head_attention' (MultiHeadAttention): the key is given as third input and by keyword}}
  %2 = nn.multi_head_attention(%q, %v, %v, key = %v) {num_heads = 2, key_dim = 3}
  // expected-error@+1 {{layer 'multi_head_attention_1' (MultiHeadAttention): query_mask expects (None, 5), but got (None, 6)}}
  %3 = nn.multi_head_attention(%q, %v, query_mask = %m) {num_heads = 2, key_dim = 3}
  // expected-error@+1 {{layer 'multi_head_attention_2' (MultiHeadAttention): attention_mask (None, 6, 5) does not fit the scores (None, 2, 5, 6)}}
  %4 = nn.multi_head_attention(%q, %v, attention_mask = %a) {num_heads = 2, key_dim = 3}
  // expected-error@+1 {{layer 'multi_head_attention_3' (MultiHeadAttention): a causal mask and a sliding window need inputs of rank 3, but got (None, 5, 6, 4)}}
  %5 = nn.multi_head_attention(%i, %i) {num_heads = 2, key_dim = 3, use_causal_mask = true}
  // expected-error@+1 {{layer 'multi_head_attention_4' (MultiHeadAttention): attention_axes names the features}}
  %6 = nn.multi_head_attention(%i, %i) {num_heads = 2, key_dim = 3, attention_axes = 3}
  // expected-error@+1 {{layer 'grouped_query_attention' (GroupQueryAttention): num_query_heads = 3 is not a multiple of num_key_value_heads = 2}}
  %7 = nn.group_query_attention(%q, %v) {head_dim = 2, num_query_heads = 3, num_key_value_heads = 2}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7)
}
