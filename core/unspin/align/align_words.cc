#include "unspin/align/align_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "unspin/align/chain_scores.h"
#include "unspin/base/hash.h"
#include "unspin/kernels/chain_words.h"
#include "unspin/lexicon/numbers.h"
#include "unspin/lexicon/synonym_matcher.h"

namespace unspin {
namespace {

constexpr size_t kMaxCells = 1'000'000;  // of one dynamic programme: a megabyte of traceback
constexpr size_t kMaxGapCells = 1'600;   // of one gap in which unequal words are compared by meaning

// Scores of the second pass, between two words that the first one (align/chain_scores.h) matched.
constexpr int kStrongMatch = 20;
constexpr int kWeakMatch = 9;
constexpr int kUnknownMatch = 2;  // an unknown word in a known word's place
constexpr int kCrossMatch = -12;  // a function word in a content word's place

constexpr uint32_t kMaxPhraseWords = 4;  // words of a synonym
constexpr uint32_t kMaxNumberWords = 8;  // "three hundred and eighty six"
constexpr uint32_t kMinMoveWords = 3;    // words of a run that counts as moved
constexpr uint32_t kMaxSlotWords = 6;    // unmatched words on either side that can still be one word in another's place

using Match = ChainMatch;

// Words as the chain compares them.
class NumberedWords {
 public:
  explicit NumberedWords(size_t most) {
    keys_.reserve(most);
    spellings_.reserve(most);
  }

  void Add(uint32_t key, uint64_t word) {
    keys_.push_back(key);
    spellings_.push_back(static_cast<uint32_t>(word ^ word >> 32));
  }
  ChainSide side() const { return {keys_, spellings_}; }

 private:
  std::vector<uint32_t> keys_, spellings_;
};

enum : uint8_t { kDiagonal = 0, kUp = 1, kLeft = 2 };

class WordAligner {
 public:
  WordAligner(const AnalyzedArticle& original, const AnalyzedArticle& suspect, LexiconCache& lexicon)
      : original_(original),
        suspect_(suspect),
        lexicon_(lexicon),
        relatives_(lexicon.lexicon()),
        joined_(JoinKeys(suspect, original)) {}

  std::vector<WordStep> Run(TokenSpan original, TokenSpan suspect) {
    matches_.reserve(std::min(original.size(), suspect.size()));
    steps_.reserve(original.size() + suspect.size());
    MatchEqualWords(original, suspect);
    DropStrayMatches(original, suspect);
    FillGaps(original, suspect);
    MarkMoves();
    return std::move(steps_);
  }

 private:
  uint32_t OriginalKey(uint32_t token) const { return original_.key[token]; }
  uint32_t SuspectKey(uint32_t token) const { return joined_[suspect_.key[token]]; }
  bool Equal(uint32_t original, uint32_t suspect) const { return OriginalKey(original) == SuspectKey(suspect); }
  bool SameSpelling(uint32_t original, uint32_t suspect) const {
    return original_.text.tokens[original].word == suspect_.text.tokens[suspect].word;
  }

  // First pass: the best chain of equal words. Common ends are taken off before the matrix is made.
  void MatchEqualWords(TokenSpan original, TokenSpan suspect) {
    std::vector<Match> tail;
    while (!original.empty() && !suspect.empty() && SameSpelling(original.begin, suspect.begin)) {
      matches_.push_back({original.begin++, suspect.begin++});
    }
    while (!original.empty() && !suspect.empty() && SameSpelling(original.end - 1, suspect.end - 1)) {
      tail.push_back({--original.end, --suspect.end});
    }
    if (!original.empty() && !suspect.empty()) {
      if (static_cast<size_t>(original.size()) * suspect.size() <= kMaxCells) {
        ChainEqualWords(original, suspect);
      } else {
        SplitAtRareWords(original, suspect);
      }
    }
    matches_.insert(matches_.end(), tail.rbegin(), tail.rend());
  }

