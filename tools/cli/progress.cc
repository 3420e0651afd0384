#include "cli/progress.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <utility>

#include "cli/terminal.h"
#include "render/wording.h"

namespace unspin::cli {
namespace {

constexpr std::chrono::seconds kDelay{1};  // before the line appears
constexpr std::chrono::milliseconds kInterval{200};

constexpr size_t kUsualColumns = 80, kMaxColumns = 1000;  // of a terminal

std::atomic<bool> is_shown = false;

}  // namespace

void WipeProgress() {
  if (is_shown.exchange(false)) std::fputs("\r\033[K", stderr);
}

bool ResultsGoToTerminal() { return isatty(STDOUT_FILENO) != 0; }

Progress::Progress(std::string verb, bool quiet)
    : verb_(std::move(verb)),
      silent_(quiet || !TakesProgress()),
      start_(std::chrono::steady_clock::now()),
      last_(start_) {}

Progress::~Progress() { WipeProgress(); }

double Progress::Finish() {
  WipeProgress();
  return seconds();
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Progress::Update(uint64_t articles, uint64_t bytes, std::optional<uint64_t> bytes_total) {
  if (silent_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - start_ < kDelay || now - last_ < kInterval) return;
  last_ = now;
  is_shown = true;
  const double elapsed = seconds();
  std::string line = verb_ + " " + std::to_string(articles) + " articles, " +
                     Decimal(static_cast<double>(articles) / elapsed, 0) + "/s";
  if (bytes > 0) line += ", " + Decimal(static_cast<double>(bytes) / 1e6 / elapsed, 1) + " MB/s";
  if (bytes_total && bytes > 0 && *bytes_total >= bytes) {
    const double read = static_cast<double>(bytes), left = static_cast<double>(*bytes_total - bytes);
    line += ", " + Decimal(100 * read / (read + left), 0) + " %, " + Decimal(elapsed * left / read, 0) + " s left";
  }
  // A line that the terminal wraps could not be wiped.
  const size_t columns = Columns(STDERR_FILENO, kUsualColumns, kMaxColumns);
  if (line.size() >= columns) line.resize(columns - 1);
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

}  // namespace unspin::cli
