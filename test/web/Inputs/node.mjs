// Runs the models of node.test, which are WebAssembly modules in WORK, and
// compares what they compute, and what they say of wrong inputs.
//
//   node node.mjs WORK DIGITS_DATA
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [work, data] = process.argv.slice(2);
const modules = {};
for (const name
         of ['digits_cnn', 'scalar', 'digits_resnet', 'two', 'types', 'tokens',
             'whole', 'parts', 'fixed', 'apart'])
  modules[name] = await import(pathToFileURL(path.join(work, name + '.mjs')));

function readNpy(name, Type) {
  const file = readFileSync(path.join(data, name));
  return new Type(file.buffer.slice(
      file.byteOffset + 10 + file.readUInt16LE(8),
      file.byteOffset + file.length));
}

function random(count) {
  let seed = 1;
  return Float32Array.from({length: count}, () => {
    seed = seed * 48271 % 2147483647;
    return seed / 2147483647 - 0.5;
  });
}

async function fails(call, name, message) {
  await assert.rejects(async () => call(), {name, message});
}

const images = readNpy('images.npy', Float32Array);
const labels = readNpy('labels.npy', BigInt64Array);

async function digits(name, probabilities) {
  const model = await modules[name].load();
  const {digits} = model.run({image: images});
  const wanted = readNpy(probabilities, Float32Array);
  let right = 0;
  for (let i = 0; i < labels.length; ++i) {
    const row = digits.subarray(10 * i, 10 * i + 10);
    right += row.indexOf(Math.max(...row)) === Number(labels[i]);
    row.forEach(
        (p, j) => assert.ok(Math.abs(p - wanted[10 * i + j]) < 1e-5, name));
  }
  console.log(`${name}: ${right} of ${labels.length}`);
  return digits;
}

/// One by one and all at once, in memory that grows; in arrays of the caller's.
async function batches() {
  const all = await digits('digits_cnn', 'digits_cnn.probs.npy');
  await digits('scalar', 'digits_cnn.probs.npy');
  await digits('digits_resnet', 'digits_resnet.probs.npy');
  const model = await modules.digits_cnn.load();
  const first = model.run({image: images.subarray(0, 64)}).digits;
  const kept = first.slice();
  for (const batch of [0, 1, 5, 360]) {
    const image = images.subarray(0, 64 * batch);
    assert.deepEqual(model.run({image}).digits, all.subarray(0, 10 * batch));
  }
  const large = new Float32Array(64 * 40000);
  large.set(images);
  const out = {digits: new Float32Array(400000)};
  assert.equal(model.run({image: large}, {out}).digits, out.digits);
  assert.deepEqual(out.digits.subarray(0, 3600), all);
  assert.deepEqual(first, kept);
  // An input that is also the output's place, and a call within a call.
  const own = images.slice(0, 640);
  model.run({image: own}, {out: {digits: own.subarray(0, 100)}});
  assert.deepEqual(own.slice(0, 100), all.slice(0, 100));
  const inputs = {
    get image() {
      model.run({image: large});
      return images;
    },
  };
  assert.deepEqual(model.run(inputs).digits, all);
}

