// The basis of a check ↔ JSON, for evidence packs and for services that keep it beside a report.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "unspin/article/article.h"
#include "unspin/engine/check_basis.h"

namespace unspin::evidence {

// One line of JSON; equal bases give equal bytes. Without texts each article has the SHA-256 and the size of its text
// only, and its offset steps stay. `suspect`: unless null, each standing run has its words, for people; nobody reads
// them back.
std::string RenderBasis(const CheckBasis& basis, bool with_texts, const Article* suspect = nullptr);

// What RenderBasis wrote, byte for byte the same if written again. Hostile bytes give an error, never more memory than
// some times their size. Texts that were left out are empty: SetText fills them in.
absl::StatusOr<CheckBasis> ParseBasis(std::string_view json);

// Sets the text of an article whose text was left out. Fails where the text is another one, by its SHA-256.
absl::Status SetText(std::string text, StoredArticle& stored);

// An article with all that reports say about it, on one line of JSON: a record whose file is too large to be kept.
std::string RenderRecord(const Article& article);
absl::StatusOr<Article> ParseRecord(std::string_view json);

}  // namespace unspin::evidence
