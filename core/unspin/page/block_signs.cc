#include "unspin/page/block_signs.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <optional>

#include "unspin/article/ascii.h"
#include "unspin/page/html_tokenizer.h"

namespace unspin {
namespace {

struct SignWord {
  std::string_view word;
  BlockSign sign;
};

// Sorted by word; none is there twice.
constexpr SignWord kWords[] = {
    {"ad", BlockSign::kAdvertisement},
    {"ads", BlockSign::kAdvertisement},
    {"adslot", BlockSign::kAdvertisement},
    {"advert", BlockSign::kAdvertisement},
    {"advertisement", BlockSign::kAdvertisement},
    {"advertising", BlockSign::kAdvertisement},
    {"adverts", BlockSign::kAdvertisement},
    {"affiliate", BlockSign::kAdvertisement},
    {"article", BlockSign::kArticle},
    {"articlebody", BlockSign::kBody},
    {"author", BlockSign::kByline},
    {"authors", BlockSign::kByline},
    {"avatar", BlockSign::kByline},
    {"banner", BlockSign::kAdvertisement},
    {"bio", BlockSign::kByline},
    {"body", BlockSign::kBody},
    {"breadcrumb", BlockSign::kMenu},
    {"breadcrumbs", BlockSign::kMenu},
    {"byline", BlockSign::kByline},
    {"caption", BlockSign::kCaption},
    {"card", BlockSign::kRelated},
    {"cards", BlockSign::kRelated},
    {"carousel", BlockSign::kRelated},
    {"comment", BlockSign::kComment},
    {"commentlist", BlockSign::kComment},
    {"comments", BlockSign::kComment},
    {"consent", BlockSign::kConsent},
    {"content", BlockSign::kBody},
    {"contents", BlockSign::kContents},
    {"cookie", BlockSign::kConsent},
    {"cookies", BlockSign::kConsent},
    {"copyright", BlockSign::kFooter},
    {"credit", BlockSign::kCaption},
    {"cta", BlockSign::kSubscribe},
    {"date", BlockSign::kByline},
    {"dateline", BlockSign::kByline},
    {"deck", BlockSign::kTitle},
    {"dek", BlockSign::kTitle},
    {"disclaimer", BlockSign::kConsent},
    {"disclosure", BlockSign::kConsent},
    {"discussion", BlockSign::kComment},
    {"disqus", BlockSign::kComment},
    {"dropdown", BlockSign::kMenu},
    {"entry", BlockSign::kArticle},
    {"excerpt", BlockSign::kTitle},
    {"facebook", BlockSign::kShare},
    {"faq", BlockSign::kContents},
    {"faqs", BlockSign::kContents},
    {"feed", BlockSign::kRelated},
    {"figcaption", BlockSign::kCaption},
    {"follow", BlockSign::kShare},
    {"foot", BlockSign::kFooter},
    {"footer", BlockSign::kFooter},
    {"footnote", BlockSign::kFooter},
    {"form", BlockSign::kSubscribe},
    {"gallery", BlockSign::kCaption},
    {"gdpr", BlockSign::kConsent},
    {"grid", BlockSign::kRelated},
    {"header", BlockSign::kTitle},
    {"headline", BlockSign::kTitle},
    {"hentry", BlockSign::kArticle},
    {"hero", BlockSign::kTitle},
    {"hovercard", BlockSign::kHover},
    {"image", BlockSign::kCaption},
    {"intro", BlockSign::kTitle},
    {"latest", BlockSign::kRelated},
    {"list", BlockSign::kRelated},
    {"login", BlockSign::kSubscribe},
    {"logo", BlockSign::kMenu},
    {"masthead", BlockSign::kMenu},
    {"media", BlockSign::kCaption},
    {"menu", BlockSign::kMenu},
    {"meta", BlockSign::kByline},
    {"modal", BlockSign::kConsent},
    {"more", BlockSign::kRelated},
    {"mostread", BlockSign::kRelated},
    {"nav", BlockSign::kMenu},
    {"navbar", BlockSign::kMenu},
    {"navigation", BlockSign::kMenu},
    {"newsletter", BlockSign::kSubscribe},
    {"newsletters", BlockSign::kSubscribe},
    {"notice", BlockSign::kConsent},
    {"outbrain", BlockSign::kAdvertisement},
    {"overlay", BlockSign::kConsent},
    {"pager", BlockSign::kMenu},
    {"pagination", BlockSign::kMenu},
    {"paywall", BlockSign::kSubscribe},
    {"photo", BlockSign::kCaption},
    {"player", BlockSign::kCaption},
    {"popover", BlockSign::kHover},
    {"popular", BlockSign::kRelated},
    {"popup", BlockSign::kConsent},
    {"post", BlockSign::kArticle},
    {"posts", BlockSign::kRelated},
    {"privacy", BlockSign::kConsent},
    {"product", BlockSign::kAdvertisement},
    {"products", BlockSign::kAdvertisement},
    {"profile", BlockSign::kByline},
    {"promo", BlockSign::kAdvertisement},
    {"promos", BlockSign::kAdvertisement},
    {"promoted", BlockSign::kAdvertisement},
    {"promotion", BlockSign::kAdvertisement},
    {"prose", BlockSign::kBody},
    {"published", BlockSign::kByline},
    {"rail", BlockSign::kSidebar},
    {"readmore", BlockSign::kRelated},
    {"recent", BlockSign::kRelated},
    {"recirc", BlockSign::kRelated},
    {"recommend", BlockSign::kRelated},
    {"recommendation", BlockSign::kRelated},
    {"recommendations", BlockSign::kRelated},
    {"recommended", BlockSign::kRelated},
    {"related", BlockSign::kRelated},
    {"replies", BlockSign::kComment},
    {"reply", BlockSign::kComment},
    {"respond", BlockSign::kComment},
    {"responses", BlockSign::kComment},
    {"review", BlockSign::kComment},
    {"reviews", BlockSign::kComment},
    {"rich", BlockSign::kBody},
    {"richtext", BlockSign::kBody},
    {"rollover", BlockSign::kHover},
    {"rss", BlockSign::kShare},
    {"search", BlockSign::kMenu},
    {"secondary", BlockSign::kSidebar},
    {"share", BlockSign::kShare},
    {"sharedaddy", BlockSign::kShare},
    {"shares", BlockSign::kShare},
    {"sharing", BlockSign::kShare},
    {"shoutbox", BlockSign::kComment},
    {"sidebar", BlockSign::kSidebar},
    {"signup", BlockSign::kSubscribe},
    {"similar", BlockSign::kRelated},
    {"skyscraper", BlockSign::kAdvertisement},
    {"social", BlockSign::kShare},
    {"sponsor", BlockSign::kAdvertisement},
    {"sponsored", BlockSign::kAdvertisement},
    {"standfirst", BlockSign::kTitle},
    {"story", BlockSign::kArticle},
    {"subheading", BlockSign::kTitle},
    {"subscribe", BlockSign::kSubscribe},
    {"subscription", BlockSign::kSubscribe},
    {"subtitle", BlockSign::kTitle},
    {"summary", BlockSign::kTitle},
    {"taboola", BlockSign::kAdvertisement},
    {"tag", BlockSign::kTags},
    {"taglist", BlockSign::kTags},
    {"tags", BlockSign::kTags},
    {"teaser", BlockSign::kRelated},
    {"teasers", BlockSign::kRelated},
    {"testimonial", BlockSign::kComment},
    {"testimonials", BlockSign::kComment},
    {"text", BlockSign::kBody},
    {"thumbnail", BlockSign::kRelated},
    {"time", BlockSign::kByline},
    {"timestamp", BlockSign::kByline},
    {"title", BlockSign::kTitle},
    {"toc", BlockSign::kContents},
    {"toolbar", BlockSign::kMenu},
    {"tooltip", BlockSign::kHover},
    {"topics", BlockSign::kTags},
    {"trending", BlockSign::kRelated},
    {"twitter", BlockSign::kShare},
    {"video", BlockSign::kCaption},
    {"vjs", BlockSign::kCaption},
    {"widget", BlockSign::kSidebar},
};
static_assert(std::is_sorted(std::begin(kWords), std::end(kWords),
                             [](const SignWord& a, const SignWord& b) { return a.word <= b.word; }));

// What a name says behind one of these is a property of the article or the layout, not the kind of the element.
constexpr std::string_view kPropertyPrefixes[] = {"tag", "category", "cat",  "has",    "no",     "without",
                                                  "non", "not",      "hide", "single", "format", "type"};
// And before this one: "ad-free".
constexpr std::string_view kAbsent = "free";

constexpr size_t kMaxHintWords = 3;

constexpr std::string_view kNames[] = {"article-element",
                                       "main-element",
                                       "aside-element",
                                       "nav-element",
                                       "footer-element",
                                       "header-element",
                                       "form-element",
                                       "figure-element",
                                       "table-element",
                                       "list-element",
                                       "advertisement",
                                       "article",
                                       "body",
                                       "byline",
                                       "caption",
                                       "comment",
                                       "consent",
                                       "contents",
                                       "footer",
                                       "hover",
                                       "menu",
                                       "related",
                                       "share",
                                       "sidebar",
                                       "subscribe",
                                       "tags",
                                       "title"};
static_assert(std::size(kNames) == kBlockSigns);

// Calls visit(word) for each word of a name, in lower case. Words are separated by anything but ASCII letters and
// digits, and by a capital letter after a small one.
template <typename Visit>
void ForEachWord(std::string_view name, const Visit& visit) {
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) visit(std::string_view(word));
    word.clear();
  };
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool starts_hump = IsAsciiUpper(c) && i > 0 && IsAsciiLower(name[i - 1]);
    if (!IsAsciiAlphanumeric(c) || starts_hump) finish();
    if (IsAsciiAlphanumeric(c)) word += AsciiLower(c);
  }
  finish();
}

