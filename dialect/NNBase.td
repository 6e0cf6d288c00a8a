//===- NNBase.td - dialect, value type, kinds of keys, layer base ---------===//
//
// What every record of the dialect is made of. A key's kind carries, as its
// summary, the words a user reads when a value does not fit ("expects a
// positive integer"); the shared parser and the checking pass use the
// predicates generated from here and need no code per key.
//
//===----------------------------------------------------------------------===//

#ifndef NN_BASE_TD
#define NN_BASE_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialect/LayerOpInterface.td"

def NN_Dialect : Dialect {
  let name = "nn";
  let cppNamespace = "::nnc::nn";
  let summary = "Keras layers as operations";
  let description = [{
    One operation per Keras layer, named as Keras names it in snake case. Its
    attributes are the layer's Keras config keys with Keras's spelling and
    defaults. `dialect/README.md` is the language reference.
  }];
  let useDefaultTypePrinterParser = 1;
  let extraClassDeclaration = [{
    /// Unknown `nn.` names become `nn.malformed`, so that the checking pass can
    /// report them together with everything else that is wrong.
    std::optional<::mlir::Dialect::ParseOpHook>
    getParseOperationHook(::llvm::StringRef opName) const override;

  private:
    // Each family of layers is generated and registered in a file of its own.
    void addCoreOps();
    void addConvOps();
    void addPoolOps();
    void addNormOps();
    void addRecurrentOps();
    void addWrapperOps();
    void addShapeOps();
    void addMergeOps();
    void addTrainingOps();
    void addAttentionOps();
    void addImageOps();
    void addPreprocessingOps();
    void addKerasOps();
    void addKerasProductOps();
    void addKerasReduceOps();
    void addKerasShapeOps();
  }];
}

def NN_UnknownType : TypeDef<NN_Dialect, "Unknown"> {
  let mnemonic = "unknown";
  let summary = "a value whose shape and element type are not inferred yet";
}

def NN_Value : AnyTypeOf<[NN_UnknownType, AnyRankedTensor],
                         "a tensor or a value not inferred yet">;

//===----------------------------------------------------------------------===//
// Kinds of keys
//===----------------------------------------------------------------------===//

class NN_IntKey<Pred pred, string words>
    : Attr<And<[CPred<"::llvm::isa<::mlir::IntegerAttr>($_self) && "
                      "::llvm::cast<::mlir::IntegerAttr>($_self).getType()"
                      ".isSignlessInteger(64)">, pred]>, words> {
  let storageType = "::mlir::IntegerAttr";
  let returnType = "int64_t";
  let convertFromStorage = "$_self.getInt()";
  let constBuilderCall = "$_builder.getI64IntegerAttr($0)";
}
def NN_Int : NN_IntKey<CPred<"true">, "an integer">;
def NN_PositiveInt
    : NN_IntKey<CPred<"::llvm::cast<::mlir::IntegerAttr>($_self).getInt() > 0">,
                "a positive integer">;
def NN_NonNegativeInt
    : NN_IntKey<CPred<"::llvm::cast<::mlir::IntegerAttr>($_self).getInt() >= 0">,
                "an integer of at least 0">;

class NN_FloatKey<Pred pred, string words>
    : Attr<And<[CPred<"::llvm::isa<::mlir::FloatAttr>($_self) && "
                      "::llvm::cast<::mlir::FloatAttr>($_self).getType().isF64()">,
                pred]>, words> {
  let storageType = "::mlir::FloatAttr";
  let returnType = "double";
  let convertFromStorage = "$_self.getValueAsDouble()";
  let constBuilderCall = "$_builder.getF64FloatAttr($0)";
}
def NN_Float : NN_FloatKey<CPred<"::llvm::cast<::mlir::FloatAttr>($_self)"
                                 ".getValue().isFinite()">, "a number">;
def NN_NonNegativeFloat
    : NN_FloatKey<CPred<"::llvm::cast<::mlir::FloatAttr>($_self).getValue()"
                        ".isFinite() && ::llvm::cast<::mlir::FloatAttr>($_self)"
                        ".getValueAsDouble() >= 0.0">,
                  "a number of at least 0">;

