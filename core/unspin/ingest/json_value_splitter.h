// A stream of JSON values, one after the other or in one list, → one record each.
#pragma once

#include <cstdint>
#include <memory>

#include "unspin/ingest/record_splitter.h"

namespace unspin {

class JsonValueSplitter final : public RecordSplitter {
 public:
  using RecordSplitter::RecordSplitter;

 private:
  bool NextRecord(RawRecord& raw) override;
  // Consumes white space, commas and the brackets of the list. Returns false at the end of the stream.
  bool SkipToValue();

  bool in_list_ = false;
};

}  // namespace unspin
