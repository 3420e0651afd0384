#include "unspin/verdict/signals.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <iterator>
#include <numeric>
#include <span>
#include <utility>

#include "unspin/lexicon/lemma_set.h"
#include "unspin/verdict/common_runs.h"

namespace unspin {
namespace {

constexpr float kUncommonIdf = 2.0f;   // a word in fewer than one article in seven
constexpr float kRareIdf = 4.0f;       // in fewer than one in fifty
constexpr uint32_t kMaxOrderUses = 3;  // a word used more often on a side says nothing about order
constexpr float kSynonymCredit = 0.6f;
constexpr float kFactPrior =
    4.0f;  // weight of one rare word, half of it shared: keeps the shares of few facts moderate
constexpr double kQuotedPrior = 10;  // quoted runs, half of them shared

double Log(double count) { return std::log1p(count); }

// For each stem of one article, the stems of the other whose words are synonyms of its words.
class SynonymStems {
 public:
  SynonymStems() = default;
  SynonymStems(const AnalyzedArticle& from, const std::vector<uint32_t>& joined, const AnalyzedArticle& to,
               const Lexicon& lexicon)
      : begins_(from.stems.size(), 0), ends_(from.stems.size(), 0) {
    const StemOfLemma stem_of_lemma(to, lexicon);
    std::vector<uint32_t> words, related;
    words.reserve(from.vocabulary.size());
    for (uint32_t word = 0; word < from.vocabulary.size(); ++word) {
      const WordInfo& info = from.vocabulary[word];
      if (joined[from.stem_id_of_word[word]] != kNoStem || info.function_word || info.number ||
          info.lemmas[0] == kNoLemma)
        continue;
      words.push_back(word);
    }
    constexpr size_t kAhead = 4;  // words
    for (size_t i = 0; i < words.size(); ++i) {
      const auto lemma_ahead = [&](size_t by) { return from.vocabulary[words[i + by]].lemmas[0]; };
      if (i + 2 * kAhead < words.size()) lexicon.PrefetchBegin(lemma_ahead(2 * kAhead));
      if (i + kAhead < words.size()) lexicon.PrefetchNeighbours(lemma_ahead(kAhead));
      const uint32_t word = words[i];
      const WordInfo& info = from.vocabulary[word];
      const uint32_t stem = from.stem_id_of_word[word];
      related.assign(stem_ids_.begin() + begins_[stem], stem_ids_.begin() + ends_[stem]);
      const size_t known = related.size();
      for (const uint32_t lemma : info.lemmas) {
        if (lemma == kNoLemma) break;
        stem_of_lemma.AppendStem(lemma, related);
        for (const uint32_t neighbour : lexicon.Neighbours(lemma)) stem_of_lemma.AppendStem(neighbour, related);
      }
      if (related.size() == known) continue;
      std::sort(related.begin(), related.end());
      related.erase(std::unique(related.begin(), related.end()), related.end());
      begins_[stem] = static_cast<uint32_t>(stem_ids_.size());
      stem_ids_.insert(stem_ids_.end(), related.begin(), related.end());
      ends_[stem] = static_cast<uint32_t>(stem_ids_.size());
    }
  }

  std::span<const uint32_t> Of(uint32_t stem) const {
    return {stem_ids_.data() + begins_[stem], stem_ids_.data() + ends_[stem]};
  }

 private:
  // Lemma → stem of the first word that has it; linear probing, at most half full. Few of the lemmas asked for are
  // there: a bit tells most of them at once.
  class StemOfLemma {
   public:
    StemOfLemma(const AnalyzedArticle& article, const Lexicon& lexicon) : known_(lexicon.lemmas()) {
      size_t lemmas = 0;
      for (const WordInfo& info : article.vocabulary)
        lemmas +=
            info.lemmas.size() - static_cast<size_t>(std::count(info.lemmas.begin(), info.lemmas.end(), kNoLemma));
      slots_.assign(std::bit_ceil(2 * lemmas + 2), {kNoLemma, 0});
      for (size_t word = 0; word < article.vocabulary.size(); ++word) {
        if (article.vocabulary[word].function_word) continue;
        for (const uint32_t lemma : article.vocabulary[word].lemmas) {
          if (lemma == kNoLemma) continue;
          auto& slot = slots_[PlaceOf(lemma)];
          if (slot.first != kNoLemma) continue;
          slot = {lemma, article.stem_id_of_word[word]};
          known_.Insert(lemma);
        }
      }
    }

