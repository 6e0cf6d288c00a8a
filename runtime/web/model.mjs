// The part of a model's ES module that is the same for all models. nnc puts the
// model's description, MODEL and moduleURL, before what follows the next line
// (compiler/emit/ModuleEmitter.cpp), so that a model is one module without
// imports. It runs in browsers, workers, Node, Deno and Bun.
//
// Memory of the instance: static data and stack, as linked; then, from
// __heap_base on, the args struct (nnc/abi.h), workspace, state and weights;
// then, anew in each call, inputs and outputs. Growing detaches all views of
// the memory, therefore none is kept.
// nnc-module-begin
const PAGE = 65536;
const TYPES = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};
// The statuses of nnc/abi.h that callers of this module can cause.
const STATUS_SIGNATURE = 2;
const REASONS = {
  3: 'the batch is too large',
  7: 'an input value addresses outside its table',
  8: 'the weights belong to another model',
  13: 'there are too many steps',
};

export const info = freeze({
  name: MODEL.name,
  batch: MODEL.batch,
  stream: MODEL.stream,
  inputs: MODEL.inputs,
  outputs: MODEL.outputs,
});

/// Compiles and instantiates the model; see the types for what it takes.
export async function load(source = moduleURL(), {batch, weights} = {}) {
  const rows = checkRows(batch);
  if (MODEL.weightsBytes && weights === undefined)
    throw new TypeError(
        'the weights are in a file of their own: load(source, {weights})');
  const [module, bytes] = await Promise.all([
    compile(source),
    MODEL.weightsBytes ? read(weights) : null,
  ]);
  const {exports} = await WebAssembly.instantiate(module, {});
  return new Model(exports, rows, bytes);
}

export class Model {
  #exports;
  #rows;
  #args;
  #workspace;
  #state;
  #weights;
  #end;

