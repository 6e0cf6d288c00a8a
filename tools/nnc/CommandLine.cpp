//===- CommandLine.cpp - the options of nnc -------------------------------===//
//
// See CommandLine.h. All options are members of one struct that lives while the
// command line is read, in the groups in which --help shows them.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc/CommandLine.h"
#include "compiler/driver/Compile.h"
#include "compiler/driver/Diagnostics.h"
#include "tools/nnc/OptionErrors.h"
#include "tools/options/OptionTable.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace llvm;

namespace nnc {

/// An error of the command line, which has the code of such if it has none.
static void printError(const Twine &message) {
  printMessage(errs(), "nnc", mlir::DiagnosticSeverity::Error,
               withCode(message.str(), "N002"));
}

namespace {

template <typename T> using Stored = cl::opt<T, /*ExternalStorage=*/true>;

enum class Color { Auto, Always, Never };

void setColors(Color color) {
  bool automatic = sys::Process::StandardErrHasColors();
  errs().enable_colors(color == Color::Always ||
                       (color == Color::Auto && automatic));
}

/// The options; those that need no more than a place are stored right there.
struct CommandLine {
  explicit CommandLine(Options &options) : options(options) {
    for (const OutputKindInfo &info : outputKinds()) {
      emit.getParser().addLiteralOption(info.name, info.kind, info.help);
      if (!info.alias.empty())
        emit.getParser().addLiteralOption(info.alias, info.kind, info.help);
    }
  }

  /// The options that help shows, in its order.
  OptionTable table();

  /// Takes over what needs a look first. Returns an error message or "".
  std::string finish();
  std::string checkProof() const;

  Options &options;

  cl::OptionCategory files{"1. Files"};
  Stored<std::string> input{cl::Positional, cl::cat(files), cl::desc("<model>"),
                            cl::location(options.input)};
  Stored<std::string> output{
      "o", cl::cat(files), cl::value_desc("file"),
      cl::desc("Output; its ending (.o .a .so .wasm .s .ll .bc .mlir .mlirbc "
               ".h .dot .svg) "
               "says what it is, - is stdout (default: <model>.o, <model>.h)"),
      cl::location(options.output)};
  cl::opt<OutputKind> emit{
      "emit", cl::cat(files),
      cl::desc("What to write (default: by the ending of -o, else obj)")};
  Stored<std::string> header{"header", cl::cat(files), cl::value_desc("file"),
                             cl::desc("Write the C header here"),
                             cl::location(options.header)};
  Stored<std::string> js{
      "js", cl::cat(files), cl::value_desc("file"),
      cl::desc("Write the ES module of a .wasm here, and its types for "
               "TypeScript beside it (default: beside the .wasm, .mjs)"),
      cl::location(options.js)};
  Stored<std::string> weights{
      "weights", cl::cat(files), cl::value_desc("file"),
      cl::desc("Take the weights from here (.safetensors, .weights.h5, .npz)"),
      cl::location(options.weights)};
  Stored<std::string> weightsOut{
      "weights-out", cl::cat(files), cl::value_desc("file"),
      cl::desc("Put the weights here instead of into the code"),
      cl::location(options.weightsOut)};
  Stored<std::string> depfile{
      "depfile", cl::cat(files), cl::value_desc("file"),
      cl::desc("List the files read, for make and ninja"),
      cl::location(options.depfile)};

  cl::OptionCategory proof{"5. Instead of compiling"};
  Stored<bool> check{
      "check", cl::cat(proof),
      cl::desc("Say what of the model cannot be compiled, and show its layers"),
      cl::location(options.check)};
  Stored<std::string> verify{
      "verify", cl::cat(proof), cl::value_desc("samples.npz"),
      cl::desc("Run the model on recorded inputs and compare its outputs with "
               "the recorded ones"),
      cl::location(options.verify)};
  cl::opt<double> tolerance{
      "tolerance", cl::cat(proof), cl::value_desc("x"),
      cl::desc("Error that --verify allows, as a part of each value; a tenth "
               "of it of the largest value is allowed, too (default: 1e-4)")};

