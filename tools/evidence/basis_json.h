// The basis of a check ↔ JSON, for evidence packs and for services that keep it beside a report.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/engine/check_basis.h"

namespace unspin::evidence {

// One line of JSON; equal arguments give equal bytes. Without texts each article has the SHA-256 of its text only.
// `words`: what standing runs say (Engine::WordsOfStandingRuns), for people; nobody reads it back.
std::string RenderBasis(const CheckBasis& basis, bool with_texts, const WordsOfRuns& words = {});

// What RenderBasis wrote. Hostile bytes give an error, never more memory than some times their size. Texts that were
// left out are empty: SetText fills them in. Fails where there are more than `max_originals`.
absl::StatusOr<CheckBasis> ParseBasis(std::string_view json, size_t max_originals = std::numeric_limits<size_t>::max());

// Sets the text of an article whose text was left out. Fails where the text is another one, by its SHA-256.
absl::Status SetText(std::string text, StoredArticle& stored);

}  // namespace unspin::evidence
