#include "unspin/page/dates_near.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/date/parse_date.h"
#include "unspin/page/html_references.h"
#include "unspin/page/page_words.h"
#include "unspin/page/prose_words.h"

namespace unspin {
namespace {

constexpr uint32_t kNodesBefore = 80;   // of a headline: a date or a rubric stands there
constexpr size_t kLinesBehind = 40;     // of a headline: summary, picture, buttons, author, date
constexpr size_t kLongLines = 3;        // paragraphs: behind them the article has begun
constexpr size_t kLongLine = 240;       // bytes
constexpr size_t kMaxByline = 100;      // bytes of a line of author and date
constexpr size_t kMaxLabelLine = 40;    // bytes of a line that says what the next one is: "Published"
constexpr uint32_t kSmallElement = 24;  // nodes of an element that holds a date and little else
constexpr size_t kMinProse = 1;         // words of a sentence: "She sank on …"
constexpr size_t kMaxNames = 300;       // bytes of a class or id
constexpr size_t kManyArticles = 3;     // <article> elements beside the headline: teasers

constexpr TagSet kSkipped = {HtmlTag::kScript, HtmlTag::kStyle,  HtmlTag::kNoscript,   HtmlTag::kTemplate,
                             HtmlTag::kSvg,    HtmlTag::kNav,    HtmlTag::kFigcaption, HtmlTag::kSelect,
                             HtmlTag::kForm,   HtmlTag::kIframe, HtmlTag::kHead};

bool HasAny(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

// In order.
constexpr std::string_view kOthers[] = {
    "breadcrumb", "breadcrumbs", "breaking", "carousel", "comment",  "comments", "dropdown",        "latest",
    "masthead",   "mostread",    "popular",  "promo",    "readnext", "recirc",   "recommendations", "recommended",
    "related",    "submenu",     "teaser",   "teasers",  "ticker",   "trending", "upcoming"};
// The author's box under an article is a footer of it, and some themes name what holds article and sidebar so.
constexpr std::string_view kBeside[] = {"footer", "sidebar"};
constexpr std::string_view kOwn[] = {"article", "author", "content", "entry", "layout",
                                     "main",    "meta",   "post",    "story"};

// Containers of other stories, comments and the like, by class and id in lower case.
bool NamesOthers(std::string_view names) {
  bool is_beside = false, is_own = false;
  for (size_t at = 0; at < names.size();) {
    size_t end = at;
    while (end < names.size() && IsAsciiAlphanumeric(names[end])) ++end;
    const std::string_view word = names.substr(at, end - at);
    at = end + 1;
    if (word.size() < 4) continue;
    if (std::binary_search(std::begin(kOthers), std::end(kOthers), word)) return true;
    is_beside = is_beside || std::binary_search(std::begin(kBeside), std::end(kBeside), word);
    is_own = is_own || std::binary_search(std::begin(kOwn), std::end(kOwn), word);
  }
  return is_beside && !is_own;
}

// What the names of a small element say of the date in it; they are in lower case.
DateLabel LabelOfNames(std::string_view names) {
  if (!HasAny(names, {"dat", "pub", "posted", "modif", "revis", "edited"})) return DateLabel::kNone;
  if (HasAny(names, {"datemodified", "date-modified", "date_modified"})) return DateLabel::kUpdated;
  if (HasAny(names, {"publish", "pubdate", "pub-date", "pub_date", "posted", "entry-date", "postdate", "post-date",
                     "post_date", "datecreated"}))
    return DateLabel::kPublished;
  return HasAny(names, {"updat", "modif", "revis", "edited"}) ? DateLabel::kUpdated : DateLabel::kNone;
}

// Whether the text of a link is the headline of another story, and no name of an author: many words, or some in lower
// case that names do not have.
bool IsHeadline(std::string_view text) {
  constexpr size_t kMaxName = 4, kMinHeadline = 3;  // words
  constexpr std::string_view kInNames[] = {"and", "of", "the", "de", "van", "von", "der", "by"};
  size_t words = 0, lower = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    ++words;
    lower += IsAsciiLower(word[0]) && std::find(std::begin(kInNames), std::end(kInNames), word) == std::end(kInNames);
  }
  return words > kMaxName || (words >= kMinHeadline && lower > 0);
}

bool IsBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), IsHtmlSpace); }

class LineWalker {
 public:
  LineWalker(const HtmlPage& page, uint32_t headline, DayOrder order, std::vector<DateClue>& clues)
      : page_(page), headline_(headline), order_(order), clues_(clues) {}

  void WalkNear() {
    CountArticles();
    WalkNodes(page_.nodes[headline_].subtree_end, EndOfStory());
    is_behind_ = false;
    lines_ = long_lines_ = 0;
    last_line_.clear();
    WalkNodes(std::max(headline_ - std::min(headline_, kNodesBefore), container_begin_), headline_);
  }

  // Dates alone and those that are called the date of publication, behind the headline at any distance, where all of
  // them name one day.
  void WalkFar() {
    CountArticles();
    is_far_ = true;
    const size_t first = clues_.size();
    WalkNodes(page_.nodes[headline_].subtree_end, EndOfStory());
    if (far_days_.size() != 1) clues_.resize(first);
    for (size_t at = first; at < clues_.size(); ++at) clues_[at].source = DateSource::kInside;
  }

