#include "unspin/inputs/http_response.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/charset/charset.h"
#include "unspin/inputs/content_coding.h"
#include "unspin/records/file_name.h"
#include "unspin/records/header_fields.h"

namespace unspin {
namespace {

// The status of a status line; 0: it is none.
int StatusOf(std::string_view line) {
  if (AsciiLower(line.substr(0, 5)) != "http/") return 0;
  const size_t space = line.find(' ');
  if (space == std::string_view::npos) return 0;
  const std::string_view rest = Trimmed(line.substr(space));
  int status = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + std::min<size_t>(rest.size(), 3), status);
  return error == std::errc() && end == rest.data() + 3 && status >= 100 ? status : 0;
}

// The elements of lists with commas, in lower case.
std::vector<std::string> Elements(const std::vector<std::string_view>& lists) {
  std::vector<std::string> elements;
  for (std::string_view list : lists) {
    while (!list.empty()) {
      const size_t comma = std::min(list.find(','), list.size());
      const std::string_view element = Trimmed(list.substr(0, comma));
      if (!element.empty()) elements.push_back(AsciiLower(element));
      list.remove_prefix(std::min(comma + 1, list.size()));
    }
  }
  return elements;
}

// A chunk's first line: its size in hexadecimal digits, and extensions.
struct ChunkStart {
  uint64_t size = 0;
  size_t data = 0;  // the offset behind the line
};
std::optional<ChunkStart> ParseChunkStart(std::string_view bytes) {
  constexpr size_t kMaxLine = 1024;  // bytes; extensions are rare and short
  const size_t end = bytes.substr(0, kMaxLine).find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = Trimmed(bytes.substr(0, end));
  ChunkStart start{0, end + 1};
  const auto [behind, error] = std::from_chars(line.data(), line.data() + line.size(), start.size, 16);
  const std::string_view rest = Trimmed(line.substr(static_cast<size_t>(behind - line.data())));
  if (error != std::errc() || (!rest.empty() && !rest.starts_with(';'))) return std::nullopt;
  return start;
}

size_t LineEndSize(std::string_view bytes) { return bytes.starts_with("\r\n") ? 2 : bytes.starts_with('\n') ? 1 : 0; }

// The body without its chunks; nothing where it has none.
std::optional<HttpBody> Dechunk(std::string_view body, bool is_cut) {
  HttpBody whole;
  for (bool first = true;; first = false) {
    const std::optional<ChunkStart> chunk = ParseChunkStart(body);
    if (!chunk) {
      if (first) return std::nullopt;
      // The end of the body may be missing, or cut within a line.
      whole.cut_off = body.find('\n') == std::string_view::npos;
      if (!whole.cut_off) whole.problem = "the chunks of its body are damaged";
      return whole;
    }
    if (chunk->size == 0) return whole;
    body.remove_prefix(chunk->data);
    const bool reaches_past = chunk->size > body.size();
    const std::string_view data = body.substr(0, std::min<uint64_t>(chunk->size, body.size()));
    const size_t line_end = LineEndSize(body.substr(data.size()));
    if (first && !reaches_past && line_end == 0 && data.size() < body.size()) return std::nullopt;
    // A line that only looks like a size, such as a year, may begin a text.
    if (first && reaches_past && !is_cut && !SkipBlank(data).starts_with('<') && !ContentCodingOf(data)) {
      return std::nullopt;
    }
    whole.bytes.append(data);
    if (reaches_past || data.size() == body.size()) {
      whole.cut_off = true;
      return whole;
    }
    if (line_end == 0) {
      whole.problem = "the chunks of its body are damaged";
      return whole;
    }
    body.remove_prefix(data.size() + line_end);
  }
}

// Whether bytes that are said to be compressed are a text already.
bool IsText(std::string_view bytes) {
  constexpr size_t kSample = 256;  // bytes
  constexpr size_t kMaxCut = 3;    // of a character whose end is behind the sample
  if (SkipBlank(bytes).starts_with('<')) return true;
  const std::string_view sample = bytes.substr(0, kSample);
  const bool has_controls = std::any_of(sample.begin(), sample.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !IsHtmlSpace(c) && c != '\x1b';
  });
  if (has_controls) return false;
  for (size_t cut = 0; cut <= std::min(kMaxCut, sample.size()); ++cut) {
    if (IsValidUtf8(sample.substr(0, sample.size() - cut))) return true;
  }
  return false;
}

