#include "unspin/zones/paragraphs.h"

#include <algorithm>
#include <cstddef>

namespace unspin {
namespace {

// Where the paragraph of the word at `begin` starts: at the first line break behind the word before, which ends at
// `behind`. Marks in front of it belong to the paragraph before.
size_t FirstByte(std::string_view text, size_t behind, size_t begin) {
  while (behind < begin && text[behind] != '\n' && text[behind] != '\r') ++behind;
  return behind;
}

}  // namespace

std::vector<Paragraph> FindParagraphs(std::string_view text, const TokenizedArticle& article) {
  std::vector<Paragraph> paragraphs(article.paragraphs.size());
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    Paragraph& paragraph = paragraphs[i];
    paragraph.first_sentence = article.paragraphs[i];
    paragraph.tokens.begin = article.sentences[paragraph.first_sentence].begin;
    if (i == 0) continue;
    const size_t behind = article.tokens[paragraph.tokens.begin - 1].source.end;
    paragraph.bytes.begin =
        static_cast<uint32_t>(FirstByte(text, behind, article.tokens[paragraph.tokens.begin].source.begin));
    paragraphs[i - 1].tokens.end = paragraph.tokens.begin;
    paragraphs[i - 1].bytes.end = paragraph.bytes.begin;
    paragraphs[i - 1].end_sentence = paragraph.first_sentence;
  }
  if (!paragraphs.empty()) {
    paragraphs.back().tokens.end = static_cast<uint32_t>(article.tokens.size());
    paragraphs.back().bytes.end = static_cast<uint32_t>(text.size());
    paragraphs.back().end_sentence = static_cast<uint32_t>(article.sentences.size());
  }
  return paragraphs;
}

}  // namespace unspin
