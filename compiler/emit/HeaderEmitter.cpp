//===- HeaderEmitter.cpp - the C header of a compiled model ---------------===//
//
// Writes the header top down, one function per section. Every text that is
// not ours (layer names, options, file names) goes through `comment`, so that
// nothing in it can end a comment early.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/HeaderEmitter.h"
#include "compiler/model/Text.h"
#include "runtime/include/nnc/abi.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

static_assert(NNC_ABI_MAJOR == nnc::kAbiMajor,
              "nnc/abi.h and the compiler disagree on the ABI");

/// nnc/abi.h from nnc-abi-begin to nnc-abi-end; made by AbiText.cmake.
static constexpr StringLiteral abiText =
#include "compiler/emit/AbiText.inc"
    ;

/// Members of the C++ struct, with which a model may share its name.
static constexpr StringLiteral structMembers =
    " alignment args batch bind buffers info input_count name names "
    "output_count prepare reset run signature sizes state_size stepped stream "
    "weights_size workspace_for workspace_size ";

namespace {

/// One member of the args struct after its head.
struct Member {
  const nnc::TensorInfo &tensor;
  bool isInput;

  /// "const float *image"
  std::string declaration() const {
    const nnc::DtypeInfo *type = nnc::findDtype(tensor.dtype);
    StringRef element = type ? StringRef(type->cType) : "void";
    return ((isInput ? "const " : "") + element + " *" + tensor.name).str();
  }
};

class Emitter {
public:
  Emitter(const nnc::ModelInfo &model, raw_ostream &os)
      : model(model), os(os), symbol(model.symbol),
        macro(StringRef(model.symbol).upper()) {
    for (const nnc::TensorInfo &tensor : model.inputs)
      members.push_back({tensor, /*isInput=*/true});
    for (const nnc::TensorInfo &tensor : model.outputs)
      members.push_back({tensor, /*isInput=*/false});
  }

  void emit(const nnc::HeaderOptions &options);

private:
  void emitOrigin(const nnc::HeaderOptions &options);
  void emitTensorList();
  void emitUsage();
  void emitMacros();
  void emitArgs();
  void emitFunctions();
  void emitStruct();
  void emitConstants();
  void emitBind();

  void define(const Twine &name, const Twine &value, StringRef comment);
  void member(StringRef declaration, const std::string &comment);
  void commentLines(StringRef text);
  std::string comment(StringRef text) const;
  std::string sizeMacro(const nnc::TensorInfo &tensor) const;
  std::string structName() const;
  std::string parameters() const;
  uint64_t weightsFileBytes() const;

  const nnc::ModelInfo &model;
  raw_ostream &os;
  std::string symbol;
  std::string macro; ///< the symbol in upper case
  SmallVector<Member> members;
};

} // namespace

/// `text` as it may stand inside a comment: printable, on one line, and
/// without what begins or ends a comment or is a trigraph.
std::string Emitter::comment(StringRef text) const {
  std::string result;
  for (char c : nnc::printableText(text)) {
    char last = result.empty() ? ' ' : result.back();
    if ((last == '*' && c == '/') || (last == '/' && c == '*') ||
        (last == '?' && c == '?'))
      result += ' ';
    result += c;
  }
  return result;
}

/// Whole lines of an open comment, broken at spaces before column 80.
void Emitter::commentLines(StringRef text) {
  os << nnc::wrapText(comment(text), " * ");
}

std::string Emitter::sizeMacro(const nnc::TensorInfo &tensor) const {
  return macro + "_" + StringRef(tensor.name).upper() + "_SIZE";
}

std::string Emitter::structName() const {
  return structMembers.contains(" " + symbol + " ") ? symbol + "_" : symbol;
}

/// "const float *image, float *probs"
std::string Emitter::parameters() const {
  std::string text;
  for (const Member &member : members)
    text += (text.empty() ? "" : ", ") + member.declaration();
  return text;
}

/// Of args.weights, which starts with the head of a weights file.
uint64_t Emitter::weightsFileBytes() const {
  return model.externalWeights ? static_cast<uint64_t>(model.weightsBytes) +
                                     sizeof(nnc_weights_header)
                               : 0;
}

void Emitter::emit(const nnc::HeaderOptions &options) {
  emitOrigin(options);
  std::string guard = "NNC_MODEL_" + macro + "_H";
  os << "#ifndef " << guard << "\n#define " << guard
     << "\n\n#include <stddef.h>\n#include <stdint.h>\n\n"
     << abiText << "\n\n";
  emitMacros();
  os << "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  emitArgs();
  emitFunctions();
  os << "\n#ifdef __cplusplus\n} /* extern \"C\" */\n\n";
  emitStruct();
  os << "#endif /* __cplusplus */\n\n#endif /* " << guard << " */\n";
}

