#include "unspin/inputs/xml_article.h"

#include <algorithm>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/charset/charset.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/newsml_item.h"
#include "unspin/inputs/nitf_story.h"
#include "unspin/inputs/xml_references.h"
#include "unspin/json/json_string.h"
#include "unspin/page/page_marks.h"
#include "unspin/records/clean_text.h"
#include "unspin/records/field_census.h"
#include "unspin/records/left_out_records.h"

namespace unspin {
namespace {

// The name of the format whose items are elements of this name.
std::string_view FormatOfItem(std::string_view element) {
  if (element == "item") return "rss";
  if (element == "entry") return "atom";
  if (element == "nitf") return "nitf";
  return element == "NewsItem" ? "newsml" : "newsml-g2";
}

}  // namespace

XmlArticleParser::XmlArticleParser(std::string path, const ReaderOptions& options, const Charset* declared,
                                   std::string_view converted_from)
    : RecordParser(std::move(path)), options_(options), declared_(declared), converted_from_(converted_from) {}

BadRecord XmlArticleParser::BadItem(uint64_t number, const std::string& message) const {
  return Bad(number, "at byte " + std::to_string(offset()) + ": " + message);
}

void XmlArticleParser::Enter(std::shared_ptr<const RecordContext> context) {
  if (context == entered_ && around_ != nullptr) return;
  entered_ = std::move(context);
  around_ = static_cast<const XmlContext*>(entered_.get());
  const auto decoded = [&](const std::string& bytes) {
    std::optional<DecodedBytes> text = DecodeText(bytes, declared_);
    return text ? std::move(text->text) : std::string();
  };
  open_.clear();
  AppendWithPlainReferences(decoded(around_->open), open_);
  feed_ = FeedFacts();
  if (around_->head.empty()) return;
  std::string head;
  AppendWithPlainReferences(decoded(around_->head), head);
  head += around_->close;
  tree_.Parse(head, /*recover=*/true);
  feed_ = ReadFeedFacts(tree_.Node(0));
}

NewsItem XmlArticleParser::ReadItem(const XmlNode* node) const {
  NewsItem item;
  const std::string_view name = LocalName(node);
  if (name == "item" || name == "entry") {
    ReadFeedItem(node, feed_, item);
  } else if (name == "nitf") {
    ReadNitf(node, item);
  } else if (name == "NewsItem") {
    ReadNewsMl1(node, item);
  } else {
    ReadNewsMlG2(node, item);
  }
  return item;
}

std::optional<Article> XmlArticleParser::ReadText(NewsItem& item) const {
  for (ItemText& candidate : item.texts) {
    Article article;
    article.text = std::move(candidate.text);
    TextIs is = candidate.is;
    if (options_.text_is != TextIs::kFoundByItself && !candidate.from_tree) is = options_.text_is;
    if (is == TextIs::kHtml) {
      // Feeds hold HTML whose signs were written as references once too often.
      is = TakeTextOfHtml(article) ? TextIs::kPlain : TextIs::kFoundByItself;
    }
    CleanText(is, article);
    if (IsWhiteSpace(article.text) || (candidate.field && IsTeaser(article.text, *candidate.field))) continue;
    if (candidate.from_tree) article.steps.clear();
    return article;
  }
  return std::nullopt;
}

std::optional<Record> XmlArticleParser::WithoutArticle(const NewsItem& item, uint64_t number) const {
  const std::string_view status = item.Fact("pubstatus");
  std::string_view kind = item.no_article;
  if (kind.empty() && (status == "canceled" || status == "cancelled")) kind = "canceled items";
  if (kind.empty() && status == "withheld") kind = "withheld items";
  const bool is_feed = std::any_of(item.texts.begin(), item.texts.end(), [](const auto& text) { return text.field; });
  if (kind.empty() && item.text_is_elsewhere) kind = "items whose text is elsewhere";
  if (kind.empty() && (is_feed || item.texts.empty())) kind = "teasers without a text";
  if (kind.empty()) return BadItem(number, "there is no text in it; leave it out or give it its text");
  if (options_.left_out) options_.left_out->Add(kind);
  return std::nullopt;
}

void XmlArticleParser::Keep(const NewsItem& item, Article& article) const {
  if (options_.keep.empty()) {
    for (const auto& [name, value] : item.facts) article.kept.emplace_back(name, JsonString(value));
  }
  for (const std::string& name : options_.keep) {
    const std::string_view value = item.Fact(name);
    if (value.empty()) continue;
    article.kept.emplace_back(name, JsonString(value));
    if (options_.census) options_.census->SetKept(name);
  }
}

std::optional<Record> XmlArticleParser::ParseBytes(std::string_view bytes, uint64_t number) {
  Enter(context());
  DecodedBytes decoded{.text = "", .charset = kUtf8.name};
  if (!IsValidUtf8(bytes)) {
    std::optional<DecodedBytes> text = DecodeText(std::string(bytes), declared_);
    if (!text) return BadItem(number, std::string(kUnknownCharset));
    decoded = *std::move(text);
    if (declared_ != nullptr && decoded.charset == declared_->name) decoded.guessed = false;
    bytes = decoded.text;
  }
  document_ = open_;
  if (const auto unknown = AppendWithPlainReferences(bytes, document_)) {
    return BadItem(number, "the entity " + *unknown + " is not read; write what it stands for");
  }
  document_ += around_->close;
  if (const auto problem = tree_.Parse(document_)) {
    std::string where;
    if (problem->at && decoded.charset == kUtf8.name) {
      const size_t in_item = problem->at.value() - std::min(open_.size(), problem->at.value());
      where = " (at byte " + std::to_string(offset() + OffsetBeforePlainReferences(bytes, in_item)) + ")";
    }
    return BadItem(number, problem->what + where + "; correct it or take it out");
  }
  const XmlNode* const node = tree_.Node(around_->depth);
  if (node == nullptr) return BadItem(number, "it is not well-formed XML; correct it or take it out");
  NewsItem item = ReadItem(node);
  std::optional<Article> article = ReadText(item);
  if (!article) return WithoutArticle(item, number);
  article->reading.format = FormatOfItem(LocalName(node));
  NoteDecoding(decoded, *article);
  if (!converted_from_.empty()) article->reading.charset = converted_from_;
  for (std::string& notice : NoticesOf(item)) {
    std::vector<std::string>& known = article->notices;  // a page in a feed has some
    if (std::find(known.begin(), known.end(), notice) == known.end()) known.push_back(std::move(notice));
  }
  for (const PageMark& mark : MarksOf(item)) AddPageMark(mark.kind, mark.value, article->marks);
  Keep(item, *article);
  article->id = item.id.empty() ? DefaultId(number) : std::move(item.id);
  if (!item.title.empty()) article->title = std::move(item.title);
  article->url = std::move(item.url);
  article->site = std::move(item.site);
  if (!item.published.empty()) article->published = std::move(item.published);
  article->path = path();
  article->record = number;
  return *std::move(article);
}

}  // namespace unspin
