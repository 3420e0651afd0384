#include "unspin/ingest/json_article.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "unspin/base/strings.h"
#include "unspin/ingest/json_parser.h"
#include "unspin/ingest/json_text.h"

namespace unspin {
namespace {

std::string Quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::string Invalid(simdjson::error_code error) {
  if (error == simdjson::UTF8_ERROR) return "the record is not valid UTF-8; save the file as UTF-8";
  if (error == simdjson::DEPTH_ERROR) {
    return "the record is nested deeper than 1024 levels; take the nested data out";
  }
  std::string words = simdjson::error_message(error);
  while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
  return "the record is not valid JSON (" + words + "); correct it or take it out";
}

// REQUIRES: the inside of a valid JSON string.
std::string Unescape(std::string_view inside) {
  if (inside.find('\\') == std::string_view::npos) return std::string(inside);
  const simdjson::padded_string quoted(Quoted(inside));
  simdjson::dom::parser parser;
  std::string_view text;
  if (parser.parse(quoted).get(text)) return std::string(inside);
  return std::string(text);
}

// A part of an article that is one short string.
struct Part {
  const std::string* name = nullptr;  // of its field; none where the part is not wanted
  std::string* target = nullptr;
  bool as_written = false;  // its value is no string, so that its spelling is looked up at the end
};

enum { kId, kTitle, kUrl, kSite, kPublished, kFetched, kParts };

}  // namespace

static_assert(JsonArticleParser::kPadding >= simdjson::SIMDJSON_PADDING);

class JsonArticleParser::State {
 public:
  State(std::string path, const ReaderOptions& options) : path_(std::move(path)), options_(options) {}

  const std::string& path() const { return path_; }

  // What is wrong, if anything.
  std::optional<std::string> Parse(std::string_view bytes, uint64_t number, Article& article) {
    const FieldNames& names = options_.fields;
    parts_ = {{{&names.id, &article.id},
               {&names.title, &article.title},
               {&names.url, &article.url},
               {&names.site, &article.site},
               {&names.published, &article.published},
               {&names.fetched, &article.fetched}}};
    if (auto problem = TakeParts(bytes)) return problem;
    article.text = text_;
    if (!options_.keep.empty()) Keep(bytes, article);
    if (article.id.empty()) article.id = Place(number);
    article.path = path_;
    article.record = number;
    return std::nullopt;
  }

  std::optional<std::string> ParseText(std::string_view bytes, uint64_t number, ArticleText& article) {
    id_.clear();
    published_.clear();
    parts_ = {{{&options_.fields.id, &id_}, {&options_.fields.published, &published_}}};
    if (auto problem = TakeParts(bytes)) return problem;
    if (id_.empty()) id_ = Place(number);
    article = {id_, published_, text_};
    return std::nullopt;
  }

 private:
  std::string Place(uint64_t number) const { return path_ + "#" + std::to_string(number); }

  // The text and those of `parts_` that are wanted.
  std::optional<std::string> TakeParts(std::string_view bytes) {
    has_text_field_ = false;
    text_ = {};
    text_problem_.clear();
    if (auto problem = TakeFields(bytes)) return problem;
    if (auto problem = TakeSpellings(bytes)) return problem;
    if (!has_text_field_) return NoText(bytes);
    if (!text_problem_.empty()) return text_problem_;
    if (IsWhiteSpace(text_)) {
      return "the field " + Quoted(options_.fields.text) + " is empty; leave the record out or give it its text";
    }
    return std::nullopt;
  }

  std::optional<std::string> TakeFields(std::string_view bytes) {
    simdjson::dom::element root;
    const auto error = parser_.ParsePadded(bytes).get(root);
    if (error) return Invalid(error);
    simdjson::dom::object object;
    if (root.get(object)) {
      return "the record is not a JSON object; write it as {" + Quoted(options_.fields.text) + ": \"...\"}";
    }
    for (const auto field : object) {
      std::string_view text;
      const bool is_text = !field.value.get(text);
      TakeField(field.key, is_text ? std::optional<std::string_view>(text) : std::nullopt);
    }
    return std::nullopt;
  }

