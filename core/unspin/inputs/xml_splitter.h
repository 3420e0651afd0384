// A file of news in XML → its items, entries and stories, one record each.
//
// Only tags are looked at, so that an item that no parser accepts costs itself alone. An item ends with its end tag;
// items of one name are never inside of each other, so one that is not closed ends where the next begins. A section or
// comment that runs over the end of one item and the beginning of the next was not closed either. Several documents may
// follow each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/records/record_splitter.h"

namespace unspin {

// The elements around the records. With their tags, a record is a document by itself.
struct XmlContext final : RecordContext {
  std::string open;   // their start tags: "<rss version="2.0"><channel>"
  std::string close;  // "</channel></rss>"
  size_t depth = 0;   // their number
  std::string head;   // from the root's start tag to the first record, its beginning at least: a feed's own title
};

// Whether elements of this name, without its prefix, are records in a document with this root.
bool IsXmlRecord(std::string_view root, std::string_view name);

class XmlSplitter final : public RecordSplitter {
 public:
  using RecordSplitter::RecordSplitter;

  bool has_blocks() const override { return true; }
  bool NextBlock(RawRecords& block) override;

 private:
  bool NextRecord(RawRecord& raw) override;
  // The next record if its end is held. Consumes what is before it.
  bool TakeHeldRecord(RawRecord& raw);
  // The record that begins with the first byte held.
  bool TakeRecord(RawRecord& raw);
  // Consumes a tag, comment or section that is outside of records.
  void PassToken(size_t size);
  void OpenElement(std::string_view start_tag, std::string_view name);
  void CloseElement(std::string_view name);
  // What is held at the end of the file, and the elements that are open there.
  bool TakeEnd(RawRecord& raw);
  // Leaves a record or a tag that is too large.
  void SkipTooLarge(RawRecord& raw);
  void Begin(RawRecord& raw);
  std::string ItemTooLarge(uint64_t offset) const;
  std::string_view root() const { return open_.empty() ? std::string_view() : open_.front().name; }

  struct Element {
    std::string name;  // with its prefix
    std::string start_tag;
  };

  std::vector<Element> open_;  // outside of records
  std::string head_;
  bool in_head_ = true;  // no record of this document was found yet
  std::string record_;   // the name of the record that begins with the first byte held; empty: none does
  std::shared_ptr<const XmlContext> context_;  // null: to be made
  bool end_reported_ = false;
};

}  // namespace unspin
