#include "unspin/align/passage_ends.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <compare>
#include <span>
#include <utility>

#include "unspin/align/overlap_counter.h"
#include "unspin/base/bucket_sort.h"
#include "unspin/base/hash.h"

namespace unspin {

const std::array<std::string_view, kSentenceSignalCount> kSentenceSignalNames = {
    "of-original",   "near-12",       "near-40",     "paired",          "found",           "inside",
    "adjacent",      "words",         "near-weight", "inward",          "outward",         "inward-12",
    "outward-12",    "further-out",   "further-in",  "passage-near-40", "passage-near-12", "passage-adjacent",
    "other-near-40", "passage-words", "other-words", "distance",        "depth",           "passage-sentences",
    "similarity",    "plain",         "seeded",      "spread"};

namespace {

constexpr uint32_t kAround = 8;         // sentences on either end of a passage that may belong to it
constexpr double kFarthest = 80;        // words between a partner and where it is expected
constexpr uint32_t kMaxPartners = 80;   // nearest ones considered for a word: bounds texts of one word
constexpr uint32_t kLookBack = 4800;    // rare words that a step of the line may skip
constexpr double kHeaviest = 8;         // idf that a word counts for, at most
constexpr double kLightest = 0.3;       // what even the commonest word counts for
constexpr double kInsideCounts = 2;     // a rare word inside the passage draws the line so much more
constexpr double kBend = 0.06;          // cost of a word by which a step of the line leaves the diagonal
constexpr double kDearestBend = 4;      // at most
constexpr uint32_t kVerbatimRun = 6;    // words that run alike by copying, not by chance
constexpr double kVerbatimShare = 0.7;  // of a side inside such runs: the passage is a copy
constexpr uint32_t kUnpaired = 0xffffffffu;
constexpr double kNoSentence = -0.1;

struct SentenceRange {
  uint32_t begin, end;
};

SentenceRange SentencesOf(const AnalyzedArticle& article, TokenSpan words) {
  const auto& sentences = article.text.sentences;
  const auto begin = std::partition_point(sentences.begin(), sentences.end(),
                                          [&](TokenSpan sentence) { return sentence.end <= words.begin; });
  const auto end =
      std::partition_point(begin, sentences.end(), [&](TokenSpan sentence) { return sentence.begin < words.end; });
  return {static_cast<uint32_t>(begin - sentences.begin()), static_cast<uint32_t>(end - sentences.begin())};
}

SentenceRange Widened(const AnalyzedArticle& article, SentenceRange range) {
  return {range.begin - std::min(range.begin, kAround),
          std::min(range.end + kAround, static_cast<uint32_t>(article.text.sentences.size()))};
}

TokenSpan WordsOf(const AnalyzedArticle& article, SentenceRange range) {
  return {article.text.sentences[range.begin].begin, article.text.sentences[range.end - 1].end};
}

double WeightOf(const AnalyzedArticle& article, uint32_t token) {
  return kLightest + std::min(kHeaviest, static_cast<double>(article.stem_idf[article.stem_ids[token]]));
}

// The words of one side around a passage, and their partners.
struct Side {
  const AnalyzedArticle& article;
  TokenSpan passage;        // without what stands around it
  SentenceRange sentences;  // of the passage
  SentenceRange around;
  TokenSpan words;                 // of `around`
  std::vector<uint32_t> partners;  // one per word: a token of the other side, or kUnpaired
  std::vector<double> distances;   // of the partner from where it is expected
  std::vector<uint8_t> found;      // stands anywhere in the other side of the passage

  Side(const AnalyzedArticle& article, TokenSpan passage)
      : article(article),
        passage(passage),
        sentences(SentencesOf(article, passage)),
        around(Widened(article, sentences)),
        words(WordsOf(article, around)),
        partners(words.size(), kUnpaired),
        distances(words.size(), 0),
        found(words.size(), false) {}

