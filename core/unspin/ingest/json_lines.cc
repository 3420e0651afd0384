#include "unspin/ingest/json_lines.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "unspin/base/strings.h"
#include "unspin/ingest/json_article.h"
#include "unspin/ingest/json_text.h"

namespace unspin {
namespace {

// Bytes asked of the stream at once: enough to drown the cost of the calls, and few enough that they are still in the
// second-level cache when they are parsed.
constexpr size_t kChunk = 256 << 10;

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos; }

}  // namespace

// Cuts the stream into the bytes of one record each.
class JsonRecords::Splitter {
 public:
  struct Piece {
    std::string_view bytes;  // SIMDJSON_PADDING readable bytes follow
    uint64_t number = 0;
    std::string problem;  // why there are no bytes
  };

  Splitter(std::unique_ptr<ByteStream> stream, Layout layout, uint64_t max_bytes)
      : stream_(std::move(stream)), layout_(layout), max_bytes_(max_bytes) {
    Reserve(kChunk);
  }

  uint64_t stored_bytes_read() const { return stream_->stored_bytes_read(); }

  bool Next(Piece& piece) {
    piece.problem.clear();
    if (!started_) SkipByteOrderMark();
    if (layout_ == Layout::kLines ? NextLine(piece) : NextValue(piece)) return true;
    if (failure_.empty()) return false;
    piece.number = ++number_;
    piece.problem = std::move(failure_);
    failure_.clear();
    return true;
  }

 private:
  std::string_view Held() const { return {buffer_.get() + begin_, end_ - begin_}; }

  void Reserve(size_t capacity) {
    std::unique_ptr<char[]> larger(new char[capacity + simdjson::SIMDJSON_PADDING]);
    if (end_ > begin_) std::memcpy(larger.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    buffer_ = std::move(larger);
    capacity_ = capacity;
  }

  // Brings more bytes behind those held. False at the end of the stream.
  bool Fill() {
    if (at_end_) return false;
    if (begin_ > 0 && end_ == capacity_) {
      std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == capacity_) Reserve(capacity_ * 2);
    const auto got = stream_->Read(buffer_.get() + end_, capacity_ - end_);
    if (!got.ok()) failure_ = std::string(StdView(got.status().message()));
    at_end_ = !got.ok() || *got == 0;
    if (!at_end_) end_ += *got;
    return !at_end_;
  }

  void SkipByteOrderMark() {
    started_ = true;
    while (end_ - begin_ < 3 && Fill()) {
    }
    if (Held().substr(0, 3) == "\xef\xbb\xbf") begin_ += 3;
  }

  std::string TooLarge() const {
    return "the record is larger than " + std::to_string(max_bytes_) +
           " bytes, the most that is read; split it up or raise the limit";
  }

  // Where the stream broke off inside a record, saying so once is enough.
  bool TakeRest(Piece& piece) {
    const std::string_view rest = Held();
    begin_ = end_;
    if (IsBlank(rest)) return false;
    piece.number = ++number_;
    if (!failure_.empty()) {
      piece.problem = std::move(failure_);
      failure_.clear();
    } else if (rest.size() > max_bytes_) {
      piece.problem = TooLarge();
    } else {
      piece.bytes = rest;
    }
    return true;
  }

  bool NextLine(Piece& piece) {
    size_t searched = 0;
    bool too_large = false;
    for (;;) {
      const std::string_view held = Held();
      const size_t newline = held.find('\n', searched);
      if (newline != std::string_view::npos) {
        begin_ += newline + 1;
        searched = 0;
        if (!too_large && IsBlank(held.substr(0, newline))) {
          ++number_;
          continue;
        }
        piece.number = ++number_;
        piece.bytes = held.substr(0, newline);
        if (too_large || newline > max_bytes_) piece.problem = TooLarge();
        return true;
      }
      searched = held.size();
      if (held.size() > max_bytes_) {  // read on without keeping
        too_large = true;
        begin_ = end_ = 0;
        searched = 0;
      }
      if (Fill()) continue;
      if (!too_large) return TakeRest(piece);
      piece.number = ++number_;
      piece.problem = TooLarge();
      begin_ = end_;
      return true;
    }
  }

  // Skips what stands between records. False at the end.
  bool SkipToValue() {
    for (;;) {
      const std::string_view held = Held();
      size_t at = 0;
      for (; at < held.size(); ++at) {
        const char c = held[at];
        if (c == '[' && !in_array_) {
          in_array_ = true;
        } else if (c == ']' && in_array_) {
          in_array_ = false;
        } else if (c != ',' && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
          break;
        }
      }
      begin_ += at;
      if (begin_ < end_) return true;
      if (!Fill()) break;
    }
    if (in_array_ && failure_.empty())
      failure_ = "the list of records is not closed; the file may be cut off: copy it again";
    in_array_ = false;
    return false;
  }

  bool NextValue(Piece& piece) {
    if (!SkipToValue()) return false;
    for (;;) {
      const std::string_view held = Held();
      size_t end = EndOfJsonValue(held, 0);
      if (end == 0) end = 1;  // a stray bracket: report it and go on behind it
      const bool complete = end != std::string_view::npos && (end < held.size() || held[0] == '{' || at_end_);
      if (complete) {
        begin_ += end;
        piece.number = ++number_;
        piece.bytes = held.substr(0, end);
        if (end > max_bytes_) piece.problem = TooLarge();
        return true;
      }
      if (held.size() > max_bytes_) {
        piece.number = ++number_;
        piece.problem = TooLarge() + "; nothing behind it was read";
        begin_ = end_;
        at_end_ = true;
        return true;
      }
      // Looks again only when there is twice as much to look at, which keeps the whole linear.
      const size_t wanted = held.size() * 2;
      while (end_ - begin_ < wanted && Fill()) {
      }
      if (at_end_ && EndOfJsonValue(Held(), 0) == std::string_view::npos) {
        in_array_ = false;
        return TakeRest(piece);
      }
    }
  }

  std::unique_ptr<ByteStream> stream_;
  const Layout layout_;
  const uint64_t max_bytes_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t number_ = 0;
  bool started_ = false;
  bool at_end_ = false;
  bool in_array_ = false;
  std::string failure_;  // what the stream said last
};

JsonRecords::JsonRecords(std::unique_ptr<ByteStream> stream, std::string path, Layout layout,
                         const ReaderOptions& options)
    : splitter_(std::make_unique<Splitter>(std::move(stream), layout, options.max_article_bytes)),
      parser_(std::make_unique<JsonArticleParser>(std::move(path), options)) {}

JsonRecords::~JsonRecords() = default;

std::optional<Record> JsonRecords::Next() {
  Splitter::Piece piece;
  if (!splitter_->Next(piece)) return std::nullopt;
  if (!piece.problem.empty()) return parser_->Bad(piece.number, std::move(piece.problem));
  return parser_->Parse(piece.bytes, piece.number);
}

std::optional<TextRecord> JsonRecords::NextText(ArticleTexts& texts) {
  Splitter::Piece piece;
  if (!splitter_->Next(piece)) return std::nullopt;
  if (!piece.problem.empty()) return parser_->Bad(piece.number, std::move(piece.problem));
  return parser_->ParseText(piece.bytes, piece.number, texts);
}

uint64_t JsonRecords::stored_bytes_read() const { return splitter_->stored_bytes_read(); }

}  // namespace unspin
