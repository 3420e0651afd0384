#include "unspin/lexicon/synonym_matcher.h"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/english.h"
#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

WordInfo Lookup(std::string_view word) { return EnglishLexicon().Lookup(word, HashWord(word)); }

TEST(SynonymMatcherTest, RelatesAsTheLexicon) {
  const Lexicon& lexicon = EnglishLexicon();
  std::vector<WordInfo> words;
  for (const char* word :
       {"purchase",  "buy",     "bought", "went", "go",     "good",    "two",  "2",        "third",      "cop",
        "policeman", "officer", "the",    "he",   "person", "people",  "said", "told",     "begin",      "start",
        "started",   "big",     "large",  "huge", "pct",    "percent", "qzxv", "minister", "minister's", "axes"})
    words.push_back(Lookup(word));
  SynonymMatcher matcher(lexicon);
  for (const WordInfo& word : words) {
    matcher.SetWord(word);
    for (const WordInfo& other : words) EXPECT_EQ(matcher.Relate(other), lexicon.Relate(word, other));
  }
}

TEST(SynonymMatcherTest, WithoutTablesThereAreNoSynonyms) {
  Language language = English();
  language.lexicon_tables = {};
  const Lexicon empty(language);
  const WordInfo buy = empty.Lookup("buy", HashWord("buy"));
  SynonymMatcher matcher(empty);
  matcher.SetWord(buy);
  EXPECT_EQ(matcher.Relate(empty.Lookup("purchase", HashWord("purchase"))), Relation::kNone);
  EXPECT_EQ(matcher.Relate(empty.Lookup("buys", HashWord("buys"))), Relation::kInflection);
}

}  // namespace
}  // namespace unspin