  bool InPassage(uint32_t token) const { return token - passage.begin < passage.size(); }
};

// The line on which a passage's rare words lie: a token of the suspect → where its partner is expected.
class Line {
 public:
  Line(std::vector<std::pair<uint32_t, uint32_t>> points, const Side& suspect, const Side& original) {
    std::sort(points.begin(), points.end());
    // The heaviest ascending chain that bends little.
    const size_t n = points.size();
    std::vector<double> best(n), most(n);  // of the chains that end here, and of those that end here or before
    std::vector<size_t> previous(n);
    size_t last = 0;
    for (size_t i = 0; i < n; ++i) {
      const auto [x, y] = points[i];
      const double weight =
          WeightOf(original.article, y) * (suspect.InPassage(x) && original.InPassage(y) ? kInsideCounts : 1);
      best[i] = weight;
      previous[i] = i;
      for (size_t j = i; j-- > i - std::min<size_t>(i, kLookBack);) {
        if (most[j] + weight <= best[i]) break;  // however straight
        if (points[j].second >= y) continue;
        const double bend =
            std::abs((static_cast<double>(x) - points[j].first) - (static_cast<double>(y) - points[j].second));
        const double sum = best[j] + weight - std::min(kDearestBend, kBend * bend);
        if (sum > best[i]) {
          best[i] = sum;
          previous[i] = j;
        }
      }
      if (best[i] > best[last]) last = i;
      most[i] = best[last];
    }
    if (n == 0) {
      points_.emplace_back((suspect.passage.begin + suspect.passage.end) / 2.0,
                           (original.passage.begin + original.passage.end) / 2.0);
      return;
    }
    for (size_t at = last;; at = previous[at]) {
      points_.emplace_back(points[at].first, points[at].second);
      if (previous[at] == at) break;
    }
    std::reverse(points_.begin(), points_.end());
  }

  // Where the partners of these tokens are expected, one after the other.
  std::vector<double> Expected(TokenSpan tokens) const {
    std::vector<double> expected;
    expected.reserve(tokens.size());
    auto right = points_.begin();  // the first point behind the token
    for (uint32_t token = tokens.begin; token < tokens.end; ++token) {
      const double x = token;
      while (right != points_.end() && right->first <= x) ++right;
      expected.push_back(ExpectedAt(x, right));
    }
    return expected;
  }

 private:
  using Point = std::pair<double, double>;

  double ExpectedAt(double x, std::vector<Point>::const_iterator right) const {
    if (x <= points_.front().first) return points_.front().second - (points_.front().first - x);
    if (x >= points_.back().first) return points_.back().second + (x - points_.back().first);
    const auto [x1, y1] = *right;
    const auto [x0, y0] = *(right - 1);
    return y0 + (x - x0) * (y1 - y0) / (x1 - x0);
  }

  std::vector<Point> points_;
};

// Tokens of one side, grouped by stem of the original's numbering and ascending in each group.
class TokensByStem {
 public:
  // `joined`: of the side's stems in the original, where it is not the original.
  TokensByStem(const Side& side, const std::vector<uint32_t>* joined, size_t stems) : begins_(stems + 2, 0) {
    const auto each = [&](const auto& visit) {
      for (uint32_t token = side.words.begin; token < side.words.end; ++token) {
        const uint32_t stem = side.article.stem_ids[token], same = joined != nullptr ? (*joined)[stem] : stem;
        if (same != kNoStem) visit(same, token);
      }
    };
    each([&](uint32_t stem, uint32_t) { ++begins_[stem + 2]; });
    for (size_t stem = 2; stem < begins_.size(); ++stem) begins_[stem] += begins_[stem - 1];
    tokens_.resize(begins_.back());
    // While they are laid, a group's begin is kept one place too far and moves to the group's end.
    each([&](uint32_t stem, uint32_t token) { tokens_[begins_[stem + 1]++] = token; });
  }