    void AppendStem(uint32_t lemma, std::vector<uint32_t>& out) const {
      if (known_.Contains(lemma)) out.push_back(slots_[PlaceOf(lemma)].second);
    }

   private:
    size_t PlaceOf(uint32_t lemma) const {
      const size_t mask = slots_.size() - 1;
      size_t at = (lemma * 0x9e3779b1u >> 8) & mask;
      while (slots_[at].first != kNoLemma && slots_[at].first != lemma) at = (at + 1) & mask;
      return at;
    }

    std::vector<std::pair<uint32_t, uint32_t>> slots_;
    LemmaSet known_;
  };

  std::vector<uint32_t> stem_ids_, begins_, ends_;
};

// For each stem, the first few words that may take part in an order, and how many there are.
class PlacesOfStems {
 public:
  explicit PlacesOfStems(size_t stems) : places_(stems) {}

  void Add(uint32_t stem, uint32_t token) {
    Places& of_stem = places_[stem];
    if (of_stem.count < kMaxOrderUses) of_stem.first[of_stem.count] = token;
    ++of_stem.count;
  }
  struct Places {
    uint32_t count = 0;
    std::array<uint32_t, kMaxOrderUses> first;
  };
  // False where there would be too many.
  bool AppendTo(Places& out, uint32_t stem) const {
    const Places& of_stem = places_[stem];
    if (of_stem.count + out.count > kMaxOrderUses) return false;
    std::copy_n(of_stem.first.begin(), of_stem.count, out.first.begin() + out.count);
    out.count += of_stem.count;
    return true;
  }

 private:
  std::vector<Places> places_;
};

class SignalMeter {
 public:
  SignalMeter(const AnalyzedArticle& original, const AnalyzedArticle& suspect)
      : original_(original),
        suspect_(suspect),
        to_original_(MatchStems(suspect, original)),
        to_suspect_(original.stems.size(), kNoStem) {
    for (uint32_t stem = 0; stem < to_original_.size(); ++stem) {
      if (to_original_[stem] != kNoStem) to_suspect_[to_original_[stem]] = stem;
    }
  }

  Signals Run(const PairAlignment& evidence) {
    MeasureRuns();
    MeasureWords();
    MeasureOrder();
    const TokenSpan region = MeasureSentences();
    out_[kNames] = ShareOfFacts({0, static_cast<uint32_t>(suspect_.size())}, true, false);
    out_[kNumbers] = ShareOfFacts({0, static_cast<uint32_t>(suspect_.size())}, false, true);
    out_[kFactsOfRegion] = ShareOfFacts(region, true, true);
    out_[kCoverageOriginal] = evidence.coverage.original;
    out_[kBestStretch] = Log(evidence.best_stretch);
    return out_;
  }

 private:
  void MeasureRuns() {
    const CommonRuns runs = CountCommonRuns(original_, suspect_, to_original_, to_suspect_);
    out_[kShared4] = runs.story4.ShareOfSmaller();
    out_[kShared5] = runs.story5.ShareOfSmaller();
    out_[kShared5Larger] = runs.story5.ShareOfLarger();
    out_[kRuns5] = Log(static_cast<double>(runs.counted5));
    out_[kRuns3] = Log(static_cast<double>(runs.plain3));
    out_[kContentPairs] = Log(static_cast<double>(runs.content_pairs));
    out_[kQuotations] = (static_cast<double>(runs.quoted3_common) + kQuotedPrior / 2) /
                        (static_cast<double>(runs.quoted3_of_suspect) + kQuotedPrior);
  }

  // Whoever writes from a text has few facts that it lacks; whoever was there has facts of his own.
  double ShareOfFacts(TokenSpan span, bool names, bool numbers) const {
    double all = kFactPrior, common = kFactPrior / 2;
    std::vector<bool> seen(suspect_.stems.size(), false);
    for (uint32_t token = span.begin; token < span.end; ++token) {
      const bool number = suspect_.text.tokens[token].numeric || suspect_.Info(token).number;
      if (!(number ? numbers : names && suspect_.IsName(token))) continue;
      const uint32_t stem = suspect_.stem_ids[token];
      if (seen[stem]) continue;
      seen[stem] = true;
      all += suspect_.stem_idf[stem];
      if (to_original_[stem] != kNoStem) common += suspect_.stem_idf[stem];
    }
    return common / all;
  }

  struct WordShare {
    double idf = 0, rare = 0, plain = 0;
    size_t plain_words = 0;
  };