 private:
  // <article> elements beside the headline. The first one behind a headline that is in none may be its own.
  void CountArticles() {
    bool is_inside = false;
    for (uint32_t at = 0; at < page_.nodes.size(); ++at) {
      if (page_.nodes[at].tag != HtmlTag::kArticle) continue;
      if (HoldsHeadline(page_.nodes[at])) {
        is_inside = true;
        container_begin_ = at;
        container_end_ = page_.nodes[at].subtree_end;
      } else {
        ++articles_;
        if (at > headline_ && !is_inside && own_article_ == 0) own_article_ = at;
      }
    }
  }

  // Behind the innermost <article> around the headline other stories and comments begin.
  uint32_t EndOfStory() const {
    return container_end_ > 0 ? container_end_ : static_cast<uint32_t>(page_.nodes.size());
  }

  bool HoldsHeadline(const HtmlNode& node) const {
    return static_cast<uint32_t>(&node - page_.nodes.data()) <= headline_ && headline_ < node.subtree_end;
  }

  void WalkNodes(uint32_t begin, uint32_t end) {
    line_.clear();
    uint32_t line_end = end;
    for (uint32_t at = begin; at < end && (is_far_ || (lines_ < kLinesBehind && long_lines_ < kLongLines)); ++at) {
      const HtmlNode& node = page_.nodes[at];
      if (at >= line_end) {
        EndLine();
        line_end = end;
      }
      if (node.tag == HtmlTag::kText) {
        AddText(at);
        continue;
      }
      if (IsSkipped(at)) {
        at = node.subtree_end - 1;
        continue;
      }
      if (IsBlock(node.tag) || node.tag == HtmlTag::kBr) {
        EndLine();
        line_end = node.tag == HtmlTag::kBr ? end : node.subtree_end;
      }
      if (node.tag == HtmlTag::kA) link_end_ = node.subtree_end;
      VisitElement(at);
    }
    EndLine();
  }

  bool IsSkipped(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    names_.clear();
    if (HoldsHeadline(node)) return false;
    if (kSkipped.Has(node.tag)) return true;
    if (node.tag == HtmlTag::kArticle && articles_ >= kManyArticles && at != own_article_) return true;
    if (node.tag == HtmlTag::kHeader && !is_behind_) return true;  // that of the site: it may hold today's date
    if (node.tag == HtmlTag::kA) {
      const uint32_t end = std::min(node.subtree_end, at + kSmallElement);
      for (uint32_t inner = at + 1; inner < end; ++inner) {
        if (IsHeading(page_.nodes[inner].tag)) return true;
      }
    }
    for (uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
      const HtmlAttribute& attribute = page_.attributes[i];
      if (attribute.name != "class" && attribute.name != "id" && attribute.name != "itemprop") continue;
      for (const char c : attribute.value.substr(0, kMaxNames)) names_ += AsciiLower(c);
      names_ += ' ';
    }
    return NamesOthers(names_);
  }

  // REQUIRES: names_ holds the names of the element, as IsSkipped leaves it.
  void VisitElement(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    DateLabel label = node.subtree_end - at <= kSmallElement ? LabelOfNames(names_) : DateLabel::kNone;
    if (HasAttribute(page_, node, "pubdate")) label = DateLabel::kPublished;
    const bool is_named = label == DateLabel::kPublished;
    // What the name of an element says stands in the line as a word, so that it holds for the date behind it only.
    if (label != DateLabel::kNone) line_ += label == DateLabel::kPublished ? " published " : " updated ";
    if (node.tag != HtmlTag::kTime && label != DateLabel::kPublished) return;
    if (is_teaser_) return;
    label = LabelAtEnd(line_);
    dated_end_ = std::max(dated_end_, node.subtree_end);
    // <time datetime="…">Updated September 3</time>
    if (node.tag == HtmlTag::kTime && node.subtree_end - at <= kSmallElement) {
      const DateLabel inside = LabelAtEnd(TextWithin(page_, at, kMaxLabelLine));
      if (inside != DateLabel::kNone) label = inside;
    }
    for (const char* attribute : {"datetime", "content", "title"}) {
      const std::string value = AttributeOf(page_, node, attribute);
      if (value.empty()) continue;
      const Moment moment = ParseDate(value, order_);
      if (!DayOf(moment)) continue;
      elements_.push_back({moment, label == DateLabel::kNone ? LabelAtEnd(last_line_) : label, is_named});
      break;
    }
  }