def NN_Bool : Attr<CPred<"::llvm::isa<::mlir::BoolAttr>($_self)">,
                   "true or false"> {
  let storageType = "::mlir::BoolAttr";
  let returnType = "bool";
  let constBuilderCall = "$_builder.getBoolAttr($0)";
}

class NN_StringKey<Pred pred, string words>
    : Attr<And<[CPred<"::llvm::isa<::mlir::StringAttr>($_self)">, pred]>,
           words> {
  let storageType = "::mlir::StringAttr";
  let returnType = "::llvm::StringRef";
  let constBuilderCall = "$_builder.getStringAttr($0)";
}
def NN_String : NN_StringKey<CPred<"true">, "a string">;
def NN_Name : NN_StringKey<
    CPred<"::nnc::nn::isValidName(::llvm::cast<::mlir::StringAttr>($_self)"
          ".getValue())">,
    "a name: not empty, without '/' and control characters">;

/// One of Keras's words for something.
class NN_OneOf<list<string> words> : NN_StringKey<
    CPred<"::llvm::is_contained({"
          # !interleave(!foreach(w, words, "::llvm::StringRef(\"" # w # "\")"), ", ")
          # "}, ::llvm::cast<::mlir::StringAttr>($_self).getValue())">,
    "one of " # !interleave(!foreach(w, words, "\"" # w # "\""), ", ")>;

def NN_Activation : NN_StringKey<
    CPred<"::nnc::nn::isActivation(::llvm::cast<::mlir::StringAttr>($_self)"
          ".getValue())">,
    "one of Keras's activations">;

class NN_IntsKey<Pred pred, string words>
    : Attr<And<[CPred<"::llvm::isa<::mlir::DenseI64ArrayAttr>($_self)">, pred]>,
           words> {
  let storageType = "::mlir::DenseI64ArrayAttr";
  let returnType = "::llvm::ArrayRef<int64_t>";
  let convertFromStorage = "$_self";
  let constBuilderCall = "$_builder.getDenseI64ArrayAttr($0)";
}
def NN_Ints : NN_IntsKey<CPred<"true">, "a list of integers">;
class NN_PositiveInts<int n> : NN_IntsKey<
    CPred<"::nnc::nn::isPositive(::llvm::cast<::mlir::DenseI64ArrayAttr>($_self)"
          ".asArrayRef(), " # n # ")">,
    "a positive integer or a list of " # n # " of them">;
class NN_NonNegativeInts<int n> : NN_IntsKey<
    CPred<"::nnc::nn::isNonNegative(::llvm::cast<::mlir::DenseI64ArrayAttr>("
          "$_self).asArrayRef(), " # n # ")">,
    "an integer of at least 0 or a list of " # n # " of them">;

/// The default [value, …] of a key with one integer for each of `n` axes.
class NN_ForAxes<int n, int value> {
  string text = "{" # !interleave(!listsplat(value, n), ", ") # "}";
}

/// What to add to or take from the start and the end of each of `n` axes: one
/// integer, one for each axis or a pair for each; kept as the last.
class NN_Border<int n> : Attr<
    CPred<"::nnc::nn::isBorder($_self, " # n # ")">,
    "an integer of at least 0, a list of " # n # " of them or of " # n
    # " pairs of them"> {
  let storageType = "::mlir::ArrayAttr";
  let returnType = "::mlir::ArrayAttr";
  let convertFromStorage = "$_self";
}

/// A number or a list of numbers.
def NN_Numbers : Attr<CPred<"::nnc::nn::isNumbers($_self)">,
                      "a number or a list of numbers"> {
  let storageType = "::mlir::Attribute";
  let returnType = "::mlir::Attribute";
  let convertFromStorage = "$_self";
}

def NN_IntOrInts : Attr<Or<[NN_Int.predicate, NN_Ints.predicate]>,
                        "an integer or a list of integers"> {
  let storageType = "::mlir::Attribute";
  let returnType = "::mlir::Attribute";
  let convertFromStorage = "$_self";
}

