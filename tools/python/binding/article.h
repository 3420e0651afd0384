// unspin.Article: an article in memory, as a caller gives it or as it was read from a page.
#pragma once

#include <memory>

#include "unspin/article/article.h"

namespace unspin::python {

struct HeldArticle {
  std::shared_ptr<const Article> article;
  // The text was read from a page or a file, so that its steps lead to the record; a given text is still to be cleaned.
  bool is_read = false;
};

}  // namespace unspin::python
