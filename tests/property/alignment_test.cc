// Laws of passages and word steps, for edited samples and for texts of few words in any order.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "edits.h"
#include "law.h"
#include "reference/edit_script.h"
#include "support/english.h"
#include "unspin/align/find_passages.h"
#include "unspin/verdict/pair_alignment.h"
#include "unspin/verdict/pair_view.h"

namespace unspin {
namespace {

using testing::Draw;
using testing::ExpectLaw;

void ExpectPassagesApart(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                         const PassageOptions& options) {
  uint32_t reach = 0;
  for (const TokenPassage& passage : FindPassages(AnalyzedPair(original, suspect), options)) {
    EXPECT_GE(passage.suspect.begin, reach);
    EXPECT_FALSE(passage.suspect.empty());
    EXPECT_FALSE(passage.original.empty());
    EXPECT_LE(passage.suspect.end, suspect.size());
    EXPECT_LE(passage.original.end, original.size());
    reach = passage.suspect.end;
  }
}

PassageOptions Loose() {
  PassageOptions options;
  options.seed_cosine = options.seed_dice = 0.05;
  options.whole_cosine = 0.1;
  options.min_bytes = 1;
  return options;
}

// Few distinct words, so that nearly everything could be aligned with everything.
std::string SmallText(Draw& draw) {
  static const std::vector<std::string> words = {"the",     "a",      "of",     "council",  "bridge", "bridges",
                                                 "closed",  "shut",   "bought", "two",      "2",      "rain",
                                                 "harbour", "Friday", "don't",  "purchased"};
  std::string text;
  const size_t length = draw.Below(60);
  for (size_t i = 0; i < length; ++i) {
    text += draw.From(words);
    text += draw.Chance(0.1) ? ". The " : " ";
  }
  return text;
}

TEST(AlignmentPropertyTest, EveryWordIsInOneStepAndTheScriptYieldsTheSuspect) {
  LexiconCache lexicon(EnglishLexicon());
  ExpectLaw("every word of both spans is in exactly one step; the script turns the original into the suspect",
            [&](uint64_t seed) {
              Draw draw(seed);
              const AnalyzedArticle original = Analyze(SmallText(draw), lexicon),
                                    suspect = Analyze(SmallText(draw), lexicon);
              const auto some = [&](const AnalyzedArticle& article) {
                const auto begin = static_cast<uint32_t>(draw.Below(article.size() + 1));
                return TokenSpan{begin, begin + static_cast<uint32_t>(draw.Below(article.size() - begin + 1))};
              };
              const TokenSpan left = some(original), right = some(suspect);
              const std::vector<WordStep> steps = AlignWords(AnalyzedPair(original, suspect), left, right, lexicon);
              const reference::Uses uses = reference::CountUses(steps);
              RC_ASSERT(uses.original == reference::OnceEach(left));
              RC_ASSERT(uses.suspect == reference::OnceEach(right));
              RC_ASSERT(reference::Apply(steps, original.text, suspect.text) == reference::Words(suspect.text, right));
              for (const WordStep& step : steps) {
                // Only a number or a synonym may be a phrase.
                const bool phrase =
                    step.evidence == SubstitutionSource::kNumber || step.evidence == SubstitutionSource::kThesaurus;
                RC_ASSERT(step.original.empty() == (step.change == WordChange::kInserted));
                RC_ASSERT(step.suspect.empty() == (step.change == WordChange::kDeleted));
                RC_ASSERT(step.original.size() <= (phrase ? 8u : 1u));
                RC_ASSERT(step.suspect.size() <= (phrase ? 8u : 1u));
              }
            });
}

TEST(AlignmentPropertyTest, PassagesOfSmallTextsDoNotOverlap) {
  LexiconCache lexicon(EnglishLexicon());
  ExpectLaw("passages are ordered and disjoint in the suspect", [&](uint64_t seed) {
    Draw draw(seed);
    const AnalyzedArticle original = Analyze(SmallText(draw), lexicon), suspect = Analyze(SmallText(draw), lexicon);
    uint32_t reach = 0;
    for (const TokenPassage& passage : FindPassages(AnalyzedPair(original, suspect), Loose())) {
      RC_ASSERT(passage.suspect.begin >= reach);
      RC_ASSERT(passage.suspect.end <= suspect.size());
      RC_ASSERT(passage.original.end <= original.size());
      reach = passage.suspect.end;
    }
  });
}

TEST(AlignmentPropertyTest, HoldsForEditedAndShuffledArticles) {
  LexiconCache lexicon(EnglishLexicon());
  const std::vector<std::string> stories = testing::SampleStories();
  for (uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const std::string text = testing::ReadSample(draw.From(stories), "original.txt");
    const auto edits = testing::Replacements(text, draw);
    const std::string edited = testing::Replace(text, edits, draw.Below(edits.size()));
    // Sentences are left out, repeated and reordered.
    const TokenizedArticle words = Tokenize(edited);
    std::vector<TokenSpan> sentences = words.sentences;
    if (draw.Chance(0.5)) draw.Shuffle(sentences);
    std::string suspect_text;
    for (const TokenSpan sentence : sentences) {
      const ByteSpan bytes = words.Bytes(sentence);
      for (int copies = draw.Chance(0.1) ? 2 : draw.Chance(0.1) ? 0 : 1; copies > 0; --copies) {
        suspect_text += edited.substr(bytes.begin, bytes.size()) + ". ";
      }
    }
    const AnalyzedArticle original = Analyze(text, lexicon), suspect = Analyze(suspect_text, lexicon);
    for (const PassageOptions& options : {PassageOptions{}, Loose()}) {
      ExpectPassagesApart(original, suspect, options);
      for (const AlignedPassage& passage : AlignPair(AnalyzedPair(original, suspect), options, lexicon).passages) {
        const reference::Uses uses = reference::CountUses(passage.steps);
        EXPECT_EQ(uses.original, reference::OnceEach(passage.tokens.original));
        EXPECT_EQ(uses.suspect, reference::OnceEach(passage.tokens.suspect));
        EXPECT_EQ(reference::Apply(passage.steps, original.text, suspect.text),
                  reference::Words(suspect.text, passage.tokens.suspect));
      }
    }
  }
}

// Sentences of narration of a sample, each as its bytes.
std::vector<std::string> Narration(const std::string& story) {
  const std::string text = testing::ReadSample(story, "original.txt");
  const TokenizedArticle article = Tokenize(text);
  const Zones zones = FindZones(text, article);
  std::vector<std::string> sentences;
  for (const TokenSpan sentence : article.sentences) {
    bool narration = true;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) narration = narration && zones.Counts(token);
    const ByteSpan bytes = article.Bytes(sentence);
    if (narration) sentences.push_back(text.substr(bytes.begin, bytes.size()) + ".");
  }
  return sentences;
}

// The sentences in paragraphs of one to four.
std::vector<std::string> Paragraphs(const std::vector<std::string>& sentences, Draw& draw) {
  std::vector<std::string> paragraphs;
  size_t left = 0;
  for (const std::string& sentence : sentences) {
    if (left == 0) {
      paragraphs.push_back(sentence);
      left = 1 + draw.Below(4);
    } else {
      paragraphs.back() += " " + sentence;
    }
    --left;
  }
  return paragraphs;
}

std::string Join(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& paragraph : paragraphs) text += paragraph + "\n\n";
  return text;
}

