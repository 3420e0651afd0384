// Laws of the verdict: what must not change it, and in which direction it may move.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "edits.h"
#include "support/english.h"
#include "unspin/engine/engine.h"
#include "unspin/verdict/family_weights.h"

namespace unspin {
namespace {

using testing::Draw;
using testing::ReadSample;
using testing::SampleStories;

constexpr double kUnchanged = 0.01;
constexpr double kChangeOfKind = 0.12;

class VerdictProperty : public ::testing::Test {
 protected:
  Finding Compare(const std::string& original, const std::string& suspect, double prior = 0.5, bool details = false) {
    Article left, right;
    left.text = original;
    right.text = suspect;
    CheckOptions options;
    options.details = details;
    options.prior = prior;
    return engine_.Compare(left, right, options, workspace_).findings.front();
  }
  void ExpectIdentical(const std::string& text) {
    const Finding finding = Compare(text, text);
    EXPECT_EQ(finding.rewrite, 0) << text;
    EXPECT_EQ(finding.distance, 0) << text;
    EXPECT_EQ(finding.coverage.suspect, 1) << text;
    EXPECT_EQ(finding.coverage.original, 1) << text;
    EXPECT_EQ(finding.verdict, Verdict::kCopy) << Name(finding.verdict) << ": " << text;
  }
  // A sample, spun ones among them, so that the laws are tried on more than copies.
  static std::string Suspect(const std::string& story, uint64_t seed) {
    static const std::vector<std::string> files = {"copy.txt", "spun.txt", "edited.txt", "rewritten.txt"};
    return ReadSample(story, files[seed % files.size()]);
  }

