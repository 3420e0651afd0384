#include "unspin/inputs/news_item.h"

#include <algorithm>
#include <cstddef>

#include "unspin/article/ascii.h"
#include "unspin/page/page_marks.h"

namespace unspin {

void NewsItem::Add(std::string_view name, std::string value) {
  if (!value.empty() && Fact(name).empty()) facts.emplace_back(name, std::move(value));
}

std::string_view NewsItem::Fact(std::string_view name) const {
  const auto found = std::find_if(facts.begin(), facts.end(), [&](const auto& fact) { return fact.first == name; });
  return found == facts.end() ? std::string_view() : found->second;
}

void SetIfEmpty(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

std::vector<std::string> NoticesOf(const NewsItem& item) {
  constexpr size_t kMaxNotice = 400;  // bytes; a longer text is about rights, and no notice
  std::vector<std::string> notices;
  const std::string_view byline = item.Fact("byline"), rights = item.Fact("rights"),
                         holder = item.Fact("copyrightholder");
  if (!byline.empty() && byline.size() <= kMaxNotice)
    notices.push_back((AsciiLower(byline.substr(0, 3)) == "by " ? "" : "By ") + std::string(byline));
  const std::string lower = AsciiLower(rights);
  bool is_notice = false;
  for (const std::string_view sign : {"\u00a9", "copyright", "all rights reserved", "(c)"})
    is_notice = is_notice || lower.find(sign) != std::string::npos;
  if (is_notice && rights.size() <= kMaxNotice) {
    notices.emplace_back(rights);
  } else if (!holder.empty() && holder.size() <= kMaxNotice) {
    notices.push_back("Copyright " + std::string(holder));
  }
  return notices;
}

std::vector<PageMark> MarksOf(const NewsItem& item) {
  std::vector<PageMark> marks;
  AddPageMark("copyright-holder", item.Fact("copyrightholder"), marks);
  AddPageMark("copyright-notice", item.Fact("rights"), marks);
  AddPageMark("usage-terms", item.Fact("usageterms"), marks);
  return marks;
}

}  // namespace unspin
