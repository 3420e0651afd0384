#include "unspin/panel/notices.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "unspin/lexicon/lexicon.h"

namespace unspin {
namespace {

constexpr double kSameNotice =
    0.3;  // share of words, or of their synonyms, that two wordings of a notice have in common
constexpr double kFoundInText = 0.55;  // the same, for a sentence that nothing marks as a notice
constexpr double kGoesOn = 0.4;        // share of a sentence's words, or of synonyms, that the notice has
constexpr std::ptrdiff_t kMostAtEdge =
    12;                       // lines at either end of a text: a page of many has those of other articles between
constexpr size_t kEdge = 30;  // sentences at either end in which an unmarked notice is looked for
constexpr uint32_t kLongestNotice = 80;  // words

struct Line {
  std::string kind;
  TokenSpan words;
  bool used = false;
};

std::string KindOf(Zone zone, const DescribedArticle& article, TokenSpan words) {
  if (zone == Zone::kByline) return "byline";
  if (zone == Zone::kDateline) return "dateline";
  for (uint32_t token = words.begin; token < words.end; ++token) {
    const std::string_view word = article.text.Word(token);
    if (word.starts_with("copyright") || word == "rights" || word == "reserved" || word == "redistributed" ||
        word == "rewritten" || word == "permission")
      return "copyright";
  }
  return "credit";
}

std::vector<Line> LinesOf(const DescribedArticle& article) {
  std::vector<Line> lines;
  for (const ZoneSpan& span : article.zones.spans) {
    if (span.zone != Zone::kNotice && span.zone != Zone::kByline && span.zone != Zone::kDateline) continue;
    if (span.tokens.size() > kLongestNotice) continue;
    lines.push_back({KindOf(span.zone, article, span.tokens), span.tokens});
  }
  if (lines.size() > 2 * kMostAtEdge) lines.erase(lines.begin() + kMostAtEdge, lines.end() - kMostAtEdge);
  return lines;
}

std::string Quote(std::string_view text, const DescribedArticle& article, TokenSpan words) {
  ByteSpan bytes = article.text.Bytes(words);
  for (const std::string_view sign : {"© ", "©", "(c) "}) {
    if (bytes.begin >= sign.size() && text.substr(bytes.begin - sign.size(), sign.size()) == sign) {
      bytes.begin -= static_cast<uint32_t>(sign.size());
      break;
    }
  }
  return std::string(text.substr(bytes.begin, bytes.size()));
}

bool SameWords(const DescribedArticle& a, TokenSpan x, const DescribedArticle& b, TokenSpan y) {
  if (x.size() != y.size()) return false;
  for (uint32_t i = 0; i < x.size(); ++i) {
    if (a.text.tokens[x.begin + i].word != b.text.tokens[y.begin + i].word) return false;
  }
  return true;
}

// Dice coefficient of the words, a synonym counting half.
double Resemblance(const DescribedArticle& a, TokenSpan x, const DescribedArticle& b, TokenSpan y) {
  const Lexicon& lexicon = Lexicon::Default();
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
  NoticeComparer(std::string_view original_text, const DescribedArticle& original, std::string_view suspect_text,
                 const DescribedArticle& suspect)
      : original_text_(original_text),
        original_(original),
        suspect_text_(suspect_text),
        suspect_(suspect),
        theirs_(LinesOf(suspect)) {}

  std::vector<Notice> Run() {
    std::vector<Notice> notices;
    std::vector<Line> mine = LinesOf(original_);
    std::vector<std::optional<TokenSpan>> found(mine.size());
    // The most alike first, so that a copyright line does not take the place of another one's rewording.
    for (const double least : {0.999, kSameNotice}) {
      for (size_t i = 0; i < mine.size(); ++i) {
        if (!found[i]) found[i] = MostAlike(mine[i], least);
      }
    }
    for (size_t i = 0; i < mine.size(); ++i) {
      if (!found[i]) found[i] = AnySentence(mine[i]);
      if (!found[i]) found[i] = InItsPlace(mine[i]);
      if (found[i]) GoOn(mine[i], *found[i]);
      Notice notice;
      notice.kind = mine[i].kind;
      notice.original = Quote(original_text_, original_, mine[i].words);
      if (found[i]) {
        notice.state = SameWords(original_, mine[i].words, suspect_, *found[i]) ? "kept" : "altered";
        notice.suspect = Quote(suspect_text_, suspect_, *found[i]);
        notice.span = suspect_.text.Bytes(*found[i]);
      } else {
        notice.state = "removed";
      }
      notices.push_back(std::move(notice));
    }
    for (const Line& line : theirs_) {
      if (line.used) continue;
      Notice notice;
      notice.kind = line.kind;
      notice.state = "added";
      notice.suspect = Quote(suspect_text_, suspect_, line.words);
      notice.span = suspect_.text.Bytes(line.words);
      notices.push_back(std::move(notice));
    }
    return notices;
  }

 private:
  std::optional<TokenSpan> MostAlike(const Line& line, double least) {
    Line* best = nullptr;
    double best_score = least;
    for (Line& other : theirs_) {
      if (other.used || (other.kind != line.kind && least < 0.9)) continue;
      const double score = Resemblance(original_, line.words, suspect_, other.words);
      if (score < best_score) continue;
      best_score = score;
      best = &other;
    }
    if (best == nullptr) return std::nullopt;
    best->used = true;
    return best->words;
  }

  // A notice may be reworded until nothing marks it as one.
  std::optional<TokenSpan> AnySentence(const Line& line) const {
    std::optional<TokenSpan> best;
    double best_score = kFoundInText;
    const size_t sentences = suspect_.text.sentences.size();
    for (size_t i = 0; i < sentences; ++i) {
      if (i >= kEdge && i + kEdge < sentences) continue;
      const TokenSpan sentence = suspect_.text.sentences[i];
      if (sentence.size() > kLongestNotice || suspect_.zones.of_token[sentence.begin] == Zone::kQuotation) continue;
      const double score = Resemblance(original_, line.words, suspect_, sentence);
      if (score < best_score) continue;
      best_score = score;
      best = sentence;
    }
    return best;
  }

  // A notice of several sentences whose later ones were reworded until nothing marks them.
  void GoOn(const Line& line, TokenSpan& found) const {
    for (const TokenSpan sentence : suspect_.text.sentences) {
      if (sentence.begin != found.end || sentence.size() + found.size() > kLongestNotice) continue;
      const double common =
          Resemblance(suspect_, sentence, original_, line.words) * (sentence.size() + line.words.size()) / 2;
      if (common >= kGoesOn * sentence.size() && found.size() + sentence.size() <= line.words.size() * 3 / 2)
        found.end = sentence.end;
    }
  }

  // Another name under the same story: the first line of that kind that nothing else accounts for.
  std::optional<TokenSpan> InItsPlace(const Line& line) {
    if (line.kind == "credit") return std::nullopt;
    for (Line& other : theirs_) {
      if (other.used || other.kind != line.kind) continue;
      other.used = true;
      return other.words;
    }
    return std::nullopt;
  }

  std::string_view original_text_;
  const DescribedArticle& original_;
  std::string_view suspect_text_;
  const DescribedArticle& suspect_;
  std::vector<Line> theirs_;
};

}  // namespace

std::vector<Notice> CompareNotices(std::string_view original_text, const DescribedArticle& original,
                                   std::string_view suspect_text, const DescribedArticle& suspect) {
  return NoticeComparer(original_text, original, suspect_text, suspect).Run();
}

}  // namespace unspin
