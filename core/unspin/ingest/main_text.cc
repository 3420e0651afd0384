// After "Extracting Article Text from the Web with Maximum Subsequence Segmentation" (Pasternack and Roth, WWW 2009):
// every block gets a signed weight, and the segment of greatest weight is the article. Here the segment must be a
// subtree, which prefix sums find in one pass.
#include "unspin/ingest/main_text.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "unspin/base/hash.h"
#include "unspin/ingest/ascii.h"
#include "unspin/ingest/html_references.h"
#include "unspin/ingest/text_blocks.h"

namespace unspin {
namespace {

// The weight of a block: in bytes of text; positive if it looks like part of the article.
int64_t Weigh(const TextBlock& block) {
  constexpr int64_t kMaxPenalty = 120;       // one long comment must not outweigh the paragraphs before it
  constexpr int64_t kMinProseBytes = 80;     // from here on, text without a full stop passes for prose
  constexpr int64_t kMinSentenceBytes = 25;  // from here on, text with a full stop does (Readability's limit)
  constexpr int64_t kCommaWeight = 10;       // a comma is worth as much as this many bytes,
  constexpr int64_t kBytesPerComma = 20;     // and at most one in this many bytes counts
  constexpr int64_t kOtherPenalty = 10;      // for a block that is neither prose nor a paragraph
  const int64_t text = block.bytes - block.linked_bytes;
  if (block.is_boilerplate) return -std::min<int64_t>(block.bytes, kMaxPenalty);
  if (block.is_caption) return 0;
  if (IsHeading(block.container)) return block.in_article ? 1 : 0;
  const bool is_long_enough = text >= kMinProseBytes || (text >= kMinSentenceBytes && block.ends_sentence);
  if (block.linked_bytes * 2 < block.bytes && is_long_enough) {
    const int64_t weight = text + kCommaWeight * std::min<int64_t>(block.commas, text / kBytesPerComma);
    return block.in_article ? weight * 3 / 2 : weight;
  }
  if (block.container == HtmlTag::kP && block.linked_bytes * 3 < block.bytes) return text / 2;
  return -kOtherPenalty - std::min<int64_t>(block.linked_bytes, kMaxPenalty);
}

// Hashes of all runs of four words: two texts are compared by them in linear time.
std::vector<uint64_t> HashWordRuns(std::string_view text) {
  constexpr size_t kRunWords = 4;
  std::vector<uint64_t> words;
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (IsAsciiAlphanumeric(c) || static_cast<unsigned char>(c) >= 0x80) {
      word += AsciiLower(c);
    } else if (!word.empty()) {
      words.push_back(Hash64(word));
      word.clear();
    }
  }
  std::vector<uint64_t> runs;
  for (size_t begin = 0; begin + kRunWords <= words.size(); ++begin) {
    uint64_t hash = 0;
    for (size_t i = begin; i < begin + kRunWords; ++i) hash = Mix64(hash ^ words[i]);
    runs.push_back(hash);
  }
  return runs;
}

// Weighs each block by whether the article body that the page declares contains it. Returns false, and changes nothing,
// if less than half of that body is in the blocks.
bool WeighByArticleBody(std::vector<TextBlock>& blocks, std::string_view article_body, std::vector<int64_t>& weights) {
  const std::vector<uint64_t> body_runs = HashWordRuns(article_body);
  const absl::flat_hash_set<uint64_t> body(body_runs.begin(), body_runs.end());
  std::vector<int64_t> by_body(blocks.size(), 0);
  size_t found = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const std::vector<uint64_t> runs = HashWordRuns(blocks[i].text);
    if (runs.empty()) continue;
    const auto shared =
        static_cast<size_t>(std::count_if(runs.begin(), runs.end(), [&](uint64_t run) { return body.contains(run); }));
    const bool is_body = shared * 2 > runs.size();
    by_body[i] = is_body ? blocks[i].bytes : -int64_t{blocks[i].bytes};
    if (is_body) found += shared;
  }
  if (body.empty() || found * 2 < body.size()) return false;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (by_body[i] > 0) blocks[i].is_boilerplate = blocks[i].is_caption = false;
  }
  weights = std::move(by_body);
  return true;
}

// A range of nodes, and the weight of the blocks in it.
struct NodeRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  int64_t weight = 0;

  bool Contains(uint32_t node) const { return node >= begin && node < end; }
};

