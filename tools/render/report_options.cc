#include "render/report_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "render/json_writer.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/json/json_parser.h"
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

namespace {

using simdjson::dom::element;

absl::Status Wrong(std::string_view what) {
  return absl::InvalidArgumentError("the report's field unspin." + std::string(what) +
                                    " makes no sense to this program; check the article again, or read the report with "
                                    "the program that wrote it");
}

// The option that names the field, as OptionsInReports writes it; false where the value makes no sense.
using ReadOption = bool (*)(element value, ReportOptions& options);

bool ReadText(element value, std::string& text) {
  std::string_view read;
  if (value.get(read)) return false;
  text = read;
  return true;
}

bool ReadTexts(element value, std::vector<std::string>& texts) {
  simdjson::dom::array list;
  if (value.get(list)) return false;
  for (const element item : list) {
    if (!ReadText(item, texts.emplace_back())) return false;
  }
  return true;
}

bool ReadNumber(element value, uint32_t& number) {
  uint64_t read = 0;
  if (value.get(read) || read > std::numeric_limits<uint32_t>::max()) return false;
  number = static_cast<uint32_t>(read);
  return true;
}

bool ReadFormat(element value, ReportOptions& options) {
  std::string name;
  return ReadText(value, name) && (options.reader.format = InputFormatNamed(name)) != nullptr;
}

bool ReadTextIs(element value, ReportOptions& options) {
  std::string name;
  if (!ReadText(value, name)) return false;
  for (const TextIs text_is : {TextIs::kPlain, TextIs::kHtml}) {
    if (name != Name(text_is)) continue;
    options.reader.text_is = text_is;
    return true;
  }
  return false;
}

bool ReadPrior(element value, ReportOptions& options) {
  double& prior = options.check.prior;
  return !value.get(prior) && prior > 0 && prior < 1;
}

bool ReadBrief(element, ReportOptions& options) {
  options.check.details = options.json.full = false;
  return true;
}

bool ReadExcluded(element value, ReportOptions& options) {
  std::vector<std::string> names;
  if (!ReadTexts(value, names)) return false;
  for (const std::string& name : names) {
    RecordSpan span;
    const char* const end = name.data() + name.size();
    const auto begin = std::from_chars(name.data(), end, span.begin);
    if (begin.ec != std::errc() || begin.ptr == end || *begin.ptr != '-') return false;
    const auto last = std::from_chars(begin.ptr + 1, end, span.end);
    if (last.ec != std::errc() || last.ptr != end || span.begin >= span.end) return false;
    options.excluded.push_back(span);
  }
  return true;
}

constexpr std::pair<std::string_view, ReadOption> kOptions[] = {
    {"format", ReadFormat},
    {"no-header", [](element, ReportOptions& options) { return !(options.reader.has_header = false); }},
    {"text-is", ReadTextIs},
    {"keep", [](element value, ReportOptions& options) { return ReadTexts(value, options.reader.keep); }},
    {"brief", ReadBrief},
    {"limit", [](element value, ReportOptions& options) { return ReadNumber(value, options.check.limit); }},
    {"all", [](element, ReportOptions& options) { return options.check.all = true; }},
    {"prior", ReadPrior},
    {"candidates", [](element value, ReportOptions& options) { return ReadNumber(value, options.check.candidates); }},
    {"offsets", [](element, ReportOptions&) { return true; }},  // unspin.spans says it as well
    {"exclude", ReadExcluded},
    {"exclude-original",
     [](element value, ReportOptions& options) { return ReadTexts(value, options.check.exclude.originals); }},
    {"licences", [](element value, ReportOptions& options) { return ReadText(value, options.licences); }},
};

bool ReadNamed(std::string_view name, element value, ReportOptions& options) {
  FieldNames& fields = options.reader.fields;
  const std::array<std::string*, kArticleFields> names = {&fields.id,   &fields.text,      &fields.title,  &fields.url,
                                                          &fields.site, &fields.published, &fields.fetched};
  for (size_t i = 0; i < kArticleFields; ++i) {
    if (name == kFieldOptions[i]) return ReadText(value, *names[i]);
  }
  for (const auto& [known, read] : kOptions) {
    if (name == known) return read(value, options);
  }
  return false;
}

bool ReadUnit(element program, OffsetUnit& offsets) {
  const auto spans = JsonField(program, "spans");
  if (!spans) return false;
  const bool of_text = JsonTextField(*spans, "of") == "text";
  for (const OffsetUnit unit : {OffsetUnit::kByte, OffsetUnit::kCodepoint, OffsetUnit::kUtf16}) {
    if (JsonTextField(*spans, "unit") != Name(unit)) continue;
    offsets = of_text ? OffsetUnit::kText : unit;
    return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<ReportOptions> ReadOptionsInReport(std::string_view report_line) {
  JsonParser parser;
  element report;
  if (parser.Parse(report_line).get(report)) return absl::InvalidArgumentError("the report is no JSON");
  const auto program = JsonField(report, "unspin"), suspect = JsonField(report, "suspect");
  if (!program || !suspect)
    return absl::InvalidArgumentError("this JSON is no report of `unspin check`, `compare` or `audit`");
  ReportOptions options;
  options.reader.hash_files = JsonField(*suspect, "file_sha256").has_value();
  if (!ReadUnit(*program, options.json.offsets)) return Wrong("spans");
  const auto named = JsonField(*program, "options");
  if (!named) return options;
  simdjson::dom::object fields;
  if (named->get(fields)) return Wrong("options");
  for (const auto& [name, value] : fields) {
    if (!ReadNamed(name, value, options)) return Wrong("options." + std::string(name));
  }
  options.json.options = simdjson::minify(*named);
  // Whatever was read differently, twice or out of order shows here.
  if (OptionsInReports(options.reader, options.check, options.json.offsets, options.excluded, options.licences) !=
      options.json.options)
    return Wrong("options");
  return options;
}

}  // namespace unspin