  cl::OptionCategory modelGroup{"2. The model"};
  Stored<std::string> name{
      "name", cl::cat(modelGroup), cl::value_desc("symbol"),
      cl::desc("Prefix of the C symbols (default: the model's name)"),
      cl::location(options.symbol)};
  Stored<std::string> model{
      "model", cl::cat(modelGroup), cl::value_desc("name"),
      cl::desc("Which model, if there are several (default: the one that no "
               "other calls)"),
      cl::location(options.model)};
  Stored<int64_t> batch{
      "batch", cl::cat(modelGroup), cl::value_desc("n"),
      cl::desc("Compile for exactly this batch (default: any)"),
      cl::location(options.batch)};
  Stored<bool> stateful{
      "stateful", cl::cat(modelGroup),
      cl::desc("Every recurrent layer keeps its state from call to call"),
      cl::location(options.stateful)};
  Stored<bool> stream{
      "stream", cl::cat(modelGroup),
      cl::desc("A call takes any number of consecutive steps of time"),
      cl::location(options.stream)};
  Stored<bool> stripTypes{
      "strip-types", cl::cat(modelGroup),
      cl::desc("Forget the types that the input gives, and infer them"),
      cl::location(options.stripTypes)};
  cl::list<std::string> shapes{
      "shape", cl::cat(modelGroup), cl::value_desc("[input=]2x3"),
      cl::desc("Fix the open dimensions of an input; repeatable")};
  cl::opt<uint64_t> seed{
      "seed", cl::cat(modelGroup), cl::value_desc("n"),
      cl::desc("Seed of the weights that the input does not give")};

  cl::OptionCategory code{"3. The code"};
  Stored<std::string> target{
      "target", cl::cat(code), cl::value_desc("triple"),
      cl::desc("Machine to compile for (default: this one's kind)"),
      cl::location(options.target)};
  Stored<std::string> cpu{
      "mcpu", cl::cat(code), cl::value_desc("cpu[,cpu]"),
      cl::desc("CPU to compile for; native is this one; of several, the least "
               "first, the code chooses when it runs (default: the target's "
               "baseline; x86-64: x86-64,x86-64-v3,x86-64-v4)"),
      cl::location(options.cpu)};
  cl::list<std::string> features{
      "mattr", cl::cat(code), cl::value_desc("+a,-b"), cl::CommaSeparated,
      cl::desc("CPU features to add or to take away")};
  cl::opt<char> optLevel{"O",
                         cl::cat(code),
                         cl::Prefix,
                         cl::init('3'),
                         cl::value_desc("0-3"),
                         cl::desc("Optimisation (default: 3)")};
  Stored<unsigned> winograd{
      "winograd", cl::cat(code), cl::value_desc("0|2|4"),
      cl::desc("Largest tiles of 3x3 convolutions with fewer multiplications "
               "(default: 2); 0 is none, the error of 4 depends on the data"),
      cl::location(options.winograd)};
  Stored<bool> debugInfo{"g", cl::cat(code),
                         cl::desc("Debug information that names the layers"),
                         cl::location(options.debugInfo)};
  Stored<bool> profile{
      "profile", cl::cat(code),
      cl::desc("Count the time that each layer takes, for nnc-run --profile"),
      cl::location(options.profile)};
  Stored<RelocationModel> relocation{
      "relocation-model", cl::cat(code),
      cl::desc("Where the code may lie (default: pic)"),
      cl::values(clEnumValN(RelocationModel::PIC, "pic", "anywhere"),
                 clEnumValN(RelocationModel::Static, "static",
                            "at the address it is linked to")),
      cl::location(options.relocation)};
  Stored<Visibility> visibility{
      "visibility", cl::cat(code),
      cl::desc("Who sees the model's symbols (default: hidden)"),
      cl::values(clEnumValN(Visibility::Hidden, "hidden",
                            "the program or library it is linked into"),
                 clEnumValN(Visibility::Default, "default", "everybody")),
      cl::location(options.visibility)};