/// A constant in the place of a tensor.
def NN_Constant : Attr<CPred<"::nnc::nn::isConstant($_self)">,
    "a number, true, false, a list of them or dense elements"> {
  let storageType = "::mlir::Attribute";
  let returnType = "::mlir::Attribute";
  let convertFromStorage = "$_self";
}

/// A Keras initializer: its name, or {class_name = …, config = {…}}.
def NN_Initializer : Attr<CPred<"::nnc::nn::isInitializer($_self)">,
    "an initializer's name or {class_name = \"…\", config = {…}}"> {
  let storageType = "::mlir::Attribute";
  let returnType = "::mlir::Attribute";
  let convertFromStorage = "$_self";
}

class NN_Default<Attr kind, string value> : DefaultValuedOptionalAttr<kind, value>;
class NN_DefaultWord<Attr kind, string word>
    : DefaultValuedOptionalAttr<kind, "\"" # word # "\"">;
class NN_DefaultActivation<string word> : NN_DefaultWord<NN_Activation, word>;

def NN_Padding : NN_OneOf<["valid", "same"]>;
def NN_CausalPadding : NN_OneOf<["valid", "same", "causal"]>;
def NN_DataFormat : NN_OneOf<["channels_last", "channels_first"]>;
def NN_Interpolation
    : NN_OneOf<["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"]>;

defvar NN_FloatTypes = ["float32", "float64", "float16", "bfloat16"];
defvar NN_IntegerTypes = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"];
defvar NN_FloatPolicies = NN_FloatTypes # ["mixed_float16", "mixed_bfloat16"];

/// Element types that tensors can have.
def NN_DType : NN_OneOf<NN_FloatTypes # NN_IntegerTypes>;
/// What a layer computes in and keeps its weights in: Keras's dtype policies.
def NN_Policy : NN_OneOf<NN_FloatPolicies>;
/// The same for layers that may give integers, too.
def NN_AnyPolicy : NN_OneOf<NN_FloatPolicies # NN_IntegerTypes>;
/// The same for layers that Keras quantizes: int8_from_float32.
def NN_Int8Policy : NN_OneOf<NN_FloatPolicies # !foreach(policy, NN_FloatPolicies, "int8_from_" # policy)>;

//===----------------------------------------------------------------------===//
// The base of every layer
//===----------------------------------------------------------------------===//

class NN_Op<string mnemonic, list<Trait> traits = []>
    : Op<NN_Dialect, mnemonic, traits>;

