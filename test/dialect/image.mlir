// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Layers on images keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.resizing {antialias = true, bounding_box_format = "xyxy", crop_to_aspect_ratio = true, data_format = "channels_first", fill_mode = "constant", fill_value = 1.0, height = 4, interpolation = "area", pad_to_aspect_ratio = true, width = 5}
// CHECK-NEXT: {{.*}} = nn.center_crop {bounding_box_format = "xyxy", data_format = "channels_first", height = 4, width = 5}
// CHECK-NEXT: {{.*}} = nn.auto_contrast {bounding_box_format = "xyxy", data_format = "channels_first", value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.contrast_limited_adaptive_histogram_equalization {bounding_box_format = "xyxy", clip_limit = 2.0, data_format = "channels_first", factor = 0.0, tile_grid_size = [4, 4], value_range = [0, 1]}
// CHECK-NEXT: {{.*}} = nn.max_num_bounding_boxes {bounding_box_format = "xyxy", data_format = "channels_first", fill_value = 0, max_number = 3}
// CHECK-NEXT: {{.*}} = nn.aug_mix {all_ops = 0.5, alpha = 0.5, bounding_box_format = "xyxy", chain_depth = 0.5, data_format = "channels_first", factor = 0.5, interpolation = 0.5, num_chains = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.cut_mix {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7}
// CHECK-NEXT: {{.*}} = nn.mix_up {alpha = 0.5, bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7}
// CHECK-NEXT: {{.*}} = nn.rand_augment {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, interpolation = 0.5, magnitude = 0.5, num_magnitude_bins = 0.5, num_ops = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.equalization {bins = 0.5, bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.solarization {addition_factor = 0.5, bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, threshold_factor = 0.5, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_brightness {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_color_degeneration {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_color_jitter {bounding_box_format = "xyxy", brightness_factor = 0.5, contrast_factor = 0.5, data_format = "channels_first", factor = 0.5, hue_factor = 0.5, saturation_factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_contrast {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_elastic_transform {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, fill_mode = 0.5, fill_value = 0.5, interpolation = 0.5, scale = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_erasing {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, fill_value = 0.5, scale = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_flip {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, mode = 0.5, seed = 7}
// CHECK-NEXT: {{.*}} = nn.random_gaussian_blur {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, kernel_size = 0.5, seed = 7, sigma = 0.5, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_grayscale {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7}
// CHECK-NEXT: {{.*}} = nn.random_hue {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_invert {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_perspective {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, fill_value = 0.5, interpolation = 0.5, scale = 0.5, seed = 7}
// CHECK-NEXT: {{.*}} = nn.random_posterization {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_rotation {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, fill_mode = 0.5, fill_value = 0.5, interpolation = 0.5, seed = 7}
// CHECK-NEXT: {{.*}} = nn.random_saturation {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_sharpness {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
// CHECK-NEXT: {{.*}} = nn.random_shear {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, fill_mode = 0.5, fill_value = 0.5, interpolation = 0.5, seed = 7, x_factor = 0.5, y_factor = 0.5}
// CHECK-NEXT: {{.*}} = nn.random_translation {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, fill_mode = 0.5, fill_value = 0.5, height_factor = 0.5, interpolation = 0.5, seed = 7, width_factor = 0.5}
// CHECK-NEXT: {{.*}} = nn.random_zoom {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, fill_mode = 0.5, fill_value = 0.5, height_factor = 0.5, interpolation = 0.5, seed = 7, width_factor = 0.5}
// CHECK-NEXT: {{.*}} = nn.random_crop {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.0, height = 4, seed = 7, width = 5}

nn.sequential @all {
  nn.resizing {height = 4, width = 5, interpolation = "area", crop_to_aspect_ratio = true, pad_to_aspect_ratio = true, fill_mode = "constant", fill_value = 1, antialias = true, data_format = "channels_first", bounding_box_format = "xyxy"}
  nn.center_crop {height = 4, width = 5, data_format = "channels_first", bounding_box_format = "xyxy"}
  nn.auto_contrast {value_range = [0.0, 1.0], data_format = "channels_first", bounding_box_format = "xyxy"}
  nn.contrast_limited_adaptive_histogram_equalization {value_range = [0, 1], clip_limit = 2, tile_grid_size = 4, data_format = "channels_first", bounding_box_format = "xyxy", factor = 0.0}
  nn.max_num_bounding_boxes {max_number = 3, fill_value = 0, data_format = "channels_first", bounding_box_format = "xyxy"}
  nn.aug_mix {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, alpha = 0.5, all_ops = 0.5, chain_depth = 0.5, interpolation = 0.5, num_chains = 0.5, value_range = [0.0, 1.0]}
  nn.cut_mix {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7}
  nn.mix_up {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, alpha = 0.5}
  nn.rand_augment {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, interpolation = 0.5, magnitude = 0.5, num_magnitude_bins = 0.5, num_ops = 0.5, value_range = [0.0, 1.0]}
  nn.equalization {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, bins = 0.5, value_range = [0.0, 1.0]}
  nn.solarization {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, addition_factor = 0.5, threshold_factor = 0.5, value_range = [0.0, 1.0]}
  nn.random_brightness {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_color_degeneration {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_color_jitter {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, brightness_factor = 0.5, contrast_factor = 0.5, hue_factor = 0.5, saturation_factor = 0.5, value_range = [0.0, 1.0]}
  nn.random_contrast {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_elastic_transform {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, fill_mode = 0.5, fill_value = 0.5, interpolation = 0.5, scale = 0.5, value_range = [0.0, 1.0]}
  nn.random_erasing {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, fill_value = 0.5, scale = 0.5, value_range = [0.0, 1.0]}
  nn.random_flip {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, mode = 0.5}
  nn.random_gaussian_blur {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, kernel_size = 0.5, sigma = 0.5, value_range = [0.0, 1.0]}
  nn.random_grayscale {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7}
  nn.random_hue {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_invert {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_perspective {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, fill_value = 0.5, interpolation = 0.5, scale = 0.5}
  nn.random_posterization {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_rotation {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, fill_mode = 0.5, fill_value = 0.5, interpolation = 0.5}
  nn.random_saturation {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_sharpness {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, value_range = [0.0, 1.0]}
  nn.random_shear {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, fill_mode = 0.5, fill_value = 0.5, interpolation = 0.5, x_factor = 0.5, y_factor = 0.5}
  nn.random_translation {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, fill_mode = 0.5, fill_value = 0.5, height_factor = 0.5, interpolation = 0.5, width_factor = 0.5}
  nn.random_zoom {bounding_box_format = "xyxy", data_format = "channels_first", factor = 0.5, seed = 7, fill_mode = 0.5, fill_value = 0.5, height_factor = 0.5, interpolation = 0.5, width_factor = 0.5}
  nn.random_crop {height = 4, width = 5, data_format = "channels_first", bounding_box_format = "xyxy", factor = 0.0, seed = 7}
}
