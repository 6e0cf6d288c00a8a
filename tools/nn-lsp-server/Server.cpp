//===- Server.cpp - the language server's protocol ------------------------===//
//
// See Server.h.
//
//===----------------------------------------------------------------------===//

#include "tools/nn-lsp-server/Server.h"
#include "compiler/driver/Compile.h"
#include "compiler/driver/Editor.h"
#include "compiler/driver/Explain.h"
#include "tools/nn-lsp-server/Completion.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/LSP/Protocol.h"

using namespace llvm;
using namespace llvm::lsp;

namespace nnc {

//===----------------------------------------------------------------------===//
// Diagnostics with codes
//===----------------------------------------------------------------------===//

/// Moves the code at the end of the message into a member of its own, which
/// editors show beside the source.
static void moveCode(json::Object &diagnostic) {
  std::string whole = diagnostic.getString("message")->str();
  auto [message, code] = splitCode(whole);
  if (code.empty())
    return;
  diagnostic["code"] = code.str();
  diagnostic["message"] = message.str();
}

namespace {

/// LLVM's Diagnostic has no place for the protocol's `code`, so the messages
/// keep theirs until they are written.
struct CodedDiagnosticsParams : PublishDiagnosticsParams {
  using PublishDiagnosticsParams::PublishDiagnosticsParams;
};

json::Value toJSON(const CodedDiagnosticsParams &params) {
  json::Value value =
      llvm::lsp::toJSON(static_cast<const PublishDiagnosticsParams &>(params));
  for (json::Value &diagnostic : *value.getAsObject()->getArray("diagnostics"))
    moveCode(*diagnostic.getAsObject());
  return value;
}

} // namespace

//===----------------------------------------------------------------------===//
// The server
//===----------------------------------------------------------------------===//

namespace {

struct Document {
  std::string text;
  TextAnalysis analysis;
};

class Server {
public:
  explicit Server(JSONTransport &transport);

  LogicalResult run();

private:
  void initialize(const InitializeParams &params, Callback<json::Value> reply);
  void initialized(const InitializedParams &) {}
  void shutdown(const NoParams &params, Callback<std::nullptr_t> reply);
  void open(const DidOpenTextDocumentParams &params);
  void change(const DidChangeTextDocumentParams &params);
  void close(const DidCloseTextDocumentParams &params);
  void hover(const TextDocumentPositionParams &params,
             Callback<std::optional<Hover>> reply);
  void definition(const TextDocumentPositionParams &params,
                  Callback<std::vector<Location>> reply);
  void references(const ReferenceParams &params,
                  Callback<std::vector<Location>> reply);
  void completion(const CompletionParams &params,
                  Callback<CompletionList> reply);

  void update(const URIForFile &uri, int64_t version);
  const TextSymbol *find(const TextDocumentPositionParams &params) const;
  Location locate(const TextDocumentPositionParams &params,
                  const TextRange &range) const;

