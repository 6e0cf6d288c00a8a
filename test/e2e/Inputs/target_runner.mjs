// Runs a model of WebAssembly that is linked with target_runner.c; says there
// what the arguments are.
//
//   node target_runner.mjs MODULE BATCH CALLS INPUTS OUTPUTS

import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// Until Node 21 relaxed SIMD is there, but has to be asked for.
if (parseInt(process.versions.node) < 21)
  setFlagsFromString("--experimental-wasm-relaxed-simd");

const [path, batch, calls, inputs, outputs] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(path), {});
const runner = instance.exports;

const given = readFileSync(inputs);
if (given.length !== runner.runner_inputs(+batch))
  throw new Error(`${inputs}: ${given.length} bytes are not what it takes`);
const start = Math.ceil(runner.__heap_base.value / 64) * 64;
const end = start + runner.runner_memory(+batch);
runner.memory.grow(Math.ceil((end - runner.memory.buffer.byteLength) / 65536));
new Uint8Array(runner.memory.buffer).set(given, start);
const status = runner.runner_call(+batch, +calls, start);
if (status !== 0)
  throw new Error(`status ${status}`);
writeFileSync(outputs, new Uint8Array(runner.memory.buffer,
                                      start + given.length,
                                      runner.runner_outputs(+batch)));