  std::span<const uint32_t> Of(size_t stem) const {
    return {tokens_.data() + begins_[stem], tokens_.data() + begins_[stem + 1]};
  }

 private:
  std::vector<uint32_t> begins_, tokens_;
};

// Where stems of both sides stand, one shared stem after the other.
class SharedStems {
 public:
  SharedStems(const Side& original, const Side& suspect, const std::vector<uint32_t>& to_original)
      : in_original_(original, nullptr, original.article.stems.size()),
        in_suspect_(suspect, &to_original, original.article.stems.size()),
        stem_ids_(original.article.stems.size()) {
    // Each stem is written, and stays where it is shared: which ones are is as good as chance.
    size_t shared = 0;
    for (size_t stem = 0; stem < stem_ids_.size(); ++stem) {
      stem_ids_[shared] = static_cast<uint32_t>(stem);
      shared += !in_suspect_.Of(stem).empty() & !in_original_.Of(stem).empty();
    }
    stem_ids_.resize(shared);
  }

  // visit(tokens of the suspect, tokens of the original)
  template <typename Visit>
  void Each(const Visit& visit) const {
    for (const uint32_t stem : stem_ids_) visit(in_suspect_.Of(stem), in_original_.Of(stem));
  }

 private:
  TokensByStem in_original_, in_suspect_;
  std::vector<uint32_t> stem_ids_;
};

// Notes which words stand anywhere in the other side of the passage; returns those that stand once on each side.
std::vector<std::pair<uint32_t, uint32_t>> FindWords(const SharedStems& shared, Side& original, Side& suspect) {
  const auto mark = [](std::span<const uint32_t> tokens, Side& side, std::span<const uint32_t> others,
                       const Side& other) {
    const bool has = std::any_of(others.begin(), others.end(), [&](uint32_t token) { return other.InPassage(token); });
    for (const uint32_t token : tokens) side.found[token - side.words.begin] = has;
  };
  std::vector<std::pair<uint32_t, uint32_t>> rare;
  shared.Each([&](std::span<const uint32_t> in_suspect, std::span<const uint32_t> in_original) {
    if (in_suspect.size() == 1 && in_original.size() == 1) rare.emplace_back(in_suspect[0], in_original[0]);
    mark(in_suspect, suspect, in_original, original);
    mark(in_original, original, in_suspect, suspect);
  });
  return rare;
}

// Two words that may be partners; nearer ones come first.
struct Offer {
  double distance;
  uint32_t suspect, original;
  friend auto operator<=>(const Offer&, const Offer&) = default;
};

// Those between the places of one stem, nearest first. `expected`: of each of the suspect's.
void FindOffers(std::span<const uint32_t> in_suspect, std::span<const uint32_t> in_original, const double* expected,
                uint32_t first, std::vector<Offer>& offers) {
  offers.clear();
  size_t behind = 0;  // the first at or behind the place, which is never much before that of the token before
  for (const uint32_t token : in_suspect) {
    const double place = expected[token - first];
    while (behind < in_original.size() && in_original[behind] < place) ++behind;
    while (behind > 0 && in_original[behind - 1] >= place) --behind;
    // The nearest ones: from there outwards to both sides.
    size_t above = behind, below = behind;
    for (uint32_t count = 0; count < kMaxPartners && (below > 0 || above < in_original.size()); ++count) {
      const double down = below > 0 ? place - in_original[below - 1] : HUGE_VAL;
      const double up = above < in_original.size() ? in_original[above] - place : HUGE_VAL;
      if (std::min(down, up) > kFarthest) break;
      offers.push_back({std::min(down, up), token, in_original[down < up ? --below : above++]});
    }
  }
  BucketSort(offers, [](const Offer& offer, unsigned bits) {
    return static_cast<size_t>(offer.distance * (static_cast<double>(size_t{1} << bits) / (kFarthest + 1)));
  });
}

// Words of different stems do not vie for partners.
void PairWords(Side& original, Side& suspect, const std::vector<uint32_t>& to_original) {
  const SharedStems shared(original, suspect, to_original);
  const Line line(FindWords(shared, original, suspect), suspect, original);
  const std::vector<double> expected = line.Expected(suspect.words);
  std::vector<Offer> offers;
  shared.Each([&](std::span<const uint32_t> with_key, std::span<const uint32_t> original_with_key) {
    FindOffers(with_key, original_with_key, expected.data(), suspect.words.begin, offers);
    for (const Offer& offer : offers) {
      const uint32_t in_suspect = offer.suspect - suspect.words.begin,
                     in_original = offer.original - original.words.begin;
      if (suspect.partners[in_suspect] != kUnpaired || original.partners[in_original] != kUnpaired) continue;
      suspect.partners[in_suspect] = offer.original;
      original.partners[in_original] = offer.suspect;
      suspect.distances[in_suspect] = original.distances[in_original] = offer.distance;
    }
  });
}

struct Weights {
  double all = 0, near12 = 0, near40 = 0, paired = 0, found = 0, inside = 0;
  double adjacent = 0, plain = 0, plain_near = 0;  // words
  uint32_t words = 0;

