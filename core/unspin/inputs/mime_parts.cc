#include "unspin/inputs/mime_parts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/escaping.h"
#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMaxParts = 100'000;  // a page has some hundred
constexpr int kMaxLevels = 8;          // pages have one or two

// The line from `begin` on, without its end. `next` becomes the beginning of the line behind it.
std::string_view LineAt(std::string_view text, size_t begin, size_t& next) {
  const size_t newline = text.find('\n', begin);
  next = newline == kNone ? text.size() : newline + 1;
  std::string_view line = text.substr(begin, newline == kNone ? kNone : newline - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// `body` before the line end that belongs to the boundary behind it.
std::string_view WithoutLineEnd(std::string_view body) {
  if (body.ends_with('\n')) body.remove_suffix(1);
  if (body.ends_with('\r')) body.remove_suffix(1);
  return body;
}

void AddParts(const MimePart& message, int level, std::vector<MimePart>& parts) {
  const std::string boundary = MimeParameter(message.header.First("content-type"), "boundary");
  // Boundaries have no line ends.
  if (boundary.empty() || boundary.find_first_of("\r\n") != kNone || level >= kMaxLevels) return;
  const std::string line_of_boundary = "--" + boundary;
  size_t part = kNone;  // the beginning of the current one
  const auto end_part = [&](size_t end) {
    if (part == kNone || parts.size() >= kMaxParts) return;
    MimePart found = ReadMimePart(WithoutLineEnd(message.body.substr(part, end - part)));
    const bool is_nested = MimeType(found.header.First("content-type")).starts_with("multipart/");
    if (is_nested) AddParts(found, level + 1, parts);
    if (!is_nested) parts.push_back(std::move(found));
  };
  for (size_t at = message.body.find(line_of_boundary); at != kNone;
       at = message.body.find(line_of_boundary, at + line_of_boundary.size())) {
    if (at > 0 && message.body[at - 1] != '\n') continue;
    size_t next = 0;
    std::string_view rest = LineAt(message.body, at, next).substr(line_of_boundary.size());
    const bool is_last = rest.starts_with("--");
    if (is_last) rest.remove_prefix(2);
    if (!IsWhiteSpace(rest)) continue;  // a longer boundary
    end_part(at);
    part = is_last ? kNone : next;
    if (is_last) break;
  }
  end_part(message.body.size());
}

int HexDigit(char c) {
  if (IsAsciiDigit(c)) return c - '0';
  const char lower = AsciiLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

MimePart ReadMimePart(std::string_view message) {
  // A part without a header begins with the blank line.
  if (message.starts_with('\n') || message.starts_with("\r\n"))
    return {HeaderFields(""), message.substr(message[0] == '\n' ? 1 : 2)};
  const size_t end = EndOfHeader(message);
  if (end == kNone) return {HeaderFields(""), message};
  // HeaderFields looks below the first line, which messages do not have.
  return {HeaderFields("\n" + std::string(message.substr(0, end))), message.substr(end)};
}

std::vector<MimePart> MimeParts(const MimePart& message) {
  std::vector<MimePart> parts;
  AddParts(message, 0, parts);
  return parts;
}

std::string MimeParameter(std::string_view field, std::string_view name) {
  for (size_t at = field.find(';'); at != kNone;) {
    ++at;
    while (at < field.size() && IsHtmlSpace(field[at])) ++at;
    const size_t equals = field.find_first_of("=;", at);
    if (equals == kNone) return "";
    if (field[equals] == ';') {
      at = equals;
      continue;
    }
    const bool found = AsciiLower(Trimmed(field.substr(at, equals - at))) == name;
    size_t begin = equals + 1;
    while (begin < field.size() && IsHtmlSpace(field[begin])) ++begin;
    std::string value;
    size_t end = begin;
    if (begin < field.size() && field[begin] == '"') {
      for (end = begin + 1; end < field.size() && field[end] != '"'; ++end) {
        if (field[end] == '\\' && end + 1 < field.size()) ++end;
        value += field[end];
      }
    } else {
      end = std::min(field.find(';', begin), field.size());
      value = Trimmed(field.substr(begin, end - begin));
    }
    if (found) return value;
    at = field.find(';', end);
  }
  return "";
}

std::string MimeType(std::string_view content_type) {
  return AsciiLower(Trimmed(content_type.substr(0, content_type.find(';'))));
}

std::optional<std::string> DecodeMimeBody(const MimePart& part) {
  const std::string encoding = AsciiLower(Trimmed(part.header.First("content-transfer-encoding")));
  if (encoding == "quoted-printable") return DecodeQuotedPrintable(part.body);
  if (encoding == "base64") {
    std::string bytes;
    if (!absl::Base64Unescape(AbslView(part.body), &bytes)) return std::nullopt;
    return bytes;
  }
  if (!encoding.empty() && encoding != "7bit" && encoding != "8bit" && encoding != "binary") return std::nullopt;
  return std::string(part.body);
}

std::string DecodeQuotedPrintable(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  while (!text.empty()) {
    const size_t sign = std::min(text.find('='), text.size());
    bytes += text.substr(0, sign);
    text.remove_prefix(sign);
    if (text.empty()) break;
    // White space at the end of a line was added on the way.
    const size_t rest = std::min(text.find_first_not_of(" \t", 1), text.size());
    if (rest == text.size()) {
      text = {};
    } else if (text[rest] == '\n' || text.substr(rest, 2) == "\r\n") {
      text.remove_prefix(rest + (text[rest] == '\n' ? 1 : 2));
    } else if (text.size() > 2 && HexDigit(text[1]) >= 0 && HexDigit(text[2]) >= 0) {
      bytes += static_cast<char>(HexDigit(text[1]) * 16 + HexDigit(text[2]));
      text.remove_prefix(3);
    } else {
      bytes += '=';
      text.remove_prefix(1);
    }
  }
  return bytes;
}

}  // namespace unspin
