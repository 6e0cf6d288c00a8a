//===- LayerTable.td - the defaults of keys as a table --------------------===//
//
// Keras's defaults stand in the layers' records and are known to the accessors
// of keys only. Here all of them are rows of one table, for LayerTable.cpp, so
// that editors can show them.
//
//===----------------------------------------------------------------------===//

include "dialect/NNLayers.td"
include "llvm/TableGen/SearchableTable.td"

class KeyDefault<string layer, string key, string value> {
  string Layer = layer;
  string Key = key;
  code Value = "R\"(" # value # ")\"";
}

foreach layer = !instances<NN_Layer>() in
  foreach i = !range(!size(layer.keys)) in
    if !isa<DefaultValuedOptionalAttr>(!getdagarg<Attr>(layer.keys, i)) then
      def : KeyDefault<layer.opName, !getdagname(layer.keys, i),
                       !cast<DefaultValuedOptionalAttr>(
                           !getdagarg<Attr>(layer.keys, i)).defaultValue>;

def KeyDefaults : GenericTable {
  let FilterClass = "KeyDefault";
  let Fields = ["Layer", "Key", "Value"];
  string TypeOf_Value = "code";
}