  static WordShare ShareOfWords(const AnalyzedArticle& mine, const std::vector<uint32_t>& joined) {
    double idf = 0, idf_common = 0;
    size_t rare = 0, rare_common = 0, plain = 0, plain_common = 0;
    std::vector<uint8_t> named(mine.stems.size(), 0);
    for (uint32_t token = 0; token < mine.size(); ++token) {
      if (mine.IsName(token) || mine.text.tokens[token].numeric) named[mine.stem_ids[token]] = 1;
    }
    for (uint32_t stem = 0; stem < mine.stems.size(); ++stem) {
      const bool common = joined[stem] != kNoStem;
      const double weight = mine.stem_idf[stem];
      idf += weight;
      if (common) idf_common += weight;
      if (weight <= kRareIdf) continue;
      ++rare;
      rare_common += common;
      if (named[stem]) continue;
      ++plain;
      plain_common += common;
    }
    // A prior of one word keeps the shares of tiny sets from being 0 or 1.
    return {idf > 0 ? idf_common / idf : 0, (rare_common + 0.2) / (rare + 1.0), (plain_common + 0.1) / (plain + 1.0),
            plain};
  }

  void MeasureWords() {
    synonyms_ = SynonymStems(suspect_, to_original_, original_, Lexicon::Default());
    const WordShare suspect = ShareOfWords(suspect_, to_original_);
    const WordShare original = ShareOfWords(original_, to_suspect_);
    out_[kIdfSuspect] = suspect.idf;
    out_[kIdfOriginal] = original.idf;
    out_[kRareSuspect] = suspect.rare;
    out_[kRareOriginal] = original.rare;
    out_[kRarePlain] = suspect.plain_words <= original.plain_words ? suspect.plain : original.plain;
  }

  // Independent reporters share facts, not their order: the longest increasing run of shared uncommon words, less the
  // 2·sqrt(n) that a random order would give (Vershik and Kerov 1977).
  void MeasureOrder() {
    PlacesOfStems places(original_.stems.size()), plain(original_.stems.size());
    for (uint32_t token = 0; token < original_.size(); ++token) {
      const uint32_t stem = original_.stem_ids[token];
      if (original_.stem_idf[stem] < kUncommonIdf || !original_.zones.Counts(token)) continue;
      places.Add(stem, token);
      if (!original_.IsName(token) && !original_.text.tokens[token].numeric) plain.Add(stem, token);
    }
    const CommonOrder all = FindOrder(places, nullptr), synonyms = FindOrder(plain, &synonyms_);
    out_[kOrderLength] = Log(std::max(0.0, all.beyond_chance));
    out_[kPlainOrder] = synonyms.share;
    out_[kPlainOrderLength] = Log(std::max(0.0, synonyms.beyond_chance));
  }

  struct CommonOrder {
    double beyond_chance = 0, share = 0;
  };

  // `places`: of the original's words that may take part.
  CommonOrder FindOrder(const PlacesOfStems& places, const SynonymStems* synonyms) const {
    std::vector<uint32_t> tails, uses(suspect_.stems.size(), 0);
    tails.reserve(suspect_.stems.size());
    size_t words = 0;
    for (uint32_t token = 0; token < suspect_.size(); ++token) {
      const uint32_t stem = suspect_.stem_ids[token], same = to_original_[stem];
      if (!suspect_.zones.Counts(token)) continue;
      PlacesOfStems::Places at_original;
      bool few = true;
      if (same != kNoStem) {
        few = places.AppendTo(at_original, same);
      } else if (synonyms) {
        for (const uint32_t related : synonyms->Of(stem)) few = few && places.AppendTo(at_original, related);
        std::fill(at_original.first.begin() + at_original.count, at_original.first.end(), 0xffffffffu);
        std::sort(at_original.first.begin(), at_original.first.end());
      }
      if (at_original.count == 0 || !few) continue;
      if (++uses[stem] > kMaxOrderUses) continue;
      ++words;
      // Descending, so that one use of the word takes one place at most.
      for (uint32_t i = at_original.count; i-- > 0;) {
        const uint32_t place = at_original.first[i];
        // Where one text follows the other, nearly all go to the end.
        if (tails.empty() || tails.back() < place) {
          tails.push_back(place);
        } else {
          *std::lower_bound(tails.begin(), tails.end(), place) = place;
        }
      }
    }
    if (words == 0) return {};
    const double length = static_cast<double>(tails.size()), n = static_cast<double>(words);
    const double chance = std::min(n, 2 * std::sqrt(n));
    return {length - chance, (length - chance) / n};
  }

