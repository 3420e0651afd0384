#include "render/paint.h"

#include <algorithm>
#include <limits>

namespace unspin {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

// What one byte takes part in. `operation` counts through all passages.
struct Fate {
  uint32_t passage = kNone;
  uint32_t operation = kNone;
  uint32_t alert = kNone;
  bool masked = false;
  friend bool operator==(const Fate&, const Fate&) = default;
};

class Canvas {
 public:
  explicit Canvas(const std::string& text) : text_(text), fates_(text.size()) {}

  template <typename Apply>
  void ForEach(ByteSpan span, Apply apply) {
    const size_t end = std::min<size_t>(span.end, fates_.size());
    for (size_t at = span.begin; at < end; ++at) apply(fates_[at]);
  }
  const Fate& operator[](size_t at) const { return fates_[at]; }
  size_t size() const { return fates_.size(); }

  // A span that ends inside a character takes all of it or nothing, as its first byte does.
  void SnapToCharacters() {
    for (size_t at = 1; at < fates_.size(); ++at) {
      if ((static_cast<unsigned char>(text_[at]) & 0xc0) == 0x80) fates_[at] = fates_[at - 1];
    }
  }

 private:
  const std::string& text_;
  std::vector<Fate> fates_;
};

ByteSpan Of(const WordOperation& operation, Side side) {
  return side == Side::kSuspect ? operation.suspect : operation.original;
}

bool IsBlank(const std::string& text, uint32_t begin, uint32_t end) {
  return std::all_of(text.begin() + begin, text.begin() + end, [](char c) { return c == ' '; });
}

// Words inserted, deleted or moved need no word of their own to point to, so a stretch of them is one.
bool Stretches(WordChange change) {
  return change == WordChange::kInserted || change == WordChange::kDeleted || change == WordChange::kMoved;
}

}  // namespace

std::vector<PaintedRun> Paint(const ArticleCard& card, Side side, const std::vector<ReportPassage>& passages,
                              const std::vector<Alert>& alerts) {
  const std::string& text = card.text;
  Canvas canvas(text);
  std::vector<const WordOperation*> operations;
  for (uint32_t p = 0; p < passages.size(); ++p) {
    const ByteSpan span = side == Side::kSuspect ? passages[p].suspect : passages[p].original;
    canvas.ForEach(span, [&](Fate& fate) { fate.passage = fate.passage == kNone ? p : fate.passage; });
    uint32_t stretch = kNone;  // the operation that the last word painted stands for
    uint32_t last_end = 0;
    std::vector<const WordOperation*> sorted;
    for (const WordOperation& operation : passages[p].operations) {
      if (operation.change != WordChange::kKept && !Of(operation, side).empty()) sorted.push_back(&operation);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [&](const WordOperation* a, const WordOperation* b) {
      return Of(*a, side).begin < Of(*b, side).begin;
    });
    for (const WordOperation* operation : sorted) {
      ByteSpan word = Of(*operation, side);
      if (word.begin >= text.size()) continue;
      word.end = std::min<uint32_t>(word.end, static_cast<uint32_t>(text.size()));
      const bool joins = stretch != kNone && operations[stretch]->change == operation->change &&
                         Stretches(operation->change) && last_end <= word.begin && IsBlank(text, last_end, word.begin);
      if (joins) {
        word.begin = last_end;
      } else {
        stretch = static_cast<uint32_t>(operations.size());
        operations.push_back(operation);
      }
      canvas.ForEach(word, [&](Fate& fate) { fate.operation = fate.operation == kNone ? stretch : fate.operation; });
      last_end = word.end;
    }
  }
  for (const ByteSpan& span : card.masked) canvas.ForEach(span, [](Fate& fate) { fate.masked = true; });
  for (uint32_t a = 0; a < alerts.size(); ++a) {
    for (const ByteSpan& span : alerts[a].spans) {
      canvas.ForEach(span, [a](Fate& fate) { fate.alert = fate.alert == kNone ? a : fate.alert; });
    }
  }
  canvas.SnapToCharacters();

  std::vector<PaintedRun> runs;
  for (uint32_t begin = 0; begin < canvas.size();) {
    const Fate& fate = canvas[begin];
    uint32_t end = begin + 1;
    while (end < canvas.size() && canvas[end] == fate) ++end;
    PaintedRun run{{begin, end}, {}, {}, nullptr, fate.masked, {}};
    if (fate.passage != kNone) run.passage = fate.passage;
    if (fate.alert != kNone) run.alert = fate.alert;
    if (fate.operation != kNone) {
      run.operation = operations[fate.operation];
      run.change = run.operation->change;
    }
    runs.push_back(run);
    begin = end;
  }
  return runs;
}

}  // namespace unspin
