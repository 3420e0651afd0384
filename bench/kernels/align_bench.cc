#include <deque>

#include "kernels/inputs.h"
#include "reference/edit_script.h"
#include "support/english.h"
#include "unspin/align/align_words.h"
#include "unspin/align/analyzed_article.h"
#include "unspin/align/find_passages.h"
#include "unspin/text/tokenize.h"

namespace unspin::bench {
namespace {

struct MadePair {
  AnalyzedArticle original, suspect;
  bool derived;
  std::vector<TokenPassage> passages;
};

// The pairs of the samples, analyzed and cut into passages.
std::deque<MadePair> MadePairs(LexiconCache& lexicon) {
  std::deque<MadePair> pairs;
  for (const SamplePair& pair : TheSamples().pairs) {
    MadePair& made =
        pairs.emplace_back(MadePair{Analyze(pair.original, lexicon), Analyze(pair.suspect, lexicon), pair.derived, {}});
    made.passages = FindPassages(AnalyzedPair(made.original, made.suspect), PassageOptions{});
  }
  return pairs;
}

size_t BytesOfPairs() {
  size_t bytes = 0;
  for (const SamplePair& pair : TheSamples().pairs) bytes += pair.original.size() + pair.suspect.size();
  return bytes;
}

bool IsAnalyzed(const AnalyzedArticle& article, std::string_view text) {
  const TokenizedArticle plain = Tokenize(text);
  if (article.size() != plain.tokens.size() || article.stem_ids.size() != article.size()) return false;
  for (size_t token = 0; token < article.size(); ++token) {
    const WordInfo& info = article.Info(token);
    if (info.word != plain.tokens[token].word) return false;
    if (article.stems[article.stem_ids[token]] != (info.number ? info.canonical : info.stem)) return false;
  }
  return true;
}

// With a cache that knows the words, as after the first articles of a run, or with a new one for every article.
void AnalyzeArticles(benchmark::State& state, bool warm) {
  const Samples& samples = TheSamples();
  LexiconCache lexicon(EnglishLexicon());
  for (const std::string& text : samples.texts) {
    if (!Verify(state, IsAnalyzed(Analyze(text, lexicon), text), "a word is not analyzed as itself")) return;
  }
  for (auto _ : state) {
    for (const std::string& text : samples.texts) {
      if (warm) {
        benchmark::DoNotOptimize(Analyze(text, lexicon));
      } else {
        LexiconCache cold(EnglishLexicon());
        benchmark::DoNotOptimize(Analyze(text, cold));
      }
    }
  }
  SetRates(state, samples.bytes, samples.texts.size());
}
BENCHMARK_CAPTURE(AnalyzeArticles, warm, true)->Name("describe/warm")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(AnalyzeArticles, cold, false)->Name("describe/cold")->Unit(benchmark::kMillisecond);

// Share of the suspects' words inside of passages, beside the speed: near one where they took, near none where not.
double Coverage(const std::deque<MadePair>& pairs, bool derived) {
  double words = 0, covered = 0;
  for (const MadePair& pair : pairs) {
    if (pair.derived != derived) continue;
    words += static_cast<double>(pair.suspect.size());
    for (const TokenPassage& passage : pair.passages) covered += passage.suspect.size();
  }
  return words > 0 ? covered / words : 0;
}

const char* BrokenLaw(const MadePair& pair) {
  uint32_t last = 0;
  for (const TokenPassage& passage : pair.passages) {
    if (passage.suspect.begin < last) return "passages overlap in the suspect";
    if (passage.suspect.empty() || passage.original.empty()) return "a passage lacks a side";
    if (passage.suspect.end > pair.suspect.size() || passage.original.end > pair.original.size())
      return "a passage leaves its article";
    last = passage.suspect.end;
  }
  return nullptr;
}

// Items are pairs; bytes are both texts.
void FindSamplePassages(benchmark::State& state) {
  LexiconCache lexicon(EnglishLexicon());
  const auto pairs = MadePairs(lexicon);
  for (const MadePair& pair : pairs) {
    const char* broken = BrokenLaw(pair);
    if (!Verify(state, broken == nullptr, broken)) return;
  }
  if (!Verify(state, Coverage(pairs, true) > Coverage(pairs, false),
              "independent articles are covered more than derived ones"))
    return;
  for (auto _ : state) {
    for (const MadePair& pair : pairs)
      benchmark::DoNotOptimize(FindPassages(AnalyzedPair(pair.original, pair.suspect), PassageOptions{}));
  }
  SetRates(state, BytesOfPairs(), pairs.size());
  state.counters["covered"] = Coverage(pairs, true);
  state.counters["covered_independent"] = Coverage(pairs, false);
}
BENCHMARK(FindSamplePassages)->Name("find-passages")->Unit(benchmark::kMillisecond);

// Items are passages; bytes are both their sides.
void AlignSampleWords(benchmark::State& state) {
  LexiconCache lexicon(EnglishLexicon());
  const auto pairs = MadePairs(lexicon);
  size_t bytes = 0, passages = 0, words = 0, kept = 0;
  for (const MadePair& pair : pairs) {
    for (const TokenPassage& passage : pair.passages) {
      const auto steps =
          AlignWords(AnalyzedPair(pair.original, pair.suspect), passage.original, passage.suspect, lexicon);
      const bool whole = reference::Apply(steps, pair.original.text, pair.suspect.text) ==
                         reference::Words(pair.suspect.text, passage.suspect);
      if (!Verify(state, whole, "carrying out the script does not give the suspect's words")) return;
      const reference::Uses uses = reference::CountUses(steps);
      const bool once = uses.original == reference::OnceEach(passage.original) &&
                        uses.suspect == reference::OnceEach(passage.suspect);
      if (!Verify(state, once, "a word is not in exactly one step")) return;
      bytes += pair.original.text.Bytes(passage.original).size() + pair.suspect.text.Bytes(passage.suspect).size();
      words += passage.suspect.size();
      for (const WordStep& step : steps) kept += step.change == WordChange::kKept;
      ++passages;
    }
  }
  if (!Verify(state, passages > 0, "no passages to align")) return;
  for (auto _ : state) {
    for (const MadePair& pair : pairs) {
      for (const TokenPassage& passage : pair.passages) {
        benchmark::DoNotOptimize(
            AlignWords(AnalyzedPair(pair.original, pair.suspect), passage.original, passage.suspect, lexicon));
      }
    }
  }
  SetRates(state, bytes, passages);
  state.counters["words"] = benchmark::Counter(static_cast<double>(words) * static_cast<double>(state.iterations()),
                                               benchmark::Counter::kIsRate);
  state.counters["kept"] = static_cast<double>(kept) / static_cast<double>(words);
}
BENCHMARK(AlignSampleWords)->Name("align-words")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace unspin::bench
