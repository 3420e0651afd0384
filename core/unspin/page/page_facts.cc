#include "unspin/page/page_facts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/date/parse_date.h"
#include "unspin/page/dates_near.h"
#include "unspin/page/linked_data.h"
#include "unspin/page/page_dates.h"
#include "unspin/page/page_marks.h"
#include "unspin/page/page_title.h"
#include "unspin/page/page_words.h"
#include "unspin/page/script_dates.h"

namespace unspin {
namespace {

// Names of <meta> elements that give a date of publication, beside those of Open Graph.
constexpr std::string_view kDateNames[] = {"datepublished",
                                           "date",
                                           "pubdate",
                                           "pub_date",
                                           "publish-date",
                                           "publish_date",
                                           "publishdate",
                                           "published",
                                           "published-date",
                                           "published_date",
                                           "publisheddate",
                                           "publication_date",
                                           "publication-date",
                                           "publicationdate",
                                           "originalpublicationdate",
                                           "dc.date",
                                           "dc.date.issued",
                                           "dc.date.created",
                                           "dc.date.published",
                                           "dcterms.date",
                                           "dcterms.issued",
                                           "dcterms.created",
                                           "sailthru.date",
                                           "parsely-pub-date",
                                           "cxenseparse:publishtime",
                                           "cxenseparse:recs:publishtime",
                                           "article.published",
                                           "article_date_original",
                                           "article:first_published_time",
                                           "article-published_time",
                                           "og:publish_date",
                                           "citation_publication_date",
                                           "citation_online_date",
                                           "citation_date",
                                           "bt:pubdate",
                                           "rnews:datepublished",
                                           "eprints.datestamp",
                                           "prism.publicationdate",
                                           "shareaholic:article_published_time",
                                           "by date",
                                           "published_at",
                                           "date-pub",
                                           "gs_publish_date",
                                           "cse-pubdate",
                                           "article:publish_date",
                                           "firstpublished",
                                           "date_published"};

constexpr std::string_view kPublishedNames[] = {"article:published_time", "og:article:published_time",
                                                "og:published_time", "article:published"};

constexpr size_t kMaxTitle = 1000;   // bytes
constexpr size_t kMaxHeadings = 16;  // of the first rank
constexpr size_t kMaxHeadingsOfAnyRank = 100;
constexpr size_t kMaxHeadlines = 3;      // headings that may be the headline: some pages hold it twice
constexpr std::ptrdiff_t kFewWords = 4;  // spaces of three words;  // may stand in a title and be no headline
constexpr size_t kMaxMicrodata = 64;     // elements

template <typename Names>
bool Has(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

void SetIfEmpty(std::string& field, std::string_view value) {
  if (field.empty()) field = CollapseSpace(value);
}

// Visits all nodes of a page once.
class FactCollector {
 public:
  explicit FactCollector(const HtmlPage& page) : page_(page) {}

  PageFacts Collect() {
    for (uint32_t at = 0; at < page_.nodes.size(); ++at) Visit(at);
    PageFacts facts;
    const bool absolute = canonical_.find("://") != std::string::npos;
    for (const auto* url : {absolute ? &canonical_ : &open_graph_url_, &open_graph_url_, &canonical_})
      SetIfEmpty(facts.url, *url);
    for (const auto* site : {&site_, &data_.site, &application_}) SetIfEmpty(facts.site, *site);
    std::vector<std::string> titles = {open_graph_title_.substr(0, kMaxTitle), title_};
    const size_t few = std::min(headings_.size(), kMaxHeadlines);
    titles.insert(titles.end(), headings_.begin(), headings_.begin() + static_cast<std::ptrdiff_t>(few));
    const LinkedArticle* own = OwnArticle(data_, facts.url, titles);
    TitleSources sources = {open_graph_title_, own == nullptr ? std::string() : Decoded(own->headline), title_,
                            std::move(headings_), facts.site};
    facts.title = TitleOf(sources);
    if (facts.title.empty()) facts.title = CollapseSpace(title_);
    facts.published = ToIso8601(Published(own, facts));
    facts.article_body = BodyOf(data_, own);
    facts.marks = FindPageMarks(page_, DeclaredMarks(own), facts.url, facts.site);
    return facts;
  }

 private:
  static std::string Decoded(std::string_view text) { return CollapseSpace(WithoutMarkup(text.substr(0, kMaxTitle))); }

  // Marks of the page's own article, else those of the first article that the page is about.
  std::vector<PageMark> DeclaredMarks(const LinkedArticle* own) const {
    if (own != nullptr && !own->marks.empty()) return own->marks;
    for (const LinkedArticle& article : data_.articles) {
      if (!article.is_listed && !article.marks.empty()) return article.marks;
    }
    return {};
  }

  void Visit(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    switch (node.tag) {
      case HtmlTag::kText:
        return;
      case HtmlTag::kHtml:
        if (order_ == DayOrder::kUnknown) order_ = DayOrderOf(AttributeOf(page_, node, "lang"));
        break;
      case HtmlTag::kSvg:
        svg_end_ = std::max(svg_end_, node.subtree_end);
        break;
      case HtmlTag::kArticle:
        if (article_ == 0) article_ = at;
        break;
      case HtmlTag::kMeta:
        VisitMeta(node);
        return;
      case HtmlTag::kLink:
        if (canonical_.empty() && AsciiLower(AttributeOf(page_, node, "rel")) == "canonical") {
          canonical_ = CollapseSpace(AttributeOf(page_, node, "href"));
        }
        break;
      case HtmlTag::kTitle:
        if (at >= svg_end_ && title_.empty()) title_ = TextWithin(page_, at, kMaxTitle);  // drawings have titles too
        break;
      case HtmlTag::kH1:
        if (headings_.size() < kMaxHeadings) {
          headings_.push_back(TextWithin(page_, at, kMaxTitle));
          heading_nodes_.push_back(at);
        }
        break;
      case HtmlTag::kScript:
        if (AsciiLower(AttributeOf(page_, node, "type")).find("ld+json") != std::string::npos &&
            at + 1 < node.subtree_end) {
          const HtmlNode& text = page_.nodes[at + 1];
          ReadLinkedData(page_.record.substr(text.begin, text.end - text.begin), data_);
        }
        break;
      default:
        break;
    }
    for (uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
      if (page_.attributes[i].name.size() == std::string_view("itemprop").size()) VisitProperty(at, i);
    }
  }

  // Microdata: itemprop="datePublished", and property="datePublished" of RDFa.
  void VisitProperty(uint32_t at, uint32_t attribute) {
    const std::string name = AsciiLower(page_.attributes[attribute].name);
    if (name != "itemprop" && name != "property") return;
    const std::string value = AsciiLower(page_.attributes[attribute].value);
    if (value != "datepublished" && value != "schema:datepublished" && value != "datecreated datepublished") return;
    if (++properties_ > kMaxMicrodata) return;
    const HtmlNode& node = page_.nodes[at];
    std::string date = AttributeOf(page_, node, "content");
    if (!DayOf(ParseDate(date, order_))) date = AttributeOf(page_, node, "datetime");
    if (!DayOf(ParseDate(date, order_))) date = TextWithin(page_, at, kMaxTitle);
    if (const Moment moment = ParseDate(date, order_); DayOf(moment)) microdata_.push_back({at, moment});
  }

  void VisitMeta(const HtmlNode& node) {
    const std::string content = AttributeOf(page_, node, "content");
    if (content.empty()) return;
    for (const char* attribute : {"property", "name", "itemprop"}) {
      const std::string name = AsciiLower(AttributeOf(page_, node, attribute));
      if (name.empty()) continue;
      if (name == "og:title") SetIfEmpty(open_graph_title_, content);
      if (name == "og:url") SetIfEmpty(open_graph_url_, content);
      if (name == "og:site_name") SetIfEmpty(site_, content);
      if (name == "application-name") SetIfEmpty(application_, content);
      if (Has(kPublishedNames, name)) AddClue(DateSource::kOpenGraph, content);
      if (Has(kDateNames, name)) AddClue(name == "datepublished" ? DateSource::kMicrodata : DateSource::kMeta, content);
    }
  }

  void AddClue(DateSource source, std::string_view text) {
    if (const Moment moment = ParseDate(text, order_); DayOf(moment)) clues_.push_back({source, moment});
  }

  // Of several dates of microdata, those of this article: all of them where they agree, else the one that stands in
  // the innermost <article> around the headline.
  void AddMicrodata() {
    const auto add = [&](const Moment& moment) { clues_.push_back({DateSource::kMicrodata, moment}); };
    const bool agree = std::all_of(microdata_.begin(), microdata_.end(), [&](const Property& property) {
      return DayOf(property.moment) == DayOf(microdata_.front().moment);
    });
    if (agree) {
      for (const Property& property : microdata_) add(property.moment);
      return;
    }
    if (headline_nodes_.empty()) return;
    const uint32_t headline = headline_nodes_.front();
    uint32_t begin = 0, end = 0;
    for (uint32_t at = 0; at <= headline; ++at) {
      if (page_.nodes[at].tag != HtmlTag::kArticle || page_.nodes[at].subtree_end <= headline) continue;
      begin = at;
      end = page_.nodes[at].subtree_end;
    }
    for (const Property& property : microdata_) {
      if (begin <= property.node && property.node < end) return add(property.moment);
    }
  }

  // The headings that show the title, else the first one, else the beginning of the article.
  void FindHeadlines(std::string_view title) {
    const std::string words = SpacedWords(title.substr(0, kMaxTitle));
    const std::string others = SpacedWords(open_graph_title_.substr(0, kMaxTitle)) + SpacedWords(title_);
    const auto shows_title = [&](const std::string& heading) {
      if (heading.size() <= 2) return false;
      if (heading == words) return true;
      const auto has_few = [](const std::string& text) {
        return std::count(text.begin(), text.end(), ' ') <= kFewWords;
      };
      if (!has_few(words) && heading.find(words) != std::string::npos) return true;
      return !has_few(heading) &&
             (words.find(heading) != std::string::npos || others.find(heading) != std::string::npos);
    };
    size_t seen = 0;
    for (uint32_t at = 0; at < page_.nodes.size() && headline_nodes_.size() < kMaxHeadlines; ++at) {
      const HtmlTag tag = page_.nodes[at].tag;
      if (!IsHeading(tag)) continue;
      if (++seen > kMaxHeadingsOfAnyRank) break;
      const std::string heading = SpacedWords(TextWithin(page_, at, kMaxTitle));
      if (shows_title(heading)) headline_nodes_.push_back(at);
    }
    if (headline_nodes_.empty() && !heading_nodes_.empty()) headline_nodes_.push_back(heading_nodes_.front());
    for (uint32_t at = 0; at < page_.nodes.size() && headline_nodes_.empty(); ++at) {
      const HtmlNode& node = page_.nodes[at];
      if (node.tag == HtmlTag::kHead || node.tag == HtmlTag::kScript) at = node.subtree_end - 1;
      if (node.tag != HtmlTag::kText || node.end - node.begin > kMaxTitle) continue;
      if (shows_title(SpacedWords(page_.record.substr(node.begin, node.end - node.begin))))
        headline_nodes_.push_back(at);
    }
    if (headline_nodes_.empty() && article_ > 0) headline_nodes_.push_back(article_);
  }

  Moment Published(const LinkedArticle* own, const PageFacts& facts) {
    if (own != nullptr) AddClue(DateSource::kLinkedArticle, own->published);
    for (const LinkedArticle& article : data_.articles) {
      if (!article.is_article && !article.is_listed) AddClue(DateSource::kLinkedPage, article.published);
    }
    AddClue(DateSource::kLinkedPage, data_.broken_published);
    FindHeadlines(facts.title);
    AddMicrodata();
    const size_t said = clues_.size();
    for (const uint32_t headline : headline_nodes_) {
      if (clues_.size() == said) FindDatesNear(page_, headline, order_, clues_);
    }
    if (const Moment day = DayInUrl(facts.url); day.known()) clues_.push_back({DateSource::kUrl, day});
    Moment published = PublishedBy(clues_);
    if (published.known()) return published;
    if (!headline_nodes_.empty()) FindDatesFar(page_, headline_nodes_.front(), order_, clues_);
    published = PublishedBy(clues_);
    if (published.known()) return published;
    AddClue(DateSource::kScript, DateInScripts(page_));
    return PublishedBy(clues_);
  }

  struct Property {
    uint32_t node;
    Moment moment;
  };

  const HtmlPage& page_;
  LinkedData data_;
  std::vector<DateClue> clues_;
  std::vector<Property> microdata_;
  std::string open_graph_title_, title_;
  std::vector<std::string> headings_;
  std::vector<uint32_t> heading_nodes_, headline_nodes_;
  std::string canonical_, open_graph_url_, site_, application_;
  DayOrder order_ = DayOrder::kUnknown;
  uint32_t article_ = 0;
  uint32_t svg_end_ = 0;
  size_t properties_ = 0;  // of microdata that were looked into
};

}  // namespace

PageFacts FindPageFacts(const HtmlPage& page) { return FactCollector(page).Collect(); }

}  // namespace unspin
