#include "unspin/page/script_dates.h"

#include <algorithm>
#include <iterator>

#include "unspin/article/ascii.h"
#include "unspin/date/parse_date.h"

namespace unspin {
namespace {

constexpr size_t kMaxValue = 64;  // bytes of a date
constexpr size_t kMaxKey = 32;    // bytes of a key

constexpr std::string_view kPublishedKeys[] = {"datePublished",
                                               "publishedAt",
                                               "published_at",
                                               "publishDate",
                                               "publish_date",
                                               "publishedDate",
                                               "published_date",
                                               "publishedOn",
                                               "published_on",
                                               "publishedTime",
                                               "published_time",
                                               "publicationDate",
                                               "datePosted",
                                               "postedAt",
                                               "postDate",
                                               "pubDate",
                                               "first_publication_date",
                                               "firstPublished",
                                               "firstPublishedAt",
                                               "firstPublishedDate"};

// What stands between the quotes behind a key: `": "value"`, `\":\"value\"`. Empty where it is something else.
std::string_view ValueBehind(std::string_view rest) {
  size_t at = 0;
  const auto skip = [&](std::string_view characters) {
    while (at < rest.size() && at < kMaxValue && characters.find(rest[at]) != std::string_view::npos) ++at;
  };
  skip("\\");
  if (at >= rest.size() || rest[at] != '"') return {};
  ++at;
  skip(" \n\t");
  if (at >= rest.size() || rest[at] != ':') return {};
  ++at;
  skip(" \n\t\\");
  if (at >= rest.size() || rest[at] != '"') return {};
  const std::string_view value = rest.substr(at + 1, kMaxValue);
  const size_t end = value.find_first_of("\"\\");
  return end == std::string_view::npos ? std::string_view() : value.substr(0, end);
}

// Collects values until two of them name different days.
class Agreement {
 public:
  void Add(std::string_view value) {
    const Moment moment = ParseDate(value);
    if (!DayOf(moment)) return;
    if (value_.empty()) {
      value_ = value;
      moment_ = moment;
    }
    agrees_ = agrees_ && DayOf(moment) == DayOf(moment_);
  }
  void AddAll(std::string_view script, std::string_view key) {
    for (size_t at = script.find(key); at != std::string_view::npos && agrees_; at = script.find(key, at + 1)) {
      if (at > 0 && script[at - 1] == '"') Add(ValueBehind(script.substr(at + key.size())));
    }
  }
  // All keys in one pass for each of their common parts.
  void AddPublished(std::string_view script) {
    constexpr std::string_view kParts[] = {"ublish", "ublication", "osted", "ostDate", "ubDate"};
    for (const std::string_view part : kParts) {
      for (size_t at = script.find(part); at != std::string_view::npos && agrees_; at = script.find(part, at + 1)) {
        const size_t from = at - std::min(at, kMaxKey);
        const std::string_view before = script.substr(from, at - from), behind = script.substr(at, kMaxKey);
        const size_t quote = before.rfind('"'), size = behind.find_first_of("\"\\");
        if (quote == std::string_view::npos || size == std::string_view::npos) continue;
        const size_t begin = from + quote + 1, end = at + size;
        const std::string_view key = script.substr(begin, end - begin);
        if (std::find(std::begin(kPublishedKeys), std::end(kPublishedKeys), key) != std::end(kPublishedKeys))
          Add(ValueBehind(script.substr(end)));
      }
    }
  }
  std::string value() const { return agrees_ ? value_ : std::string(); }

 private:
  std::string value_;
  Moment moment_;
  bool agrees_ = true;
};

}  // namespace

std::string AgreedDate(std::string_view script, std::span<const std::string_view> keys) {
  Agreement agreement;
  for (const std::string_view key : keys) agreement.AddAll(script, key);
  return agreement.value();
}

std::string DateInScripts(const HtmlPage& page) {
  Agreement agreement;
  for (const HtmlNode& node : page.nodes) {
    if (node.tag != HtmlTag::kScript || &node == &page.nodes.back()) continue;
    if (AsciiLower(AttributeOf(page, node, "type")).find("ld+json") != std::string::npos) continue;
    const HtmlNode& text = *(&node + 1);
    if (text.tag != HtmlTag::kText) continue;
    const std::string_view script = page.record.substr(text.begin, text.end - text.begin);
    agreement.AddPublished(script);
  }
  return agreement.value();
}

}  // namespace unspin
