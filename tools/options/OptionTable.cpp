//===- OptionTable.cpp - the options for shells and manuals ---------------===//
//
// See OptionTable.h. Help texts and values are ours; what a shell or roff would
// take for its own syntax is escaped.
//
//===----------------------------------------------------------------------===//

#include "tools/options/OptionTable.h"

#include <algorithm>
#include <cctype>

namespace nnc {
namespace {

bool endsWith(const std::string &text, const std::string &ending) {
  return text.size() >= ending.size() &&
         text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

bool takesPath(const OptionInfo &option) {
  const std::string &value = option.valueName;
  return endsWith(value, "file") || value == "folder" ||
         value.find('.') != std::string::npos;
}

/// `text` with a backslash in front of each of `special`.
std::string escape(const std::string &text, const std::string &special) {
  std::string escaped;
  for (char c : text) {
    if (special.find(c) != std::string::npos)
      escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// `text` for the inside of single quotes in a POSIX shell.
std::string quoted(const std::string &text) {
  std::string result;
  for (char c : text)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result;
}

std::string join(const std::vector<std::string> &parts, const char *between) {
  std::string text;
  for (const std::string &part : parts)
    text += (text.empty() ? "" : between) + part;
  return text;
}

/// The program's name for a function of the shell.
std::string functionName(const Program &program) {
  std::string name = "_" + program.name;
  for (char &letter : name)
    letter = letter == '-' ? '_' : letter;
  return name;
}

template <typename Function>
void forEachOption(const Program &program, Function function) {
  for (const OptionGroup &group : program.options)
    for (const OptionInfo &option : group.options)
      function(option);
}

//===----------------------------------------------------------------------===//
// bash
//===----------------------------------------------------------------------===//

/// One case of the word before the cursor, which offers `words`.
std::string bashCase(const std::string &pattern, const std::string &words) {
  return "  " + pattern + ")\n    mapfile -t COMPREPLY < <(compgen " + words +
         " -- \"$cur\")\n    return ;;\n";
}

std::string bashValues(const Program &program) {
  std::string text;
  std::vector<std::string> paths, others;
  forEachOption(program, [&](const OptionInfo &option) {
    if (option.takesCode) {
      text += bashCase(option.spelling(),
                       "-W \"$(nnc --explain | cut -d ' ' -f 1)\"");
    } else if (!option.values.empty()) {
      std::vector<std::string> names;
      for (const OptionValue &value : option.values)
        names.push_back(value.name);
      text += bashCase(option.spelling(), "-W '" + join(names, " ") + "'");
    } else if (!option.valueName.empty() && !option.glued) {
      (takesPath(option) ? paths : others).push_back(option.spelling());
    }
  });
  text += bashCase(join(paths, " | "), "-f");
  if (!others.empty())
    text += "  " + join(others, " | ") + ")\n    return ;;\n";
  return text;
}

std::string printBash(const Program &program) {
  std::string function = functionName(program);
  std::string text = "# bash completion of " + program.name +
                     ", made from its table of options\n" + function + R"(() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=
  ((COMP_CWORD > 0)) && prev=${COMP_WORDS[COMP_CWORD - 1]}
  # bash takes --emit=obj for three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $prev in
)" + bashValues(program) +
                     R"(  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W ')";
  forEachOption(program, [&](const OptionInfo &option) {
    bool attached =
        !option.valueName.empty() && !option.optional && option.name.size() > 1;
    text += option.spelling() + (attached ? "= " : " ");
  });
  return text + R"(' -- "$cur")
    [[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace
    return
  fi
  mapfile -t COMPREPLY < <(shopt -s extglob
    compgen -d -- "$cur"
    compgen -f -X '!*.@()" +
         join(program.endings, "|") + R"()' -- "$cur")
}
complete -o filenames -F )" +
         function + " " + program.name + "\n";
}

//===----------------------------------------------------------------------===//
// zsh
//===----------------------------------------------------------------------===//

std::string zshOption(const OptionInfo &option) {
  std::string text = option.spelling();
  if (option.glued)
    text += "-";
  else if (!option.valueName.empty() && !option.optional)
    text += option.name.size() > 1 ? "=" : "+";
  text += "[" + escape(option.help, "[]:\\") + "]";
  if (!option.valueName.empty())
    text +=
        (option.optional ? "::" : ":") + escape(option.valueName, ":\\") + ":";
  if (!option.values.empty()) {
    text += "((";
    for (const OptionValue &value : option.values)
      text += value.name + "\\:\"" + escape(value.help, ":\"\\") + "\" ";
    text.back() = ')';
    text += ")";
  } else if (option.takesCode) {
    text += "($(nnc --explain | cut -d \" \" -f 1))";
  } else if (takesPath(option)) {
    text += "_files";
  }
  return (option.repeatable ? "*" : "") + text;
}

std::string printZsh(const Program &program) {
  std::string text = "#compdef " + program.name + "\n# zsh completion of " +
                     program.name +
                     ", made from its table of options\n_arguments \\\n";
  forEachOption(program, [&](const OptionInfo &option) {
    text += "  '" + quoted(zshOption(option)) + "' \\\n";
  });
  return text + "  '1:" + program.argument + ":_files -g \"*.(" +
         join(program.endings, "|") + ")(-.) *(-/)\"'\n";
}

//===----------------------------------------------------------------------===//
// fish
//===----------------------------------------------------------------------===//

std::string fishQuoted(const std::string &text) {
  return "'" + escape(text, "'\\") + "'";
}

std::string printFish(const Program &program) {
  std::string complete = "complete -c " + program.name;
  std::string text = "# fish completion of " + program.name +
                     ", made from its table of options\n" + complete + " -f\n" +
                     complete + " -k -a '(__fish_complete_suffix ." +
                     join(program.endings, " .") + ")'\n";
  forEachOption(program, [&](const OptionInfo &option) {
    text +=
        complete + (option.name.size() == 1 ? " -s " : " -l ") + option.name;
    if (!option.valueName.empty() && !option.optional)
      text += takesPath(option) ? " -r -F" : " -x";
    else if (takesPath(option))
      text += " -F";
    if (option.takesCode)
      text += " -a '(nnc --explain | string replace -r \" +\" \\t)'";
    if (!option.values.empty()) {
      std::string list;
      for (const OptionValue &value : option.values)
        list += value.name + "\t" + value.help + "\n";
      list.pop_back();
      text += " -a " + fishQuoted(list);
    }
    text += " -d " + fishQuoted(option.help) + "\n";
  });
  return text;
}

//===----------------------------------------------------------------------===//
// man
//===----------------------------------------------------------------------===//

/// Text of ours for roff: backslashes and dashes are its own.
std::string roff(const std::string &text) {
  std::string escaped;
  for (char c : text)
    escaped += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  if (!escaped.empty() && (escaped[0] == '.' || escaped[0] == '\''))
    escaped = "\\&" + escaped;
  return escaped;
}

std::string manOption(const OptionInfo &option) {
  std::string text = ".TP\n.B " + roff(option.spelling());
  if (!option.valueName.empty()) {
    std::string value = "\\fI" + roff(option.valueName) + "\\fP";
    if (option.optional)
      text += "\\fR[=" + value + "\\fR]\\fP";
    else if (option.glued)
      text += value;
    else
      text += (option.name.size() == 1 ? "\\ " : "=") + value;
  }
  text += "\n" + roff(option.help) + ".\n";
  if (option.values.empty())
    return text;
  text += ".RS\n";
  for (const OptionValue &value : option.values)
    text += ".TP\n.B " + roff(value.name) + "\n" + roff(value.help) + "\n";
  return text + ".RE\n";
}

std::string printMan(const Program &program) {
  std::string title;
  for (char c : program.name)
    title += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  std::string text = ".\\\" Made from the program's table of options.\n.TH " +
                     roff(title) + " 1 \"\" \"nnc " + program.version +
                     "\" \"User Commands\"\n.SH NAME\n" + roff(program.name) +
                     " \\- " + roff(program.purpose) + "\n.SH SYNOPSIS\n.B " +
                     roff(program.name) + "\n[\\fIoptions\\fP]\n.I " +
                     roff(program.argument) + "\n.SH DESCRIPTION\n";
  for (std::size_t i = 0; i != program.about.size(); ++i)
    text += (i == 0 ? "" : ".PP\n") + roff(program.about[i]) + "\n";
  text += ".SH OPTIONS\n";
  for (const OptionGroup &group : program.options) {
    text += ".SS " + roff(group.title) + "\n";
    for (const OptionInfo &option : group.options)
      text += manOption(option);
  }
  text += ".SH EXIT STATUS\n" + roff(program.exitStatus) +
          "\n.SH DIAGNOSTICS\nEach message ends with the code of its kind, as "
          "in [N204].\n.B nnc \\-\\-explain N204\nsays what it means, with an "
          "example and a remedy;\n.B nnc \\-\\-explain\nlists all codes.\n"
          ".SH EXAMPLES\n.nf\n";
  for (const std::string &command : program.examples)
    text += roff(command) + "\n";
  return text + ".fi\n.SH SEE ALSO\n" + roff(program.seeAlso) + "\n";
}

} // namespace

std::string OptionInfo::spelling() const {
  return (name.size() == 1 ? "-" : "--") + name;
}

std::optional<Generated> generatedKind(const std::string &name) {
  if (name == "bash")
    return Generated::Bash;
  if (name == "zsh")
    return Generated::Zsh;
  if (name == "fish")
    return Generated::Fish;
  if (name == "man")
    return Generated::Man;
  return std::nullopt;
}

std::string generate(Generated what, const Program &program) {
  switch (what) {
  case Generated::Bash:
    return printBash(program);
  case Generated::Zsh:
    return printZsh(program);
  case Generated::Fish:
    return printFish(program);
  case Generated::Man:
    break;
  }
  return printMan(program);
}

} // namespace nnc