/// A layer: positional inputs, operands given by keyword, Keras's keys.
///  - `least`, `most`: how many positional inputs it takes; -1: any number
///  - `keys`: the config keys of the layer, kinds from above
///  - `keywordOperands` and `keywords`: call arguments passed by keyword
///  - `required`: the keys that have no default
///  - `trainingKeys`: keys that only matter in training; any value is kept, in
///    one dictionary, and none is read
///  - `callKeys`: keys that are arguments of Keras's call, so that uses of one
///    layer may differ in them
///  - `policy`: the kind of `dtype`, an optional key of every layer
///  - `elementTypes`: the function of ElementTypes.h that gives those of its
///    results, from those of its operands as `operandTypes` has converted them
///  - `operandTypes`: the function of ElementTypes.h that says what its operands
///    are converted to before it looks at them
///  - `masks`: the function of Masks.h that gives the masks of its results; the
///    default is that of layers without Keras's supports_masking
///  - `takesUnsigned`: whether its lowering knows unsigned operands
///  - `shapes`, `mixing`: the functions that give the shapes of its results and
///    say whether it mixes samples, where that is not written for it alone
///  - `parameters`: the names of Keras's call arguments in order
///  - `limits`: what of the Keras layer cannot be compiled, for its users
///  - `methods`: what of LayerOpInterface it answers beside inferShapes
class NN_Layer<string mnemonic, string kerasClass, list<string> methods = [],
               list<Trait> traits = []>
    : NN_Op<mnemonic, !listconcat(traits, [
          DeclareOpInterfaceMethods<LayerOpInterface, methods>,
          DeclareOpInterfaceMethods<MemoryEffectsOpInterface>])> {
  string keras = kerasClass;
  int least = 1;
  int most = 1;
  dag keys = (ins);
  dag keywordOperands = (ins);
  list<string> keywords = [];
  list<string> required = [];
  list<string> trainingKeys = [];
  list<string> parameters = [];
  list<string> callKeys = [];
  list<Attr> policy = [NN_Policy];
  string shapes = "";
  string mixing = "";
  string elementTypes = "inferFloatTypes";
  string masks = "dropMasks";
  code moreDefinitions = "";
  string operandTypes = !if(!eq(elementTypes, "inferFloatTypes"),
                            "castToCompute", "castToCommon");
  bit takesUnsigned = !eq(elementTypes, "keepTypes");
  string limits = "";

  let arguments = !con(
      (ins Variadic<NN_Value>:$inputs), keywordOperands, keys,
      (ins OptionalAttr<NN_Name>:$name,
           NN_Default<NN_Bool, "true">:$trainable,
           OptionalAttr<!head(policy)>:$dtype,
           OptionalAttr<DictionaryAttr>:$training_keys,
           OptionalAttr<DictionaryAttr>:$weights,
           OptionalAttr<NN_String>:$owner,
           OptionalAttr<NN_String>:$scope));
  let results = (outs Variadic<NN_Value>:$outputs);
  let hasCustomAssemblyFormat = 1;
  // Layers come from the parser and the importer, which know them by name only.
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$results,
      "::mlir::ValueRange":$operands,
      "::llvm::ArrayRef<::mlir::NamedAttribute>":$keys), [{
    $_state.addTypes(results);
    $_state.addOperands(operands);
    $_state.addAttributes(keys);
  }]>];

  let extraClassDefinition = [{
    ::llvm::StringRef $cppClass::getKerasClass() { return "}]
      # kerasClass # [{"; }
    ::std::pair<int64_t, int64_t> $cppClass::getInputCount() {
      return {}] # least # ", " # most # [{};
    }
    ::llvm::ArrayRef<::llvm::StringRef> $cppClass::getKeywords() {
      static const ::std::vector<::llvm::StringRef> words = {}] # !interleave(!foreach(w, keywords, "\"" # w # "\""), ", ")
      # [{};
      return words;
    }
    ::llvm::ArrayRef<::llvm::StringRef> $cppClass::getRequiredKeys() {
      static const ::std::vector<::llvm::StringRef> words = {}] # !interleave(!foreach(w, required, "\"" # w # "\""), ", ")
      # [{};
      return words;
    }
    ::llvm::ArrayRef<::llvm::StringRef> $cppClass::getTrainingOnlyKeys() {
      static const ::std::vector<::llvm::StringRef> words = {}] # !interleave(!foreach(w, trainingKeys, "\"" # w # "\""), ", ")
      # [{};
      return words;
    }
    ::llvm::ArrayRef<::llvm::StringRef> $cppClass::getParameters() {
      static const ::std::vector<::llvm::StringRef> words = {}] # !interleave(!foreach(w, parameters, "\"" # w # "\""), ", ")
      # [{};
      return words;
    }
    }] # !if(!empty(shapes), "", !strconcat([{
    ::llvm::Expected<::llvm::SmallVector<::nnc::nn::Shape>>
    $cppClass::inferShapes(::llvm::ArrayRef<::nnc::nn::Shape> inputs) {
      return ::nnc::nn::}], shapes, "(*this, inputs); }"))
      # !if(!empty(mixing), "", !strconcat([{
    bool $cppClass::mixesBatch(::llvm::ArrayRef<::nnc::nn::Shape> inputs) {
      return ::nnc::nn::}], mixing, "(*this, inputs); }")) # [{
    ::llvm::ArrayRef<::llvm::StringRef> $cppClass::getCallKeys() {
      static const ::std::vector<::llvm::StringRef> words = {}] # !interleave(!foreach(w, callKeys, "\"" # w # "\""), ", ")
      # [{};
      return words;
    }
    ::llvm::Expected<::llvm::SmallVector<::mlir::Type>>
    $cppClass::inferElementTypes(::llvm::ArrayRef<::mlir::Type> inputs) {
      return ::nnc::nn::}] # elementTypes # [{(*this, inputs);
    }
    ::nnc::nn::MasksOr
    $cppClass::makeMasks(::mlir::OpBuilder &builder,
                         ::llvm::ArrayRef<::mlir::Value> masks) {
      return ::nnc::nn::}] # masks # [{(*this, builder, masks);
    }
    ::llvm::SmallVector<::mlir::Type>
    $cppClass::getOperandElementTypes(::llvm::ArrayRef<::mlir::Type> inputs) {
      return ::nnc::nn::}] # operandTypes # [{(*this, inputs);
    }
    bool $cppClass::takesUnsigned() { return }] # takesUnsigned # [{; }
    ::mlir::ParseResult $cppClass::parse(::mlir::OpAsmParser &parser,
                                         ::mlir::OperationState &state) {
      return ::nnc::nn::parseLayer(parser, state);
    }
    void $cppClass::print(::mlir::OpAsmPrinter &printer) {
      ::nnc::nn::printLayer(printer, getOperation());
    }
    void $cppClass::getEffects(
        ::llvm::SmallVectorImpl<::mlir::SideEffects::EffectInstance<
            ::mlir::MemoryEffects::Effect>> &effects) {
      ::nnc::nn::getLayerEffects(getOperation(), effects);
    }
  }] # moreDefinitions;
}

