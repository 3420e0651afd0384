#include "unspin/records/record_source.h"

#include <cassert>
#include <utility>

namespace unspin {
namespace {

class SingleRecordSource final : public RecordSource {
 public:
  SingleRecordSource(Record&& record, uint64_t stored_bytes)
      : record_(std::move(record)), stored_bytes_(stored_bytes) {}

  std::optional<Record> Next() override { return std::exchange(record_, std::nullopt); }
  uint64_t stored_bytes_read() const override { return stored_bytes_; }

 private:
  std::optional<Record> record_;
  const uint64_t stored_bytes_;
};

}  // namespace

bool RecordSource::NextBlock(RecordBlock& block) {
  assert(!block.full());
  std::optional<Record> record = Next();
  if (!record) return false;
  block.Add(*std::move(record));
  return true;
}

std::unique_ptr<RecordSource> MakeSingleRecordSource(Record record, uint64_t stored_bytes) {
  return std::make_unique<SingleRecordSource>(std::move(record), stored_bytes);
}

}  // namespace unspin
