// Bytes in any character set → UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "unspin/article/article.h"
#include "unspin/charset/charset_table.h"

namespace unspin {

struct DecodedBytes {
  std::string text;          // valid UTF-8. A byte order mark of UTF-8 stays
  std::string_view charset;  // of the bytes: "windows-1252". Static
  bool guessed = false;      // nothing declares the set
  uint32_t broken = 0;       // how often bytes that are no character became U+FFFD
};

// A web page. The character set is, in this order: that of the byte order mark; UTF-8, if the page has non-ASCII
// characters and is valid UTF-8 but for a few bytes, whatever it declares (pages are often saved as UTF-8 with their
// old declaration); the declared one, if a text comes of it: `declared`, which came with the page (null: none did),
// then the page's own; a guess; UTF-8 with whatever is broken in it.
DecodedBytes DecodePage(std::string bytes, const Charset* declared = nullptr);

// Plain text or a JSON record, which declare nothing. `likely`, if not null, is the set of the bytes around. Where
// the set cannot be told, a few broken characters are left out of UTF-8; nothing where there are many.
std::optional<DecodedBytes> DecodeText(std::string bytes, const Charset* likely = nullptr);

// The set of a file's first bytes where they are certainly no UTF-8; null: they are, or the set cannot be told.
const Charset* LegacyCharset(std::string_view head);

// Notes in `article`, whose text was taken from them, how the bytes were decoded. A guess that did not matter to the
// text is no alert.
void NoteDecoding(const DecodedBytes& decoded, Article& article);

bool IsValidUtf8(std::string_view bytes);

inline constexpr std::string_view kUnknownCharset =
    "its characters are of no set that can be told; save the file as UTF-8";

}  // namespace unspin
