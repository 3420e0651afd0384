#include "unspin/page/linked_data.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "unspin/date/parse_date.h"
#include "unspin/page/page_marks.h"
#include "unspin/page/page_words.h"
#include "unspin/page/script_dates.h"

namespace unspin {
namespace {

namespace dom = simdjson::dom;

constexpr size_t kMaxArticles = 1000;  // that a page describes; its own is among the first

// Under these keys stands what the page itself is or holds; under all others stand works that it names: comments,
// sources, media, authors.
constexpr std::string_view kKeysOfPage[] = {"@graph", "mainEntity", "mainEntityOfPage"};
// Under these keys, lists of stories, of which the page may be one.
constexpr std::string_view kKeysOfLists[] = {"itemListElement", "item", "blogPost", "hasPart"};

enum class Place : uint8_t { kPage, kList, kElsewhere };

std::string_view TextOf(const dom::object& object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) ? std::string_view() : text;
}

// The type of an object, or the first of its types that names an article.
bool HasType(const dom::object& object, bool (*is)(std::string_view)) {
  dom::element type;
  if (object["@type"].get(type)) return false;
  dom::array types;
  std::string_view name;
  if (!type.get(name)) return is(name);
  if (type.get(types)) return false;
  return std::any_of(types.begin(), types.end(), [&](const dom::element one) { return !one.get(name) && is(name); });
}

bool IsArticle(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("Posting") || type == "Report" || type == "Recipe" ||
         type == "HowTo" || type == "Review" || type == "LearningResource";
}

bool IsPage(std::string_view type) { return type.ends_with("Page"); }
bool IsSite(std::string_view type) { return type == "WebSite" || type == "NewsMediaOrganization"; }

// The address of an article: that of its page first.
std::string_view UrlOf(const dom::object& object) {
  dom::element page;
  dom::object page_object;
  if (!object["mainEntityOfPage"].get(page)) {
    std::string_view text;
    if (!page.get(text) && text.find("://") != std::string_view::npos) return text;
    if (!page.get(page_object)) {
      for (const std::string_view key : {"@id", "url"}) {
        if (const std::string_view url = TextOf(page_object, key); url.find("://") != std::string_view::npos)
          return url;
      }
    }
  }
  const std::string_view url = TextOf(object, "url");
  return url.empty() ? TextOf(object, "@id") : url;
}

std::string_view NameWithin(const dom::object& object, std::string_view key) {
  dom::object inner;
  return object[key].get(inner) ? std::string_view() : TextOf(inner, "name");
}

// Properties of an article that say where its text comes from, or what may be done with it, and the names within an
// object that stands for such a value.
struct MarkProperty {
  std::string_view property, kind;
  bool is_address = false;
};
constexpr MarkProperty kMarkProperties[] = {{"isBasedOn", "is-based-on", true},
                                            {"isBasedOnUrl", "is-based-on", true},
                                            {"creditText", "credit-text"},
                                            {"copyrightHolder", "copyright-holder"},
                                            {"copyrightNotice", "copyright-notice"},
                                            {"license", "license", true},
                                            {"usageInfo", "usage-info", true},
                                            {"acquireLicensePage", "acquire-license-page", true},
                                            {"sourceOrganization", "source-organization"},
                                            {"provider", "provider"}};

// The values of a property: texts, objects by their address or name, or a list of such.
void TakeMarks(const MarkProperty& property, const dom::element value, std::vector<PageMark>& marks) {
  std::string_view text;
  dom::object object;
  dom::array list;
  if (!value.get(text)) {
    AddPageMark(property.kind, text, marks);
  } else if (!value.get(object)) {
    constexpr std::string_view kAddressFirst[] = {"url", "@id", "name"}, kNameFirst[] = {"name", "url", "@id"};
    for (const std::string_view key : property.is_address ? kAddressFirst : kNameFirst) {
      if (const std::string_view inner = TextOf(object, key); !inner.empty()) {
        return AddPageMark(property.kind, inner, marks);
      }
    }
  } else if (!value.get(list)) {
    for (const dom::element one : list) {
      if (!one.is_array()) TakeMarks(property, one, marks);
    }
  }
}

void TakeObject(const dom::object& object, Place place, LinkedData& data) {
  if (data.articles.size() >= kMaxArticles) return;
  const bool is_article = HasType(object, IsArticle);
  const std::string_view headline = TextOf(object, "headline"), body = TextOf(object, "articleBody");
  if (data.site.empty() && IsSite(TextOf(object, "@type"))) data.site = TextOf(object, "name");
  const bool has_no_type = object["@type"].error() != simdjson::SUCCESS;
  const bool counts = is_article || HasType(object, IsPage) || (has_no_type && !headline.empty()) || !body.empty();
  if (!counts) return;
  if (data.site.empty() && is_article && place == Place::kPage) data.site = NameWithin(object, "publisher");
  LinkedArticle article;
  article.is_article = is_article || has_no_type || !body.empty();
  article.is_listed = place != Place::kPage;
  article.body = body;
  if (place != Place::kElsewhere) {
    article.headline = headline.empty() && is_article ? TextOf(object, "name") : headline;
    article.url = UrlOf(object);
    article.published = TextOf(object, "datePublished");
  }
  if (is_article && place == Place::kPage) {
    for (const MarkProperty& property : kMarkProperties) {
      dom::element value;
      if (!object[property.property].get(value)) TakeMarks(property, value, article.marks);
    }
  }
  data.articles.push_back(std::move(article));
}

Place PlaceUnder(std::string_view key, Place place) {
  const auto has = [&](const auto& keys) { return std::find(std::begin(keys), std::end(keys), key) != std::end(keys); };
  return has(kKeysOfPage) ? place : std::max(place, has(kKeysOfLists) ? Place::kList : Place::kElsewhere);
}

// Visits all objects in their order; nothing recurses.
void Walk(const dom::element root, LinkedData& data) {
  struct Pending {
    dom::element element;
    Place place;
  };
  std::vector<Pending> stack = {{root, Place::kPage}};
  while (!stack.empty()) {
    const auto [element, place] = stack.back();
    stack.pop_back();
    const size_t first = stack.size();
    dom::array array;
    dom::object object;
    if (!element.get(array)) {
      for (const dom::element child : array) stack.push_back({child, place});
    } else if (!element.get(object)) {
      TakeObject(object, place, data);
      for (const auto [key, child] : object) {
        if (child.is_array() || child.is_object()) stack.push_back({child, PlaceUnder(key, place)});
      }
    }
    std::reverse(stack.begin() + static_cast<std::ptrdiff_t>(first), stack.end());
  }
}

// Whether a script that is no JSON has the type of an article or a page.
bool NamesArticle(std::string_view script) {
  for (const std::string_view type : {"Article\"", "Posting\"", "Page\"", "\"Report\"", "\"Review\""}) {
    if (script.find(type) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void ReadLinkedData(std::string_view script, LinkedData& data) {
  const size_t begin = script.find_first_of("{[");
  const size_t end = script.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return;
  simdjson::padded_string padded(script.substr(begin, end - begin + 1));
  // Outside of strings they are white space, so nothing else changes.
  std::replace_if(
      padded.data(), padded.data() + padded.size(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  dom::parser parser;
  dom::element root;
  if (!parser.parse(padded).get(root)) {
    Walk(root, data);
  } else if (data.broken_published.empty() && NamesArticle(script)) {
    constexpr std::string_view kKeys[] = {"datePublished"};
    data.broken_published = AgreedDate(script, kKeys);
  }
}

const LinkedArticle* OwnArticle(const LinkedData& data, std::string_view url, std::span<const std::string> titles) {
  std::vector<std::string> words;
  for (const std::string& title : titles) words.push_back(SpacedWords(title));
  const auto has_title = [&](const LinkedArticle& article) {
    const std::string headline = SpacedWords(article.headline);
    return headline.size() > 2 && std::any_of(words.begin(), words.end(), [&](const std::string& title) {
             return title.find(headline) != std::string::npos;
           });
  };
  const std::string_view bare = BareUrl(url);
  const auto has_url = [&](const LinkedArticle& article) { return !bare.empty() && BareUrl(article.url) == bare; };
  const auto first = [&](const auto& holds) -> const LinkedArticle* {
    const auto found = std::find_if(data.articles.begin(), data.articles.end(), [&](const LinkedArticle& article) {
      return article.is_article && (!article.published.empty() || !article.body.empty()) && holds(article);
    });
    return found == data.articles.end() ? nullptr : &*found;
  };
  if (const auto* own = first([&](const auto& a) { return !a.is_listed && has_url(a); })) return own;
  if (const auto* own = first(has_title)) return own;
  if (const auto* own = first(has_url)) return own;
  const LinkedArticle* own = first([](const auto& article) { return !article.is_listed; });
  if (own == nullptr) return nullptr;
  // The page's own article is there and has no date.
  if (std::any_of(data.articles.begin(), data.articles.end(), [&](const LinkedArticle& article) {
        return article.is_article && !article.is_listed && (has_title(article) || has_url(article));
      }))
    return nullptr;
  const Moment published = ParseDate(own->published);
  const bool agree = std::all_of(data.articles.begin(), data.articles.end(), [&](const LinkedArticle& article) {
    return article.is_listed || !article.is_article || article.published.empty() ||
           DayOf(ParseDate(article.published)) == DayOf(published);
  });
  return agree ? own : nullptr;
}

std::string BodyOf(const LinkedData& data, const LinkedArticle* own) {
  if (own != nullptr && !own->body.empty()) return WithoutMarkup(own->body);
  const auto found = std::find_if(data.articles.begin(), data.articles.end(),
                                  [](const LinkedArticle& article) { return !article.body.empty(); });
  return found == data.articles.end() ? std::string() : WithoutMarkup(found->body);
}

}  // namespace unspin
