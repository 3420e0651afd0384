// Files, folders and standard input → a stream of articles and of bad records, in a fixed order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/ingest/article.h"

namespace unspin {

enum class InputFormat { kAuto, kText, kHtml, kJsonLines };

// Names of the JSON fields that hold each part of an article.
struct FieldNames {
  std::string id = "id";
  std::string text = "text";
  std::string title = "title";
  std::string url = "url";
  std::string site = "site";
  std::string published = "published";
  std::string fetched = "fetched";
};

struct ReaderOptions {
  InputFormat format = InputFormat::kAuto;
  FieldNames fields;
  std::vector<std::string> keep;                   // JSON fields copied through as raw JSON
  uint64_t max_article_bytes = uint64_t{1} << 30;  // a larger record is a bad record
};

// A record that could not become an article. Nothing is ever dropped without one of these.
struct BadRecord {
  std::string place;    // "file.jsonl:17" (1-based line or record) or "file.txt"
  std::string message;  // what is wrong and what to do
};

using Record = std::variant<Article, BadRecord>;

struct RecordBlock;

// Reads articles one after the other. Not safe to share between threads.
class ArticleReader {
 public:
  // `inputs` are files, folders (walked in name order, without names that begin with a dot) or "-". Fails when one does
  // not exist.
  static absl::StatusOr<std::unique_ptr<ArticleReader>> Open(std::vector<std::string> inputs, ReaderOptions options);
  virtual ~ArticleReader() = default;

  // The next record, or nothing at the end of the last input.
  virtual std::optional<Record> Next() = 0;

  // The next records, some hundred kilobytes of them or one, for a RecordBlockParser: of JSON Lines no more is done
  // here than to find where lines end. The memory of `block` is used again. False at the end of the last input.
  virtual bool NextBlock(RecordBlock& block) = 0;

  // Bytes taken from the inputs so far, as stored (compressed), and their total where it is known: for progress.
  virtual uint64_t bytes_read() const = 0;
  virtual std::optional<uint64_t> bytes_total() const = 0;
};

// One article from a string: what a single file would yield. `format` kAuto looks at the content.
std::variant<Article, BadRecord> ArticleFromBytes(std::string bytes, std::string path, const ReaderOptions& options);

}  // namespace unspin
