// An article's site, address and byline → the names by which another article may call its source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unspin/align/analyzed_article.h"

namespace unspin {

struct Language;

// Letters and digits of a name in small letters without blanks, as domains write it: "washingtonpost".
struct OutletName {
  std::string letters;
  bool initials = false;      // words may be shortened to their first letters: "nytimes", "wsj"
  bool all_capitals = false;  // one word in capitals: "AP"
};

struct OutletNames {
  std::string domain;  // "washingtonpost.com"; empty if the article has no address
  std::vector<OutletName> names;
};

// The domain of an address, or of a site that is written as one, without "www" and the like. "edition.cnn.com" and
// "www.cnn.com" are "cnn.com". Empty if it is no domain.
std::string DomainOf(std::string_view address);

// `text` is what `article` was made of. Bylines, datelines and notices name authors and agencies.
OutletNames NamesOfOutlet(std::string_view site, std::string_view url, std::string_view text,
                          const AnalyzedArticle& article, const Language& language);

// The tokens that spell the name, from `token` on; empty if they do not.
TokenSpan MatchName(const OutletName& name, std::string_view text, const AnalyzedArticle& article, uint32_t token,
                    const Language& language);

}  // namespace unspin
