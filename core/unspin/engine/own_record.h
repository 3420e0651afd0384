// Whether an article of the archive is the suspect's own record, which proves nothing about the suspect.
#pragma once

#include <functional>
#include <string_view>

#include "unspin/article/article.h"
#include "unspin/store/article_codec.h"

namespace unspin {

// It is where both have the same address, one that names more than a host; or the same text on the same site; or the
// same id and the same text; or the same text in one file, under whatever spelling of its path.
//
// An id alone is not enough: collections number their articles alike, and suspect 17 may be a copy of article 17. With
// another text an id counts only on the same site and where the texts are alike; on two different sites, or given by
// standard input, it does not count. Nor do the address and the site that a page of HTML states about itself: a copied
// page states those of the original. `sha256` is of the suspect's text; `similarity` tells how alike the two texts are,
// `same_file` whether both were read from one file.
bool IsOwnRecord(const Article& suspect, std::string_view sha256, const StoredArticle& stored,
                 const std::function<double()>& similarity, const std::function<bool()>& same_file);

// Whether both are one file on this machine's disks, under two spellings of its path.
bool IsSameFile(const Article& suspect, const Article& original);

}  // namespace unspin