// Undoes one coding where the bytes are of it. `named`: what the header says; nothing: it says none.
void UndoCoding(std::optional<ContentCoding> named, size_t max_bytes, HttpBody& body) {
  using End = UnpackedContent::End;
  const std::optional<ContentCoding> proved = ContentCodingOf(body.bytes);
  const std::optional<ContentCoding> coding = proved ? proved : named;
  if (!coding || body.bytes.empty()) return;
  // Without its first bytes the coding was undone before.
  if (!proved && (*coding == ContentCoding::kGzip || *coding == ContentCoding::kZstandard)) return;
  UnpackedContent unpacked = UnpackContent(*coding, body.bytes, max_bytes);
  if (!proved && unpacked.end != End::kWhole && IsText(body.bytes)) return;
  if (unpacked.end == End::kDamaged) body.problem = "its compressed body is damaged";
  if (unpacked.end == End::kTooLarge) {
    body.problem = "its body unpacks to more than " + std::to_string(max_bytes) + " bytes, which no page has";
  }
  body.cut_off |= unpacked.end == End::kCutOff;
  body.bytes = std::move(unpacked.bytes);
}

}  // namespace

MediaType ParseMediaType(std::string_view value) {
  constexpr std::string_view kCharset = "charset";
  MediaType type;
  type.name = AsciiLower(Trimmed(value.substr(0, value.find(';'))));
  if (type.name.find('/') == std::string::npos) type.name.clear();
  const std::string lower = AsciiLower(value);
  const size_t charset = lower.find(kCharset);
  if (charset == std::string::npos) return type;
  std::string_view label = Trimmed(std::string_view(lower).substr(charset + kCharset.size()));
  if (!label.starts_with('=')) return type;
  label = Trimmed(label.substr(1));
  label = label.substr(0, label.find_first_of(";,"));
  while (!label.empty() && (label.front() == '"' || label.front() == '\'')) label.remove_prefix(1);
  label = Trimmed(label.substr(0, label.find_first_of("\"'")));
  type.charset = CharsetOfLabel(label);
  return type;
}

std::optional<HttpResponse> ParseHttpResponse(std::string_view block) {
  constexpr int kMaxInterim = 8;  // answers before the answer
  for (int i = 0; i <= kMaxInterim; ++i) {
    HttpResponse response;
    response.status = StatusOf(FirstLine(block));
    if (response.status == 0) return std::nullopt;
    const size_t body = EndOfHeader(block);
    const std::string_view header = block.substr(0, body);
    response.body = body == std::string_view::npos ? std::string_view() : block.substr(body);
    if (response.status < 200 && StatusOf(FirstLine(response.body)) != 0) {
      block = response.body;
      continue;
    }
    const HeaderFields fields(header);
    for (const std::string_view value : fields.All("content-type")) {
      MediaType type = ParseMediaType(value);
      if (type.charset == nullptr) type.charset = response.media_type.charset;
      if (type.name.empty()) type.name = response.media_type.name;
      response.media_type = std::move(type);
    }
    const std::vector<std::string> transfer = Elements(fields.All("transfer-encoding"));
    response.chunked = std::find(transfer.begin(), transfer.end(), "chunked") != transfer.end();
    response.codings = Elements(fields.All("content-encoding"));
    return response;
  }
  return std::nullopt;
}

HttpBody DecodeBody(const HttpResponse& response, size_t max_bytes, bool is_cut) {
  // A few bytes of Brotli or Zstandard unpack to as many bytes as one likes. Pages are hardly a hundred times as long.
  constexpr size_t kMaxRatio = 1000, kMinMax = 1 << 20;
  max_bytes = std::min(max_bytes, kMinMax + kMaxRatio * response.body.size());
  HttpBody body;
  std::optional<HttpBody> dechunked;
  if (response.chunked) dechunked = Dechunk(response.body, is_cut);
  if (dechunked) {
    body = *std::move(dechunked);
  } else {
    body.bytes = response.body;
  }
  for (auto name = response.codings.rbegin(); name != response.codings.rend() && body.problem.empty(); ++name) {
    if (const auto coding = ContentCodingNamed(*name)) UndoCoding(coding, max_bytes, body);
  }
  const std::string& type = response.media_type.name;
  constexpr int kMaxCodings = 3;  // that no header tells
  for (int i = 0; i < kMaxCodings && body.problem.empty(); ++i) {
    if (type.starts_with("text/") || type == "application/xhtml+xml") UndoCoding(std::nullopt, max_bytes, body);
  }
  body.cut_off |= is_cut;
  return body;
}

}  // namespace unspin