/// Marks a layer that only works in training: it passes its input through.
def NN_TrainingOnly : NativeOpTrait<"TrainingOnly"> {
  let cppNamespace = "::nnc::nn";
}

/// A layer with operands given by keyword.
class NN_KeywordLayer<string mnemonic, string kerasClass,
                      list<string> methods = [], list<Trait> traits = []>
    : NN_Layer<mnemonic, kerasClass, methods,
               !listconcat([AttrSizedOperandSegments], traits)>;

/// Marks a cell of a recurrent layer: it computes one step and stands in nn.rnn.
def NN_Cell : NativeOpTrait<"Cell"> {
  let cppNamespace = "::nnc::nn";
}

/// A layer that wraps others in regions.
///  - `roles`: Keras's attribute for what each region holds
///  - `chain`: a region may hold more than one layer
///  - `perStep`: its layers see one step of time at a time
///  - `wrappedKind`: of WrappedKind, what it takes
class NN_Wrapper<string mnemonic, string kerasClass, list<string> methods = [],
                 list<Trait> traits = []>
    : NN_Layer<mnemonic, kerasClass, methods, !listconcat(traits, [
          NoTerminator, DeclareOpInterfaceMethods<WrapperOpInterface>])> {
  let regions = (region VariadicRegion<AnyRegion>:$wrapped);
  let elementTypes = "wrappedTypes";
  let operandTypes = "keepOperands";
  list<string> roles = ["layer"];
  bit chain = 0;
  bit perStep = 0;
  string wrappedKind = "Any";
  let moreDefinitions = [{
    ::llvm::ArrayRef<::llvm::StringRef> $cppClass::getRoles() {
      static const ::std::vector<::llvm::StringRef> words = {}] # !interleave(!foreach(w, roles, "\"" # w # "\""), ", ")
      # [{};
      return words;
    }
    bool $cppClass::holdsChain() { return }] # chain # [{; }
    bool $cppClass::isPerStep() { return }] # perStep # [{; }
    ::nnc::nn::WrappedKind $cppClass::getWrappedKind() {
      return ::nnc::nn::WrappedKind::}] # wrappedKind # [{;
    }
  }];
}

/// A wrapper with operands given by keyword.
class NN_KeywordWrapper<string mnemonic, string kerasClass,
                        list<string> methods = []>
    : NN_Wrapper<mnemonic, kerasClass, methods, [AttrSizedOperandSegments]>;

#endif // NN_BASE_TD
