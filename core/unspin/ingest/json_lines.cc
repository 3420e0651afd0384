#include "unspin/ingest/json_lines.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include "unspin/base/strings.h"
#include "unspin/ingest/json_text.h"

namespace unspin {
namespace {

// Bytes asked of the stream at once: enough to drown the cost of the calls.
constexpr size_t kChunk = 4 << 20;

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos; }

}  // namespace

// Cuts the stream into the bytes of one record each.
class JsonRecords::Splitter {
 public:
  struct Piece {
    std::string_view bytes;  // SIMDJSON_PADDING readable bytes follow
    uint64_t number = 0;
    std::string problem;     // why there are no bytes
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
    return "the record is larger than " + std::to_string(max_bytes_) + " bytes, the most that is read; split it up or raise the limit";
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
    if (in_array_ && failure_.empty()) failure_ = "the list of records is not closed; the file may be cut off: copy it again";
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

// The bytes of one record → an article.
class JsonRecords::Parser {
 public:
  Parser(std::string path, const ReaderOptions& options) : path_(std::move(path)), options_(options) {}

  Record Parse(const Splitter::Piece& piece) {
    number_ = piece.number;
    if (!piece.problem.empty()) return Bad(piece.problem);
    article_ = Article();
    has_text_ = false;
    problem_.clear();
    simdjson::dom::element root;
    const auto error = parser_.parse(piece.bytes.data(), piece.bytes.size(), /*realloc_if_needed=*/false).get(root);
    if (error == simdjson::NUMBER_ERROR) {
      if (!nlohmann::json::accept(piece.bytes)) return Bad(Invalid(error));
      ReadRawFields(piece.bytes);  // valid JSON with a number that simdjson has no type for
    } else if (error) {
      return Bad(Invalid(error));
    } else {
      simdjson::dom::object object;
      if (root.get(object)) return Bad("the record is not a JSON object; write it as {\"" + options_.fields.text + "\": \"...\"}");
      for (const auto field : object) ReadField(field.key, field.value, piece.bytes);
    }
    if (!has_text_ && problem_.empty()) problem_ = NoText(piece.bytes);
    if (!problem_.empty()) return Bad(problem_);
    if (IsBlank(article_.text)) return Bad("the field \"" + options_.fields.text + "\" is empty; leave the record out or give it its text");
    if (!options_.keep.empty()) Keep(piece.bytes);
    if (article_.id.empty()) article_.id = path_ + "#" + std::to_string(number_);
    article_.path = path_;
    article_.record = number_;
    return std::move(article_);
  }

 private:
  BadRecord Bad(std::string message) const {
    if (message.compare(0, path_.size() + 2, path_ + ": ") == 0) message.erase(0, path_.size() + 2);  // the place says it
    return {path_ + ":" + std::to_string(number_), std::move(message)};
  }

  static std::string Invalid(simdjson::error_code error) {
    if (error == simdjson::UTF8_ERROR) return "the record is not valid UTF-8; save the file as UTF-8";
    if (error == simdjson::DEPTH_ERROR) return "the record is nested deeper than 1024 levels; take the nested data out";
    std::string words = simdjson::error_message(error);
    while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
    return "the record is not valid JSON (" + words + "); correct it or take it out";
  }

  std::string NoText(std::string_view bytes) const {
    std::string names;
    size_t listed = 0;
    for (const auto& [key, value] : RawJsonFields(bytes)) {
      if (++listed > 12) {
        names += ", ...";
        break;
      }
      names += (names.empty() ? "\"" : ", \"") + std::string(key.substr(0, 60)) + "\"";
    }
    return "the record has no field \"" + options_.fields.text + "\"" +
           (names.empty() ? " and no other field" : "; its fields are " + names) + ": name the one that holds the text (--text-field)";
  }

  // The parts of an article that are one string each, with the field that holds them.
  std::array<std::pair<const std::string*, std::string*>, 5> PlainParts() {
    const FieldNames& names = options_.fields;
    return {{{&names.title, &article_.title},
             {&names.url, &article_.url},
             {&names.site, &article_.site},
             {&names.published, &article_.published},
             {&names.fetched, &article_.fetched}}};
  }

