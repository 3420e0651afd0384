// Records that were left out because by their kind they are no articles: pictures and redirects of a crawl, teasers of
// a feed. They are no bad records, but nothing is left out silently.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace unspin {

// Safe to share between threads.
class LeftOutRecords {
 public:
  // Counts a record. `kind` is what it is, in the plural: "pictures", "answers with status 404".
  void Add(std::string_view kind);

  uint64_t total() const;
  // "12 records: 8 answers with status 404, 4 pictures"; the most frequent kinds first. REQUIRES: total() > 0.
  std::string Describe() const;

 private:
  mutable std::mutex mutex_;  // guards counts_
  std::map<std::string, uint64_t, std::less<>> counts_;
};

}  // namespace unspin
