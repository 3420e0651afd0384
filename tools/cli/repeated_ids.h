// Finds ids that come more than once in an input: rows and reports of them can hardly be told apart.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace unspin::cli {

// Memory: 8 bytes for each article, and as much again during Finish. Not safe to share between threads.
class RepeatedIds {
 public:
  // The next article of the input. `record` is its number in the file; 0 if the file is one article.
  void Add(std::string_view id, std::string_view path, uint64_t record);
  uint64_t size() const { return hashes_.size(); }

  // Finds the ids that came twice or more, and frees the memory. Call it once, behind the last article.
  void Finish();
  // Says each of them once: where it stands first, and where next. `id_of` gives the id of an article by its number,
  // from 0.
  void Say(const std::function<std::string(uint64_t article)>& id_of) const;

 private:
  // Neighbours of one file whose numbers follow each other.
  struct Run {
    uint64_t first_article;
    size_t path;  // in paths_
    uint64_t first_record;
  };

  std::string PlaceOf(uint64_t article) const;

  struct Repeated {
    uint64_t first = 0, second = 0;  // articles
    uint64_t count = 0;
  };

  std::deque<uint64_t> hashes_;     // of the ids, in the order of the input
  std::vector<Repeated> repeated_;  // in the order of their second articles
  std::vector<std::string> paths_;
  std::vector<Run> runs_;
};

}  // namespace unspin::cli
