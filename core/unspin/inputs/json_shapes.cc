#include "unspin/inputs/json_shapes.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <initializer_list>
#include <iterator>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"
#include "unspin/records/file_name.h"

namespace unspin {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kFeedVersions = "\"https://jsonfeed.org/version/1";  // and 1.1

// The first of these fields that is a string and not blank.
std::string_view FirstText(dom::element value, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const std::string_view text = JsonTextField(value, name);
    if (!IsWhiteSpace(text)) return text;
  }
  return {};
}

std::string_view TextWithin(dom::element value, std::string_view outer, std::string_view inner) {
  const auto field = JsonField(value, outer);
  return field ? JsonTextField(*field, inner) : std::string_view();
}

// A string, or a number as it is written in short.
std::string PlainValue(dom::element value, std::string_view name) {
  const auto field = JsonField(value, name);
  if (!field) return "";
  std::string_view text;
  if (!field->get(text)) return std::string(text);
  return field->is_number() ? simdjson::minify(*field) : "";
}

// ---- ninjs: the IPTC's news items in JSON. Names are in lower case up to version 2 and in camel case from 3 on.

std::optional<dom::element> NinjsField(dom::element item, std::string_view lower, std::string_view camel) {
  const auto field = JsonField(item, lower);
  return field || camel.empty() ? field : JsonField(item, camel);
}

bool IsNinjs(dom::element record) {
  if (JsonTextField(record, "uri").empty()) return false;
  constexpr std::string_view kSigns[] = {"pubstatus", "pubStatus",  "versioncreated", "versionCreated",
                                         "body_text", "body_xhtml", "body_html",      "bodies"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](std::string_view sign) { return JsonField(record, sign).has_value(); });
}

// One of the renditions of a text: `bodies` or `headlines`.
struct Rendition {
  std::string_view text;
  bool is_html = false;
};

// The rendition that says most of its markup: XHTML and HTML before plain text. A body of another role, such as a
// summary, is none.
Rendition BestRendition(dom::element item, std::string_view list_name) {
  const auto field = JsonField(item, list_name);
  dom::array list;
  Rendition best;
  if (!field || field->get(list)) return best;
  for (const dom::element one : list) {
    const std::string_view text = JsonTextField(one, "value");
    const std::string type = AsciiLower(FirstText(one, {"contenttype", "contentType"}));
    const std::string role = AsciiLower(JsonTextField(one, "role"));
    if (IsWhiteSpace(text) || role.find("summary") != role.npos || role.find("teaser") != role.npos ||
        role.find("caption") != role.npos) {
      continue;
    }
    const bool is_html = type.find("html") != type.npos;
    if (best.text.empty() || (is_html && !best.is_html)) best = {text, is_html};
  }
  return best;
}

std::string_view KindOfNinjs(dom::element item, bool canceled, bool withheld) {
  if (canceled) return "canceled items without a text";
  if (withheld) return "withheld items without a text";
  const std::string type = AsciiLower(JsonTextField(item, "type"));
  if (type == "picture" || type == "photo") return "pictures";
  if (type == "video") return "videos";
  if (type == "audio") return "sound files";
  if (type == "graphic") return "graphics";
  if (type == "composite" || type == "package" || type == "planning" || type == "event") return "packages or plans";
  return "teasers without a text";
}

JsonShape ReadNinjs(dom::element item) {
  JsonShape shape;
  shape.format = "ninjs";
  shape.id = JsonTextField(item, "uri");
  Rendition body = {FirstText(item, {"body_xhtml", "body_html"}), true};
  if (body.text.empty()) body = BestRendition(item, "bodies");
  if (body.text.empty()) body = {JsonTextField(item, "body_text"), false};
  shape.text = body.text;
  shape.is_html = body.is_html;
  Rendition headline = {JsonTextField(item, "headline"), false};
  if (headline.text.empty()) headline = BestRendition(item, "headlines");
  shape.title = headline.text;
  shape.title_is_html = headline.is_html;
  // When a version was made says when the item was published only of the first one.
  shape.published = FirstText(item, {"publisheddate", "publishedDate", "firstcreated", "firstCreated"});
  if (shape.published.empty() && PlainValue(item, "version") == "1") {
    shape.published = FirstText(item, {"versioncreated", "versionCreated"});
  }
  constexpr std::string_view kFacts[][2] = {
      {"version", ""},
      {"versioncreated", "versionCreated"},
      {"copyrightholder", "copyrightHolder"},
      {"copyrightnotice", "copyrightNotice"},
      {"usageterms", "usageTerms"},
      {"embargoed", ""},
      {"pubstatus", "pubStatus"},
      {"byline", ""},
  };
  for (const auto& [lower, camel] : kFacts) {
    if (const auto value = NinjsField(item, lower, camel); value && !value->is_null())
      shape.facts.emplace_back(lower, simdjson::minify(*value));
  }
  const std::string status = AsciiLower(FirstText(item, {"pubstatus", "pubStatus"}));
  shape.kind_without_text =
      KindOfNinjs(item, status.ends_with("canceled") || status.ends_with("cancelled"), status.ends_with("withheld"));
  return shape;
}

// ---- JSON Feed

