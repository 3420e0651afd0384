#include "unspin/standing/run_lists.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>
#include <iterator>
#include <optional>

#include "absl/status/status.h"
#include "unspin/base/bucket_sort.h"
#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/merge_by_key_range.h"
#include "unspin/date/parse_date.h"

// The section, for N articles whose numbers have b bits:
//
//   4       │ N
//   8 N     │ for each article: 4 site, 4 day
//   4 P     │ postings, ascending by key and article
//   4 2^b+4 │ for each value of the b highest bits of a key, where its postings begin; the last is P
//
// A key is the lower half of a run's hash. Its b highest bits are known from the position of a posting, so the other
// 32 - b bits and the b bits of the article fill exactly 32.

namespace unspin {
namespace {

constexpr unsigned kKeyBits = 32;

uint64_t KeyOf(uint64_t run) { return run & 0xffffffffu; }
uint64_t RowOf(uint64_t key, uint32_t article) { return key << 32 | article; }

unsigned ArticleBits(uint32_t articles) {
  return articles == 0 ? 0 : static_cast<unsigned>(std::bit_width(articles - 1));
}

// Postings from rows that come in ascending order.
class PostingWriter {
 public:
  explicit PostingWriter(uint32_t articles)
      : article_bits_(ArticleBits(articles)), begins_((size_t{1} << article_bits_) + 1, 0) {}

  void Append(std::span<const uint64_t> rows, std::vector<uint32_t>& postings) {
    const unsigned rest_bits = kKeyBits - article_bits_;
    for (const uint64_t row : rows) {
      const uint64_t key = row >> 32;
      ++begins_[(key >> rest_bits) + 1];
      const uint64_t rest = key & ((uint64_t{1} << rest_bits) - 1);
      postings.push_back(static_cast<uint32_t>(rest << article_bits_ | (row & 0xffffffffu)));
    }
  }

  std::string Begins() {
    for (size_t bucket = 1; bucket < begins_.size(); ++bucket) begins_[bucket] += begins_[bucket - 1];
    return std::string(AsBytes(begins_));
  }

 private:
  unsigned article_bits_;
  std::vector<uint32_t> begins_;  // until Begins: how many postings the bucket before has
};

// "https://www.Example.com:80/a" → "example.com"
std::string HostOf(std::string_view url) {
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  std::string host(url.substr(0, url.find_first_of("/:?#")));
  for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return host.starts_with("www.") ? host.substr(4) : host;
}

int32_t DayNumber(std::string_view date) {
  const std::optional<int64_t> day = DayOf(ParseDate(date));
  return day ? static_cast<int32_t>(*day) : ArticleOrigin::kUnknownDay;
}

}  // namespace

std::vector<uint64_t> ListedRuns(std::span<const uint64_t> runs) {
  std::vector<uint64_t> listed;
  listed.reserve(runs.size());
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(listed), IsListed);
  return listed;
}

ArticleOrigin ArticleOrigin::Of(std::string_view site, std::string_view url, std::string_view published) {
  const std::string name = site.empty() ? HostOf(url) : std::string(site);
  ArticleOrigin origin{kUnknownSite, DayNumber(published)};
  if (!name.empty()) origin.site = std::max(static_cast<uint32_t>(Hash64(name)), kUnknownSite + 1);
  return origin;
}

void RunListsBuilder::Add(std::span<const uint64_t> runs, ArticleOrigin origin) {
  const auto article = static_cast<uint32_t>(origins_.size());
  for (const uint64_t run : runs) {
    assert(IsListed(run));
    rows_.push_back(RowOf(KeyOf(run), article));
  }
  origins_.push_back(origin);
}

std::vector<std::string_view> RunListsBuilder::Build() {
  assert(head_.empty());
  BucketSort(rows_, [](uint64_t row, unsigned bits) { return static_cast<size_t>(row >> (64 - bits)); });
  rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
  const auto articles = static_cast<uint32_t>(origins_.size());
  PostingWriter writer(articles);
  postings_.reserve(rows_.size());
  writer.Append(rows_, postings_);
  rows_ = {};
  AppendNumber(head_, articles);
  tail_ = writer.Begins();
  return {head_, AsBytes(origins_), AsBytes(postings_), tail_};
}

absl::StatusOr<RunLists> RunLists::Open(std::string_view bytes) {
  const absl::Status bad_length = absl::DataLossError("its length does not fit its number of articles");
  RunLists lists;
  if (bytes.size() < sizeof lists.articles_) return bad_length;
  std::memcpy(&lists.articles_, bytes.data(), sizeof lists.articles_);
  lists.article_bits_ = ArticleBits(lists.articles_);
  const uint64_t origins = uint64_t{lists.articles_} * sizeof(ArticleOrigin);
  const uint64_t begins = ((uint64_t{1} << lists.article_bits_) + 1) * sizeof(uint32_t);
  bytes.remove_prefix(sizeof lists.articles_);
  if (bytes.size() < origins + begins || (bytes.size() - origins - begins) % sizeof(uint32_t) != 0) return bad_length;
  lists.origin_bytes_ = bytes.substr(0, origins);
  lists.posting_bytes_ = bytes.substr(origins, bytes.size() - origins - begins);
  lists.begin_bytes_ = bytes.substr(bytes.size() - begins);
  lists.postings_ = lists.posting_bytes_.size() / sizeof(uint32_t);
  uint32_t last_begin;
  std::memcpy(&last_begin, lists.begin_bytes_.data() + begins - sizeof last_begin, sizeof last_begin);
  if (last_begin != lists.postings_) return bad_length;
  return lists;
}

