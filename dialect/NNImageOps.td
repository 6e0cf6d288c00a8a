//===- NNImageOps.td - images: resizing, cropping, contrast ---------------===//

#ifndef NN_IMAGE_OPS_TD
#define NN_IMAGE_OPS_TD

include "dialect/NNBase.td"

/// A layer on images (batch, height, width, channels), whose boxes and labels
/// Keras would change with them.
class NN_ImageLayer<string mnemonic, string kerasClass, list<Trait> traits = []>
    : NN_Layer<mnemonic, kerasClass, [], traits> {
  let trainingKeys = ["bounding_box_format"];
}

def NN_ResizingOp : NN_ImageLayer<"resizing", "Resizing"> {
  let summary = "images of another height and width";
  let description = [{
    `crop_to_aspect_ratio` takes the largest part in the middle that has the
    result's shape first; `pad_to_aspect_ratio` adds `fill_value` around the
    image instead. Integers are rounded to the nearest, ties to even.
  }];
  let elementTypes = "inferNumberTypes";
  let takesUnsigned = 1;
  let required = ["height", "width"];
  let keys = (ins NN_PositiveInt:$height, NN_PositiveInt:$width,
      NN_DefaultWord<NN_OneOf<["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"]>, "bilinear">:$interpolation,
      NN_Default<NN_Bool, "false">:$crop_to_aspect_ratio,
      NN_Default<NN_Bool, "false">:$pad_to_aspect_ratio,
      NN_DefaultWord<NN_OneOf<["constant"]>, "constant">:$fill_mode,
      NN_Default<NN_Float, "0.0">:$fill_value,
      NN_Default<NN_Bool, "false">:$antialias,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

def NN_CenterCropOp : NN_ImageLayer<"center_crop", "CenterCrop"> {
  let summary = "the middle of an image; a smaller image is resized to fit";
  let required = ["height", "width"];
  let keys = (ins NN_PositiveInt:$height, NN_PositiveInt:$width,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

def NN_AutoContrastOp : NN_ImageLayer<"auto_contrast", "AutoContrast"> {
  let summary = "each channel of each image stretched to value_range; default [0, 255]";
  let keys = (ins OptionalAttr<NN_Numbers>:$value_range,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
}

def NN_ContrastLimitedAdaptiveHistogramEqualizationOp
    : NN_ImageLayer<"contrast_limited_adaptive_histogram_equalization",
                    "ContrastLimitedAdaptiveHistogramEqualization"> {
  let summary = "values equalized tile by tile; value_range is [0, 255] by default";
  let keys = (ins OptionalAttr<NN_Numbers>:$value_range,
      NN_Default<NN_Float, "4.0">:$clip_limit,
      NN_Default<NN_PositiveInts<2>, "{8, 8}">:$tile_grid_size,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
  let trainingKeys = ["bounding_box_format", "factor"];
}

def NN_MaxNumBoundingBoxesOp
    : NN_ImageLayer<"max_num_bounding_boxes", "MaxNumBoundingBoxes",
                    [NN_TrainingOnly]> {
  let summary = "bounds the number of boxes; the image itself";
  let elementTypes = "keepTypes";
  let trainingKeys = ["bounding_box_format", "data_format", "fill_value", "max_number"];
}

//===----------------------------------------------------------------------===//
// Augmentation: the image itself at inference
//===----------------------------------------------------------------------===//

class NN_AugmentationLayer<string mnemonic, string kerasClass,
                           list<string> own, string types = "keepTypes">
    : NN_ImageLayer<mnemonic, kerasClass, [NN_TrainingOnly]> {
  let summary = "the image itself; works in training only";
  let elementTypes = types;
  let trainingKeys = !listconcat(["bounding_box_format", "data_format", "factor", "seed"], own);
}

def NN_AugMixOp : NN_AugmentationLayer<"aug_mix", "AugMix",
    ["alpha", "all_ops", "chain_depth", "interpolation", "num_chains", "value_range"], "inferFloatTypes">;
def NN_CutMixOp : NN_AugmentationLayer<"cut_mix", "CutMix",
    []>;
def NN_MixUpOp : NN_AugmentationLayer<"mix_up", "MixUp",
    ["alpha"]>;
def NN_RandAugmentOp : NN_AugmentationLayer<"rand_augment", "RandAugment",
    ["interpolation", "magnitude", "num_magnitude_bins", "num_ops", "value_range"], "inferFloatTypes">;
def NN_EqualizationOp : NN_AugmentationLayer<"equalization", "Equalization",
    ["bins", "value_range"]>;
def NN_SolarizationOp : NN_AugmentationLayer<"solarization", "Solarization",
    ["addition_factor", "threshold_factor", "value_range"]>;
def NN_RandomBrightnessOp : NN_AugmentationLayer<"random_brightness", "RandomBrightness",
    ["value_range"]>;
def NN_RandomColorDegenerationOp : NN_AugmentationLayer<"random_color_degeneration", "RandomColorDegeneration",
    ["value_range"]>;
def NN_RandomColorJitterOp : NN_AugmentationLayer<"random_color_jitter", "RandomColorJitter",
    ["brightness_factor", "contrast_factor", "hue_factor", "saturation_factor", "value_range"]>;
def NN_RandomContrastOp : NN_AugmentationLayer<"random_contrast", "RandomContrast",
    ["value_range"]>;
def NN_RandomElasticTransformOp : NN_AugmentationLayer<"random_elastic_transform", "RandomElasticTransform",
    ["fill_mode", "fill_value", "interpolation", "scale", "value_range"]>;
def NN_RandomErasingOp : NN_AugmentationLayer<"random_erasing", "RandomErasing",
    ["fill_value", "scale", "value_range"], "inferFloatTypes">;
def NN_RandomFlipOp : NN_AugmentationLayer<"random_flip", "RandomFlip",
    ["mode"], "inferFloatTypes">;
def NN_RandomGaussianBlurOp : NN_AugmentationLayer<"random_gaussian_blur", "RandomGaussianBlur",
    ["kernel_size", "sigma", "value_range"]>;
def NN_RandomGrayscaleOp : NN_AugmentationLayer<"random_grayscale", "RandomGrayscale",
    []>;
def NN_RandomHueOp : NN_AugmentationLayer<"random_hue", "RandomHue",
    ["value_range"]>;
def NN_RandomInvertOp : NN_AugmentationLayer<"random_invert", "RandomInvert",
    ["value_range"]>;
def NN_RandomPerspectiveOp : NN_AugmentationLayer<"random_perspective", "RandomPerspective",
    ["fill_value", "interpolation", "scale"], "inferFloatTypes">;
def NN_RandomPosterizationOp : NN_AugmentationLayer<"random_posterization", "RandomPosterization",
    ["value_range"]>;
def NN_RandomRotationOp : NN_AugmentationLayer<"random_rotation", "RandomRotation",
    ["fill_mode", "fill_value", "interpolation"], "inferFloatTypes">;
def NN_RandomSaturationOp : NN_AugmentationLayer<"random_saturation", "RandomSaturation",
    ["value_range"]>;
def NN_RandomSharpnessOp : NN_AugmentationLayer<"random_sharpness", "RandomSharpness",
    ["value_range"]>;
def NN_RandomShearOp : NN_AugmentationLayer<"random_shear", "RandomShear",
    ["fill_mode", "fill_value", "interpolation", "x_factor", "y_factor"], "inferFloatTypes">;
def NN_RandomTranslationOp : NN_AugmentationLayer<"random_translation", "RandomTranslation",
    ["fill_mode", "fill_value", "height_factor", "interpolation", "width_factor"], "inferFloatTypes">;
def NN_RandomZoomOp : NN_AugmentationLayer<"random_zoom", "RandomZoom",
    ["fill_mode", "fill_value", "height_factor", "interpolation", "width_factor"], "inferFloatTypes">;

def NN_RandomCropOp
    : NN_ImageLayer<"random_crop", "RandomCrop", [NN_TrainingOnly]> {
  let summary = "the whole image itself; crops in training only";
  let description = [{
    Keras declares a result of `height` and `width`, but gives the image as it
    is at inference; so does this.
  }];
  let elementTypes = "keepTypes";
  let required = ["height", "width"];
  let keys = (ins NN_PositiveInt:$height, NN_PositiveInt:$width,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
  let trainingKeys = ["bounding_box_format", "factor", "seed"];
}

#endif // NN_IMAGE_OPS_TD
