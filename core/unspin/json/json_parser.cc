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

// The UTF-16 unit that an escape at the front writes; nothing if there is no such escape.
std::optional<uint32_t> EscapedUnit(std::string_view json) {
  constexpr size_t kSize = 6;  // bytes: "\\u", four digits
  uint32_t unit = 0;
  if (json.size() < kSize || !json.starts_with("\\u")) return std::nullopt;
  const auto [end, error] = std::from_chars(json.data() + 2, json.data() + kSize, unit, 16);
  return error == std::errc() && end == json.data() + kSize ? std::optional(unit) : std::nullopt;
}

constexpr bool IsHighSurrogate(uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool IsLowSurrogate(uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

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

std::optional<std::string> WithoutLoneSurrogates(std::string_view json) {
  constexpr size_t kEscape = 6;  // bytes of an escaped unit
  std::optional<std::string> out;
  for (size_t at = json.find('\\'); at < json.size(); at = json.find('\\', at)) {
    const auto unit = EscapedUnit(json.substr(at));
    if (!unit) {
      at += 2;  // the backslash and what it escapes
      continue;
    }
    if (IsHighSurrogate(*unit) && IsLowSurrogate(EscapedUnit(json.substr(at + kEscape)).value_or(0))) {
      at += 2 * kEscape;
      continue;
    }
    if (IsHighSurrogate(*unit) || IsLowSurrogate(*unit)) {
      if (!out) out = json;
      out->replace(at, kEscape, "\\ufffd");
    }
    at += kEscape;
  }
  return out;
}

simdjson::simdjson_result<simdjson::dom::element> JsonParser::Parse(std::string_view json) {
  if (json.starts_with(kByteOrderMark)) json.remove_prefix(kByteOrderMark.size());
  padded_.assign(json);
  padded_.append(simdjson::SIMDJSON_PADDING, ' ');
  return ParsePadded(std::string_view(padded_).substr(0, json.size()));
}

simdjson::simdjson_result<simdjson::dom::element> JsonParser::ParsePadded(std::string_view json) {
  has_replaced_ = false;
  const auto result = parser_.parse(json.data(), json.size(), /*realloc_if_needed=*/false);
  if (!result.error()) return result;
  const std::optional<std::string> replaced = WithoutLoneSurrogates(json);
  const std::string readable = WithLongIntegersAsReals(replaced ? *replaced : json);
  if (!replaced && readable.size() == json.size()) return result;
  const auto second = parser_.parse(readable);
  has_replaced_ = replaced.has_value() && !second.error();
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
