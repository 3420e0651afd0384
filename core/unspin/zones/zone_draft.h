// The zones of one article while they are found: what all rules read, and the one place where they write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/language/language.h"
#include "unspin/text/tokenized_article.h"
#include "unspin/zones/paragraphs.h"
#include "unspin/zones/zones.h"

namespace unspin {

using ZoneTags = TagSet<ZoneWord>;

// A phrase of a cue at a place of the article.
struct CueHit {
  uint32_t begin = 0;  // its first token
  uint32_t end = 0;
  ZoneCue cue{};
  uint16_t phrase = 0;  // differs between all phrases
};

// Borrows all that it is made from.
class ZoneDraft {
 public:
  ZoneDraft(std::string_view text, const TokenizedArticle& article, const Language& language);

  std::string_view text() const { return text_; }
  const TokenizedArticle& article() const { return article_; }
  const Language& language() const { return language_; }
  const ZoneWords& words() const { return language_.zone_words; }
  const Token& token(uint32_t token) const { return article_.tokens[token]; }
  uint32_t size() const { return static_cast<uint32_t>(article_.tokens.size()); }
  std::span<const Paragraph> paragraphs() const { return paragraphs_; }
  bool BeginsParagraph(size_t sentence) const { return begins_paragraph_[sentence]; }

  // Sets the zone of those words that have none yet.
  void Mark(TokenSpan span, Zone zone);
  bool IsBody(uint32_t token) const { return of_token_[token] == Zone::kBody; }
  uint32_t CountBody(TokenSpan span) const;
  std::vector<Zone> TakeZones() { return std::move(of_token_); }

  bool Is(uint32_t token, const WordSet& words) const { return words.Contains(article_.tokens[token].word); }
  bool IsIn(uint32_t token, ZoneTags lists) const {
    return words().tags.Find(article_.tokens[token].word).HasAny(lists);
  }
  // Whether a sentence, by its number, has a word of one of these lists: few have any.
  bool HasAny(size_t sentence, ZoneTags lists) const { return sentence_tags_[sentence].HasAny(lists); }
  bool HasAny(const Paragraph& paragraph, ZoneTags lists) const;
  // Words of a span that are in a list and still body.
  uint32_t CountBodyIn(TokenSpan span, ZoneTags lists) const;

  // Whether a phrase of one of these cues begins in a paragraph, by its number.
  bool HasCue(size_t paragraph, TagSet<ZoneCue> cues) const { return paragraph_cues_[paragraph].HasAny(cues); }
  // The phrases that begin in a span, in order.
  std::span<const CueHit> HitsIn(TokenSpan span) const;
  // How many different phrases of a cue begin in a span without overlapping.
  uint32_t CountCues(TokenSpan span, ZoneCue cue) const { return WeighCues(span, cue, cue, 1); }
  // The same with phrases that weigh more, and hints that weigh 1. Then the first words of the span weigh 1 more.
  uint32_t WeighCues(TokenSpan span, ZoneCue plain, ZoneCue hint, uint32_t plain_weight) const;

  // The bytes between a word and the next, or behind the last word.
  std::string_view Behind(uint32_t token) const;
  // The bytes in front of a paragraph's first word, without white space around them.
  std::string_view InFrontOf(const Paragraph& paragraph) const;
  // Whether a full stop or the like stands behind a span, or (any of `marks`) what else is asked for.
  bool EndsLikeASentence(TokenSpan span) const { return IsFollowedBy(span, ".!?"); }
  bool IsFollowedBy(TokenSpan span, std::string_view marks) const;

 private:
  void ReadWords();
  void FindHits(uint32_t token);  // of the phrases that are looked up by this word
  void SortHits();

  std::string_view text_;
  const TokenizedArticle& article_;
  const Language& language_;
  std::vector<Paragraph> paragraphs_;
  std::vector<ZoneTags> sentence_tags_;  // one per sentence: of all its words
  std::vector<bool> begins_paragraph_;   // one per sentence
  std::vector<CueHit> hits_;
  std::vector<TagSet<ZoneCue>> paragraph_cues_;  // one per paragraph
  std::vector<Zone> of_token_;
};

}  // namespace unspin