  void operator+=(const Weights& other) {
    all += other.all;
    near12 += other.near12;
    near40 += other.near40;
    adjacent += other.adjacent;
    words += other.words;
  }
};

// REQUIRES: the word has a partner. That of an unpaired neighbour is far away, and so is none.
bool HasAdjacentPartner(const Side& side, uint32_t at) {
  const uint64_t partner = side.partners[at], before = at > 0 ? side.partners[at - 1] : kUnpaired,
                 after = at + 1 < side.partners.size() ? side.partners[at + 1] : kUnpaired;
  return (before - partner + 2 <= 4) | (after - partner + 2 <= 4);
}

Weights WeighSentence(const Side& side, const Side& other, TokenSpan sentence) {
  Weights out;
  for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
    const uint32_t at = token - side.words.begin;
    const double weight = WeightOf(side.article, token);
    const bool paired = side.partners[at] != kUnpaired, near = paired & (side.distances[at] <= 40);
    // What is so is as good as chance: nothing is added without a branch.
    const auto if_so = [&](bool so) { return weight * static_cast<double>(so); };
    out.all += weight;
    ++out.words;
    out.found += if_so(side.found[at]);
    out.paired += if_so(paired);
    out.near12 += if_so(paired & (side.distances[at] <= 12));
    out.near40 += if_so(near);
    out.inside += if_so(other.InPassage(side.partners[at]));
    out.adjacent += paired & HasAdjacentPartner(side, at);
    const bool plain = side.article.IsPlain(token);
    out.plain += plain;
    out.plain_near += plain & near;
  }
  return out;
}

std::vector<Weights> WeighSentences(const Side& side, const Side& other) {
  std::vector<Weights> out;
  for (uint32_t sentence = side.around.begin; sentence < side.around.end; ++sentence)
    out.push_back(WeighSentence(side, other, side.article.text.sentences[sentence]));
  return out;
}

Weights SumOfPassage(const Side& side, const std::vector<Weights>& sentences) {
  Weights sum;
  for (uint32_t sentence = side.sentences.begin; sentence < side.sentences.end; ++sentence)
    sum += sentences[sentence - side.around.begin];
  return sum;
}

std::vector<WeighedSentence> SignalsOf(const Side& side, const std::vector<Weights>& weights, const Weights& whole,
                                       const Weights& other_whole, const TokenPassage& passage, bool of_original) {
  std::vector<WeighedSentence> out;
  out.reserve(weights.size());
  const auto count = static_cast<int64_t>(weights.size());
  const auto share = [&](int64_t at, double Weights::* part) {
    return at >= 0 && at < count ? weights[static_cast<size_t>(at)].*part / weights[static_cast<size_t>(at)].all
                                 : kNoSentence;
  };
  const auto next_three = [&](int64_t at, int64_t step) {
    double near = 0, all = 0;
    for (int64_t k = 1; k <= 3 && at + k * step >= 0 && at + k * step < count; ++k) {
      near += weights[static_cast<size_t>(at + k * step)].near40;
      all += weights[static_cast<size_t>(at + k * step)].all;
    }
    return all > 0 ? near / all : kNoSentence;
  };
  const int64_t begin = side.sentences.begin, end = side.sentences.end;
  const double passage_words = std::log1p(whole.words), other_words = std::log1p(other_whole.words);
  for (int64_t at = 0; at < count; ++at) {
    const Weights& here = weights[static_cast<size_t>(at)];
    const int64_t number = at + side.around.begin, inward = 2 * number < begin + end - 1 ? 1 : -1;
    const int64_t depth = inward > 0 ? number - begin : end - 1 - number;
    WeighedSentence sentence;
    sentence.words = side.article.text.sentences[static_cast<size_t>(number)];
    sentence.near_weight = here.near40;
    SentenceSignals& s = sentence.signals;
    s[kSentenceOfOriginal] = of_original;
    s[kSentenceNear12] = here.near12 / here.all;
    s[kSentenceNear40] = here.near40 / here.all;
    s[kSentencePaired] = here.paired / here.all;
    s[kSentenceFound] = here.found / here.all;
    s[kSentenceInside] = here.inside / here.all;
    s[kSentenceAdjacent] = here.adjacent / here.words;
    s[kSentenceWords] = std::log1p(here.words);
    s[kSentenceNearWeight] = std::log1p(here.near40);
    s[kSentenceInward] = share(at + inward, &Weights::near40);
    s[kSentenceOutward] = share(at - inward, &Weights::near40);
    s[kSentenceInward12] = share(at + inward, &Weights::near12);
    s[kSentenceOutward12] = share(at - inward, &Weights::near12);
    s[kSentenceFurtherOut] = next_three(at, -inward);
    s[kSentenceFurtherIn] = next_three(at, inward);
    s[kSentencePassageNear40] = whole.near40 / whole.all;
    s[kSentencePassageNear12] = whole.near12 / whole.all;
    s[kSentencePassageAdjacent] = whole.adjacent / whole.words;
    s[kSentenceOtherNear40] = other_whole.near40 / other_whole.all;
    s[kSentencePassageWords] = passage_words;
    s[kSentenceOtherWords] = other_words;
    s[kSentenceDistance] = static_cast<double>(std::max<int64_t>({begin - number, number - end + 1, 0}));
    s[kSentenceDepth] = static_cast<double>(std::clamp<int64_t>(depth, 0, 5));
    s[kSentencePassageSentences] = static_cast<double>(end - begin);
    s[kSentenceSimilarity] = passage.similarity;
    s[kSentencePlain] = here.plain > 0 ? here.plain_near / here.plain : 0;
    s[kSentenceSeeded] = passage.seeded;
    s[kSentenceSpread] = passage.spread;
    out.push_back(sentence);
  }
  return out;
}

// The hash of each run of kVerbatimRun words.
std::vector<uint64_t> VerbatimRuns(const AnalyzedArticle& article, TokenSpan span) {
  std::vector<uint64_t> runs;
  runs.reserve(span.size());
  for (uint32_t token = span.begin; token + kVerbatimRun <= span.end; ++token) {
    uint64_t sum = 0;
    for (uint32_t k = 0; k < kVerbatimRun; ++k)
      sum += std::rotl(article.text.tokens[token + k].word, static_cast<int>(10 * k));
    runs.push_back(Mix64(sum));
  }
  return runs;
}

// Which of so many words stand in a run that `others` have as well.
std::vector<bool> Verbatim(const std::vector<uint64_t>& runs, size_t words, const std::vector<uint64_t>& others) {
  OverlapCounter counter;
  counter.Start(others.size());
  for (const uint64_t run : others) counter.AddOriginal(run);
  std::vector<bool> covered(words, false);
  size_t end = 0;  // of what is covered
  for (size_t begin = 0; begin < runs.size(); ++begin) {
    if (!counter.Has(runs[begin])) continue;
    for (end = std::max(end, begin); end < begin + kVerbatimRun; ++end) covered[end] = true;
  }
  return covered;
}

double Share(const std::vector<bool>& covered) {
  return static_cast<double>(std::count(covered.begin(), covered.end(), true)) / static_cast<double>(covered.size());
}

TokenSpan FirstToLast(const std::vector<bool>& covered, TokenSpan span) {
  const auto first = std::find(covered.begin(), covered.end(), true);
  const auto last = std::find(covered.rbegin(), covered.rend(), true);
  if (first == covered.end()) return span;
  return {span.begin + static_cast<uint32_t>(first - covered.begin()),
          span.begin + static_cast<uint32_t>(covered.rend() - last)};
}

}  // namespace

