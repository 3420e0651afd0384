// The bytes of one item of a feed or of a news service → an article.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "unspin/inputs/feed_item.h"
#include "unspin/inputs/xml_splitter.h"
#include "unspin/inputs/xml_tree.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record_parser.h"

namespace unspin {

struct Charset;

// Parses the records of an XmlSplitter.
class XmlArticleParser final : public RecordParser {
 public:
  // `declared` is the character set that the file declares; null: none. Records that are UTF-8 are read as such
  // whatever it is. `converted_from` names the set that the file had before it became UTF-8; empty: it was not
  // converted.
  XmlArticleParser(std::string path, const ReaderOptions& options, const Charset* declared,
                   std::string_view converted_from);

 private:
  std::optional<Record> ParseBytes(std::string_view bytes, uint64_t number) override;
  // Prepares for records that stand inside of these elements.
  void Enter(std::shared_ptr<const RecordContext> context);
  // The item whose element is `node`.
  NewsItem ReadItem(const XmlNode* node) const;
  // The text of the first field that holds an article; nothing if none does.
  std::optional<Article> ReadText(NewsItem& item) const;
  // An item without an article: nothing, if it is of a kind that has none.
  std::optional<Record> WithoutArticle(const NewsItem& item, uint64_t number) const;
  void Keep(const NewsItem& item, Article& article) const;
  BadRecord BadItem(uint64_t number, const std::string& message) const;

  const ReaderOptions options_;
  const Charset* const declared_;
  const std::string_view converted_from_;
  XmlTree tree_;
  std::string document_;                          // of the last record
  std::shared_ptr<const RecordContext> entered_;  // of the last record,
  const XmlContext* around_ = nullptr;            // likewise
  std::string open_;                              // its start tags, with plain references
  FeedFacts feed_;                                // what its head says
};

}  // namespace unspin