async function sources() {
  const file = path.join(work, 'two.wasm');
  const bytes = readFileSync(file);
  const {load, info} = modules.two;
  const response = () =>
      new Response(bytes, {headers: {'Content-Type': 'application/wasm'}});
  for (const source
           of [undefined, file, pathToFileURL(file), pathToFileURL(file).href,
               bytes, Uint8Array.from(bytes).buffer,
               new WebAssembly.Module(bytes), new Response(bytes), response(),
               Promise.resolve(response())]) {
    const model = await load(source);
    const {sum, b} = model.run(
        {left: new Float32Array([1, 2, 3, 4]), right: [1, 0, 0, 1, 1, 1]});
    assert.deepEqual([...sum, ...b], [121, 343, 100, 300]);
  }
  assert.equal(info.name, 'two');
  assert.equal(info.batch, 0);
  assert.deepEqual(info.inputs[1].shape, [3]);
  assert.ok(Object.isFrozen(info.inputs[1].shape));

  await fails(
      () => load(5), 'TypeError', 'expected a URL, a Response or bytes, got 5');
  await fails(
      () => load(new Response('', {status: 404, statusText: 'No'})), 'Error',
      'cannot load \'\': 404 No');
  await fails(() => load(new Uint8Array(8)), 'CompileError', /magic/);
  await fails(() => load(path.join(work, 'none.wasm')), 'Error', /ENOENT/);
  await fails(
      () => load(path.join(work, 'types.wasm')), 'TypeError',
      'the WebAssembly module is not \'two\'');
  await fails(
      () => modules.fixed.load(path.join(work, 'apart.wasm')), 'TypeError',
      'the WebAssembly module and this file of \'fixed\' were not ' +
          'made together');
  await fails(
      () => load(undefined, {batch: 2}), 'RangeError',
      '\'two\' keeps no state: the batch is that of a call');
}

async function wrongInputs() {
  const model = await modules.two.load();
  const left = new Float32Array(4), right = new Float32Array(6);
  const wrong = (inputs, name, message, options) =>
      fails(() => model.run(inputs, options), name, message);
  await wrong(
      {left: new Float32Array(3), right}, 'RangeError',
      'input \'left\': expected (batch, 2) = 2 values a sample, got 3');
  await wrong(
      {left, right: new Float32Array(9)}, 'RangeError',
      'input \'right\': expected (batch, 3) = 3 values a sample, ' +
          '2 samples as of input \'left\', got 9');
  await wrong(
      {left}, 'TypeError',
      'input \'right\': expected (batch, 3) as a Float32Array, got ' +
          'undefined');
  await wrong(
      {left, right: new Float64Array(6)}, 'TypeError',
      'input \'right\': expected (batch, 3) as a Float32Array, got ' +
          'Float64Array');
  await wrong(
      {left, right: [1, 2, '3']}, 'TypeError',
      'input \'right\': expected float32 in the array, got 3');
  await wrong(
      {left, right, up: left}, 'TypeError',
      'there is no input \'up\'; the inputs are \'left\', \'right\'');
  await wrong(
      left, 'TypeError',
      'expected an object with the inputs \'left\', \'right\', got ' +
          'Float32Array');
  await wrong(undefined, 'TypeError', /got undefined/);
  await wrong(
      {left, right}, 'RangeError',
      'output \'b\': expected a Float32Array of 2 values, got ' +
          'Float32Array of 3',
      {out: {b: new Float32Array(3)}});
  await wrong(
      {left, right}, 'TypeError',
      'there is no output \'c\'; the outputs are \'sum\', \'b\'',
      {out: {c: left}});
  assert.deepEqual([...model.run({left, right}).sum], [0, 0]);
}

async function types() {
  const model = await modules.types.load();
  const inputs = {
    wide: new BigInt64Array([-1n, 2n ** 62n]),
    half: new Uint16Array([0x3c00, 0xfc00]),
    pixel: new Uint8ClampedArray([0, 255]),
    flag: new Uint8Array([0, 1]),
    small: new Int16Array([-32768, 32767]),
  };
  const {l, h, p, f, s} = model.run(inputs);
  assert.deepEqual(l, inputs.wide);
  assert.deepEqual(h, inputs.half);
  assert.deepEqual([...p], [0, 255]);
  assert.deepEqual(f, inputs.flag);
  assert.deepEqual(s, inputs.small);
  const arrays = {...inputs, wide: [7, -8n], flag: [true, 0], small: [1, -1]};
  const again = model.run(arrays);
  assert.deepEqual([...again.l], [7n, -8n]);
  assert.deepEqual([...again.f], [1, 0]);
  const wrong = (change, message) =>
      fails(() => model.run({...inputs, ...change}), 'TypeError', message);
  await wrong(
      {small: [1, 40000]},
      'input \'small\': expected int16 in the array, got 40000');
  await wrong(
      {wide: [0.5, 1]}, 'input \'wide\': expected int64 in the array, got 0.5');
  await wrong(
      {half: [1, 2]},
      'input \'half\': expected float16 in a Uint16Array, got Array');
  await wrong(
      {wide: new Int32Array(2)},
      'input \'wide\': expected (batch, 2) as a BigInt64Array, got ' +
          'Int32Array');
}

