#include "cli/repeated_ids.h"

#include <algorithm>
#include <map>

#include "cli/repeated_messages.h"
#include "unspin/base/hash.h"

namespace unspin::cli {

void RepeatedIds::Add(std::string_view id, std::string_view path, uint64_t record) {
  if (paths_.empty() || paths_.back() != path) paths_.emplace_back(path);
  const size_t number = paths_.size() - 1;
  const bool follows = !runs_.empty() && runs_.back().path == number &&
                       runs_.back().first_record + (size() - runs_.back().first_article) == record;
  if (!follows) runs_.push_back({size(), number, record});
  hashes_.push_back(Hash64(id));
}

std::string RepeatedIds::PlaceOf(uint64_t article) const {
  const Run& run =
      *std::prev(std::upper_bound(runs_.begin(), runs_.end(), article,
                                  [](uint64_t number, const Run& other) { return number < other.first_article; }));
  const uint64_t record = run.first_record + (article - run.first_article);
  return paths_[run.path] + (record == 0 ? "" : ":" + std::to_string(record));
}

void RepeatedIds::Finish() {
  std::vector<uint64_t> sorted(hashes_.begin(), hashes_.end());
  std::sort(sorted.begin(), sorted.end());
  std::map<uint64_t, Repeated> by_hash;
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i] == sorted[i - 1]) by_hash.try_emplace(sorted[i]);
  }
  for (uint64_t article = 0; article < size() && !by_hash.empty(); ++article) {
    const auto found = by_hash.find(hashes_[article]);
    if (found == by_hash.end()) continue;
    Repeated& id = found->second;
    if (id.count == 0) id.first = article;
    if (id.count == 1) id.second = article;
    ++id.count;
  }
  for (const auto& [hash, id] : by_hash) repeated_.push_back(id);
  std::sort(repeated_.begin(), repeated_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  hashes_ = {};
}

void RepeatedIds::Say(const std::function<std::string(uint64_t article)>& id_of) const {
  RepeatedMessages messages;
  for (const Repeated& id : repeated_) {
    messages.Add(PlaceOf(id.second), "the id “" + id_of(id.second) + "” stands at “" + PlaceOf(id.first) +
                                         "” already, and comes " + std::to_string(id.count) +
                                         " times; give each article an id of its own");
  }
  messages.Finish();
}

}  // namespace unspin::cli