  struct Entry {
    uint32_t number;  // a stem of the original or, in its postings, a sentence
    float weight;
  };

  struct SentenceVectors {
    std::vector<Entry> entries;  // related words only, sentence after sentence
    std::vector<uint32_t> begins = {0};
    std::vector<double> norms;
    std::vector<TokenSpan> spans;

    size_t size() const { return spans.size(); }
    std::span<const Entry> Of(size_t sentence) const {
      return {entries.data() + begins[sentence], entries.data() + begins[sentence + 1]};
    }
  };

  // Sentences of the counted words, as idf-weighted vectors over stems of the original. `synonyms`, where given, stand
  // in for words that the original lacks.
  static SentenceVectors Vectors(const AnalyzedArticle& article, const std::vector<uint32_t>* joined,
                                 const SynonymStems* synonyms) {
    SentenceVectors out;
    const size_t sentences = article.text.sentences.size();
    out.entries.reserve(article.size());
    out.begins.reserve(sentences + 1);
    out.norms.reserve(sentences);
    out.spans.reserve(sentences);
    std::vector<uint32_t> last(article.stems.size(), 0);
    uint32_t stamp = 0;
    for (const TokenSpan sentence : article.text.sentences) {
      ++stamp;
      double norm = 0;
      for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
        const uint32_t stem = article.stem_ids[token];
        if (last[stem] == stamp || !article.zones.Counts(token)) continue;
        last[stem] = stamp;
        const float weight = article.stem_idf[stem];
        norm += static_cast<double>(weight) * weight;
        const uint32_t same = joined ? (*joined)[stem] : stem;
        if (weight <= 0) continue;
        if (same != kNoStem) {
          out.entries.push_back({same, weight});
        } else if (synonyms) {
          for (const uint32_t related : synonyms->Of(stem)) out.entries.push_back({related, weight * kSynonymCredit});
        }
      }
      if (norm <= 0) {
        out.entries.resize(out.begins.back());
        continue;
      }
      out.begins.push_back(static_cast<uint32_t>(out.entries.size()));
      out.norms.push_back(std::sqrt(norm));
      out.spans.push_back(sentence);
    }
    return out;
  }

  // The words of the suspect's sentences that resemble the original most, as a run.
  TokenSpan MeasureSentences() {
    const SentenceVectors suspect = Vectors(suspect_, &to_original_, &synonyms_);
    const SentenceVectors original = Vectors(original_, nullptr, nullptr);
    const size_t n = suspect.size(), m = original.size();
    if (n == 0 || m == 0) return {};
    std::vector<uint32_t> begins(original_.stems.size() + 2, 0);  // stem → postings, while they are laid shifted by one
    for (const Entry& entry : original.entries) ++begins[entry.number + 2];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<Entry> postings(original.entries.size());
    for (uint32_t j = 0; j < m; ++j) {
      for (const auto& [stem, weight] : original.Of(j)) postings[begins[stem + 1]++] = {j, weight};
    }
    std::vector<float> dot(m), best_of_original(m, 0);
    std::vector<double> best(n, 0);
    std::vector<uint32_t> place(n, 0);
    for (size_t i = 0; i < n; ++i) {
      for (const auto& [stem, weight] : suspect.Of(i)) {
        if (begins[stem + 1] - begins[stem] > 400) continue;  // a word of every sentence: no weight, and quadratic cost
        for (uint32_t at = begins[stem]; at < begins[stem + 1]; ++at)
          dot[postings[at].number] += weight * postings[at].weight;
      }
      for (uint32_t j = 0; j < m; ++j) {
        if (dot[j] == 0) continue;
        const double cosine = dot[j] / (suspect.norms[i] * original.norms[j]);
        dot[j] = 0;
        best_of_original[j] = std::max(best_of_original[j], static_cast<float>(cosine));
        if (cosine > best[i]) {
          best[i] = cosine;
          place[i] = j;
        }
      }
    }
    double sum = 0, original_sum = 0;
    size_t in_line = 0, steps = 0;
    double region = 0, best_region = 0;
    size_t region_begin = 0, best_begin = 0, best_end = 0;
    uint32_t previous = 0;
    bool any = false;
    for (size_t i = 0; i < n; ++i) {
      sum += best[i];
      region += best[i] - 0.25;  // Kadane's best run, against the level of chance
      if (region <= 0) {
        region = 0;
        region_begin = i + 1;
      }
      if (region > best_region) {
        best_region = region;
        best_begin = region_begin;
        best_end = i + 1;
      }
      if (best[i] < 0.15) continue;
      if (any) {
        ++steps;
        in_line += place[i] >= previous && place[i] <= previous + 4;
      }
      previous = place[i];
      any = true;
    }
    for (const float value : best_of_original) original_sum += value;
    out_[kSentenceMean] = sum / static_cast<double>(n);
    out_[kSentenceOriginal] = original_sum / static_cast<double>(m);
    std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(n / 2), best.end());
    out_[kSentenceMedian] = best[n / 2];
    out_[kSentenceOrder] = (static_cast<double>(in_line) + 0.3) / (static_cast<double>(steps) + 1);
    out_[kBestRegion] = Log(best_region);
    if (best_end == best_begin) return {};
    return {suspect.spans[best_begin].begin, suspect.spans[best_end - 1].end};
  }

