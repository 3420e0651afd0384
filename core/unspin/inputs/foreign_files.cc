#include "unspin/inputs/foreign_files.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "unspin/inputs/mail_header.h"
#include "unspin/io/byte_stream.h"
#include "unspin/records/file_name.h"

namespace unspin {
namespace {

using namespace std::string_view_literals;

struct Signature {
  size_t offset;  // in the file
  std::string_view bytes;
  std::string_view description;
  ForeignKind kind = ForeignKind::kNoArticle;
};

constexpr std::string_view kPdf = "a PDF document; convert it to text first (pdftotext)";
constexpr std::string_view kPicture = "a picture; give the article's text";
constexpr std::string_view kSound = "a sound file; give the article's text";
constexpr std::string_view kVideo = "a sound or video file; give the article's text";
constexpr std::string_view kFont = "a font; leave it out";
constexpr std::string_view kProgram = "a program; give the article's text";
constexpr std::string_view kPickle = "Python objects (pickle); export its articles as JSON Lines first";
constexpr std::string_view kTable = "a table in a binary form; export its articles as JSON Lines first";
constexpr ForeignKind kDocument = ForeignKind::kDocument;

// No article begins like this. Signatures that a sentence could begin with ("BM", "MZ", "OTTO") are longer here than in
// other lists, by bytes that no text has.
constexpr Signature kSignatures[] = {
    {0, "%PDF-"sv, kPdf, kDocument},
    {0, "\x89PNG\r\n\x1a\n"sv, "a PNG picture; give the article's text"},
    {0, "\xff\xd8\xff"sv, "a JPEG picture; give the article's text"},
    {0, "GIF87a"sv, "a GIF picture; give the article's text"},
    {0, "GIF89a"sv, "a GIF picture; give the article's text"},
    {8, "WEBPVP8"sv, "a WebP picture; give the article's text"},
    {0, "II*\0"sv, kPicture},
    {0, "MM\0*"sv, kPicture},
    {0, "\0\0\1\0"sv, kPicture},
    {0, "\0\0\2\0"sv, kPicture},
    {0, "8BPS\0"sv, kPicture},
    {0, "PK\x05\x06"sv, "an empty ZIP archive; give the article's text"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an old office document; save it as text first", kDocument},
    {0, "{\\rtf"sv, "an RTF document; save it as text first", kDocument},
    {0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive; unpack it first", kDocument},
    {0, "Rar!\x1a\x07"sv, "a RAR archive; unpack it first", kDocument},
    {257, "ustar"sv, "a tar archive; unpack it first", kDocument},
    {0, "MSCF\0"sv, "a cabinet archive; unpack it first", kDocument},
    {0, "!<arch>\n"sv, "a library or package; leave it out"},
    {0,
     "\x7f"
     "ELF"sv,
     kProgram},
    {0, "\xca\xfe\xba\xbe"sv, kProgram},
    {0, "\xcf\xfa\xed\xfe"sv, kProgram},
    {0, "\xce\xfa\xed\xfe"sv, kProgram},
    {0, "\0asm"sv, kProgram},
    {0, "filedesc://"sv, "a web archive of the kind before WARC (ARC); convert it to WARC first", kDocument},
    {0, "SQLite format 3\0"sv, "an SQLite database; export its articles as JSON Lines first", kDocument},
    {0, "ARROW1\0\0"sv, kTable, kDocument},
    {0, "FEA1"sv, kTable, kDocument},
    {0, "Obj\1"sv, "an Avro file; export its articles as JSON Lines first (avro-tools tojson)", kDocument},
    {0, "\x89HDF\r\n\x1a\n"sv, kTable, kDocument},
    {0, "\x93NUMPY"sv, kTable, kDocument},
    {0, "\x80\x02"sv, kPickle, kDocument},
    {0, "\x80\x03"sv, kPickle, kDocument},
    {0, "\x80\x04"sv, kPickle, kDocument},
    {0, "\x80\x05"sv, kPickle, kDocument},
    {0, "bplist00"sv, "settings of a program (plist); leave it out"},
    {0, "OggS\0"sv, kVideo},
    {0, "\x1a\x45\xdf\xa3"sv, kVideo},
    {4, "ftyp"sv, "a video file; give the article's text"},
    {8, "AVI LIST"sv, kVideo},
    {8, "WAVEfmt "sv, kSound},
    {0, "ID3\x02"sv, kSound},
    {0, "ID3\x03"sv, kSound},
    {0, "ID3\x04"sv, kSound},
    {0, "\xff\xfb"sv, kSound},
    {0, "\xff\xf3"sv, kSound},
    {0, "\xff\xf2"sv, kSound},
    {0, "fLaC\0"sv, kSound},
    {0, "MThd\0"sv, kSound},
    {0, "wOFF\0\1\0\0"sv, kFont},
    {0, "wOFFOTTO"sv, kFont},
    {0, "wOF2\0\1\0\0"sv, kFont},
    {0, "wOF2OTTO"sv, kFont},
    {0, "OTTO\0"sv, kFont},
    {0, "\0\1\0\0\0"sv, kFont},
    {0, "\x1f\x9d"sv, "compressed in an old way (compress); unpack it first", kDocument},
    {0, "\x04\x22\x4d\x18"sv, "compressed with lz4; unpack it first (lz4 -d)", kDocument},
    {0, "LZIP\1"sv, "compressed with lzip; unpack it first (lzip -d)", kDocument},
    {0, "\x89LZO\0\r\n\x1a\n"sv, "compressed with lzop; unpack it first (lzop -d)", kDocument},
    {0, "\xff\x06\0\0sNaPpY"sv, "compressed with snappy; unpack it first", kDocument},
    {0, "UNSPIN\x1a\n"sv, "a file of unspin's own; leave it out", ForeignKind::kOurs},
    {0, "UNSPSK\x1a\n"sv, "a file of unspin's own; leave it out", ForeignKind::kOurs},
};

// A PDF's header may stand behind other bytes, within the first 1024 (Adobe's reader takes them). A text may speak of
// "%PDF-1.7"; it has no objects.
bool IsLatePdf(std::string_view head) {
  constexpr size_t kMaxOffset = 1024;
  const size_t at = head.substr(0, kMaxOffset).find("%PDF-");
  if (at == std::string_view::npos || at + 8 > head.size()) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!is_digit(head[at + 5]) || head[at + 6] != '.' || !is_digit(head[at + 7])) return false;
  const std::string_view rest = head.substr(at + 8);
  return !rest.empty() && (rest[0] == '\r' || rest[0] == '\n') && rest.find(" obj") != std::string_view::npos &&
         rest.find("<<") != std::string_view::npos;
}

// "MZ", and within the header that follows a NUL.
bool IsWindowsProgram(std::string_view head) {
  constexpr size_t kHeader = 64;
  return head.starts_with("MZ") && head.size() >= kHeader &&
         head.substr(0, kHeader).find('\0') != std::string_view::npos;
}

// "ORC", and soon a byte that no text has: the first stripe follows, a message of Protocol Buffers.
bool IsOrc(std::string_view head) {
  constexpr size_t kLooked = 16;  // bytes
  const std::string_view looked = head.substr(0, kLooked);
  return head.starts_with("ORC") &&
         std::any_of(looked.begin(), looked.end(), [](char c) { return static_cast<unsigned char>(c) < '\t'; });
}

// "BM", the size of the file, and four reserved bytes that are 0.
bool IsBitmap(std::string_view head) {
  return head.starts_with("BM") && head.size() >= 10 && head.substr(6, 4) == "\0\0\0\0"sv;
}

// Portable pictures (PBM, PGM, PPM): "P6", width, height, and but for bitmaps the largest value, parted by white space
// and comments. Texts that begin with "P6 40" and numbers are unknown.
bool IsPortablePicture(std::string_view head) {
  constexpr size_t kMaxComment = 200, kMaxDigits = 6;
  if (head.size() < 3 || head[0] != 'P' || head[1] < '1' || head[1] > '6') return false;
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  const bool is_bitmap = head[1] == '1' || head[1] == '4';
  size_t at = 2;
  for (int number = 0; number < (is_bitmap ? 2 : 3); ++number) {
    const size_t gap = at;
    while (at < head.size() && (is_space(head[at]) || (head[at] == '#' && at > gap))) {
      if (head[at] != '#') {
        ++at;
        continue;
      }
      const size_t line = head.substr(at, kMaxComment).find('\n');
      if (line == std::string_view::npos) return false;
      at += line;
    }
    const size_t digits = at;
    while (at < head.size() && head[at] >= '0' && head[at] <= '9') ++at;
    if (digits == gap || at == digits || at - digits > kMaxDigits) return false;
  }
  return at < head.size() && is_space(head[at]);
}

// A ZIP archive by its members, as far as their names are in `head`; empty if it is no such archive.
std::string_view DescribeZip(std::string_view head) {
  constexpr std::string_view kMember = "PK\x03\x04"sv;
  constexpr size_t kNameSize = 26, kName = 30;  // offsets in a member's header
  if (!head.starts_with(kMember)) return "";
  struct Kind {
    std::string_view member, description;
  };
  static constexpr Kind kKinds[] = {
      {"word/", "a Word document (DOCX); save it as text or HTML first"},
      {"xl/", "an Excel table (XLSX); save it as CSV first"},
      {"ppt/", "a PowerPoint presentation (PPTX); save its text first"},
      {"META-INF/container.xml", "an EPUB book; convert its chapters to HTML or text first"},
      {"datapackage.json", "a web archive (WACZ); unpack it and give the files in its folder archive"},
      {"archive/", "a web archive (WACZ); unpack it and give the files in its folder archive"},
  };
  const auto name_at = [&](size_t member) {
    const size_t at = member + kNameSize;
    if (at + 2 > head.size()) return std::string_view();
    const auto size = static_cast<unsigned char>(head[at]) + 256u * static_cast<unsigned char>(head[at + 1]);
    return head.substr(std::min(member + kName, head.size()), size);
  };
  if (name_at(0) == "mimetype") {
    constexpr size_t kMaxType = 100;  // bytes behind the name
    const std::string_view type = head.substr(std::min(kName + 8, head.size()), kMaxType);
    if (type.find("epub") != type.npos) return kKinds[3].description;
    if (type.find("opendocument.text") != type.npos) return "an OpenDocument text (ODT); save it as text or HTML first";
    if (type.find("opendocument.spreadsheet") != type.npos) return "an OpenDocument table (ODS); save it as CSV first";
    if (type.find("opendocument") != type.npos) return "an OpenDocument file; save its text first";
  }
  for (size_t member = 0; member != head.npos; member = head.find(kMember, member + kMember.size())) {
    const std::string_view name = name_at(member);
    for (const Kind& kind : kKinds) {
      if (name == kind.member || (kind.member.ends_with('/') && name.starts_with(kind.member))) return kind.description;
    }
  }
  if (name_at(0) == "[Content_Types].xml") return "an office document; save it as text or HTML first";
  return "a ZIP archive; unpack it first";
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Bytes of the UTF-8 character at the front; 0 if there is none. Overlong forms and surrogates pass: this counts.
size_t Utf8Size(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t size = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
  if (size > text.size() || lead >= 0xf5 || (lead >= 0x80 && lead < 0xc2)) return 0;
  return std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(size), IsContinuation) ? size : 0;
}

// The rest of a line from behind a JSON string that begins here; empty if none does.
std::string_view BehindJsonString(std::string_view text) {
  for (size_t i = 1; i < text.size() && text.starts_with('"'); ++i) {
    if (text[i] == '"') return text.substr(i + 1);
    if (text[i] == '\\') ++i;
  }
  return "";
}

// Whether the line is an object of these fields in this order; a value is a string where `is_string` says so, else a
// number.
struct LineField {
  std::string_view name;
  bool is_string;
};
template <size_t kFields>
bool HasExactFields(std::string_view line, const LineField (&fields)[kFields]) {
  if (!line.starts_with('{')) return false;
  line.remove_prefix(1);
  for (size_t i = 0; i < kFields; ++i) {
    const std::string key = "\"" + std::string(fields[i].name) + "\":";
    if (!line.starts_with(key)) return false;
    line.remove_prefix(key.size());
    line = fields[i].is_string ? BehindJsonString(line)
                               : line.substr(std::min(line.find_first_not_of("0123456789.e-+"), line.size()));
    if (!line.starts_with(i + 1 < kFields ? ',' : '}')) return false;
    line.remove_prefix(1);
  }
  return true;
}

}  // namespace

ForeignFile FindForeignFile(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.size() > signature.offset && head.substr(signature.offset).starts_with(signature.bytes)) {
      return {signature.description, signature.kind};
    }
  }
  if (IsBitmap(head) || IsPortablePicture(head)) return {kPicture, ForeignKind::kNoArticle};
  if (IsOrc(head)) return {"an ORC file; export its articles as JSON Lines or Parquet first", kDocument};
  if (IsWindowsProgram(head)) return {kProgram, ForeignKind::kNoArticle};
  if (IsLatePdf(head)) return {kPdf, kDocument};
  if (const std::string_view zip = DescribeZip(head); !zip.empty()) return {zip, kDocument};
  if (IsMail(head)) return {"a mail; save its text, or the page in it, as a file of its own first", kDocument};
  if (!CompressionOf(head).empty()) return {"compressed over and over; unpack it first", kDocument};
  return {};
}

