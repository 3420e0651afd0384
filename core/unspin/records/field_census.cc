#include "unspin/records/field_census.h"

#include <algorithm>

#include "unspin/records/reader_options.h"

namespace unspin {
namespace {

// In the order of ArticleFields.
constexpr size_t kId = 0, kText = 1, kTitle = 2, kSite = 4, kPublished = 5;

std::string Option(size_t field) { return "--" + std::string(kFieldOptions[field]); }

}  // namespace

std::array<const std::string*, kArticleFields> ArticleFields(const FieldNames& names) {
  return {&names.id, &names.text, &names.title, &names.url, &names.site, &names.published, &names.fetched};
}

void FieldCensus::AddName(std::string_view name) {
  constexpr size_t kMaxNames = 200;  // a file of many more has no fields of articles
  const std::lock_guard lock(mutex_);
  if (names_.size() < kMaxNames && !names_.contains(name)) names_.emplace(name);
}

void FieldCensus::SetKept(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (!kept_.contains(name)) kept_.emplace(name);
}

bool FieldCensus::IsKept(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  return kept_.contains(name);
}

void FieldCensus::SetGuessed(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (!guessed_.contains(name)) guessed_.emplace(name);
}

std::string FieldCensus::Guess(const FieldNames& names) const {
  const std::lock_guard lock(mutex_);
  std::string list;
  for (const std::string& name : guessed_) list += (list.empty() ? "“" : ", “") + name + "”";
  return list.empty() ? list
                      : "records without the field “" + names.text + "” were read from " + list + " (" + Option(kText) +
                            " names another)";
}

bool FieldCensus::empty() const {
  const std::lock_guard lock(mutex_);
  return names_.empty();
}

std::string FieldCensus::ListedNames() const {
  constexpr size_t kMaxListed = 12, kMaxNameBytes = 60;
  const std::lock_guard lock(mutex_);
  std::string list;
  size_t listed = 0;
  for (const std::string& name : names_) {
    if (++listed > kMaxListed) return list + ", …";
    list += (list.empty() ? "“" : ", “") + name.substr(0, kMaxNameBytes) + "”";
  }
  return list;
}

bool FieldCensus::HasOtherName(const std::array<const std::string*, kArticleFields>& fields) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
    return std::none_of(fields.begin(), fields.end(), [&](const std::string* known) { return *known == name; });
  });
}

std::vector<std::string> FieldCensus::Problems(const FieldNames& names, const std::vector<std::string>& keep) const {
  std::vector<std::string> problems;
  if (std::string guess = Guess(names); !guess.empty()) problems.push_back(std::move(guess));
  const std::string listed = empty() ? "" : "; its fields are " + ListedNames();
  for (const std::string& name : keep) {
    if (!IsKept(name)) problems.push_back("no record has the field “" + name + "” (--keep)" + listed);
  }
  if (empty()) return problems;
  const FieldNames defaults;
  const auto given = ArticleFields(names), usual = ArticleFields(defaults);
  for (size_t field = 0; field < kArticleFields; ++field) {
    if (*given[field] != *usual[field] && !seen(field))
      problems.push_back("no record has the field “" + *given[field] + "” (" + Option(field) + ")" + listed);
  }
  if (!problems.empty() || seen(kId) || seen(kTitle) || seen(kSite) || seen(kPublished)) return problems;
  if (HasOtherName(given)) {
    problems.push_back("no record has a field “" + names.id + "”, “" + names.title + "”, “" + names.site + "” or “" +
                       names.published + "”; its fields are " + ListedNames() + ": name those of articles (" +
                       Option(kId) + ", " + Option(kTitle) + ", …)");
  }
  return problems;
}

}  // namespace unspin
