// How records are read: the format, the names of fields, and what else a caller decides.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace unspin {

class FieldCensus;     // field_census.h
class LeftOutRecords;  // left_out_records.h
struct InputFormat;    // input_format.h; InputFormatNamed finds one

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
  // Article::file_sha256 of what ArticleReader::Next returns. The second record of a file is then read before the first
  // is returned.
  bool hash_files = false;
  std::shared_ptr<FieldCensus> census;       // counts the fields of records; null: nobody asks
  std::shared_ptr<LeftOutRecords> left_out;  // counts records that are no articles; null: nobody asks
};

}  // namespace unspin
