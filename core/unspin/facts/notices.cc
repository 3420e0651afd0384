#include "unspin/facts/notices.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "unspin/language/language.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {
namespace {

// Shares of words, or of their synonyms, that two wordings have in common:
constexpr double kSameNotice = 0.3;       // of one notice
constexpr double kEqualNotice = 0.999;    // of one notice, unchanged
constexpr double kFoundInText = 0.55;     // of a notice, and a sentence that nothing marks as one
constexpr double kContinuesNotice = 0.4;  // share of a sentence's words that the notice has
// Lines at either end of a text: between them, a page of many articles has the notices of the others.
constexpr std::ptrdiff_t kMaxLinesAtEnd = 12;
constexpr size_t kEndSentences = 30;  // sentences at either end among which an unmarked notice is looked for
constexpr uint32_t kMaxNoticeWords = 80;

// One notice, credit, byline or dateline.
struct Line {
  std::string kind;
  TokenSpan words;
  bool used = false;  // matched with a line of the original
};

std::string KindOf(Zone zone, const AnalyzedArticle& article, TokenSpan words, const ZoneWords& zone_words) {
  switch (zone) {
    case Zone::kDateline:
      return "dateline";
    case Zone::kByline:
      return zone_words.by.Contains(article.text.tokens[words.begin].word) ? "byline" : "credit";
    default:
      return "copyright";
  }
}

// Whether a new line begins at a token inside of a zone: in a byline with every sentence, in a notice with the next
// copyright.
bool Begins(std::string_view text, const AnalyzedArticle& article, Zone zone, uint32_t token,
            const ZoneWords& zone_words) {
  if (!article.text.tokens[token].starts_sentence || zone == Zone::kDateline) return false;
  const uint32_t begin = article.text.tokens[token].source.begin;
  return zone == Zone::kByline || zone_words.copyright_mark.Contains(article.text.tokens[token].word) ||
         text.substr(begin - std::min(begin, 3u), 3).find("\xc2\xa9") != std::string_view::npos;
}

std::vector<Line> LinesOf(std::string_view text, const AnalyzedArticle& article, const ZoneWords& zone_words) {
  std::vector<Line> lines;
  for (const ZoneSpan& span : article.zones.spans) {
    if (span.zone != Zone::kNotice && span.zone != Zone::kByline && span.zone != Zone::kDateline) continue;
    for (TokenSpan line = {span.tokens.begin, span.tokens.begin}; line.end < span.tokens.end; line.begin = line.end) {
      ++line.end;
      while (line.end < span.tokens.end && !Begins(text, article, span.zone, line.end, zone_words)) ++line.end;
      if (line.size() <= kMaxNoticeWords) lines.push_back({KindOf(span.zone, article, line, zone_words), line});
    }
  }
  if (lines.size() > 2 * kMaxLinesAtEnd) lines.erase(lines.begin() + kMaxLinesAtEnd, lines.end() - kMaxLinesAtEnd);
  return lines;
}

// The bytes of a line with the sign or bracket that opens it and the marks that close it.
ByteSpan BytesOf(std::string_view text, const AnalyzedArticle& article, TokenSpan words) {
  ByteSpan bytes = article.text.Bytes(words);
  const std::string_view line = text.substr(bytes.begin, bytes.size());
  auto open = std::count(line.begin(), line.end(), '(') - std::count(line.begin(), line.end(), ')');
  bool bracket_before = bytes.begin > 0 && text[bytes.begin - 1] == '(';
  if (bracket_before && open < 0) {
    --bytes.begin;
    bracket_before = false;
  }
  for (; bytes.end < text.size(); ++bytes.end) {
    if (text[bytes.end] == '.') continue;
    if (text[bytes.end] != ')' || (open <= 0 && !bracket_before)) break;
    if (open > 0) {
      --open;
    } else {
      --bytes.begin;
      bracket_before = false;
    }
  }
  for (const std::string_view sign : {"© ", "©"}) {
    if (bytes.begin >= sign.size() && text.substr(bytes.begin - sign.size(), sign.size()) == sign) {
      bytes.begin -= static_cast<uint32_t>(sign.size());
      break;
    }
  }
  return bytes;
}

std::string Quote(std::string_view text, ByteSpan bytes) { return std::string(text.substr(bytes.begin, bytes.size())); }

bool SameWords(const AnalyzedArticle& a, TokenSpan x, const AnalyzedArticle& b, TokenSpan y) {
  if (x.size() != y.size()) return false;
  for (uint32_t i = 0; i < x.size(); ++i) {
    if (a.text.tokens[x.begin + i].word != b.text.tokens[y.begin + i].word) return false;
  }
  return true;
}

// Dice coefficient of the words; a synonym counts half.
double Resemblance(const AnalyzedArticle& a, TokenSpan x, const AnalyzedArticle& b, TokenSpan y,
                   const Lexicon& lexicon) {
  double common = 0;
  for (uint32_t i = x.begin; i < x.end; ++i) {
    double best = 0;
    for (uint32_t k = y.begin; k < y.end && best < 1; ++k) {
      switch (lexicon.Relate(a.Info(i), b.Info(k))) {
        case Relation::kSame:
        case Relation::kInflection:
          best = 1;
          break;
        case Relation::kStrong:
          best = std::max(best, 0.5);
          break;
        default:
          break;
      }
    }
    common += best;
  }
  return 2 * common / (x.size() + y.size());
}

class NoticeComparer {
 public:
  NoticeComparer(std::string_view original_text, const AnalyzedArticle& original, std::string_view suspect_text,
                 const AnalyzedArticle& suspect, const Lexicon& lexicon)
      : lexicon_(lexicon),
        original_text_(original_text),
        original_(original),
        suspect_text_(suspect_text),
        suspect_(suspect),
        theirs_(LinesOf(suspect_text, suspect, lexicon.language().zone_words)),
        in_line_(suspect.size(), false) {
    for (const Line& line : theirs_) std::fill_n(in_line_.begin() + line.words.begin, line.words.size(), true);
  }

