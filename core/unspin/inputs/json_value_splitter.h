// A stream of JSON values, one after the other, in one list, or in a list within an object → one record each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/inputs/json_record_path.h"
#include "unspin/json/json_scanner.h"
#include "unspin/records/record_splitter.h"

namespace unspin {

// The path to the records in an object whose end may be missing; empty if there are none.
using JsonPathFinder = std::function<JsonRecordPath(std::string_view object)>;

// What stands around the records is read past, without being held in memory. Where a record breaks off in its middle,
// by a quote or a bracket too few, it is a record with a problem, and reading goes on at the next place that looks like
// the beginning of a record: one that stands as all records before in its line, or begins with the same name and
// follows a comma or a line feed.
class JsonValueSplitter final : public RecordSplitter {
 public:
  // With `find_path`, `path` is not known yet: the records are those of the first list in which it finds some. It gets
  // one field of the first object after the other; if there are none, the values behind that are the records.
  JsonValueSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes, JsonRecordPath path = {},
                    JsonPathFinder find_path = nullptr);

  bool has_blocks() const override { return true; }
  bool NextBlock(RawRecords& block) override;

 private:
  enum class Mode : uint8_t {
    kBetween,  // outside of records: brackets, names, commas
    kName,     // in a name of the object around the records
    kSkipped,  // in a value that is no record and holds none
    kRecord,   // in a record; all of it is held
    kLarge,    // in a record that is too large; what was scanned of it is not held
    kLost,     // behind a break, on the way to the next record
  };

  bool NextRecord(RawRecord& raw) override;
  // Goes on within the bytes held. Returns false if more are needed for the next record.
  bool TakeHeld(RawRecord& raw);
  // The steps of TakeHeld, by mode. They return true if `raw` is filled in, or the mode has changed.
  bool GoBetween(RawRecord& raw);
  bool ReadName(RawRecord& raw);
  bool Skip(RawRecord& raw);
  bool ScanRecord(RawRecord& raw);
  bool SkipLarge(RawRecord& raw);
  bool FindRecord();

  // A value begins at the byte held first. Returns whether it is entered: the byte is a bracket around records.
  bool Enter(char c);
  // Looks for records in the value held first. Returns false if more bytes are needed. REQUIRES: find_path_.
  bool SeekPath();
  // Leaves a bracket around records. Returns false if `c` does not close it.
  bool Leave(char c, RawRecord& raw);
  // What begins here is a record: notes how it stands in its line.
  void BeginRecord();
  void NoteName(std::string_view record);
  // Whether these bytes end with the name of the list of records and its bracket.
  bool IsListStart(std::string_view before) const;
  bool IsRecordStart(std::string_view held, size_t at) const;
  // Gives the bytes up to the break at held()[at] a problem.
  void Break(RawRecord& raw, size_t at, std::string_view problem);
  bool AtEnd(RawRecord& raw);

  JsonRecordPath path_;
  JsonPathFinder find_path_;  // null: path_ is known
  JsonRecordPath sought_;     // while it is not: the fields that were entered,
  std::string name_;          // the name of the next value,
  bool enters_ = false;       // and whether that is entered
  JsonScanner scanner_;
  Mode mode_ = Mode::kBetween;
  size_t scanned_ = 0;           // bytes of held() that were scanned, or searched for the next record
  std::vector<bool> is_object_;  // of the open brackets around the records, by step of path_
  bool in_list_ = false;         // the values of the file are in a list
  bool has_name_ = false;        // the name of the next value was read,
  bool on_path_ = false;         // and it is the next step of path_
  bool has_records_ = false;     // the list of records of this object was found

  // How records begin, for finding the next one behind a break.
  bool in_new_line_ = true;  // only white space was read since the last line feed:
  std::string indent_;       // this
  bool has_record_ = false;  // some record was found
  bool has_indent_ = true;   // all records so far began in a new line, behind
  std::string record_indent_;
  std::string first_name_;  // of the first record, with its quotes
  uint64_t rescanned_ = 0;  // bytes that were scanned again behind breaks
};

}  // namespace unspin
