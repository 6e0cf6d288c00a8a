//===- NNTrainingOps.td - layers that pass their input through ------------===//

#ifndef NN_TRAINING_OPS_TD
#define NN_TRAINING_OPS_TD

include "dialect/NNBase.td"

class NN_TrainingLayer<string mnemonic, string kerasClass>
    : NN_Layer<mnemonic, kerasClass, [], [NN_TrainingOnly]> {
  let elementTypes = "keepTypes";
  let masks = "passMasks";
}

class NN_DropoutLayer<string mnemonic, string kerasClass>
    : NN_TrainingLayer<mnemonic, kerasClass> {
  let required = ["rate"];
  let keys = (ins NN_Float:$rate);
  let trainingKeys = ["seed", "noise_shape"];
}

def NN_DropoutOp : NN_DropoutLayer<"dropout", "Dropout">;
def NN_AlphaDropoutOp : NN_DropoutLayer<"alpha_dropout", "AlphaDropout">;
def NN_GaussianDropoutOp
    : NN_DropoutLayer<"gaussian_dropout", "GaussianDropout">;
def NN_SpatialDropout1DOp
    : NN_DropoutLayer<"spatial_dropout1d", "SpatialDropout1D">;

class NN_SpatialDropoutLayer<string mnemonic, string kerasClass>
    : NN_TrainingLayer<mnemonic, kerasClass> {
  let required = ["rate"];
  let keys = (ins NN_Float:$rate,
      NN_DefaultWord<NN_DataFormat, "channels_last">:$data_format);
  let trainingKeys = ["seed"];
}

def NN_SpatialDropout2DOp
    : NN_SpatialDropoutLayer<"spatial_dropout2d", "SpatialDropout2D">;
def NN_SpatialDropout3DOp
    : NN_SpatialDropoutLayer<"spatial_dropout3d", "SpatialDropout3D">;

def NN_GaussianNoiseOp : NN_TrainingLayer<"gaussian_noise", "GaussianNoise"> {
  let required = ["stddev"];
  let keys = (ins NN_Float:$stddev);
  let trainingKeys = ["seed"];
}

def NN_ActivityRegularizationOp
    : NN_TrainingLayer<"activity_regularization", "ActivityRegularization"> {
  let keys = (ins NN_Default<NN_Float, "0.0">:$l1, NN_Default<NN_Float, "0.0">:$l2);
}

def NN_StochasticDepthOp : NN_TrainingLayer<"stochastic_depth", "StochasticDepth"> {
  let masks = "dropMasks";
  let required = ["drop_path_rate"];
  let keys = (ins NN_Float:$drop_path_rate);
}

#endif // NN_TRAINING_OPS_TD