  // Words that stand once on each side, in their longest increasing run (patience sorting), cut a long passage into
  // pieces that fit the matrix.
  void SplitAtRareWords(TokenSpan original, TokenSpan suspect) {
    absl::flat_hash_map<uint32_t, std::pair<uint32_t, uint32_t>> places;  // key → (uses, place)
    for (uint32_t token = original.begin; token < original.end; ++token) {
      auto& [uses, place] = places[OriginalKey(token)];
      ++uses;
      place = token;
    }
    absl::flat_hash_map<uint32_t, uint32_t> uses_in_suspect;
    for (uint32_t token = suspect.begin; token < suspect.end; ++token) {
      if (SuspectKey(token) != kNoKey) ++uses_in_suspect[SuspectKey(token)];
    }
    std::vector<Match> unique;
    for (uint32_t token = suspect.begin; token < suspect.end; ++token) {
      const uint32_t key = SuspectKey(token);
      if (key == kNoKey || uses_in_suspect[key] != 1) continue;
      const auto place = places.find(key);
      if (place != places.end() && place->second.first == 1) unique.push_back({place->second.second, token});
    }
    const std::vector<Match> chain = LongestIncreasing(unique);
    if (chain.empty()) return;  // nothing in common that would say where to cut: all words are lost and gained
    TokenSpan left{original.begin, 0}, right{suspect.begin, 0};
    for (const Match& match : chain) {
      left.end = match.original;
      right.end = match.suspect;
      ChainPiece(left, right);
      matches_.push_back(match);
      left.begin = match.original + 1;
      right.begin = match.suspect + 1;
    }
    ChainPiece({left.begin, original.end}, {right.begin, suspect.end});
  }

  void ChainPiece(TokenSpan original, TokenSpan suspect) {
    if (original.empty() || suspect.empty()) return;
    if (static_cast<size_t>(original.size()) * suspect.size() <= kMaxCells) ChainEqualWords(original, suspect);
  }

