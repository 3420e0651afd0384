#include "unspin/inputs/json_article.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <simdjson.h>

#include "unspin/base/strings.h"
#include "unspin/charset/charset.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/json_fields.h"
#include "unspin/inputs/json_paragraphs.h"
#include "unspin/inputs/json_shapes.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"
#include "unspin/page/page_marks.h"
#include "unspin/records/clean_text.h"
#include "unspin/records/field_census.h"
#include "unspin/records/field_path.h"
#include "unspin/records/left_out_records.h"

namespace unspin {
namespace {

std::string Quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string InvalidJson(simdjson::error_code error, std::string_view record, uint64_t offset) {
  if (error == simdjson::UTF8_ERROR) return "the record is not valid UTF-8, and " + std::string(kUnknownCharset);
  if (error == simdjson::DEPTH_ERROR) {
    return "the record is nested deeper than 1024 levels; take the nested data out";
  }
  const std::string place = ", at byte " + std::to_string(offset) + " of the file, ";
  if (record.starts_with("//") || record.starts_with("/*") || record.starts_with('#')) {
    return "the record" + place + "is a comment, which JSON does not have; take it out";
  }
  std::string details = simdjson::error_message(error);
  while (!details.empty() && (details.back() == '.' || details.back() == ' ')) details.pop_back();
  return "the record" + place + "is not valid JSON (" + details + "); correct it or take it out";
}

// An article's field that is one short string.
struct StringField {
  const std::string* name = nullptr;  // of the JSON field; null: the article's field is not asked for
  std::string* target = nullptr;
  size_t number = 0;     // in ArticleFields
  bool raw = false;      // the value is no string: its spelling is looked up afterwards,
  bool at_path = false;  // at its place in paths_, else under the name
};

// The id is the first of an article's string fields, of which there are at most six.
constexpr size_t kIdField = 0;
constexpr size_t kMaxStringFields = 6;

constexpr size_t kMaxMarkKindBytes = 40;  // the longest kind of ours has half of it

}  // namespace

static_assert(RawRecord::kPadding >= simdjson::SIMDJSON_PADDING);

// Reads the fields of one object after the other. Methods that return a string return what is wrong, if anything.
class JsonArticleParser::ObjectReader {
 public:
  using Problem = std::optional<std::string>;

  ObjectReader(const ReaderOptions& options, const Charset* likely, bool of_feed)
      : options_(options), likely_(likely), of_feed_(of_feed) {
    for (const std::string* name : ArticleFields(options_.fields)) has_paths_ = has_paths_ || IsFieldPath(*name);
  }

  // Reads all fields. The id stays empty where the object has none.
  Problem Read(std::string_view object, uint64_t number, uint64_t offset, Article& article) {
    number_ = number;
    offset_ = offset;
    const FieldNames& names = options_.fields;
    fields_ = {{{&names.id, &article.id, kIdNumber},
                {&names.title, &article.title, 2},
                {&names.url, &article.url, 3},
                {&names.site, &article.site, 4},
                {&names.published, &article.published, kPublishedNumber},
                {&names.fetched, &article.fetched, 6}}};
    if (Problem problem = ReadFields(object)) return problem;
    if (!left_out().empty()) return std::nullopt;
    article.text = text_;
    NoteDecoding(decoded_, article);
    if (shape_) TakeShape(*shape_, article);
    CleanTitle(options_.text_is, shape_ && shape_->title_is_html, article);
    CleanText(text_is_, article);
    if (IsWhiteSpace(article.text)) return NoText();
    ReadMarks(article.marks);
    if (!options_.keep.empty()) {
      Keep(record_, article);
    } else if (shape_) {
      article.kept = std::move(shape_->facts);
    }
    return std::nullopt;
  }

  // Reads text, id and date only, into memory of the reader.
  Problem ReadText(std::string_view object, uint64_t number, uint64_t offset, ArticleText& article) {
    number_ = number;
    offset_ = offset;
    id_.clear();
    published_.clear();
    fields_ = {{{&options_.fields.id, &id_, kIdNumber}, {&options_.fields.published, &published_, kPublishedNumber}}};
    if (Problem problem = ReadFields(object)) return problem;
    if (!left_out().empty()) return std::nullopt;
    if (shape_) {
      FillIn(shape_->id, kIdNumber, id_);
      FillIn(shape_->published, kPublishedNumber, published_);
    }
    if (MayNeedCleaning(text_is_, text_)) {
      cleaned_ = Article();
      cleaned_.text = text_;
      cleaned_.published = std::move(published_);
      CleanText(text_is_, cleaned_);
      text_ = cleaned_.text;
      if (IsWhiteSpace(text_)) return NoText();
      published_ = std::move(cleaned_.published);
    }
    article = {id_, published_, text_, {}, 0};
    return std::nullopt;
  }

