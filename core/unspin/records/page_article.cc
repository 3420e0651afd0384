#include "unspin/records/page_article.h"

#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/article/mapped_text.h"
#include "unspin/charset/charset.h"
#include "unspin/page/html.h"
#include "unspin/page/main_text.h"
#include "unspin/records/clean_text.h"
#include "unspin/records/file_name.h"
#include "unspin/records/whole_file_source.h"

namespace unspin {
namespace {

constexpr std::string_view kFirstElements[] = {
    "!doctype html", "html", "head", "body", "title", "meta",  "script", "style",  "link", "article", "main",
    "section",       "div",  "p",    "h1",   "h2",    "table", "span",   "header", "nav",  "center",  "font"};

// A comment or an XML declaration may come before <html>, but not more than this many bytes of them.
constexpr size_t kMaxPreamble = 4096;

bool StartsWithTag(std::string_view content, std::string_view name) {
  if (content.size() <= name.size() + 1 || content[0] != '<') return false;
  if (AsciiLower(content.substr(1, name.size())) != name) return false;
  const char next = content[name.size() + 1];
  return next == '>' || IsHtmlSpace(next) || next == '\v';
}

}  // namespace

PageFacts TakeArticleOfPage(Article& article) {
  const HtmlPage page = ParseHtml(article.text);
  PageFacts facts = FindPageFacts(page);
  MappedText text(article.text);
  MainText main = ExtractMainText(page, {facts.title, facts.article_body}, text);
  article.notices = std::move(main.notices);
  article.marks = std::move(facts.marks);
  article.reading.chosen = main.chosen;
  article.reading.words = main.words;
  article.reading.page_words = main.page_words;
  article.reading.rest = main.rest;
  text.MoveOnto(article);
  return facts;
}

bool LooksLikePage(std::string_view head) {
  const std::string_view content = SkipBlank(head);
  for (const std::string_view name : kFirstElements) {
    if (StartsWithTag(content, name)) return true;
  }
  if (!content.starts_with("<!--") && AsciiLower(content.substr(0, 5)) != "<?xml") return false;
  return AsciiLower(content.substr(0, kMaxPreamble)).find("<html") != std::string::npos;
}

std::optional<std::string> ReadPage(std::string bytes, const Charset* declared, Article& article) {
  DecodedBytes decoded = DecodePage(std::move(bytes), declared);
  if (decoded.text.size() > kMaxArticleBytes) return FileTooLarge(kMaxArticleBytes);
  article.text = std::move(decoded.text);
  article.steps.clear();
  PageFacts facts = TakeArticleOfPage(article);
  if (article.reading.chosen.empty())
    return "the page shows no text; save it after its scripts have run, or give the text itself";
  NoteDecoding(decoded, article);
  CleanText(TextIs::kPlain, article);
  article.title = std::move(facts.title);
  article.url = std::move(facts.url);
  article.site = std::move(facts.site);
  article.published = std::move(facts.published);
  return std::nullopt;
}

}  // namespace unspin
