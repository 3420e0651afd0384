#include "evidence/differences.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "absl/strings/str_cat.h"
#include "render/json_writer.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"

namespace unspin::evidence {
namespace {

using simdjson::dom::element;

constexpr size_t kShownBytes = 120;  // of a value: two fit on a line or two of a terminal

// Writes both values: "the pack has 0.5, made again 0.991".
class Versions {
 public:
  explicit Versions(std::string_view holder) : holder_(holder) {}
  std::string Both(std::string_view given, std::string_view made) const {
    return absl::StrCat(AbslView(holder_), " has ", AbslView(given), ", made again ", AbslView(made));
  }

 private:
  const std::string_view holder_;
};

// Deeper values, and those of larger files, are shown as the parser writes them: the bytes of a value are looked for
// from its parent's on, which takes time for each level.
constexpr size_t kMaxRawDepth = 16, kMaxRawBytes = size_t{16} << 20;

// A value, and its bytes as they stand in the file; those are empty where they were not looked for.
struct JsonValue {
  element value;
  std::string_view raw;
};

std::string ShownJson(const std::optional<JsonValue>& json) {
  if (!json) return "nothing";
  return Shortened(json->raw.empty() ? std::string(simdjson::minify(json->value)) : std::string(json->raw));
}

std::vector<std::pair<std::string_view, JsonValue>> FieldsOf(const JsonValue& object) {
  std::vector<std::pair<std::string_view, JsonValue>> fields;
  for (const auto& [key, value] : object.value.get_object()) fields.push_back({key, {value, ""}});
  const auto raw = RawJsonFields(object.raw);
  for (size_t i = 0; raw.size() == fields.size() && i < raw.size(); ++i) fields[i].second.raw = raw[i].second;
  return fields;
}

// The last one of its name, as JsonField.
std::optional<JsonValue> FieldOf(const std::vector<std::pair<std::string_view, JsonValue>>& fields,
                                 std::string_view key) {
  const auto found =
      std::find_if(fields.rbegin(), fields.rend(), [&](const auto& field) { return field.first == key; });
  return found == fields.rend() ? std::nullopt : std::optional(found->second);
}

std::vector<JsonValue> ItemsOf(const JsonValue& array) {
  std::vector<JsonValue> items;
  size_t next = array.raw.find('[');
  for (const element item : array.value.get_array()) {
    std::string_view raw;
    if (next < array.raw.size()) {
      const size_t begin = SkipJsonSpace(array.raw, next + 1);  // behind the bracket or the comma
      const size_t end = EndOfJsonValue(array.raw, begin);
      if (end != std::string_view::npos) raw = array.raw.substr(begin, end - begin);
      next = end == std::string_view::npos ? end : SkipJsonSpace(array.raw, end);
    }
    items.push_back({item, raw});
  }
  return items;
}

class JsonComparison {
 public:
  JsonComparison(Versions versions, std::vector<std::string>& found) : versions_(versions), found_(found) {}

  void Compare(const std::string& path, std::optional<JsonValue> given, std::optional<JsonValue> made,
               size_t depth = 0) {
    if (found_.size() > kMaxDifferences) return;
    if (given && made && given->value.is_object() && made->value.is_object())
      return CompareObjects(path, WithRaw(*given, depth), WithRaw(*made, depth), depth + 1);
    if (given && made && given->value.is_array() && made->value.is_array())
      return CompareArrays(path, WithRaw(*given, depth), WithRaw(*made, depth), depth + 1);
    if (given && made && std::string(simdjson::minify(given->value)) == std::string(simdjson::minify(made->value)))
      return;
    Differ(path, versions_.Both(ShownJson(given), ShownJson(made)));
  }

 private:
  static JsonValue WithRaw(JsonValue json, size_t depth) {
    if (depth >= kMaxRawDepth || json.raw.size() > kMaxRawBytes) json.raw = "";
    return json;
  }

  void CompareObjects(const std::string& path, const JsonValue& given, const JsonValue& made, size_t depth) {
    const auto below = [&](std::string_view key) {
      return absl::StrCat(path, path.empty() ? "" : ".", Shortened(key));
    };
    const auto left = FieldsOf(given), right = FieldsOf(made);
    for (const auto& [key, value] : right) Compare(below(key), FieldOf(left, key), value, depth);
    for (const auto& [key, value] : left) {
      if (!FieldOf(right, key)) Compare(below(key), value, std::nullopt, depth);
    }
  }