void Emitter::emitOrigin(const nnc::HeaderOptions &options) {
  os << "/*\n";
  for (const std::string &line : nnc::describeOrigin(model, options))
    commentLines(line);
  os << " *\n";
  commentLines("This header, the object it belongs to and its weights are "
               "yours: nnc puts no licence on what it generates.");
  os << " *\n";
  emitTensorList();
  os << " *\n";
  emitUsage();
  os << " */\n";
}

void Emitter::emitTensorList() {
  for (const Member &member : members) {
    const nnc::TensorInfo &tensor = member.tensor;
    os << " * " << (member.isInput ? "input " : "output ") << tensor.name
       << ": " << tensor.dtype << ' ' << model.shapeText(tensor);
    if (!tensor.kerasName.empty() && tensor.kerasName != tensor.name)
      os << ", '" << comment(tensor.kerasName) << "' in Keras";
    os << '\n';
  }
}

void Emitter::emitUsage() {
  os << " * Use in C11 (C++: alignas), or in C++17 by nnc/model.hpp:\n *\n"
     << " *   _Alignas(" << macro << "_ALIGNMENT) static char workspace["
     << macro << "_WORKSPACE_SIZE];\n"
     << " *   " << symbol << "_args args = " << macro << "_ARGS_INIT;\n"
     << " *   args.workspace = workspace;\n"
     << " *   args.workspace_size = sizeof workspace;\n";
  if (model.stateBytes)
    os << " *   args.state = state;\n";
  if (model.externalWeights)
    os << " *   args.weights = weights;\n"
       << " *   args.weights_size = " << macro << "_WEIGHTS_SIZE;\n";
  for (const Member &member : members)
    os << " *   args." << member.tensor.name << " = " << member.tensor.name
       << ";\n";
  if (model.isStream())
    os << " *   args.steps = steps;\n";
  os << " *   int status = " << symbol << "_run(&args);\n"
     << " *   if (status != NNC_OK)\n"
     << " *     puts(nnc_status_string(status));\n";
}

void Emitter::define(const Twine &name, const Twine &value, StringRef comment) {
  os << "#define " << macro << '_' << name << ' ' << value << " /* " << comment
     << " */\n";
}

void Emitter::emitMacros() {
  os << "/* Header and object belong together. */\n#define " << macro
     << "_SIGNATURE UINT64_C(" << format_hex(model.signature(), 18) << ")\n\n";
  define("ALIGNMENT", Twine(model.alignment),
         "bytes, of workspace, state and weights");
  define("WORKSPACE_SIZE", Twine(model.workspaceBytes), "bytes, for any batch");
  if (model.stateBytes)
    define("STATE_SIZE", Twine(model.stateBytes), "bytes per batch row");
  if (model.externalWeights)
    define("WEIGHTS_SIZE", Twine(weightsFileBytes()), "bytes of the file");
  os << "\n/* Elements of one sample"
     << (model.isStream() ? ", of one step where there are steps" : "")
     << ". */\n";
  for (const Member &member : members)
    os << "#define " << sizeMacro(member.tensor) << ' ' << member.tensor.size()
       << '\n';
  // Every member is spelled: compilers warn of those left out.
  os << "\n/* Signed, for " << (model.batch ? "the compiled batch" : "batch 1")
     << (model.isStream() ? " and one step" : "")
     << "; the rest is zero. */\n#define " << macro << "_ARGS_INIT \\\n  {"
     << macro << "_SIGNATURE, " << (model.batch ? model.batch : 1)
     << ", NULL, 0, NULL, NULL, 0, NULL";
  for (size_t i = 0; i < members.size(); ++i)
    os << ", NULL";
  os << (model.isStream() ? ", 1}\n" : "}\n");
}

void Emitter::member(StringRef declaration, const std::string &comment) {
  os << "  " << left_justify((declaration + ";").str(), 29) << " /* " << comment
     << " */\n";
}

void Emitter::emitArgs() {
  os << "/* One call. */\ntypedef struct " << symbol << "_args {\n";
  member("uint64_t signature", macro + "_SIGNATURE");
  member("int64_t batch", model.batch
                              ? "samples: " + std::to_string(model.batch)
                              : "samples; 0 does nothing and returns 0");
  member("void *workspace",
         macro + "_ALIGNMENT-aligned; one per call at a time");
  member("size_t workspace_size", "bytes");
  member("void *state", model.stateBytes
                            ? "batch times " + macro + "_STATE_SIZE bytes, " +
                                  macro + "_ALIGNMENT-aligned"
                            : "NULL");
  member("const void *weights",
         model.externalWeights
             ? "a weights file, " + macro + "_ALIGNMENT-aligned"
             : "NULL");
  member("size_t weights_size",
         model.externalWeights ? macro + "_WEIGHTS_SIZE" : "0");
  member("const nnc_parallel *parallel", "NULL: run on the calling thread");
  for (const Member &item : members)
    os << "  /* " << item.tensor.name << ": " << item.tensor.dtype << ' '
       << model.shapeText(item.tensor) << " */\n  " << item.declaration()
       << ";\n";
  if (model.isStream())
    member("int64_t steps", "consecutive steps of time in this call");
  os << "} " << symbol << "_args;\n\n";
}

