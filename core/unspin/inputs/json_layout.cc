#include "unspin/inputs/json_layout.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/inputs/json_fields.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"
#include "unspin/records/file_name.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

// `text` without white space, commas, byte order marks and record separators (RFC 7464) at its front.
std::string_view SkipBetweenValues(std::string_view text) {
  for (;;) {
    text = SkipBlank(text);
    if (!text.starts_with(',') && !text.starts_with('\x1e')) return text;
    text.remove_prefix(1);
  }
}

bool HoldsAny(std::string_view name, std::initializer_list<std::string_view> parts) {
  const std::string lower = AsciiLower(name);
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

// Whether a list of this name holds what belongs to an article: its paragraphs, what readers say of it, others like it.
bool NamesNoArticles(std::string_view name) {
  return HoldsAny(name, {"comment",   "repl",     "related",  "recommend", "reaction", "review",  "similar",
                         "teaser",    "revision", "media",    "image",     "embed",    "author",  "tag",
                         "paragraph", "block",    "sentence", "chunk",     "segment",  "element", "body"});
}

// Whether a list of this name holds records even if they have nothing but a text.
bool NamesRecords(std::string_view name) {
  return HoldsAny(name, {"article", "item", "result", "record", "hits", "docs", "document", "row", "entries", "posts",
                         "stories", "news", "data", "edges"});
}

// Whether a string is a text: it has spaces between words, or is in a script that may have none.
bool HasWords(std::string_view text) {
  constexpr size_t kMaxBytes = 32;  // of a word on average; codes and addresses have longer ones
  size_t spaces = 0;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return true;
    spaces += c == ' ';
  }
  return spaces * kMaxBytes >= text.size();
}

// Whether an object says which article it is.
bool NamesItself(simdjson::dom::element object, const FieldNames& names) {
  for (const std::string_view sign : {std::string_view(names.id), std::string_view(names.title),
                                      std::string_view(names.url), std::string_view(names.published)}) {
    if (JsonFieldAt(object, sign)) return true;
  }
  for (const std::string_view sign : {"_id", "uri", "link", "headline", "slug", "date", "_source", "node", "@id"}) {
    if (JsonField(object, sign)) return true;
  }
  return false;
}

// Looks for lists of records in a value, of which the end may be missing.
class RecordLists {
 public:
  explicit RecordLists(const ReaderOptions& options) : options_(options) {}

  // How well a complete object fits as a record.
  JsonFit Fit(std::string_view object) {
    simdjson::dom::element root;
    if (parser_.Parse(object).get(root)) return JsonFit::kNone;
    return FitOfJsonRecord(root, options_, false);
  }

  void Search(std::string_view object) { SearchObject(object, {}, 0); }

  // The steps to the only list that has records; empty if there is none, or several, or a longer text beside it. Lists
  // within its elements do not count.
  JsonRecordPath TheOne() const {
    const List* one = nullptr;
    const JsonRecordPath* path = nullptr;
    for (const auto& [steps, list] : lists_) {  // the steps to a list precede those to lists within
      if (list.articles == 0) continue;
      const auto is_within = [&] {
        return path->size() < steps.size() && std::equal(path->begin(), path->end(), steps.begin());
      };
      if (one != nullptr && is_within()) continue;
      if (one != nullptr) return {};
      one = &list;
      path = &steps;
    }
    if (one == nullptr || longest_beside_ > one->longest) return {};
    return *path;
  }

 private:
  static constexpr int kMaxDepth = 8;          // of lists and objects around the records
  static constexpr uint32_t kMaxElements = 8;  // of a list that are looked at

  struct List {
    uint32_t articles = 0;
    size_t longest = 0;  // bytes of an element with a text
  };

  // A field or an element, [begin, end) of what holds it; the end may be missing.
  void SearchValue(std::string_view value, const JsonRecordPath& path, int depth) {
    if (value.starts_with('{')) SearchObject(value, path, depth + 1);
    if (value.starts_with('[')) SearchList(value, path, depth + 1);
    if (value.starts_with('"') && HasWords(value)) longest_beside_ = std::max(longest_beside_, value.size());
  }

