// The character references of XML that people write: those of HTML besides XML's own, and signs that begin none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {

// Appends XML to `out` so that a parser without any entities but the five of XML reads it: references of HTML become
// their characters, an "&" that begins none is written "&amp;", and control characters, which XML does not allow,
// become spaces. Comments and CDATA sections stay. Returns the name of an entity that is unknown, if there is one.
// `xml` is UTF-8. Linear.
std::optional<std::string> AppendWithPlainReferences(std::string_view xml, std::string& out);

// Where in `xml` the byte was that AppendWithPlainReferences wrote at `offset`, about.
size_t OffsetBeforePlainReferences(std::string_view xml, size_t offset);

}  // namespace unspin