  const Engine engine_;
  Workspace workspace_{engine_};
};

TEST_F(VerdictProperty, AnIdenticalSampleIsACopy) {
  for (const std::string& story : SampleStories()) {
    for (const char* file :
         {"original.txt", "copy.txt", "spun.txt", "edited.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      ExpectIdentical(ReadSample(story, file));
    }
  }
}

// Any choice of sentences, repeated ones among them, as long as forty words count.
TEST_F(VerdictProperty, AnIdenticalHandfulOfSentencesIsACopy) {
  const std::vector<std::string> stories = SampleStories();
  for (uint64_t seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const std::string source = ReadSample(draw.From(stories), "original.txt");
    const TokenizedArticle words = Tokenize(source);
    std::string text;
    for (size_t wanted = 1 + draw.Below(6); wanted > 0; --wanted) {
      const ByteSpan bytes = words.Bytes(draw.From(words.sentences));
      text += source.substr(bytes.begin, bytes.size()) + (draw.Chance(0.3) ? ".\n\n" : ". ");
    }
    if (Compare(text, text).verdict == Verdict::kInsufficient) continue;
    ExpectIdentical(text);
  }
}

TEST_F(VerdictProperty, MoreReplacedWordsNeverLowerRewrite) {
  const std::vector<std::string> stories = SampleStories();
  for (uint64_t seed = 0; seed < 24; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    const std::string& story = stories[seed % stories.size()];
    const std::string text = ReadSample(story, "original.txt");
    const auto edits = testing::Replacements(text, draw);
    double rewrite = 0, distance = 0;
    for (size_t step = 0; step <= 12; ++step) {
      const Finding finding = Compare(text, testing::Replace(text, edits, edits.size() * step / 12));
      // A sentence of which hardly a word is left is no longer part of a passage, and its rewrite no longer counts.
      if (finding.coverage.suspect == 1) {
        EXPECT_GE(finding.rewrite, rewrite) << story << ", " << step << "/12 of the words replaced";
      }
      // Of a pasted passage more is cut out than of a reworded one, so distance falls a little where one becomes the
      // other.
      // Beyond half of the words the pair looks like one of which a part was taken, and then again like none.
      if (step > 6) continue;
      EXPECT_GE(finding.distance, distance - kChangeOfKind) << story << ", " << step << "/12 of the words replaced";
      rewrite = finding.rewrite;
      distance = finding.distance;
    }
    const Finding replaced = Compare(text, testing::Replace(text, edits, edits.size()));
    EXPECT_GT(replaced.distance, 0.8) << "all words replaced but numbers and quotations";
  }
}

TEST_F(VerdictProperty, CaseChangesNothing) {
  for (const std::string& story : SampleStories()) {
    const std::string original = ReadSample(story, "original.txt");
    for (uint64_t seed = 0; seed < 4; ++seed) {
      const std::string suspect = Suspect(story, seed);
      std::string upper = suspect, lower = suspect;
      for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      const Finding finding = Compare(original, suspect);
      EXPECT_NEAR(Compare(original, upper).rewrite, finding.rewrite, kUnchanged)
          << story << " in capitals, file " << seed;
      // A dateline is known by its capitals: without them its few words count.
      EXPECT_NEAR(Compare(original, lower).rewrite, finding.rewrite, 2 * kUnchanged)
          << story << " in small letters, file " << seed;
    }
  }
}

TEST_F(VerdictProperty, BoilerplateChangesNothing) {
  const std::string before = "Home News Sport Business Politics World\n\nShare on Facebook Twitter WhatsApp Email\n\n";
  const std::string after =
      "\n\nRelated stories Read more\n\nSubscribe newsletter Sign up\n\nCopyright 2024 Some Other Paper. All rights "
      "reserved. This "
      "material may not be published, broadcast, rewritten or redistributed without permission.\n";
  for (const std::string& story : SampleStories()) {
    const std::string original = ReadSample(story, "original.txt");
    for (uint64_t seed = 0; seed < 4; ++seed) {
      const std::string suspect = Suspect(story, seed);
      const Finding finding = Compare(original, suspect), dressed = Compare(original, before + suspect + after);
      EXPECT_NEAR(dressed.rewrite, finding.rewrite, kUnchanged) << story << ", file " << seed;
      EXPECT_NEAR(dressed.coverage.suspect, finding.coverage.suspect, kUnchanged) << story << ", file " << seed;
      EXPECT_EQ(dressed.verdict, finding.verdict) << story << ", file " << seed;
    }
  }
}

// The words inside of quotation marks, replaced one by one.
TEST_F(VerdictProperty, ChangedQuotationsChangeNoMoreThanTheirWords) {
  for (const std::string& story : SampleStories()) {
    const std::string original = ReadSample(story, "original.txt");
    for (uint64_t seed = 0; seed < 4; ++seed) {
      Draw draw(seed);
      const std::vector<std::string> pool = testing::WordPool();
      const std::string suspect = Suspect(story, seed);
      const TokenizedArticle article = Tokenize(suspect);
      const Zones zones = FindZones(suspect, article);
      std::vector<std::pair<ByteSpan, std::string>> edits;
      for (size_t token = 0; token < article.tokens.size(); ++token) {
        const bool changes =
            zones.of_token[token] == Zone::kQuotation && !article.tokens[token].starts_sentence && draw.Chance(0.5);
        if (changes) edits.emplace_back(article.tokens[token].source, draw.From(pool));
      }
      const Finding finding = Compare(original, suspect);
      const Finding changed = Compare(original, testing::Replace(suspect, edits, edits.size()));
      // In an article copied whole the quotations are part of what was taken; elsewhere they change nothing.
      const double share = static_cast<double>(edits.size()) / static_cast<double>(article.tokens.size());
      EXPECT_NEAR(changed.rewrite, finding.rewrite, share + kUnchanged)
          << story << ", file " << seed << ", " << edits.size() << " words";
    }
  }
}

TEST_F(VerdictProperty, NumbersAreFractionsForAnyPair) {
  const std::string story = ReadSample("rail-strike", "original.txt");
  std::string long_text, one_sentence, few_words, hidden;
  for (int i = 0; i < 40; ++i) long_text += story + "\n\n";
  for (int i = 0; i < 5000; ++i) one_sentence += "word" + std::to_string(i % 700) + ' ';
  for (int i = 0; i < 5000; ++i) few_words += "No. Yes! ";
  for (int i = 0; i < 2000; ++i) hidden += "a\u200b\u202e\xff";
  const std::vector<std::string> texts = {"",
                                          "word",
                                          "\"quoted words only here\"",
                                          "\xff\xfe\x80",
                                          std::string(1000, '\0'),
                                          std::string(200'000, 'x'),
                                          story,
                                          long_text,
                                          one_sentence,
                                          few_words,
                                          hidden};
  for (const std::string& original : texts) {
    for (const std::string& suspect : texts) {
      for (const double prior : {1e-6, 0.5, 1 - 1e-6}) {
        const Finding finding = Compare(original, suspect, prior, true);
        for (const double share : {finding.probability, finding.rewrite, finding.distance, finding.coverage.suspect,
                                   finding.coverage.original, finding.order_kept}) {
          EXPECT_TRUE(share >= 0 && share <= 1) << share << ", " << original.size() << ", " << suspect.size();
        }
        EXPECT_TRUE(std::isfinite(finding.log10_likelihood_ratio));
        for (const Reason& reason : finding.because) {
          EXPECT_TRUE(std::isfinite(reason.value) && std::isfinite(reason.weight)) << reason.signal;
          for (const ByteSpan& span : reason.spans.suspect) EXPECT_LE(span.end, suspect.size());
          for (const ByteSpan& span : reason.spans.original) EXPECT_LE(span.end, original.size());
        }
      }
    }
  }
}

// Rising curves for the signals of shared narration.
DerivationModel RisingModel() {
  std::string tsv = "name\trising\nhypothesis\tone\nbias\t0\n";
  for (const Signal signal : kAllSignals) {
    if (FamilyOf(signal) == SignalFamily::kNarration)
      tsv += "signal\t" + std::string(SignalName(signal)) + "\t0\t-1\t1\t1\n";
  }
  return *DerivationModel::Parse(tsv);
}

// The part before it is scaled: beyond the sure evidence all weights share what little it still rises.
TEST_F(VerdictProperty, ASentenceOfTheOriginalNeverLowersThePartOfNarration) {
  const DerivationModel model = RisingModel();
  LexiconCache lexicon{EnglishLexicon()};
  const auto part = [&](const std::string& original, const std::vector<std::string>& suspect) {
    std::string text;
    for (const std::string& sentence : suspect) text += sentence + "\n\n";
    const PairView view = ViewPair(Analyze(original, lexicon), Analyze(text, lexicon), nullptr, lexicon);
    return FamilyParts(MeasureSignals(view, lexicon.lexicon()), model)[SignalFamily::kNarration];
  };
  std::vector<std::string> pool = testing::WordPool();
  // Shared wording in the first person is speech.
  std::erase_if(pool, [](const std::string& word) {
    return English().zone_words.tags.Find(Tokenize(word).tokens.at(0).word).HasAny(ZoneWord::kFirstPerson);
  });
  for (uint64_t seed = 0; seed < 40; ++seed) {
    Draw draw(seed);
    const auto sentence = [&] {
      std::string text = "The";
      for (size_t words = 8 + draw.Below(12); words > 0; --words) text += ' ' + draw.From(pool);
      return text + '.';
    };
    std::vector<std::string> original(12), suspect(12);
    for (std::string& text : original) text = sentence();
    for (std::string& text : suspect) text = sentence();
    std::string whole;
    for (const std::string& text : original) whole += text + "\n\n";
    double last = part(whole, suspect);
    for (size_t i = 0; i < suspect.size(); ++i) {
      suspect[i] = original[i];
      const double next = part(whole, suspect);
      EXPECT_GE(next, last - 1e-9) << "seed " << seed << ", sentence " << i;
      last = next;
    }
  }
}

TEST_F(VerdictProperty, RandomBytesYieldFractions) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Draw draw(seed);
    std::string bytes(draw.Below(2000), '\0');
    for (char& c : bytes) c = static_cast<char>(draw.Chance(0.5) ? draw.Below(256) : 'a' + draw.Below(26));
    std::string other = bytes;
    for (char& c : other) c = draw.Chance(0.05) ? static_cast<char>(draw.Below(256)) : c;
    const Finding finding = Compare(bytes, other);
    EXPECT_TRUE(finding.probability >= 0 && finding.probability <= 1) << "seed " << seed;
    EXPECT_TRUE(finding.rewrite >= 0 && finding.rewrite <= 1) << "seed " << seed;
  }
}

}  // namespace
}  // namespace unspin
