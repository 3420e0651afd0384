#include "unspin/engine/collect_substitutions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace unspin {
namespace {

constexpr uint32_t kMaxSubstitutionWords = 24;  // on either side; longer runs are rewriting, not replacing
constexpr size_t kMaxSubstitutions = 200;       // listed per finding

// The words of a span in lower case, joined by single spaces, so that substitutions are equal however they are written.
std::string Phrase(const TokenizedArticle& article, TokenSpan span) {
  std::string phrase;
  for (uint32_t token = span.begin; token < span.end; ++token) {
    if (!phrase.empty()) phrase += ' ';
    phrase += article.Word(token);
  }
  return phrase;
}

bool OpensSentence(const AnalyzedArticle& article, TokenSpan span) {
  return !span.empty() && article.text.tokens[span.begin].starts_sentence;
}

void Extend(TokenSpan& run, TokenSpan step) {
  if (step.empty()) return;
  if (run.empty()) {
    run = step;
  } else {
    run.begin = std::min(run.begin, step.begin);
    run.end = std::max(run.end, step.end);
  }
}

// A kept number that is written another way keeps its value, and is a replacement to be seen all the same.
bool IsChanged(const WordStep& step) {
  if (step.change == WordChange::kKept) return step.evidence == SubstitutionSource::kNumber;
  return step.change != WordChange::kMoved;
}

class SubstitutionCollector {
 public:
  SubstitutionCollector(const AnalyzedArticle& original, const AnalyzedArticle& suspect)
      : original_(original), suspect_(suspect) {}

  void Add(const AlignedPassage& passage) {
    for (const WordStep& step : passage.steps) {
      const bool masked = !step.suspect.empty() && suspect_.zones.of_token[step.suspect.begin] == Zone::kNotice;
      if (!IsChanged(step) || masked) {
        CloseRun();
        continue;
      }
      if (OpensSentence(original_, step.original) && !run_original_.empty()) CloseRun();
      if (OpensSentence(suspect_, step.suspect) && !run_suspect_.empty()) CloseRun();
      if (!open_) {
        run_original_ = step.original;
        run_suspect_ = step.suspect;
        open_ = true;
      }
      Extend(run_original_, step.original);
      Extend(run_suspect_, step.suspect);
      if (step.evidence && (!run_source_ || *step.evidence < *run_source_)) run_source_ = step.evidence;
    }
    CloseRun();
  }

  std::vector<Substitution> Take() const {
    std::vector<Substitution> out;
    out.reserve(counts_.size());
    for (const auto& [phrases, uses] : counts_)
      out.push_back({phrases.first, phrases.second, uses.count, uses.last_source});
    std::stable_sort(out.begin(), out.end(),
                     [](const Substitution& a, const Substitution& b) { return a.count > b.count; });
    if (out.size() > kMaxSubstitutions) out.resize(kMaxSubstitutions);
    return out;
  }

 private:
  struct Uses {
    uint32_t count = 0;
    SubstitutionSource last_source = SubstitutionSource::kContext;
  };

  void CloseRun() {
    if (open_ && !run_original_.empty() && !run_suspect_.empty() && run_original_.size() <= kMaxSubstitutionWords &&
        run_suspect_.size() <= kMaxSubstitutionWords) {
      Uses& uses = counts_[{Phrase(original_.text, run_original_), Phrase(suspect_.text, run_suspect_)}];
      ++uses.count;
      uses.last_source = run_source_.value_or(SubstitutionSource::kContext);
    }
    open_ = false;
    run_original_ = run_suspect_ = {};
    run_source_.reset();
  }

  const AnalyzedArticle& original_;
  const AnalyzedArticle& suspect_;
  std::map<std::pair<std::string, std::string>, Uses> counts_;  // by the phrases of original and suspect

  // The run of changed words that is being read.
  bool open_ = false;
  TokenSpan run_original_, run_suspect_;
  std::optional<SubstitutionSource> run_source_;  // the strongest of its steps
};

}  // namespace

std::vector<Substitution> CollectSubstitutions(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                               std::span<const AlignedPassage> passages) {
  SubstitutionCollector collector(original, suspect);
  for (const AlignedPassage& passage : passages) collector.Add(passage);
  return collector.Take();
}

}  // namespace unspin