  void SearchObject(std::string_view object, const JsonRecordPath& path, int depth) {
    if (depth > kMaxDepth) return;
    for (size_t at = SkipJsonSpace(object, 1); at < object.size() && object[at] == '"';) {
      const size_t name_end = EndOfJsonValue(object, at);
      if (name_end == kNone) return;
      const std::string_view name = object.substr(at + 1, name_end - at - 2);
      at = SkipJsonSpace(object, name_end);
      if (at >= object.size() || object[at] != ':') return;
      at = SkipJsonSpace(object, at + 1);
      if (at >= object.size()) return;
      const size_t end = EndOfJsonValue(object, at);
      if (!NamesNoArticles(name)) {
        JsonRecordPath inner = path;
        inner.push_back({false, std::string(name)});
        SearchValue(object.substr(at, std::min(end, object.size()) - at), inner, depth);
      }
      if (end == kNone || end == at) return;
      at = SkipJsonSpace(object, end);
      if (at < object.size() && object[at] == ',') at = SkipJsonSpace(object, at + 1);
    }
  }

  void SearchList(std::string_view list, const JsonRecordPath& path, int depth) {
    if (depth > kMaxDepth) return;
    JsonRecordPath steps = path;
    steps.push_back({true, ""});
    uint32_t looked_at = 0;
    for (size_t at = SkipJsonSpace(list, 1); at < list.size() && looked_at < kMaxElements; ++looked_at) {
      const size_t end = EndOfJsonValue(list, at);
      const std::string_view element = list.substr(at, std::min(end, list.size()) - at);
      if (end == at) return;
      if (!element.starts_with('"')) SearchElement(element, end != kNone, steps, depth);
      if (end == kNone) return;
      at = SkipJsonSpace(list, end);
      if (at < list.size() && list[at] == ',') at = SkipJsonSpace(list, at + 1);
    }
  }

  void SearchElement(std::string_view element, bool is_whole, const JsonRecordPath& steps, int depth) {
    simdjson::dom::element root;
    if (is_whole && element.starts_with('{') && !parser_.Parse(element).get(root)) {
      const JsonFit fit = FitOfJsonRecord(root, options_, false);
      const bool is_named = steps.size() > 1 && NamesRecords(steps[steps.size() - 2].name);
      if (fit == JsonFit::kArticle && (is_named || NamesItself(root, options_.fields))) {
        List& list = lists_[steps];
        ++list.articles;
        list.longest = std::max(list.longest, element.size());
      }
      if (fit != JsonFit::kNone) return;
    }
    SearchValue(element, steps, depth);
  }

  const ReaderOptions& options_;
  JsonParser parser_;
  std::map<JsonRecordPath, List> lists_;
  size_t longest_beside_ = 0;  // bytes of a string outside of the lists
};

// Whether an object that is cut off has the text field, or the first one of its path. `object` begins with its bracket.
bool HasField(std::string_view object, std::string_view name) {
  for (size_t at = SkipJsonSpace(object, 1); at < object.size() && object[at] == '"';) {
    const size_t name_end = EndOfJsonValue(object, at);
    if (name_end == kNone) return false;
    const std::string_view field = object.substr(at + 1, name_end - at - 2);
    if (name == field || (name.starts_with(field) && name.substr(field.size()).starts_with('.'))) return true;
    at = SkipJsonSpace(object, name_end);
    if (at >= object.size() || object[at] != ':') return false;
    at = EndOfJsonValue(object, SkipJsonSpace(object, at + 1));
    if (at == kNone) return false;
    at = SkipJsonSpace(object, at);
    if (at < object.size() && object[at] == ',') at = SkipJsonSpace(object, at + 1);
  }
  return false;
}

