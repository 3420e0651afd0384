#include "unspin/ingest/charset.h"

#include <simdjson.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <vector>

#include "unspin/ingest/ascii.h"

namespace unspin {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter OpenConverter(const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

std::optional<std::string> Convert(std::string_view bytes, const char* charset) {
  const Converter from = OpenConverter(charset);
  const Converter to = OpenConverter("UTF-8");
  if (!from || !to) return std::nullopt;
  std::string out;
  constexpr size_t kChunkBytes = 64 << 10;
  std::vector<char> chunk(kChunkBytes);
  UChar pivot[4096];
  UChar* pivot_source = pivot;
  UChar* pivot_target = pivot;
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
  for (bool first = true; error == U_BUFFER_OVERFLOW_ERROR; first = false) {
    error = U_ZERO_ERROR;
    char* target = chunk.data();
    ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source, source_end, pivot,
                   &pivot_source, &pivot_target, pivot + std::size(pivot), first, /*flush=*/true, &error);
    out.append(chunk.data(), target);
  }
  if (U_FAILURE(error)) return std::nullopt;
  return out;
}

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
std::string DeclaredCharset(std::string_view bytes) {
  constexpr size_t kPrescanBytes = 4096;  // browsers look at 1024 bytes; pages with long comments need more
  constexpr std::string_view kEncoding = "encoding=", kMeta = "<meta", kCharset = "charset";
  const std::string head = AsciiLower(bytes.substr(0, kPrescanBytes));
  if (head.starts_with("<?xml")) {
    const size_t end = std::min(head.find('>'), head.size());
    const size_t encoding = head.find(kEncoding);
    if (encoding < end) return LabelAfter(head, encoding + kEncoding.size(), end);
  }
  for (size_t meta = head.find(kMeta); meta != std::string::npos; meta = head.find(kMeta, meta + kMeta.size())) {
    const size_t end = std::min(head.find('>', meta), head.size());
    size_t offset = head.find(kCharset, meta);
    if (offset >= end) continue;
    offset += kCharset.size();
    while (offset < end && IsSpace(head[offset])) ++offset;
    if (offset < end && head[offset] == '=') return LabelAfter(head, offset + 1, end);
  }
  return "";
}

// The set that browsers read a label as. It may differ from the set of that name
// (https://encoding.spec.whatwg.org/#names-and-labels).
std::string ActualCharset(const std::string& label) {
  if (label == "iso-8859-1" || label == "latin1" || label == "latin-1" || label == "us-ascii" || label == "ascii") {
    return "windows-1252";
  }
  if (label == "utf8" || label.rfind("utf-16", 0) == 0) return "UTF-8";  // the label itself was readable as ASCII
  if (label == "gb2312" || label == "gbk") return "gb18030";
  if (label == "shift_jis" || label == "sjis") return "windows-31j";
  if (label == "iso-8859-9") return "windows-1254";
  if (label == "euc-kr" || label == "ks_c_5601-1987") return "windows-949";
  return label;
}

std::string GuessedCharset(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&error), ucsdet_close);
  constexpr size_t kSampleBytes = 256 << 10;
  const std::string_view sample = bytes.substr(0, kSampleBytes);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &error);
  ucsdet_enableInputFilter(detector.get(), 1);  // look at the text, not at the tags
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || match == nullptr) return "windows-1252";
  constexpr int32_t kMinConfidence = 40;  // of 100; below it a wrong exotic guess is likelier than a right one
  const int32_t confidence = ucsdet_getConfidence(match, &error);
  const char* name = ucsdet_getName(match, &error);
  if (U_FAILURE(error) || name == nullptr || confidence < kMinConfidence) return "windows-1252";
  return ActualCharset(AsciiLower(name));
}

bool IsAscii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

bool IsValidUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

std::optional<std::string> FromUtf16(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const std::string_view mark = bytes.substr(0, 2);
  if (mark == "\xff\xfe") return Convert(bytes.substr(2), "UTF-16LE");
  if (mark == "\xfe\xff") return Convert(bytes.substr(2), "UTF-16BE");
  return std::nullopt;
}

std::string HtmlToUtf8(std::string bytes) {
  if (auto converted = FromUtf16(bytes)) return *std::move(converted);
  const bool marked = bytes.starts_with(kByteOrderMark);
  const bool valid = IsValidUtf8(bytes);
  if (valid && (marked || !IsAscii(bytes))) return bytes;
  if (marked) {
    const std::string_view unmarked = std::string_view(bytes).substr(kByteOrderMark.size());
    return std::string(kByteOrderMark) + Convert(unmarked, "UTF-8").value_or("");
  }
  const std::string declared = ActualCharset(DeclaredCharset(bytes));
  if (!declared.empty() && declared != "utf-8") {
    if (auto converted = Convert(bytes, declared.c_str()); converted && IsValidUtf8(*converted))
      return *std::move(converted);
  }
  if (valid) return bytes;
  if (declared != "utf-8" && declared != "UTF-8") {
    if (auto converted = Convert(bytes, GuessedCharset(bytes).c_str()); converted && IsValidUtf8(*converted)) {
      return *std::move(converted);
    }
  }
  return Convert(bytes, "UTF-8").value_or("");
}

}  // namespace unspin
