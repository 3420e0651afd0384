#include "unspin/lexicon/lexicon_cache.h"

#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "support/english.h"
#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

WordInfo Lookup(std::string_view word) { return EnglishLexicon().Lookup(word, HashWord(word)); }

bool SameInfo(const WordInfo& a, const WordInfo& b) {
  return a.word == b.word && a.canonical == b.canonical && a.stem == b.stem && a.idf == b.idf && a.lemmas == b.lemmas &&
         a.function_word == b.function_word && a.number == b.number;
}

TEST(LexiconCacheTest, LeavesOutLemmasAlone) {
  const Lexicon& lexicon = EnglishLexicon();
  LexiconCache all(lexicon), stems(lexicon, LexiconCache::Lemmas::kLeftOut);
  for (const std::string_view word : {"weapons", "the", "went", "two", "percent", "zxqv"}) {
    const WordInfo expected = all.Lookup(word, HashWord(word)), info = stems.Lookup(word, HashWord(word));
    EXPECT_EQ(info.word, expected.word) << word;
    EXPECT_EQ(info.stem, expected.stem) << word;
    EXPECT_EQ(info.canonical, expected.canonical) << word;
    EXPECT_EQ(info.idf, expected.idf) << word;
    EXPECT_EQ(info.function_word, expected.function_word) << word;
    EXPECT_EQ(info.number, expected.number) << word;
    EXPECT_EQ(info.lemmas, WordInfo().lemmas) << word;
  }
}

TEST(LexiconCacheTest, AnswersAsTheLexicon) {
  const Lexicon& lexicon = EnglishLexicon();
  LexiconCache cache(lexicon);
  const WordInfo first = cache.Lookup("purchase", HashWord("purchase"));
  std::vector<std::string> words;
  for (int i = 0; i < 2'000; ++i) words.push_back("word" + std::to_string(i));
  words.insert(words.end(), {"buy", "went", "two", "2", "cop", "policeman", "the"});
  for (int round = 0; round < 2; ++round) {
    for (const std::string& word : words) {
      const WordInfo& info = cache.Lookup(word, HashWord(word));
      ASSERT_TRUE(SameInfo(info, Lookup(word))) << word;
    }
  }
  EXPECT_TRUE(SameInfo(first, Lookup("purchase")));
}

TEST(LexiconCacheTest, ThreadsShareOneLexicon) {
  const std::vector<std::string> words = {"buy", "went", "two", "ministers", "children's", "qzxv", "the", "walking"};
  std::vector<WordInfo> expected;
  for (const std::string& word : words) expected.push_back(Lookup(word));
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong) {
      threads.emplace_back([&words, &expected, &count] {
        for (int round = 0; round < 200; ++round) {
          LexiconCache cache(EnglishLexicon());
          for (size_t i = 0; i < words.size(); ++i) {
            count += !SameInfo(cache.Lookup(words[i], HashWord(words[i])), expected[i]);
            count += !SameInfo(Lookup(words[i]), expected[i]);
          }
        }
      });
    }
  }
  EXPECT_EQ(std::set<int>(wrong.begin(), wrong.end()), std::set<int>{0});
}

}  // namespace
}  // namespace unspin