size_t RunLists::BeginOf(size_t bucket) const {
  uint32_t begin;
  std::memcpy(&begin, begin_bytes_.data() + bucket * sizeof begin, sizeof begin);
  return std::min<size_t>(begin, postings_);
}

uint32_t RunLists::PostingAt(size_t position) const {
  uint32_t posting;
  std::memcpy(&posting, posting_bytes_.data() + position * sizeof posting, sizeof posting);
  return posting;
}

ArticleOrigin RunLists::OriginOf(uint32_t article) const {
  assert(article < articles_);
  ArticleOrigin origin;
  std::memcpy(&origin, origin_bytes_.data() + article * sizeof origin, sizeof origin);
  return origin;
}

size_t RunLists::FindRun(size_t begin, size_t end, uint64_t rest) const {
  if (begin >= end) return end;
  const auto is_before = [&](size_t position) { return uint64_t{PostingAt(position)} >> article_bits_ < rest; };
  // Keys are hashes, so the position can be guessed; from there, steps that double, then a binary search.
  const size_t guess = begin + static_cast<size_t>((end - begin) * rest >> (kKeyBits - article_bits_));
  size_t low = begin, high = end;
  if (is_before(guess)) {
    low = guess + 1;
    for (size_t step = 1; low + step < end && high == end; step *= 2) {
      if (is_before(low + step)) {
        low += step + 1;
      } else {
        high = low + step;
      }
    }
  } else {
    high = guess;
    for (size_t step = 1; step <= high - begin && low == begin; step *= 2) {
      if (is_before(high - step)) {
        low = high - step + 1;
      } else {
        high -= step;
      }
    }
  }
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (is_before(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool RunLists::VisitHolders(uint64_t run, const std::function<bool(uint32_t article)>& visit) const {
  assert(IsListed(run));
  const unsigned rest_bits = kKeyBits - article_bits_;
  const uint64_t key = KeyOf(run), rest = key & ((uint64_t{1} << rest_bits) - 1);
  const size_t begin = BeginOf(key >> rest_bits), end = BeginOf((key >> rest_bits) + 1);
  size_t low = FindRun(begin, end, rest);
  for (; low < end && uint64_t{PostingAt(low)} >> article_bits_ == rest; ++low) {
    const auto article = static_cast<uint32_t>(PostingAt(low) & ((uint64_t{1} << article_bits_) - 1));
    if (article < articles_ && !visit(article)) return false;
  }
  return true;
}

void MergeRunLists(std::span<const RunLists* const> parts, const DocIdMap& numbers,
                   const std::function<void(std::string_view)>& sink) {
  std::string bytes;
  AppendNumber(bytes, numbers.size());
  sink(bytes);
  std::vector<size_t> sizes;
  for (size_t part = 0; part < parts.size(); ++part) {
    std::vector<ArticleOrigin> origins;
    for (uint32_t article = 0; article < parts[part]->size(); ++article) {
      if (numbers.Contains(part, article)) origins.push_back(parts[part]->OriginOf(article));
    }
    sink(AsBytes(origins));
    sizes.push_back(parts[part]->postings_);
  }

  // Rows of a part are asked for in ascending order, so the bucket of each is the last one's or a later one.
  struct Cursor {
    size_t bucket = 0;
    uint64_t row = 0;
  };
  std::vector<Cursor> cursors(parts.size());
  const auto old_row = [&](size_t part, size_t position) {
    const RunLists& lists = *parts[part];
    Cursor& cursor = cursors[part];
    const size_t last = (size_t{1} << lists.article_bits_) - 1;
    while (cursor.bucket < last && lists.BeginOf(cursor.bucket + 1) <= position) ++cursor.bucket;
    const uint64_t posting = lists.PostingAt(position);
    const uint64_t key = uint64_t{cursor.bucket} << (kKeyBits - lists.article_bits_) | posting >> lists.article_bits_;
    return RowOf(key, static_cast<uint32_t>(posting & ((uint64_t{1} << lists.article_bits_) - 1)));
  };
  struct Row {
    uint64_t row = 0;  // as it was
    size_t part = 0;
    bool operator<(const Row& other) const { return row >> 32 < other.row >> 32; }
  };
  PostingWriter writer(numbers.size());
  std::vector<uint64_t> rows;
  std::vector<uint32_t> postings;
  MergeByKeyRange<Row>(
      sizes, old_row, [&](size_t part, size_t position) { return Row{old_row(part, position), part}; },
      [](const Row& row) { return row.row; },
      [&](const std::vector<Row>& merged) {
        rows.clear();
        for (const Row& row : merged) {
          const auto article = static_cast<uint32_t>(row.row);
          if (numbers.Contains(row.part, article))
            rows.push_back(RowOf(row.row >> 32, numbers.NewId(row.part, article)));
        }
        std::sort(rows.begin(), rows.end());
        postings.clear();
        writer.Append(rows, postings);
        sink(AsBytes(postings));
      });
  sink(writer.Begins());
}

}  // namespace unspin
