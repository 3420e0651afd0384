#include "unspin/charset/charset_table.h"

#include <unicode/uclean.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <memory>
#include <vector>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

constexpr Charset kCharsets[] = {
    kUtf8,
    {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"utf-32le", "UTF-32LE"},
    {"utf-32be", "UTF-32BE"},
    {"windows-1252", "windows-1252"},
    {"windows-1250", "windows-1250"},
    {"windows-1251", "windows-1251"},
    {"windows-1253", "windows-1253"},
    {"windows-1254", "windows-1254"},
    {"windows-1255", "windows-1255"},
    {"windows-1256", "windows-1256"},
    {"windows-1257", "windows-1257"},
    {"windows-1258", "windows-1258"},
    {"windows-874", "windows-874-2000"},
    {"macintosh", "macintosh"},
    {"x-mac-cyrillic", "x-mac-cyrillic"},
    {"iso-8859-2", "iso-8859-2"},
    {"iso-8859-3", "iso-8859-3"},
    {"iso-8859-4", "iso-8859-4"},
    {"iso-8859-5", "iso-8859-5"},
    {"iso-8859-6", "iso-8859-6"},
    {"iso-8859-7", "iso-8859-7"},
    {"iso-8859-8", "iso-8859-8"},
    {"iso-8859-10", "iso-8859-10"},
    {"iso-8859-13", "iso-8859-13"},
    {"iso-8859-14", "iso-8859-14"},
    {"iso-8859-15", "iso-8859-15"},
    {"iso-8859-16", "iso-8859-16"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"ibm437", "ibm-437"},
    {"ibm850", "ibm-850"},
    {"ibm852", "ibm-852"},
    {"ibm866", "ibm-866"},
    {"gb18030", "gb18030"},
    {"big5", "windows-950-2000"},
    {"shift_jis", "windows-31j"},
    {"euc-jp", "EUC-JP"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"iso-2022-kr", "ISO-2022-KR"},
    {"euc-kr", "windows-949-2000"},
};

struct Label {
  std::string_view label, name;
};

// Labels that are no names of the table.
constexpr Label kLabels[] = {
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    // A label that could be read as ASCII is not in UTF-16.
    {"utf-16", "utf-8"},
    {"utf-16le", "utf-8"},
    {"utf-16be", "utf-8"},
    {"utf-32", "utf-8"},
    {"unicode", "utf-8"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"ansi", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"cp1250", "windows-1250"},
    {"x-cp1250", "windows-1250"},
    {"cp1251", "windows-1251"},
    {"x-cp1251", "windows-1251"},
    {"win-1251", "windows-1251"},
    {"cp1253", "windows-1253"},
    {"cp1254", "windows-1254"},
    {"iso-8859-9", "windows-1254"},
    {"iso8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"cp1255", "windows-1255"},
    {"cp1256", "windows-1256"},
    {"cp1257", "windows-1257"},
    {"cp1258", "windows-1258"},
    {"tis-620", "windows-874"},
    {"iso-8859-11", "windows-874"},
    {"mac", "macintosh"},
    {"x-mac-roman", "macintosh"},
    {"macroman", "macintosh"},
    {"latin2", "iso-8859-2"},
    {"iso8859-2", "iso-8859-2"},
    {"iso8859-5", "iso-8859-5"},
    {"iso8859-7", "iso-8859-7"},
    {"greek", "iso-8859-7"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"logical", "iso-8859-8"},
    {"hebrew", "iso-8859-8"},
    {"arabic", "iso-8859-6"},
    {"latin-9", "iso-8859-15"},
    {"iso8859-15", "iso-8859-15"},
    {"koi8", "koi8-r"},
    {"koi", "koi8-r"},
    {"koi8-ru", "koi8-u"},
    {"cp850", "ibm850"},
    {"cp852", "ibm852"},
    {"cp866", "ibm866"},
    {"866", "ibm866"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"hz-gb-2312", "gb18030"},
    {"big5-hkscs", "big5"},
    {"cn-big5", "big5"},
    {"x-x-big5", "big5"},
    {"cp950", "big5"},
    {"sjis", "shift_jis"},
    {"shift-jis", "shift_jis"},
    {"x-sjis", "shift_jis"},
    {"ms_kanji", "shift_jis"},
    {"windows-31j", "shift_jis"},
    {"cp932", "shift_jis"},
    {"x-euc-jp", "euc-jp"},
    {"ks_c_5601-1987", "euc-kr"},
    {"ksc5601", "euc-kr"},
    {"korean", "euc-kr"},
    {"windows-949", "euc-kr"},
    {"cp949", "euc-kr"},
    {"uhc", "euc-kr"},
};

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter OpenConverter(const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

// ICU's callback for bytes that are no character: counts them, and writes U+FFFD.
void CountBroken(const void* context, UConverterToUnicodeArgs* arguments, const char* bytes, int32_t size,
                 UConverterCallbackReason reason, UErrorCode* error) {
  if (reason <= UCNV_IRREGULAR) ++*static_cast<uint32_t*>(const_cast<void*>(context));
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, arguments, bytes, size, reason, error);
}

}  // namespace

