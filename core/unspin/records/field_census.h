// Which fields of records were seen at all: a field name that never occurs is a mistake in the command.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace unspin {

struct FieldNames;  // reader_options.h

// The fields of FieldNames, in their order there.
inline constexpr size_t kArticleFields = 7;
std::array<const std::string*, kArticleFields> ArticleFields(const FieldNames& names);
// The options of the command line that name them, without dashes, in the same order.
inline constexpr std::array<std::string_view, kArticleFields> kFieldOptions = {
    "id-field", "text-field", "title-field", "url-field", "site-field", "published-field", "fetched-field"};

// Safe to share between threads.
class FieldCensus {
 public:
  // Records of a file whose names are listed. Enough to show what a file has; all threads list the same ones.
  static constexpr size_t kListedRecords = 100;

  void SetSeen(size_t field) { seen_[field].store(true, std::memory_order_relaxed); }
  bool seen(size_t field) const { return seen_[field].load(std::memory_order_relaxed); }
  // Some record has a field of this name, of those that are kept.
  void SetKept(std::string_view name);
  void AddName(std::string_view name);
  // Records without the text field were read from this one, which is called like a text.
  void SetGuessed(std::string_view name);
  bool empty() const;

  // What a person should know about the names: those that were given and never occur, or that no record has metadata.
  // `keep` are the names of fields that are copied through. Call it when all records are read, at least one of them.
  std::vector<std::string> Problems(const FieldNames& names, const std::vector<std::string>& keep = {}) const;

 private:
  bool IsKept(const std::string& name) const;
  std::string Guess(const FieldNames& names) const;
  std::string ListedNames() const;
  bool HasOtherName(const std::array<const std::string*, kArticleFields>& fields) const;

  std::array<std::atomic<bool>, kArticleFields> seen_{};
  mutable std::mutex mutex_;  // guards the sets
  std::set<std::string, std::less<>> names_, guessed_, kept_;
};

}  // namespace unspin
