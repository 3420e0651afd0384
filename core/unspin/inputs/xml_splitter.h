// A file of news in XML → its items, entries and stories, one record each.
//
// Only tags are looked at, so that an item that no parser accepts costs itself alone. An item ends with its end tag;
// items of one name are never inside of each other, so one that is not closed ends where the next begins, inside of a
// section or comment too where that was not closed before. Several documents may follow each other.
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
  // The record that begins with the first byte held. `is_all`: nothing comes behind what is held.
  bool TakeRecord(RawRecord& raw, bool is_all);

  enum class RecordEnd : uint8_t { kNotHeld, kClosed, kNotClosed };
  struct FoundEnd {
    RecordEnd kind = RecordEnd::kNotHeld;
    size_t end = 0;  // in what is held
  };
  enum SectionKind : uint8_t { kCdata, kComment, kInstruction, kSectionKinds };
  // The end of the record that begins with the first byte held, and whose start tag ends at `from`.
  FoundEnd EndOfRecord(size_t from, bool is_all);
  // The end of the section at `at`. An item may write of tags in its sections. But a section that was closed by the end
  // of a later one holds the beginning of that one, behind a record's start tag: kNotClosed, and where that tag is. So
  // does one that nothing closes.
  FoundEnd PassSection(SectionKind kind, size_t at, bool is_all);
  // Where a section that goes on at `from` closes; npos if what is held has no close. Looks at each byte once.
  size_t EndOfSection(SectionKind kind, size_t from);
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

  // No section closes in [begin, end), which are offsets in the file.
  struct KnownEnd {
    uint64_t begin = 0, end = 0;
    bool is_close = false;  // one does at `end`
  };

  std::vector<Element> open_;  // outside of records
  std::string head_;
  bool in_head_ = true;  // no record of this document was found yet
  std::string record_;   // the name of the record that begins with the first byte held; empty: none does
  std::shared_ptr<const XmlContext> context_;  // null: to be made
  KnownEnd known_ends_[kSectionKinds];
  bool end_reported_ = false;
};

}  // namespace unspin
