// simdjson's parser for any valid JSON, and look-ups in what it read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace unspin {

// `json` with null for NaN, Infinity and -Infinity, which Python and others write though they are no JSON. Nothing if
// it has none outside of strings.
std::optional<std::string> WithNullForNonNumbers(std::string_view json);

// `json` with U+FFFD for each half of a surrogate pair that stands alone ("\ud83d"), which programs write that cut
// texts off by their length. Nothing if it has none.
std::optional<std::string> WithoutLoneSurrogates(std::string_view json);

// simdjson refuses integers beyond 64 bits and lone surrogates, which are valid JSON; here they become real numbers and
// U+FFFD. What JsonParser returns lives until its next call. Not safe to share between threads.
class JsonParser {
 public:
  // A byte order mark in front is skipped.
  simdjson::simdjson_result<simdjson::dom::element> Parse(std::string_view json);
  // The same without copying; a byte order mark is an error. REQUIRES: simdjson::SIMDJSON_PADDING readable bytes behind
  // `json`, with any content (which cannot be checked).
  simdjson::simdjson_result<simdjson::dom::element> ParsePadded(std::string_view json);

  // Whether what the last call read has U+FFFD for a lone surrogate.
  bool has_replaced() const { return has_replaced_; }

 private:
  simdjson::dom::parser parser_;
  std::string padded_;
  bool has_replaced_ = false;
};

// The value of a field, the last one where the name occurs twice. Nothing where `value` is no object or has no such
// field.
std::optional<simdjson::dom::element> JsonField(simdjson::dom::element value, std::string_view name);

// The text of a field; empty where there is none or it is no string.
std::string_view JsonTextField(simdjson::dom::element value, std::string_view name);

}  // namespace unspin
