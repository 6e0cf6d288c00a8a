// A model of TensorFlow.js from Keras's JSON, with the names of each layer's
// weights, and the weights in safetensors. Runs in Node and in browsers.

/// A function that gives the tensor of a name.
function readWeights(tf, buffer) {
  const size = Number(new DataView(buffer).getBigUint64(0, true));
  const text = new TextDecoder().decode(new Uint8Array(buffer, 8, size));
  const header = JSON.parse(text);
  return name => {
    const {shape, data_offsets: [begin, end]} = header[name];
    const values = buffer.slice(8 + size + begin, 8 + size + end);
    return tf.tensor(new Float32Array(values), shape, 'float32');
  };
}

/// `tf` and `layers` are the packages, `text` is the JSON, `buffer` has the
/// weights.
export async function loadModel(tf, layers, text, buffer) {
  const {model: config, weights} = JSON.parse(text);
  const model = await layers.loadLayersModel(
      {load: async () => ({modelTopology: {model_config: config}})});
  const weightOf = readWeights(tf, buffer);
  for (const [layer, names] of Object.entries(weights))
    model.getLayer(layer).setWeights(names.map(weightOf));
  return model;
}