// The subtree of greatest weight; of equal ones the innermost. Its weight is not positive if no block's is.
NodeRange HeaviestSubtree(const HtmlPage& page, const TextBlocks& found, const std::vector<int64_t>& weights) {
  std::vector<int64_t> weight_before(page.nodes.size() + 1, 0);  // by node
  for (size_t i = 0; i < found.blocks.size(); ++i)
    weight_before[found.runs[found.blocks[i].runs_begin] + 1] += weights[i];
  for (size_t i = 1; i < weight_before.size(); ++i) weight_before[i] += weight_before[i - 1];
  // A fragment of a page has no single root: all nodes together are a candidate too.
  NodeRange best{0, static_cast<uint32_t>(page.nodes.size()), std::max<int64_t>(weight_before.back(), 0)};
  NodeRange best_article;
  for (uint32_t i = 0; i < page.nodes.size(); ++i) {
    const HtmlNode& node = page.nodes[i];
    if (!IsBlock(node.tag)) continue;
    const NodeRange subtree{i, node.subtree_end, weight_before[node.subtree_end] - weight_before[i]};
    const bool is_inside = i < best.end;
    if (subtree.weight > best.weight || (subtree.weight == best.weight && is_inside && subtree.weight > 0))
      best = subtree;
    if (node.tag == HtmlTag::kArticle && subtree.weight > best_article.weight) best_article = subtree;
  }
  // Teasers of other articles often follow in <article>s of their own.
  const bool holds_article = best_article.begin >= best.begin && best_article.end <= best.end;
  if (holds_article && best_article.weight * 10 > best.weight * 6) return best_article;
  return best;
}

