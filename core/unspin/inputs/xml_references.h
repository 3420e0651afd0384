// The character references of XML that people write: those of HTML besides XML's own, and signs that begin none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace unspin {

// Appends XML to `out` so that a parser without any entities but the five of XML reads it: references of HTML become
// their characters, an "&" that begins none is written "&amp;", and control characters, which XML does not allow,
// become spaces. Comments and CDATA sections stay. Returns the name of an entity that is unknown, if there is one.
// `xml` is UTF-8. Linear.
std::optional<std::string> AppendWithPlainReferences(std::string_view xml, std::string& out);

}  // namespace unspin