PassageSurroundings MeasureSurroundings(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                        const std::vector<uint32_t>& to_original, const TokenPassage& passage) {
  Side in_original(original, passage.original), in_suspect(suspect, passage.suspect);
  PairWords(in_original, in_suspect, to_original);
  const auto original_weights = WeighSentences(in_original, in_suspect),
             suspect_weights = WeighSentences(in_suspect, in_original);
  const Weights original_sum = SumOfPassage(in_original, original_weights),
                suspect_sum = SumOfPassage(in_suspect, suspect_weights);
  return {SignalsOf(in_suspect, suspect_weights, suspect_sum, original_sum, passage, false),
          SignalsOf(in_original, original_weights, original_sum, suspect_sum, passage, true)};
}

TokenSpan LikeliestStretch(const AnalyzedArticle& article, const std::vector<WeighedSentence>& sentences,
                           const std::vector<double>& taken) {
  double here = 0, best = 0;
  uint32_t begin = 0;
  TokenSpan stretch;
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (here <= 0) {
      here = 0;
      begin = sentences[i].words.begin;
    }
    here += article.text.Bytes(sentences[i].words).size() * (taken[i] - 0.5);
    if (here > best) {
      best = here;
      stretch = {begin, sentences[i].words.end};
    }
  }
  return stretch;
}

