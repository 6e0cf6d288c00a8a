//===- Progress.cpp - what a long compilation is busy with ----------------===//
//
// See Progress.h. A thread redraws the line, for a single pass of LLVM's may
// take most of the time.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Progress.h"
#include "compiler/model/Text.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace nnc {

using namespace std::chrono_literals;

/// A line that comes and goes at once would only flicker.
static constexpr auto kPatience = 500ms;
static constexpr auto kInterval = 100ms;

static double toSeconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

namespace {

/// Tells of each pass by its option's name, with the function that it is on.
struct PassWatcher : public PassInstrumentation {
  explicit PassWatcher(Progress &progress) : progress(progress) {}

  void runBeforePass(Pass *pass, Operation *op) override {
    if (pass->getArgument().empty()) // passes that only hold others
      return;
    StringRef name = pass->getArgument();
    name.consume_front("nnc-");
    std::string text = name.str();
    if (auto symbol =
            op->getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName()))
      text += " " + symbol.str();
    progress.step(text);
  }

  Progress &progress;
};

} // namespace

Progress::Style Progress::styleFor(const Options &options) {
  if (options.verbose)
    return Style::Log;
  bool line = options.progress && !options.timePasses &&
              !options.dumpPassPipeline && options.printIRTreeDir.empty();
  return line ? Style::Line : Style::None;
}

Progress::Progress(raw_ostream &os, Style style, unsigned width)
    : os(os), style(style), width(width) {
  if (style != Style::Line)
    return;
  ticker = std::thread([this] {
    std::unique_lock<std::mutex> lock(mutex);
    auto wait = kPatience;
    while (!wake.wait_for(lock, wait, [this] { return over; })) {
      draw();
      wait = kInterval;
    }
  });
}

Progress::~Progress() {
  {
    std::unique_lock<std::mutex> lock = pause();
    endStage();
    over = true;
  }
  wake.notify_all();
  if (ticker.joinable())
    ticker.join();
}

void Progress::endStage() {
  if (style == Style::Log && !stageName.empty())
    os << "nnc: " << stageName << " took "
       << llvm::formatv("{0:F3}", toSeconds(Clock::now() - stageStart))
       << " s\n";
}

void Progress::stage(StringRef name) {
  std::unique_lock<std::mutex> lock(mutex);
  endStage();
  stageName = name.str();
  stepName.clear();
  stageStart = Clock::now();
  if (style == Style::Log)
    os << "nnc: " << stageName << "\n";
}

void Progress::step(StringRef what) {
  if (style != Style::Line)
    return;
  std::unique_lock<std::mutex> lock(mutex);
  stepName = printableText(what);
}

void Progress::watch(PassManager &passes) {
  if (style == Style::Line)
    passes.addInstrumentation(std::make_unique<PassWatcher>(*this));
}

void Progress::log(const Twine &message) {
  if (style == Style::Log)
    os << "nnc: " << message << "\n";
}

std::unique_lock<std::mutex> Progress::pause() {
  std::unique_lock<std::mutex> lock(mutex);
  erase();
  return lock;
}

void Progress::draw() {
  std::string text = llvm::formatv("nnc: {0:F1} s  {1}",
                                   toSeconds(Clock::now() - start), stageName);
  if (!stepName.empty())
    text += ": " + stepName;
  // Names may be long, and a line that wraps cannot be rewritten. Bytes are at
  // least as many as columns, and a character is never cut in two.
  size_t end = std::min<size_t>(text.size(), width);
  while (end < text.size() && (text[end] & 0xC0) == 0x80)
    --end;
  text.resize(end);
  os << "\r\033[K" << text;
  os.flush();
  drawn = true;
}

void Progress::erase() {
  if (!drawn)
    return;
  os << "\r\033[K";
  os.flush();
  drawn = false;
}

} // namespace nnc