JsonShape ReadFeedItem(dom::element item) {
  JsonShape shape;
  shape.format = "json-feed";
  shape.text = FirstText(item, {"content_html"});
  shape.is_html = !shape.text.empty();
  if (shape.text.empty()) shape.text = JsonTextField(item, "content_text");
  shape.id = PlainValue(item, "id");
  shape.url = FirstText(item, {"url", "external_url"});
  shape.title = JsonTextField(item, "title");
  shape.published = JsonTextField(item, "date_published");
  for (const std::string_view name : {"authors", "author", "date_modified"}) {
    if (const auto value = JsonField(item, name); value && !value->is_null())
      shape.facts.emplace_back(name, simdjson::minify(*value));
  }
  shape.kind_without_text = "teasers without a text";
  return shape;
}

bool IsFeedItem(dom::element record) {
  return JsonField(record, "id") && (JsonField(record, "content_html") || JsonField(record, "content_text"));
}

// ---- Linked data (schema.org), as pages declare it

JsonShape ReadLinkedArticle(dom::element record) {
  JsonShape shape;
  shape.text = JsonTextField(record, "articleBody");
  shape.title = FirstText(record, {"headline", "name"});
  shape.published = JsonTextField(record, "datePublished");
  shape.site = TextWithin(record, "publisher", "name");
  shape.url = FirstText(record, {"url", "mainEntityOfPage"});
  if (shape.url.empty()) shape.url = TextWithin(record, "mainEntityOfPage", "@id");
  shape.id = FirstText(record, {"@id", "identifier"});
  return shape;
}

// ---- Posts of WordPress, as its interface sends them

JsonShape ReadPost(dom::element record) {
  JsonShape shape;
  shape.text = TextWithin(record, "content", "rendered");
  shape.title = TextWithin(record, "title", "rendered");
  shape.is_html = shape.title_is_html = true;
  shape.url = JsonTextField(record, "link");
  shape.published = JsonTextField(record, "date_gmt");
  if (!shape.published.empty() && shape.published.find_first_of("Zz+") == std::string::npos) shape.published += "Z";
  if (shape.published.empty()) shape.published = JsonTextField(record, "date");
  return shape;
}

// ---- Any record that is clearly an article

// Whether an interface cut the text off: "… [+1234 chars]".
bool IsCutOff(std::string_view text) {
  const size_t end = text.find_last_not_of(" \t\r\n");
  text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  for (const std::string_view sign : {"…", "...", "[…]", "chars]", "...]", "&hellip;", "[&#8230;]"}) {
    if (text.ends_with(sign)) return true;
  }
  return false;
}

// A record with a title, and an address or a date, whose one text of some length is called like one. A summary that is
// nearly as long leaves it open which of them is the text.
std::optional<JsonShape> ReadPlainArticle(dom::element record) {
  constexpr size_t kMinBytes = 400;  // of a text; teasers are shorter
  constexpr size_t kMinRatio = 2;    // to any other string of the record
  constexpr std::string_view kNames[] = {"body", "content", "article", "articleBody"};
  dom::object object;
  if (record.get(object)) return std::nullopt;
  const auto title = FirstText(record, {"title", "headline"});
  const auto url = FirstText(record, {"url", "link"});
  const auto published = FirstText(
      record, {"published", "published_at", "publishedAt", "datePublished", "pubDate", "publication_date", "date"});
  if (title.empty() || (url.empty() && published.empty())) return std::nullopt;
  std::string_view text, name;
  size_t longest_other = 0;
  for (const auto field : object) {
    std::string_view value;
    const auto* const known = std::find(std::begin(kNames), std::end(kNames), field.key);
    if (field.value.get(value)) {
      if (known != std::end(kNames) && !field.value.is_null()) return std::nullopt;
    } else if (known == std::end(kNames)) {
      longest_other = std::max(longest_other, value.size());
    } else if (!IsWhiteSpace(value)) {
      if (!text.empty()) return std::nullopt;
      text = value;
      name = *known;
    }
  }
  if (text.size() < kMinBytes || text.size() < longest_other * kMinRatio || IsCutOff(text)) return std::nullopt;
  JsonShape shape;
  shape.text = text;
  shape.text_field = name;
  shape.title = title;
  shape.url = url;
  shape.published = published;
  return shape;
}

}  // namespace

std::optional<JsonShape> FindJsonShape(dom::element record, bool of_feed) {
  assert(record.is_object());
  if (of_feed || IsFeedItem(record)) return ReadFeedItem(record);
  if (IsNinjs(record)) return ReadNinjs(record);
  if (!JsonTextField(record, "articleBody").empty() && JsonField(record, "@type")) return ReadLinkedArticle(record);
  if (!TextWithin(record, "content", "rendered").empty() && !TextWithin(record, "title", "rendered").empty()) {
    return ReadPost(record);
  }
  return ReadPlainArticle(record);
}

bool IsJsonFeed(std::string_view head) {
  for (const auto& [name, value] : RawJsonFields(SkipBlank(head))) {
    if (name != "version") continue;
    std::string version(value);
    std::erase(version, '\\');  // some programs write "https:\/\/"
    return version.starts_with(kFeedVersions);
  }
  return false;
}

}  // namespace unspin
