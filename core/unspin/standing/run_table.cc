#include "unspin/standing/run_table.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <vector>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

static_assert(std::endian::native == std::endian::little, "tables are read as little-endian numbers");

constexpr char kMagic[8] = {'u', 'n', 's', 'p', 'i', 'n', 'R', '1'};
constexpr size_t kFingerprinted = offsetof(RunTableHeader, runs);  // first byte that the fingerprint covers
constexpr uint32_t kRemainderBits = 16;
constexpr size_t kMinBucketRuns = 16;  // on average: buckets have 16 to 32, and their ends cost 1 to 2 bits a run
constexpr uint32_t kMaxBucketBits = 28;

template <typename Number>
Number Load(const char* bytes, size_t at) {
  Number number;
  std::memcpy(&number, bytes + at * sizeof(Number), sizeof(Number));
  return number;
}

template <typename Number>
void Append(std::string& bytes, const std::vector<Number>& numbers) {
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number));
}

uint64_t BucketNumberOf(uint64_t run, uint32_t bucket_bits) { return bucket_bits == 0 ? 0 : run >> (64 - bucket_bits); }
uint16_t RemainderOf(uint64_t run, uint32_t bucket_bits) {
  return static_cast<uint16_t>(run << bucket_bits >> (64 - kRemainderBits));
}

}  // namespace

inline size_t RunTable::BucketEnd(size_t bucket) const { return Load<uint32_t>(ends_, bucket); }
inline uint32_t RunTable::Remainder(size_t at) const { return Load<uint16_t>(remainders_, at); }

std::optional<RunTable> RunTable::Open(std::string_view bytes) {
  RunTableHeader header;
  if (bytes.size() < sizeof(header)) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0 || header.bucket_bits > kMaxBucketBits)
    return std::nullopt;
  const uint64_t ends_size = sizeof(uint32_t) << header.bucket_bits;
  const uint64_t remainders_size = uint64_t{header.runs} * sizeof(uint16_t);
  if (bytes.size() != sizeof(header) + ends_size + remainders_size + header.provenance_size) return std::nullopt;
  if (Hash64(bytes.substr(kFingerprinted)) != header.fingerprint) return std::nullopt;
  RunTable table;
  table.ends_ = bytes.data() + sizeof(header);
  table.remainders_ = table.ends_ + ends_size;
  table.runs_ = header.runs;
  table.bucket_bits_ = header.bucket_bits;
  table.provenance_ = bytes.substr(bytes.size() - header.provenance_size);
  // A checksum does not show that whoever computed it wrote a sound table.
  size_t end = 0;
  for (size_t bucket = 0; bucket < size_t{1} << header.bucket_bits; ++bucket) {
    if (table.BucketEnd(bucket) < end) return std::nullopt;
    end = table.BucketEnd(bucket);
  }
  if (end != header.runs) return std::nullopt;
  return table;
}

RunTable::Bucket RunTable::BucketOf(uint64_t run) const {
  const size_t bucket = BucketNumberOf(run, bucket_bits_);
  return {bucket == 0 ? 0 : BucketEnd(bucket - 1), BucketEnd(bucket)};
}

size_t RunTable::LikelyPlace(Bucket bucket, uint32_t remainder) {
  return bucket.begin + (remainder * (bucket.end - bucket.begin) >> kRemainderBits);
}

bool RunTable::Contains(uint64_t run) const {
  if (runs_ == 0) return false;
  const auto [begin, end] = BucketOf(run);
  const uint32_t remainder = RemainderOf(run, bucket_bits_);
  if (begin == end) return false;
  size_t at = LikelyPlace({begin, end}, remainder);
  while (at > begin && Remainder(at) > remainder) --at;
  while (at + 1 < end && Remainder(at) < remainder) ++at;
  return Remainder(at) == remainder;
}

void RunTable::PrefetchBucket(uint64_t run) const {
  assert(runs_ > 0);
  __builtin_prefetch(ends_ + BucketNumberOf(run, bucket_bits_) * sizeof(uint32_t));
}

void RunTable::PrefetchRun(uint64_t run) const {
  assert(runs_ > 0);
  __builtin_prefetch(remainders_ + LikelyPlace(BucketOf(run), RemainderOf(run, bucket_bits_)) * sizeof(uint16_t));
}

std::string MakeRunTable(std::span<const uint64_t> runs, std::string_view provenance) {
  assert(runs.size() >> 32 == 0 && provenance.size() >> 32 == 0);
  std::vector<uint64_t> sorted(runs.begin(), runs.end());
  std::sort(sorted.begin(), sorted.end());
  const auto bucket_bits = static_cast<uint32_t>(std::bit_width(sorted.size() / kMinBucketRuns));
  const auto kept_bits = [&](uint64_t run) { return run >> (64 - kRemainderBits - bucket_bits); };
  const auto same = [&](uint64_t a, uint64_t b) { return kept_bits(a) == kept_bits(b); };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());

  std::vector<uint32_t> ends(size_t{1} << bucket_bits);
  std::vector<uint16_t> remainders;
  remainders.reserve(sorted.size());
  for (const uint64_t run : sorted) {
    ++ends[BucketNumberOf(run, bucket_bits)];
    remainders.push_back(RemainderOf(run, bucket_bits));
  }
  for (size_t bucket = 1; bucket < ends.size(); ++bucket) ends[bucket] += ends[bucket - 1];

  RunTableHeader header = {};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.runs = static_cast<uint32_t>(remainders.size());
  header.bucket_bits = bucket_bits;
  header.provenance_size = static_cast<uint32_t>(provenance.size());
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  Append(bytes, ends);
  Append(bytes, remainders);
  bytes += provenance;
  const uint64_t fingerprint = Hash64(std::string_view(bytes).substr(kFingerprinted));
  std::memcpy(bytes.data() + offsetof(RunTableHeader, fingerprint), &fingerprint, sizeof(fingerprint));
  return bytes;
}

}  // namespace unspin
