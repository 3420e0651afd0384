#include "unspin/ingest/foreign_files.h"

#include <cstddef>

namespace unspin {
namespace {

using namespace std::string_view_literals;

struct Signature {
  size_t offset;  // in the file
  std::string_view bytes;
  std::string_view description;
};

// No article begins like this.
constexpr Signature kSignatures[] = {
    {0, "%PDF-"sv, "a PDF document; convert it to text first (pdftotext)"},
    {0, "\x89PNG\r\n\x1a\n"sv, "a PNG picture; give the article's text"},
    {0, "\xff\xd8\xff"sv, "a JPEG picture; give the article's text"},
    {0, "GIF87a"sv, "a GIF picture; give the article's text"},
    {0, "GIF89a"sv, "a GIF picture; give the article's text"},
    {0, "PK\x03\x04"sv, "a ZIP archive or an office document; unpack it or save it as text first"},
    {0, "PK\x05\x06"sv, "an empty ZIP archive; give the article's text"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an old office document; save it as text first"},
    {0, "{\\rtf"sv, "an RTF document; save it as text first"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive; unpack it first"},
    {0, "Rar!\x1a\x07"sv, "a RAR archive; unpack it first"},
    {257, "ustar"sv, "a tar archive; unpack it first"},
    {0,
     "\x7f"
     "ELF"sv,
     "a program; give the article's text"},
    {0, "SQLite format 3\0"sv, "an SQLite database; export its articles as JSON Lines first"},
    {0, "\xca\xfe\xba\xbe"sv, "a program; give the article's text"},
    {0, "OggS\0"sv, "a sound or video file; give the article's text"},
    {0, "ID3\x03"sv, "a sound file; give the article's text"},
    {0, "ID3\x04"sv, "a sound file; give the article's text"},
    {4, "ftyp"sv, "a video file; give the article's text"},
    {8, "WEBPVP8"sv, "a WebP picture; give the article's text"},
    {0, "\x1f\x9d"sv, "compressed in an old way (compress); unpack it first"},
    {0, "\x04\x22\x4d\x18"sv, "compressed with lz4; unpack it first (lz4 -d)"},
};

}  // namespace

std::string_view DescribeForeignFile(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.size() > signature.offset && head.substr(signature.offset).starts_with(signature.bytes)) {
      return signature.description;
    }
  }
  return "";
}

}  // namespace unspin