/// Of a model that keeps a state, and errors that leave it as it was.
async function states() {
  const {load} = modules.tokens;
  const model = await load();
  const tokens = Int32Array.of(1, 2, 3);
  const first = model.run({tokens}).y;
  const saved = model.saveState();
  const second = model.run({tokens}).y;
  assert.notDeepEqual(first, second);
  model.restoreState(saved);
  await fails(
      () => model.run({tokens: [1, 10, 2]}), 'RangeError',
      'tokens: an input value addresses outside its table');
  assert.deepEqual(model.run({tokens}).y, second);
  model.reset();
  assert.deepEqual(model.run({tokens}).y, first);
  await fails(
      () => model.run({tokens: [1, 2, 3, 4, 5, 6]}), 'RangeError',
      'input \'tokens\': expected (1, 3) = 3 values, got 6');
  await fails(
      () => model.restoreState(saved.subarray(1)), 'RangeError',
      `a state of 'tokens' is a Uint8Array of ${saved.length} bytes`);

  const rows = await load(undefined, {batch: 2});
  const both = rows.run({tokens: [4, 5, 6, ...tokens]}).y;
  assert.deepEqual(both.slice(5), first);
  await fails(
      () => load(undefined, {batch: 0}), 'RangeError',
      'the batch is a positive integer, not 0');
}

/// Blocks of any length give the bits of the whole, in one row and in several.
async function streams() {
  const x = random(24);
  const whole = (await modules.whole.load()).run({x}).y;
  const model = await modules.parts.load();
  const found = [];
  for (const [begin, end] of [[0, 1], [1, 1], [1, 6], [6, 12]])
    found.push(...model.run({x: x.subarray(2 * begin, 2 * end)}).y);
  assert.deepEqual(Float32Array.from(found), whole);
  const rows = await modules.parts.load(undefined, {batch: 2});
  const both = rows.run({x: new Float32Array([...x, ...x])}).y;
  assert.deepEqual(both.slice(36), whole);
  await fails(
      () => rows.run({x: x.subarray(0, 6)}), 'RangeError',
      'input \'x\': expected (2, steps, 2) = 4 values a step, got 6');
}

async function batchesAndWeights() {
  const fixed = await modules.fixed.load();
  const x = random(6);
  const {y} = fixed.run({x});
  await fails(
      () => fixed.run({x: x.subarray(2)}), 'RangeError',
      'input \'x\': expected (3, 2) = 6 values, got 4');
  const {load} = modules.apart;
  const weights = path.join(work, 'apart.weights');
  const apart = await load(undefined, {weights});
  assert.deepEqual(apart.run({x}).y, y);
  const other = await load(
      undefined, {weights: readFileSync(path.join(work, 'other.weights'))});
  assert.notDeepEqual(other.run({x}).y, y);
  await fails(
      () => load(), 'TypeError',
      'the weights are in a file of their own: load(source, ' +
          '{weights})');
  const bytes = readFileSync(weights);
  await fails(
      () => load(undefined, {weights: bytes.subarray(1)}), 'RangeError',
      `the weights of 'fixed' have ${bytes.length} bytes, got ${
          bytes.length - 1}`);
  bytes[16] ^= 1;
  await fails(
      () => load(undefined, {weights: bytes}), 'RangeError',
      'the weights belong to another model');
}

for (const test
         of [batches, sources, wrongInputs, types, states, streams,
             batchesAndWeights])
  try {
    await test();
  } catch (error) {
    console.log(`wrong: ${test.name}: ${error.stack}`);
    process.exitCode = 1;
  }
console.log(process.exitCode ? 'not all right' : 'all is right');