BlockSignSet SignsOfWord(std::string_view word) {
  static const auto* const signs_of_words = [] {
    auto* const signs = new absl::flat_hash_map<std::string_view, BlockSignSet>;
    for (const SignWord& row : kWords) (*signs)[row.word].Add(row.sign);
    return signs;
  }();
  const auto found = signs_of_words->find(word);
  return found == signs_of_words->end() ? BlockSignSet() : found->second;
}

bool IsProperty(std::string_view word) {
  return std::find(std::begin(kPropertyPrefixes), std::end(kPropertyPrefixes), word) != std::end(kPropertyPrefixes);
}

// The signs of one name: "article__share-bar".
BlockSignSet SignsOfName(std::string_view name) {
  BlockSignSet signs;
  bool first = true, about_property = false;
  std::string last;
  ForEachWord(name, [&](std::string_view word) {
    if (first && IsProperty(word) && word.size() < name.size()) about_property = true;
    first = false;
    if (!about_property) signs.Add(SignsOfWord(word));
    last = word;
  });
  return last == kAbsent ? BlockSignSet() : signs;
}

std::optional<BlockSign> SignOfElement(HtmlTag tag) {
  switch (tag) {
    case HtmlTag::kArticle:
      return BlockSign::kArticleElement;
    case HtmlTag::kMain:
      return BlockSign::kMainElement;
    case HtmlTag::kAside:
      return BlockSign::kAsideElement;
    case HtmlTag::kNav:
    case HtmlTag::kMenu:
    case HtmlTag::kSearch:
      return BlockSign::kNavElement;
    case HtmlTag::kFooter:
      return BlockSign::kFooterElement;
    case HtmlTag::kHeader:
      return BlockSign::kHeaderElement;
    case HtmlTag::kForm:
    case HtmlTag::kFieldset:
      return BlockSign::kFormElement;
    case HtmlTag::kFigure:
    case HtmlTag::kFigcaption:
      return BlockSign::kFigureElement;
    case HtmlTag::kTable:
      return BlockSign::kTableElement;
    case HtmlTag::kUl:
    case HtmlTag::kOl:
    case HtmlTag::kDl:
      return BlockSign::kListElement;
    default:
      return std::nullopt;
  }
}