void Emitter::emitFunctions() {
  os << "/* Runs the model; returns 0 or an nnc_status, and never aborts. "
        "Calls "
        "with\n * different workspaces";
  if (model.stateBytes)
    os << " and states";
  os << " may run at the same time. */\nint " << symbol << "_run(const "
     << symbol << "_args *args);\n\n"
     << "/* Makes ready, ahead of time, what the first call would otherwise: "
        "finds out\n * what this machine can do. Costs microseconds; further "
        "calls change nothing. */\nvoid "
     << symbol << "_prepare(void);\n\n"
     << "/* Bytes of workspace for calls with `parallel` of that many threads. "
        "*/\nsize_t "
     << symbol << "_workspace_size(int threads);\n\n";
  if (model.stateBytes)
    os << "/* Starts `batch` rows of state anew. */\nvoid " << symbol
       << "_reset(void *state, int64_t batch);\n\n";
  os << "/* Names, shapes, types, sizes: for tools and bindings. */\n"
     << "extern const nnc_model " << symbol << "_model;\n";
}

void Emitter::emitStruct() {
  std::string name = structName();
  os << "/* For nnc/model.hpp: nnc::model<" << name << ">. */\nstruct " << name
     << " {\n  using args = " << symbol << "_args;\n  using buffers = void("
     << parameters() << ");\n";
  emitConstants();
  emitBind();
  os << "  static int run(const args *a) noexcept { return " << symbol
     << "_run(a); }\n"
     << "  static void prepare() noexcept { " << symbol << "_prepare(); }\n"
     << "  static size_t workspace_for(int threads) noexcept {\n    return "
     << symbol << "_workspace_size(threads);\n  }\n"
     << "  static const nnc_model &info() noexcept { return " << symbol
     << "_model; }\n";
  if (model.stateBytes)
    os << "  static void reset(void *state, int64_t rows) noexcept {\n    "
       << symbol << "_reset(state, rows);\n  }\n";
  os << "};\n";
}

void Emitter::emitConstants() {
  auto constant = [&](StringRef type, StringRef name, const Twine &value) {
    os << "  static constexpr " << type << name << " = " << value << ";\n";
  };
  constant("const char *", "name", "\"" + symbol + "\"");
  constant("uint64_t ", "signature", macro + "_SIGNATURE");
  constant("int64_t ", "batch", Twine(model.batch));
  constant("bool ", "stream", model.isStream() ? "true" : "false");
  constant("size_t ", "alignment", macro + "_ALIGNMENT");
  constant("size_t ", "workspace_size", macro + "_WORKSPACE_SIZE");
  constant("size_t ", "state_size", Twine(model.stateBytes));
  constant("size_t ", "weights_size", Twine(weightsFileBytes()));
  constant("int ", "input_count", Twine(model.inputs.size()));
  constant("int ", "output_count", Twine(model.outputs.size()));
  auto names = map_range(members, [](const Member &member) {
    return "\"" + member.tensor.name + "\"";
  });
  auto sizes = map_range(
      members, [&](const Member &member) { return sizeMacro(member.tensor); });
  constant("const char *", "names[]", "{" + join(names, ", ") + "}");
  constant("size_t ", "sizes[]", "{" + join(sizes, ", ") + "}");
  if (!model.isStream())
    return;
  auto stepped = map_range(members, [](const Member &member) {
    return member.tensor.stepped ? "true" : "false";
  });
  constant("bool ", "stepped[]", "{" + join(stepped, ", ") + "}");
}

void Emitter::emitBind() {
  // The first parameter must not have a tensor's name.
  std::string args = "a";
  while (any_of(members, [&](const Member &member) {
    return member.tensor.name == args;
  }))
    args += '_';
  os << "  static void bind(args &" << args;
  for (const Member &member : members)
    os << ", " << member.declaration();
  os << ") noexcept {\n";
  for (const Member &member : members)
    os << "    " << args << '.' << member.tensor.name << " = "
       << member.tensor.name << ";\n";
  os << "  }\n";
}

std::vector<std::string> nnc::describeOrigin(const ModelInfo &model,
                                             const HeaderOptions &options) {
  std::string by = options.version.empty() ? "nnc" : "nnc " + options.version;
  std::vector<std::string> lines = {"Made by " + by + " from the model '" +
                                    model.kerasName + "'; do not edit."};
  if (!options.input.empty())
    lines.push_back("input: " + options.input);
  if (!options.options.empty())
    lines.push_back("options: " + options.options);
  if (!model.notes.empty())
    lines.push_back(model.notes);
  return lines;
}

std::string nnc::emitHeader(const ModelInfo &model,
                            const HeaderOptions &options) {
  std::string text;
  raw_string_ostream os(text);
  Emitter(model, os).emit(options);
  return text;
}