  void AddText(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    if (line_.empty() && IsBlank(page_.record.substr(node.begin, node.end - node.begin))) return;
    if (line_.size() > kLongLine) return;
    if (!line_.empty()) line_ += ' ';
    const size_t begin = line_.size();
    HtmlTextCursor cursor(page_.record, node.begin, node.end);
    for (HtmlTextCursor::Chunk chunk; line_.size() <= kLongLine && cursor.Next(chunk);)
      line_.append(chunk.bytes.substr(0, kLongLine));
    // The names of rubrics are links, and what a date is made of says nothing of the line.
    if (at >= link_end_ && at >= dated_end_) prose_words_ += CountProseWords(std::string_view(line_).substr(begin));
    if (at >= link_end_) return;
    // A date in front of the link is none of its story.
    const std::string_view text = line_, link = text.substr(begin), before = text.substr(0, begin);
    if (IsHeadline(CollapseSpace(link)) && !IsDateAlone(link) &&
        std::none_of(before.begin(), before.end(), IsAsciiDigit))
      is_teaser_ = true;
  }

  // In a running sentence a date is what the sentence says, unless its element is called the date of publication.
  void AddElements(bool is_prose) {
    for (const DatedElement& element : elements_) {
      if (!is_prose || element.is_named) Add(element.moment, element.label, true);
    }
    elements_.clear();
  }

  void EndLine() {
    const bool is_prose = prose_words_ >= kMinProse;
    prose_words_ = 0;
    AddElements(is_prose);
    if (line_.empty()) return;
    const std::string line = CollapseSpace(line_);
    const bool is_teaser = is_teaser_;
    is_teaser_ = false;
    line_.clear();
    if (line.empty()) return;
    ++lines_;
    if (line.size() > kLongLine) {
      ++long_lines_;
      last_line_.clear();
      return;
    }
    std::vector<LabelledDate> dates;
    if (!is_teaser && !is_prose && std::any_of(line.begin(), line.end(), IsAsciiDigit)) dates = FindDates(line, order_);
    if (dates.empty()) {
      last_line_ = line.size() <= kMaxLabelLine ? line : std::string();
      return;
    }
    const DateLabel last_label = LabelAtEnd(last_line_);
    last_line_.clear();
    const bool is_alone = line.size() <= kMaxByline && (dates.size() > 1 || IsByline(line));
    for (const LabelledDate& date : dates) {
      const DateLabel own = date.label != DateLabel::kNone ? date.label : last_label;
      if (line.size() > kMaxByline && own != DateLabel::kPublished) continue;
      Add(date.moment, own, is_alone);
    }
  }

  // A line of author and date: it begins with the author or the date, or signs part it.
  bool IsByline(std::string_view line) const {
    if (IsDateAlone(line) || IsAsciiDigit(line[0])) return true;
    const std::string lower = AsciiLower(line.substr(0, 3));
    if (lower == "by " || lower == "on ") return true;
    if (MonthNamed(SpacedWords(line.substr(0, line.find_first_of(" ."))).substr(1)) > 0) return true;
    return HasAny(line, {"|", "\xc2\xb7", "\xe2\x80\xa2", " / ", " - ", "min read", "\xe2\x80\x94", "\xe2\x80\x93"});
  }

  void Add(const Moment& moment, DateLabel label, bool is_alone) {
    if (label == DateLabel::kUpdated || label == DateLabel::kOther) return;
    DateSource source = is_alone ? DateSource::kPlain : DateSource::kInside;
    if (label == DateLabel::kPublished) source = DateSource::kLabelled;
    if (is_far_ && source == DateSource::kInside) return;
    if (is_far_) far_days_.insert(*DayOf(moment));
    // Above a headline that no <article> holds, the site may show the date of today.
    // The first date behind a headline is its own; the next ones may be those of other stories.
    if (source == DateSource::kPlain && !is_behind_ && container_end_ == 0) source = DateSource::kInside;
    if (source != DateSource::kInside) {
      std::optional<int64_t>& first = source == DateSource::kPlain ? plain_day_ : published_day_;
      if (!first) first = DayOf(moment);
      if (first != DayOf(moment)) source = DateSource::kInside;
    }
    clues_.push_back({source, moment});
  }

  struct DatedElement {
    Moment moment;
    DateLabel label;
    bool is_named;  // the date of publication
  };

  const HtmlPage& page_;
  const uint32_t headline_;
  const DayOrder order_;
  std::vector<DateClue>& clues_;
  size_t articles_ = 0;
  bool is_teaser_ = false;              // the line holds a link with a headline
  std::vector<DatedElement> elements_;  // of the line
  size_t prose_words_ = 0;              // of the line
  uint32_t link_end_ = 0, dated_end_ = 0;
  uint32_t own_article_ = 0, container_begin_ = 0, container_end_ = 0;
  bool is_behind_ = true, is_far_ = false;
  std::set<int64_t> far_days_;
  std::string line_, last_line_, names_;
  size_t lines_ = 0, long_lines_ = 0;
  std::optional<int64_t> plain_day_, published_day_;
};

}  // namespace

void FindDatesNear(const HtmlPage& page, uint32_t headline, DayOrder order, std::vector<DateClue>& clues) {
  assert(headline < page.nodes.size());
  LineWalker(page, headline, order, clues).WalkNear();
}

void FindDatesFar(const HtmlPage& page, uint32_t headline, DayOrder order, std::vector<DateClue>& clues) {
  assert(headline < page.nodes.size());
  LineWalker(page, headline, order, clues).WalkFar();
}

}  // namespace unspin
