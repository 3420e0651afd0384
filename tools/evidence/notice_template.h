// The words of a notice as a file that a lawyer can read and change, and how values are put into it.
//
// A file of tools/evidence/forms has sections: a line such as `[notice]`, in lower-case letters, begins one. Lines that
// begin with `#` and a blank are remarks for who edits the file. In a section
//   {name}       is the value of the field `name`; where the report has none, the text `missing.name` of the words
//   {name:120}   the same, in 120 characters at most
//   @if name     … @end   is there where the field has a value, @unless name … @end where it has none
//   @each name   … @end   is repeated for every entry of the list `name`
//   @include name         is the section `name` of the file of words that all forms of a language share
// Values are inserted once: nothing in a title or an address is read as a part of the template.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin::evidence {

// By name. An empty value: the report does not know it.
using FieldValues = std::map<std::string, std::string, std::less<>>;

struct NoticeFields {
  FieldValues values;
  std::map<std::string, std::vector<FieldValues>, std::less<>> lists;
};

// Sections by name, each with its line feeds.
using TemplateSections = std::map<std::string, std::string, std::less<>>;
TemplateSections SectionsOf(std::string_view file);

// The lines `name = text` of a section.
FieldValues WordsOf(std::string_view section);

// Draws the section `name` of `sections`; `shared` has the sections for @include, and the words. Fails where the
// template names a field or a section that does not exist, or an @end is missing or too many: a mistake in the file.
absl::StatusOr<std::string> DrawSection(const TemplateSections& sections, std::string_view name,
                                        const TemplateSections& shared, const FieldValues& words,
                                        const NoticeFields& fields);

// At most `limit` characters; a longer text is cut between words and ends with "…".
std::string Shortened(std::string_view text, size_t limit);

}  // namespace unspin::evidence
