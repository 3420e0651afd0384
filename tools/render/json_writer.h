// Values, written one after the other → one line of JSON, without a tree in between.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace unspin {

// The caller opens and closes what belongs together; commas come by themselves.
class JsonWriter {
 public:
  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }

  // `key` needs no escapes.
  void Key(std::string_view key) {
    Separate();
    out_ += '"';
    out_ += key;
    out_ += "\":";
    separate_ = false;
  }
  // Bytes that are no UTF-8 become U+FFFD.
  void Text(std::string_view text);
  void Number(std::integral auto number) {
    char digits[24];
    Raw({digits, std::to_chars(digits, digits + sizeof digits, number).ptr});
  }
  // Six significant digits: those that differ between machines never reach the report. No infinity, no negative zero.
  void Real(double value);
  void Raw(std::string_view json) {
    Separate();
    out_ += json;
  }

  template <typename Value>
  void Field(std::string_view key, const Value& value) {
    Key(key);
    if constexpr (std::integral<Value>) {
      Number(value);
    } else if constexpr (std::floating_point<Value>) {
      Real(value);
    } else {
      Text(value);
    }
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
  bool separate_ = false;  // something stands before the next value
};

}  // namespace unspin