  // After Read and ReadText: what the record is if it is no article by its kind, in the plural; else empty.
  std::string_view left_out() const {
    return shape_ && IsWhiteSpace(shape_->text) ? shape_->kind_without_text : std::string_view();
  }
  // The name of its shape; empty: a plain record.
  std::string_view shape() const { return shape_ ? shape_->format : std::string_view(); }

 private:
  static constexpr size_t kIdNumber = 0, kTextNumber = 1, kPublishedNumber = 5;  // in ArticleFields

  // Fills text_ and the targets of fields_.
  Problem ReadFields(std::string_view object) {
    has_text_field_ = false;
    text_ = {};
    text_value_.reset();
    text_is_ = options_.text_is;
    shape_.reset();
    record_ = WithoutMarks(object);
    decoded_ = DecodedBytes{.text = "", .charset = kUtf8.name};
    if (Problem problem = ReadValues()) return problem;
    Problem problem = ReadTextAndRawValues();
    const bool has_text = has_text_field_ && !(text_value_ && text_value_->is_object());
    if (!problem || has_text) return problem;
    const std::string many = DescribeJsonOfMany(root_);
    return many.empty() ? problem : "the record is no article with a text but " + many;
  }

  // The part of ReadFields behind ReadValues.
  Problem ReadTextAndRawValues() {
    if (Problem problem = ReadRawValues(record_)) return problem;
    if (!left_out().empty()) return std::nullopt;
    if (!has_text_field_) return NoTextField();
    if (Problem problem = ReadTextValue()) return problem;
    if (parser_.has_replaced() && text_.find("\ufffd") != std::string_view::npos) {
      return "the field " + Quoted(options_.fields.text) +
             " has half of a sign (a surrogate without its partner, such as \\ud83d), as where a text was cut off: "
             "give the "
             "record its text or take the half out";
    }
    if (IsWhiteSpace(text_)) return NoText();
    return std::nullopt;
  }

  // Files that were written one behind the other have byte order marks in their middle; RFC 7464 has a separator.
  static std::string_view WithoutMarks(std::string_view object) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    while (object.starts_with('\x1e') || object.starts_with(kByteOrderMark)) {
      object.remove_prefix(object[0] == '\x1e' ? 1 : kByteOrderMark.size());
    }
    return object;
  }

