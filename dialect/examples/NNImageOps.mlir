// Examples for the reference: images: resizing, cropping, contrast.

nn.sequential @resizing {
  nn.input {shape = [20, 30, 3]}
  nn.resizing {height = 32, width = 32, interpolation = "bilinear"}
}
// -----
nn.sequential @center_crop {
  nn.input {shape = [32, 32, 3]}
  nn.center_crop {height = 28, width = 28}
}
// -----
nn.sequential @auto_contrast {
  nn.input {shape = [28, 28, 3]}
  nn.auto_contrast {value_range = [0, 255]}
}
// -----
nn.sequential @contrast_limited_adaptive_histogram_equalization {
  nn.input {shape = [32, 32, 3]}
  nn.contrast_limited_adaptive_histogram_equalization {value_range = [0, 255], tile_grid_size = [4, 4]}
}
// -----
nn.sequential @max_num_bounding_boxes {
  nn.input {shape = [28, 28, 3]}
  nn.max_num_bounding_boxes {max_number = 4}
}
// -----
nn.sequential @aug_mix {
  nn.input {shape = [28, 28, 3]}
  nn.aug_mix
}
// -----
nn.sequential @cut_mix {
  nn.input {shape = [28, 28, 3]}
  nn.cut_mix
}
// -----
nn.sequential @mix_up {
  nn.input {shape = [28, 28, 3]}
  nn.mix_up
}
// -----
nn.sequential @rand_augment {
  nn.input {shape = [28, 28, 3]}
  nn.rand_augment
}
// -----
nn.sequential @equalization {
  nn.input {shape = [28, 28, 3]}
  nn.equalization
}
// -----
nn.sequential @solarization {
  nn.input {shape = [28, 28, 3]}
  nn.solarization
}
// -----
nn.sequential @random_brightness {
  nn.input {shape = [28, 28, 3]}
  nn.random_brightness {factor = 0.2}
}
// -----
nn.sequential @random_color_degeneration {
  nn.input {shape = [28, 28, 3]}
  nn.random_color_degeneration {factor = 0.2}
}
// -----
nn.sequential @random_color_jitter {
  nn.input {shape = [28, 28, 3]}
  nn.random_color_jitter
}
// -----
nn.sequential @random_contrast {
  nn.input {shape = [28, 28, 3]}
  nn.random_contrast {factor = 0.2}
}
// -----
nn.sequential @random_elastic_transform {
  nn.input {shape = [28, 28, 3]}
  nn.random_elastic_transform
}
// -----
nn.sequential @random_erasing {
  nn.input {shape = [28, 28, 3]}
  nn.random_erasing
}
// -----
nn.sequential @random_flip {
  nn.input {shape = [28, 28, 3]}
  nn.random_flip {mode = "horizontal"}
}
// -----
nn.sequential @random_gaussian_blur {
  nn.input {shape = [28, 28, 3]}
  nn.random_gaussian_blur
}
// -----
nn.sequential @random_grayscale {
  nn.input {shape = [28, 28, 3]}
  nn.random_grayscale
}
// -----
nn.sequential @random_hue {
  nn.input {shape = [28, 28, 3]}
  nn.random_hue {factor = 0.2}
}
// -----
nn.sequential @random_invert {
  nn.input {shape = [28, 28, 3]}
  nn.random_invert
}
// -----
nn.sequential @random_perspective {
  nn.input {shape = [28, 28, 3]}
  nn.random_perspective
}
// -----
nn.sequential @random_posterization {
  nn.input {shape = [28, 28, 3]}
  nn.random_posterization
}
// -----
nn.sequential @random_rotation {
  nn.input {shape = [28, 28, 3]}
  nn.random_rotation {factor = 0.1}
}
// -----
nn.sequential @random_saturation {
  nn.input {shape = [28, 28, 3]}
  nn.random_saturation {factor = 0.2}
}
// -----
nn.sequential @random_sharpness {
  nn.input {shape = [28, 28, 3]}
  nn.random_sharpness {factor = 0.2}
}
// -----
nn.sequential @random_shear {
  nn.input {shape = [28, 28, 3]}
  nn.random_shear
}
// -----
nn.sequential @random_translation {
  nn.input {shape = [28, 28, 3]}
  nn.random_translation {height_factor = 0.1, width_factor = 0.1}
}
// -----
nn.sequential @random_zoom {
  nn.input {shape = [28, 28, 3]}
  nn.random_zoom {height_factor = 0.1}
}
// -----
nn.sequential @random_crop {
  nn.input {shape = [32, 32, 3]}
  nn.random_crop {height = 28, width = 28}
}