void SharpenEnds(const AnalyzedArticle& original, const AnalyzedArticle& suspect, TokenPassage& passage) {
  TokenSpan &in_suspect = passage.suspect, &in_original = passage.original;
  if (in_suspect.empty() || in_original.empty()) return;
  const std::vector<uint64_t> suspect_runs = VerbatimRuns(suspect, in_suspect),
                              original_runs = VerbatimRuns(original, in_original);
  const std::vector<bool> suspect_covered = Verbatim(suspect_runs, in_suspect.size(), original_runs);
  // A run that one side lacks, the other lacks as well.
  if (std::find(suspect_covered.begin(), suspect_covered.end(), true) == suspect_covered.end()) return;
  const std::vector<bool> original_covered = Verbatim(original_runs, in_original.size(), suspect_runs);
  if (Share(suspect_covered) < kVerbatimShare && Share(original_covered) < kVerbatimShare) return;
  in_suspect = FirstToLast(suspect_covered, in_suspect);
  in_original = FirstToLast(original_covered, in_original);
  const auto alike = [&](uint32_t a, uint32_t b) {
    return suspect.text.tokens[a].word == original.text.tokens[b].word;
  };
  while (in_suspect.begin > 0 && in_original.begin > 0 && alike(in_suspect.begin - 1, in_original.begin - 1)) {
    --in_suspect.begin;
    --in_original.begin;
  }
  while (in_suspect.end < suspect.size() && in_original.end < original.size() &&
         alike(in_suspect.end, in_original.end)) {
    ++in_suspect.end;
    ++in_original.end;
  }
}

}  // namespace unspin
