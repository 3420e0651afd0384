#include "server/read_body.h"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <utility>

#include <simdjson.h>

#include "server/answers.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/open_source.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/detect_format.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/io/byte_stream.h"
#include "unspin/io/peeked_stream.h"
#include "unspin/json/json_parser.h"

namespace unspin::server {
namespace {

constexpr size_t kMaxNameBytes = 255;    // of a file's name, as file systems have it
constexpr size_t kMaxRecords = 100'000;  // articles of a body: each takes half a kilobyte beside its text
constexpr size_t kMaxBadTold = 1000;     // records of a body that are told to be bad; the others are counted

// Types that say only what the content shows better; for these the content decides.
constexpr std::array<std::string_view, 10> kReadableTypes = {"application/json",
                                                             "application/jsonl",
                                                             "application/x-ndjson",
                                                             "application/xml",
                                                             "application/xhtml+xml",
                                                             "application/octet-stream",
                                                             "application/vnd.apache.parquet",
                                                             "application/warc",
                                                             "multipart/related",
                                                             "message/rfc822"};

bool SaysHtml(std::string_view type) { return type == "text/html" || type == "application/xhtml+xml"; }

// Whether the content shows a format by itself. `name` is that of its file.
bool ShowsFormat(const std::string& body, const std::string& name) {
  auto stream = ByteStream::FromBytes(body, name);
  std::string head;
  if (!stream.ok() || !ReadUpTo(**stream, kHeadForDetection, head).ok()) return true;  // the reader says what is wrong
  const DetectedFormat detected = DetectFormat(std::string_view(head).substr(0, kHeadForDetection), name);
  return detected.format != InputFormats().front();
}

ReaderOptions OptionsFor(const std::string& body, const BodyKind& kind) {
  ReaderOptions options;
  options.max_article_bytes = kind.max_bytes;
  if (SaysHtml(kind.content_type) && !ShowsFormat(body, kind.name)) options.format = InputFormatNamed("html");
  return options;
}

// What is wrong with a body that says it is a JSON object; empty if nothing. Where the text stands in `html`, the
// options say so.
std::string CheckObject(const std::string& body, ReaderOptions& options) {
  JsonParser parser;
  simdjson::dom::element value;
  if (const auto error = parser.Parse(body).get(value); error != simdjson::SUCCESS) {
    return std::string("the body is no valid JSON: ") + simdjson::error_message(error);
  }
  if (!value.is_object()) return "the body is no JSON object; send one: {\"text\": \"…\", \"url\": \"…\"}";
  if (!JsonField(value, options.fields.text) && JsonField(value, "html")) options.fields.text = "html";
  return "";
}

Response BadBody(const BadRecord& bad, const BodyKind& kind) {
  // A body without a file's name has no name that the client knows.
  std::string where = bad.location;
  if (kind.name == "-") where = "the body" + (where.size() > 1 ? " (record " + where.substr(2) + ")" : "");
  return Problem(400, "unreadable_body", where + ": " + bad.message);
}

// A few kilobytes can unpack to gigabytes.
class LimitedStream final : public ByteStream {
 public:
  LimitedStream(std::unique_ptr<ByteStream> stream, uint64_t limit) : stream_(std::move(stream)), limit_(limit) {}

  absl::StatusOr<size_t> Read(std::span<char> into) override {
    if (read_ > limit_) {
      const std::string message =
          "the body unpacks to more than " + std::to_string(limit_) + " bytes; send it in several requests";
      return absl::ResourceExhaustedError(AbslView(message));
    }
    auto got = stream_->Read(into);
    if (got.ok()) read_ += *got;
    return got;
  }
  Recovery Recover(std::string_view beginning) override {
    return read_ > limit_ ? Recovery{} : stream_->Recover(beginning);
  }
  uint64_t stored_bytes_read() const override { return stream_->stored_bytes_read(); }

 private:
  const std::unique_ptr<ByteStream> stream_;
  const uint64_t limit_;
  uint64_t read_ = 0;
};

}  // namespace

bool IsReadable(std::string_view type) {
  return type.starts_with("text/") || type.ends_with("+xml") || type.ends_with("+json") ||
         std::find(kReadableTypes.begin(), kReadableTypes.end(), type) != kReadableTypes.end();
}

Response UnreadableType(const Request& request) {
  return Problem(415, "content_type",
                 (request.content_type.empty() ? std::string("the body has no Content-Type")
                                               : "a body of the type " + request.content_type + " is not read") +
                     "; send text/plain, text/html, application/json, or a file as application/octet-stream");
}

std::string FileNameOf(std::string_view name) {
  const size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  name = name.substr(0, kMaxNameBytes);
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  std::string kept;
  std::copy_if(name.begin(), name.end(), std::back_inserter(kept), [&](char c) { return !is_control(c); });
  return kept.empty() ? "-" : kept;
}

std::variant<ReadArticle, Response> ReadBody(const std::string& body, const BodyKind& kind) {
  ReadArticle read;
  read.options = OptionsFor(body, kind);
  const bool says_json = kind.content_type == "application/json";
  if (says_json && CompressionOf(body).empty()) {
    if (std::string problem = CheckObject(body, read.options); !problem.empty())
      return Problem(400, "invalid_json", problem);
  }
  Record record = ArticleFromBytes(body, kind.name, read.options);
  if (const auto* bad = std::get_if<BadRecord>(&record)) return BadBody(*bad, kind);
  read.article = std::get<Article>(std::move(record));
  read.article.file_sha256 = Sha256Hex(body);  // the body is this article and nothing else
  return read;
}

ReadArticles ReadAll(const std::string& body, const BodyKind& kind) {
  ReadArticles all;
  uint64_t untold = 0;
  const auto add_bad = [&](std::string where, std::string message) {
    if (all.bad.size() < kMaxBadTold) {
      all.bad.push_back({std::move(where), std::move(message)});
    } else {
      ++untold;
    }
  };
  auto stream = ByteStream::FromBytes(body, kind.name);
  if (!stream.ok()) {
    add_bad(kind.name, std::string(StdView(stream.status().message())));
    return all;
  }
  auto limited = std::make_unique<LimitedStream>(*std::move(stream), kind.max_bytes);
  const auto source = OpenRecordSource(std::move(limited), kind.name, std::nullopt, OptionsFor(body, kind));
  uint64_t text_bytes = 0;
  while (std::optional<Record> record = source->Next()) {
    if (auto* bad = std::get_if<BadRecord>(&*record)) {
      add_bad(std::move(bad->location), std::move(bad->message));
      continue;
    }
    auto& article = std::get<Article>(*record);
    text_bytes += article.text.size();
    const bool many = all.articles.size() == kMaxRecords;
    if (many || text_bytes > kind.max_bytes) {
      add_bad(article.id,
              (many ? "there are more than " + std::to_string(kMaxRecords) + " articles"
                    : "the texts up to this one have more than " + std::to_string(kind.max_bytes) + " bytes") +
                  ", and it and those behind it were left out; send them in several requests");
      break;
    }
    all.articles.push_back(std::move(article));
  }
  if (untold > 0) all.bad.push_back({kind.name, std::to_string(untold) + " other records are bad as well"});
  return all;
}

}  // namespace unspin::server