  // A text that is a list or a document is put together.
  Problem ReadTextValue() {
    if (!text_value_) return std::nullopt;
    const std::string field = "the field " + Quoted(options_.fields.text) + " ";
    if (text_value_->is_null()) return field + "is null; leave the record out or give it its text";
    JsonText text = TextOfJsonValue(*text_value_, options_.text_is);
    if (!text.problem.empty()) {
      return field + text.problem + "; leave the record out, or name the field that holds its text (--text-field)";
    }
    own_text_ = std::move(text.text);
    text_ = own_text_;
    text_is_ = text.is_page ? TextIs::kHtml : TextIs::kPlain;
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
      if (!Decode()) return InvalidJson(simdjson::UTF8_ERROR, record_, offset_);
      error = parser_.Parse(record_).get(root);
    }
    if (error && ReplaceNonNumbers()) error = parser_.Parse(record_).get(root);
    if (error) return InvalidJson(error, record_, offset_);
    simdjson::dom::object object;
    if (root.get(object)) {
      return "the record is not a JSON object; write it as {" + Quoted(options_.fields.text) + ": \"...\"}";
    }
    root_ = root;
    for (const auto field : object) {
      if (options_.census) Count(field.key);
      if (field.key == options_.fields.text) SetText(field.value);
      SetField(field.key, field.value);
    }
    if (has_paths_) ReadPaths(root, "");
    if (!has_text_field_) FindText(root);
    return std::nullopt;
  }

  // Python writes NaN and Infinity for numbers that are none; they become null. Returns false if there are none.
  bool ReplaceNonNumbers() {
    std::optional<std::string> replaced = WithNullForNonNumbers(record_);
    if (!replaced) return false;
    decoded_.text = *std::move(replaced);
    record_ = decoded_.text;
    return true;
  }

  // Fields whose name is a path. `envelope` is the field of the record that `root` stands in, with a dot; or empty.
  void ReadPaths(simdjson::dom::element root, const std::string& envelope) {
    if (IsFieldPath(options_.fields.text) || !envelope.empty()) {
      if (const auto value = JsonFieldAt(root, options_.fields.text)) {
        SetText(*value);
        if (options_.census) options_.census->SetSeen(kTextNumber);
      }
    }
    for (StringField& field : fields_) {
      if (field.name == nullptr || (!IsFieldPath(*field.name) && envelope.empty())) continue;
      const auto value = JsonFieldAt(root, *field.name);
      if (!value) continue;
      Set(field, *value);
      SetPath(field, envelope + *field.name);
      if (options_.census) options_.census->SetSeen(field.number);
    }
  }

  // A record without the text field: it may be of a known shape.
  void FindText(simdjson::dom::element root) {
    JsonTextPlace place = FindJsonText(root, options_.fields, of_feed_);
    if (!place.value && !place.shape) return;
    has_text_field_ = true;
    const auto envelope = place.envelope.empty() ? std::nullopt : JsonField(root, place.envelope);
    if (envelope) {
      ReadPaths(*envelope, place.envelope + ".");
      if (fields_[kIdField].target->empty() && !fields_[kIdField].raw) {
        if (const auto id = JsonField(root, "_id")) {
          Set(fields_[kIdField], *id);
          SetPath(fields_[kIdField], "_id");
        }
      }
    }
    if (!place.shape) return;
    shape_ = std::move(place.shape);
    text_ = shape_->text;
    if (text_is_ == TextIs::kFoundByItself && shape_->is_html) text_is_ = TextIs::kHtml;
    if (options_.census && !shape_->text_field.empty()) options_.census->SetGuessed(shape_->text_field);
  }

  void FillIn(const std::string& value, size_t number, std::string& target) {
    if (value.empty()) return;
    if (target.empty()) target = value;
    if (options_.census) options_.census->SetSeen(number);
  }

  void TakeShape(const JsonShape& shape, Article& article) {
    FillIn(shape.id, kIdNumber, article.id);
    FillIn(shape.title, 2, article.title);
    FillIn(shape.url, 3, article.url);
    FillIn(shape.site, 4, article.site);
    FillIn(shape.published, kPublishedNumber, article.published);
  }

  // Rights of a well-known shape, and the list "marks" that `unspin read` writes.
  void ReadMarks(std::vector<PageMark>& marks) {
    constexpr std::string_view kFacts[][2] = {{"copyrightholder", "copyright-holder"},
                                              {"copyrightnotice", "copyright-notice"},
                                              {"usageterms", "usage-terms"}};
    for (const auto& [fact, kind] : kFacts) {
      if (shape_) AddPageMark(kind, JsonTextField(root_, fact), marks);
    }
    const auto list = JsonField(root_, "marks");
    simdjson::dom::array array;
    if (!list || list->get(array)) return;
    for (const simdjson::dom::element mark : array) {
      const std::string_view kind = JsonTextField(mark, "kind");
      if (!kind.empty() && kind.size() <= kMaxMarkKindBytes) AddPageMark(kind, JsonTextField(mark, "value"), marks);
    }
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

  void SetText(simdjson::dom::element value) {
    has_text_field_ = true;
    text_value_.reset();
    if (value.get(text_)) text_value_ = value;
  }

  void SetField(std::string_view key, simdjson::dom::element value) {
    for (StringField& field : fields_) {
      if (field.name == nullptr || key != *field.name) continue;
      Set(field, value);
    }
  }

  void SetPath(StringField& field, std::string path) {
    field.at_path = true;
    paths_[field.number] = std::move(path);
  }

  static void Set(StringField& field, simdjson::dom::element value) {
    std::string_view text;
    field.raw = value.get(text) != simdjson::SUCCESS;
    *field.target = field.raw ? std::string_view() : text;
  }

  // Numbers keep their spelling, because that identifies: 1.50, or an id of 20 digits.
  Problem ReadRawValues(std::string_view object) {
    if (std::none_of(fields_.begin(), fields_.end(), [](const StringField& field) { return field.raw; })) return {};
    for (const auto& [raw_key, value] : RawJsonFields(object)) {
      const std::string key = UnescapedJson(raw_key);
      for (StringField& field : fields_) {
        if (field.raw && !field.at_path && key == *field.name) *field.target = value;
      }
    }
    for (StringField& field : fields_) {
      if (!field.raw) continue;
      if (field.at_path) *field.target = RawJsonFieldAt(object, paths_[field.number]).value_or("");
      const char first = field.target->empty() ? 'n' : field.target->front();
      if (&field == &fields_[kIdField] && (first == '{' || first == '[')) {
        return "the field " + Quoted(*field.name) + " is neither text nor a number; give the record a plain id";
      }
      if (first != '-' && (first < '0' || first > '9')) field.target->clear();  // null, true, lists, objects
    }
    return std::nullopt;
  }

  std::string NoTextField() const {
    constexpr size_t kMaxListed = 12;
    constexpr size_t kMaxNameBytes = 60;
    const auto fields = RawJsonFields(record_);
    std::string names;
    for (size_t i = 0; i < std::min(fields.size(), kMaxListed); ++i) {
      names += (i > 0 ? ", " : "") + Quoted(fields[i].first.substr(0, kMaxNameBytes));
    }
    if (fields.size() > kMaxListed) names += ", ...";
    return "the record has no field " + Quoted(options_.fields.text) +
           (names.empty() ? " and no other" : "; its fields are " + names) +
           ": name the one that holds the text (--text-field)" + HintAtJsonText(root_);
  }

  // Copies the fields asked for, in the order asked for. Values are minified, so that each stays on one line.
  void Keep(std::string_view object, Article& article) {
    const auto fields = RawJsonFields(object);
    for (const std::string& name : options_.keep) {
      std::optional<std::string_view> raw;
      for (const auto& [key, value] : fields) {
        if (UnescapedJson(key) == name) raw = value;
      }
      if (!raw && IsFieldPath(name)) raw = RawJsonFieldAt(object, name);
      if (!raw && shape_) {
        for (const auto& [fact, value] : shape_->facts) {
          if (fact == name) raw = value;
        }
      }
      if (!raw) continue;
      std::string minified(raw->size() + simdjson::SIMDJSON_PADDING, '\0');
      size_t size = 0;
      if (simdjson::minify(raw->data(), raw->size(), minified.data(), size)) continue;
      minified.resize(size);
      if (auto replaced = WithoutLoneSurrogates(minified)) minified = *std::move(replaced);
      article.kept.emplace_back(name, std::move(minified));
      if (options_.census && kept_.insert(name).second) options_.census->SetKept(name);
    }
  }

  const ReaderOptions options_;
  const Charset* const likely_;  // the character set of records that are no UTF-8; null: unknown
  const bool of_feed_;
  bool has_paths_ = false;   // some field's name may be a path
  std::string_view record_;  // in UTF-8
  DecodedBytes decoded_;     // holds the record if it was converted
  Article cleaned_;          // holds the text of ReadText if it was cleaned
  std::string own_text_;     // holds the text if it was put together
  JsonParser parser_;
  std::array<StringField, kMaxStringFields> fields_;
  std::array<std::string, kArticleFields> paths_;     // of fields that are not at their name, by number
  std::string_view text_;                             // in the memory of parser_, own_text_ or shape_
  std::optional<simdjson::dom::element> text_value_;  // of a text that is no string
  TextIs text_is_ = TextIs::kFoundByItself;
  std::optional<JsonShape> shape_;
  simdjson::dom::element root_;
  std::string id_, published_;
  bool has_text_field_ = false;
  uint64_t number_ = 0, offset_ = 0;         // of the record in its file
  std::array<bool, kArticleFields> seen_{};  // fields that the census knows
  std::set<std::string> kept_;               // likewise, of those that are kept
};

