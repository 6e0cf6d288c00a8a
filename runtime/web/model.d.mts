// The part of a model's TypeScript types that is the same for all models. nnc
// puts Inputs and Outputs, which differ, before what follows the next line
// (compiler/emit/ModuleEmitter.cpp).
// nnc-types-begin
/** One input or output. */
export interface Tensor {
  readonly name: string;
  /** Its name in the model. */
  readonly kerasName: string;
  /** "float32", "int64", … */
  readonly dtype: string;
  /** Of one sample, without the batch. */
  readonly shape: readonly number[];
  /** One such sample a step of a stream. */
  readonly stepped: boolean;
}

/** The model; the same for all instances. */
export const info: {
  readonly name: string;
  /** The only batch that it takes; 0: any. */
  readonly batch: number;
  /** A call takes any number of steps of time. */
  readonly stream: boolean;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
};

/** A URL, a path (Node), what fetch returns, or the bytes. */
export type Source =
    string|URL|Response|Promise<Response>|ArrayBuffer|ArrayBufferView;

export interface LoadOptions {
  /** Of models that keep a state: the samples that have one. Default: 1. */
  batch?: number;
  /** The file of `nnc --weights-out`; required if there is one. */
  weights?: Source;
}

export interface RunOptions {
  /** Arrays that get the outputs; those left out are new ones. */
  out?: Partial<Outputs>;
}

/** An instance with a memory, and a state if the model has one, of its own. */
export class Model {
  private constructor();

  /**
   * Runs the model on the samples in `inputs`, one after the other. How many
   * they are, and how many steps of a stream, follows from the arrays' lengths.
   * Throws TypeError and RangeError for what does not fit; the state is then
   * what it was.
   */
  run(inputs: Inputs, options?: RunOptions): Outputs;

  /** Starts the state anew. */
  reset(): void;

  /** A copy of the state. */
  saveState(): Uint8Array;

  /** Makes a copy the state again, here or in another instance. */
  restoreState(bytes: Uint8Array): void;
}

/** Makes an instance from the .wasm beside this file, or from `source`. */
export function load(
    source?: Source|WebAssembly.Module, options?: LoadOptions): Promise<Model>;
