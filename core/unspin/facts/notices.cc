#include "unspin/facts/notices.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "unspin/language/language.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {
namespace {

constexpr double kSameNotice =
    0.3;  // share of words, or of their synonyms, that two wordings of a notice have in common
constexpr double kFoundInText = 0.55;  // the same, for a sentence that nothing marks as a notice
constexpr double kGoesOn = 0.4;        // share of a sentence's words, or of synonyms, that the notice has
constexpr std::ptrdiff_t kMaxAtEdge =
    12;                       // lines at either end of a text: a page of many has those of other articles between
constexpr size_t kEdge = 30;  // sentences at either end in which an unmarked notice is looked for
constexpr uint32_t kMaxNoticeWords = 80;  // words

struct Line {
  std::string kind;
  TokenSpan words;
  bool used = false;
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

// Whether a line of its own begins here: below a byline with every sentence, below a notice with the next copyright.
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
  if (lines.size() > 2 * kMaxAtEdge) lines.erase(lines.begin() + kMaxAtEdge, lines.end() - kMaxAtEdge);
  return lines;
}

// With the sign or bracket that opens the line, and the marks that close it.
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

// Dice coefficient of the words, a synonym counting half.
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
    // The most alike first, so that a copyright line does not take the place of another one's rewording.
    for (const double least : {0.999, kSameNotice}) {
      for (size_t i = 0; i < mine.size(); ++i) {
        if (!found[i]) found[i] = MostAlike(mine[i], least);
      }
    }
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!found[i]) found[i] = AnySentence(mine[i]);
    }
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!found[i]) found[i] = InItsPlace(mine[i]);
      if (found[i]) GoOn(mine[i], *found[i]);
      Notice notice;
      notice.kind = mine[i].kind;
      notice.original = Quote(original_text_, BytesOf(original_text_, original_, mine[i].words));
      notice.state = "removed";
      if (found[i]) {
        notice.state = SameWords(original_, mine[i].words, suspect_, *found[i]) ? "kept" : "altered";
        notice.span = BytesOf(suspect_text_, suspect_, *found[i]);
        notice.suspect = Quote(suspect_text_, *notice.span);
      }
      notices.push_back(std::move(notice));
    }
    for (const Line& line : theirs_) {
      if (line.used || Repeated(line)) continue;
      Notice notice;
      notice.kind = line.kind;
      notice.state = "added";
      notice.span = BytesOf(suspect_text_, suspect_, line.words);
      notice.suspect = Quote(suspect_text_, *notice.span);
      notices.push_back(std::move(notice));
    }
    return notices;
  }

 private:
  // A page prints the same caption under headline, teaser and picture.
  bool Repeated(const Line& line) const {
    for (const Line& other : theirs_) {
      if (&other == &line) return false;
      if (SameWords(suspect_, other.words, suspect_, line.words)) return true;
    }
    return false;
  }

  std::optional<TokenSpan> MostAlike(const Line& line, double least) {
    Line* best = nullptr;
    double best_score = least;
    for (Line& other : theirs_) {
      if (other.used || (other.kind != line.kind && least < 0.9)) continue;
      const double score = Resemblance(original_, line.words, suspect_, other.words, lexicon_);
      if (score < best_score || (best != nullptr && score == best_score)) continue;
      best_score = score;
      best = &other;
    }
    if (best == nullptr) return std::nullopt;
    best->used = true;
    return best->words;
  }

  // A notice may be reworded until nothing marks it as one. Lines of another kind are not it: the agency's name stands
  // in dateline, credit and notice alike.
  std::optional<TokenSpan> AnySentence(const Line& line) {
    if (line.kind == "dateline") return std::nullopt;
    std::optional<TokenSpan> best;
    double best_score = kFoundInText;
    const size_t sentences = suspect_.text.sentences.size();
    for (size_t i = 0; i < sentences; ++i) {
      if (i >= kEdge && i + kEdge < sentences) continue;
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

  // A notice of several sentences whose later ones were reworded until nothing marks them.
  void GoOn(const Line& line, TokenSpan& found) {
    if (line.kind != "copyright") return;
    for (const TokenSpan sentence : suspect_.text.sentences) {
      if (sentence.begin != found.end || sentence.size() + found.size() > kMaxNoticeWords) continue;
      const double common =
          Resemblance(suspect_, sentence, original_, line.words, lexicon_) * (sentence.size() + line.words.size()) / 2;
      if (common >= kGoesOn * sentence.size() && found.size() + sentence.size() <= line.words.size() * 3 / 2)
        found.end = sentence.end;
    }
    for (Line& other : theirs_) {
      if (other.words.begin >= found.begin && other.words.end <= found.end) other.used = true;
    }
  }

  // Another name under the same story: the first line of that kind that nothing else accounts for. Credits are of many
  // kinds, told apart by their first word ("Photo", "Source", "Reporting").
  std::optional<TokenSpan> InItsPlace(const Line& line) {
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
  std::vector<bool> in_line_;  // suspect's words that a line holds
};

}  // namespace

std::vector<Notice> CompareNotices(std::string_view original_text, const AnalyzedArticle& original,
                                   std::string_view suspect_text, const AnalyzedArticle& suspect,
                                   const Lexicon& lexicon) {
  return NoticeComparer(original_text, original, suspect_text, suspect, lexicon).Run();
}

}  // namespace unspin