  std::vector<Notice> Run() {
    std::vector<Notice> notices;
    const std::vector<Line> mine = LinesOf(original_text_, original_, lexicon_.language().zone_words);
    std::vector<std::optional<TokenSpan>> found(mine.size());
    // Equal lines first, so that a copyright line is not taken for the rewording of another one.
    for (const double min_resemblance : {kEqualNotice, kSameNotice}) {
      for (size_t i = 0; i < mine.size(); ++i) {
        if (!found[i]) found[i] = MostAlike(mine[i], min_resemblance);
      }
    }
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!found[i]) found[i] = SimilarSentence(mine[i]);
    }
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!found[i]) found[i] = FirstOfKind(mine[i]);
      if (found[i]) Extend(mine[i], *found[i]);
      notices.push_back(NoticeOf(mine[i], found[i]));
    }
    for (const Line& line : theirs_) {
      if (!line.used && !Repeated(line)) notices.push_back(AddedNotice(line));
    }
    return notices;
  }

 private:
  // A notice of the original, and its wording in the suspect if there is any.
  Notice NoticeOf(const Line& line, const std::optional<TokenSpan>& found) const {
    Notice notice;
    notice.kind = line.kind;
    notice.original = Quote(original_text_, BytesOf(original_text_, original_, line.words));
    notice.state = "removed";
    if (found) {
      notice.state = SameWords(original_, line.words, suspect_, *found) ? "kept" : "altered";
      SetSuspect(*found, notice);
    }
    return notice;
  }

  Notice AddedNotice(const Line& line) const {
    Notice notice;
    notice.kind = line.kind;
    notice.state = "added";
    SetSuspect(line.words, notice);
    return notice;
  }

  void SetSuspect(TokenSpan words, Notice& notice) const {
    notice.span = BytesOf(suspect_text_, suspect_, words);
    notice.suspect = Quote(suspect_text_, *notice.span);
  }

  // Whether an earlier line has the same words: a page prints one caption under headline, teaser and picture.
  bool Repeated(const Line& line) const {
    for (const Line& other : theirs_) {
      if (&other == &line) return false;
      if (SameWords(suspect_, other.words, suspect_, line.words)) return true;
    }
    return false;
  }

  // The most similar unused line with at least this resemblance.
  std::optional<TokenSpan> MostAlike(const Line& line, double min_resemblance) {
    Line* best = nullptr;
    double best_score = min_resemblance;
    for (Line& other : theirs_) {
      if (other.used || (other.kind != line.kind && min_resemblance < kEqualNotice)) continue;
      const double score = Resemblance(original_, line.words, suspect_, other.words, lexicon_);
      if (score < best_score || (best != nullptr && score == best_score)) continue;
      best_score = score;
      best = &other;
    }
    if (best == nullptr) return std::nullopt;
    best->used = true;
    return best->words;
  }

  // A notice may be reworded until nothing marks it as one. Lines of other kinds are excluded, because the agency's
  // name occurs in dateline, credit and notice alike.
  std::optional<TokenSpan> SimilarSentence(const Line& line) {
    if (line.kind == "dateline") return std::nullopt;
    std::optional<TokenSpan> best;
    double best_score = kFoundInText;
    const size_t sentences = suspect_.text.sentences.size();
    for (size_t i = 0; i < sentences; ++i) {
      if (i >= kEndSentences && i + kEndSentences < sentences) continue;
      const TokenSpan sentence = suspect_.text.sentences[i];
      if (sentence.size() > kMaxNoticeWords || in_line_[sentence.begin] ||
          suspect_.zones.of_token[sentence.begin] == Zone::kQuotation)
        continue;
      const double score = Resemblance(original_, line.words, suspect_, sentence, lexicon_);
      if (score < best_score || (best && score == best_score)) continue;
      best_score = score;
      best = sentence;
    }
    if (best) std::fill_n(in_line_.begin() + best->begin, best->size(), true);
    return best;
  }

  // Extends a found notice by the sentences behind it that were reworded until nothing marks them.
  void Extend(const Line& line, TokenSpan& found) {
    if (line.kind != "copyright") return;
    for (const TokenSpan sentence : suspect_.text.sentences) {
      if (sentence.begin != found.end || sentence.size() + found.size() > kMaxNoticeWords) continue;
      const double common =
          Resemblance(suspect_, sentence, original_, line.words, lexicon_) * (sentence.size() + line.words.size()) / 2;
      if (common >= kContinuesNotice * sentence.size() && found.size() + sentence.size() <= line.words.size() * 3 / 2)
        found.end = sentence.end;
    }
    for (Line& other : theirs_) {
      if (other.words.begin >= found.begin && other.words.end <= found.end) other.used = true;
    }
  }

  // Another name under the same story: the first unused line of that kind. There are many kinds of credits, told apart
  // by their first word ("Photo", "Source", "Reporting").
  std::optional<TokenSpan> FirstOfKind(const Line& line) {
    for (Line& other : theirs_) {
      if (other.used || other.kind != line.kind) continue;
      if (line.kind == "credit" && original_.text.Word(line.words.begin) != suspect_.text.Word(other.words.begin))
        continue;
      other.used = true;
      return other.words;
    }
    return std::nullopt;
  }

  const Lexicon& lexicon_;
  std::string_view original_text_;
  const AnalyzedArticle& original_;
  std::string_view suspect_text_;
  const AnalyzedArticle& suspect_;
  std::vector<Line> theirs_;
  std::vector<bool> in_line_;  // per token of the suspect: whether it is in a line
};

}  // namespace

std::vector<Notice> CompareNotices(std::string_view original_text, const AnalyzedArticle& original,
                                   std::string_view suspect_text, const AnalyzedArticle& suspect,
                                   const Lexicon& lexicon) {
  return NoticeComparer(original_text, original, suspect_text, suspect, lexicon).Run();
}

}  // namespace unspin
