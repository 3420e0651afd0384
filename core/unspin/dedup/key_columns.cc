#include "unspin/dedup/key_columns.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr double kLostAtThreshold = 0.001;  // share of pairs just similar enough that no band may bring together
constexpr uint32_t kSampleColumns = 32;
constexpr uint32_t kSampled = 0xffffffffu / 16;  // elements up to here are the FracMinHash sample

// Rows of a band are as many components as lose few enough pairs at the threshold.
uint32_t RowsOfBand(double threshold) {
  uint32_t rows = 1;
  for (uint32_t more = 2; more <= 16; ++more) {
    if (std::pow(1 - std::pow(threshold, more), kSketchSize / more) <= kLostAtThreshold) rows = more;
  }
  return rows;
}

uint64_t BandKey(const Sketch& sketch, uint32_t band, uint32_t rows) {
  uint64_t key = band;
  for (uint32_t i = 0; i < rows; ++i) key = Mix64(key ^ sketch.components[band * rows + i]);
  return key;
}

}  // namespace

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
  const uint32_t article = articles_++;
  if (scheme_.measure == Measure::kJaccard) {
    for (uint32_t band = 0; band < scheme_.columns; ++band)
      spools_[band].AppendRow(set.elements.empty() ? uint64_t{0} : BandKey(set.sketch, band, scheme_.rows));
    return 0;
  }
  uint32_t sampled = 0;
  for (const uint32_t element : set.elements) {
    if (element > kSampled) break;
    spools_[element % kSampleColumns].AppendRow(SampleRow{element, article});
    ++sampled;
  }
  return sampled;
}

absl::Status KeyColumns::Finish() {
  for (Spool& spool : spools_) {
    if (absl::Status status = spool.Finish(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Key>> KeyColumns::Load(uint32_t column) const {
  const Spool& spool = spools_[column];
  std::vector<Key> keys(spool.size() / sizeof(uint64_t));
  std::vector<uint64_t> some(std::min<size_t>(keys.size(), size_t{1} << 16));
  for (size_t begin = 0; begin < keys.size(); begin += some.size()) {
    const size_t count = std::min(some.size(), keys.size() - begin);
    if (absl::Status status = spool.Read(begin * sizeof(uint64_t), some.data(), count * sizeof(uint64_t)); !status.ok())
      return status;
    for (size_t i = 0; i < count; ++i) {
      if (scheme_.measure == Measure::kJaccard) {
        keys[begin + i] = {some[i], static_cast<uint32_t>(begin + i)};
      } else {
        const auto row = std::bit_cast<SampleRow>(some[i]);
        keys[begin + i] = {row.element, row.article};
      }
    }
  }
  return keys;
}

absl::StatusOr<uint64_t> KeyColumns::KeyOf(uint32_t article, uint32_t band) const {
  uint64_t key = 0;
  if (absl::Status status = spools_[band].Read(uint64_t{article} * sizeof key, &key, sizeof key); !status.ok())
    return status;
  return key;
}

}  // namespace unspin
