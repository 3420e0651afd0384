#include "evidence/record_json.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "render/article_json.h"
#include "unspin/charset/charset.h"
#include "unspin/charset/charset_table.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/json/json_parser.h"
#include "unspin/records/reading.h"

namespace unspin::evidence {
namespace {

using simdjson::dom::element;

constexpr std::array<std::pair<std::string_view, std::string Article::*>, 8> kTextFields = {{
    {"id", &Article::id},
    {"title", &Article::title},
    {"url", &Article::url},
    {"site", &Article::site},
    {"published", &Article::published},
    {"fetched", &Article::fetched},
    {"path", &Article::path},
    {"file_sha256", &Article::file_sha256},
}};
constexpr std::array kStepFields = {&OffsetStep::text, &OffsetStep::record, &OffsetStep::codepoint, &OffsetStep::utf16};

absl::Status Wrong(std::string_view name) {
  return absl::InvalidArgumentError("the field \"" + std::string(name) + "\" of an article makes no sense");
}

std::string HexOf(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::optional<unsigned> DigitOf(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  return std::nullopt;
}

std::optional<std::string> BytesOfHex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < hex.size(); i += 2) {
    const auto high = DigitOf(hex[i]), low = DigitOf(hex[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes += static_cast<char>(*high << 4 | *low);
  }
  return bytes;
}

// A number that fits; nothing where it is none.
template <typename Number>
std::optional<Number> NumberOf(element value) {
  uint64_t number = 0;
  if (value.get(number) || number > std::numeric_limits<Number>::max()) return std::nullopt;
  return static_cast<Number>(number);
}

void WriteSteps(const std::vector<OffsetStep>& steps, JsonWriter& json) {
  json.Key("steps");
  json.BeginArray();
  for (const OffsetStep& step : steps) {
    json.BeginArray();
    for (const auto field : kStepFields) json.Number(step.*field);
    json.EndArray();
  }
  json.EndArray();
}

absl::Status ReadSteps(element object, std::vector<OffsetStep>& steps) {
  const auto field = JsonField(object, "steps");
  if (!field) return absl::OkStatus();
  simdjson::dom::array list;
  if (field->get(list)) return Wrong("steps");
  for (const element item : list) {
    simdjson::dom::array numbers;
    if (item.get(numbers) || numbers.size() != kStepFields.size()) return Wrong("steps");
    OffsetStep step;
    auto number = numbers.begin();
    for (const auto part : kStepFields) {
      const auto read = NumberOf<uint32_t>(*number);
      if (!read) return Wrong("steps");
      step.*part = *read;
      ++number;
    }
    if (!steps.empty() && step.text < steps.back().text) return Wrong("steps");
    steps.push_back(step);
  }
  return absl::OkStatus();
}

void WriteReading(const Reading& reading, JsonWriter& json) {
  json.Key("reading");
  json.BeginObject();
  json.FieldUnlessEmpty("format", reading.format);
  json.FieldUnlessEmpty("charset", reading.charset);
  json.FieldUnlessEmpty("chosen", reading.chosen);
  json.Field("words", reading.words);
  json.Field("page_words", reading.page_words);
  json.FieldUnlessEmpty("rest", reading.rest);
  RenderAlerts(reading.alerts, json);
  json.EndObject();
}

// The static text that a reader would have set; the field is wrong where there is none.
absl::Status ReadName(element object, std::string_view field, std::string_view (*static_text)(std::string_view),
                      std::string_view& out) {
  const std::string_view name = JsonTextField(object, field);
  if (name.empty()) return absl::OkStatus();
  out = static_text(name);
  return out == name ? absl::OkStatus() : Wrong(field);
}

std::string_view StaticFormat(std::string_view name) {
  // Shapes of JSON records that a reading names as if they were formats (inputs/json_shapes.h).
  for (const std::string_view shape : {"ninjs", "json-feed"}) {
    if (name == shape) return shape;
  }
  const InputFormat* const format = InputFormatNamed(name);
  return format == nullptr ? std::string_view() : format->name;
}

std::string_view StaticCharset(std::string_view name) {
  const Charset* const charset = CharsetOfLabel(name);
  return charset == nullptr ? std::string_view() : charset->name;
}

absl::Status ReadAlerts(element object, std::vector<ReadingAlert>& alerts) {
  const auto field = JsonField(object, "alerts");
  simdjson::dom::array list;
  if (!field || field->get(list)) return Wrong("alerts");
  for (const element item : list) {
    const auto count = JsonField(item, "count");
    const auto number = count ? NumberOf<uint32_t>(*count) : std::nullopt;
    if (!number) return Wrong("alerts");
    alerts.push_back({std::string(JsonTextField(item, "kind")), *number});
  }
  return absl::OkStatus();
}

absl::Status ReadReading(element object, Reading& reading) {
  const auto field = JsonField(object, "reading");
  if (!field) return absl::OkStatus();
  for (absl::Status status : {ReadName(*field, "format", StaticFormat, reading.format),
                              ReadName(*field, "charset", StaticCharset, reading.charset),
                              ReadName(*field, "chosen", StaticNameInReading, reading.chosen),
                              ReadName(*field, "rest", StaticNameInReading, reading.rest)}) {
    if (!status.ok()) return status;
  }
  for (const auto& [name, number] :
       {std::pair("words", &reading.words), std::pair("page_words", &reading.page_words)}) {
    const auto value = JsonField(*field, name);
    const auto read = value ? NumberOf<uint32_t>(*value) : std::nullopt;
    if (!read) return Wrong(name);
    *number = *read;
  }
  return ReadAlerts(*field, reading.alerts);
}

void WriteList(std::string_view name, const std::vector<std::string>& texts, JsonWriter& json) {
  json.Key(name);
  json.BeginArray();
  for (const std::string& text : texts) {
    json.BeginObject();
    WriteBytes("text", text, json);
    json.EndObject();
  }
  json.EndArray();
}

absl::Status ReadList(element object, std::string_view name, std::vector<std::string>& texts) {
  const auto field = JsonField(object, name);
  if (!field) return absl::OkStatus();
  simdjson::dom::array list;
  if (field->get(list)) return Wrong(name);
  for (const element item : list) {
    absl::StatusOr<std::string> text = ReadBytes(item, "text");
    if (!text.ok()) return text.status();
    texts.push_back(*std::move(text));
  }
  return absl::OkStatus();
}

using Texts = std::pair<std::string, std::string>;

void WritePairs(std::string_view name, const std::vector<Texts>& pairs, JsonWriter& json) {
  if (pairs.empty()) return;
  json.Key(name);
  json.BeginArray();
  for (const auto& [key, value] : pairs) {
    json.BeginObject();
    WriteBytes("name", key, json);
    WriteBytes("value", value, json);
    json.EndObject();
  }
  json.EndArray();
}

absl::Status ReadPairs(element object, std::string_view name, std::vector<Texts>& pairs) {
  const auto field = JsonField(object, name);
  if (!field) return absl::OkStatus();
  simdjson::dom::array list;
  if (field->get(list)) return Wrong(name);
  for (const element item : list) {
    absl::StatusOr<std::string> key = ReadBytes(item, "name"), value = ReadBytes(item, "value");
    if (!key.ok() || !value.ok()) return Wrong(name);
    pairs.emplace_back(*std::move(key), *std::move(value));
  }
  return absl::OkStatus();
}

std::vector<Texts> PairsOf(const std::vector<PageMark>& marks) {
  std::vector<Texts> pairs;
  for (const PageMark& mark : marks) pairs.emplace_back(mark.kind, mark.value);
  return pairs;
}

}  // namespace

void WriteBytes(std::string_view name, std::string_view bytes, JsonWriter& json) {
  if (bytes.empty()) return;
  if (IsValidUtf8(bytes)) {
    json.Field(name, bytes);
  } else {
    json.Field(std::string(name) + "_hex", HexOf(bytes));
  }
}

absl::StatusOr<std::string> ReadBytes(element object, std::string_view name) {
  if (!object.is_object()) return Wrong(name);
  const auto plain = JsonField(object, name), packed = JsonField(object, std::string(name) + "_hex");
  std::string_view text;
  if (plain && packed) return Wrong(name);
  if (!plain && !packed) return std::string();
  if ((plain ? *plain : *packed).get(text)) return Wrong(name);
  if (plain) return std::string(text);
  std::optional<std::string> bytes = BytesOfHex(text);
  if (!bytes) return Wrong(name);
  return *std::move(bytes);
}

void WriteRecordFields(const Article& article, bool with_text, JsonWriter& json) {
  for (const auto& [name, field] : kTextFields) WriteBytes(name, article.*field, json);
  if (article.record) json.Field("record", *article.record);
  if (with_text) WriteBytes("text", article.text, json);
  if (!article.steps.empty()) WriteSteps(article.steps, json);
  if (!article.notices.empty()) WriteList("notices", article.notices, json);
  if (article.reading != Reading()) WriteReading(article.reading, json);
  WritePairs("marks", PairsOf(article.marks), json);
  WritePairs("kept", article.kept, json);
}

absl::StatusOr<Article> ReadRecordFields(element object) {
  if (!object.is_object()) return absl::InvalidArgumentError("an article is no object of JSON");
  Article article;
  for (const auto& [name, field] : kTextFields) {
    absl::StatusOr<std::string> text = ReadBytes(object, name);
    if (!text.ok()) return text.status();
    article.*field = *std::move(text);
  }
  if (const auto record = JsonField(object, "record")) {
    article.record = NumberOf<uint64_t>(*record);
    if (!article.record) return Wrong("record");
  }
  absl::StatusOr<std::string> text = ReadBytes(object, "text");
  if (!text.ok()) return text.status();
  article.text = *std::move(text);
  std::vector<Texts> marks;
  for (absl::Status status : {ReadSteps(object, article.steps), ReadList(object, "notices", article.notices),
                              ReadReading(object, article.reading), ReadPairs(object, "marks", marks),
                              ReadPairs(object, "kept", article.kept)}) {
    if (!status.ok()) return status;
  }
  for (auto& [kind, value] : marks) article.marks.push_back({std::move(kind), std::move(value)});
  return article;
}

std::string RenderRecord(const Article& article) {
  JsonWriter json;
  json.BeginObject();
  WriteRecordFields(article, true, json);
  json.EndObject();
  return json.Take();
}

absl::StatusOr<Article> ParseRecord(std::string_view json) {
  JsonParser parser;
  element object;
  if (const auto error = parser.Parse(json).get(object))
    return absl::InvalidArgumentError("the record of an article is no JSON: " +
                                      std::string(simdjson::error_message(error)));
  return ReadRecordFields(object);
}

}  // namespace unspin::evidence
