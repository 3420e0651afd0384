#include "unspin/facts/page_notices.h"

#include <optional>
#include <string>

#include "unspin/facts/notices.h"
#include "unspin/lexicon/lexicon_cache.h"

namespace unspin {
namespace {

// An article's text between the notices that stand outside of it: a byline is looked for before a text, a copyright
// notice at its end.
class NoticedText {
 public:
  NoticedText(const Article& article, const AnalyzedArticle& words, LexiconCache& lexicon)
      : article_(article), words_(words) {
    if (article.notices.empty()) return;
    std::string behind;
    for (const std::string& notice : article.notices) {
      const bool is_byline = notice.starts_with("By ") || notice.starts_with("BY ") || notice.starts_with("by ");
      if (is_byline) {
        text_ += notice + "\n\n";
      } else {
        behind += "\n\n" + notice;
      }
    }
    begin_ = static_cast<uint32_t>(text_.size());
    text_ += article.text + behind;
    noticed_words_.emplace(Analyze(text_, lexicon));
  }

  const std::string& text() const { return noticed_words_ ? text_ : article_.text; }
  const AnalyzedArticle& words() const { return noticed_words_ ? *noticed_words_ : words_; }

  // A span of text() as one of the article's text; nothing if it is outside of that.
  std::optional<ByteSpan> InArticle(ByteSpan span) const {
    if (span.begin < begin_ || span.end - begin_ > article_.text.size()) return std::nullopt;
    return ByteSpan{span.begin - begin_, span.end - begin_};
  }

 private:
  const Article& article_;
  const AnalyzedArticle& words_;
  std::string text_;
  uint32_t begin_ = 0;  // of the article's text in text_
  std::optional<AnalyzedArticle> noticed_words_;
};

}  // namespace

std::vector<Notice> ComparePageNotices(const Article& original, const AnalyzedArticle& original_words,
                                       const Article& suspect, const AnalyzedArticle& suspect_words,
                                       LexiconCache& lexicon) {
  const NoticedText mine(original, original_words, lexicon), theirs(suspect, suspect_words, lexicon);
  std::vector<Notice> notices =
      CompareNotices(mine.text(), mine.words(), theirs.text(), theirs.words(), lexicon.lexicon());
  for (Notice& notice : notices) {
    if (notice.span) notice.span = theirs.InArticle(*notice.span);
  }
  return notices;
}

}  // namespace unspin
