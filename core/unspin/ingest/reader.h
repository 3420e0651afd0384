// Files, folders and standard input → a stream of articles and of bad records, in a fixed order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

// The same where an article went into ArticleTexts.
using TextRecord = std::variant<std::monostate, BadRecord>;

// What makes sketches and clusters of many articles, one after the other in memory that is used again.
class ArticleTexts {
 public:
  size_t size() const { return places_.size(); }
  size_t bytes() const { return bytes_.size(); }
  std::string_view id(size_t article) const { return Between(places_[article].begin, places_[article].published); }
  std::string_view published(size_t article) const {
    return Between(places_[article].published, places_[article].text);
  }
  std::string_view text(size_t article) const { return Between(places_[article].text, places_[article].end); }

  void Add(std::string_view id, std::string_view published, std::string_view text) {
    Place place;
    place.begin = bytes_.size();
    place.published = place.begin + id.size();
    place.text = place.published + published.size();
    place.end = place.text + text.size();
    places_.push_back(place);
    bytes_.append(id).append(published).append(text);
  }
  void clear() {
    bytes_.clear();
    places_.clear();
  }

 private:
  struct Place {
    size_t begin, published, text, end;
  };
  std::string_view Between(size_t begin, size_t end) const {
    return std::string_view(bytes_).substr(begin, end - begin);
  }

  std::string bytes_;
  std::vector<Place> places_;
};

// Reads articles one after the other. Not safe to share between threads.
class ArticleReader {
 public:
  // `inputs` are files, folders (walked in name order, without names that begin with a dot) or "-". Fails when one does
  // not exist.
  static absl::StatusOr<std::unique_ptr<ArticleReader>> Open(std::vector<std::string> inputs, ReaderOptions options);
  virtual ~ArticleReader() = default;

  // The next record, or nothing at the end of the last input.
  virtual std::optional<Record> Next() = 0;

  // The same where an article's text, id and date are enough: they are appended to `texts`.
  virtual std::optional<TextRecord> NextText(ArticleTexts& texts) = 0;

  // Bytes taken from the inputs so far, as stored (compressed), and their total where it is known: for progress.
  virtual uint64_t bytes_read() const = 0;
  virtual std::optional<uint64_t> bytes_total() const = 0;
};

// One article from a string: what a single file would yield. `format` kAuto looks at the content.
std::variant<Article, BadRecord> ArticleFromBytes(std::string bytes, std::string path, const ReaderOptions& options);

}  // namespace unspin
