#include "unspin/inputs/warc_header.h"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "unspin/article/ascii.h"
#include "unspin/records/header_fields.h"

namespace unspin {
namespace {

constexpr std::string_view kVersion = "WARC/";

std::string_view WithoutBrackets(std::string_view uri) {
  return uri.size() >= 2 && uri.starts_with('<') && uri.ends_with('>') ? uri.substr(1, uri.size() - 2) : uri;
}

// Whether a whole line's end is here: "WARC/1.0" and a line end.
bool IsVersionAtLineEnd(std::string_view bytes) {
  constexpr size_t kSize = kVersion.size() + 3;
  return bytes.size() > kSize && bytes.starts_with(kVersion) && IsAsciiDigit(bytes[kVersion.size()]) &&
         bytes[kVersion.size() + 1] == '.' && IsAsciiDigit(bytes[kVersion.size() + 2]) &&
         (bytes[kSize] == '\r' || bytes[kSize] == '\n');
}

// Sets the length, or says what is wrong with it.
void ReadLength(const HeaderFields& fields, WarcHeader& header) {
  const auto values = fields.All("content-length");
  if (values.empty()) {
    header.problem = "it has no Content-Length; give it one or leave it out";
    return;
  }
  for (const std::string_view value : values) {
    uint64_t length = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    if (error != std::errc() || end != value.data() + value.size()) {
      header.problem = "its Content-Length is no number; correct it or leave the record out";
    } else if (header.length && *header.length != length) {
      header.problem = "it has two values of Content-Length; correct them or leave the record out";
    } else {
      header.length = length;
    }
  }
  if (!header.problem.empty()) header.length.reset();
}

}  // namespace

bool BeginsWarcRecord(std::string_view bytes) {
  if (bytes.size() <= kVersion.size() || !bytes.starts_with(kVersion)) return false;
  size_t at = kVersion.size();
  const auto pass = [&](auto is_wanted) {
    const size_t begin = at;
    while (at < bytes.size() && is_wanted(bytes[at])) ++at;
    return at > begin;
  };
  if (!pass(IsAsciiDigit)) return false;
  if (at == bytes.size()) return true;
  if (bytes[at++] != '.') return false;
  if (!pass(IsAsciiDigit)) return at == bytes.size();
  pass([](char c) { return c == ' ' || c == '\t'; });
  return at == bytes.size() || bytes[at] == '\r' || bytes[at] == '\n';
}

size_t FindHeaderWithin(std::string_view header) {
  // Values that end like a version are rare. A bound keeps time linear.
  constexpr int kMaxValues = 8;
  int values = 0;
  for (size_t at = header.find(kVersion, 1); at != std::string_view::npos; at = header.find(kVersion, at + 1)) {
    if (!IsVersionAtLineEnd(header.substr(at))) continue;
    const size_t line = header.rfind('\n', at) + 1;  // 0 where there is none before
    if (line == at || header.substr(line, at - line).find(':') == std::string_view::npos) return at;
    const HeaderFields before(header.substr(0, at)), behind(header.substr(at));
    if (before.SharesName(behind)) return at;
    if (++values == kMaxValues) break;
  }
  return std::string_view::npos;
}

WarcHeader ParseWarcHeader(std::string_view bytes) {
  assert(BeginsWarcRecord(bytes));
  const HeaderFields fields(bytes);
  WarcHeader header;
  header.type = AsciiLower(fields.First("warc-type"));
  header.uri = WithoutBrackets(fields.First("warc-target-uri"));
  header.date = fields.First("warc-date");
  header.content_type = fields.First("content-type");
  header.truncated = !fields.First("warc-truncated").empty();
  header.has_id = !fields.First("warc-record-id").empty();
  ReadLength(fields, header);
  if (header.problem.empty() && header.type.empty())
    header.problem = "it has no WARC-Type; give it one or leave it out";
  return header;
}

size_t FindWarcRecord(std::string_view bytes, bool is_end) {
  constexpr std::string_view kNext = "\nWARC/";
  for (size_t at = bytes.find(kVersion); at != std::string_view::npos; at = bytes.find(kVersion, at + 1)) {
    std::string_view rest = bytes.substr(at);
    if (rest.size() < kWarcHeaderSample && !is_end) return at;
    if (!BeginsWarcRecord(rest)) continue;
    rest = rest.substr(0, kWarcHeaderSample);
    rest = rest.substr(0, rest.find(kNext));  // the bytes behind are judged once, at their own place
    const WarcHeader header = ParseWarcHeader(rest.substr(0, EndOfHeader(rest)));
    if (header.problem.empty() && (header.has_id || !header.date.empty())) return at;
  }
  return std::string_view::npos;
}

}  // namespace unspin
