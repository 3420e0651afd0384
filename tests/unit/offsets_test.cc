#include "render/offsets.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

// "é" takes two bytes, one code point and one UTF-16 unit; the ship takes four, one and two.
const std::string kText = "é ship \xf0\x9f\x9a\xa2 sails";

ArticleCard CardOfText(std::string text) {
  ArticleCard card;
  card.text = std::move(text);
  return card;
}

TEST(OffsetsTest, FindIsTheReverseOfConvert) {
  // The record has 10 more units in front of the text, and 5 more in front of "sails".
  ArticleCard card = CardOfText(kText);
  const auto sails = static_cast<uint32_t>(kText.find("sails"));
  card.steps = {{0, 10, 10, 10}, {sails, sails + 15, sails + 11, sails + 12}};
  for (const OffsetUnit unit : {OffsetUnit::kByte, OffsetUnit::kCodepoint, OffsetUnit::kUtf16}) {
    const OffsetMap map(card, unit);
    for (const std::string words : {"é", "é ship", "\xf0\x9f\x9a\xa2", "\xf0\x9f\x9a\xa2 sails", "sails", "ail"}) {
      const auto begin = static_cast<uint32_t>(kText.find(words));
      const ByteSpan span{begin, begin + static_cast<uint32_t>(words.size())};
      EXPECT_EQ(map.Find(*map.Convert(span)), span) << words;
    }
  }
}

TEST(OffsetsTest, APartOfACharacterFindsBytesOfIt) {
  const ArticleCard card = CardOfText(kText);
  const OffsetMap bytes(card, OffsetUnit::kByte), units(card, OffsetUnit::kUtf16);
  EXPECT_EQ(bytes.Find({9, 10}), (ByteSpan{9, 10}));
  const auto ship = static_cast<uint32_t>(kText.find('\xf0'));
  const ByteSpan half = units.Find({8, 9});  // the second of the ship's two units
  EXPECT_GE(half.begin, ship);
  EXPECT_LE(half.end, ship + 4);
  EXPECT_FALSE(half.empty());
}

TEST(OffsetsTest, MarkupAndWhatIsBehindTheTextHoldNothing) {
  ArticleCard card = CardOfText("one two");
  card.steps = {{0, 10, 10, 10}, {4, 50, 50, 50}};
  const OffsetMap map(card, OffsetUnit::kByte);
  EXPECT_TRUE(map.Find({0, 10}).empty());
  EXPECT_TRUE(map.Find({14, 50}).empty());
  EXPECT_TRUE(map.Find({53, 900}).empty());
  EXPECT_TRUE(map.Find({5, 5}).empty());
  EXPECT_TRUE(map.Find({51, 50}).empty());
  EXPECT_EQ(map.Find({0, uint64_t{1} << 60}), (ByteSpan{0, 7}));
  EXPECT_EQ(map.Find({13, 51}), (ByteSpan{3, 5}));
}

TEST(OffsetsTest, AnEmptyTextHoldsNothing) {
  const ArticleCard card = CardOfText("");
  EXPECT_TRUE(OffsetMap(card, OffsetUnit::kUtf16).Find({0, 9}).empty());
}

}  // namespace
}  // namespace unspin
