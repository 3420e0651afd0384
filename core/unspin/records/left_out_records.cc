#include "unspin/records/left_out_records.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace unspin {
namespace {

// A word without the ending of a plural.
std::string SingularWord(std::string_view word) {
  if (word.ends_with("ies")) return std::string(word.substr(0, word.size() - 3)) + "y";
  return std::string(word.ends_with('s') ? word.substr(0, word.size() - 1) : word);
}

// "answer with status 404" for "answers with status 404": the last word before the first of these is the noun. Kinds of
// two nouns are parted by "or".
std::string Singular(std::string_view kind) {
  constexpr std::string_view kBehindNoun[] = {" with ", " without ", " of ", " for ", " whose "};
  if (const size_t at = kind.find(" or "); at != kind.npos) {
    return Singular(kind.substr(0, at)) + " or " + Singular(kind.substr(at + 4));
  }
  size_t end = kind.size();
  for (const std::string_view word : kBehindNoun) end = std::min(end, kind.find(word));
  const size_t space = kind.substr(0, end).rfind(' ');
  const size_t begin = space == kind.npos ? 0 : space + 1;
  return std::string(kind.substr(0, begin)) + SingularWord(kind.substr(begin, end - begin)) +
         std::string(kind.substr(end));
}

}  // namespace

void LeftOutRecords::Add(std::string_view kind) {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(kind);
  if (found != counts_.end()) {
    ++found->second;
  } else {
    counts_.emplace(kind, 1);
  }
}

uint64_t LeftOutRecords::total() const {
  const std::lock_guard lock(mutex_);
  uint64_t total = 0;
  for (const auto& [kind, count] : counts_) total += count;
  return total;
}

std::string LeftOutRecords::Describe() const {
  constexpr size_t kMaxKinds = 12;  // named: a crawl has some ten
  const uint64_t all = total();
  assert(all > 0);
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, uint64_t>> kinds(counts_.begin(), counts_.end());
  std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = std::to_string(all) + (all == 1 ? " record: " : " records: ");
  for (size_t i = 0; i < std::min(kinds.size(), kMaxKinds); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(kinds[i].second) + " " +
            (kinds[i].second == 1 ? Singular(kinds[i].first) : kinds[i].first);
  }
  if (kinds.size() > kMaxKinds) text += ", …";
  return text;
}

}  // namespace unspin
