#include "render/paint.h"

#include <algorithm>
#include <limits>

namespace unspin {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();

// The marks of a piece of the text. `operation` counts through all passages.
struct Marks {
  uint32_t passage = kNone;
  uint32_t operation = kNone;
  uint32_t alert = kNone;
  uint32_t excluded = kNone;
  bool masked = false;
  friend bool operator==(const Marks&, const Marks&) = default;
};

// A text cut wherever marks may change. Memory: a few bytes for each span, whatever the size of the text.
class Canvas {
 public:
  // Cuts are made before any mark.
  explicit Canvas(const std::string& text) : text_(text), cuts_{0, static_cast<uint32_t>(text.size())} {}
  void Cut(ByteSpan span) {
    cuts_.push_back(Whole(span.begin));
    cuts_.push_back(Whole(span.end));
  }
  void EndCuts() {
    std::sort(cuts_.begin(), cuts_.end());
    cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
    marks_.resize(cuts_.size() - 1);
  }

  template <typename Apply>
  void ForEach(ByteSpan span, Apply apply) {
    const uint32_t end = Whole(span.end);
    size_t piece = PieceAt(Whole(span.begin));
    for (; piece < marks_.size() && cuts_[piece] < end; ++piece) apply(marks_[piece]);
  }
  const Marks& operator[](size_t piece) const { return marks_[piece]; }
  ByteSpan BytesOf(size_t piece) const { return {cuts_[piece], cuts_[piece + 1]}; }
  size_t size() const { return marks_.size(); }

 private:
  // A place inside a character is that behind it, so that no piece ends inside it.
  uint32_t Whole(uint32_t at) const {
    constexpr int kMaxTrail = 3;  // bytes of a character behind its first
    const auto size = static_cast<uint32_t>(text_.size());
    for (int i = 0; i < kMaxTrail && at < size && (static_cast<unsigned char>(text_[at]) & 0xc0) == 0x80; ++i) ++at;
    return std::min(at, size);
  }
  size_t PieceAt(uint32_t byte) const {
    return static_cast<size_t>(std::lower_bound(cuts_.begin(), cuts_.end(), byte) - cuts_.begin());
  }

  const std::string& text_;
  std::vector<uint32_t> cuts_;
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

// A run of changed words with the first of their operations.
struct WordRun {
  ByteSpan bytes;
  const WordOperation* operation = nullptr;
};

std::vector<WordRun> WordRuns(const ReportPassage& passage, Side side, const std::string& text) {
  std::vector<WordRun> runs;
  for (const WordOperation* operation : ChangedWords(passage, side)) {
    ByteSpan word = OnSide(*operation, side);
    if (word.begin >= text.size()) continue;
    word.end = std::min<uint32_t>(word.end, static_cast<uint32_t>(text.size()));
    const bool joins = !runs.empty() && runs.back().operation->change == operation->change &&
                       IsJoined(operation->change) && runs.back().bytes.end <= word.begin &&
                       IsBlank(text, runs.back().bytes.end, word.begin);
    if (joins) {
      runs.back().bytes.end = word.end;
    } else {
      runs.push_back({word, operation});
    }
  }
  return runs;
}

ByteSpan OnSide(const ReportPassage& passage, Side side) {
  return side == Side::kSuspect ? passage.suspect : passage.original;
}

}  // namespace

std::vector<PaintedRun> Paint(const ArticleCard& card, Side side, std::span<const ReportPassage* const> passages,
                              const std::vector<Alert>& alerts) {
  Canvas canvas(card.text);
  std::vector<WordRun> words;
  std::vector<size_t> first_word;  // of each passage, in `words`
  for (const ReportPassage* passage : passages) {
    const std::vector<WordRun> of = WordRuns(*passage, side, card.text);
    canvas.Cut(OnSide(*passage, side));
    first_word.push_back(words.size());
    words.insert(words.end(), of.begin(), of.end());
  }
  first_word.push_back(words.size());
  for (const WordRun& run : words) canvas.Cut(run.bytes);
  for (const ByteSpan& span : card.masked) canvas.Cut(span);
  for (const ByteSpan& span : card.excluded) canvas.Cut(span);
  for (const Alert& alert : alerts) {
    for (const ByteSpan& span : alert.spans) canvas.Cut(span);
  }
  canvas.EndCuts();

  for (uint32_t p = 0; p < passages.size(); ++p) {
    canvas.ForEach(OnSide(*passages[p], side),
                   [p](Marks& marks) { marks.passage = marks.passage == kNone ? p : marks.passage; });
    for (size_t w = first_word[p]; w < first_word[p + 1]; ++w) {
      canvas.ForEach(words[w].bytes, [&](Marks& marks) {
        if (marks.passage == p && marks.operation == kNone) marks.operation = static_cast<uint32_t>(w);
      });
    }
  }
  for (const ByteSpan& span : card.masked) canvas.ForEach(span, [](Marks& marks) { marks.masked = true; });
  for (uint32_t e = 0; e < card.excluded.size(); ++e)
    canvas.ForEach(card.excluded[e],
                   [e](Marks& marks) { marks.excluded = marks.excluded == kNone ? e : marks.excluded; });
  for (uint32_t a = 0; a < alerts.size(); ++a) {
    for (const ByteSpan& span : alerts[a].spans)
      canvas.ForEach(span, [a](Marks& marks) { marks.alert = marks.alert == kNone ? a : marks.alert; });
  }

  std::vector<PaintedRun> runs;
  for (size_t piece = 0; piece < canvas.size();) {
    const Marks& marks = canvas[piece];
    PaintedRun run{canvas.BytesOf(piece), {}, {}, nullptr, marks.masked, {}, {}};
    for (++piece; piece < canvas.size() && canvas[piece] == marks; ++piece) run.bytes.end = canvas.BytesOf(piece).end;
    if (marks.passage != kNone) run.passage = marks.passage;
    if (marks.alert != kNone) run.alert = marks.alert;
    if (marks.excluded != kNone) run.excluded = marks.excluded;
    if (marks.operation != kNone) {
      run.operation = words[marks.operation].operation;
      run.change = run.operation->change;
    }
    runs.push_back(run);
  }
  return runs;
}

}  // namespace unspin
