#include "cli/progress.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <utility>

namespace unspin::cli {
namespace {

constexpr std::chrono::seconds kDelay{1};  // before the line appears
constexpr std::chrono::milliseconds kInterval{200};

std::atomic<bool> is_shown = false;

}  // namespace

void WipeProgress() {
  if (is_shown.exchange(false)) std::fputs("\r\033[K", stderr);
}

bool ResultsGoToTerminal() { return isatty(STDOUT_FILENO) != 0; }

Progress::Progress(std::string verb, bool quiet)
    : verb_(std::move(verb)),
      silent_(quiet || isatty(STDERR_FILENO) == 0),
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
  std::fprintf(stderr, "\r\033[K%s %llu articles, %.0f/s, %.1f MB/s", verb_.c_str(),
               static_cast<unsigned long long>(articles), static_cast<double>(articles) / elapsed,
               static_cast<double>(bytes) / 1e6 / elapsed);
  if (bytes_total && bytes > 0 && *bytes_total >= bytes) {
    std::fprintf(stderr, ", %.0f %%, %.0f s left",
                 100.0 * static_cast<double>(bytes) / static_cast<double>(*bytes_total),
                 elapsed * static_cast<double>(*bytes_total - bytes) / static_cast<double>(bytes));
  }
  std::fflush(stderr);
}

}  // namespace unspin::cli