// Draws a story, and what an odd page may make of its paragraphs.
class OddArticles {
 public:
  explicit OddArticles(uint64_t seed) : draw(seed), story_(draw.Below(stories_.size())) {
    paragraphs = Paragraphs(Narration(stories_[story_]), draw);
  }
  std::vector<std::string> OtherParagraphs() {
    return Paragraphs(Narration(stories_[(story_ + 1 + draw.Below(stories_.size() - 1)) % stories_.size()]), draw);
  }
  PairAlignment Align(const std::vector<std::string>& suspect) {
    return ViewPair(Analyze(Join(paragraphs), lexicon_), Analyze(Join(suspect), lexicon_), nullptr, lexicon_).alignment;
  }

  Draw draw;
  std::vector<std::string> paragraphs;

 private:
  const std::vector<std::string> stories_ = testing::SampleStories();
  LexiconCache lexicon_{EnglishLexicon()};
  size_t story_;
};

constexpr double kNearlyAll = 0.95, kHardlyAny = 0.02;
constexpr double kLittle = 0.1;  // rewrite: short sentences between two of the original's are not cut out

TEST(AlignmentPropertyTest, ParagraphsInAnotherOrderAreNoRewriting) {
  ExpectLaw("any permutation of the paragraphs is covered on both sides, without rewriting", [](uint64_t seed) {
    OddArticles odd(seed);
    std::vector<std::string> permuted = odd.paragraphs;
    odd.draw.Shuffle(permuted);
    const PairAlignment alignment = odd.Align(permuted);
    RC_ASSERT(alignment.rewrite <= kHardlyAny);
    RC_ASSERT(alignment.coverage.suspect >= kNearlyAll);
    RC_ASSERT(alignment.coverage.original >= kNearlyAll);
  });
}

TEST(AlignmentPropertyTest, AnInterleavedStoryIsNoRewriting) {
  ExpectLaw("the original is covered, without rewriting, whatever stands between its paragraphs", [](uint64_t seed) {
    OddArticles odd(seed);
    const std::vector<std::string> other = odd.OtherParagraphs();
    std::vector<std::string> both;
    for (size_t i = 0; i < std::max(other.size(), odd.paragraphs.size()); ++i) {
      if (i < odd.paragraphs.size()) both.push_back(odd.paragraphs[i]);
      if (i < other.size()) both.push_back(other[i]);
    }
    const PairAlignment alignment = odd.Align(both);
    RC_ASSERT(alignment.rewrite <= kLittle);
    RC_ASSERT(alignment.coverage.original >= kNearlyAll);
    RC_ASSERT(alignment.coverage.suspect < kNearlyAll);
  });
}

TEST(AlignmentPropertyTest, EveryCopyOfARepeatedTextIsTaken) {
  ExpectLaw("a text that holds the original up to four times is covered, in order, without rewriting",
            [](uint64_t seed) {
              OddArticles odd(seed);
              std::vector<std::string> repeated;
              for (size_t copies = 1 + odd.draw.Below(4); copies > 0; --copies)
                repeated.insert(repeated.end(), odd.paragraphs.begin(), odd.paragraphs.end());
              const PairAlignment alignment = odd.Align(repeated);
              RC_ASSERT(alignment.rewrite <= kHardlyAny);
              RC_ASSERT(alignment.order_kept >= kNearlyAll);
              RC_ASSERT(alignment.coverage.suspect >= kNearlyAll);
              RC_ASSERT(alignment.coverage.original >= kNearlyAll);
            });
}

}  // namespace
}  // namespace unspin
