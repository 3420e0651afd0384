// What a row of a table or an item of an iterable gives of an article, by the names that the caller gives.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "unspin/records/reader_options.h"

namespace unspin::python {

enum RowField : size_t { kId, kText, kTitle, kUrl, kSite, kPublished, kFetched, kPath, kRecord, kRowFields };

// Their usual names, which are those of the arguments too.
inline constexpr std::array<const char*, kRowFields> kUsualNames = {"id",        "text",    "title", "url",   "site",
                                                                    "published", "fetched", "path",  "record"};

struct RowNames {
  // Columns or keys; nothing: the field is left out. REQUIRES: the text has a name.
  std::array<std::optional<std::string>, kRowFields> of;
  TextIs text_is = TextIs::kFoundByItself;

  // Whether a caller gave this name, so that a table without it is a mistake of his.
  bool IsGiven(size_t field) const { return of[field] && *of[field] != kUsualNames[field]; }
};

// The values of a row. Borrows.
struct RowValues {
  std::array<std::optional<std::string_view>, kRowFields> of;
  std::string_view problem;    // not empty: why the row is no article
  bool has_bare_text = false;  // the text came without a field's name
};

}  // namespace unspin::python
