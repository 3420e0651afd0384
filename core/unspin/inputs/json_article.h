// The bytes of one JSON object → an article.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "unspin/records/reader_options.h"
#include "unspin/records/record_parser.h"

namespace unspin {

struct Charset;

// If a field occurs twice in an object, the last one counts. A record without the text field is read if its shape is
// well known (json_shapes.h).
class JsonArticleParser final : public RecordParser {
 public:
  // Records that are not UTF-8 are read in the set `likely`, or in one that is guessed if it is null or reads them
  // badly. `converted_from` names the set that the file had before it became UTF-8; empty: it was not converted.
  // `of_feed`: the records are the items of a JSON Feed.
  JsonArticleParser(std::string path, const ReaderOptions& options, const Charset* likely = nullptr,
                    std::string_view converted_from = "", bool of_feed = false);
  ~JsonArticleParser() override;

 private:
  class ObjectReader;

  std::optional<Record> ParseBytes(std::string_view bytes, uint64_t number) override;
  std::optional<TextRecord> ParseTextOfBytes(std::string_view bytes, uint64_t number) override;

  // Whether the record read last is no article by its kind; counts it.
  bool IsLeftOut() const;

  const std::unique_ptr<ObjectReader> reader_;
  const std::shared_ptr<LeftOutRecords> left_out_;
  const std::string_view converted_from_;
  std::string default_id_;  // of the last ParseTextOfBytes
};

}  // namespace unspin