  constructor(exports, rows, weights) {
    this.#exports = exports;
    this.#rows = rows;
    if (typeof this.#function('run') !== 'function' || !exports.memory)
      throw new TypeError(`the WebAssembly module is not '${MODEL.name}'`);
    this.#end = align(exports.__heap_base.value);
    this.#args =
        this.#reserve(48 + 4 * (MODEL.inputs.length + MODEL.outputs.length));
    this.#workspace = this.#reserve(MODEL.workspaceBytes);
    this.#state = this.#reserve(rows * MODEL.stateBytes);
    this.#weights = this.#reserve(MODEL.weightsBytes);
    this.#grow(this.#end);
    // A call without samples checks no more than what belongs together.
    if (this.#call(0, 0, [], []) === STATUS_SIGNATURE)
      throw new TypeError(
          `the WebAssembly module and this file of '${MODEL.name}' were not ` +
          'made together');
    if (weights) this.#setWeights(weights);
    this.reset();
  }

  run(inputs, {out = {}} = {}) {
    checkNames('input', MODEL.inputs, inputs);
    checkNames('output', MODEL.outputs, out);
    // Nothing of the caller's runs after this line, no getter and no proxy.
    const given =
        MODEL.inputs.map((tensor) => take(tensor, inputs[tensor.name]));
    const {batch, steps} = this.#count(given);
    const count = (tensor) =>
        batch * (tensor.stepped ? steps : 1) * size(tensor);
    const results = MODEL.outputs.map(
        (tensor) => takeOut(tensor, out[tensor.name], count(tensor)));

    let end = this.#end;
    const place = (tensor) => {
      const start = end;
      end = align(end + count(tensor) * TYPES[tensor.dtype].BYTES_PER_ELEMENT);
      return start;
    };
    const from = MODEL.inputs.map(place);
    const to = MODEL.outputs.map(place);
    this.#grow(end);
    given.forEach((values, i) => {
      new TYPES[MODEL.inputs[i].dtype](this.#buffer, from[i], values.length)
          .set(values);
    });
    const status = this.#call(batch, steps, from, to);
    if (status !== 0)
      throw new RangeError(
          `${MODEL.name}: ${REASONS[status] ?? `run fails with ${status}`}`);
    return Object.fromEntries(MODEL.outputs.map((tensor, i) => {
      const view = new TYPES[tensor.dtype](this.#buffer, to[i], count(tensor));
      if (!results[i]) return [tensor.name, view.slice()];
      results[i].set(view);
      return [tensor.name, results[i]];
    }));
  }

  reset() {
    this.#function('reset')?.(this.#state, BigInt(this.#rows));
  }

  saveState() {
    return this.#stateBytes().slice();
  }

  restoreState(bytes) {
    const state = this.#stateBytes();
    if (typeName(bytes) !== 'Uint8Array' || bytes.length !== state.length)
      throw new RangeError(
          `a state of '${MODEL.name}' is a Uint8Array of ` +
          `${state.length} bytes`);
    state.set(bytes);
  }

  get #buffer() {
    return this.#exports.memory.buffer;
  }

  #stateBytes() {
    return new Uint8Array(
        this.#buffer, this.#state, this.#rows * MODEL.stateBytes);
  }

  #function(name) {
    return this.#exports[`${MODEL.symbol}_${name}`];
  }

  #reserve(bytes) {
    const start = this.#end;
    this.#end = align(start + bytes);
    return start;
  }

  #grow(end) {
    const missing = end - this.#buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#exports.memory.grow(Math.ceil(missing / PAGE));
    } catch {
      throw new RangeError(
          `${MODEL.name}: needs ${Math.ceil(end / 2 ** 20)} MB of memory, ` +
          'which WebAssembly does not get');
    }
  }

  #setWeights(bytes) {
    if (bytes.length !== MODEL.weightsBytes)
      throw new RangeError(
          `the weights of '${MODEL.name}' have ` +
          `${MODEL.weightsBytes} bytes, got ${bytes.length}`);
    new Uint8Array(this.#buffer, this.#weights, bytes.length).set(bytes);
    const head = new DataView(this.#buffer, this.#weights, 64);
    if (head.getUint32(0) !== 0x4e4e4357 ||
        head.getBigUint64(16, true) !== MODEL.fingerprint)
      throw new RangeError(REASONS[8]);
  }

  /// The samples and steps of a call, from the sizes of its inputs. Where rows
  /// are kept between calls their number is known, and the steps follow.
  #count(given) {
    const stepped = MODEL.inputs.findIndex((tensor) => tensor.stepped);
    let batch = this.#rows, steps = 1;
    if (stepped >= 0)
      steps = given[stepped].length / (batch * size(MODEL.inputs[stepped]));
    else if (!batch)
      batch = given[0].length / size(MODEL.inputs[0]);
    MODEL.inputs.forEach((tensor, i) => {
      const each = size(tensor);
      const whole = batch * (tensor.stepped ? steps : 1) * each;
      if (Number.isInteger(tensor.stepped ? steps : batch) &&
          given[i].length === whole)
        return;
      throw new RangeError(
          `input '${tensor.name}': expected ${shape(tensor, this.#rows)} = ` +
          this.#expected(tensor, i, batch) + `, got ${given[i].length}`);
    });
    return {batch, steps};
  }

  /// In words, for an error.
  #expected(tensor, index, batch) {
    const each = size(tensor);
    if (tensor.stepped) return `${this.#rows * each} values a step`;
    if (this.#rows) return `${this.#rows * each} values`;
    const values = `${each} values a sample`;
    return index === 0 ?
        values :
        `${values}, ${batch} samples as of input '${MODEL.inputs[0].name}'`;
  }

  #call(batch, steps, from, to) {
    const view = new DataView(this.#buffer, this.#args);
    view.setBigUint64(0, MODEL.signature, true);
    view.setBigInt64(8, BigInt(batch), true);
    const words = [
      this.#workspace,
      MODEL.workspaceBytes,
      MODEL.stateBytes && this.#state,
      MODEL.weightsBytes && this.#weights,
      MODEL.weightsBytes,
      0,
      ...from,
      ...to,
    ];
    words.forEach((word, i) => view.setUint32(16 + 4 * i, word, true));
    if (MODEL.stream)
      view.setBigInt64((16 + 4 * words.length + 7) & ~7, BigInt(steps), true);
    return this.#function('run')(this.#args);
  }
}

