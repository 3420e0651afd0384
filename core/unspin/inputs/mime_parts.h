// MIME messages, as far as saved pages need them: headers, the parts of a multipart body, transfer encodings
// (RFC 2045, 2046, 2557).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/records/header_fields.h"

namespace unspin {

struct MimePart {
  HeaderFields header;
  std::string_view body;  // in its transfer encoding; borrowed
};

// A message, or a part of one: its header up to a blank line, and the rest. Without a header, all is body.
MimePart ReadMimePart(std::string_view message);

// The parts between the lines of this boundary, in their order, those of parts that are multipart themselves included.
// A last part that no boundary ends reaches to the end of the body. At most 100,000 parts, 8 levels deep.
std::vector<MimePart> MimeParts(const MimePart& message);

// A parameter of a header field: "----=_Part" of `multipart/related; boundary="----=_Part"`. `name` is in lower case.
// Empty if there is none.
std::string MimeParameter(std::string_view field, std::string_view name);

// The value without its parameters, in lower case: "text/html".
std::string MimeType(std::string_view content_type);

// The bytes of a part's body: base64 and quoted-printable are decoded. Nothing if the base64 is damaged, or the
// encoding is unknown.
std::optional<std::string> DecodeMimeBody(const MimePart& part);

// Soft line ends are joined, "=E9" becomes a byte; "=" before anything else stays.
std::string DecodeQuotedPrintable(std::string_view text);

}  // namespace unspin
