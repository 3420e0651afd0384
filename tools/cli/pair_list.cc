#include "cli/pair_list.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace unspin::cli {

absl::StatusOr<PairList> PairList::Open(const std::string& path) {
  auto lines = LineReader::Open(path);
  if (!lines.ok()) return lines.status();
  return PairList(*std::move(lines));
}

std::optional<std::vector<FilePair>> PairList::Next(unsigned threads) {
  constexpr size_t kMaxBatch = 24;         // pairs
  constexpr size_t kBatchesPerThread = 4;  // into which the rest of a window is divided
  if (ordered_.empty()) ordered_ = ByCommonFiles(ReadWindow());
  if (ordered_.empty()) return std::nullopt;
  const size_t size = std::clamp<size_t>(ordered_.size() / (threads * kBatchesPerThread), 1, kMaxBatch);
  const auto end = ordered_.begin() + static_cast<std::ptrdiff_t>(size);
  std::vector<FilePair> next(std::make_move_iterator(ordered_.begin()), std::make_move_iterator(end));
  ordered_.erase(ordered_.begin(), end);
  return next;
}

std::vector<FilePair> PairList::ReadWindow() {
  std::vector<FilePair> pairs;
  while (pairs.size() < kWindow) {
    std::optional<std::string> line = lines_.Next();
    if (!line) break;
    ++line_;
    const size_t end = line->find_last_not_of(" \t\r");
    if (end == std::string::npos) continue;
    line->resize(end + 1);
    FilePair& pair = pairs.emplace_back();
    pair.line = line_;
    const size_t space = line->find_first_of(" \t");
    if (space == std::string::npos) {
      pair.error = "expected `suspect-file original-file`";
    } else {
      pair.suspect = line->substr(0, space);
      pair.original = line->substr(line->find_first_not_of(" \t", space));
    }
  }
  return pairs;
}

std::deque<FilePair> ByCommonFiles(std::vector<FilePair> pairs) {
  struct File {
    std::vector<size_t> pairs;
    bool reached = false;
  };
  absl::flat_hash_map<std::string_view, size_t> suspects, originals;
  std::vector<File> files;
  std::vector<std::pair<size_t, size_t>> files_of;  // suspect and original of each pair
  const auto number = [&](absl::flat_hash_map<std::string_view, size_t>& numbers, const std::string& name,
                          size_t pair) {
    const size_t file = numbers.try_emplace(name, files.size()).first->second;
    if (file == files.size()) files.emplace_back();
    files[file].pairs.push_back(pair);
    return file;
  };
  for (size_t pair = 0; pair < pairs.size(); ++pair) {
    const size_t suspect = number(suspects, pairs[pair].suspect, pair);
    files_of.emplace_back(suspect, number(originals, pairs[pair].original, pair));
  }
  std::vector<bool> taken(pairs.size(), false);
  std::vector<size_t> order, reached;  // pairs; files whose pairs come next, a queue
  order.reserve(pairs.size());
  const auto reach = [&](size_t file) {
    if (!files[file].reached) reached.push_back(file);
    files[file].reached = true;
  };
  for (size_t first = 0; first < pairs.size(); ++first) {
    reach(files_of[first].first);
    for (size_t next = 0; next < reached.size(); ++next) {
      for (const size_t pair : files[reached[next]].pairs) {
        if (taken[pair]) continue;
        taken[pair] = true;
        order.push_back(pair);
        reach(files_of[pair].first);
        reach(files_of[pair].second);
      }
    }
    reached.clear();
  }
  std::deque<FilePair> ordered;
  for (const size_t pair : order) ordered.push_back(std::move(pairs[pair]));
  return ordered;
}

}  // namespace unspin::cli
