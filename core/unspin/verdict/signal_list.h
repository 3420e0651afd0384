// Every signal of the derivation model in one list: enumerator, measuring function, family, name, sentence.
//
// To add a signal, add a row here, define its measuring function in a source file of verdict/signals/, and fit the
// model (bench/quality/fit_model.cc). A signal without a curve in the model weighs nothing.
#pragma once

// A macro, because an enumerator, a declaration and a row of a table have to be made of one row: none of them can be
// forgotten or be in another order. The families are those of signals.h: reports tell people about a family, not about
// a signal. The name stands in model files. The sentence says what the value *x* is, and docs/method.md repeats it. The
// order is that in which the model adds up.
// clang-format off
#define UNSPIN_SIGNALS(X)                                                                                              \
  X(kShared4, MeasureShared4, kNarration, "shared-4",                                                                  \
    "*x* of the shorter article's runs of four words stand in the other")                                              \
  X(kShared5, MeasureShared5, kNarration, "shared-5",                                                                  \
    "*x* of the shorter article's runs of five words stand in the other")                                              \
  X(kShared5Longer, MeasureShared5Longer, kNarration, "shared-5-longer",                                               \
    "*x* of the longer article's runs of five words stand in the other")                                               \
  X(kRuns5, MeasureRuns5, kNarration, "runs-5",                                                                        \
    "runs of five words shared outside of quotations: log(1 + n) = *x*")                                               \
  X(kLongestRun, MeasureLongestRun, kNarration, "longest-run",                                                         \
    "words of the longest run of narration that both share: log(1 + n) = *x*")                                         \
  X(kNarrationOfShared, MeasureNarrationOfShared, kNarration, "narration-of-shared",                                   \
    "*x* of the words in shared runs are narration")                                                                   \
  X(kRuns3Plain, MeasureRuns3Plain, kNarration, "runs-3-plain",                                                        \
    "shared runs of three words, neither quoted nor names: log(1 + n) = *x*")                                          \
  X(kRunsPerPair, MeasureRunsPerPair, kNarration, "runs-per-pair",                                                     \
    "shared runs of three plain words for each pair of content words that are neighbours in both: log = *x*")          \
  X(kIdfSuspect, MeasureIdfSuspect, kVocabulary, "idf-suspect",                                                        \
    "*x* of the suspect's vocabulary, weighed by rarity, stands in the original")                                      \
  X(kIdfOriginal, MeasureIdfOriginal, kVocabulary, "idf-original",                                                     \
    "*x* of the original's vocabulary, weighed by rarity, stands in the suspect")                                      \
  X(kRunsBeyondVocabulary, MeasureRunsBeyondVocabulary, kNarration, "runs-beyond-vocabulary",                          \
    "runs of four words are shared more than the suspect's vocabulary is, by *x*")                                     \
  X(kRareOriginal, MeasureRareOriginal, kVocabulary, "rare-original",                                                  \
    "*x* of the original's rare words stand in the suspect")                                                           \
  X(kRarePlain, MeasureRarePlain, kVocabulary, "rare-plain",                                                           \
    "*x* of the rare words that are neither names nor numbers are shared")                                             \
  X(kPlainBeyondRare, MeasurePlainBeyondRare, kVocabulary, "plain-beyond-rare",                                        \
    "rare plain words are shared more than rare words are, by *x*")                                                    \
  X(kNames, MeasureNames, kNamesAndNumbers, "names",                                                                   \
    "*x* of the suspect's names, weighed by rarity, stand in the original")                                            \
  X(kNumbers, MeasureNumbers, kNamesAndNumbers, "numbers",                                                             \
    "*x* of the suspect's numbers, weighed by rarity, stand in the original")                                          \
  X(kFactsOfRegion, MeasureFactsOfRegion, kNamesAndNumbers, "facts-of-region",                                         \
    "where the texts are most alike, *x* of the suspect's names and numbers stand in the original")                    \
  X(kQuotations, MeasureQuotations, kQuotations, "quotations",                                                         \
    "*x* of the suspect's quoted wording stands in the original")                                                      \
  X(kOrderLength, MeasureOrderLength, kOrder, "order-length",                                                          \
    "length of the common order of uncommon words above chance: log(1 + n) = *x*")                                     \
  X(kPlainOrder, MeasurePlainOrder, kOrder, "plain-order",                                                             \
    "plain words and their synonyms stand in the same order, *x* above chance")                                        \
  X(kPlainOrderLength, MeasurePlainOrderLength, kOrder, "plain-order-length",                                          \
    "length of that common order above chance: log(1 + n) = *x*")                                                      \
  X(kOrderPerPair, MeasureOrderPerPair, kOrder, "order-per-pair",                                                      \
    "common order of plain words for each pair of content words that are neighbours in both: log = *x*")               \
  X(kSentenceMean, MeasureSentenceMean, kSentences, "sentence-mean",                                                   \
    "the suspect's sentences resemble their best counterpart by *x* on average")                                       \
  X(kSentenceSkew, MeasureSentenceSkew, kSentences, "sentence-skew",                                                   \
    "the mean resemblance of the suspect's sentences exceeds their median by *x*")                                     \
  X(kSentenceOriginal, MeasureSentenceOriginal, kSentences, "sentence-original",                                       \
    "the original's sentences resemble their best counterpart by *x* on average")                                      \
  X(kSentenceOrder, MeasureSentenceOrder, kOrder, "sentence-order",                                                    \
    "*x* of the counterparts follow each other as in the original")                                                    \
  X(kBestRegion, MeasureBestRegion, kSentences, "best-region",                                                         \
    "the region most alike weighs log(1 + w) = *x*")                                                                   \
  X(kCoverageOriginal, MeasureCoverageOriginal, kSentences, "coverage-original",                                       \
    "*x* of the original lies in passages aligned with the suspect")                                                   \
  X(kBestStretch, MeasureBestStretch, kSentences, "best-stretch",                                                      \
    "the aligned stretch in which most was kept weighs log(1 + w) = *x*")                                              \
  X(kStretchPerPair, MeasureStretchPerPair, kSentences, "stretch-per-pair",                                            \
    "weight of that stretch for each pair of content words that are neighbours in both: log = *x*")
// clang-format on
