#include "unspin/index/index_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "unspin/base/bucket_sort.h"
#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/varint.h"
#include "unspin/kernels/decode_gaps.h"

namespace unspin {
namespace {

// TaskQueue of building: of a few milliseconds each. The components of eight bands lie in one cache line.
constexpr size_t kSlices = 8;
constexpr uint32_t kBandsAtOnce = 8;

// Header:  0 articles · 4 sketched articles · 8 bands · 12 components of a sketch · 16 anchors · 24 bytes of the lists
constexpr size_t kHeaderSize = 32;

template <typename Number>
Number Load(std::string_view array, size_t index) {
  Number number;
  std::memcpy(&number, array.data() + index * sizeof number, sizeof number);
  return number;
}

uint32_t BandKey(uint32_t band, const Sketch& sketch) {
  const uint64_t pair = uint64_t{sketch.components[2 * band]} << 32 | sketch.components[2 * band + 1];
  return static_cast<uint32_t>(Mix64(pair ^ Mix64(band)) >> 32);
}

size_t ScoreBlocksOf(size_t articles) { return (articles + kScoreBlock - 1) / kScoreBlock; }

// Factors in a byte, in steps of a 64th, rounded up. REQUIRES: what LengthNorm can give.
constexpr float kFactorSteps = 64;
uint8_t FactorCode(float factor) { return static_cast<uint8_t>(std::ceil(factor * kFactorSteps)); }

// Below which scores cannot come to some least value by a factor that is not above that of a code.
class LeastScores {
 public:
  explicit LeastScores(float scale) : scale_(scale) {}

  const std::array<float, 256>& For(float least) {
    if (least == least_) return scores_;
    least_ = least;
    constexpr float kRounding = 0.9999f;
    for (size_t code = 0; code < scores_.size(); ++code) {
      const float factor = scale_ * static_cast<float>(code) / kFactorSteps;
      const float score = factor > 0 ? least / factor * kRounding : 0;
      scores_[code] = std::max(score, std::numeric_limits<float>::min());  // nothing is no score
    }
    return scores_;
  }

 private:
  float scale_, least_ = -1;
  std::array<float, 256> scores_;
};

void Prefetch(std::string_view bytes, size_t at) { __builtin_prefetch(bytes.data() + std::min(at, bytes.size())); }

// Ascending keys. They are hashes, hence evenly spread: where one stands can be guessed, and from what stands there
// guessed again. Both are in a page of memory or two; to look up the page is what takes longest.
template <typename Key>
class SortedKeys {
 public:
  SortedKeys(std::string_view keys, size_t size) : keys_(keys), size_(size) {}

  Key operator[](size_t place) const { return Load<Key>(keys_, place); }

  // The square root of their number off, or so. REQUIRES of all guesses: there are keys.
  size_t Guess(Key key) const { return static_cast<size_t>((Top(key) * size_) >> 32); }
  // The square root of that.
  size_t GuessAgain(Key key, size_t guess) const {
    const auto apart = static_cast<int64_t>(Top(key)) - static_cast<int64_t>(Top((*this)[guess]));
    const int64_t step = apart / 2 * static_cast<int64_t>(size_) >> 31;  // each fits
    return static_cast<size_t>(
        std::clamp<int64_t>(static_cast<int64_t>(guess) + step, 0, static_cast<int64_t>(size_) - 1));
  }
  void Prefetch(size_t place) const { unspin::Prefetch(keys_, place * sizeof(Key)); }

