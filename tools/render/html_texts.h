// The texts of a report side by side: the suspect's once, and beside it the original of each finding.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "render/paint.h"
#include "unspin/report/report.h"

namespace unspin::html {

// A passage in the list of those that a text shows.
struct ShownPassage {
  const ReportPassage* passage = nullptr;
  size_t finding = 0;            // its place in the report
  size_t number = 0;             // its place in the finding
  uint32_t first_operation = 0;  // of the passage, among all operations of the finding
};

// A text with what it shows of a list of passages: where two overlap, the first one.
class PaintedText {
 public:
  PaintedText(const ArticleCard& card, Side side, std::vector<ShownPassage> passages, const std::vector<Alert>& alerts);

  const ArticleCard& card() const { return card_; }
  Side side() const { return side_; }
  const std::vector<ShownPassage>& passages() const { return passages_; }
  const std::vector<PaintedRun>& runs() const { return runs_; }
  // The passage that shows the byte, an index of passages(); `otherwise` where none does.
  size_t ShownAt(uint32_t byte, size_t otherwise) const;

 private:
  const ArticleCard& card_;
  Side side_;
  std::vector<ShownPassage> passages_;
  std::vector<PaintedRun> runs_;
};

// Findings and passages are counted from 0 here, and from 1 in the page: passage p of finding f has the ids "f{f}-s{p}"
// in the suspect and "f{f}-o{p}" in the original. The report must outlive the object.
class Texts {
 public:
  explicit Texts(const Report& report);

  // "#f1-s3". A passage that is hidden by another one leads to that one.
  std::string LinkTo(Side side, size_t finding, size_t passage) const;
  // Attributes of what belongs to a passage: its numbers, and its bytes in both texts.
  std::string AttributesOf(size_t finding, size_t passage) const;
  // The section with both texts, or with the suspect's alone where there is no finding.
  std::string Render() const;

 private:
  std::string Pane(const PaintedText& text, size_t finding) const;
  std::string Toolbar() const;
  std::string SuspectAlone() const;
  std::string MarksOf(size_t finding) const;
  std::string PassageId(Side side, const ShownPassage& passage) const;
  bool HasTexts() const;

  const Report& report_;
  std::vector<size_t> first_passage_;  // of each finding, in the list of the suspect
  std::vector<PaintedText> originals_;
  PaintedText suspect_;

  friend class TextWriter;
};

// The numbers of a passage, as a reader knows them: "3", or "2.3" where the report has several findings.
std::string PassageLabel(const Report& report, size_t finding, size_t passage);
std::string PassageTitle(const Report& report, size_t finding, size_t passage);

// "12-40", as attributes name bytes.
std::string Range(ByteSpan span);
// The id of the first piece of what was excluded, by its place in ArticleCard::excluded.
std::string ExcludedId(size_t index);

// Entries of the legend for words that are shown and not counted: masked ones, and excluded ones where there are any.
std::string LegendOfUncounted(const Report& report);

// The CSS class of changed words, one letter.
char ClassOf(WordChange change);

}  // namespace unspin::html
