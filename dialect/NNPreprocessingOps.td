//===- NNPreprocessingOps.td - categories, sound --------------------------===//

#ifndef NN_PREPROCESSING_OPS_TD
#define NN_PREPROCESSING_OPS_TD

include "dialect/NNBase.td"

//===----------------------------------------------------------------------===//
// Categories
//===----------------------------------------------------------------------===//

def NN_DiscretizationOp : NN_Layer<"discretization", "Discretization"> {
  let summary = "how many bin_boundaries are not above the element";
  let limits = "`bin_boundaries` in the config; dense results; rank 2 for `multi_hot` and `count`";
  let description = [{
    `output_mode`: the number itself (`int`), or what CategoryEncoding makes of
    it.
  }];
  let policy = [NN_AnyPolicy];
  let elementTypes = "inferModeTypes";
  let operandTypes = "castToFloat32";
  let keys = (ins OptionalAttr<NN_Numbers>:$bin_boundaries,
      OptionalAttr<NN_NonNegativeInt>:$num_bins,
      NN_Default<NN_Float, "0.01">:$epsilon,
      NN_DefaultWord<NN_OneOf<["int", "one_hot", "multi_hot", "count"]>, "int">:$output_mode,
      NN_Default<NN_Bool, "false">:$sparse);
}

def NN_CategoryEncodingOp
    : NN_KeywordLayer<"category_encoding", "CategoryEncoding"> {
  let summary = "categories as ones (or their number) at their place";
  let limits = "dense results; rank 2 for `multi_hot` and `count`";
  let description = [{
    `one_hot` encodes each element on its own, `multi_hot` says for each sample
    which categories it has, `count` how often. An index outside is an error.
  }];
  let elementTypes = "inferLookupTypes";
  let operandTypes = "castToCategories";
  let required = ["num_tokens"];
  let keywordOperands = (ins Optional<NN_Value>:$count_weights);
  let keywords = ["count_weights"];
  let keys = (ins NN_PositiveInt:$num_tokens,
      NN_DefaultWord<NN_OneOf<["one_hot", "multi_hot", "count"]>, "multi_hot">:$output_mode,
      NN_Default<NN_Bool, "false">:$sparse);
}

def NN_IntegerLookupOp : NN_Layer<"integer_lookup", "IntegerLookup"> {
  let summary = "the place of an integer in a vocabulary, or back";
  let limits = "the vocabulary in the config or in the archive; no `farmhash`; dense results; rank 2 for `multi_hot`, `count` and `tf_idf`";
  let description = [{
    Integers that are not in the vocabulary have the first `num_oov_indices`
    places, which with `num_oov_indices = 0` is an error. `mask_token` comes
    before them, as 0, with `output_mode = "int"`, and is left out otherwise.
  }];
  let policy = [NN_AnyPolicy];
  let elementTypes = "inferVocabularyTypes";
  let operandTypes = "castToInt64";
  let keys = (ins OptionalAttr<NN_PositiveInt>:$max_tokens,
      NN_Default<NN_NonNegativeInt, "1">:$num_oov_indices,
      OptionalAttr<NN_Int>:$mask_token, NN_Default<NN_Int, "-1">:$oov_token,
      OptionalAttr<NN_Ints>:$vocabulary,
      NN_DefaultWord<NN_OneOf<["int64"]>, "int64">:$vocabulary_dtype,
      OptionalAttr<NN_Numbers>:$idf_weights,
      NN_Default<NN_Bool, "false">:$invert,
      NN_DefaultWord<NN_OneOf<["int", "one_hot", "multi_hot", "count", "tf_idf"]>, "int">:$output_mode,
      NN_Default<NN_Bool, "false">:$sparse,
      NN_Default<NN_Bool, "false">:$pad_to_max_tokens,
      OptionalAttr<NN_NonNegativeInt>:$vocabulary_size,
      NN_DefaultWord<NN_OneOf<["floormod", "farmhash"]>, "floormod">:$oov_method);
}

//===----------------------------------------------------------------------===//
// Sound
//===----------------------------------------------------------------------===//

/// The name of a window or its values; `none` for Keras's None.
def NN_SpectralWindow
    : Attr<Or<[CPred<"::llvm::isa<::mlir::StringAttr>($_self)">,
               CPred<"::nnc::nn::isNumbers($_self)">]>,
           "a window's name or a list of numbers"> {
  let storageType = "::mlir::Attribute";
  let returnType = "::mlir::Attribute";
  let convertFromStorage = "$_self";
}

def NN_STFTSpectrogramOp : NN_Layer<"stft_spectrogram", "STFTSpectrogram",
                                    ["getWeightSpecs", "getMacs"]> {
  let summary = "frequencies of overlapping frames of each channel";
  let description = [{
    `frame_step` is half of `frame_length` by default, `fft_length` the power of
    two from `frame_length` on. `scaling = "none"` is Keras's None.
  }];
  let keys = (ins
      NN_DefaultWord<NN_OneOf<["log", "magnitude", "psd", "real", "imag", "angle", "stft"]>, "log">:$mode,
      NN_Default<NN_PositiveInt, "256">:$frame_length,
      OptionalAttr<NN_PositiveInt>:$frame_step,
      OptionalAttr<NN_PositiveInt>:$fft_length,
      OptionalAttr<NN_SpectralWindow>:$window,
      NN_Default<NN_Bool, "false">:$periodic,
      NN_DefaultWord<NN_OneOf<["density", "spectrum", "none"]>, "density">:$scaling,
      NN_DefaultWord<NN_Padding, "valid">:$padding,
      NN_Default<NN_Bool, "false">:$expand_dims,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

def NN_MelSpectrogramOp : NN_Layer<"mel_spectrogram", "MelSpectrogram",
                                   ["getMacs", "mixesBatch"]> {
  let summary = "(samples) to (num_mel_bins, time): loudness by pitch";
  let limits = "with `power_to_db` for one batch size, since the loudest sample of a batch counts for all";
  let description = [{
    `sequence_length` is `fft_length` by default, `max_freq` half of
    `sampling_rate`. `window` is `hann` (the default), `hamming`, `none` (Keras's
    None) or its values. With `power_to_db` the loudest value of the whole batch
    sets the floor, so that it needs a fixed batch.
  }];
  let keys = (ins NN_Default<NN_PositiveInt, "2048">:$fft_length,
      NN_Default<NN_PositiveInt, "512">:$sequence_stride,
      OptionalAttr<NN_PositiveInt>:$sequence_length,
      OptionalAttr<NN_SpectralWindow>:$window,
      NN_Default<NN_PositiveInt, "16000">:$sampling_rate,
      NN_Default<NN_PositiveInt, "128">:$num_mel_bins,
      NN_Default<NN_Float, "20.0">:$min_freq,
      OptionalAttr<NN_Float>:$max_freq,
      NN_Default<NN_Bool, "true">:$power_to_db,
      NN_Default<NN_Float, "80.0">:$top_db, NN_Default<NN_Float, "2.0">:$mag_exp,
      NN_Default<NN_Float, "1e-10">:$min_power,
      NN_Default<NN_Float, "1.0">:$ref_power);
}

#endif // NN_PREPROCESSING_OPS_TD