// "© 2024 The Paper", "Copyright The Paper", "All rights reserved".
bool IsCopyrightNotice(std::string_view text) {
  constexpr size_t kMaxNoticeBytes = 400;
  const std::string lower = AsciiLower(text.substr(0, kMaxNoticeBytes));
  for (const char* sign : {"\xc2\xa9", "copyright", "all rights reserved", "(c) "}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  return false;
}

constexpr std::string_view kOpeningMark = "\u201c", kClosingMark = "\u201d";

bool BeginsWithMark(std::string_view text) {
  while (!text.empty() && IsHtmlSpace(text[0])) text.remove_prefix(1);
  for (const std::string_view mark :
       {"\"",     "\u201c",  "\u201e",  "\u2018",  "\u201a",  "\u00ab",  "\u2039",  "\u300c", "\u300e",   "``",
        "&quot;", "&ldquo;", "&lsquo;", "&laquo;", "&bdquo;", "&#8220;", "&#8216;", "&#34;",  "&#x201c;", "&#x201C;"}) {
    if (text.starts_with(mark)) return true;
  }
  return false;
}

// Writes one block: runs of white space become one space, or one line feed where the page breaks the line.
class BlockWriter {
 public:
  BlockWriter(const HtmlPage& page, MappedText& out) : page_(page), out_(out) {}

  void Write(const TextBlocks& found, const TextBlock& block) {
    for (uint32_t run = block.runs_begin; run < block.runs_end; ++run) {
      const HtmlNode& node = page_.nodes[found.runs[run]];
      if (node.tag == HtmlTag::kBr) {
        line_pending_ = true;
        continue;
      }
      if (node.tag == HtmlTag::kQ) {
        WriteMark(found.runs[run]);
        continue;
      }
      HtmlTextCursor cursor(page_.record, node.begin, node.end);
      for (HtmlTextCursor::Chunk chunk; cursor.Next(chunk);) {
        if (chunk.is_reference) {
          WriteReference(chunk);
        } else {
          WriteText(chunk.bytes, chunk.begin);
        }
      }
    }
  }

 private:
  // A browser shows marks around a <q>: those that it opens with, or closes with if it is open already. Some pages
  // write them as well.
  void WriteMark(uint32_t quotation) {
    if (!open_quotations_.empty() && open_quotations_.back() == quotation) {
      open_quotations_.pop_back();
      out_.AppendInserted(kClosingMark);
    } else if (!BeginsWithMark(page_.record.substr(page_.nodes[quotation].end))) {
      open_quotations_.push_back(quotation);
      FlushSpace();
      out_.AppendInserted(kOpeningMark);
    }
  }

  void WriteReference(const HtmlTextCursor::Chunk& chunk) {
    if (!IsVisible(chunk.bytes) && IsHtmlSpace(chunk.bytes[0])) {
      NoteSpace(chunk.begin);
    } else {
      FlushSpace();
      out_.AppendDecoded(chunk.bytes, chunk.begin, chunk.end);
    }
  }

  // `text` is at `offset` in the record.
  void WriteText(std::string_view text, uint32_t offset) {
    for (size_t i = 0; i < text.size();) {
      const uint32_t begin = offset + static_cast<uint32_t>(i);
      if (IsHtmlSpace(text[i])) {
        NoteSpace(begin);
        ++i;
        continue;
      }
      size_t end = i;
      while (end < text.size() && !IsHtmlSpace(text[end])) ++end;
      FlushSpace();
      out_.Append(text.substr(i, end - i), begin);
      i = end;
    }
  }

  void NoteSpace(uint32_t offset) {
    if (!space_pending_) space_offset_ = offset;
    space_pending_ = true;
  }

  // Writes the white space noted since the last character, unless it is the first of the block.
  void FlushSpace() {
    if (!at_start_ && line_pending_) {
      out_.AppendInserted("\n");
    } else if (!at_start_ && space_pending_) {
      out_.Append(" ", space_offset_);
    }
    at_start_ = space_pending_ = line_pending_ = false;
  }

  const HtmlPage& page_;
  MappedText& out_;
  bool at_start_ = true;
  bool space_pending_ = false;
  bool line_pending_ = false;
  uint32_t space_offset_ = 0;              // in the record, of the first pending space
  std::vector<uint32_t> open_quotations_;  // <q> elements whose mark was written
};

// Writes blocks, one after the other. Those of a <blockquote> that have no quotation marks get them as in print: each
// opens with one, and the last closes.
class TextWriter {
 public:
  TextWriter(const HtmlPage& page, const TextBlocks& found, MappedText& out) : page_(page), found_(found), out_(out) {}

  // `next`: the block that is written next, or null.
  void Write(const TextBlock& block, const TextBlock* next) {
    if (!out_.text().empty()) out_.AppendInserted("\n\n");
    const bool marked = BeginsWithMark(block.text);
    if (block.quotation > 0 && !marked) out_.AppendInserted(kOpeningMark);
    BlockWriter(page_, out_).Write(found_, block);
    const bool goes_on = next != nullptr && next->quotation == block.quotation;
    if (block.quotation > 0 && !goes_on && !marked) out_.AppendInserted(kClosingMark);
  }

 private:
  const HtmlPage& page_;
  const TextBlocks& found_;
  MappedText& out_;
};

// Which blocks become the article's text.
enum class Selection { kArticle, kNoBoilerplate, kAll };

bool IsSelected(Selection selection, const NodeRange& article, const TextBlocks& found, const TextBlock& block) {
  if (selection == Selection::kAll) return true;
  const uint32_t node = found.runs[block.runs_begin];
  if (selection == Selection::kArticle && (article.weight <= 0 || !article.Contains(node))) return false;
  if (block.in_article_footer && IsCopyrightNotice(block.text)) return true;
  if (block.is_boilerplate || block.is_caption) return false;
  const bool is_link_list = block.linked_bytes * 5 >= block.bytes * 4;
  return !is_link_list || block.ends_sentence;
}

// `declared`: the page itself declares what the article is.
Selection ChooseSelection(const NodeRange& article, const TextBlocks& found, bool declared) {
  constexpr uint64_t kStubBytes = 200;  // less than this is an article only if there is little else
  const auto size_of = [&](Selection selection) {
    uint64_t bytes = 0;
    for (const TextBlock& block : found.blocks) bytes += IsSelected(selection, article, found, block) ? block.bytes : 0;
    return bytes;
  };
  const uint64_t article_bytes = size_of(Selection::kArticle);
  const uint64_t plain_bytes = size_of(Selection::kNoBoilerplate);
  if (plain_bytes == 0 && article_bytes == 0) return Selection::kAll;
  const bool is_stub = !declared && article_bytes < kStubBytes && article_bytes * 2 < plain_bytes;
  return is_stub ? Selection::kNoBoilerplate : Selection::kArticle;
}

}  // namespace

bool ExtractMainText(const HtmlPage& page, std::string_view article_body, MappedText& out) {
  TextBlocks found = FindTextBlocks(page);
  if (found.blocks.empty()) return false;
  std::vector<int64_t> weights;
  for (const TextBlock& block : found.blocks) weights.push_back(Weigh(block));
  NodeRange article = HeaviestSubtree(page, found, weights);
  // Some pages declare a summary as the article body: it must be a third of the article at least.
  const bool declared = static_cast<int64_t>(article_body.size()) * 3 > article.weight && !article_body.empty() &&
                        WeighByArticleBody(found.blocks, article_body, weights);
  if (declared) article = HeaviestSubtree(page, found, weights);
  const Selection selection = ChooseSelection(article, found, declared);
  TextWriter writer(page, found, out);
  const TextBlock* waiting = nullptr;
  for (const TextBlock& block : found.blocks) {
    if (!IsSelected(selection, article, found, block)) continue;
    if (waiting != nullptr) writer.Write(*waiting, &block);
    waiting = &block;
  }
  if (waiting != nullptr) writer.Write(*waiting, nullptr);
  return true;
}

}  // namespace unspin
