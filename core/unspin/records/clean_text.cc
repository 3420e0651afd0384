#include "unspin/records/clean_text.h"

#include <string>
#include <utility>

#include "unspin/article/mapped_text.h"
#include "unspin/base/strings.h"
#include "unspin/charset/crossed_charsets.h"
#include "unspin/charset/lost_marks.h"
#include "unspin/charset/mojibake.h"
#include "unspin/kernels/find_rare_bytes.h"
#include "unspin/page/markup_text.h"
#include "unspin/records/page_article.h"

namespace unspin {

bool MayNeedCleaning(TextIs is, std::string_view text) {
  if (is == TextIs::kHtml) return true;
  const RareBytes found = FindRareBytes(text);
  return (is == TextIs::kFoundByItself && found.markup && MayHoldMarkup(text)) ||
         (found.damage && (MayHoldMojibake(text) || MayHoldCrossedCharsets(text))) || MayHoldLostMarks(text);
}

bool TakeTextOfHtml(Article& article) {
  if (!IsWholePage(article.text)) {
    MappedText text(article.text);
    ReadMarkup(text);
    text.MoveOnto(article);
    return false;
  }
  PageFacts facts = TakeArticleOfPage(article);
  if (article.title.empty()) article.title = std::move(facts.title);
  if (article.published.empty()) article.published = std::move(facts.published);
  return true;
}

void CleanText(TextIs is, Article& article) {
  if (!MayNeedCleaning(is, article.text)) return;
  constexpr int kMaxLevels = 2;  // of markup: feeds hold it with its signs written as references
  for (int level = 0; level < kMaxLevels; ++level) {
    const bool html = is == TextIs::kHtml || (is == TextIs::kFoundByItself && IsHtmlText(article.text));
    if (html) {
      if (TakeTextOfHtml(article) || is == TextIs::kHtml) break;
    } else if (is == TextIs::kFoundByItself && HoldsReferences(article.text)) {
      MappedText text(article.text);
      ReadReferences(text);
      text.MoveOnto(article);
    } else {
      break;
    }
  }
  const size_t alerts = article.reading.alerts.size();
  UndoMojibake(article);
  if (article.reading.alerts.size() == alerts) UndoCrossedCharsets(article);
  RestoreLostMarks(article);
}

void CleanTitle(TextIs is, bool is_html, Article& article) {
  if (is == TextIs::kPlain || !(is_html || MayHoldMarkup(article.title))) return;
  MappedText title(article.title);
  is_html || IsHtmlText(article.title) ? ReadMarkup(title) : ReadReferences(title);
  if (!IsWhiteSpace(title.text())) article.title = std::string(title.text());
}

}  // namespace unspin
