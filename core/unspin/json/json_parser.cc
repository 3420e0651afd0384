#include "unspin/json/json_parser.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

#include "unspin/json/json_text.h"

namespace unspin {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool ExceedsSixtyFourBits(std::string_view number) {
  if (number.find_first_of(".eE") != std::string_view::npos) return false;  // no integer
  const char* const end = number.data() + number.size();
  uint64_t positive;
  int64_t negative;
  const std::errc error = number.front() == '-' ? std::from_chars(number.data(), end, negative).ec
                                                : std::from_chars(number.data(), end, positive).ec;
  return error == std::errc::result_out_of_range;
}

// `json` with an exponent of 0 behind every integer beyond 64 bits, so that it is a real number of the same value.
std::string WithLongIntegersAsReals(std::string_view json) {
  std::string out;
  for (size_t at = 0; at < json.size();) {
    const bool is_text = json[at] == '"', is_number = json[at] == '-' || (json[at] >= '0' && json[at] <= '9');
    size_t end = at + 1;
    if (is_text) end = EndOfJsonValue(json, at);
    if (is_number) end = json.find_first_not_of("+-.0123456789eE", at);
    const std::string_view token = json.substr(at, std::min(end, json.size()) - at);
    out += token;
    if (is_number && ExceedsSixtyFourBits(token)) out += "e0";
    at += token.size();
  }
  return out;
}

}  // namespace

std::optional<std::string> WithNullForNonNumbers(std::string_view json) {
  constexpr std::string_view kNonNumbers[] = {"NaN", "Infinity", "-Infinity"};
  std::string out;
  bool found = false;
  for (size_t at = 0; at < json.size();) {
    std::string_view token = json.substr(at, 1), written = token;
    if (token == "\"") {
      token = written = json.substr(at, EndOfJsonValue(json, at) - at);
    } else {
      for (const std::string_view non_number : kNonNumbers) {
        if (!json.substr(at).starts_with(non_number)) continue;
        token = non_number;
        written = "null";
        found = true;
      }
    }
    out += written;
    at += token.size();
  }
  return found ? std::optional(std::move(out)) : std::nullopt;
}

simdjson::simdjson_result<simdjson::dom::element> JsonParser::Parse(std::string_view json) {
  if (json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
  padded_.assign(json);
  padded_.append(simdjson::SIMDJSON_PADDING, ' ');
  return ParsePadded(std::string_view(padded_).substr(0, json.size()));
}

simdjson::simdjson_result<simdjson::dom::element> JsonParser::ParsePadded(std::string_view json) {
  const auto result = parser_.parse(json.data(), json.size(), /*realloc_if_needed=*/false);
  if (!result.error()) return result;
  const std::string widened = WithLongIntegersAsReals(json);
  if (widened.size() == json.size()) return result;
  const auto second = parser_.parse(widened);
  return second.error() ? result : second;
}

std::optional<simdjson::dom::element> JsonField(simdjson::dom::element value, std::string_view name) {
  simdjson::dom::object object;
  if (value.get(object)) return std::nullopt;
  std::optional<simdjson::dom::element> found;
  for (const auto field : object) {
    if (field.key == name) found = field.value;
  }
  return found;
}

std::string_view JsonTextField(simdjson::dom::element value, std::string_view name) {
  const auto field = JsonField(value, name);
  std::string_view text;
  if (!field || field->get(text)) return {};
  return text;
}

}  // namespace unspin