// Whether an object that is cut off breaks off in a field that is a list or an object.
bool BreaksOffInside(std::string_view object) {
  for (size_t at = SkipJsonSpace(object, 1); at < object.size() && object[at] == '"';) {
    at = EndOfJsonValue(object, at);
    if (at == kNone) return false;
    at = SkipJsonSpace(object, at);
    if (at >= object.size() || object[at] != ':') return false;
    const size_t value = SkipJsonSpace(object, at + 1);
    at = EndOfJsonValue(object, value);
    if (at == kNone) return value < object.size() && object[value] != '"';
    at = SkipJsonSpace(object, at);
    if (at < object.size() && object[at] == ',') at = SkipJsonSpace(object, at + 1);
  }
  return false;
}

// Whether each object is on one line. An object that does not end on the first line continues on the next ones, unless
// the second line begins another object behind what is no list, or the file's name says that there are lines and the
// first one is no beginning.
bool HasObjectPerLine(std::string_view content, bool is_named_lines) {
  const size_t line_end = content.find('\n');
  const std::string_view line = content.substr(0, line_end);
  if (const size_t end = EndOfJsonValue(line, 0); end != kNone) {
    const size_t next = SkipJsonSpace(line, end);
    return next >= line.size() || (line[next] != '{' && line[next] != ',' && line[next] != '\x1e');
  }
  if (line_end == kNone) return true;
  const size_t last = line.find_last_not_of(" \t\r");
  const size_t next = SkipJsonSpace(content, line_end);
  if (next >= content.size()) return is_named_lines;
  if (content[next] == '{') return line[last] != '[' && line[last] != ',';
  return is_named_lines && line[last] != '{' && line[last] != '[' && line[last] != ',' && line[last] != ':';
}

}  // namespace

JsonLayout FindJsonLayout(std::string_view head, bool is_whole, bool is_named_lines, const ReaderOptions& options) {
  constexpr int kMaxValues = 4;  // that are looked at: the first of them may be broken, or without a text
  const std::string_view content = SkipBetweenValues(head);
  JsonLayout layout;
  const bool is_list = content.starts_with('[');
  if (!is_list && !content.starts_with('{')) return {.has_lines = true, .path = {}};
  const std::string_view inside = is_list ? SkipBetweenValues(content.substr(1)) : content;
  if (is_list && is_named_lines && !inside.starts_with('{') && !inside.starts_with('['))
    return {.has_lines = true, .path = {}};
  layout.has_lines = !is_list && HasObjectPerLine(content, is_named_lines);
  layout.is_feed = !is_list && IsJsonFeed(content);
  if (layout.is_feed) return {.path = {{false, "items"}, {true, ""}}, .is_feed = true};
  RecordLists lists(options);
  std::string_view rest = inside;
  for (int i = 0; i < kMaxValues && (rest.starts_with('{') || rest.starts_with('[')); ++i) {
    const size_t line_end = layout.has_lines ? rest.find('\n') : kNone;
    const std::string_view value = rest.substr(0, line_end);
    const size_t end = EndOfJsonValue(value, 0);
    const std::string_view whole = value.substr(0, std::min(end, value.size()));
    if (whole.starts_with('{')) {
      const bool is_record = end == kNone ? HasField(whole, options.fields.text) : lists.Fit(whole) != JsonFit::kNone;
      if (is_record) return layout;
      lists.Search(whole);
    }
    if (end == kNone && line_end == kNone) {
      layout.is_certain = is_whole;
      layout.is_sought = !is_whole && !is_named_lines && i == 0 && whole.starts_with('{') && BreaksOffInside(whole);
      break;
    }
    rest = SkipBetweenValues(rest.substr(line_end == kNone ? end : line_end));
  }
  layout.path = lists.TheOne();
  if (!layout.path.empty()) layout.is_sought = false;
  if (!layout.path.empty() || layout.is_sought) layout.has_lines = false;
  return layout;
}

}  // namespace unspin
