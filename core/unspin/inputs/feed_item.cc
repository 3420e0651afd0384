#include "unspin/inputs/feed_item.h"

#include <string_view>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/inputs/nitf_story.h"
#include "unspin/page/page_words.h"

namespace unspin {
namespace {

// The text of a title, which may hold HTML whose signs were written as references.
std::string TitleText(const XmlNode* node) {
  constexpr size_t kMaxTitle = 1000;  // bytes
  const std::string text = TextOf(node).substr(0, kMaxTitle);
  return CollapseSpace(text.find_first_of("<&") == std::string::npos ? text : WithoutMarkup(text));
}

// "Ann Writer" of "ann@paper.example (Ann Writer)".
std::string AuthorName(std::string author) {
  const size_t open = author.find('(');
  if (author.find('@') < open && open != std::string::npos && author.ends_with(')'))
    author = author.substr(open + 1, author.size() - open - 2);
  return author;
}

bool IsWebAddress(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

// Visits the children of one item.
class FeedItemReader {
 public:
  FeedItemReader(const XmlNode* item, NewsItem& out) : item_(item), out_(out) {}

  void Read(const FeedFacts& feed) {
    for (const XmlNode* child = FirstChild(item_); child != nullptr; child = NextSibling(child)) {
      if (!VisitText(child) && !VisitDate(child)) VisitFact(child);
    }
    for (ItemText& text : summaries_) out_.texts.push_back(std::move(text));
    const std::string about = XmlAttributeOf(item_, "about");  // of RSS 1.0
    const std::string link = original_link_.empty() ? link_ : original_link_;
    for (const std::string& url : {link, guid_is_link_ && IsWebAddress(guid_) ? guid_ : std::string(), about})
      SetIfEmpty(out_.url, url);
    for (const std::string& id : {guid_, about, link}) SetIfEmpty(out_.id, id);
    for (const std::string& date : {published_, other_date_}) SetIfEmpty(out_.published, date);
    out_.Add("updated", updated_);
    out_.Add("byline", authors_.empty() ? feed.author : authors_);
    out_.Add("rights", feed.rights);
    SetIfEmpty(out_.title, other_title_);
    SetIfEmpty(out_.site, feed.title);
  }

 private:
  // Whether the child is one that may hold the text.
  bool VisitText(const XmlNode* child) {
    const std::string_view name = LocalName(child);
    const XmlSpace space = SpaceOf(child);
    const bool plain = space == XmlSpace::kPlain || space == XmlSpace::kAtom;
    if ((space == XmlSpace::kContent && name == "encoded") || name == "full-text") {
      out_.texts.push_back({TextOf(child), TextIs::kHtml, FeedText::kContent});
    } else if (space == XmlSpace::kXhtml && (name == "body" || name == "div")) {
      out_.texts.push_back({InnerHtml(child), TextIs::kHtml, FeedText::kContent, true});
    } else if (plain && name == "content") {
      AddTyped(child, FeedText::kContent, out_.texts);
    } else if (plain && name == "summary") {
      AddTyped(child, FeedText::kSummary, summaries_);
    } else if ((plain || space == XmlSpace::kDublinCore) && name == "description") {
      summaries_.push_back({TextOf(child), TextIs::kHtml, FeedText::kSummary});
    } else {
      return false;
    }
    return true;
  }

  // A text of Atom, whose type says what it is written in. Without a type it is said to be plain, and often is not.
  void AddTyped(const XmlNode* node, FeedText field, std::vector<ItemText>& texts) {
    const std::string type = AsciiLower(XmlAttributeOf(node, "type"));
    const std::string mode = AsciiLower(XmlAttributeOf(node, "mode"));  // of Atom 0.3
    if (!XmlAttributeOf(node, "src").empty()) {
      out_.text_is_elsewhere = true;
    } else if (const XmlNode* const nitf = ChildNamed(node, "nitf")) {
      ReadNitf(nitf, out_);
    } else if (mode != "escaped" && (mode == "xml" || type == "xhtml" || type.ends_with("xml"))) {
      texts.push_back({InnerHtml(node), TextIs::kHtml, field, true});
    } else if (type.empty() || type == "text" || type == "text/plain") {
      texts.push_back({TextOf(node), TextIs::kFoundByItself, field});
    } else if (mode != "base64" && (type == "html" || type.starts_with("text/"))) {
      texts.push_back({TextOf(node), TextIs::kHtml, field});
    } else {
      out_.text_is_elsewhere = true;  // a picture, or an encoded file
    }
  }

  bool VisitDate(const XmlNode* child) {
    const std::string_view name = LocalName(child);
    const XmlSpace space = SpaceOf(child);
    if (name == "pubDate" || name == "published" || (name == "issued" && space != XmlSpace::kTerms)) {
      SetIfEmpty(published_, LineOf(child));
    } else if (name == "updated" || name == "modified") {
      SetIfEmpty(updated_, LineOf(child));
    } else if ((name == "date" && space == XmlSpace::kDublinCore) || name == "publicationDate" ||
               (space == XmlSpace::kTerms && (name == "issued" || name == "created"))) {
      SetIfEmpty(other_date_, LineOf(child));
    } else {
      return false;
    }
    return true;
  }

  void VisitFact(const XmlNode* child) {
    const std::string_view name = LocalName(child);
    const XmlSpace space = SpaceOf(child);
    const bool plain = space == XmlSpace::kPlain || space == XmlSpace::kAtom;
    const bool dublin = space == XmlSpace::kDublinCore;
    if (name == "title" && plain) {
      SetIfEmpty(out_.title, TitleText(child));
    } else if (name == "title" && dublin) {
      SetIfEmpty(other_title_, TitleText(child));
    } else if (name == "link" && plain) {
      VisitLink(child);
    } else if (name == "origLink") {
      SetIfEmpty(original_link_, LineOf(child));
    } else if ((name == "guid" || name == "id") && plain) {
      SetIfEmpty(guid_, LineOf(child));
      guid_is_link_ = name == "guid" && XmlAttributeOf(child, "isPermaLink") != "false";
    } else if ((name == "author" && plain) || (name == "creator" && dublin)) {
      AddAuthor(child);
    } else if ((name == "rights" && (plain || dublin || space == XmlSpace::kTerms)) || (name == "copyright" && plain)) {
      out_.Add("rights", TitleText(child));
    } else if (name == "source" && plain) {
      const XmlNode* const title = ChildNamed(child, "title");  // of Atom
      SetIfEmpty(out_.site, TitleText(title == nullptr && FirstChild(child) == nullptr ? child : title));
    } else if (name == "license") {
      const std::string resource = XmlAttributeOf(child, "resource");
      out_.Add("usageterms", resource.empty() ? LineOf(child) : resource);
    }
  }

  void VisitLink(const XmlNode* child) {
    const std::string href = XmlAttributeOf(child, "href");
    const std::string relation = XmlAttributeOf(child, "rel");
    if (relation == "license") out_.Add("usageterms", href);
    if (!relation.empty() && relation != "alternate") return;
    if (link_.empty()) link_ = AbsoluteUrl(child, href.empty() ? LineOf(child) : href);
  }

  void AddAuthor(const XmlNode* child) {
    const XmlNode* const name = ChildNamed(child, "name");  // of Atom
    constexpr size_t kMaxAuthors = 1000;                    // bytes
    if ((name == nullptr && FirstChild(child) != nullptr) || authors_.size() > kMaxAuthors) return;
    const std::string author = AuthorName(LineOf(name == nullptr ? child : name));
    if (author.empty() || authors_.find(author) != std::string::npos) return;
    authors_ += (authors_.empty() ? "" : ", ") + author;
  }

  const XmlNode* const item_;
  NewsItem& out_;
  std::vector<ItemText> summaries_;
  std::string guid_, link_, original_link_, published_, other_date_, updated_, authors_, other_title_;
  bool guid_is_link_ = false;
};

}  // namespace

FeedFacts ReadFeedFacts(const XmlNode* root) {
  FeedFacts facts;
  if (root == nullptr) return facts;
  const XmlNode* const channel = ChildNamed(root, "channel");  // of RSS
  const XmlNode* const feed = channel == nullptr ? root : channel;
  for (const XmlNode* child = FirstChild(feed); child != nullptr; child = NextSibling(child)) {
    const std::string_view name = LocalName(child);
    if (name == "title" && SpaceOf(child) != XmlSpace::kMedia) SetIfEmpty(facts.title, TitleText(child));
    if (name == "copyright" || name == "rights") SetIfEmpty(facts.rights, TitleText(child));
    if (name == "author" && SpaceOf(child) == XmlSpace::kAtom)
      SetIfEmpty(facts.author, LineOf(ChildNamed(child, "name")));
  }
  return facts;
}

void ReadFeedItem(const XmlNode* item, const FeedFacts& feed, NewsItem& out) { FeedItemReader(item, out).Read(feed); }

}  // namespace unspin