  void CompareArrays(const std::string& path, const JsonValue& given, const JsonValue& made, size_t depth) {
    const std::vector<JsonValue> left = ItemsOf(given), right = ItemsOf(made);
    if (left.size() != right.size())
      Differ(path, versions_.Both(absl::StrCat(left.size(), " of them"), absl::StrCat(right.size())));
    for (size_t i = 0; i < std::min(left.size(), right.size()); ++i)
      Compare(absl::StrCat(path, "[", i, "]"), left[i], right[i], depth);
  }

  void Differ(const std::string& path, const std::string& both) {
    found_.push_back(absl::StrCat(path.empty() ? "the whole" : path, ": ", both));
  }

  const Versions versions_;
  std::vector<std::string>& found_;
};

// `given` and `made` from their first difference on, with some bytes before it to know the place by.
std::string AroundFirstDifference(std::string_view given, std::string_view made, Versions versions) {
  constexpr size_t kBefore = 30;  // bytes
  const size_t at =
      static_cast<size_t>(std::mismatch(given.begin(), given.end(), made.begin(), made.end()).first - given.begin());
  const size_t begin = at - std::min(at, kBefore);
  const auto shown = [&](std::string_view text) {
    return at == text.size() && begin == at ? "nothing" : absl::StrCat("\"", Shortened(text.substr(begin)), "\"");
  };
  return versions.Both(shown(given), shown(made));
}

// The text up to the next line feed, which `text` loses too.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void CompareLines(std::string_view given, std::string_view made, bool as_json, std::string_view holder,
                  std::vector<std::string>& found) {
  const Versions versions(holder);
  for (size_t number = 1; (!given.empty() || !made.empty()) && found.size() <= kMaxDifferences; ++number) {
    const auto left = TakeLine(given), right = TakeLine(made);
    if (left == right) continue;
    if (left && right && as_json) {
      for (const std::string& one : DifferencesOf(*left, *right, Compared::kAsJson, holder))
        found.push_back(absl::StrCat("line ", number, ", ", one));
      continue;
    }
    const auto shown = [](const std::optional<std::string_view>& line) {
      return line ? absl::StrCat("\"", Shortened(*line), "\"") : "no such line";
    };
    found.push_back(absl::StrCat(
        "line ", number, ": ",
        left && right ? AroundFirstDifference(*left, *right, versions) : versions.Both(shown(left), shown(right))));
  }
}

}  // namespace

std::string Shortened(std::string_view text) {
  const bool is_long = text.size() > kShownBytes;
  JsonWriter json;
  json.Text(text.substr(0, kShownBytes));
  const std::string quoted = json.Take();  // controls are escaped
  std::string shown;
  for (size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\' && (quoted[i + 1] == '"' || quoted[i + 1] == '\\')) ++i;
    shown += quoted[i];
  }
  return is_long ? shown + "…" : shown;
}

std::vector<std::string> DifferencesOf(std::string_view given, std::string_view made, Compared compared,
                                       std::string_view holder) {
  const Versions versions(holder);
  std::vector<std::string> found;
  if (given == made) return found;
  if (compared == Compared::kAsJson) {
    JsonParser of_given, of_made;
    element left, right;
    if (of_given.Parse(given).get(left)) {
      found.push_back("no valid JSON");
    } else if (!of_made.Parse(made).get(right)) {
      JsonComparison(versions, found).Compare("", JsonValue{left, given}, JsonValue{right, made});
    }
  } else if (compared == Compared::kAsLines || compared == Compared::kAsJsonLines) {
    CompareLines(given, made, compared == Compared::kAsJsonLines, holder, found);
  }
  if (found.empty()) found.push_back("written differently: " + AroundFirstDifference(given, made, versions));
  if (found.size() > kMaxDifferences) {
    found.resize(kMaxDifferences);
    found.push_back("and more that differs");
  }
  return found;
}

}  // namespace unspin::evidence
