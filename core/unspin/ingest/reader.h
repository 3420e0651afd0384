// Files, folders and standard input → a stream of articles and of bad records, in a fixed order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/ingest/article.h"
#include "unspin/ingest/record.h"

namespace unspin {

struct InputFormat;    // input_format.h; InputFormatNamed finds one
class FieldCensus;     // field_census.h
class LeftOutRecords;  // left_out_records.h
struct InputFolder;    // list_inputs.h
struct RecordBlock;

// The fields of a record that hold an article's text and metadata: names, or paths to nested fields ("body.text"). In a
// table without a header they are numbers of columns, from 1.
struct FieldNames {
  std::string id = "id";
  std::string text = "text";
  std::string title = "title";
  std::string url = "url";
  std::string site = "site";
  std::string published = "published";
  std::string fetched = "fetched";
};

// What a text is written in.
enum class TextIs : uint8_t {
  kFoundByItself,  // plain text, unless it is certainly HTML or holds character references
  kPlain,          // signs stand for themselves
  kHtml,
};

struct ReaderOptions {
  const InputFormat* format = nullptr;  // null: each file's content and name decide (DetectFormat)
  FieldNames fields;
  bool has_header = true;                          // of a table (CSV): its first row names the columns
  std::vector<std::string> keep;                   // fields copied through as raw JSON
  TextIs text_is = TextIs::kFoundByItself;         // of plain text and of text fields
  uint64_t max_article_bytes = uint64_t{1} << 30;  // a larger record is a bad record
  std::shared_ptr<FieldCensus> census;             // counts the fields of records; null: nobody asks
  std::shared_ptr<LeftOutRecords> left_out;        // counts records that are no articles; null: nobody asks
};

// Reads articles one after the other. Not safe to share between threads.
class ArticleReader {
 public:
  // `inputs` are files, folders or "-" for standard input. Folders are walked in name order, and files that are no
  // articles are left aside (list_inputs.h). Fails if an input does not exist.
  static absl::StatusOr<std::unique_ptr<ArticleReader>> Open(std::vector<std::string> inputs, ReaderOptions options);
  virtual ~ArticleReader() = default;

  // The next record, or nothing at the end of the last input.
  virtual std::optional<Record> Next() = 0;

  // Fills `block` with the next records, some hundred kilobytes of them or one, for a RecordBlockParser. Records of
  // formats such as JSON Lines are not parsed here: the reader only finds where they end. The memory of `block` is
  // reused. Returns false at the end of the last input.
  virtual bool NextBlock(RecordBlock& block) = 0;

  // For progress: bytes taken from the inputs so far, as stored (compressed), and their total if it is known.
  virtual uint64_t bytes_read() const = 0;
  virtual std::optional<uint64_t> bytes_total() const = 0;

  // Files to read; some of them may be left aside for their content.
  virtual size_t files() const = 0;
  // The folders that were named, each with what was left aside of it so far; complete at the end of the last input.
  virtual const std::vector<InputFolder>& folders() const = 0;
};

// The article in a string, read as a file of these bytes would be. `path` is what messages call it.
Record ArticleFromBytes(std::string bytes, std::string path, const ReaderOptions& options);

}  // namespace unspin
