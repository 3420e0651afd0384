// Whether an article of the archive is the suspect's own record, which proves nothing about the suspect.
#pragma once

#include <string_view>

#include "unspin/ingest/article.h"
#include "unspin/sketch/sketch.h"
#include "unspin/store/article_codec.h"

namespace unspin {

// It is where both have the same address, one that names more than a host; or the same text on the same site; or the
// same id and the same text.
//
// An id alone is not enough: collections number their articles alike, and suspect 17 may be a copy of article 17. With
// another text an id counts only on the same site and where the texts are alike; on two different sites, or given by
// standard input, it does not count. Nor do the address and the site that a page of HTML states about itself: a copied
// page states those of the original. `sha256` and `sketch` are the suspect's.
bool IsOwnRecord(const Article& suspect, std::string_view sha256, const Sketch& sketch, const StoredArticle& stored,
                 const Sketch& stored_sketch);

}  // namespace unspin
