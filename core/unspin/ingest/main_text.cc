// After "Extracting Article Text from the Web with Maximum Subsequence Segmentation" (Pasternack and Roth, WWW 2009):
// every block gets a signed weight and the best stretch wins. Ours must be a subtree, which prefix sums find in one
// pass.
#include "unspin/ingest/main_text.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "unspin/base/hash.h"
#include "unspin/ingest/text_blocks.h"

namespace unspin {
namespace {

bool IsHeading(uint32_t tag) { return tag >= kTagH1 && tag <= kTagH6; }

// How much a block speaks for (or, negative, against) being in the article; in bytes of text.
int64_t Weigh(const TextBlock& block) {
  constexpr int64_t kMaxPenalty = 120;  // one long comment must not outweigh the paragraphs before it
  constexpr uint32_t kParagraph = 80;   // bytes from which text without a full stop passes for prose
  constexpr uint32_t kSentence = 25;    // bytes from which text with one does (Readability's limit)
  const int64_t text = block.size - block.linked;
  if (block.boilerplate) return -std::min<int64_t>(block.size, kMaxPenalty);
  if (block.caption) return 0;
  if (IsHeading(block.container)) return block.in_article ? 1 : 0;
  const bool prose =
      block.linked * 2 < block.size && (text >= kParagraph || (text >= kSentence && block.ends_sentence));
  if (prose) {
    const int64_t weight = text + 10 * std::min<int64_t>(block.commas, text / 20);
    return block.in_article ? weight * 3 / 2 : weight;
  }
  if (block.container == kTagP && block.linked * 3 < block.size) return text / 2;
  return -10 - std::min<int64_t>(block.linked, kMaxPenalty);
}

// Hashes of all runs of four words, so that wording can be compared in linear time.
std::vector<uint64_t> WordRuns(std::string_view text) {
  constexpr size_t kRun = 4;
  std::vector<uint64_t> words;
  std::string word;
  for (size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : ' ';
    if (std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      words.push_back(Hash64(word));
      word.clear();
    }
  }
  std::vector<uint64_t> runs;
  for (size_t at = 0; at + kRun <= words.size(); ++at) {
    uint64_t hash = 0;
    for (size_t next = at; next < at + kRun; ++next) hash = Mix64(hash ^ words[next]);
    runs.push_back(hash);
  }
  return runs;
}

// Lets the declared article body decide, provided that most of it stands on the page. Says whether it did.
bool WeighByArticleBody(std::vector<TextBlock>& blocks, std::string_view article_body, std::vector<int64_t>& weights) {
  const std::vector<uint64_t> body_runs = WordRuns(article_body);
  const absl::flat_hash_set<uint64_t> body(body_runs.begin(), body_runs.end());
  std::vector<int64_t> by_body(blocks.size(), 0);
  size_t found = 0;
  for (size_t at = 0; at < blocks.size(); ++at) {
    const std::vector<uint64_t> runs = WordRuns(blocks[at].text);
    if (runs.empty()) continue;
    const auto shared =
        static_cast<size_t>(std::count_if(runs.begin(), runs.end(), [&](uint64_t run) { return body.contains(run); }));
    const bool is_body = shared * 2 > runs.size();
    by_body[at] = is_body ? blocks[at].size : -int64_t{blocks[at].size};
    if (is_body) found += shared;
  }
  if (body.empty() || found * 2 < body.size()) return false;
  for (size_t at = 0; at < blocks.size(); ++at) {
    if (by_body[at] > 0) blocks[at].boilerplate = blocks[at].caption = false;
  }
  weights = std::move(by_body);
  return true;
}

// The subtree whose blocks weigh most; of equal ones the innermost. Nothing where no weight is positive.
struct Choice {
  uint32_t begin = 0;  // nodes
  uint32_t end = 0;
  int64_t weight = 0;
};

Choice HeaviestSubtree(const HtmlPage& page, const TextBlocks& found, const std::vector<int64_t>& weights) {
  std::vector<int64_t> before(page.nodes.size() + 1, 0);
  for (size_t at = 0; at < found.blocks.size(); ++at)
    before[found.runs[found.blocks[at].runs_begin] + 1] += weights[at];
  for (size_t at = 1; at < before.size(); ++at) before[at] += before[at - 1];
  const auto weight_of = [&](uint32_t node) { return before[page.nodes[node].subtree_end] - before[node]; };
  // A fragment has no single root.
  Choice best{0, static_cast<uint32_t>(page.nodes.size()), std::max<int64_t>(before.back(), 0)};
  Choice best_article;
  for (uint32_t at = 0; at < page.nodes.size(); ++at) {
    const HtmlNode& node = page.nodes[at];
    if (!IsBlock(node.tag)) continue;
    const int64_t weight = weight_of(at);
    const bool inside = at < best.end;
    if (weight > best.weight || (weight == best.weight && inside && weight > 0)) best = {at, node.subtree_end, weight};
    if (node.tag == kTagArticle && weight > best_article.weight) best_article = {at, node.subtree_end, weight};
  }
  // Teasers of other articles often follow in <article>s of their own.
  const bool holds_article = best_article.begin >= best.begin && best_article.end <= best.end;
  if (holds_article && best_article.weight * 10 > best.weight * 6) return best_article;
  return best;
}

// "© 2024 The Paper", "Copyright The Paper", "All rights reserved".
bool IsCopyrightNotice(std::string_view text) {
  std::string lower(text.substr(0, 400));
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const char* sign : {"\xc2\xa9", "copyright", "all rights reserved", "(c) "}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  return false;
}

void WriteBlock(const HtmlPage& page, const TextBlocks& found, const TextBlock& block, MappedText& out) {
  bool at_start = true;
  bool space_waits = false;
  bool line_waits = false;
  uint32_t space_position = 0;
  const auto end_space = [&] {
    if (!at_start && (space_waits || line_waits)) {
      if (line_waits) {
        out.AppendBetween("\n");
      } else {
        out.Append(" ", space_position);
      }
    }
    at_start = space_waits = line_waits = false;
  };
  for (uint32_t run = block.runs_begin; run < block.runs_end; ++run) {
    const HtmlNode& node = page.nodes[found.runs[run]];
    if (node.tag == kTagBr) {
      line_waits = true;
      continue;
    }
    HtmlTextCursor cursor(page.record, node.begin, node.end);
    for (HtmlTextCursor::Piece piece; cursor.Next(piece);) {
      if (piece.is_reference) {
        const bool is_space = IsVisible(piece.bytes) ? false : IsHtmlSpace(piece.bytes[0]);
        if (is_space) {
          if (!space_waits) space_position = piece.begin;
          space_waits = true;
        } else {
          end_space();
          out.AppendMeaning(piece.bytes, piece.begin, piece.end);
        }
        continue;
      }
      for (size_t at = 0; at < piece.bytes.size();) {
        if (IsHtmlSpace(piece.bytes[at])) {
          if (!space_waits) space_position = piece.begin + static_cast<uint32_t>(at);
          space_waits = true;
          ++at;
          continue;
        }
        size_t end = at;
        while (end < piece.bytes.size() && !IsHtmlSpace(piece.bytes[end])) ++end;
        end_space();
        out.Append(piece.bytes.substr(at, end - at), piece.begin + static_cast<uint32_t>(at));
        at = end;
      }
    }
  }
}

}  // namespace

bool ExtractMainText(const HtmlPage& page, std::string_view article_body, MappedText& out) {
  TextBlocks found = FindTextBlocks(page);
  if (found.blocks.empty()) return false;
  std::vector<int64_t> weights;
  for (const TextBlock& block : found.blocks) weights.push_back(Weigh(block));
  Choice article = HeaviestSubtree(page, found, weights);
  // Some pages declare no more than a summary.
  const bool declared = static_cast<int64_t>(article_body.size()) * 3 > article.weight && !article_body.empty() &&
                        WeighByArticleBody(found.blocks, article_body, weights);
  if (declared) article = HeaviestSubtree(page, found, weights);
  enum Rule { kArticle, kNoBoilerplate, kAll };
  const auto follows = [&](Rule rule, const TextBlock& block) {
    if (rule == kAll) return true;
    const uint32_t node = found.runs[block.runs_begin];
    if (rule == kArticle && (article.weight <= 0 || node < article.begin || node >= article.end)) return false;
    if (block.in_article_footer && IsCopyrightNotice(block.text)) return true;
    if (block.boilerplate || block.caption) return false;
    return block.linked * 5 < block.size * 4 || block.ends_sentence;  // lists of links go
  };
  const auto size_of = [&](Rule rule) {
    uint64_t size = 0;
    for (const TextBlock& block : found.blocks) size += follows(rule, block) ? block.size : 0;
    return size;
  };
  constexpr uint64_t kStub = 200;  // bytes; less than this is an article only where there is little else
  const uint64_t article_size = size_of(kArticle);
  const uint64_t plain_size = size_of(kNoBoilerplate);
  Rule rule = !declared && article_size < kStub && article_size * 2 < plain_size ? kNoBoilerplate : kArticle;
  if (plain_size == 0 && article_size == 0) rule = kAll;
  for (const TextBlock& block : found.blocks) {
    if (!follows(rule, block)) continue;
    if (!out.text().empty()) out.AppendBetween("\n\n");
    WriteBlock(page, found, block, out);
  }
  return true;
}

}  // namespace unspin