  static std::vector<Match> LongestIncreasing(const std::vector<Match>& matches) {
    std::vector<uint32_t> tails, previous(matches.size());
    for (uint32_t i = 0; i < matches.size(); ++i) {
      const auto at = std::lower_bound(tails.begin(), tails.end(), i, [&](uint32_t a, uint32_t b) {
        return matches[a].original < matches[b].original;
      });
      previous[i] = at == tails.begin() ? 0xffffffffu : *(at - 1);
      if (at == tails.end()) {
        tails.push_back(i);
      } else {
        *at = i;
      }
    }
    std::vector<Match> chain;
    for (uint32_t i = tails.empty() ? 0xffffffffu : tails.back(); i != 0xffffffffu; i = previous[i])
      chain.push_back(matches[i]);
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  void ChainEqualWords(TokenSpan original, TokenSpan suspect) {
    NumberedWords original_words(original.size()), suspect_words(suspect.size());
    worth_.clear();
    worth_.reserve(original.size());
    for (uint32_t token = original.begin; token < original.end; ++token) {
      original_words.Add(OriginalKey(token), original_.text.tokens[token].word);
      worth_.push_back(original_.Info(token).function_word ? kFunctionMatch : kContentMatch);
    }
    for (uint32_t token = suspect.begin; token < suspect.end; ++token)
      suspect_words.Add(SuspectKey(token), suspect_.text.tokens[token].word);
    chain_.clear();
    chain_.reserve(std::min(original.size(), suspect.size()));
    ChainWords(original_words.side(), worth_, suspect_words.side(), kChainScores, chain_scratch_, chain_);
    for (const ChainMatch& match : chain_)
      matches_.push_back({original.begin + match.original, suspect.begin + match.suspect});
  }

  // A function word matched far from any other match lines up by chance.
  void DropStrayMatches(TokenSpan original, TokenSpan suspect) {
    std::vector<Match> kept;
    kept.reserve(matches_.size());
    for (size_t i = 0; i < matches_.size(); ++i) {
      const Match& match = matches_[i];
      bool stays = !original_.Info(match.original).function_word;
      if (!stays) {
        const uint32_t before_o = i ? matches_[i - 1].original + 1 : original.begin,
                       before_s = i ? matches_[i - 1].suspect + 1 : suspect.begin;
        const uint32_t after_o = i + 1 < matches_.size() ? matches_[i + 1].original : original.end;
        const uint32_t after_s = i + 1 < matches_.size() ? matches_[i + 1].suspect : suspect.end;
        const uint32_t left = std::max(match.original - before_o, match.suspect - before_s);
        const uint32_t right = std::max(after_o - match.original - 1, after_s - match.suspect - 1);
        stays = std::min(left, right) <= 3 && std::max(left, right) <= 8;
      }
      if (stays) kept.push_back(match);
    }
    matches_ = std::move(kept);
  }

  // visit(gap in the original, gap in the suspect, the match behind it or null): one of both may be empty.
  template <typename Visit>
  void EachGap(TokenSpan original, TokenSpan suspect, const Visit& visit) const {
    for (const Match& match : matches_) {
      visit(TokenSpan{original.begin, match.original}, TokenSpan{suspect.begin, match.suspect}, &match);
      original.begin = match.original + 1;
      suspect.begin = match.suspect + 1;
    }
    visit(original, suspect, static_cast<const Match*>(nullptr));
  }

  // Synonyms of words here and there are in memory here and there: it answers for all of them at once.
  void PrefetchSynonyms(TokenSpan original, TokenSpan suspect) {
    const Lexicon& lexicon = lexicon_.lexicon();
    std::vector<uint32_t> lemmas;
    lemmas.reserve(original.size() + suspect.size());
    const auto add = [&](const AnalyzedArticle& article, TokenSpan span) {
      for (uint32_t token = span.begin; token < span.end; ++token) {
        const uint32_t lemma = article.Info(token).lemmas[0];
        if (lemma == kNoLemma) continue;
        lexicon.PrefetchBegin(lemma);
        lemmas.push_back(lemma);
      }
    };
    EachGap(original, suspect, [&](TokenSpan in_original, TokenSpan in_suspect, const Match*) {
      if (in_original.empty() || in_suspect.empty()) return;
      add(original_, in_original);
      add(suspect_, in_suspect);
    });
    for (const uint32_t lemma : lemmas) lexicon.PrefetchNeighbours(lemma);
  }

  void FillGaps(TokenSpan original, TokenSpan suspect) {
    PrefetchSynonyms(original, suspect);
    EachGap(original, suspect, [&](TokenSpan in_original, TokenSpan in_suspect, const Match* next) {
      FillGap(in_original, in_suspect);
      if (next == nullptr) return;
      const Match& match = *next;
      WordStep step{
          WordChange::kKept, {match.original, match.original + 1}, {match.suspect, match.suspect + 1}, std::nullopt};
      if (!SameSpelling(match.original, match.suspect)) {
        const bool number = original_.Info(match.original).number;
        step.change = number ? WordChange::kKept : WordChange::kInflected;
        step.evidence = number ? SubstitutionSource::kNumber : SubstitutionSource::kStem;
      }
      steps_.push_back(step);
    });
  }

  void AddDeleted(uint32_t from, uint32_t to, uint32_t suspect_at) {
    for (; from < to; ++from)
      steps_.push_back({WordChange::kDeleted, {from, from + 1}, {suspect_at, suspect_at}, std::nullopt});
  }
  void AddInserted(uint32_t from, uint32_t to, uint32_t original_at) {
    for (; from < to; ++from)
      steps_.push_back({WordChange::kInserted, {original_at, original_at}, {from, from + 1}, std::nullopt});
  }

  // Second pass: what stands between two matched words is compared by meaning, then by place.
  void FillGap(TokenSpan original, TokenSpan suspect) {
    const uint32_t n = original.size(), m = suspect.size();
    if (n == 0 || m == 0 || static_cast<size_t>(n) * m > kMaxGapCells) {
      AddDeleted(original.begin, original.end, suspect.begin);
      AddInserted(suspect.begin, suspect.end, original.end);
      return;
    }
    if (FillWithPhrase(original, suspect)) return;
    relations_.assign(static_cast<size_t>(n) * m, Relation::kNone);
    const bool slot = std::max(n, m) <= kMaxSlotWords;
    const size_t cells = static_cast<size_t>(n + 1) * (m + 1);
    if (score_.size() < cells) score_.resize(cells);
    int* const score = score_.data();
    trace_.assign(cells, kLeft);
    score[0] = 0;
    for (uint32_t j = 1; j <= m; ++j) score[j] = score[j - 1] + kGap;
    for (uint32_t i = 1; i <= n; ++i) {
      const WordInfo& a = original_.Info(original.begin + i - 1);
      relatives_.SetWord(a);
      const size_t at = static_cast<size_t>(i) * (m + 1);
      score[at] = score[at - m - 1] + kGap;
      trace_[at] = kUp;
      for (uint32_t j = 1; j <= m; ++j) {
        const WordInfo& b = suspect_.Info(suspect.begin + j - 1);
        Relation relation = relatives_.Relate(b);
        // What a spinner is known to put for a word is as good as a synonym.
        if (relation == Relation::kNone && IsSpun(a, b)) relation = Relation::kStrong;
        relations_[static_cast<size_t>(i - 1) * m + j - 1] = relation;
        int best = score[at + j - m - 2] + Worth(relation, a, b, slot);
        uint8_t from = kDiagonal;
        if (score[at + j - m - 1] + kGap > best) {
          best = score[at + j - m - 1] + kGap;
          from = kUp;
        }
        if (score[at + j - 1] + kGap > best) {
          best = score[at + j - 1] + kGap;
          from = kLeft;
        }
        score[at + j] = best;
        trace_[at + j] = from;
      }
    }
    std::vector<WordStep>& reversed = reversed_;
    reversed.clear();
    for (uint32_t i = n, j = m; i > 0 || j > 0;) {
      const uint8_t from = i == 0   ? uint8_t{kLeft}
                           : j == 0 ? uint8_t{kUp}
                                    : trace_[static_cast<size_t>(i) * (m + 1) + j];
      if (from == kDiagonal) {
        --i, --j;
        AddPair(original.begin + i, suspect.begin + j, relations_[static_cast<size_t>(i) * m + j], slot, reversed);
      } else if (from == kUp) {
        --i;
        reversed.push_back({WordChange::kDeleted,
                            {original.begin + i, original.begin + i + 1},
                            {suspect.begin + j, suspect.begin + j},
                            std::nullopt});
      } else {
        --j;
        reversed.push_back({WordChange::kInserted,
                            {original.begin + i, original.begin + i},
                            {suspect.begin + j, suspect.begin + j + 1},
                            std::nullopt});
      }
    }
    steps_.insert(steps_.end(), reversed.rbegin(), reversed.rend());
  }

  bool IsSpun(const WordInfo& original, const WordInfo& suspect) const {
    return lexicon_.spun_forms() != nullptr && lexicon_.spun_forms()->Contains(original.word, suspect.word);
  }

  static bool InOneSentence(const AnalyzedArticle& article, TokenSpan span) {
    for (uint32_t token = span.begin + 1; token < span.end; ++token) {
      if (article.text.tokens[token].starts_sentence) return false;
    }
    return true;
  }

  // The value of the number that the words are, all of them.
  static std::optional<uint64_t> NumberOf(const AnalyzedArticle& article, TokenSpan span) {
    std::array<std::string_view, kMaxNumberWords> words;
    if (span.size() > words.size()) return std::nullopt;
    for (uint32_t i = 0; i < span.size(); ++i) words[i] = article.text.Word(span.begin + i);
    const auto reading = ReadNumber(std::span(words).first(span.size()));
    if (!reading || reading->tokens != span.size()) return std::nullopt;
    return NumberHash(*reading);
  }

  static std::string PhraseOf(const AnalyzedArticle& article, TokenSpan span) {
    std::string phrase(article.text.Word(span.begin));
    for (uint32_t token = span.begin + 1; token < span.end; ++token) {
      phrase += ' ';
      phrase += article.text.Word(token);
    }
    return phrase;
  }

  // A gap that is a phrase on both sides: one number written two ways, or synonyms of several words.
  bool FillWithPhrase(TokenSpan original, TokenSpan suspect) {
    if (original.size() + suspect.size() < 3 || original.size() > kMaxNumberWords || suspect.size() > kMaxNumberWords ||
        !InOneSentence(original_, original) || !InOneSentence(suspect_, suspect))
      return false;
    if (const auto number = NumberOf(original_, original); number && number == NumberOf(suspect_, suspect)) {
      steps_.push_back({WordChange::kKept, original, suspect, SubstitutionSource::kNumber});
      return true;
    }
    if (original.size() > kMaxPhraseWords || suspect.size() > kMaxPhraseWords) return false;
    const std::string left = PhraseOf(original_, original), right = PhraseOf(suspect_, suspect);
    const bool synonyms = lexicon_.lexicon().PhraseSynonyms(left, right);
    const bool spun = lexicon_.spun_forms() != nullptr && lexicon_.spun_forms()->Contains(left, right);
    if (!synonyms && !spun) return false;
    steps_.push_back({WordChange::kSynonym, original, suspect,
                      synonyms ? SubstitutionSource::kThesaurus : SubstitutionSource::kSpinDictionary});
    return true;
  }

  static int Worth(Relation relation, const WordInfo& a, const WordInfo& b, bool slot) {
    switch (relation) {
      case Relation::kSame:
      case Relation::kInflection:
        return a.function_word ? kFunctionMatch : kStemMatch;
      case Relation::kStrong:
        return kStrongMatch;
      case Relation::kWeak:
        return kWeakMatch;
      case Relation::kNone:
        break;
    }
    if (a.function_word != b.function_word) return kCrossMatch;
    return slot ? kUnknownMatch : kCrossMatch;
  }

  void AddPair(uint32_t original, uint32_t suspect, Relation relation, bool slot,
               std::vector<WordStep>& reversed) const {
    WordStep step{
        WordChange::kReplaced, {original, original + 1}, {suspect, suspect + 1}, SubstitutionSource::kContext};
    switch (relation) {
      case Relation::kSame:
        step.change = WordChange::kKept;  // one value, two spellings
        step.evidence.reset();
        if (!SameSpelling(original, suspect)) step.evidence = SubstitutionSource::kNumber;
        break;
      case Relation::kInflection:
        step.change = WordChange::kInflected;
        step.evidence = SubstitutionSource::kStem;
        break;
      case Relation::kStrong:
        step.change = WordChange::kSynonym;
        step.evidence = SubstitutionSource::kThesaurus;
        if (IsSpun(original_.Info(original), suspect_.Info(suspect)) &&
            lexicon_.lexicon().Relate(original_.Info(original), suspect_.Info(suspect)) == Relation::kNone)
          step.evidence = SubstitutionSource::kSpinDictionary;
        break;
      case Relation::kWeak:
        step.change = WordChange::kSynonym;
        step.evidence = SubstitutionSource::kWeakThesaurus;
        break;
      case Relation::kNone:
        if (!slot) {  // unrelated words in a long gap are a loss and a gain
          reversed.push_back(
              {WordChange::kInserted, {original + 1, original + 1}, {suspect, suspect + 1}, std::nullopt});
          reversed.push_back({WordChange::kDeleted, {original, original + 1}, {suspect, suspect}, std::nullopt});
          return;
        }
        break;
    }
    reversed.push_back(step);
  }

  // Runs of deleted words that stand, word for word, among the inserted ones.
  void MarkMoves() {
    std::vector<uint32_t> deleted, inserted;  // steps
    for (uint32_t i = 0; i < steps_.size(); ++i) {
      if (steps_[i].change == WordChange::kDeleted) deleted.push_back(i);
      if (steps_[i].change == WordChange::kInserted) inserted.push_back(i);
    }
    if (deleted.size() < kMinMoveWords || inserted.size() < kMinMoveWords) return;
    auto run_key = [](const std::vector<uint32_t>& list, size_t at, auto word, auto place) {
      uint64_t hash = 0;
      for (size_t k = 0; k < kMinMoveWords; ++k) {
        if (at + k >= list.size() || place(list[at + k]) != place(list[at]) + k) return uint64_t{0};
        hash = Mix64(hash ^ word(list[at + k]));
      }
      return hash;
    };
    auto original_place = [&](uint32_t step) { return steps_[step].original.begin; };
    auto suspect_place = [&](uint32_t step) { return steps_[step].suspect.begin; };
    auto original_word = [&](uint32_t step) { return original_.text.tokens[original_place(step)].word; };
    auto suspect_word = [&](uint32_t step) { return suspect_.text.tokens[suspect_place(step)].word; };
    absl::flat_hash_map<uint64_t, uint32_t> runs;
    for (size_t i = 0; i < deleted.size(); ++i) {
      const uint64_t key = run_key(deleted, i, original_word, original_place);
      if (key != 0) runs.try_emplace(key, static_cast<uint32_t>(i));
    }
    std::vector<bool> gone(steps_.size(), false);
    for (size_t i = 0; i < inserted.size();) {
      const uint64_t key = run_key(inserted, i, suspect_word, suspect_place);
      const auto run = key != 0 ? runs.find(key) : runs.end();
      size_t length = 0;
      if (run != runs.end()) {
        const size_t d = run->second;
        while (i + length < inserted.size() && d + length < deleted.size() && !gone[deleted[d + length]] &&
               suspect_place(inserted[i + length]) == suspect_place(inserted[i]) + length &&
               original_place(deleted[d + length]) == original_place(deleted[d]) + length &&
               original_word(deleted[d + length]) == suspect_word(inserted[i + length])) {
          ++length;
        }
        if (length >= kMinMoveWords) {
          for (size_t k = 0; k < length; ++k) {
            steps_[inserted[i + k]].change = WordChange::kMoved;
            steps_[inserted[i + k]].original = steps_[deleted[d + k]].original;
            gone[deleted[d + k]] = true;
          }
        } else {
          length = 0;
        }
      }
      i += std::max<size_t>(length, 1);
    }
    size_t kept = 0;
    for (size_t i = 0; i < steps_.size(); ++i) {
      if (!gone[i]) steps_[kept++] = steps_[i];
    }
    steps_.resize(kept);
  }

  const AnalyzedArticle& original_;
  const AnalyzedArticle& suspect_;
  LexiconCache& lexicon_;
  SynonymMatcher relatives_;
  std::vector<uint32_t> joined_;  // suspect's keys → original's
  std::vector<Match> matches_, chain_;
  std::vector<int32_t> worth_;
  ChainScratch chain_scratch_;
  std::vector<int> score_;
  std::vector<uint8_t> trace_;
  std::vector<Relation> relations_;
  std::vector<WordStep> steps_, reversed_;
};

}  // namespace

std::vector<WordStep> AlignWords(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                 TokenSpan original_span, TokenSpan suspect_span, LexiconCache& lexicon) {
  return WordAligner(original, suspect, lexicon).Run(original_span, suspect_span);
}

}  // namespace unspin
