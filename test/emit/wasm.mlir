// A WebAssembly module imports nothing and exports what its ES module calls;
// that and its types are written beside it.

// RUN: rm -rf %t && mkdir %t
// RUN: nnc %s --seed=1 -o %t/m.wasm
// RUN: ls %t | FileCheck %s --check-prefix=FILES
// RUN: llvm-objdump -h %t/m.wasm | FileCheck %s --check-prefix=SECTIONS
// RUN: obj2yaml %t/m.wasm | FileCheck %s --check-prefix=EXPORTS
// RUN: FileCheck %s --check-prefix=MODULE --input-file=%t/m.mjs
// RUN: FileCheck %s --check-prefix=TYPES --input-file=%t/m.d.mts
// FILES:      m.d.mts
// FILES-NEXT: m.mjs
// FILES-NEXT: m.wasm
// FILES-NOT:  {{.}}
// SECTIONS-NOT: IMPORT
// SECTIONS:     MEMORY
// SECTIONS-NOT: IMPORT
// SECTIONS:     EXPORT
// SECTIONS-NOT: name
// EXPORTS:      Type:{{ +}}EXPORT
// EXPORTS-NEXT: Exports:
// EXPORTS-NEXT:   - Name:{{ +}}memory
// EXPORTS:        - Name:{{ +}}m_run
// EXPORTS:        - Name:{{ +}}m_reset
// EXPORTS:        - Name:{{ +}}__heap_base
// EXPORTS-NOT:    - Name:
// EXPORTS:      Type:{{ +}}ELEM
// MODULE:      // Made by nnc {{[0-9.]+}} from the model 'm'; do not edit.
// MODULE:      // options: {{.*}}--target=wasm32
// MODULE:      // input le_ft__: float32 [batch][3]
// MODULE-NEXT: // input tokens: int64 [batch][4]
// MODULE-NEXT: // input on: bool [batch][1]
// MODULE-NEXT: // output a: float32 [batch][5]
// MODULE-NEXT: // output b: bool [batch][1]
// MODULE:      import {load} from "./m.mjs";
// MODULE:      signature: 0x{{[0-9a-f]+}}n,
// MODULE:      name: "le_ft__",
// MODULE-NEXT: kerasName: "le\"ft?\\",
// MODULE-NEXT: dtype: "float32",
// MODULE-NEXT: shape: [3],
// MODULE-NEXT: stepped: false,
// MODULE:      new URL("m.wasm", import.meta.url);
// MODULE:      export async function load(
// TYPES:      export interface Inputs {
// TYPES-NEXT:   /** float32 [batch][3] */
// TYPES-NEXT:   le_ft__: Float32Array|readonly number[];
// TYPES-NEXT:   /** int64 [batch][4] */
// TYPES-NEXT:   tokens: BigInt64Array|readonly (number|bigint)[];
// TYPES-NEXT:   /** bool [batch][1] */
// TYPES-NEXT:   on: Uint8Array|readonly (number|boolean)[];
// TYPES-NEXT: }
// TYPES:      export interface Outputs {
// TYPES-NEXT:   /** float32 [batch][5] */
// TYPES-NEXT:   a: Float32Array;
// TYPES-NEXT:   /** bool [batch][1] */
// TYPES-NEXT:   b: Uint8Array;
// TYPES-NEXT: }
// TYPES:      export function load(

// The same bytes wherever it is made; -g keeps the names of functions.
// RUN: cd %t && nnc %s --seed=1 --emit=wasm -o - > piped && cmp piped m.wasm
// RUN: nnc %s --seed=1 -g -o named.wasm
// RUN: llvm-objdump -h named.wasm | FileCheck %s --check-prefix=NAMED
// NAMED: name

// Another name for the ES module.
// RUN: mkdir js && nnc %s --seed=1 -o m.wasm --js js/web.js && ls js | FileCheck %s --check-prefix=JS
// RUN: diff js/web.d.ts m.d.mts
// JS:      web.d.ts
// JS-NEXT: web.js

// SIMD unless it is switched off.
// RUN: llvm-objdump -d m.wasm | FileCheck %s --check-prefix=SIMD
// RUN: nnc %s --seed=1 -o scalar.wasm --mattr=-simd128
// RUN: llvm-objdump -d scalar.wasm | FileCheck %s --check-prefix=SCALAR
// SIMD: f32x4.mul
// SCALAR-NOT: {{v128|f32x4}}

// What does not fit; nothing is written then.
// RUN: not nnc %s --seed=1 -o no.wasm --target=x86_64-linux-gnu 2>&1 | FileCheck %s --check-prefix=TARGET
// RUN: not nnc %s --seed=1 -o no.wasm --mcpu=mvp 2>&1 | FileCheck %s --check-prefix=BULK
// RUN: not nnc %s --seed=1 -o no.wasm --mcpu=native 2>&1 | FileCheck %s --check-prefix=NATIVE
// RUN: not nnc %s --seed=1 -o no.wasm --js no.ts 2>&1 | FileCheck %s --check-prefix=ENDING
// RUN: not nnc %s --seed=1 -o no.o --js no.js 2>&1 | FileCheck %s --check-prefix=OBJECT
// RUN: not ls no.wasm no.mjs no.o no.js
// TARGET: nnc: error: a .wasm file is made for wasm32, not for 'x86_64-unknown-linux-gnu'
// BULK:   nnc: error: a .wasm file needs the feature bulk-memory-opt, which this target has not; use an object
// NATIVE: nnc: error: --mcpu=native is a {{.*}} CPU, but the target is 'wasm32
// ENDING: nnc: error: --js takes a file that ends in .mjs or .js, not 'no.ts'
// OBJECT: nnc: error: --js belongs to a .wasm output

nn.model @m {
  %left   = nn.input {shape = [3], name = "le\22ft?\\", dtype = "float32"}
  %tokens = nn.input {shape = [4], name = "tokens", dtype = "int64"}
  %on     = nn.input {shape = [1], name = "on", dtype = "bool"}
  %table  = nn.embedding(%tokens) {input_dim = 9, output_dim = 2}
  %last   = nn.lstm(%table) {units = 2, stateful = true}
  %a      = nn.concatenate(%left, %last)
  nn.output(%a, %on) {names = ["a", "b"]}
}