function freeze(value) {
  if (typeof value === 'object') Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

function align(bytes) {
  return Math.ceil(bytes / MODEL.alignment) * MODEL.alignment;
}

/// Values of one sample, of one step where there are steps.
function size(tensor) {
  return tensor.shape.reduce((product, extent) => product * extent, 1);
}

/// "(batch, steps, 3)"
function shape(tensor, rows) {
  const extents = tensor.stepped ? ['steps', ...tensor.shape] : tensor.shape;
  return `(${[rows || 'batch', ...extents].join(', ')})`;
}

/// "Float32Array" for one from any realm; "" for what is no typed array.
function typeName(values) {
  return ArrayBuffer.isView(values) ? values[Symbol.toStringTag] ?? '' : '';
}

function describe(values) {
  if (values === null || typeof values !== 'object') return String(values);
  return typeName(values) || values.constructor?.name || 'object';
}

/// The rows that a model keeps between calls; 0: as many as a call has.
function checkRows(batch) {
  const keeps = MODEL.stateBytes || MODEL.stream;
  if (batch === undefined) return MODEL.batch || (keeps ? 1 : 0);
  if (MODEL.batch ? batch !== MODEL.batch :
                    !keeps || !Number.isInteger(batch) || batch < 1)
    throw new RangeError(
        MODEL.batch ?
            `the batch of '${MODEL.name}' is ${MODEL.batch}` :
            keeps ?
            `the batch is a positive integer, not ${batch}` :
            `'${MODEL.name}' keeps no state: the batch is that of a call`);
  return batch;
}

function checkNames(kind, tensors, values) {
  const names = tensors.map((tensor) => `'${tensor.name}'`).join(', ');
  if (values === null || typeof values !== 'object' || typeName(values))
    throw new TypeError(`expected an object with the ${kind}s ${names}, got ${
        describe(values)}`);
  for (const name of Object.keys(values))
    if (!tensors.some((tensor) => tensor.name === name))
      throw new TypeError(
          `there is no ${kind} '${name}'; the ${kind}s are ${names}`);
}

function isType(tensor, values) {
  const name = typeName(values);
  return name === TYPES[tensor.dtype].name ||
      (tensor.dtype === 'uint8' && name === 'Uint8ClampedArray');
}

/// An input as a typed array.
function take(tensor, values) {
  if (isType(tensor, values)) return values;
  if (Array.isArray(values)) return fromArray(tensor, values);
  throw new TypeError(
      `input '${tensor.name}': expected ${shape(tensor, MODEL.batch)} as a ${
          TYPES[tensor.dtype].name}, got ${describe(values)}`);
}

/// Numbers in an array are taken if they are ones of the type.
function fromArray(tensor, values) {
  const Type = TYPES[tensor.dtype];
  const isHalf = tensor.dtype.endsWith('float16');
  const fail = (value) => {
    throw new TypeError(`input '${tensor.name}': expected ${tensor.dtype} in ${
        isHalf ? 'a Uint16Array' : 'the array'}, got ${describe(value)}`);
  };
  if (isHalf) fail(values);
  return Type.from(values, (value) => {
    if (tensor.dtype === 'bool' && typeof value === 'boolean')
      return Number(value);
    if (typeof value !== 'number' && typeof value !== 'bigint')
      return fail(value);
    if (tensor.dtype.startsWith('float')) return Number(value);
    const kept = Number.isInteger(value) || typeof value === 'bigint' ?
        Type.of(
            Type.name.startsWith('Big') ? BigInt(value) : Number(value))[0] :
        undefined;
    return kept == value ? kept : fail(value);
  });
}

/// The caller's array for an output, if there is one.
function takeOut(tensor, values, count) {
  if (values === undefined) return null;
  if (isType(tensor, values) && values.length === count) return values;
  throw new RangeError(`output '${tensor.name}': expected a ${
      TYPES[tensor.dtype].name} of ${count} values, got ${
      typeName(values) ? `${describe(values)} of ${values.length}` :
                         describe(values)}`);
}

/// A path or URL, as what fetch gives for it.
async function open(source) {
  const isPath =
      typeof source === 'string' && !/^[a-z][a-z0-9+.-]+:/i.test(source);
  const isFile = isPath || String(source).startsWith('file:');
  if (isFile && globalThis.process?.versions?.node) {
    const {readFile} = await import(
        /* webpackIgnore: true */ /* @vite-ignore */ 'node:fs/promises');
    return new Response(await readFile(isPath ? source : new URL(source)));
  }
  return fetch(source);
}

async function respond(source) {
  const isResponse = typeof source?.arrayBuffer === 'function';
  if (!isResponse && typeof source !== 'string' && !(source instanceof URL))
    throw new TypeError(
        'expected a URL, a Response or bytes, got ' + describe(source));
  const response = isResponse ? source : await open(source);
  if (response.ok === false)
    throw new Error(`cannot load '${response.url}': ${response.status} ${
        response.statusText}`);
  return response;
}

function isBuffer(source) {
  return Object.prototype.toString.call(source) === '[object ArrayBuffer]';
}

async function compile(given) {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  if (ArrayBuffer.isView(source) || isBuffer(source))
    return WebAssembly.compile(source);
  const response = await respond(source);
  const type = response.headers.get('Content-Type') ?? '';
  // Streaming insists on the right type, which not every server sends.
  return type.startsWith('application/wasm') ?
      WebAssembly.compileStreaming(response) :
      WebAssembly.compile(await response.arrayBuffer());
}

async function read(given) {
  const source = await given;
  if (ArrayBuffer.isView(source))
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(
      isBuffer(source) ? source : await (await respond(source)).arrayBuffer());
}
