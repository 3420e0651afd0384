#include "unspin/ingest/class_name_hints.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <string>

#include "unspin/ingest/ascii.h"

namespace unspin {
namespace {

// Sorted, for binary search.
constexpr std::string_view kBoilerplateWords[] = {
    "ad",          "ads",         "advert",     "advertisement", "advertising", "adverts",        "banner",
    "breadcrumb",  "breadcrumbs", "comment",    "commentlist",   "comments",    "consent",        "cookie",
    "cookies",     "disqus",      "footer",     "gdpr",          "login",       "masthead",       "menu",
    "modal",       "mostread",    "nav",        "navbar",        "navigation",  "newsletter",     "newsletters",
    "outbrain",    "pager",       "pagination", "player",        "popular",     "popup",          "promo",
    "promos",      "promoted",    "promotion",  "recirc",        "recommend",   "recommendation", "recommendations",
    "recommended", "related",     "rss",        "share",         "sharedaddy",  "shares",         "sharing",
    "shoutbox",    "sidebar",     "signup",     "skyscraper",    "social",      "sponsor",        "sponsored",
    "subscribe",   "taboola",     "taglist",    "tags",          "toolbar",     "tooltip",        "trending",
    "vjs",
};
static_assert(std::is_sorted(std::begin(kBoilerplateWords), std::end(kBoilerplateWords)));

constexpr std::string_view kArticleWords[] = {
    "article", "articlebody", "body", "content", "entry", "hentry", "post", "story",
};
static_assert(std::is_sorted(std::begin(kArticleWords), std::end(kArticleWords)));

constexpr std::string_view kCaptionWords[] = {"caption", "figcaption"};
static_assert(std::is_sorted(std::begin(kCaptionWords), std::end(kCaptionWords)));

constexpr size_t kMaxHintWords = 3;

// Calls visit(word) for each word of `names`, in lower case. Words are separated by anything but ASCII letters and
// digits, and by a capital letter after a small one.
template <typename Visit>
void ForEachWord(std::string_view names, const Visit& visit) {
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) visit(word);
    word.clear();
  };
  for (size_t i = 0; i < names.size(); ++i) {
    const char c = names[i];
    const bool starts_hump = IsAsciiUpper(c) && i > 0 && IsAsciiLower(names[i - 1]);
    if (!IsAsciiAlphanumeric(c) || starts_hump) finish();
    if (IsAsciiAlphanumeric(c)) word += AsciiLower(c);
  }
  finish();
}

bool HasWordOf(std::span<const std::string_view> sorted_words, std::string_view names) {
  bool found = false;
  ForEachWord(names, [&](std::string_view word) {
    found = found || std::binary_search(sorted_words.begin(), sorted_words.end(), word);
  });
  return found;
}

}  // namespace

bool NamesBoilerplate(std::string_view names) { return HasWordOf(kBoilerplateWords, names); }

bool NamesArticle(std::string_view names) { return HasWordOf(kArticleWords, names); }

bool NamesCaption(std::string_view names) { return HasWordOf(kCaptionWords, names); }

bool IsHint(std::string_view id) {
  size_t words = 0;
  ForEachWord(id, [&](std::string_view) { ++words; });
  return words <= kMaxHintWords;
}

}  // namespace unspin
