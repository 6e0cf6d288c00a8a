//===- OptionTable.cpp - the options for shells and manuals ---------------===//
//
// See OptionTable.h. Help texts and values are ours; what a shell or roff would
// take for its own syntax is escaped.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc/OptionTable.h"
#include "compiler/driver/Compile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

using namespace llvm;

namespace nnc {

/// What a model may be called.
static constexpr StringLiteral kModelEndings = "keras|h5|hdf5|json|mlir|mlirbc";

std::string OptionInfo::spelling() const {
  return (name.size() == 1 ? "-" : "--") + name;
}

static bool takesPath(const OptionInfo &option) {
  StringRef value = option.valueName;
  return value == "file" || value == "folder" || value.contains('.');
}

/// `text` with a backslash in front of each of `special`.
static std::string escape(StringRef text, StringRef special) {
  std::string escaped;
  for (char c : text) {
    if (special.contains(c))
      escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// `text` for the inside of single quotes in a POSIX shell.
static std::string quoted(StringRef text) {
  std::string result;
  for (char c : text)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result;
}

template <typename Function>
static void forEachOption(const OptionTable &table, Function function) {
  for (const OptionGroup &group : table)
    for (const OptionInfo &option : group.options)
      function(option);
}

//===----------------------------------------------------------------------===//
// bash
//===----------------------------------------------------------------------===//

static void printBash(const OptionTable &table, raw_ostream &os) {
  os << "# bash completion of nnc, made from its table of options\n"
        "_nnc() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=\n"
        "  ((COMP_CWORD > 0)) && prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
        "  # bash takes --emit=obj for three words.\n"
        "  if [[ $cur == = ]]; then\n"
        "    cur=\n"
        "  elif [[ $prev == = ]]; then\n"
        "    prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
        "  fi\n"
        "  COMPREPLY=()\n"
        "  case $prev in\n";
  std::string paths, others;
  forEachOption(table, [&](const OptionInfo &option) {
    if (option.name == "explain") {
      os << "  --explain)\n"
            "    mapfile -t COMPREPLY < <(compgen -W "
            "\"$(nnc --explain | cut -d ' ' -f 1)\" -- \"$cur\")\n"
            "    return ;;\n";
    } else if (!option.values.empty()) {
      os << "  " << option.spelling()
         << ")\n    mapfile -t COMPREPLY < <(compgen -W '";
      interleave(
          option.values, os,
          [&](const OptionValue &value) { os << value.name; }, " ");
      os << "' -- \"$cur\")\n    return ;;\n";
    } else if (!option.valueName.empty() && !option.glued) {
      std::string &list = takesPath(option) ? paths : others;
      list += (list.empty() ? "" : " | ") + option.spelling();
    }
  });
  os << "  " << paths << ")\n"
     << "    mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
        "    return ;;\n"
     << "  " << others << ")\n    return ;;\n"
     << "  esac\n"
        "  if [[ $cur == -* ]]; then\n"
        "    mapfile -t COMPREPLY < <(compgen -W '";
  forEachOption(table, [&](const OptionInfo &option) {
    bool attached = !option.valueName.empty() && option.name.size() > 1;
    os << option.spelling() << (attached ? "= " : " ");
  });
  os << "' -- \"$cur\")\n"
        "    [[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace\n"
        "    return\n"
        "  fi\n"
        "  mapfile -t COMPREPLY < <(shopt -s extglob\n"
        "    compgen -d -- \"$cur\"\n"
        "    compgen -f -X '!*.@("
     << kModelEndings
     << ")' -- \"$cur\")\n"
        "}\n"
        "complete -o filenames -F _nnc nnc\n";
}

//===----------------------------------------------------------------------===//
// zsh
//===----------------------------------------------------------------------===//

static void printZsh(const OptionTable &table, raw_ostream &os) {
  os << "#compdef nnc\n"
        "# zsh completion of nnc, made from its table of options\n"
        "_arguments \\\n";
  forEachOption(table, [&](const OptionInfo &option) {
    std::string text = option.spelling();
    if (option.glued)
      text += "-";
    else if (!option.valueName.empty())
      text += option.name.size() > 1 ? "=" : "+";
    text += "[" + escape(option.help, "[]:\\") + "]";
    if (!option.valueName.empty())
      text += ":" + escape(option.valueName, ":\\") + ":";
    if (!option.values.empty()) {
      text += "((";
      for (const OptionValue &value : option.values)
        text += value.name + "\\:\"" + escape(value.help, ":\"\\") + "\" ";
      text.back() = ')';
      text += ")";
    } else if (option.name == "explain") {
      text += "($(nnc --explain | cut -d \" \" -f 1))";
    } else if (takesPath(option)) {
      text += "_files";
    }
    os << "  '" << (option.name == "shape" ? "*" : "") << quoted(text)
       << "' \\\n";
  });
  os << "  '1:model:_files -g \"*.(" << kModelEndings << ")(-.) *(-/)\"'\n";
}

//===----------------------------------------------------------------------===//
// fish
//===----------------------------------------------------------------------===//

static void printFish(const OptionTable &table, raw_ostream &os) {
  auto fishQuoted = [](StringRef text) {
    return "'" + escape(text, "'\\") + "'";
  };
  os << "# fish completion of nnc, made from its table of options\n"
        "complete -c nnc -f\n"
        "complete -c nnc -k -a '(__fish_complete_suffix";
  SmallVector<StringRef> endings;
  StringRef(kModelEndings).split(endings, '|');
  for (StringRef ending : endings)
    os << " ." << ending;
  os << ")'\n";
  forEachOption(table, [&](const OptionInfo &option) {
    os << "complete -c nnc " << (option.name.size() == 1 ? "-s " : "-l ")
       << option.name;
    if (!option.valueName.empty())
      os << (takesPath(option) ? " -r -F" : " -x");
    if (option.name == "explain")
      os << " -a '(nnc --explain | string replace -r \" +\" \\t)'";
    if (!option.values.empty()) {
      std::string list;
      for (const OptionValue &value : option.values)
        list += value.name + "\t" + value.help + "\n";
      list.pop_back();
      os << " -a " << fishQuoted(list);
    }
    os << " -d " << fishQuoted(option.help) << "\n";
  });
}

//===----------------------------------------------------------------------===//
// man
//===----------------------------------------------------------------------===//

/// Text of ours for roff: backslashes and dashes are its own.
static std::string roff(StringRef text) {
  std::string escaped;
  for (char c : text)
    escaped += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  if (StringRef(escaped).starts_with(".") ||
      StringRef(escaped).starts_with("'"))
    escaped = "\\&" + escaped;
  return escaped;
}

static void printManOption(const OptionInfo &option, raw_ostream &os) {
  os << ".TP\n.B " << roff(option.spelling());
  if (!option.valueName.empty()) {
    bool space = option.name.size() == 1 && !option.glued;
    os << (space          ? "\\ "
           : option.glued ? ""
                          : "=")
       << "\\fI" << roff(option.valueName) << "\\fP";
  }
  os << "\n" << roff(option.help) << ".\n";
  if (option.values.empty())
    return;
  os << ".RS\n";
  for (const OptionValue &value : option.values)
    os << ".TP\n.B " << roff(value.name) << "\n" << roff(value.help) << "\n";
  os << ".RE\n";
}

static void printMan(const OptionTable &table, raw_ostream &os) {
  os << ".\\\" Made from nnc's table of options.\n"
     << ".TH NNC 1 \"\" \"nnc " << version() << "\" \"User Commands\"\n"
     << ".SH NAME\nnnc \\- compile a Keras model to a native object and a C "
        "header\n"
        ".SH SYNOPSIS\n.B nnc\n[\\fIoptions\\fP]\n.I model\n"
        ".SH DESCRIPTION\n"
        "Reads a model that Keras saved (.keras, .h5, .json), or one written "
        "in the nn dialect (.mlir), and writes an object file that computes "
        "it, with a C header that says how to call it. The object links into "
        "a C or C++ program and needs nothing else.\n"
        ".PP\nWith a model alone, the object and the header are named after it "
        "and written into the current folder. A model of\n.B \\-\nis read from "
        "standard input.\n"
        ".SH OPTIONS\n";
  for (const OptionGroup &group : table) {
    os << ".SS " << roff(group.title) << "\n";
    for (const OptionInfo &option : group.options)
      printManOption(option, os);
  }
  os << ".SH EXIT STATUS\n0 if all outputs were written, 1 after an error; "
        "then nothing was written.\n"
        ".SH DIAGNOSTICS\nEach message ends with the code of its kind, as in "
        "[N204].\n.B nnc \\-\\-explain N204\nsays what it means, with an "
        "example and a remedy;\n.B nnc \\-\\-explain\nlists all codes.\n"
        ".SH EXAMPLES\n.nf\n"
     << roff("nnc model.keras\n"
             "nnc model.mlir --weights w.safetensors -o model.o --header "
             "model.h\n"
             "nnc model.keras -o libmodel.so --mcpu=native\n"
             "nnc model.keras --emit=summary\n")
     << ".fi\n"
        ".SH SEE ALSO\n"
        "The README beside the sources has a tour of nnc, and\n.B nnc\\-run\n"
        "runs and measures what it compiles.\n";
}

void generate(Generated what, const OptionTable &table, raw_ostream &os) {
  switch (what) {
  case Generated::Bash:
    return printBash(table, os);
  case Generated::Zsh:
    return printZsh(table, os);
  case Generated::Fish:
    return printFish(table, os);
  case Generated::Man:
    return printMan(table, os);
  }
  llvm_unreachable("all kinds are covered");
}

} // namespace nnc
