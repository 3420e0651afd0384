#include "server/report_pages.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

constexpr size_t kChunk = size_t{256} << 10;  // bytes read at once

// The whole lines of a file from an offset on.
class LinesFrom {
 public:
  LinesFrom(const std::string& path, uint64_t offset) : path_(path), file_(std::fopen(path.c_str(), "rb"), &Close) {
    if (file_ == nullptr && errno != ENOENT) Fail();
    if (file_ != nullptr && fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET) != 0) Fail();
  }

  // With the line feed; valid until the next call. Nothing at the end, and after an error.
  std::optional<std::string_view> Next() {
    while (file_ != nullptr && status_.ok()) {
      const size_t end = buffer_.find('\n', searched_);
      if (end != std::string::npos) {
        const std::string_view line = std::string_view(buffer_).substr(begin_, end + 1 - begin_);
        begin_ = searched_ = end + 1;
        return line;
      }
      buffer_.erase(0, begin_);
      begin_ = 0;
      searched_ = buffer_.size();
      buffer_.resize(searched_ + kChunk);
      const size_t got = std::fread(buffer_.data() + searched_, 1, kChunk, file_.get());
      buffer_.resize(searched_ + got);
      if (got > 0) continue;
      if (std::ferror(file_.get()) != 0) Fail();
      break;
    }
    return std::nullopt;
  }
  const absl::Status& status() const { return status_; }

 private:
  static void Close(std::FILE* file) {
    if (file != nullptr) std::fclose(file);
  }
  void Fail() { status_ = absl::UnavailableError(AbslView("cannot read " + path_ + ": " + std::strerror(errno))); }

  const std::string path_;
  const std::unique_ptr<std::FILE, void (*)(std::FILE*)> file_;
  absl::Status status_;
  std::string buffer_;
  size_t begin_ = 0, searched_ = 0;  // in buffer_: of the next line, and up to where there is no line feed
};

bool EndsALine(const std::string& path, uint64_t offset) {
  LinesFrom lines(path, offset);
  return lines.Next() == "\n";
}

}  // namespace

absl::StatusOr<ReportPage> ReportPages::Read(uint64_t after, uint64_t limit) {
  uint64_t known = std::min<uint64_t>(after / kStride, offsets_.size() - 1);
  // A line begins behind a line feed, unless the file is another one now.
  if (known > 0 && !EndsALine(path_, offsets_[known] - 1)) {
    offsets_ = {0};
    known = 0;
  }
  uint64_t line = known * kStride, offset = offsets_[known];
  LinesFrom lines(path_, offset);
  ReportPage page{"", after};
  while (page.next - after < limit) {
    const std::optional<std::string_view> next = lines.Next();
    if (!next) break;
    if (line >= after) {
      if (!page.lines.empty() && page.lines.size() + next->size() > kMaxPageBytes) break;
      page.lines += *next;
      ++page.next;
    }
    offset += next->size();
    if (++line == offsets_.size() * kStride) offsets_.push_back(offset);
  }
  if (!lines.status().ok()) return lines.status();
  return page;
}

absl::Status ReportPages::Visit(const std::string& path, const std::function<bool(std::string_view)>& visit) {
  LinesFrom lines(path, 0);
  while (const std::optional<std::string_view> line = lines.Next()) {
    if (!visit(line->substr(0, line->size() - 1))) break;
  }
  return lines.status();
}

}  // namespace unspin::server
