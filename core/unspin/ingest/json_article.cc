#include "unspin/ingest/json_article.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "unspin/base/strings.h"
#include "unspin/ingest/charset.h"
#include "unspin/ingest/clean_text.h"
#include "unspin/ingest/field_census.h"
#include "unspin/ingest/input_format_table.h"
#include "unspin/ingest/json_parser.h"
#include "unspin/ingest/json_text.h"

namespace unspin {
namespace {

std::string Quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string InvalidJson(simdjson::error_code error) {
  if (error == simdjson::UTF8_ERROR) return "the record is not valid UTF-8, and " + std::string(kUnknownCharset);
  if (error == simdjson::DEPTH_ERROR) {
    return "the record is nested deeper than 1024 levels; take the nested data out";
  }
  std::string details = simdjson::error_message(error);
  while (!details.empty() && (details.back() == '.' || details.back() == ' ')) details.pop_back();
  return "the record is not valid JSON (" + details + "); correct it or take it out";
}

// Decodes the inside of a JSON string. Invalid ones stay unchanged.
std::string Unescape(std::string_view inside) {
  if (inside.find('\\') == std::string_view::npos) return std::string(inside);
  const simdjson::padded_string quoted(Quoted(inside));
  simdjson::dom::parser parser;
  std::string_view text;
  if (parser.parse(quoted).get(text)) return std::string(inside);
  return std::string(text);
}

// An article's field that is one short string.
struct StringField {
  const std::string* name = nullptr;  // of the JSON field; null: the article's field is not asked for
  std::string* target = nullptr;
  bool raw = false;  // the value is no string: its spelling is looked up afterwards
};

// The id is the first of an article's string fields, of which there are at most six.
constexpr size_t kIdField = 0;
constexpr size_t kMaxStringFields = 6;

}  // namespace

static_assert(RawRecord::kPadding >= simdjson::SIMDJSON_PADDING);

// Reads the fields of one object after the other. Methods that return a string return what is wrong, if anything.
class JsonArticleParser::ObjectReader {
 public:
  using Problem = std::optional<std::string>;

  ObjectReader(const ReaderOptions& options, const Charset* likely) : options_(options), likely_(likely) {}

  // Reads all fields. The id stays empty where the object has none.
  Problem Read(std::string_view object, uint64_t number, Article& article) {
    number_ = number;
    const FieldNames& names = options_.fields;
    fields_ = {{{&names.id, &article.id},
                {&names.title, &article.title},
                {&names.url, &article.url},
                {&names.site, &article.site},
                {&names.published, &article.published},
                {&names.fetched, &article.fetched}}};
    if (Problem problem = ReadFields(object)) return problem;
    article.text = text_;
    NoteDecoding(decoded_, article);
    CleanText(options_.text_is, article);
    if (IsWhiteSpace(article.text)) return NoText();
    if (!options_.keep.empty()) Keep(record_, article);
    return std::nullopt;
  }

  // Reads text, id and date only, into memory of the reader.
  Problem ReadText(std::string_view object, uint64_t number, ArticleText& article) {
    number_ = number;
    id_.clear();
    published_.clear();
    fields_ = {{{&options_.fields.id, &id_}, {&options_.fields.published, &published_}}};
    if (Problem problem = ReadFields(object)) return problem;
    if (MayNeedCleaning(options_.text_is, text_)) {
      cleaned_ = Article();
      cleaned_.text = text_;
      CleanText(options_.text_is, cleaned_);
      text_ = cleaned_.text;
      if (IsWhiteSpace(text_)) return NoText();
    }
    article = {id_, published_, text_, {}, 0};
    return std::nullopt;
  }

 private:
  // Fills text_ and the targets of fields_.
  Problem ReadFields(std::string_view object) {
    has_text_field_ = false;
    text_ = {};
    text_problem_.clear();
    record_ = object;
    decoded_ = DecodedBytes{.text = "", .charset = kUtf8.name};
    if (Problem problem = ReadValues()) return problem;
    if (Problem problem = ReadRawValues(record_)) return problem;
    if (!has_text_field_) return NoTextField(record_);
    if (!text_problem_.empty()) return text_problem_;
    if (IsWhiteSpace(text_)) return NoText();
    return std::nullopt;
  }

  Problem NoText() const {
    return "the field " + Quoted(options_.fields.text) + " is empty; leave the record out or give it its text";
  }

  // Makes a record that is not UTF-8 one. Returns false if its character set cannot be told.
  bool Decode() {
    std::optional<DecodedBytes> decoded = DecodeText(std::string(record_), likely_);
    if (!decoded) return false;
    decoded_ = *std::move(decoded);
    record_ = decoded_.text;
    return true;
  }

  Problem ReadValues() {
    simdjson::dom::element root;
    auto error = parser_.ParsePadded(record_).get(root);
    if (error && !IsValidUtf8(record_)) {
      if (!Decode()) return InvalidJson(simdjson::UTF8_ERROR);
      error = parser_.Parse(record_).get(root);
    }
    if (error) return InvalidJson(error);
    simdjson::dom::object object;
    if (root.get(object)) {
      return "the record is not a JSON object; write it as {" + Quoted(options_.fields.text) + ": \"...\"}";
    }
    for (const auto field : object) {
      if (options_.census) Count(field.key);
      std::string_view text;
      const bool is_string = !field.value.get(text);
      SetField(field.key, is_string ? std::optional<std::string_view>(text) : std::nullopt);
    }
    return std::nullopt;
  }

