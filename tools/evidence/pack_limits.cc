#include "evidence/pack_limits.h"

#include <algorithm>
#include <type_traits>

namespace unspin::evidence {
namespace {

constexpr uint64_t kUnpackedPerByte = 4;        // a pack that somebody compressed: text to a fourth
constexpr uint64_t kBytesPerArticleByte = 4;    // a page, its text, and both in the report
constexpr uint64_t kBytesPerOriginalByte = 2;   // every report has its texts in other files too
constexpr uint64_t kBytesPerReport = 16 << 10;  // the least has some 40 kB
constexpr uint64_t kBytesPerLine = 256;         // the shortest event has some 300
constexpr uint64_t kBytesPerRecord = 128;       // far shorter than an article

}  // namespace

ReadLimits LimitsForBody(uint64_t max_body) {
  ReadLimits limits = kReadLimits;
  const auto at_most = [](auto& limit, uint64_t bound) {
    limit = static_cast<std::remove_reference_t<decltype(limit)>>(std::min<uint64_t>(limit, bound));
  };
  at_most(limits.zip.zip_bytes, max_body);
  at_most(limits.zip.file_bytes, max_body);
  // A body so large would overflow, and sets no bound.
  const uint64_t unpacked = std::min(max_body, kReadLimits.unpacked_bytes) * kUnpackedPerByte;
  at_most(limits.zip.total_bytes, unpacked);
  at_most(limits.unpacked_bytes, unpacked);
  at_most(limits.article_bytes, max_body / kBytesPerArticleByte);
  at_most(limits.original_bytes, max_body / kBytesPerOriginalByte);
  at_most(limits.reports, max_body / kBytesPerReport);
  at_most(limits.lines, max_body / kBytesPerLine);
  at_most(limits.records, max_body / kBytesPerRecord);
  return limits;
}

}  // namespace unspin::evidence
