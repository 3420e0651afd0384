// What a reader of packs accepts, and a writer keeps to: anybody may have made a pack, to make its reader busy.
#pragma once

#include <cstddef>
#include <cstdint>

#include "evidence/zip_reader.h"

namespace unspin::evidence {

// Of the zip.
inline constexpr ZipLimits kPackLimits = {
    .zip_bytes = uint64_t{512} << 20,    // held in memory, some four times
    .files = 20'000,                     // some 1,500 reports
    .total_bytes = uint64_t{512} << 20,  // our packs are not compressed
    .file_bytes = uint64_t{256} << 20,
    .ratio = 100,  // text compresses to a tenth at best
};

// Of what is in it. All but the first are of a whole pack or of a report, as they say.
struct ReadLimits {
  ZipLimits zip;
  size_t reports;           // of a pack
  size_t originals;         // of a report
  size_t lines;             // of a report's log, and of its table of licences
  uint64_t article_bytes;   // of one article, as a page or as text: a check takes some 60 times as much memory
  uint64_t original_bytes;  // of all originals' texts of a pack
  uint64_t unpacked_bytes;  // that all received files of a pack give, where they are compressed themselves
  uint64_t records;         // that are read of all received files of a pack, to find those that the reports name
};

inline constexpr ReadLimits kReadLimits = {
    .zip = kPackLimits,
    .reports = 2'000,
    .originals = 5'000,                  // a report lists 1,000 findings at most
    .lines = 100'000,                    // events of one case
    .article_bytes = uint64_t{8} << 20,  // the longest pages have some 5 MB
    .original_bytes = uint64_t{128} << 20,
    .unpacked_bytes = uint64_t{16} << 30,  // 1,500 reports on articles of one compressed file, which each of them has
    .records = 20'000'000,
};

// Of a service that takes bodies of at most `max_body` bytes: memory and time in proportion to it. Never more than
// kReadLimits.
ReadLimits LimitsForBody(uint64_t max_body);

}  // namespace unspin::evidence
