// Web pages: the main text is the article, and the page gives its metadata.
#include <string_view>
#include <utility>

#include "unspin/ingest/ascii.h"
#include "unspin/ingest/charset.h"
#include "unspin/ingest/clean_text.h"
#include "unspin/ingest/file_name.h"
#include "unspin/ingest/html.h"
#include "unspin/ingest/input_format_table.h"
#include "unspin/ingest/main_text.h"
#include "unspin/ingest/mapped_text.h"
#include "unspin/ingest/page_facts.h"
#include "unspin/ingest/whole_file_source.h"

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

bool LooksLikeHtml(std::string_view head) {
  const std::string_view content = SkipBlank(head);
  for (const std::string_view name : kFirstElements) {
    if (StartsWithTag(content, name)) return true;
  }
  if (!content.starts_with("<!--") && AsciiLower(content.substr(0, 5)) != "<?xml") return false;
  return AsciiLower(content.substr(0, kMaxPreamble)).find("<html") != std::string::npos;
}

Record ParsePage(std::string bytes, std::string path, const ReaderOptions&) {
  const DecodedBytes decoded = DecodePage(std::move(bytes));
  const std::string& record = decoded.text;
  if (record.size() > kMaxArticleBytes) return BadRecord{std::move(path), FileTooLarge(kMaxArticleBytes)};
  const HtmlPage page = ParseHtml(record);
  PageFacts facts = FindPageFacts(page);
  MappedText text(record);
  MainText main = ExtractMainText(page, {facts.title, facts.article_body}, text);
  if (main.chosen.empty()) {
    return BadRecord{std::move(path),
                     "the page shows no text; save it after its scripts have run, or give the text itself"};
  }
  Article article;
  article.reading.format = kHtmlFormat.name;
  article.notices = std::move(main.notices);
  article.reading.chosen = main.chosen;
  article.reading.words = main.words;
  article.reading.page_words = main.page_words;
  article.reading.rest = main.rest;
  text.MoveInto(article);
  NoteDecoding(decoded, article);
  CleanText(TextIs::kPlain, article);
  article.title = std::move(facts.title);
  article.url = std::move(facts.url);
  article.site = std::move(facts.site);
  article.published = std::move(facts.published);
  article.id = path;
  article.path = std::move(path);
  return article;
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  return MakeWholeFileSource(std::move(file), options, ParsePage);
}

}  // namespace

constinit const InputFormat kHtmlFormat = {.name = "html",
                                           .title = "HTML",
                                           .extensions = {"html", "htm", "xhtml", "shtml"},
                                           .looks_like = LooksLikeHtml,
                                           .open = Open};

}  // namespace unspin
