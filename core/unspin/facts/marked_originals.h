// Which marks of a page a report lists, and which of its findings' originals each of them names.
#pragma once

#include "unspin/article/article.h"
#include "unspin/report/report.h"

namespace unspin {

// Fills the marks of the report's suspect from those of the article. A mark names an original by its address, or, where
// it is the name of somebody, by the name of the original's site; the strongest of several that it fits. Links are
// listed only where they name an original, and an address that somebody else recorded for the suspect itself is no
// mark.
void ListMarks(const Article& suspect, Report& report);

}  // namespace unspin
