// Every signal of the derivation model in one list: enumerator, measuring function, name, sentence.
//
// To add a signal, add a row here, define its measuring function in a source file of verdict/signals/, and fit the
// model (bench/quality/fit_model.cc). A signal without a curve in the model weighs nothing.
#pragma once

// A macro, because an enumerator, a declaration and a row of a table have to be made of one row: none of them can be
// forgotten or be in another order. The name stands in model files and reports. The sentence is for people; %.2f is the
// value. The order decides ties in the list of reasons, and the order in which the model adds up.
// clang-format off
#define UNSPIN_SIGNALS(X)                                                                                              \
  X(kShared4, MeasureShared4, "shared-4",                                                                              \
    "%.2f of the shorter article's runs of four words stand in the other")                                             \
  X(kShared5, MeasureShared5, "shared-5",                                                                              \
    "%.2f of the shorter article's runs of five words stand in the other")                                             \
  X(kShared5Longer, MeasureShared5Longer, "shared-5-longer",                                                           \
    "%.2f of the longer article's runs of five words stand in the other")                                              \
  X(kRuns5, MeasureRuns5, "runs-5",                                                                                    \
    "runs of five words shared outside of quotations: log(1 + n) = %.2f")                                              \
  X(kLongestRun, MeasureLongestRun, "longest-run",                                                                      \
    "words of the longest run of narration that both share: log(1 + n) = %.2f")                                        \
  X(kNarrationOfShared, MeasureNarrationOfShared, "narration-of-shared",                                                \
    "%.2f of the words in shared runs are narration")                                                                  \
  X(kRuns3Plain, MeasureRuns3Plain, "runs-3-plain",                                                                    \
    "shared runs of three words, neither quoted nor names: log(1 + n) = %.2f")                                         \
  X(kRunsPerPair, MeasureRunsPerPair, "runs-per-pair",                                                                 \
    "shared runs of three plain words for each pair of content words that are neighbours in both: log = %.2f")         \
  X(kIdfSuspect, MeasureIdfSuspect, "idf-suspect",                                                                     \
    "%.2f of the suspect's vocabulary, weighed by rarity, stands in the original")                                     \
  X(kIdfOriginal, MeasureIdfOriginal, "idf-original",                                                                  \
    "%.2f of the original's vocabulary, weighed by rarity, stands in the suspect")                                     \
  X(kRunsBeyondVocabulary, MeasureRunsBeyondVocabulary, "runs-beyond-vocabulary",                                      \
    "runs of four words are shared more than the suspect's vocabulary is, by %.2f")                                    \
  X(kRareOriginal, MeasureRareOriginal, "rare-original",                                                               \
    "%.2f of the original's rare words stand in the suspect")                                                          \
  X(kRarePlain, MeasureRarePlain, "rare-plain",                                                                        \
    "%.2f of the rare words that are neither names nor numbers are shared")                                            \
  X(kPlainBeyondRare, MeasurePlainBeyondRare, "plain-beyond-rare",                                                     \
    "rare plain words are shared more than rare words are, by %.2f")                                                   \
  X(kNames, MeasureNames, "names",                                                                                     \
    "%.2f of the suspect's names, weighed by rarity, stand in the original")                                           \
  X(kNumbers, MeasureNumbers, "numbers",                                                                               \
    "%.2f of the suspect's numbers, weighed by rarity, stand in the original")                                         \
  X(kFactsOfRegion, MeasureFactsOfRegion, "facts-of-region",                                                           \
    "where the texts are most alike, %.2f of the suspect's names and numbers stand in the original")                   \
  X(kQuotations, MeasureQuotations, "quotations",                                                                      \
    "%.2f of the suspect's quoted wording stands in the original")                                                     \
  X(kOrderLength, MeasureOrderLength, "order-length",                                                                  \
    "length of the common order of uncommon words above chance: log(1 + n) = %.2f")                                    \
  X(kPlainOrder, MeasurePlainOrder, "plain-order",                                                                     \
    "plain words and their synonyms stand in the same order, %.2f above chance")                                       \
  X(kPlainOrderLength, MeasurePlainOrderLength, "plain-order-length",                                                  \
    "length of that common order above chance: log(1 + n) = %.2f")                                                     \
  X(kOrderPerPair, MeasureOrderPerPair, "order-per-pair",                                                              \
    "common order of plain words for each pair of content words that are neighbours in both: log = %.2f")              \
  X(kSentenceMean, MeasureSentenceMean, "sentence-mean",                                                               \
    "the suspect's sentences resemble their best counterpart by %.2f on average")                                      \
  X(kSentenceSkew, MeasureSentenceSkew, "sentence-skew",                                                               \
    "the mean resemblance of the suspect's sentences exceeds their median by %.2f")                                    \
  X(kSentenceOriginal, MeasureSentenceOriginal, "sentence-original",                                                   \
    "the original's sentences resemble their best counterpart by %.2f on average")                                     \
  X(kSentenceOrder, MeasureSentenceOrder, "sentence-order",                                                            \
    "%.2f of the counterparts follow each other as in the original")                                                   \
  X(kBestRegion, MeasureBestRegion, "best-region",                                                                     \
    "the region most alike weighs log(1 + w) = %.2f")                                                                  \
  X(kCoverageOriginal, MeasureCoverageOriginal, "coverage-original",                                                   \
    "%.2f of the original lies in passages aligned with the suspect")                                                  \
  X(kBestStretch, MeasureBestStretch, "best-stretch",                                                                  \
    "the aligned stretch in which most was kept weighs log(1 + w) = %.2f")                                             \
  X(kStretchPerPair, MeasureStretchPerPair, "stretch-per-pair",                                                        \
    "weight of that stretch for each pair of content words that are neighbours in both: log = %.2f")
// clang-format on
