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

static void printLine(raw_ostream &os, Location location, StringRef severity,
                      StringRef message) {
  if (FileLineColLoc place = findFilePlace(location)) {
    os << printableText(place.getFilename().getValue()) << ":";
    if (place.getLine() != 0)
      os << place.getLine() << ":" << place.getColumn() << ":";
  } else {
    os << "nnc:";
  }
  SmallVector<StringRef> lines;
  message.trim().split(lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  os << " " << severity << ": " << printableText(llvm::join(lines, " "))
     << "\n";
}

DiagnosticPrinter::DiagnosticPrinter(MLIRContext *context, raw_ostream &os)
    : os(os), handler(context, [this](Diagnostic &diagnostic) {
        print(diagnostic);
        return success();
      }) {
  context->printOpOnDiagnostic(false);
}

void DiagnosticPrinter::print(Diagnostic &diagnostic) {
  errors |= diagnostic.getSeverity() == DiagnosticSeverity::Error;
  printLine(os, diagnostic.getLocation(),
            severityName(diagnostic.getSeverity()), diagnostic.str());
  for (Diagnostic &note : diagnostic.getNotes())
    printLine(os, note.getLocation(), "note", note.str());
}

void DiagnosticPrinter::error(const Twine &message) {
  errors = true;
  os << "nnc: error: " << printableText(message.str()) << "\n";
}

void DiagnosticPrinter::note(const Twine &message) {
  os << "nnc: note: " << printableText(message.str()) << "\n";
}

} // namespace nnc