  cl::OptionCategory look{"4. A look inside"};
  cl::opt<std::string> explained{
      "explain", cl::cat(look), cl::value_desc("code"),
      cl::desc("Say what the code of a diagnostic means, as in N204; without a "
               "code, list them")};
  Stored<bool> verbose{"v", cl::cat(look),
                       cl::desc("Show the stages with their times, and the "
                                "programs that are run"),
                       cl::location(options.verbose)};
  cl::opt<std::string> generated{
      "generate", cl::Hidden, cl::cat(look), cl::value_desc("page"),
      cl::desc("Print a completion (bash, zsh, fish), or the man page (man)")};
  Stored<bool> quiet{"quiet", cl::cat(look),
                     cl::desc("No notes, and no progress on the terminal"),
                     cl::location(options.quiet)};
  cl::opt<Color> color{
      "color", cl::cat(look), cl::desc("Colours in messages (default: auto)"),
      cl::init(Color::Auto),
      cl::values(clEnumValN(Color::Auto, "auto", "where stderr is a terminal"),
                 clEnumValN(Color::Always, "always", "into files, too"),
                 clEnumValN(Color::Never, "never", "nowhere"))};
  Stored<bool> summaryDetails{
      "summary-details", cl::cat(look),
      cl::desc("Add MACs, FLOPs and bytes to --emit=summary"),
      cl::location(options.summaryDetails)};
  Stored<bool> timePasses{"time-passes", cl::cat(look),
                          cl::desc("Show the time of each stage and pass"),
                          cl::location(options.timePasses)};
  Stored<bool> dumpPassPipeline{"dump-pass-pipeline", cl::cat(look),
                                cl::desc("Show the passes of each stage"),
                                cl::location(options.dumpPassPipeline)};
  Stored<std::string> printIRTreeDir{
      "mlir-print-ir-tree-dir", cl::cat(look), cl::value_desc("folder"),
      cl::desc("Write the IR after each pass that changed it"),
      cl::location(options.printIRTreeDir)};
  Stored<std::string> crashReproducer{
      "mlir-pass-pipeline-crash-reproducer", cl::cat(look),
      cl::value_desc("file"),
      cl::desc("Write the IR and the passes that failed"),
      cl::location(options.crashReproducer)};
};

} // namespace

static OptionInfo
describe(const cl::Option &option,
         const DenseMap<const cl::Option *, cl::generic_parser_base *> &words) {
  OptionInfo info;
  info.name = option.ArgStr.str();
  info.help = option.HelpStr.str();
  if (option.getValueExpectedFlag() != cl::ValueDisallowed)
    info.valueName = option.ValueStr.str();
  info.glued = option.getFormattingFlag() == cl::Prefix;
  info.repeatable = option.getNumOccurrencesFlag() == cl::ZeroOrMore;
  info.takesCode = info.valueName == "code";
  auto found = words.find(&option);
  if (found == words.end())
    return info;
  cl::generic_parser_base &parser = *found->second;
  for (unsigned i = 0; i < parser.getNumOptions(); ++i)
    info.values.push_back(
        {parser.getOption(i).str(), parser.getDescription(i).str()});
  info.valueName = info.valueName.empty() ? "value" : info.valueName;
  return info;
}

OptionTable CommandLine::table() {
  // Which options take words is in their types only.
  DenseMap<const cl::Option *, cl::generic_parser_base *> words = {
      {&emit, &emit.getParser()},
      {&relocation, &relocation.getParser()},
      {&visibility, &visibility.getParser()},
      {&color, &color.getParser()}};
  std::map<std::string, OptionGroup> groups;
  for (auto &[name, option] : cl::getRegisteredOptions()) {
    StringRef category = option->Categories.front()->getName();
    bool ours = !category.empty() && isDigit(category.front());
    if (!ours || option->getOptionHiddenFlag() != cl::NotHidden ||
        option->ArgStr.empty())
      continue;
    OptionGroup &group = groups[category.str()];
    group.title = category.split(". ").second.str();
    group.options.push_back(describe(*option, words));
  }
  OptionTable result;
  for (auto &[key, group] : groups) {
    llvm::sort(group.options, [](const OptionInfo &a, const OptionInfo &b) {
      return a.name < b.name;
    });
    result.push_back(std::move(group));
  }
  result.push_back(
      {"Help",
       {{"help", "", "Show all options", {}},
        {"version", "", "Show the versions of nnc and LLVM", {}}}});
  return result;
}

/// Nothing is written when nothing is compiled.
std::string CommandLine::checkProof() const {
  if (tolerance.getNumOccurrences() && !(tolerance > 0))
    return "--tolerance takes a positive number";
  if (tolerance.getNumOccurrences() && options.verify.empty())
    return "--tolerance belongs to --verify";
  if (options.quiet && options.verbose)
    return "--quiet and -v exclude each other";
  if (options.check && !options.verify.empty())
    return "--check and --verify are two things to do";
  if (!options.check && options.verify.empty())
    return "";
  std::string name = options.check ? "--check" : "--verify";
  const std::pair<const cl::Option &, const char *> outputs[] = {
      {output, "-o"},
      {emit, "--emit"},
      {header, "--header"},
      {js, "--js"},
      {weightsOut, "--weights-out"},
      {depfile, "--depfile"}};
  for (const auto &[option, spelling] : outputs)
    if (option.getNumOccurrences())
      return name + " writes nothing; leave out " + spelling;
  return "";
}

std::string CommandLine::finish() {
  if (options.input.empty())
    return "no model to compile; see 'nnc --help'";
  if (optLevel < '0' || optLevel > '3')
    return std::string("-O takes 0, 1, 2 or 3, not '") + optLevel.getValue() +
           "'";
  if (winograd != 0 && winograd != 2 && winograd != 4)
    return "--winograd takes 0, 2 or 4, not " + std::to_string(winograd);
  if (batch.getNumOccurrences() && options.batch < 1)
    return "--batch takes a positive number, not " +
           std::to_string(options.batch);
  if (std::string error = checkProof(); !error.empty())
    return error;
  options.optLevel = optLevel - '0';
  if (emit.getNumOccurrences())
    options.emit = emit;
  if (seed.getNumOccurrences())
    options.seed = seed;
  if (tolerance.getNumOccurrences())
    options.tolerance = tolerance;
  options.shapes.assign(shapes.begin(), shapes.end());
  options.features = join(features, ",");
  return "";
}

/// What --explain asks for, and what main does then.
static Action explainCode(StringRef code) {
  if (code == "list") {
    listCodes(outs());
    return Action::Exit;
  }
  if (explain(code, outs()))
    return Action::Exit;
  printError("there is no code '" + code +
             "'; 'nnc --explain' lists them [N002]");
  return Action::Fail;
}

/// The completion or the page that --generate asks for.
static Action printGenerated(const std::string &what, OptionTable table) {
  std::optional<Generated> kind = generatedKind(what);
  if (!kind) {
    printError("--generate takes bash, zsh, fish or man, not '" + what +
               "' [N001]");
    return Action::Fail;
  }
  Program program;
  program.name = "nnc";
  program.version = version();
  program.purpose = "compile a Keras model to a native object and a C header";
  program.argument = "model";
  program.endings = {"keras", "h5", "hdf5", "json", "mlir", "mlirbc"};
  program.about = {
      "Reads a model that Keras saved (.keras, .h5, .json), or one written in "
      "the nn dialect (.mlir), and writes an object file that computes it, "
      "with a C header that says how to call it. The object links into a C or "
      "C++ program and needs nothing else.",
      "With a model alone, the object and the header are named after it and "
      "written into the current folder. A model of - is read from standard "
      "input."};
  program.exitStatus = "0 if all outputs were written, 1 after an error; then "
                       "nothing was written.";
  program.examples = {
      "nnc model.keras",
      "nnc model.mlir --weights w.safetensors -o model.o --header model.h",
      "nnc model.keras -o libmodel.so --mcpu=native",
      "nnc model.keras --emit=summary"};
  program.seeAlso =
      "nnc-run(1) runs and measures what nnc compiles; the README "
      "beside the sources has a tour.";
  program.options = std::move(table);
  outs() << generate(*kind, program);
  return Action::Exit;
}

static void printShortHelp(raw_ostream &os) {
  os << "nnc compiles Keras models to native objects and C headers.\n\n"
        "  nnc model.keras                          model.o and model.h\n"
        "  nnc model.mlir --weights w.safetensors   trained weights from a "
        "file\n"
        "  generate | nnc - -o model.o              a model from a program\n"
        "  nnc model.mlir -o libmodel.so --mcpu=native --header model.h\n"
        "  nnc model.keras -o model.wasm            WebAssembly, with an ES "
        "module\n"
        "  nnc model.mlir --emit=summary            the table of its layers\n"
        "  nnc model.mlir --check                   can it be compiled?\n"
        "  nnc model.mlir --verify samples.npz      does it compute what was "
        "recorded?\n"
        "  cc app.c model.o                         link it: nothing else is "
        "needed\n\n"
        "nnc --help lists all options.\n";
}

Action parseCommandLine(int argc, char **argv, Options &options) {
  if (argc == 1) {
    printShortHelp(outs());
    return Action::Exit;
  }
  setColors(Color::Auto);
  // Forgets the options of LLVM's own tools.
  cl::ResetCommandLineParser();
  // Those of all tools come back, --help among them; --color is ours.
  if (cl::Option *theirs = cl::getRegisteredOptions().lookup("color"))
    theirs->removeArgument();
  CommandLine line(options);
  cl::SetVersionPrinter([](raw_ostream &os) {
    os << "nnc " << version() << " (LLVM " << LLVM_VERSION_STRING << ")\n";
  });

  cl::HideUnrelatedOptions(
      {&line.files, &line.modelGroup, &line.code, &line.look, &line.proof});

  // LLVM takes the first argument's file name for the name of the program.
  SmallVector<const char *> arguments(argv, argv + argc);
  arguments.front() = "nnc";
  // The one option whose value may be left out.
  if (StringRef(arguments.back()).ltrim('-') == "explain")
    arguments.push_back("list");
  std::string text;
  raw_string_ostream os(text);
  bool parsed = false;
  std::string ofValues = captureStderr([&] {
    parsed = cl::ParseCommandLineOptions(
        arguments.size(), arguments.data(),
        "Compiles a Keras model to a native object and a C header\n", &os);
  });
  if (!parsed) {
    printError(optionError(text.empty() ? ofValues : text, line.table()) +
               " [N001]");
    return Action::Fail;
  }
  if (line.generated.getNumOccurrences())
    return printGenerated(line.generated, line.table());
  if (line.explained.getNumOccurrences())
    return explainCode(line.explained);
  setColors(line.color);
  // A terminal without colours may not be able to erase a line either.
  options.progress = sys::Process::StandardErrHasColors() && !options.quiet;
  std::string error = line.finish();
  if (error.empty())
    return Action::Compile;
  printError(error);
  return Action::Fail;
}

} // namespace nnc
