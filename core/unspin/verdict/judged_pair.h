// A judged pair as it is seen by the rules that compare the findings about one suspect.
#pragma once

#include "unspin/align/analyzed_article.h"
#include "unspin/report/report.h"
#include "unspin/verdict/pair_alignment.h"

namespace unspin {

// A view: what it points to outlives it. REQUIRES: Judge has filled the finding, and its original's id and sha256 are
// set.
struct JudgedPair {
  Finding* finding = nullptr;
  const PairAlignment* alignment = nullptr;
  const AnalyzedArticle* original = nullptr;
};

}  // namespace unspin
