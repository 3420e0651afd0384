// The character sets that are read, and the labels by which pages declare them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {

struct Charset {
  std::string_view name;            // in lower case, as the Encoding Standard spells it: "windows-1252". Static
  const char* converter = nullptr;  // ICU's name for it
};

inline constexpr Charset kUtf8 = {"utf-8", "UTF-8"};

// The set that browsers read a label as, which may differ from the set of that name: "iso-8859-1" is windows-1252
// (https://encoding.spec.whatwg.org/#names-and-labels). Null where the label is unknown.
const Charset* CharsetOfLabel(std::string_view label);

// The set of this name. REQUIRES: it is in the table.
const Charset& CharsetNamed(std::string_view name);

// `bytes` in UTF-8. What is no character of the set becomes U+FFFD; `broken`, if not null, becomes the number of those.
// Nothing where ICU lacks the set.
std::optional<std::string> ConvertFrom(const Charset& charset, std::string_view bytes, uint32_t* broken = nullptr);

// The first converter of the table that ICU knows by name and whose data it lacks, with ICU's word for the failure;
// empty if there is none. Texts in such a set would be read in another one, and nobody would be told. Sets whose names
// ICU does not know are not missing: this ICU was built without them. Costs a fifth of a millisecond.
std::string MissingConverter();

}  // namespace unspin
