// The findings about one suspect → what the report says as a whole.
#pragma once

#include <span>

#include "unspin/align/analyzed_article.h"
#include "unspin/report/report.h"
#include "unspin/verdict/judged_pair.h"
#include "unspin/verdict/model.h"

namespace unspin {

// Of one pair that was compared on demand.
Summary SummarizePair(const Finding& finding);

// Of a suspect whose report lists findings, strongest first. The summary speaks for the strongest one; its coverage is
// the union over all derivations. REQUIRES: at least one finding.
Summary SummarizeListed(const AnalyzedArticle& suspect, std::span<const JudgedPair> listed);

// Of a suspect whose report lists nothing: how close the closest article came. `judged`: all pairs, strongest first.
// `prior`: the probability of derivation before the evidence.
Summary SummarizeUnlisted(const AnalyzedArticle& suspect, std::span<const JudgedPair> judged,
                          const DerivationModel& model, double prior);

}  // namespace unspin
