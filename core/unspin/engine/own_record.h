// Whether an article of the archive is the suspect's own record, which proves nothing about the suspect.
#pragma once

#include "unspin/ingest/article.h"
#include "unspin/sketch/sketch.h"
#include "unspin/store/article_codec.h"

namespace unspin {

// The same page (an equal address that names more than a host), the same text on the same site, or the same id with the
// same text. An id alone is not enough: collections number their articles alike, and a copy of article 17 may be
// suspect
// 17. So with another text the id counts only on the same site and where the texts are alike. Nor does an id count that
// standard input gave, or two different sites share. `sha256` and `sketch` are the suspect's.
bool IsOwnRecord(const Article& suspect, std::string_view sha256, const Sketch& sketch, const StoredArticle& stored,
                 const Sketch& stored_sketch);

}  // namespace unspin