ForeignFile FindBinaryData(std::string_view head) {
  // One byte in so many. A few NUL bytes, of a broken record or between words against searches, do not make a text
  // binary.
  constexpr size_t kMinNulShare = 20;
  // Random and compressed data have one control character in ten bytes, and nearly half of the bytes are no UTF-8.
  // Texts with control characters against searches are UTF-8; texts in legacy encodings have no control characters.
  constexpr size_t kMinControlShare = 50, kMinBrokenShare = 20;
  constexpr size_t kMinControls = 5;  // fewer may be an accident
  size_t nul = 0, control = 0, broken = 0;
  for (size_t at = 0; at < head.size();) {
    const auto byte = static_cast<unsigned char>(head[at]);
    const size_t size = Utf8Size(head.substr(at));
    nul += byte == 0;
    broken += size == 0;
    // Allowed: tab to carriage return and backspace; end of file (^Z) and escape, as in ISO-2022.
    control += byte < 0x08 || (byte > 0x0d && byte < 0x20 && byte != 0x1a && byte != 0x1b) || byte == 0x7f;
    at += std::max<size_t>(size, 1);
  }
  if (nul >= kMinControls && nul * kMinNulShare >= head.size())
    return {"binary data, not text (it has NUL bytes); give the article's text", ForeignKind::kNoArticle};
  if (control >= kMinControls && control * kMinControlShare >= head.size() && broken * kMinBrokenShare >= head.size())
    return {"binary data, not text; give the article's text", ForeignKind::kNoArticle};
  return {};
}

bool IsOwnReport(std::string_view head) {
  constexpr size_t kMaxPreamble = 2048;  // bytes of a page that name the program
  const std::string_view content = SkipBlank(head);
  if (content.starts_with("<!DOCTYPE html>\n")) {
    const std::string_view preamble = content.substr(0, kMaxPreamble);
    return preamble.find("<meta name=\"generator\" content=\"unspin") != preamble.npos ||
           preamble.find(" – unspin</title>") != preamble.npos;  // as 0.1.0 wrote them
  }
  if (content.starts_with("{\"unspin\":{\"version\":")) return true;
  static constexpr LineField kCluster[] = {
      {"id", true}, {"cluster", false}, {"representative", true}, {"similarity", false}};
  static constexpr LineField kEdge[] = {{"a", true}, {"b", true}, {"similarity", false}};
  return HasExactFields(content, kCluster) || HasExactFields(content, kEdge) ||
         (content.starts_with("{\"reading\":\"") && content.substr(0, 64).find("\",\"stratum\":\"") != content.npos);
}

}  // namespace unspin
