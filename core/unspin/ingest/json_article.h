// The bytes of one JSON object → an article.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "unspin/ingest/reader.h"
#include "unspin/ingest/record_parser.h"

namespace unspin {

// If a field occurs twice in an object, the last one counts.
class JsonArticleParser final : public RecordParser {
 public:
  JsonArticleParser(std::string path, const ReaderOptions& options);
  ~JsonArticleParser() override;

 private:
  class ObjectReader;

  Record ParseBytes(std::string_view bytes, uint64_t number) override;
  TextRecord ParseTextOfBytes(std::string_view bytes, uint64_t number) override;

  const std::unique_ptr<ObjectReader> reader_;
  std::string default_id_;  // of the last ParseTextOfBytes
};

}  // namespace unspin
