#include "server/arguments.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "render/visible.h"
#include "server/answers.h"
#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

constexpr size_t kMaxTextBytes = size_t{64} << 10;  // of a note or a reason; more is a file, not a sentence

template <typename Number>
std::optional<Number> NumberIn(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string Quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

// "a, b or c"
std::string Listed(std::span<const std::string_view> words) {
  std::string list;
  for (size_t i = 0; i < words.size(); ++i) {
    list += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
    list += words[i];
  }
  return list;
}

// A number as a person writes it: "0.5".
std::string Written(double number) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

bool IsWord(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

void Arguments::Refuse(Response problem) {
  if (!problem_) problem_ = std::move(problem);
}

void Arguments::Refuse(int status, std::string_view code, std::string message) {
  if (!problem_) problem_ = Problem(status, code, message);
}

uint64_t Arguments::Number(std::string_view name, uint64_t otherwise, uint64_t min, uint64_t max) {
  const auto value = request_.Query(name);
  if (!value) return otherwise;
  const auto number = NumberIn<uint64_t>(*value);
  if (number && min <= *number && *number <= max) return *number;
  Refuse(400, "bad_argument",
         Quoted(name) + " must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  return otherwise;
}

double Arguments::Real(std::string_view name, double otherwise, double min, double max) {
  const auto value = request_.Query(name);
  if (!value) return otherwise;
  const auto number = NumberIn<double>(*value);
  if (number && min <= *number && *number <= max) return *number;
  Refuse(400, "bad_argument", Quoted(name) + " must be a number from " + Written(min) + " to " + Written(max));
  return otherwise;
}

bool Arguments::Flag(std::string_view name) {
  const auto value = request_.Query(name);
  if (!value || *value == "0" || *value == "false") return false;
  if (*value != "" && *value != "1" && *value != "true") Refuse(400, "bad_argument", Quoted(name) + " must be 1 or 0");
  return true;
}

std::string Arguments::Text(std::string_view name) { return request_.Query(name).value_or(""); }

std::string Arguments::Word(std::string_view name, std::span<const std::string_view> words,
                            std::string_view otherwise) {
  const auto value = request_.Query(name);
  if (!value) return std::string(otherwise);
  if (!IsWord(*value, words)) Refuse(400, "bad_argument", Quoted(name) + " must be " + Listed(words));
  return *value;
}

int64_t Arguments::Id(size_t index) {
  const std::string& text = request_.parameters.at(index);
  const auto number = NumberIn<int64_t>(text);
  if (number && *number > 0) return *number;
  Refuse(404, "not_found", "there is nothing of the number " + text);
  return 0;
}

int64_t Arguments::Revision() {
  const std::string header = request_.Header("if-match");
  std::string_view tag = header;
  if (tag.empty()) {
    Refuse(
        428, "revision_required",
        "send the revision that you have seen as If-Match: \"REVISION\", so that no change of another person is lost");
    return 0;
  }
  if (tag.size() > 2 && tag.front() == '"' && tag.back() == '"') tag = tag.substr(1, tag.size() - 2);
  const auto number = NumberIn<int64_t>(tag);
  if (number && *number > 0) return *number;
  Refuse(400, "bad_argument", "If-Match is no revision; send the `revision` of the case in quotation marks: \"3\"");
  return 0;
}

JsonBody::JsonBody(const Request& request, Arguments& arguments) : arguments_(arguments) {
  if (IsWhiteSpace(request.body)) return;
  if (!request.content_type.empty() && !request.content_type.starts_with("application/json")) {
    arguments_.Refuse(415, "content_type", "send the body as application/json, not as " + request.content_type);
    return;
  }
  simdjson::dom::element value;
  if (const auto error = parser_.Parse(request.body).get(value); error != simdjson::SUCCESS) {
    arguments_.Refuse(400, "invalid_json", std::string("the body is no valid JSON: ") + simdjson::error_message(error));
  } else if (!value.is_object()) {
    arguments_.Refuse(400, "invalid_json", "the body must be a JSON object");
  } else {
    object_ = value;
  }
}

void JsonBody::Refuse(std::string message) { arguments_.Refuse(400, "bad_argument", std::move(message)); }

std::optional<simdjson::dom::element> JsonBody::Find(std::string_view name) const {
  if (!object_) return std::nullopt;
  const auto value = JsonField(*object_, name);
  return value && !value->is_null() ? value : std::nullopt;
}

void JsonBody::AllowOnly(std::span<const std::string_view> names) {
  simdjson::dom::object object;
  if (!object_ || object_->get(object) != simdjson::SUCCESS) return;
  for (const auto& [name, value] : object) {
    if (!IsWord(name, names)) Refuse(Quoted(Visible(name)) + " is no field of this body; a field is " + Listed(names));
  }
}

void JsonBody::Require(std::string_view name) {
  if (!object_ || !JsonField(*object_, name)) Refuse(Quoted(name) + " is missing");
}

std::string JsonBody::Text(std::string_view name) {
  const auto value = Find(name);
  if (!value) return "";
  std::string_view text;
  if (value->get(text) != simdjson::SUCCESS) {
    Refuse(Quoted(name) + " must be a text");
    return "";
  }
  if (text.size() > kMaxTextBytes) {
    Refuse(Quoted(name) + " must have at most " + std::to_string(kMaxTextBytes) + " bytes");
    return "";
  }
  return std::string(text);
}

std::string JsonBody::RequiredText(std::string_view name) {
  std::string text = Text(name);
  if (IsWhiteSpace(text)) Refuse(Quoted(name) + " is missing; send a text that is not empty");
  return text;
}

std::string JsonBody::Word(std::string_view name, std::span<const std::string_view> words, std::string_view otherwise) {
  if (!Has(name)) return std::string(otherwise);
  std::string word = Text(name);
  if (!IsWord(word, words)) Refuse(Quoted(name) + " must be " + Listed(words));
  return word;
}

std::string JsonBody::RequiredWord(std::string_view name, std::span<const std::string_view> words) {
  if (!Has(name)) Refuse(Quoted(name) + " is missing; send " + Listed(words));
  return Word(name, words, "");
}

bool JsonBody::Flag(std::string_view name, bool otherwise) {
  const auto value = Find(name);
  bool flag = otherwise;
  if (value && value->get(flag) != simdjson::SUCCESS) Refuse(Quoted(name) + " must be true or false");
  return flag;
}

uint64_t JsonBody::Number(std::string_view name, uint64_t otherwise, uint64_t min, uint64_t max) {
  const auto value = Find(name);
  if (!value) return otherwise;
  uint64_t number = 0;
  if (value->is_uint64() && value->get(number) == simdjson::SUCCESS && min <= number && number <= max) return number;
  int64_t small = 0;
  if (value->get(small) == simdjson::SUCCESS && small >= 0) {
    number = static_cast<uint64_t>(small);
    if (min <= number && number <= max) return number;
  }
  Refuse(Quoted(name) + " must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  return otherwise;
}

double JsonBody::Real(std::string_view name, double otherwise, double min, double max) {
  const auto value = Find(name);
  if (!value) return otherwise;
  double number = 0;
  if (value->is_number() && value->get(number) == simdjson::SUCCESS && min <= number && number <= max) return number;
  Refuse(Quoted(name) + " must be a number from " + Written(min) + " to " + Written(max));
  return otherwise;
}

std::optional<std::pair<uint64_t, uint64_t>> JsonBody::Span(std::string_view name) {
  const auto value = Find(name);
  if (!value) return std::nullopt;
  std::pair<uint64_t, uint64_t> span;
  simdjson::dom::array ends;
  if (value->get(ends) == simdjson::SUCCESS && ends.size() == 2 && ends.at(0).get(span.first) == simdjson::SUCCESS &&
      ends.at(1).get(span.second) == simdjson::SUCCESS && span.first < span.second) {
    return span;
  }
  Refuse(Quoted(name) + " must be [begin, end], two offsets of which the first is smaller");
  return std::nullopt;
}

}  // namespace unspin::server
