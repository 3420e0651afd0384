#include "evidence/differences.h"

#include <algorithm>
#include <optional>

#include <simdjson.h>

#include "absl/strings/str_cat.h"
#include "render/json_writer.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"

namespace unspin::evidence {
namespace {

using simdjson::dom::element;

constexpr size_t kShownBytes = 120;  // of a value: two fit on a line or two of a terminal

std::string BothOf(std::string_view given, std::string_view made) {
  return absl::StrCat("the pack has ", AbslView(given), ", made again ", AbslView(made));
}

std::string ShownJson(const std::optional<element>& value) {
  return value ? Shortened(std::string(simdjson::minify(*value))) : "nothing";
}

class JsonComparison {
 public:
  explicit JsonComparison(std::vector<std::string>& found) : found_(found) {}

  void Compare(const std::string& path, const std::optional<element>& given, const std::optional<element>& made) {
    if (found_.size() > kMaxDifferences) return;
    if (given && made && given->is_object() && made->is_object()) return CompareObjects(path, *given, *made);
    if (given && made && given->is_array() && made->is_array()) return CompareArrays(path, *given, *made);
    if (given && made && std::string(simdjson::minify(*given)) == std::string(simdjson::minify(*made))) return;
    Differ(path, BothOf(ShownJson(given), ShownJson(made)));
  }

 private:
  void CompareObjects(const std::string& path, element given, element made) {
    const auto below = [&](std::string_view key) {
      return absl::StrCat(path, path.empty() ? "" : ".", Shortened(key));
    };
    for (const auto& [key, value] : made.get_object()) Compare(below(key), JsonField(given, key), value);
    for (const auto& [key, value] : given.get_object()) {
      if (!JsonField(made, key)) Compare(below(key), value, std::nullopt);
    }
  }

  void CompareArrays(const std::string& path, element given, element made) {
    std::vector<element> left, right;
    for (const element one : given.get_array()) left.push_back(one);
    for (const element one : made.get_array()) right.push_back(one);
    if (left.size() != right.size())
      Differ(path, BothOf(absl::StrCat(left.size(), " of them"), absl::StrCat(right.size())));
    for (size_t i = 0; i < std::min(left.size(), right.size()); ++i)
      Compare(absl::StrCat(path, "[", i, "]"), left[i], right[i]);
  }

  void Differ(const std::string& path, const std::string& both) {
    found_.push_back(absl::StrCat(path.empty() ? "the whole" : path, ": ", both));
  }

  std::vector<std::string>& found_;
};

// `given` and `made` from their first difference on, with some bytes before it to know the place by.
std::string AroundFirstDifference(std::string_view given, std::string_view made) {
  constexpr size_t kBefore = 30;  // bytes
  const size_t at =
      static_cast<size_t>(std::mismatch(given.begin(), given.end(), made.begin(), made.end()).first - given.begin());
  const size_t begin = at - std::min(at, kBefore);
  const auto shown = [&](std::string_view text) {
    return at == text.size() && begin == at ? "nothing" : absl::StrCat("\"", Shortened(text.substr(begin)), "\"");
  };
  return BothOf(shown(given), shown(made));
}

// The text up to the next line feed, which `text` loses too.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void CompareLines(std::string_view given, std::string_view made, bool as_json, std::vector<std::string>& found) {
  for (size_t number = 1; (!given.empty() || !made.empty()) && found.size() <= kMaxDifferences; ++number) {
    const auto left = TakeLine(given), right = TakeLine(made);
    if (left == right) continue;
    if (left && right && as_json) {
      for (const std::string& one : DifferencesOf(*left, *right, Compared::kAsJson))
        found.push_back(absl::StrCat("line ", number, ", ", one));
      continue;
    }
    const std::string what = left && right
                                 ? AroundFirstDifference(*left, *right)
                                 : BothOf(left ? absl::StrCat("\"", Shortened(*left), "\"") : "no such line",
                                          right ? absl::StrCat("\"", Shortened(*right), "\"") : "no such line");
    found.push_back(absl::StrCat("line ", number, ": ", what));
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

std::vector<std::string> DifferencesOf(std::string_view given, std::string_view made, Compared compared) {
  std::vector<std::string> found;
  if (given == made) return found;
  if (compared == Compared::kAsJson) {
    JsonParser of_given, of_made;
    element left, right;
    if (of_given.Parse(given).get(left)) {
      found.push_back("no valid JSON");
    } else if (!of_made.Parse(made).get(right)) {
      JsonComparison(found).Compare("", left, right);
    }
  } else if (compared == Compared::kAsLines || compared == Compared::kAsJsonLines) {
    CompareLines(given, made, compared == Compared::kAsJsonLines, found);
  }
  if (found.empty()) found.push_back("written differently: " + AroundFirstDifference(given, made));
  if (found.size() > kMaxDifferences) {
    found.resize(kMaxDifferences);
    found.push_back("and more that differs");
  }
  return found;
}

}  // namespace unspin::evidence
