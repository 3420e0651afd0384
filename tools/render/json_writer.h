// Writes values one after the other as one line of JSON, without a tree in between.
#pragma once

#include <algorithm>
#include <cassert>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace unspin {

// The caller opens and closes objects and arrays; the writer puts the commas. Not safe to share between threads.
class JsonWriter {
 public:
  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }

  // REQUIRES: `key` is ASCII without control characters, quotes and backslashes. TextKey takes any text.
  void Key(std::string_view key) {
    assert(std::none_of(key.begin(), key.end(), [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; }));
    Separate();
    out_ += '"';
    out_ += key;
    out_ += "\":";
    separate_ = false;
  }
  void TextKey(std::string_view key) {
    Text(key);
    out_ += ':';
    separate_ = false;
  }
  // Whatever ends a line for some reader is escaped: controls, U+0085, U+2028, U+2029.
  // Each maximal part of a broken UTF-8 sequence becomes one U+FFFD, as Unicode recommends (chapter 3.9, table 3-8).
  void Text(std::string_view text);
  void Number(std::integral auto number) {
    char digits[24];
    Raw({digits, std::to_chars(digits, digits + sizeof digits, number).ptr});
  }
  // Six significant digits, because further ones differ between machines. Never an infinity, NaN or negative zero.
  void Real(double value);
  // The number that Real writes.
  static double Rounded(double value);
  // REQUIRES: `json` is a JSON value on one line.
  void Raw(std::string_view json) {
    assert(!json.empty() && json.find('\n') == std::string_view::npos);  // cheap part of it
    Separate();
    out_ += json;
  }
  // The same for JSON that others wrote. Inside its strings, what ends lines for some readers is escaped.
  void Copied(std::string_view json);

  template <typename Value>
  void Field(std::string_view key, const Value& value) {
    Key(key);
    if constexpr (std::same_as<Value, bool>) {
      Raw(value ? "true" : "false");
    } else if constexpr (std::integral<Value>) {
      Number(value);
    } else if constexpr (std::floating_point<Value>) {
      Real(value);
    } else {
      Text(value);
    }
  }
  template <typename Value>
  void FieldOrNull(std::string_view key, const std::optional<Value>& value) {
    if (value) return Field(key, *value);
    Key(key);
    Raw("null");
  }
  void FieldUnlessEmpty(std::string_view key, std::string_view value) {
    if (!value.empty()) Field(key, value);
  }

  size_t size() const { return out_.size(); }
  std::string Take() { return std::move(out_); }

 private:
  void Separate() {
    if (separate_) out_ += ',';
    separate_ = true;
  }
  void Open(char bracket) {
    Separate();
    out_ += bracket;
    separate_ = false;
  }
  void Close(char bracket) {
    out_ += bracket;
    separate_ = true;
  }

  std::string out_;
  bool separate_ = false;  // a comma belongs before the next value
};

}  // namespace unspin
