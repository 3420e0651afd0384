// An article ↔ JSON, so that nothing is lost: for originals in a basis, and for a record whose file is too large to be
// kept.
#pragma once

#include <string>
#include <string_view>

#include <simdjson.h>

#include "absl/status/statusor.h"
#include "render/json_writer.h"
#include "unspin/article/article.h"

namespace unspin::evidence {

// One line of JSON; equal articles give equal bytes.
std::string RenderRecord(const Article& article);
// What RenderRecord wrote. Hostile bytes give an error, never more memory than some times their size.
absl::StatusOr<Article> ParseRecord(std::string_view json);

// The fields of an article, in an object that the caller opens and closes. A string that is no UTF-8 is written in
// hexadecimal, under its name with "_hex".
void WriteRecordFields(const Article& article, bool with_text, JsonWriter& json);
absl::StatusOr<Article> ReadRecordFields(simdjson::dom::element object);

// The field of an object by its name, as WriteRecordFields writes strings; empty where there is none.
void WriteBytes(std::string_view name, std::string_view bytes, JsonWriter& json);
absl::StatusOr<std::string> ReadBytes(simdjson::dom::element object, std::string_view name);

}  // namespace unspin::evidence
