// The keys by which articles of a corpus become candidates, in columns: one for each MinHash band, or, for containment,
// one for each share of the sampled shingles.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/io/spool.h"

namespace unspin {

// A key of a column and an article that has it. Articles with equal keys are in one bucket.
struct ArticleKey {
  uint64_t key = 0;
  uint32_t article = 0;
  friend bool operator<(const ArticleKey& a, const ArticleKey& b) {
    return a.key != b.key ? a.key < b.key : a.article < b.article;
  }
};

// A row of a column for containment. Files hold this struct as it is in memory. The rows of a band are 64-bit keys, one
// for each article.
struct SampleRow {
  uint32_t element = 0, article = 0;
};
static_assert(sizeof(SampleRow) == sizeof(uint64_t));

struct ColumnScheme {
  explicit ColumnScheme(const DedupOptions& options);

  Measure measure;
  uint32_t rows = 0;     // sketch components of a band
  uint32_t columns = 0;  // bands, or shares of the sample
};

// The key of an article in a band of `rows` components.
uint64_t BandKey(const Sketch& sketch, uint32_t band, uint32_t rows);
// The sample of a set for containment. REQUIRES: `elements` ascend.
std::span<const uint32_t> SampleOf(std::span<const uint32_t> elements);

// The columns of a corpus, written article by article.
class KeyColumns {
 public:
  // Temporary files whose names begin with `prefix`. They are removed with this value.
  static absl::StatusOr<KeyColumns> Make(const ColumnScheme& scheme, const std::string& prefix);

  // Adds the next article. If it has no elements, its key in every band is 0 and has no meaning. Returns the number of
  // sampled elements.
  uint32_t Add(const ShingleSet& set);
  // Call it before reading. Articles may be added after it; then it must be called again.
  absl::Status Finish();

  // REQUIRES, for all that follows: Finish succeeded.
  const Spool& column(uint32_t column) const;
  absl::StatusOr<std::vector<ArticleKey>> Load(uint32_t column) const;
  // REQUIRES: Measure::kJaccard.
  absl::StatusOr<uint64_t> KeyOf(uint32_t article, uint32_t band) const;

 private:
  explicit KeyColumns(const ColumnScheme& scheme) : scheme_(scheme) {}

  ColumnScheme scheme_;
  std::vector<Spool> spools_;
  uint32_t articles_ = 0;
  bool finished_ = false;
};

}  // namespace unspin
