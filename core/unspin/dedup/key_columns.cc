#include "unspin/dedup/key_columns.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <utility>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr double kMaxLostAtThreshold = 0.001;  // share of the pairs at the threshold that share no band
constexpr uint32_t kMaxRows = 16;
constexpr uint32_t kSampleColumns = 32;
constexpr uint32_t kMaxSampledElement = 0xffffffffu / 16;  // the FracMinHash sample: one element in 16

// The largest number of components of a band that loses few enough pairs at the threshold.
uint32_t RowsOfBand(double threshold) {
  uint32_t best = 1;
  for (uint32_t rows = 2; rows <= kMaxRows; ++rows) {
    if (std::pow(1 - std::pow(threshold, rows), kSketchSize / rows) <= kMaxLostAtThreshold) best = rows;
  }
  return best;
}

}  // namespace

uint64_t BandKey(const Sketch& sketch, uint32_t band, uint32_t rows) {
  assert((band + 1) * rows <= kSketchSize);
  uint64_t key = band;
  for (uint32_t i = 0; i < rows; ++i) key = Mix64(key ^ sketch.components[band * rows + i]);
  return key;
}

std::span<const uint32_t> SampleOf(std::span<const uint32_t> elements) {
  const auto end = std::find_if(elements.begin(), elements.end(), [](uint32_t x) { return x > kMaxSampledElement; });
  return {elements.begin(), end};
}

ColumnScheme::ColumnScheme(const DedupOptions& options)
    : measure(options.measure),
      rows(RowsOfBand(options.threshold)),
      columns(measure == Measure::kJaccard ? static_cast<uint32_t>(kSketchSize) / rows : kSampleColumns) {}

absl::StatusOr<KeyColumns> KeyColumns::Make(const ColumnScheme& scheme, const std::string& prefix) {
  KeyColumns made(scheme);
  for (uint32_t column = 0; column < scheme.columns; ++column) {
    absl::StatusOr<Spool> spool = Spool::Make(prefix + "keys-" + std::to_string(column));
    if (!spool.ok()) return spool.status();
    made.spools_.push_back(*std::move(spool));
  }
  return made;
}

uint32_t KeyColumns::Add(const ShingleSet& set) {
  finished_ = false;
  const uint32_t article = articles_++;
  if (scheme_.measure == Measure::kJaccard) {
    for (uint32_t band = 0; band < scheme_.columns; ++band)
      spools_[band].AppendRow(set.elements.empty() ? uint64_t{0} : BandKey(set.sketch, band, scheme_.rows));
    return 0;
  }
  const std::span<const uint32_t> sample = SampleOf(set.elements);
  for (const uint32_t element : sample) spools_[element % kSampleColumns].AppendRow(SampleRow{element, article});
  return static_cast<uint32_t>(sample.size());
}

absl::Status KeyColumns::Finish() {
  for (Spool& spool : spools_) {
    if (absl::Status status = spool.Finish(); !status.ok()) return status;
  }
  finished_ = true;
  return absl::OkStatus();
}

const Spool& KeyColumns::column(uint32_t column) const {
  assert(finished_);
  return spools_[column];
}

absl::StatusOr<std::vector<ArticleKey>> KeyColumns::Load(uint32_t column) const {
  const Spool& spool = this->column(column);
  constexpr size_t kChunk = size_t{1} << 16;  // rows
  std::vector<ArticleKey> keys(spool.size() / sizeof(uint64_t));
  std::vector<uint64_t> rows(std::min(keys.size(), kChunk));
  for (size_t begin = 0; begin < keys.size(); begin += rows.size()) {
    const size_t count = std::min(rows.size(), keys.size() - begin);
    if (absl::Status status = spool.Read(begin * sizeof(uint64_t), rows.data(), count * sizeof(uint64_t)); !status.ok())
      return status;
    for (size_t i = 0; i < count; ++i) {
      if (scheme_.measure == Measure::kJaccard) {
        keys[begin + i] = {rows[i], static_cast<uint32_t>(begin + i)};
      } else {
        const auto row = std::bit_cast<SampleRow>(rows[i]);
        keys[begin + i] = {row.element, row.article};
      }
    }
  }
  return keys;
}

absl::StatusOr<uint64_t> KeyColumns::KeyOf(uint32_t article, uint32_t band) const {
  assert(finished_ && scheme_.measure == Measure::kJaccard && article < articles_);
  uint64_t key = 0;
  if (absl::Status status = spools_[band].Read(uint64_t{article} * sizeof key, &key, sizeof key); !status.ok())
    return status;
  return key;
}

}  // namespace unspin
