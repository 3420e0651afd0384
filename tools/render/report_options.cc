#include "render/report_options.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "render/json_writer.h"
#include "unspin/records/field_census.h"
#include "unspin/records/input_format.h"

namespace unspin {
namespace {

// Fields of a JSON object, left out where they are at their defaults.
class ChangedOptions {
 public:
  template <typename Value>
  void Add(std::string_view name, const Value& value, const Value& usual) {
    if (value == usual) return;
    is_empty_ = false;
    json_.Field(name, value);
  }
  void Add(std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    is_empty_ = false;
    json_.Key(name);
    json_.BeginArray();
    for (const std::string& value : values) json_.Text(value);
    json_.EndArray();
  }
  std::string Take() {
    json_.EndObject();
    return is_empty_ ? "" : json_.Take();
  }

 private:
  static JsonWriter Begun() {
    JsonWriter json;
    json.BeginObject();
    return json;
  }

  JsonWriter json_ = Begun();
  bool is_empty_ = true;
};

}  // namespace

std::string Name(TextIs text_is) {
  switch (text_is) {
    case TextIs::kFoundByItself:
      return "auto";
    case TextIs::kPlain:
      return "plain";
    case TextIs::kHtml:
      return "html";
  }
  return "";
}

std::vector<std::string> NamesOfExcluded(std::vector<RecordSpan> excluded) {
  std::sort(excluded.begin(), excluded.end(), [](const RecordSpan& a, const RecordSpan& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  std::vector<RecordSpan> joined;
  for (const RecordSpan& span : excluded) {
    if (span.begin >= span.end) continue;
    if (joined.empty() || span.begin > joined.back().end) {
      joined.push_back(span);
    } else {
      joined.back().end = std::max(joined.back().end, span.end);
    }
  }
  std::vector<std::string> names;
  for (const RecordSpan& span : joined) names.push_back(std::to_string(span.begin) + "-" + std::to_string(span.end));
  return names;
}

std::string OptionsInReports(const ReaderOptions& reader, const CheckOptions& check, OffsetUnit offsets,
                             const std::vector<RecordSpan>& excluded, std::string_view licences) {
  const auto format_name = [](const ReaderOptions& options) {
    return std::string(options.format == nullptr ? "auto" : options.format->name);
  };
  const ReaderOptions usual_reader;
  const CheckOptions usual;
  ChangedOptions changed;
  changed.Add("format", format_name(reader), format_name(usual_reader));
  const auto fields = ArticleFields(reader.fields), usual_fields = ArticleFields(usual_reader.fields);
  for (size_t i = 0; i < kArticleFields; ++i) changed.Add(kFieldOptions[i], *fields[i], *usual_fields[i]);
  changed.Add("no-header", !reader.has_header, !usual_reader.has_header);
  changed.Add("text-is", Name(reader.text_is), Name(usual_reader.text_is));
  changed.Add("keep", reader.keep);
  changed.Add("brief", !check.details, !usual.details);
  changed.Add("limit", check.limit, usual.limit);
  changed.Add("all", check.all, usual.all);
  changed.Add("prior", check.prior, usual.prior);
  changed.Add("candidates", check.candidates, usual.candidates);
  changed.Add("offsets", std::string(Name(offsets)), std::string(Name(OffsetUnit::kByte)));
  changed.Add("exclude", NamesOfExcluded(excluded));
  std::vector<std::string> originals = check.exclude.originals;
  std::sort(originals.begin(), originals.end());
  originals.erase(std::unique(originals.begin(), originals.end()), originals.end());
  changed.Add("exclude-original", originals);
  changed.Add("licences", std::string(licences), std::string());
  return changed.Take();
}

}  // namespace unspin
