#include "unspin/inputs/json_fields.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/inputs/json_paragraphs.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"
#include "unspin/records/field_path.h"

namespace unspin {
namespace {

namespace dom = simdjson::dom;

// Fields that hold the article of a record, beside facts of the program that wrote it: Elasticsearch, GraphQL,
// CouchDB, JSON:API.
constexpr std::string_view kEnvelopes[] = {"_source", "node", "doc", "attributes"};

std::optional<uint64_t> IndexOf(std::string_view name) {
  uint64_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return index;
}

std::optional<dom::element> ChildOf(dom::element value, std::string_view name) {
  dom::array list;
  if (value.get(list)) return JsonField(value, name);
  const auto index = IndexOf(name);
  dom::element element;
  if (!index || list.at(*index).get(element)) return std::nullopt;
  return element;
}

std::optional<std::string_view> RawElement(std::string_view list, uint64_t index) {
  for (size_t at = SkipJsonSpace(list, 1); at < list.size() && list[at] != ']'; at = SkipJsonSpace(list, at)) {
    const size_t end = EndOfJsonValue(list, at);
    if (end == std::string_view::npos || end == at) return std::nullopt;
    if (index-- == 0) return list.substr(at, end - at);
    at = SkipJsonSpace(list, end);
    if (at < list.size() && list[at] == ',') ++at;
  }
  return std::nullopt;
}

std::optional<std::string_view> RawChildOf(std::string_view value, std::string_view name) {
  if (value.starts_with('[')) {
    const auto index = IndexOf(name);
    return index ? RawElement(value, *index) : std::nullopt;
  }
  std::optional<std::string_view> found;
  if (!value.starts_with('{')) return found;
  for (const auto& [key, inner] : RawJsonFields(value)) {
    if (key == name || (key.find('\\') != std::string_view::npos && UnescapedJson(key) == name)) found = inner;
  }
  return found;
}

constexpr size_t kMinLongText = 200;  // bytes; shorter ones are titles and summaries

// The longest text of a record.
class LongestText {
 public:
  static bool IsRecord(dom::element element) {
    constexpr std::string_view kSigns[] = {"id", "title", "headline", "url", "link", "published", "date", "uri"};
    const auto count = std::count_if(std::begin(kSigns), std::end(kSigns),
                                     [&](std::string_view sign) { return JsonField(element, sign).has_value(); });
    return count > 0;
  }

  size_t bytes() const { return bytes_; }

  void Visit(dom::element value, const std::string& path, const std::string& list, int depth) {
    constexpr int kMaxDepth = 16;
    if (depth > kMaxDepth || --budget_ < 0) return;
    std::string_view text;
    dom::array elements;
    dom::object object;
    if (!value.get(text)) {
      is_cut_off_ = is_cut_off_ || text.ends_with(" chars]");
      if (std::count(text.begin(), text.end(), ' ') > 0) Offer(text.size(), path, list);
    } else if (!value.get(elements)) {
      VisitList(value, elements, path, list, depth);
    } else if (!value.get(object)) {
      for (const auto field : object) {
        Visit(field.value, path.empty() ? std::string(field.key) : path + "." + std::string(field.key), list,
              depth + 1);
      }
    }
  }

  std::string Hint() const {
    constexpr size_t kMaxPath = 200;  // bytes that a person reads
    // An interface's "… [+1234 chars]": the whole text is not in the file.
    if (is_cut_off_) return "; its texts are cut off: get the whole articles";
    if (bytes_ < kMinLongText || path_.size() > kMaxPath) return "";
    const bool is_word = std::all_of(path_.begin(), path_.end(), [](char c) {
      return IsAsciiAlphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '@';
    });
    const std::string option = ": --text-field " + (is_word ? path_ : "'" + path_ + "'");
    if (!list_.empty()) {
      return "; the longest text is inside of its list \"" + list_ + "\", in \"" + path_ + "\" of an element" + option;
    }
    return (IsFieldPath(path_) ? "; the longest text is nested, in \"" : "; the longest text is in \"") + path_ + "\"" +
           option;
  }

 private:
  void VisitList(dom::element value, dom::array elements, const std::string& path, const std::string& list, int depth) {
    const bool holds_records = std::any_of(elements.begin(), elements.end(), IsRecord);
    if (!holds_records) {
      if (const JsonText text = TextOfJsonValue(value, TextIs::kPlain); text.problem.empty())
        return Offer(text.text.size(), path, list);
    }
    for (const dom::element element : elements) Visit(element, "", list.empty() ? path : list + "." + path, depth + 1);
  }

  void Offer(size_t bytes, const std::string& path, const std::string& list) {
    if (bytes <= bytes_ || path.empty()) return;
    bytes_ = bytes;
    path_ = path;
    list_ = list;
  }