  void Count(std::string_view key) {
    const auto names = ArticleFields(options_.fields);
    for (size_t i = 0; i < kArticleFields; ++i) {
      if (seen_[i] || key != *names[i]) continue;
      seen_[i] = true;
      options_.census->SetSeen(i);
    }
    if (number_ <= FieldCensus::kListedRecords) options_.census->AddName(key);
  }

  // `text` is the field's value, or nothing if that is no string.
  void SetField(std::string_view key, std::optional<std::string_view> text) {
    if (key == options_.fields.text) {
      has_text_field_ = true;
      text_problem_.clear();
      if (text) {
        text_ = *text;
      } else {
        text_problem_ =
            "the field " + Quoted(options_.fields.text) + " is no string; leave the record out or give it its text";
      }
    }
    for (StringField& field : fields_) {
      if (field.name == nullptr || key != *field.name) continue;
      *field.target = text.value_or("");
      field.raw = !text;
    }
  }

  // Numbers keep their spelling, because that identifies: 1.50, or an id of 20 digits.
  Problem ReadRawValues(std::string_view object) {
    if (std::none_of(fields_.begin(), fields_.end(), [](const StringField& field) { return field.raw; })) return {};
    for (const auto& [raw_key, value] : RawJsonFields(object)) {
      const std::string key = Unescape(raw_key);
      for (StringField& field : fields_) {
        if (field.raw && key == *field.name) *field.target = value;
      }
    }
    for (StringField& field : fields_) {
      if (!field.raw) continue;
      const char first = field.target->empty() ? 'n' : field.target->front();
      if (&field == &fields_[kIdField] && (first == '{' || first == '[')) {
        return "the field " + Quoted(*field.name) + " is neither text nor a number; give the record a plain id";
      }
      if (first != '-' && (first < '0' || first > '9')) field.target->clear();  // null, true, lists, objects
    }
    return std::nullopt;
  }

  std::string NoTextField(std::string_view object) const {
    constexpr size_t kMaxListed = 12;
    constexpr size_t kMaxNameBytes = 60;
    const auto fields = RawJsonFields(object);
    std::string names;
    for (size_t i = 0; i < std::min(fields.size(), kMaxListed); ++i) {
      names += (i > 0 ? ", " : "") + Quoted(fields[i].first.substr(0, kMaxNameBytes));
    }
    if (fields.size() > kMaxListed) names += ", ...";
    return "the record has no field " + Quoted(options_.fields.text) +
           (names.empty() ? " and no other" : "; its fields are " + names) +
           ": name the one that holds the text (--text-field)";
  }

  // Copies the fields asked for, in the order asked for. Values are minified, so that each stays on one line.
  void Keep(std::string_view object, Article& article) const {
    const auto fields = RawJsonFields(object);
    for (const std::string& name : options_.keep) {
      std::optional<std::string_view> raw;
      for (const auto& [key, value] : fields) {
        if (Unescape(key) == name) raw = value;
      }
      if (!raw) continue;
      std::string minified(raw->size() + simdjson::SIMDJSON_PADDING, '\0');
      size_t size = 0;
      if (simdjson::minify(raw->data(), raw->size(), minified.data(), size)) continue;
      minified.resize(size);
      article.kept.emplace_back(name, std::move(minified));
    }
  }

  const ReaderOptions options_;
  const Charset* const likely_;  // the character set of records that are no UTF-8; null: unknown
  std::string_view record_;      // in UTF-8
  DecodedBytes decoded_;         // holds the record if it was converted
  Article cleaned_;              // holds the text of ReadText if it was cleaned
  JsonParser parser_;
  std::array<StringField, kMaxStringFields> fields_;
  std::string_view text_;  // in the memory of parser_
  std::string id_, published_;
  bool has_text_field_ = false;
  std::string text_problem_;
  uint64_t number_ = 0;                      // of the record in its file
  std::array<bool, kArticleFields> seen_{};  // fields that the census knows
};

JsonArticleParser::JsonArticleParser(std::string path, const ReaderOptions& options, const Charset* likely,
                                     std::string_view converted_from)
    : RecordParser(std::move(path)),
      reader_(std::make_unique<ObjectReader>(options, likely)),
      converted_from_(converted_from) {}

JsonArticleParser::~JsonArticleParser() = default;

std::optional<Record> JsonArticleParser::ParseBytes(std::string_view bytes, uint64_t number) {
  Article article;
  article.reading.format = kJsonLinesFormat.name;
  if (auto problem = reader_->Read(bytes, number, article)) return Bad(number, *std::move(problem));
  if (!converted_from_.empty()) article.reading.charset = converted_from_;
  if (article.id.empty()) article.id = DefaultId(number);
  article.path = path();
  article.record = number;
  return article;
}

std::optional<TextRecord> JsonArticleParser::ParseTextOfBytes(std::string_view bytes, uint64_t number) {
  ArticleText article;
  if (auto problem = reader_->ReadText(bytes, number, article)) return Bad(number, *std::move(problem));
  if (article.id.empty()) {
    default_id_ = DefaultId(number);
    article.id = default_id_;
  }
  return article;
}

}  // namespace unspin