const Charset* CharsetOfLabel(std::string_view label) {
  const std::string lower = AsciiLower(label);
  std::string_view name = lower;
  for (const Label& row : kLabels) {
    if (row.label == lower) name = row.name;
  }
  const auto* row = std::find_if(std::begin(kCharsets), std::end(kCharsets),
                                 [&](const Charset& charset) { return charset.name == name; });
  return row == std::end(kCharsets) ? nullptr : row;
}

const Charset& CharsetNamed(std::string_view name) {
  const auto* row = std::find_if(std::begin(kCharsets), std::end(kCharsets),
                                 [&](const Charset& charset) { return charset.name == name; });
  assert(row != std::end(kCharsets));
  return *row;
}

std::string MissingConverter() {
  // ICU knows the name and has never had a table for it: pages in it are read as if they declared nothing.
  constexpr std::string_view kNameWithoutTable = "iso-8859-16";
  UErrorCode error = U_ZERO_ERROR;
  ucnv_countAliases("UTF-8", &error);
  if (U_FAILURE(error)) return std::string("cnvalias.icu, which names the character sets (") + u_errorName(error) + ")";
  for (const Charset& charset : kCharsets) {
    if (charset.name == kNameWithoutTable || ucnv_countAliases(charset.converter, &error) == 0) continue;
    const Converter converter(ucnv_open(charset.converter, &error));
    if (U_FAILURE(error)) {
      return std::string("the converter ") + charset.converter + ", which reads " + std::string(charset.name) + " (" +
             u_errorName(error) + ")";
    }
  }
  return "";
}

std::optional<std::string> ConvertFrom(const Charset& charset, std::string_view bytes, uint32_t* broken) {
  const Converter from = OpenConverter(charset.converter);
  const Converter to = OpenConverter("UTF-8");
  if (!from || !to) return std::nullopt;
  uint32_t count = 0;
  UErrorCode error = U_ZERO_ERROR;
  ucnv_setToUCallBack(from.get(), CountBroken, &count, nullptr, nullptr, &error);
  if (U_FAILURE(error)) return std::nullopt;
  std::string out;
  constexpr size_t kChunkBytes = 64 << 10;
  std::vector<char> chunk(std::min(kChunkBytes, 4 * bytes.size() + 64));
  UChar pivot[4096];
  UChar* pivot_source = pivot;
  UChar* pivot_target = pivot;
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  error = U_BUFFER_OVERFLOW_ERROR;
  for (bool first = true; error == U_BUFFER_OVERFLOW_ERROR; first = false) {
    error = U_ZERO_ERROR;
    char* target = chunk.data();
    ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source, source_end, pivot,
                   &pivot_source, &pivot_target, pivot + std::size(pivot), first, /*flush=*/true, &error);
    out.append(chunk.data(), target);
  }
  if (U_FAILURE(error)) return std::nullopt;
  if (broken != nullptr) *broken = count;
  return out;
}

}  // namespace unspin