  const AnalyzedArticle& original_;
  const AnalyzedArticle& suspect_;
  std::vector<uint32_t> to_original_, to_suspect_;  // as MatchStems does
  SynonymStems synonyms_;
  Signals out_{};
};

struct Wording {
  std::string_view name;
  std::string_view text;  // one %.2f
};

constexpr std::array<Wording, kSignalCount> kWordings = {{
    {"shared-4", "%.2f of the shorter article's runs of four words stand in the other"},
    {"shared-5", "%.2f of the shorter article's runs of five words stand in the other"},
    {"shared-5-longer", "%.2f of the longer article's runs of five words stand in the other"},
    {"runs-5", "runs of five words shared outside of quotations: log(1 + n) = %.2f"},
    {"runs-3-plain", "shared runs of three words, neither quoted nor names: log(1 + n) = %.2f"},
    {"content-pairs", "content words that are neighbours in both texts: log(1 + n) = %.2f"},
    {"idf-suspect", "%.2f of the suspect's vocabulary, weighed by rarity, stands in the original"},
    {"idf-original", "%.2f of the original's vocabulary, weighed by rarity, stands in the suspect"},
    {"rare-suspect", "%.2f of the suspect's rare words stand in the original"},
    {"rare-original", "%.2f of the original's rare words stand in the suspect"},
    {"rare-plain", "%.2f of the rare words that are neither names nor numbers are shared"},
    {"names", "%.2f of the suspect's names, weighed by rarity, stand in the original"},
    {"numbers", "%.2f of the suspect's numbers, weighed by rarity, stand in the original"},
    {"facts-of-region",
     "where the texts are most alike, %.2f of the suspect's names and numbers stand in the original"},
    {"quotations", "%.2f of the suspect's quoted wording stands in the original"},
    {"order-length", "length of the common order of uncommon words above chance: log(1 + n) = %.2f"},
    {"plain-order", "plain words and their synonyms stand in the same order, %.2f above chance"},
    {"plain-order-length", "length of that common order above chance: log(1 + n) = %.2f"},
    {"sentence-mean", "the suspect's sentences resemble their best counterpart by %.2f on average"},
    {"sentence-median", "half of the suspect's sentences resemble a sentence of the original by %.2f or more"},
    {"sentence-original", "the original's sentences resemble their best counterpart by %.2f on average"},
    {"sentence-order", "%.2f of the counterparts follow each other as in the original"},
    {"best-region", "the region most alike weighs log(1 + w) = %.2f"},
    {"coverage-original", "%.2f of the original lies in passages aligned with the suspect"},
    {"best-stretch", "the aligned stretch in which most was kept weighs log(1 + w) = %.2f"},
}};

}  // namespace

Signals MeasureSignals(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const PairAlignment& evidence) {
  return SignalMeter(original, suspect).Run(evidence);
}

std::string_view SignalName(Signal signal) { return kWordings[signal].name; }

std::string ExplainSignal(Signal signal, double value) {
  constexpr std::string_view kPlace = "%.2f";
  const std::string_view wording = kWordings[signal].text;
  const size_t place = wording.find(kPlace);
  char number[400];  // the largest double has 309 digits
  const auto size =
      static_cast<size_t>(std::to_chars(number, std::end(number), value, std::chars_format::fixed, 2).ptr - number);
  std::string text;
  text.reserve(wording.size() + size);
  text.append(wording, 0, place).append(number, size).append(wording, place + kPlace.size());
  return text;
}

}  // namespace unspin