  JSONTransport &transport;
  MessageHandler handler;
  OutgoingNotification<CodedDiagnosticsParams> publish;
  Editor editor;
  StringMap<Document> documents;
  bool hasShutDown = false;
};

} // namespace

//===----------------------------------------------------------------------===//
// Places: columns are bytes here, and UTF-16 units in the protocol
//===----------------------------------------------------------------------===//

static StringRef findLine(StringRef text, unsigned line) {
  for (; line != 0; --line)
    text = text.split('\n').second;
  return text.split('\n').first;
}

/// Units that a byte of UTF-8 stands for: those of its character at the first
/// byte, none at the others.
static unsigned countUnits(char byte) {
  unsigned char c = byte;
  return (c & 0xC0) == 0x80 ? 0 : c >= 0xF0 ? 2 : 1;
}

static Position toPosition(StringRef text, TextPlace place) {
  unsigned units = 0;
  for (char c : findLine(text, place.line).take_front(place.column))
    units += countUnits(c);
  return Position(int(place.line), int(units));
}

static TextPlace toPlace(StringRef text, Position position) {
  unsigned line = std::max(position.line, 0), column = 0;
  int units = 0;
  for (char c : findLine(text, line)) {
    units += countUnits(c);
    if (units > position.character)
      break;
    ++column;
  }
  return {line, column};
}

static Range toRange(StringRef text, const TextRange &range) {
  return Range(toPosition(text, range.start), toPosition(text, range.end));
}

Server::Server(JSONTransport &transport)
    : transport(transport), handler(transport),
      publish(handler.outgoingNotification<CodedDiagnosticsParams>(
          "textDocument/publishDiagnostics")) {
  handler.method("initialize", this, &Server::initialize);
  handler.notification("initialized", this, &Server::initialized);
  handler.method("shutdown", this, &Server::shutdown);
  handler.notification("textDocument/didOpen", this, &Server::open);
  handler.notification("textDocument/didChange", this, &Server::change);
  handler.notification("textDocument/didClose", this, &Server::close);
  handler.method("textDocument/hover", this, &Server::hover);
  handler.method("textDocument/definition", this, &Server::definition);
  handler.method("textDocument/references", this, &Server::references);
  handler.method("textDocument/completion", this, &Server::completion);
}

LogicalResult Server::run() {
  if (Error error = transport.run(handler)) {
    Logger::error("{0}", toString(std::move(error)));
    return failure();
  }
  return success(hasShutDown);
}

void Server::initialize(const InitializeParams &, Callback<json::Value> reply) {
  json::Object capabilities{
      {"textDocumentSync",
       json::Object{
           {"openClose", true},
           {"change", int(TextDocumentSyncKind::Full)},
       }},
      {"hoverProvider", true},
      {"definitionProvider", true},
      {"referencesProvider", true},
      {"completionProvider",
       json::Object{{"triggerCharacters", {".", "{", ","}}}},
  };
  reply(json::Object{{"serverInfo", json::Object{{"name", "nn-lsp-server"},
                                                 {"version", version()}}},
                     {"capabilities", std::move(capabilities)}});
}

void Server::shutdown(const NoParams &, Callback<std::nullptr_t> reply) {
  hasShutDown = true;
  reply(nullptr);
}

//===----------------------------------------------------------------------===//
// Documents
//===----------------------------------------------------------------------===//

void Server::update(const URIForFile &uri, int64_t version) {
  Document &document = documents[uri.uri()];
  document.analysis = editor.analyse(document.text, uri.file());
  CodedDiagnosticsParams params(uri, version);
  for (const TextMessage &message : document.analysis.messages) {
    Diagnostic diagnostic;
    diagnostic.range = toRange(document.text, message.range);
    diagnostic.source = "nnc";
    diagnostic.message = message.message;
    switch (message.severity) {
    case mlir::DiagnosticSeverity::Error:
      diagnostic.severity = DiagnosticSeverity::Error;
      break;
    case mlir::DiagnosticSeverity::Warning:
      diagnostic.severity = DiagnosticSeverity::Warning;
      break;
    case mlir::DiagnosticSeverity::Note:
    case mlir::DiagnosticSeverity::Remark:
      diagnostic.severity = DiagnosticSeverity::Information;
      break;
    }
    params.diagnostics.push_back(std::move(diagnostic));
  }
  publish(params);
}

void Server::open(const DidOpenTextDocumentParams &params) {
  documents[params.textDocument.uri.uri()].text = params.textDocument.text;
  update(params.textDocument.uri, params.textDocument.version);
}

void Server::change(const DidChangeTextDocumentParams &params) {
  auto found = documents.find(params.textDocument.uri.uri());
  if (found == documents.end())
    return;
  if (failed(TextDocumentContentChangeEvent::applyTo(params.contentChanges,
                                                     found->second.text))) {
    Logger::error("a change does not fit the text of {0}", found->first());
    return;
  }
  update(params.textDocument.uri, params.textDocument.version);
}

void Server::close(const DidCloseTextDocumentParams &params) {
  documents.erase(params.textDocument.uri.uri());
  publish(CodedDiagnosticsParams(params.textDocument.uri, /*version=*/0));
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

const TextSymbol *Server::find(const TextDocumentPositionParams &params) const {
  auto found = documents.find(params.textDocument.uri.uri());
  if (found == documents.end())
    return nullptr;
  const Document &document = found->second;
  return document.analysis.find(toPlace(document.text, params.position));
}

Location Server::locate(const TextDocumentPositionParams &params,
                        const TextRange &range) const {
  const Document &document =
      documents.find(params.textDocument.uri.uri())->second;
  return Location(params.textDocument.uri, toRange(document.text, range));
}

void Server::hover(const TextDocumentPositionParams &params,
                   Callback<std::optional<Hover>> reply) {
  const TextSymbol *symbol = find(params);
  if (!symbol || symbol->hover.empty())
    return reply(std::nullopt);
  Hover answer{Range(params.position)};
  answer.range.reset();
  answer.contents.value = symbol->hover;
  reply(std::move(answer));
}

void Server::definition(const TextDocumentPositionParams &params,
                        Callback<std::vector<Location>> reply) {
  std::vector<Location> places;
  if (const TextSymbol *symbol = find(params))
    places.push_back(locate(params, symbol->definition));
  reply(std::move(places));
}

void Server::references(const ReferenceParams &params,
                        Callback<std::vector<Location>> reply) {
  std::vector<Location> places;
  if (const TextSymbol *symbol = find(params)) {
    if (params.context.includeDeclaration)
      places.push_back(locate(params, symbol->definition));
    for (const TextRange &use : symbol->uses)
      places.push_back(locate(params, use));
  }
  reply(std::move(places));
}

void Server::completion(const CompletionParams &params,
                        Callback<CompletionList> reply) {
  auto found = documents.find(params.textDocument.uri.uri());
  if (found == documents.end())
    return reply(CompletionList());
  StringRef text = found->second.text;
  reply(complete(text, toPlace(text, params.position), params.position,
                 editor.layers()));
}

LogicalResult serve(JSONTransport &transport) {
  return Server(transport).run();
}

} // namespace nnc