  void TakeField(std::string_view key, std::optional<std::string_view> text) {
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
    for (Part& part : parts_) {
      if (part.name == nullptr || key != *part.name) continue;
      *part.target = text.value_or("");
      part.as_written = !text;
    }
  }

  // Numbers keep their spelling, which is what identifies: 1.50, or an id of 20 digits.
  std::optional<std::string> TakeSpellings(std::string_view bytes) {
    if (std::none_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.as_written; })) return {};
    for (const auto& [raw_key, value] : RawJsonFields(bytes)) {
      const std::string key = Unescape(raw_key);
      for (Part& part : parts_) {
        if (part.as_written && key == *part.name) *part.target = value;
      }
    }
    for (Part& part : parts_) {
      if (!part.as_written) continue;
      const char first = part.target->empty() ? 'n' : part.target->front();
      if (&part == &parts_[kId] && (first == '{' || first == '[')) {
        return "the field " + Quoted(*part.name) + " is neither text nor a number; give the record a plain id";
      }
      if (first != '-' && (first < '0' || first > '9')) part.target->clear();  // null, true, lists, objects
    }
    return std::nullopt;
  }

  std::string NoText(std::string_view bytes) const {
    constexpr size_t kMaxListed = 12;
    constexpr size_t kMaxNameBytes = 60;  // bytes
    const auto fields = RawJsonFields(bytes);
    std::string names;
    for (size_t at = 0; at < std::min(fields.size(), kMaxListed); ++at) {
      names += (at > 0 ? ", " : "") + Quoted(fields[at].first.substr(0, kMaxNameBytes));
    }
    if (fields.size() > kMaxListed) names += ", ...";
    return "the record has no field " + Quoted(options_.fields.text) +
           (names.empty() ? " and no other" : "; its fields are " + names) +
           ": name the one that holds the text (--text-field)";
  }

  // In the order asked for. Values are minified, so that each stays on one line.
  void Keep(std::string_view bytes, Article& article) const {
    const auto fields = RawJsonFields(bytes);
    for (const std::string& wanted : options_.keep) {
      std::optional<std::string_view> found;
      for (const auto& [key, value] : fields) {
        if (Unescape(key) == wanted) found = value;
      }
      if (!found) continue;
      std::string minified(found->size() + simdjson::SIMDJSON_PADDING, '\0');
      size_t size = 0;
      if (simdjson::minify(found->data(), found->size(), minified.data(), size)) continue;
      minified.resize(size);
      article.kept.emplace_back(wanted, std::move(minified));
    }
  }

  const std::string path_;
  const ReaderOptions options_;
  JsonParser parser_;
  std::array<Part, kParts> parts_;
  std::string_view text_;  // in the parser's memory
  std::string id_, published_;
  bool has_text_field_ = false;
  std::string text_problem_;
};

JsonArticleParser::JsonArticleParser(std::string path, const ReaderOptions& options)
    : state_(std::make_unique<State>(std::move(path), options)) {}

JsonArticleParser::~JsonArticleParser() = default;

BadRecord JsonArticleParser::Bad(uint64_t number, std::string message) const {
  const std::string& path = state_->path();
  if (message.compare(0, path.size() + 2, path + ": ") == 0) message.erase(0, path.size() + 2);  // the place says it
  return {path + ":" + std::to_string(number), std::move(message)};
}

Record JsonArticleParser::Parse(std::string_view bytes, uint64_t number) {
  Article article;
  if (auto problem = state_->Parse(bytes, number, article)) return Bad(number, *std::move(problem));
  return article;
}

std::variant<ArticleText, BadRecord> JsonArticleParser::ParseText(std::string_view bytes, uint64_t number) {
  ArticleText article;
  if (auto problem = state_->ParseText(bytes, number, article)) return Bad(number, *std::move(problem));
  return article;
}

}  // namespace unspin