JsonArticleParser::JsonArticleParser(std::string path, const ReaderOptions& options, const Charset* likely,
                                     std::string_view converted_from, bool of_feed)
    : RecordParser(std::move(path)),
      reader_(std::make_unique<ObjectReader>(options, likely, of_feed)),
      left_out_(options.left_out),
      converted_from_(converted_from) {}

JsonArticleParser::~JsonArticleParser() = default;

bool JsonArticleParser::IsLeftOut() const {
  if (reader_->left_out().empty()) return false;
  if (left_out_ != nullptr) left_out_->Add(reader_->left_out());
  return true;
}

std::optional<Record> JsonArticleParser::ParseBytes(std::string_view bytes, uint64_t number) {
  Article article;
  if (auto problem = reader_->Read(bytes, number, offset(), article)) return Bad(number, *std::move(problem));
  if (IsLeftOut()) return std::nullopt;
  article.reading.format = reader_->shape().empty() ? kJsonLinesFormat.name : reader_->shape();
  if (!converted_from_.empty()) article.reading.charset = converted_from_;
  if (article.id.empty()) article.id = DefaultId(number);
  article.path = path();
  article.record = number;
  return article;
}

std::optional<TextRecord> JsonArticleParser::ParseTextOfBytes(std::string_view bytes, uint64_t number) {
  ArticleText article;
  if (auto problem = reader_->ReadText(bytes, number, offset(), article)) return Bad(number, *std::move(problem));
  if (IsLeftOut()) return std::nullopt;
  if (article.id.empty()) {
    default_id_ = DefaultId(number);
    article.id = default_id_;
  }
  return article;
}

}  // namespace unspin