std::optional<BlockSign> SignOfRole(std::string_view role) {
  if (role == "main") return BlockSign::kMainElement;
  if (role == "complementary") return BlockSign::kAsideElement;
  if (role == "navigation") return BlockSign::kNavElement;
  if (role == "contentinfo") return BlockSign::kFooterElement;
  if (role == "banner") return BlockSign::kHeaderElement;
  return std::nullopt;
}

}  // namespace

std::string_view Name(BlockSign sign) {
  assert(sign < BlockSign::kCount);
  return kNames[static_cast<size_t>(sign)];
}

BlockSignSet SignsInNames(std::string_view names) {
  BlockSignSet signs;
  while (!names.empty()) {
    const size_t begin = std::min(
        static_cast<size_t>(std::find_if_not(names.begin(), names.end(), IsHtmlSpace) - names.begin()), names.size());
    names.remove_prefix(begin);
    const auto end = static_cast<size_t>(std::find_if(names.begin(), names.end(), IsHtmlSpace) - names.begin());
    if (end > 0) signs.Add(SignsOfName(names.substr(0, end)));
    names.remove_prefix(end);
  }
  return signs;
}

bool IsHint(std::string_view id) {
  size_t words = 0;
  ForEachWord(id, [&](std::string_view) { ++words; });
  return words <= kMaxHintWords;
}

BlockSignSet SignReader::SignsOfNames(std::string_view names) {
  const auto [row, is_new] = known_.try_emplace(names);
  if (is_new) row->second = SignsInNames(names);
  return row->second;
}

BlockSignSet SignReader::SignsOf(const HtmlPage& page, const HtmlNode& node) {
  BlockSignSet signs;
  if (const auto sign = SignOfElement(node.tag)) signs.Add(*sign);
  // Their classes name the layout and the subject of the whole page.
  if (node.tag == HtmlTag::kBody || node.tag == HtmlTag::kHtml) return signs;
  for (uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
    const auto& [name, value] = page.attributes[i];
    if (EqualIgnoringCase(name, "class")) {
      signs.Add(SignsOfNames(value));
    } else if (EqualIgnoringCase(name, "id")) {
      if (IsHint(value)) signs.Add(SignsOfNames(value));
    } else if (EqualIgnoringCase(name, "role")) {
      if (const auto sign = SignOfRole(value)) signs.Add(*sign);
    } else if (EqualIgnoringCase(name, "itemprop")) {
      if (value == "articleBody") signs.Add(BlockSign::kArticleElement);
      if (value == "comment") signs.Add(BlockSign::kComment);
    } else if (EqualIgnoringCase(name, "itemtype") && value.ends_with("schema.org/Comment")) {
      signs.Add(BlockSign::kComment);
    }
  }
  return signs;
}

}  // namespace unspin
