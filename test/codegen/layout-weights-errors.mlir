// RUN: nn-opt %s --nnc-layout-weights --split-input-file --verify-diagnostics

// A resource with fewer bytes than its type says.
// expected-error @+1 {{weight 'm.short' has 8 bytes of data, but its type 'memref<3xf32>' needs 12}}
memref.global "private" constant @"m.short" : memref<3xf32> = dense_resource<short>
func.func @body() -> memref<3xf32> attributes {nnc.batch = 1 : i64} {
  %a = memref.get_global @"m.short" : memref<3xf32>
  return %a : memref<3xf32>
}
{-#
  dialect_resources: {
    builtin: {
      short: "0x040000000700000008000000"
    }
  }
#-}

// -----

// expected-error @+1 {{weight 'm.none' has no value}}
memref.global "private" constant @"m.none" : memref<3xf32> = uninitialized
func.func @body() -> memref<3xf32> attributes {nnc.batch = 1 : i64} {
  %a = memref.get_global @"m.none" : memref<3xf32>
  return %a : memref<3xf32>
}

// -----

// expected-error @+1 {{weight 'm.bits' has the type 'memref<3xi1>', which cannot be laid out}}
memref.global "private" constant @"m.bits" : memref<3xi1> = dense<true>
func.func @body() -> memref<3xi1> attributes {nnc.batch = 1 : i64} {
  %a = memref.get_global @"m.bits" : memref<3xi1>
  return %a : memref<3xi1>
}