  // The first place whose key is not below `key`. Doubling steps bring any guess to an end.
  size_t LowerBound(Key key, size_t guess) const {
    size_t low = 0, high = size_;  // the place is in [low, high]
    if ((*this)[guess] < key) {
      low = guess + 1;
      for (size_t step = 4; low + step < size_; step *= 2) {
        if ((*this)[low + step] >= key) {
          high = low + step;
          break;
        }
        low += step + 1;
      }
    } else {
      high = guess;
      for (size_t step = 4; step < high; step *= 2) {
        if ((*this)[high - step] < key) {
          low = high - step + 1;
          break;
        }
        high -= step;
      }
    }
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if ((*this)[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

 private:
  static uint64_t Top(Key key) { return sizeof(Key) == 8 ? static_cast<uint64_t>(key) >> 32 : key; }

  std::string_view keys_;
  size_t size_;
};

// Where each of `keys` stands, or would, among those of keys_of(its number), none of which is empty. Memory answers for
// all of them at once.
template <typename Key, typename KeysOf>
void FindPlaces(std::span<const Key> keys, const KeysOf& keys_of, std::span<size_t> places) {
  for (size_t i = 0; i < keys.size(); ++i) {
    places[i] = keys_of(i).Guess(keys[i]);
    keys_of(i).Prefetch(places[i]);
  }
  // After the second time it is a matter of a line of the cache or two.
  for (int times = 0; times < 2; ++times) {
    for (size_t i = 0; i < keys.size(); ++i) {
      places[i] = keys_of(i).GuessAgain(keys[i], places[i]);
      keys_of(i).Prefetch(places[i]);
    }
  }
  for (size_t i = 0; i < keys.size(); ++i) places[i] = keys_of(i).LowerBound(keys[i], places[i]);
}

bool Better(const Candidate& a, const Candidate& b) {
  return a.score != b.score ? a.score > b.score : a.article < b.article;
}

template <typename Value>
std::string_view BytesOf(const std::vector<Value>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

}  // namespace

std::string IndexHeader::Bytes() const {
  std::string out;
  AppendNumber(out, articles);
  AppendNumber(out, sketched);
  AppendNumber(out, kBands);
  AppendNumber(out, static_cast<uint32_t>(kSketchSize));
  AppendNumber(out, anchors);
  AppendNumber(out, list_bytes);
  return out;
}

void IndexBuilder::Add(const Sketch& sketch, const Anchors& anchors) {
  const auto article = static_cast<uint32_t>(sketches_.size());
  sketches_.push_back(sketch);
  anchor_counts_.push_back(static_cast<uint32_t>(anchors.size()));
  for (const Anchor& anchor : anchors) {
    Pieces& pieces = postings_[anchor.hash >> 56];
    if (pieces.empty() || pieces.back().size() == kPiece) pieces.emplace_back().reserve(kPiece);
    pieces.back().push_back({static_cast<uint32_t>(anchor.hash >> 32), static_cast<uint32_t>(anchor.hash), article});
  }
}

void IndexBuilder::BuildSlice(size_t first_part, size_t end_part, Slice& slice) {
  std::vector<Posting> part;
  for (size_t i = first_part; i < end_part; ++i) {
    part.clear();
    for (const std::vector<Posting>& piece : postings_[i]) part.insert(part.end(), piece.begin(), piece.end());
    postings_[i] = {};
    BucketSort(part, [](const Posting& posting, unsigned bits) { return posting.high << 8 >> (32 - bits); });
    for (auto posting = part.begin(); posting != part.end();) {
      const auto is_other = [first = *posting](const Posting& next) {
        return next.high != first.high || next.low != first.low;
      };
      const auto end = std::find_if(posting, part.end(), is_other);
      slice.hashes.push_back(uint64_t{posting->high} << 32 | posting->low);
      slice.begins.push_back(slice.lists.size());
      AppendVarint(slice.lists, static_cast<uint64_t>(end - posting));
      for (uint32_t previous = 0; posting != end; ++posting) {
        AppendVarint(slice.lists, posting->article - previous);
        previous = posting->article;
      }
    }
  }
}

void IndexBuilder::BuildBands(uint32_t first_band) {
  std::array<std::vector<uint64_t>, kBandsAtOnce> rows;  // key · article
  for (size_t article = 0; article < sketches_.size(); ++article) {
    if (sketches_[article].empty()) continue;
    for (uint32_t i = 0; i < kBandsAtOnce; ++i)
      rows[i].push_back(uint64_t{BandKey(first_band + i, sketches_[article])} << 32 | article);
  }
  for (uint32_t i = 0; i < kBandsAtOnce; ++i) {
    BucketSort(rows[i], [](uint64_t row, unsigned bits) { return row >> (64 - bits); });
    size_t at = (first_band + i) * rows[i].size();
    for (const uint64_t row : rows[i]) {
      band_keys_[at] = static_cast<uint32_t>(row >> 32);
      band_articles_[at++] = static_cast<uint32_t>(row);
    }
  }
}

std::vector<std::string_view> IndexBuilder::Build() {
  const auto sketched = static_cast<size_t>(
      std::count_if(sketches_.begin(), sketches_.end(), [](const Sketch& sketch) { return !sketch.empty(); }));
  slices_.resize(kSlices);
  band_keys_.resize(kBands * sketched);
  band_articles_.resize(kBands * sketched);
  TaskQueue alone;
  TaskQueue& tasks = tasks_ == nullptr ? alone : *tasks_;
  std::vector<TaskQueue::TaskHandle> handles;
  for (size_t i = 0; i < kSlices; ++i) {
    constexpr size_t kSliceParts = kParts / kSlices;
    handles.push_back(tasks.Submit([this, i] { BuildSlice(i * kSliceParts, (i + 1) * kSliceParts, slices_[i]); }));
  }
  for (uint32_t band = 0; band < kBands; band += kBandsAtOnce)
    handles.push_back(tasks.Submit([this, band] { BuildBands(band); }));
  for (const TaskQueue::TaskHandle& handle : handles) tasks.Wait(handle);

  IndexHeader header{static_cast<uint32_t>(sketches_.size()), static_cast<uint32_t>(sketched), 0, 0};
  for (Slice& slice : slices_) {
    for (uint64_t& begin : slice.begins) begin += header.list_bytes;
    header.anchors += slice.hashes.size();
    header.list_bytes += slice.lists.size();
  }
  slices_.back().begins.push_back(header.list_bytes);
  head_ = header.Bytes();
  std::vector<std::string_view> pieces = {head_, BytesOf(sketches_), BytesOf(band_keys_), BytesOf(band_articles_)};
  for (const Slice& slice : slices_) pieces.push_back(BytesOf(slice.hashes));
  for (const Slice& slice : slices_) pieces.push_back(BytesOf(slice.begins));
  for (const Slice& slice : slices_) pieces.push_back(slice.lists);
  return pieces;
}

std::string_view IndexBuilder::AnchorCounts() const { return BytesOf(anchor_counts_); }

absl::StatusOr<IndexReader> IndexReader::Open(std::string_view bytes, std::optional<std::string_view> anchor_counts) {
  ByteReader header(bytes.substr(0, std::min(bytes.size(), kHeaderSize)));
  IndexReader view;
  view.articles_ = header.Read<uint32_t>().value_or(0);
  view.sketched_ = header.Read<uint32_t>().value_or(0);
  const uint32_t bands = header.Read<uint32_t>().value_or(0);
  const uint32_t components = header.Read<uint32_t>().value_or(0);
  view.anchors_ = header.Read<uint64_t>().value_or(0);
  const std::optional<uint64_t> list_bytes = header.Read<uint64_t>();
  if (!list_bytes) return absl::DataLossError("index: cut off in its header");
  if (components != kSketchSize || bands != kBands || view.sketched_ > view.articles_ ||
      view.anchors_ >= uint64_t{1} << 32) {
    return absl::DataLossError("index: impossible counts in its header");
  }
  std::string_view rest = bytes.substr(kHeaderSize);
  const auto take = [&rest](uint64_t count, uint64_t size, std::string_view& array) {
    if (count > rest.size() / size) return false;
    array = rest.substr(0, count * size);
    rest.remove_prefix(count * size);
    return true;
  };
  const uint64_t band_rows = uint64_t{kBands} * view.sketched_;
  if (!take(view.articles_, sizeof(Sketch), view.sketches_) || !take(band_rows, 4, view.band_keys_) ||
      !take(band_rows, 4, view.band_articles_) || !take(view.anchors_, 8, view.anchor_hashes_) ||
      !take(view.anchors_ + 1, 8, view.list_begins_) || !take(*list_bytes, 1, view.lists_) || !rest.empty()) {
    return absl::DataLossError("index: its length does not fit its header");
  }
  if (anchor_counts && anchor_counts->size() != uint64_t{view.articles_} * sizeof(uint32_t))
    return absl::DataLossError("index: there is not one count of anchors for each article");
  view.anchor_counts_ = anchor_counts;
  view.derived_ = std::make_shared<Derived>();
  return view;
}

Sketch IndexReader::SketchOf(uint32_t article) const {
  Sketch sketch;
  std::memcpy(&sketch, sketches_.data() + article * sizeof sketch, sizeof sketch);
  return sketch;
}

uint32_t IndexReader::BandKeyAt(uint32_t band, size_t row) const {
  return Load<uint32_t>(band_keys_, size_t{band} * sketched_ + row);
}

uint32_t IndexReader::BandArticleAt(uint32_t band, size_t row) const {
  return Load<uint32_t>(band_articles_, size_t{band} * sketched_ + row);
}

uint64_t IndexReader::AnchorAt(size_t place) const { return Load<uint64_t>(anchor_hashes_, place); }

double IndexReader::SimilarityTo(const Sketch& sketch, uint32_t article) const {
  return EstimatedSimilarity(sketch, SketchOf(article));
}

IndexReader::Postings IndexReader::FindPostings(uint64_t anchor) const {
  const Anchor one{anchor};
  Postings postings;
  FindPostings({&one, 1}, &postings, 1);
  return postings;
}

void IndexReader::FindPostings(std::span<const Anchor> anchors, Postings* postings, size_t stride) const {
  const SortedKeys<uint64_t> hashes(anchor_hashes_, anchors_);
  std::vector<size_t> places(anchors.size(), anchors_);
  if (anchors_ > 0) {
    std::vector<uint64_t> keys(anchors.size());
    std::transform(anchors.begin(), anchors.end(), keys.begin(), [](const Anchor& anchor) { return anchor.hash; });
    FindPlaces<uint64_t>(keys, [&](size_t) { return hashes; }, places);
    for (size_t i = 0; i < keys.size(); ++i) {
      if (places[i] < anchors_ && hashes[places[i]] != keys[i]) places[i] = anchors_;
      if (places[i] < anchors_) Prefetch(list_begins_, places[i] * sizeof(uint64_t));
    }
  }
  for (const size_t place : places) {
    if (place < anchors_) Prefetch(lists_, Load<uint64_t>(list_begins_, place));
  }
  for (size_t i = 0; i < places.size(); ++i)
    postings[i * stride] = places[i] < anchors_ ? PostingsAt(places[i]) : Postings{};
}

IndexReader::Postings IndexReader::PostingsAt(size_t place) const {
  const auto begin = Load<uint64_t>(list_begins_, place);
  const auto end = Load<uint64_t>(list_begins_, place + 1);
  if (begin > end || end > lists_.size()) return {};
  uint64_t count;
  const char* list = ReadVarint(lists_.data() + begin, lists_.data() + end, count);
  if (list == nullptr || count > articles_) return {};
  return {static_cast<uint64_t>(list - lists_.data()), end, static_cast<uint32_t>(count)};
}

// The articles of the list in these bytes, some at a time; damaged ones end it early.
template <typename Visit>
void IndexReader::VisitList(uint64_t begin, uint64_t end, const Visit& visit) const {
  GapList list{lists_.data() + begin, lists_.data() + end};
  std::array<uint32_t, kGapsRoom> articles;
  while (list.at != list.end) {
    const size_t count = DecodeGaps(list, articles_, articles.data());
    visit(std::span<const uint32_t>(articles.data(), count));
  }
}

void IndexReader::AppendArticles(size_t place, std::vector<uint32_t>& articles) const {
  const Postings list = PostingsAt(place);
  VisitList(list.begin, list.end,
            [&](std::span<const uint32_t> some) { articles.insert(articles.end(), some.begin(), some.end()); });
}

void IndexReader::DecodePostings(std::span<const WeighedPostings> postings, ScoreWindow& scores) const {
  scores.Start();
  for (size_t i = 0; i < postings.size(); ++i) {
    constexpr size_t kAhead = 4, kLine = 64, kMaxLines = 16;
    if (i + kAhead < postings.size()) {
      const Postings& ahead = postings[i + kAhead].postings;
      for (uint64_t at = ahead.begin; at < std::min<uint64_t>(ahead.end, ahead.begin + kMaxLines * kLine); at += kLine)
        Prefetch(lists_, at);
    }
    const Postings& of = postings[i].postings;
    if (postings[i].weight <= 0) continue;
    scores.Add(of.articles + kGapsRoom, postings[i].weight, [&](std::span<uint32_t> room) {
      GapList list{lists_.data() + of.begin, lists_.data() + of.end};
      size_t size = 0;
      // A damaged list may be longer than it says.
      while (list.at != list.end && size + kGapsRoom <= room.size())
        size += DecodeGaps(list, articles_, room.data() + size);
      return std::min<size_t>(size, of.articles);
    });
  }
}

float IndexReader::LengthNorm(uint32_t anchors) {
  return std::pow((static_cast<float>(anchors) + 20.0f) / 120.0f, 0.75f);
}

std::vector<uint32_t> IndexReader::CountAnchors() const {
  std::vector<uint32_t> counts(articles_, 0);
  for (uint64_t i = 0; i < anchors_; ++i) {
    const Postings postings = PostingsAt(i);
    VisitList(postings.begin, postings.end, [&](std::span<const uint32_t> articles) {
      for (const uint32_t article : articles) ++counts[article];
    });
  }
  return counts;
}

std::vector<uint32_t> IndexReader::AnchorCounts() const {
  if (!anchor_counts_) return CountAnchors();
  std::vector<uint32_t> counts(articles_);
  std::copy_n(anchor_counts_->data(), anchor_counts_->size(), reinterpret_cast<char*>(counts.data()));
  return counts;
}

const IndexReader::Derived& IndexReader::derived() const {
  std::call_once(derived_->made, [this] { Derive(); });
  return *derived_;
}

void IndexReader::Derive() const {
  Derived* const derived = derived_.get();
  const std::vector<uint32_t> anchor_counts = AnchorCounts();
  derived->length_norms.resize(articles_);
  std::transform(anchor_counts.begin(), anchor_counts.end(), derived->length_norms.begin(),
                 [](uint32_t count) { return 1 / LengthNorm(count); });
  for (auto block = derived->length_norms.begin(); block != derived->length_norms.end();) {
    const auto end = block + std::min<std::ptrdiff_t>(kScoreBlock, derived->length_norms.end() - block);
    derived->factor_codes.push_back(FactorCode(*std::max_element(block, end)));
    block = end;
  }
}

void IndexReader::FindBuckets(const Sketch& sketch, uint32_t bands, uint32_t cap, Bucket* buckets) const {
  bands = std::min(bands, kBands);
  for (uint32_t band = 0; band < bands; ++band) buckets[band] = {};
  if (sketch.empty() || sketched_ == 0) return;
  const auto keys_of = [&](size_t band) {
    const size_t size = size_t{sketched_} * sizeof(uint32_t);
    return SortedKeys<uint32_t>(band_keys_.substr(band * size, size), sketched_);
  };
  std::array<uint32_t, kBands> keys;
  std::array<size_t, kBands> places;
  for (uint32_t band = 0; band < bands; ++band) keys[band] = BandKey(band, sketch);
  FindPlaces<uint32_t>(std::span(keys).first(bands), keys_of, places);
  for (uint32_t band = 0; band < bands; ++band) {
    const SortedKeys<uint32_t> rows = keys_of(band);
    const size_t begin = places[band];
    const size_t most = std::min<size_t>(sketched_ - begin, size_t{cap} + 1);
    size_t size = 0;
    while (size < most && rows[begin + size] == keys[band]) ++size;
    buckets[band] = {static_cast<uint32_t>(begin), static_cast<uint32_t>(size)};
    if (size > 0) Prefetch(band_articles_, (size_t{band} * sketched_ + begin) * sizeof(uint32_t));
  }
}

void IndexReader::FindMet(std::span<const Bucket> buckets, Scratch& scratch) const {
  std::vector<uint32_t>& met = scratch.met;
  met.clear();
  for (uint32_t band = 0; band < buckets.size(); ++band) {
    for (uint32_t i = 0; i < buckets[band].size; ++i) {
      const uint32_t article = BandArticleAt(band, size_t{buckets[band].begin} + i);
      if (article < articles_) met.push_back(article);
    }
  }
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());
  for (const uint32_t article : met) {
    constexpr size_t kLine = 64;
    for (size_t line = 0; line < sizeof(Sketch); line += kLine) Prefetch(sketches_, article * sizeof(Sketch) + line);
  }
}

std::vector<Candidate> IndexReader::ScoreArticles(const Sketch& sketch, std::span<const WeighedPostings> postings,
                                                  std::span<const Bucket> buckets, double total_weight,
                                                  std::span<const uint32_t> dropped, float least,
                                                  const CandidateOptions& options, Scratch& scratch) const {
  scratch.candidates.clear();
  if (options.limit == 0) return {};
  DecodePostings(postings, scratch.scores);
  FindMet(buckets, scratch);

  // The best so far, cut back to `limit` whenever there are several times as many: most articles have to be looked at
  // once, and few twice.
  std::vector<Candidate>& candidates = scratch.candidates;
  const size_t limit = options.limit;
  const float scale = total_weight > 0 ? static_cast<float>(1 / total_weight) : 0;
  const auto keep_best = [&](size_t most) {
    if (candidates.size() <= most) return;
    std::nth_element(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(most) - 1, candidates.end(),
                     Better);
    candidates.resize(most);
    least = candidates.back().score;
  };
  const auto consider = [&](uint32_t article, float score) {
    if (score <= 0 || score < least) return;
    if (!dropped.empty() && std::binary_search(dropped.begin(), dropped.end(), article)) return;
    candidates.push_back({article, score});
    if (candidates.size() >= 2 * limit) keep_best(limit);
  };
  const Derived& of = derived();
  std::vector<ScoredOffset>& awaiting = scratch.awaiting;
  awaiting.clear();
  const auto consider_awaiting = [&] {
    for (const auto& [article, score] : awaiting) consider(article, score * scale * of.length_norms[article]);
    awaiting.clear();
  };
  std::span<const uint32_t> met = scratch.met;
  LeastScores bars(scale);
  for (uint64_t begin = 0; begin < articles_; begin += ScoreWindow::kRange) {
    const uint64_t end = std::min<uint64_t>(begin + ScoreWindow::kRange, articles_);
    const auto met_here = met.first(static_cast<size_t>(std::lower_bound(met.begin(), met.end(), end) - met.begin()));
    met = met.subspan(met_here.size());
    const auto codes = std::span(of.factor_codes).subspan(begin / kScoreBlock, ScoreBlocksOf(end - begin));
    for (size_t at = 0; at < codes.size(); at += 64) __builtin_prefetch(&codes[at]);
    scratch.scores.Gather(begin);
    for (const uint32_t article : met_here) {
      consider(article, scratch.scores.Take(article) * scale * of.length_norms[article] +
                            static_cast<float>(SimilarityTo(sketch, article)));
    }
    // Those met were considered, and have no score any more.
    for (size_t block = 0; block < codes.size();) {
      const std::span<const ScoredOffset> rest = scratch.scores.TakeRest(codes, bars.For(least), block);
      // Few are asked of memory here, and looked at when the next ones are found; many raise the bar for these.
      constexpr size_t kFew = 256;
      consider_awaiting();
      for (const auto& [place, score] : rest) {
        __builtin_prefetch(&of.length_norms[begin + place]);
        awaiting.push_back({static_cast<uint32_t>(begin) + place, score});
      }
      if (rest.size() > kFew) consider_awaiting();
    }
  }
  consider_awaiting();
  keep_best(limit);
  std::sort(candidates.begin(), candidates.end(), Better);
  return candidates;
}

std::vector<Candidate> IndexReader::FindCandidates(const Sketch& sketch, const Anchors& anchors,
                                                   const CandidateOptions& options, Scratch& scratch) const {
  std::vector<WeighedPostings> weighed;
  weighed.reserve(anchors.size());
  double total_weight = 0;
  for (const Anchor& anchor : anchors) {
    total_weight += anchor.weight;
    const Postings postings = FindPostings(anchor.hash);
    if (options.LooksUp(postings.articles, articles_)) weighed.push_back({postings, anchor.weight});
  }
  std::vector<Bucket> buckets(std::min(options.bands, kBands));
  FindBuckets(sketch, options.bands, options.bucket_cap, buckets.data());
  for (Bucket& bucket : buckets) {
    if (bucket.size > options.bucket_cap) bucket = {};
  }
  return ScoreArticles(sketch, weighed, buckets, total_weight, {}, 0, options, scratch);
}

}  // namespace unspin
