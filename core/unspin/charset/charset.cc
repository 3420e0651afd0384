#include "unspin/charset/charset.h"

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/charset/guess_charset.h"

namespace unspin {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

// As std::isspace of the C locale.
bool IsSpace(char c) { return IsHtmlSpace(c) || c == '\v'; }

bool IsLabelCharacter(char c) {
  return IsAsciiAlphanumeric(c) || std::string_view("-_:.+").find(c) != std::string_view::npos;
}

// The label in `head` from `begin` on, after white space and quotes, within [begin, end).
std::string LabelAfter(std::string_view head, size_t begin, size_t end) {
  while (begin < end && (IsSpace(head[begin]) || head[begin] == '"' || head[begin] == '\'')) ++begin;
  size_t label_end = begin;
  while (label_end < end && IsLabelCharacter(head[label_end])) ++label_end;
  return std::string(head.substr(begin, label_end - begin));
}

// The label behind the first "charset=" of a <meta> tag, or "encoding=" of an XML declaration. Empty if there is none.
std::string DeclaredLabel(std::string_view bytes) {
  constexpr size_t kPrescanBytes = 4096;  // browsers look at 1024 bytes; pages with long comments need more
  constexpr std::string_view kEncoding = "encoding", kMeta = "<meta", kCharset = "charset";
  const std::string head = AsciiLower(bytes.substr(0, kPrescanBytes));
  const auto label_of = [&](size_t name, size_t size, size_t end) -> std::string {
    size_t offset = name + size;
    while (offset < end && IsSpace(head[offset])) ++offset;
    return offset < end && head[offset] == '=' ? LabelAfter(head, offset + 1, end) : "";
  };
  if (head.starts_with("<?xml")) {
    const size_t end = std::min(head.find('>'), head.size());
    const size_t encoding = head.find(kEncoding);
    if (encoding < end) return label_of(encoding, kEncoding.size(), end);
  }
  for (size_t meta = head.find(kMeta); meta != std::string::npos; meta = head.find(kMeta, meta + kMeta.size())) {
    const size_t end = std::min(head.find('>', meta), head.size());
    const size_t offset = head.find(kCharset, meta);
    if (offset >= end) continue;
    if (std::string label = label_of(offset, kCharset.size(), end); !label.empty()) return label;
  }
  return "";
}

// How many characters beyond ASCII are valid UTF-8.
size_t CountValid(std::string_view utf8, uint32_t broken) {
  const auto leads =
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xc2; });
  return static_cast<size_t>(leads) - std::min(static_cast<size_t>(leads), size_t{broken});
}

DecodedBytes FromUtf8(std::string_view bytes) {
  DecodedBytes decoded{.text = "", .charset = kUtf8.name};
  decoded.text = ConvertFrom(kUtf8, bytes, &decoded.broken).value_or("");
  return decoded;
}

// Whether the bytes were written as UTF-8 and then a few of them damaged. Characters of UTF-8 rarely come about by
// chance: of the character pairs of other sets at most one in three is one.
bool IsDamagedUtf8(const DecodedBytes& decoded) {
  constexpr size_t kMinValidPerBroken = 2;
  return CountValid(decoded.text, decoded.broken) >= kMinValidPerBroken * decoded.broken;
}

std::optional<DecodedBytes> From(const Charset& charset, std::string_view bytes, bool guessed) {
  DecodedBytes decoded{.text = "", .charset = charset.name, .guessed = guessed};
  std::optional<std::string> text = ConvertFrom(charset, bytes, &decoded.broken);
  if (!text) return std::nullopt;
  decoded.text = *std::move(text);
  return decoded;
}

std::optional<DecodedBytes> FromWide(std::string_view bytes) {
  size_t mark = 0;
  const Charset* const wide = WideCharset(bytes, mark);
  return wide != nullptr ? From(*wide, bytes.substr(mark), /*guessed=*/false) : std::nullopt;
}

// Valid UTF-8, and what only looks like it. Nothing for other bytes.
std::optional<DecodedBytes> FromValid(std::string& bytes) {
  if (!IsValidUtf8(bytes)) return std::nullopt;
  if (const Charset* const escaped = EscapedCharset(bytes)) {
    if (auto decoded = From(*escaped, bytes, /*guessed=*/true); decoded && decoded->broken == 0) return decoded;
  }
  return DecodedBytes{.text = std::move(bytes), .charset = kUtf8.name};
}

}  // namespace

bool IsValidUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

DecodedBytes DecodePage(std::string bytes, const Charset* declared) {
  if (auto wide = FromWide(bytes)) return *std::move(wide);
  if (auto valid = FromValid(bytes)) return *std::move(valid);
  DecodedBytes utf8 = FromUtf8(bytes);
  if (bytes.starts_with(kByteOrderMark) || IsDamagedUtf8(utf8)) return utf8;
  for (const Charset* const charset : {declared, CharsetOfLabel(DeclaredLabel(bytes))}) {
    if (charset == nullptr || charset->name == kUtf8.name || !IsPlausibleReading(*charset, bytes)) continue;
    if (auto decoded = From(*charset, bytes, /*guessed=*/false)) return *std::move(decoded);
  }
  if (const std::optional<CharsetGuess> guess = GuessCharset(bytes)) {
    if (auto decoded = From(*guess->charset, bytes, /*guessed=*/true)) return *std::move(decoded);
  }
  return utf8;
}

std::optional<DecodedBytes> DecodeText(std::string bytes, const Charset* likely) {
  if (auto wide = FromWide(bytes)) return wide;
  if (auto valid = FromValid(bytes)) return valid;
  DecodedBytes utf8 = FromUtf8(bytes);
  if (bytes.starts_with(kByteOrderMark) || IsDamagedUtf8(utf8)) return utf8;
  if (likely != nullptr && IsPlausibleReading(*likely, bytes)) return From(*likely, bytes, /*guessed=*/true);
  if (const std::optional<CharsetGuess> guess = GuessCharset(bytes)) {
    return From(*guess->charset, bytes, /*guessed=*/true);
  }
  constexpr size_t kMinBytesPerBroken = 10;  // else the text is not worth reading without the characters that are lost
  if (utf8.broken * kMinBytesPerBroken > bytes.size()) return std::nullopt;
  return utf8;
}

const Charset* LegacyCharset(std::string_view head) {
  constexpr size_t kMaxCut = 3;  // bytes of a character whose end is behind the head
  for (size_t cut = 0; cut <= std::min(kMaxCut, head.size()); ++cut) {
    if (IsValidUtf8(head.substr(0, head.size() - cut))) return nullptr;
  }
  if (head.starts_with(kByteOrderMark) || IsDamagedUtf8(FromUtf8(head))) return nullptr;
  const std::optional<CharsetGuess> guess = GuessCharset(head);
  return guess ? guess->charset : nullptr;
}

void NoteDecoding(const DecodedBytes& decoded, Article& article) {
  article.reading.charset = decoded.charset;
  const auto is_wide = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (decoded.guessed && std::any_of(article.text.begin(), article.text.end(), is_wide)) {
    article.reading.alerts.push_back({"charset-guessed", 1});
  }
  if (decoded.broken == 0) return;
  // Only the article's own text matters: what a page's scripts and footers lost, nobody compares.
  uint32_t lost = 0;
  for (size_t at = article.text.find(kReplacement); at != std::string::npos;
       at = article.text.find(kReplacement, at + kReplacement.size())) {
    ++lost;
  }
  if (lost > 0) article.reading.alerts.push_back({"broken-utf-8", std::min(lost, decoded.broken)});
}

}  // namespace unspin
