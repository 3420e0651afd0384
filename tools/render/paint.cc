#include "render/paint.h"

#include <algorithm>
#include <limits>

namespace unspin {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

// The marks of one byte. `operation` counts through all passages.
struct Marks {
  uint32_t passage = kNone;
  uint32_t operation = kNone;
  uint32_t alert = kNone;
  bool masked = false;
  friend bool operator==(const Marks&, const Marks&) = default;
};

class Canvas {
 public:
  explicit Canvas(const std::string& text) : text_(text), marks_(text.size()) {}

  template <typename Apply>
  void ForEach(ByteSpan span, Apply apply) {
    const size_t end = std::min<size_t>(span.end, marks_.size());
    for (size_t at = span.begin; at < end; ++at) apply(marks_[at]);
  }
  const Marks& operator[](size_t at) const { return marks_[at]; }
  size_t size() const { return marks_.size(); }

  // All bytes of a character get the marks of its first byte, so that no run ends inside it.
  void SnapToCharacters() {
    for (size_t at = 1; at < marks_.size(); ++at) {
      if ((static_cast<unsigned char>(text_[at]) & 0xc0) == 0x80) marks_[at] = marks_[at - 1];
    }
  }

 private:
  const std::string& text_;
  std::vector<Marks> marks_;
};

ByteSpan OnSide(const WordOperation& operation, Side side) {
  return side == Side::kSuspect ? operation.suspect : operation.original;
}

bool IsBlank(const std::string& text, uint32_t begin, uint32_t end) {
  return std::all_of(text.begin() + begin, text.begin() + end, [](char c) { return c == ' '; });
}

// Whether neighbouring words of this kind share a run: they correspond to no word of the other side.
bool IsJoined(WordChange change) {
  return change == WordChange::kInserted || change == WordChange::kDeleted || change == WordChange::kMoved;
}

// The changed words of a passage that are on this side, in order.
std::vector<const WordOperation*> ChangedWords(const ReportPassage& passage, Side side) {
  std::vector<const WordOperation*> words;
  for (const WordOperation& operation : passage.operations) {
    if (operation.change != WordChange::kKept && !OnSide(operation, side).empty()) words.push_back(&operation);
  }
  std::stable_sort(words.begin(), words.end(), [&](const WordOperation* a, const WordOperation* b) {
    return OnSide(*a, side).begin < OnSide(*b, side).begin;
  });
  return words;
}

// Marks the changed words of a passage where it is the one that is shown; appends to `operations` the first operation
// of each run.
void PaintWords(const ReportPassage& passage, uint32_t number, Side side, const std::string& text, Canvas& canvas,
                std::vector<const WordOperation*>& operations) {
  uint32_t run = kNone;  // of the last word, in `operations`
  uint32_t last_end = 0;
  for (const WordOperation* operation : ChangedWords(passage, side)) {
    ByteSpan word = OnSide(*operation, side);
    if (word.begin >= text.size()) continue;
    word.end = std::min<uint32_t>(word.end, static_cast<uint32_t>(text.size()));
    const bool joins = run != kNone && operations[run]->change == operation->change && IsJoined(operation->change) &&
                       last_end <= word.begin && IsBlank(text, last_end, word.begin);
    if (joins) {
      word.begin = last_end;
    } else {
      run = static_cast<uint32_t>(operations.size());
      operations.push_back(operation);
    }
    canvas.ForEach(word, [&](Marks& marks) {
      if (marks.passage == number && marks.operation == kNone) marks.operation = run;
    });
    last_end = word.end;
  }
}

}  // namespace

std::vector<PaintedRun> Paint(const ArticleCard& card, Side side, std::span<const ReportPassage* const> passages,
                              const std::vector<Alert>& alerts) {
  const std::string& text = card.text;
  Canvas canvas(text);
  std::vector<const WordOperation*> operations;
  for (uint32_t p = 0; p < passages.size(); ++p) {
    const ByteSpan span = side == Side::kSuspect ? passages[p]->suspect : passages[p]->original;
    canvas.ForEach(span, [&](Marks& marks) { marks.passage = marks.passage == kNone ? p : marks.passage; });
    PaintWords(*passages[p], p, side, text, canvas, operations);
  }
  for (const ByteSpan& span : card.masked) canvas.ForEach(span, [](Marks& marks) { marks.masked = true; });
  for (uint32_t a = 0; a < alerts.size(); ++a) {
    for (const ByteSpan& span : alerts[a].spans) {
      canvas.ForEach(span, [a](Marks& marks) { marks.alert = marks.alert == kNone ? a : marks.alert; });
    }
  }
  canvas.SnapToCharacters();

  std::vector<PaintedRun> runs;
  for (uint32_t begin = 0; begin < canvas.size();) {
    const Marks& marks = canvas[begin];
    uint32_t end = begin + 1;
    while (end < canvas.size() && canvas[end] == marks) ++end;
    PaintedRun run{{begin, end}, {}, {}, nullptr, marks.masked, {}};
    if (marks.passage != kNone) run.passage = marks.passage;
    if (marks.alert != kNone) run.alert = marks.alert;
    if (marks.operation != kNone) {
      run.operation = operations[marks.operation];
      run.change = run.operation->change;
    }
    runs.push_back(run);
    begin = end;
  }
  return runs;
}

}  // namespace unspin
