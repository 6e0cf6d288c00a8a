// Times an ONNX model in ONNX Runtime Web (WebAssembly with SIMD) in Node.
//
//   node ort_web.mjs --packages FOLDER --model model.onnx [options of bench.h]
//
// Inputs after the first are a stream's state: NAME_in, which the output
// NAME_out hands on.
import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import {option, readFloats, require, run} from './common.mjs';

const ort = await import(pathToFileURL(require.resolve('onnxruntime-web')));
const api = ort.InferenceSession ? ort : ort.default;
api.env.wasm.numThreads = 1;
const session = await api.InferenceSession.create(
    readFileSync(option('--model')),
    {executionProviders: ['wasm'], graphOptimizationLevel: 'all'});
const feeds = {};
session.inputMetadata.forEach((input, index) => {
  const size = input.shape.reduce((a, b) => a * b, 1);
  const values =
      index === 0 ? readFloats(option('--input')) : new Float32Array(size);
  feeds[input.name] = new api.Tensor('float32', values, input.shape);
});

let results;
await run(
    async () => { results = await session.run(feeds); },
    () => {
      for (const name of session.outputNames)
        if (name.endsWith('_out'))
          feeds[name.slice(0, -3) + 'in'].data.set(results[name].data);
    },
    () => results[session.outputNames[0]].data);
