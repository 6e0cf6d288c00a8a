// Times a model in TensorFlow.js on its WebAssembly backend (XNNPACK) in Node.
//
//   node tfjs.mjs --packages FOLDER --model model.keras.json
//                 --weights weights.safetensors [options of bench.h]
//
// The model is Keras's JSON with the names of each layer's weights.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {option, readFloats, require, run} from './common.mjs';

const tf = require('@tensorflow/tfjs-core');
const layers = require('@tensorflow/tfjs-layers');
require('@tensorflow/tfjs-backend-cpu');
const wasm = require('@tensorflow/tfjs-backend-wasm');

const file = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
wasm.setWasmPaths(path.dirname(file) + '/dist/');
tf.env().set('PROD', true);
await tf.setBackend('wasm');
await tf.ready();

/// A function that gives the tensor of a name.
function readWeights(from) {
  const data = readFileSync(from);
  const size = Number(data.readBigUInt64LE(0));
  const header = JSON.parse(data.toString('utf8', 8, 8 + size));
  return name => {
    const {shape, data_offsets: [begin, end]} = header[name];
    const at = data.byteOffset + 8 + size + begin;
    const values = data.buffer.slice(at, at + end - begin);
    return tf.tensor(new Float32Array(values), shape, 'float32');
  };
}

const {model: config, weights} =
    JSON.parse(readFileSync(option('--model'), 'utf8'));
const model = await layers.loadLayersModel(
    {load: async () => ({modelTopology: {model_config: config}})});
const weightOf = readWeights(option('--weights'));
for (const [layer, names] of Object.entries(weights))
  model.getLayer(layer).setWeights(names.map(weightOf));
const input = tf.tensor(readFloats(option('--input')), model.inputs[0].shape);

let output;
await run(
    () => {
      const result = model.predictOnBatch(input);
      output = result.dataSync();
      result.dispose();
    },
    () => {}, () => output);
