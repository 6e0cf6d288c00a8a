// Times a model that nnc has compiled to WebAssembly beside the same in
// TensorFlow.js on its WebAssembly backend (XNNPACK), in turn in one process:
// in a page of a browser (web.html), or in Node:
//
//   node web.mjs --packages FOLDER --folder MODEL --calls N --rounds N
//                --seconds S
//
// In Node time is that of the processor, which other work on the machine does
// not change. Browsers have a clock alone, and a coarse one: a sample is as
// many calls as take 20 ms.
import {loadModel} from './tfjs_model.mjs';

const SAMPLE = 20;  // milliseconds
const now = globalThis.process?.cpuUsage ?
    () => process.cpuUsage().user / 1000 :
    () => performance.now();

/// What both programs need; `read` gives a file's bytes, `module` nnc's ES
/// module.
async function prepare({tf, layers, read, module}) {
  const floats = new Float32Array(await read('input.f32'));
  const json = new TextDecoder().decode(await read('model.keras.json'));
  const theirs =
      await loadModel(tf, layers, json, await read('weights.safetensors'));
  const input = tf.tensor(floats, theirs.inputs[0].shape);
  const ours = await module.load(await read('nnc-web.wasm'));
  const inputs = {[module.info.inputs[0].name]: floats};
  const output = module.info.outputs[0].name;
  return {
    nnc: () => ours.run(inputs)[output],
    tfjs: () => {
      const result = theirs.predictOnBatch(input);
      const values = result.dataSync();
      result.dispose();
      return values;
    },
  };
}

/// The largest difference, relative to the largest value.
function difference(ours, theirs) {
  let largest = 0, apart = ours.length === theirs.length ? 0 : Infinity;
  ours.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(theirs[i]));
    apart = Math.max(apart, Math.abs(value - theirs[i]));
  });
  return apart / largest;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/// Milliseconds of one call, from samples taken for so long.
function time(call, seconds) {
  const end = now() + 1000 * seconds, times = [];
  do {
    const before = now();
    let calls = 0, after;
    do {
      call();
      ++calls;
      after = now();
    } while (after - before < SAMPLE);
    times.push((after - before) / calls);
  } while (now() < end || times.length < 3);
  return median(times);
}

export async function measure(model, {calls, rounds, seconds}) {
  const programs = await prepare(model);
  const results = Object.values(programs).map(call => {
    for (let i = 1; i < calls; i++) call();
    return call();
  });
  const apart = difference(...results);
  // Engines compile once more, and better, what runs for long.
  for (const call of Object.values(programs)) time(call, 2 * seconds);
  const times = {nnc: [], tfjs: []};
  for (let round = 0; round < rounds; round++)
    for (const [name, call] of Object.entries(programs))
      times[name].push(time(call, seconds));
  return {difference: apart, nnc: median(times.nnc), tfjs: median(times.tfjs)};
}

async function main() {
  const {readFileSync} = await import('node:fs');
  const path = await import('node:path');
  const {pathToFileURL} = await import('node:url');
  const {option, require} = await import('./common.mjs');
  const tf = require('@tensorflow/tfjs-core');
  const layers = require('@tensorflow/tfjs-layers');
  require('@tensorflow/tfjs-backend-cpu');
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  const file = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
  wasm.setWasmPaths(path.dirname(file) + '/dist/');
  tf.env().set('PROD', true);
  await tf.setBackend('wasm');
  await tf.ready();
  const folder = option('--folder');
  const read = name => {
    const data = readFileSync(path.join(folder, name));
    return data.buffer.slice(data.byteOffset, data.byteOffset + data.length);
  };
  const module = await import(pathToFileURL(path.join(folder, 'nnc-web.mjs')));
  console.log(JSON.stringify(await measure({tf, layers, read, module}, {
    calls: +option('--calls'),
    rounds: +option('--rounds'),
    seconds: +option('--seconds'),
  })));
  process.exit(0);
}

if (globalThis.process?.argv) await main();
