// A stream of lines → one record a line, also in blocks. Blank lines are skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "unspin/records/record_splitter.h"

namespace unspin {

class LineSplitter final : public RecordSplitter {
 public:
  using RecordSplitter::RecordSplitter;

  bool has_blocks() const override { return true; }
  bool NextBlock(RawRecords& block) override;

 private:
  bool NextRecord(RawRecord& raw) override;
  // The next line whose end is held. Returns false if there is none.
  bool TakeHeldLine(RawRecord& raw);
  // Reads to the end of a line without keeping it.
  void SkipLine();

  size_t searched_ = 0;  // bytes held that contain no line feed
};

}  // namespace unspin