  void ReadField(std::string_view key, simdjson::dom::element value, std::string_view bytes) {
    std::string_view text;
    const bool is_text = !value.get(text);
    if (key == options_.fields.text) {
      if (is_text) {
        article_.text = text;
        has_text_ = true;
      } else {
        TextIsNoString(value.is_null());
      }
    }
    if (key == options_.fields.id) {
      if (is_text) {
        article_.id = text;
      } else {
        ReadOtherId(key, bytes);
      }
    }
    for (const auto& [name, part] : PlainParts()) {
      if (key != *name) continue;
      if (is_text) {
        *part = text;
      } else if (value.is_number()) {
        *part = RawValue(bytes, key);
      }
    }
  }

  void TextIsNoString(bool is_null) {
    problem_ = "the field \"" + options_.fields.text + "\" is " + (is_null ? "null" : "no text") + "; leave the record out or give it its text";
  }

  // The spelling of a number is what identifies: 007 is no JSON, but 1.50 and 20-digit numbers are.
  void ReadOtherId(std::string_view key, std::string_view bytes) {
    const std::string raw = RawValue(bytes, key);
    if (raw == "null") return;
    if (raw.empty() || raw[0] == '{' || raw[0] == '[') {
      problem_ = "the field \"" + options_.fields.id + "\" is neither text nor a number; give the record a plain id";
      return;
    }
    article_.id = raw;
  }

  // The last of the fields of that name, as written.
  std::string RawValue(std::string_view bytes, std::string_view wanted) {
    std::string found;
    for (const auto& [key, value] : RawJsonFields(bytes)) {
      if (Unescape(key) == wanted) found = value;
    }
    return found;
  }

  // REQUIRES: the inside of a valid JSON string.
  static std::string Unescape(std::string_view inside) {
    if (inside.find('\\') == std::string_view::npos) return std::string(inside);
    const simdjson::padded_string quoted("\"" + std::string(inside) + "\"");
    simdjson::dom::parser parser;
    std::string_view text;
    if (parser.parse(quoted).get(text)) return std::string(inside);
    return std::string(text);
  }

  void ReadRawFields(std::string_view bytes) {
    for (const auto& [raw_key, value] : RawJsonFields(bytes)) {
      const std::string key = Unescape(raw_key);
      const bool is_text = value.size() >= 2 && value[0] == '"';
      const std::string text = is_text ? Unescape(value.substr(1, value.size() - 2)) : std::string();
      if (key == options_.fields.text) {
        if (is_text) {
          article_.text = text;
          has_text_ = true;
        } else {
          TextIsNoString(value == "null");
        }
      }
      if (key == options_.fields.id) {
        if (is_text) {
          article_.id = text;
        } else {
          ReadOtherId(key, bytes);
        }
      }
      for (const auto& [name, part] : PlainParts()) {
        if (key != *name) continue;
        const bool is_number = !value.empty() && (value[0] == '-' || (value[0] >= '0' && value[0] <= '9'));
        if (is_text || is_number) *part = is_text ? text : std::string(value);
      }
    }
  }

  // In the order asked for. Values are minified, so that each stays on one line.
  void Keep(std::string_view bytes) {
    const auto fields = RawJsonFields(bytes);
    for (const std::string& wanted : options_.keep) {
      std::optional<std::string_view> found;
      for (const auto& [key, value] : fields) {
        if (Unescape(key) == wanted) found = value;
      }
      if (!found) continue;
      std::string minified(found->size() + simdjson::SIMDJSON_PADDING, '\0');
      size_t size = 0;
      if (simdjson::minify(found->data(), found->size(), minified.data(), size)) continue;
      minified.resize(size);
      article_.kept.emplace_back(wanted, std::move(minified));
    }
  }

  const std::string path_;
  const ReaderOptions options_;
  simdjson::dom::parser parser_;
  uint64_t number_ = 0;
  Article article_;
  bool has_text_ = false;
  std::string problem_;
};

JsonRecords::JsonRecords(std::unique_ptr<ByteStream> stream, std::string path, Layout layout, const ReaderOptions& options)
    : splitter_(std::make_unique<Splitter>(std::move(stream), layout, options.max_article_bytes)),
      parser_(std::make_unique<Parser>(std::move(path), options)) {}

JsonRecords::~JsonRecords() = default;

std::optional<Record> JsonRecords::Next() {
  Splitter::Piece piece;
  if (!splitter_->Next(piece)) return std::nullopt;
  return parser_->Parse(piece);
}

uint64_t JsonRecords::stored_bytes_read() const { return splitter_->stored_bytes_read(); }

}  // namespace unspin