  int budget_ = 100'000;  // values; a record of more has no place for a text that a person would name
  size_t bytes_ = 0;
  std::string path_, list_;
  bool is_cut_off_ = false;  // some text
};

// Whether a value is a record that says which one it is and has a text of some length.
bool IsRecordOfMap(dom::element value) {
  if (!value.is_object() || !LongestText::IsRecord(value)) return false;
  LongestText longest;
  longest.Visit(value, "", "", 0);
  return longest.bytes() >= kMinLongText;
}

// The place, as jq names it, of an object whose fields are all records; nothing if there is none.
std::optional<std::string> FindRecordMap(dom::element value, const std::string& place, int depth) {
  constexpr int kMaxDepth = 3;
  dom::object object;
  if (depth > kMaxDepth || value.get(object)) return std::nullopt;
  size_t fields = 0, records = 0;
  for (const auto field : object) {
    ++fields;
    records += IsRecordOfMap(field.value);
  }
  if (records > 1 && records == fields) return place + "[]";
  for (const auto field : object) {
    const bool is_word =
        std::all_of(field.key.begin(), field.key.end(), [](char c) { return IsAsciiLetter(c) || c == '_'; });
    if (!is_word) continue;
    const std::string inner = (place == "." ? place : place + ".") + std::string(field.key);
    if (auto found = FindRecordMap(field.value, inner, depth + 1)) return found;
  }
  return std::nullopt;
}

// Whether all fields are objects with the same names in the same order, and plain values.
bool IsTableByColumns(dom::element value) {
  dom::object object;
  if (value.get(object)) return false;
  std::vector<std::string_view> rows, others;
  size_t columns = 0;
  for (const auto field : object) {
    dom::object column;
    if (field.value.get(column)) return false;
    others.clear();
    for (const auto cell : column) {
      if (cell.value.is_object() || cell.value.is_array()) return false;
      others.push_back(cell.key);
    }
    if (columns++ == 0) rows = others;
    if (others != rows) return false;
  }
  return columns > 1 && !rows.empty() && IndexOf(rows.front()).has_value();
}

// Whether the record is a table whose columns are named in one list and whose rows are lists.
bool IsTableOfLists(dom::element record) {
  const auto columns = JsonField(record, "columns"), data = JsonField(record, "data");
  dom::array names, rows;
  if (!columns || !data || columns->get(names) || data->get(rows) || names.size() == 0 || rows.size() == 0)
    return false;
  return std::all_of(names.begin(), names.end(), [](dom::element name) { return name.is_string(); }) &&
         std::all_of(rows.begin(), rows.end(), [&](dom::element row) {
           dom::array cells;
           return !row.get(cells) && cells.size() == names.size();
         });
}

}  // namespace

std::string UnescapedJson(std::string_view inside) {
  if (inside.find('\\') == std::string_view::npos) return std::string(inside);
  const simdjson::padded_string quoted("\"" + std::string(inside) + "\"");
  dom::parser parser;
  std::string_view text;
  if (parser.parse(quoted).get(text)) return std::string(inside);
  return std::string(text);
}

std::optional<dom::element> JsonFieldAt(dom::element value, std::string_view path) {
  return FindByPath(value, path, ChildOf);
}

std::optional<std::string_view> RawJsonFieldAt(std::string_view value, std::string_view path) {
  return FindByPath(value.substr(SkipJsonSpace(value, 0)), path, RawChildOf);
}

JsonTextPlace FindJsonText(dom::element record, const FieldNames& names, bool of_feed) {
  JsonTextPlace place;
  place.value = JsonFieldAt(record, names.text);
  if (place.value) return place;
  const bool is_usual = names.text == FieldNames().text;
  if (is_usual) place.shape = FindJsonShape(record, of_feed);
  if (place.shape) return place;
  for (const std::string_view envelope : kEnvelopes) {
    const auto inner = JsonField(record, envelope);
    if (!inner || !inner->is_object()) continue;
    place.value = JsonFieldAt(*inner, names.text);
    if (!place.value && is_usual) place.shape = FindJsonShape(*inner, of_feed);
    if (!place.value && !place.shape) continue;
    place.envelope = envelope;
    return place;
  }
  return place;
}

JsonFit FitOfJsonRecord(dom::element record, const ReaderOptions& options, bool of_feed) {
  if (!record.is_object()) return JsonFit::kNone;
  const JsonTextPlace place = FindJsonText(record, options.fields, of_feed);
  if (place.shape) {
    return place.shape->text.empty() && place.shape->kind_without_text.empty() ? JsonFit::kNone : JsonFit::kArticle;
  }
  if (!place.value) return JsonFit::kNone;
  const JsonText text = TextOfJsonValue(*place.value, TextIs::kPlain);
  return text.problem.empty() && !IsWhiteSpace(text.text) ? JsonFit::kArticle : JsonFit::kField;
}

std::string DescribeJsonOfMany(dom::element record) {
  const auto converted = [](std::string_view what, const std::string& filter) {
    return std::string(what) + ": write one record a line, as jq does (jq -c '" + filter + "' FILE > FILE.jsonl)";
  };
  if (IsTableOfLists(record)) {
    return converted("a table whose rows are lists (pandas calls it \"split\")",
                     ".columns as $names | .data[] | [$names, .] | transpose | map({(.[0]): .[1]}) | add");
  }
  if (IsTableByColumns(record)) {
    return converted("a table by columns (pandas calls it \"columns\")",
                     ". as $table | to_entries[0].value | keys_unsorted[] as $row | $table | map_values(.[$row])");
  }
  if (const auto place = FindRecordMap(record, ".", 0)) return converted("a map of records, not a list", *place);
  return "";
}

std::string HintAtJsonText(dom::element record) {
  LongestText longest;
  longest.Visit(record, "", "", 0);
  return longest.Hint();
}

}  // namespace unspin
