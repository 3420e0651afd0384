#include "unspin/records/clean_text.h"

#include "unspin/article/mapped_text.h"
#include "unspin/charset/crossed_charsets.h"
#include "unspin/charset/lost_marks.h"
#include "unspin/charset/mojibake.h"
#include "unspin/page/markup_text.h"

namespace unspin {

bool MayNeedCleaning(TextIs is, std::string_view text) {
  return is == TextIs::kHtml || (is == TextIs::kFoundByItself && MayHoldMarkup(text)) || MayHoldMojibake(text) ||
         MayHoldCrossedCharsets(text) || MayHoldLostMarks(text);
}

void CleanText(TextIs is, Article& article) {
  constexpr int kMaxLevels = 2;  // of markup: feeds hold it with its signs written as references
  for (int level = 0; level < kMaxLevels; ++level) {
    const bool html = is == TextIs::kHtml ? level == 0 : is == TextIs::kFoundByItself && IsHtmlText(article.text);
    const bool references = is == TextIs::kFoundByItself && !html && HoldsReferences(article.text);
    if (!html && !references) break;
    MappedText text(article.text);
    if (html) {
      ReadMarkup(text);
    } else {
      ReadReferences(text);
    }
    text.MoveOnto(article);
  }
  const size_t alerts = article.reading.alerts.size();
  UndoMojibake(article);
  if (article.reading.alerts.size() == alerts) UndoCrossedCharsets(article);
  RestoreLostMarks(article);
}

}  // namespace unspin
