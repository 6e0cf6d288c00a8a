// Times a model in TensorFlow.js on its WebAssembly backend (XNNPACK) in Node.
//
//   node tfjs.mjs --packages FOLDER --model model.keras.json
//                 --weights weights.safetensors [options of bench.h]
//
// The model is Keras's JSON with the names of each layer's weights.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {option, readFloats, require, run} from './common.mjs';
import {loadModel} from './tfjs_model.mjs';

const tf = require('@tensorflow/tfjs-core');
const layers = require('@tensorflow/tfjs-layers');
require('@tensorflow/tfjs-backend-cpu');
const wasm = require('@tensorflow/tfjs-backend-wasm');

const file = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
wasm.setWasmPaths(path.dirname(file) + '/dist/');
tf.env().set('PROD', true);
await tf.setBackend('wasm');
await tf.ready();

const weights = readFileSync(option('--weights'));
const model = await loadModel(
    tf, layers, readFileSync(option('--model'), 'utf8'),
    weights.buffer.slice(weights.byteOffset,
                         weights.byteOffset + weights.length));
const input = tf.tensor(readFloats(option('--input')), model.inputs[0].shape);

let output;
await run(
    () => {
      const result = model.predictOnBatch(input);
      output = result.dataSync();
      result.dispose();
    },
    () => {}, () => output);
