// The keys by which articles of a corpus meet, column by column: one for each MinHash band, or, for containment, one
// for each part of the sample of shingles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/io/spool.h"

namespace unspin {

struct Key {
  uint64_t key = 0;
  uint32_t article = 0;
  friend bool operator<(const Key& a, const Key& b) { return a.key != b.key ? a.key < b.key : a.article < b.article; }
};

// A row of a column of the sample; rows of a band are the 64-bit keys alone, one for each article.
struct SampleRow {
  uint32_t element = 0, article = 0;
};

struct ColumnScheme {
  explicit ColumnScheme(const DedupOptions& options);

  Measure measure;
  uint32_t rows = 0;  // components of a band
  uint32_t columns = 0;
};

// The columns of a corpus, written as its articles come.
class KeyColumns {
 public:
  // Files that begin with `prefix`, gone with this value.
  static absl::StatusOr<KeyColumns> Make(const ColumnScheme& scheme, const std::string& prefix);

  // The next article. Where it has no elements its key in every band is 0, and means nothing. Returns how many elements
  // were sampled.
  uint32_t Add(const ShingleSet& set);
  absl::Status Finish();

  // REQUIRES: Finish succeeded, for all that follows.
  const Spool& column(uint32_t column) const { return spools_[column]; }
  absl::StatusOr<std::vector<Key>> Load(uint32_t column) const;
  absl::StatusOr<uint64_t> KeyOf(uint32_t article, uint32_t band) const;

 private:
  explicit KeyColumns(const ColumnScheme& scheme) : scheme_(scheme) {}

  ColumnScheme scheme_;
  std::vector<Spool> spools_;
  uint32_t articles_ = 0;
};

}  // namespace unspin
