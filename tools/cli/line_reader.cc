#include "cli/line_reader.h"

#include <span>
#include <string_view>

namespace unspin::cli {
namespace {
constexpr size_t kChunk = size_t{1} << 20;  // bytes read at once
}  // namespace

absl::StatusOr<LineReader> LineReader::Open(const std::string& path) {
  auto stream = ByteStream::Open(path);
  if (!stream.ok()) return stream.status();
  LineReader reader(*std::move(stream));
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  while (reader.buffer_.size() < kByteOrderMark.size() && !reader.ended_) reader.Fill();
  if (reader.buffer_.starts_with(kByteOrderMark)) reader.begin_ = kByteOrderMark.size();
  return reader;
}

std::optional<std::string> LineReader::Next() {
  size_t searched = begin_;
  while (true) {
    const size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(begin_, end - begin_);
      begin_ = end + 1;
      return line;
    }
    if (ended_) {
      if (begin_ == buffer_.size()) return std::nullopt;
      std::string line = buffer_.substr(begin_);
      begin_ = buffer_.size();
      return line;
    }
    buffer_.erase(0, begin_);
    begin_ = 0;
    searched = buffer_.size();
    Fill();
  }
}

void LineReader::Fill() {
  const size_t held = buffer_.size();
  buffer_.resize(held + kChunk);
  const auto read = stream_->Read(std::span(buffer_).subspan(held));
  buffer_.resize(held + (read.ok() ? *read : 0));
  if (!read.ok()) status_ = read.status();
  ended_ = !read.ok() || *read == 0;
}

}  // namespace unspin::cli
