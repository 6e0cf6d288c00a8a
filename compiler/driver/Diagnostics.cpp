//===- Diagnostics.cpp - messages on one line each ------------------------===//
//
// See Diagnostics.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Diagnostics.h"
#include "compiler/model/Text.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace nnc {

/// The first place in a file that a location leads to.
static FileLineColLoc findFilePlace(Location location) {
  FileLineColLoc place;
  location->walk([&](Location inner) {
    place = dyn_cast<FileLineColLoc>(inner);
    return place ? WalkResult::interrupt() : WalkResult::advance();
  });
  return place;
}

static StringRef severityName(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return "error";
  case DiagnosticSeverity::Warning:
    return "warning";
  case DiagnosticSeverity::Note:
  case DiagnosticSeverity::Remark:
    return "note";
  }
  llvm_unreachable("all severities are covered");
}

/// As clang's.
static raw_ostream::Colors severityColor(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return raw_ostream::RED;
  case DiagnosticSeverity::Warning:
    return raw_ostream::MAGENTA;
  case DiagnosticSeverity::Note:
  case DiagnosticSeverity::Remark:
    return raw_ostream::CYAN;
  }
  llvm_unreachable("all severities are covered");
}

void printMessage(raw_ostream &os, const Twine &place,
                  DiagnosticSeverity severity, StringRef message) {
  os.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true) << place << ": ";
  os.changeColor(severityColor(severity), /*Bold=*/true)
      << severityName(severity) << ": ";
  os.resetColor();
  os.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true)
      << printableText(message);
  os.resetColor() << "\n";
}

/// A message of a library's as one line.
static std::string joinLines(StringRef message) {
  SmallVector<StringRef> lines;
  message.trim().split(lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return llvm::join(lines, " ");
}

DiagnosticPrinter::DiagnosticPrinter(MLIRContext *context, raw_ostream &os,
                                     bool quiet, Progress *progress)
    : context(context), os(os), quiet(quiet), progress(progress),
      handler(context, [this](Diagnostic &diagnostic) {
        print(diagnostic);
        return success();
      }) {
  context->printOpOnDiagnostic(false);
}

void DiagnosticPrinter::printLine(Location location,
                                  DiagnosticSeverity severity,
                                  StringRef message) {
  std::string text = "nnc";
  if (FileLineColLoc place = findFilePlace(location)) {
    text = printableText(place.getFilename().getValue());
    if (place.getLine() != 0)
      text += ":" + std::to_string(place.getLine()) + ":" +
              std::to_string(place.getColumn());
  }
  std::unique_lock<std::mutex> lock;
  if (progress)
    lock = progress->pause();
  printMessage(os, text, severity, message);
}

void DiagnosticPrinter::print(Diagnostic &diagnostic) {
  DiagnosticSeverity severity = diagnostic.getSeverity();
  std::string message = joinLines(diagnostic.str());
  if (severity == DiagnosticSeverity::Error) {
    errors = true;
    message = withCode(message, libraryCode);
  } else if (quiet && severity != DiagnosticSeverity::Warning) {
    return;
  }
  printLine(diagnostic.getLocation(), severity, message);
  if (!quiet)
    for (Diagnostic &note : diagnostic.getNotes())
      printLine(note.getLocation(), DiagnosticSeverity::Note,
                joinLines(note.str()));
}

void DiagnosticPrinter::error(const Twine &message) {
  errors = true;
  printLine(UnknownLoc::get(context), DiagnosticSeverity::Error,
            withCode(message.str(), libraryCode));
}

void DiagnosticPrinter::note(const Twine &message) {
  if (!quiet)
    printLine(UnknownLoc::get(context), DiagnosticSeverity::Note,
              message.str());
}

} // namespace nnc
