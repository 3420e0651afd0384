#include "cli/messages.h"

#include <unistd.h>

#include <cstdio>

#include "unspin/base/strings.h"

namespace unspin::cli {

void PrintError(const std::string& message) { std::fprintf(stderr, "unspin: %s\n", message.c_str()); }
void PrintError(const absl::Status& status) { PrintError(std::string(StdView(status.message()))); }

bool ResultsWritten() {
  // The flush alone forgets what an earlier one lost.
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return true;
  PrintError("cannot write to standard output: the device is full or the reader has gone");
  return false;
}

Progress::Progress(std::string what, bool quiet)
    : what_(std::move(what)),
      silent_(quiet || isatty(STDERR_FILENO) == 0),
      start_(std::chrono::steady_clock::now()),
      last_(start_) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Progress::Update(uint64_t articles, uint64_t bytes, std::optional<uint64_t> bytes_total) {
  if (silent_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - start_ < std::chrono::seconds(1) || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double elapsed = seconds();
  std::fprintf(stderr, "\r\033[K%s %llu articles, %.0f/s, %.1f MB/s", what_.c_str(),
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
