//===- nn-lsp-server.cpp - nn files in an editor --------------------------===//
//
// A language server for models written in the nn dialect. Editors start it by
// themselves and talk to it over stdin and stdout.
//
//===----------------------------------------------------------------------===//

#include "tools/nn-lsp-server/Server.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace llvm;

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  bool litTest = argc == 2 && StringRef(argv[1]).ltrim('-') == "lit-test";
  if (argc == 2 && StringRef(argv[1]).ltrim('-').starts_with("h")) {
    outs() << "nn-lsp-server: a language server, which an editor starts; it "
              "takes no options\n"
              "(but --lit-test: messages between '// -----' lines, replies "
              "that people can read)\n";
    return EXIT_SUCCESS;
  }
  if (argc != 1 && !litTest) {
    errs() << "nn-lsp-server: error: an editor starts this without options, "
              "but there is '"
           << argv[1] << "' [N001]\n";
    return EXIT_FAILURE;
  }
  sys::ChangeStdinToBinary();
  lsp::Logger::setLogLevel(lsp::Logger::Level::Error);
  lsp::JSONTransport transport(stdin, outs(),
                               litTest ? lsp::JSONStreamStyle::Delimited
                                       : lsp::JSONStreamStyle::Standard,
                               /*PrettyOutput=*/litTest);
  return succeeded(nnc::serve(transport)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
