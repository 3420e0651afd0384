#include "unspin/inputs/json_value_splitter.h"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

#include "unspin/inputs/json_layout.h"
#include "unspin/json/json_text.h"

namespace unspin {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr char kRecordSeparator = '\x1e';  // of RFC 7464

// Bytes before and behind a bracket that decide whether a record begins there; names and indents that are longer are
// not recognised.
constexpr size_t kContext = 512;

constexpr const char* kNothingFound =
    "no list of records with a text was found in the object: write one record a line, as jq does (jq -c '.articles[]' "
    "FILE > FILE.jsonl, with the place of the records); of a single record, write the text before long lists";

bool IsJsonSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

JsonValueSplitter::JsonValueSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes, JsonRecordPath path,
                                     JsonPathFinder find_path)
    : RecordSplitter(std::move(stream), max_bytes), path_(std::move(path)), find_path_(std::move(find_path)) {
  assert(path_.empty() || (path_.back().to_elements && !find_path_));
}

void JsonValueSplitter::BeginRecord() {
  if (!std::exchange(has_record_, true)) record_indent_ = indent_;
  has_indent_ = has_indent_ && in_new_line_ && indent_ == record_indent_;
  mode_ = Mode::kRecord;
}

bool JsonValueSplitter::Enter(char c) {
  const size_t level = is_object_.size();
  const bool wanted = level == 0 || !is_object_.back() || on_path_;
  scanner_.Begin();
  scanned_ = 0;
  has_name_ = false;
  if (find_path_ && (level > 0 || c == '{')) {
    const bool enters = level == 0 || std::exchange(enters_, false);
    mode_ = enters ? mode_ : Mode::kSkipped;
    if (!enters) return false;
    if (level > 0) sought_.push_back({false, name_});
    is_object_.push_back(true);
    has_records_ = false;
    return true;
  }
  if (wanted && level == path_.size()) {
    BeginRecord();
  } else if (wanted && c == (path_[level].to_elements ? '[' : '{')) {
    is_object_.push_back(c == '{');
    if (level == 0) has_records_ = false;
    if (level + 1 == path_.size()) has_records_ = true;
    return true;
  } else if (level == 0) {
    BeginRecord();  // the parser says that it is no object
  } else {
    mode_ = Mode::kSkipped;
  }
  return false;
}

bool JsonValueSplitter::SeekPath() {
  constexpr size_t kMaxDepth = 8;  // of objects that are entered
  assert(find_path_);
  const std::string_view held = buffer().held();
  const size_t end = EndOfJsonValue(held, 0);
  const bool is_held = end != std::string_view::npos;
  if (!is_held && held.size() < kHeadForLayout && !buffer().at_end()) return false;
  std::string object = "{\"" + name_ + "\":";
  const JsonRecordPath found = find_path_(object.append(held.substr(0, std::min(end, kHeadForLayout))));
  enters_ = found.empty() && !is_held && held[0] == '{' && is_object_.size() < kMaxDepth;
  if (found.empty()) return true;
  path_ = std::exchange(sought_, {});
  path_.insert(path_.end(), found.begin(), found.end());
  find_path_ = nullptr;
  on_path_ = true;
  return true;
}

bool JsonValueSplitter::Leave(char c, RawRecord& raw) {
  has_name_ = false;
  if (is_object_.empty()) return c == ']' && std::exchange(in_list_, false);
  if (is_object_.back() != (c == '}')) return false;
  is_object_.pop_back();
  if (!sought_.empty()) sought_.pop_back();
  if (is_object_.empty() && !has_records_) {
    raw.number = Count();
    raw.offset = buffer().offset();
    const bool was_sought = std::exchange(find_path_, nullptr) != nullptr;
    raw.problem = was_sought
                      ? kNothingFound
                      : "the object has no list of records where the first one has it; give it a file of its own";
  }
  return true;
}

bool JsonValueSplitter::GoBetween(RawRecord& raw) {
  const std::string_view held = buffer().held();
  for (size_t i = 0; i < held.size(); ++i) {
    const char c = held[i];
    if (IsJsonSpace(c)) {
      if (c == '\n') {
        in_new_line_ = true;
        indent_.clear();
      } else if (c != '\r' && indent_.size() < kContext) {
        indent_ += c;
      }
      continue;
    }
    const bool is_top = is_object_.empty();
    if (is_top && c == kByteOrderMark[0]) {
      if (held.size() - i < kByteOrderMark.size() && !buffer().at_end()) {
        buffer().Consume(i);
        return false;
      }
      if (held.substr(i).starts_with(kByteOrderMark)) {
        i += kByteOrderMark.size() - 1;
        continue;
      }
    }
    const bool is_separator = c == ',' || (c == ':' && has_name_) || (is_top && c == kRecordSeparator);
    if (is_separator || (is_top && c == '[' && !in_list_)) {
      in_list_ = in_list_ || c == '[';
      in_new_line_ = false;
      continue;
    }
    buffer().Consume(i);
    if (c == ']' || c == '}') {
      if (!Leave(c, raw)) {
        Break(raw, 0, "a bracket closes what is not open");
      } else {
        buffer().Consume(1);
      }
      in_new_line_ = false;
      return true;
    }
    if (!is_top && is_object_.back() && !has_name_) {
      if (c != '"') {
        Break(raw, 0, "a value has no name");
      } else {
        scanner_.Begin();
        scanned_ = 0;
        mode_ = Mode::kName;
      }
    } else if (find_path_ && !is_top && (c == '[' || c == '{') && !SeekPath()) {
      return false;
    } else if (Enter(c)) {
      buffer().Consume(1);
    }
    in_new_line_ = false;
    return true;
  }
  buffer().Consume(held.size());
  return false;
}

bool JsonValueSplitter::ReadName(RawRecord& raw) {
  constexpr size_t kMaxName = 1 << 20;  // bytes; a longer one is no name
  const std::string_view held = buffer().held();
  const auto state = scanner_.Scan(held, scanned_);
  if (state == JsonScanner::State::kUnfinished && scanned_ < kMaxName) return false;
  if (state != JsonScanner::State::kEnd) {
    Break(raw, scanned_,
          state == JsonScanner::State::kBroken ? scanner_.problem() : std::string_view("a name has no end"));
    return true;
  }
  const std::string_view name = held.substr(1, scanned_ - 2);
  if (find_path_) {
    name_ = name;
  } else {
    on_path_ = name == path_[is_object_.size() - 1].name;
  }
  has_name_ = true;
  buffer().Consume(scanned_);
  mode_ = Mode::kBetween;
  return true;
}

bool JsonValueSplitter::Skip(RawRecord& raw) {
  const auto state = scanner_.Scan(buffer().held(), scanned_);
  if (state == JsonScanner::State::kBroken) {
    Break(raw, scanned_, scanner_.problem());
    return true;
  }
  buffer().Consume(std::exchange(scanned_, 0));
  if (state == JsonScanner::State::kEnd) mode_ = Mode::kBetween;
  return state == JsonScanner::State::kEnd;
}

void JsonValueSplitter::NoteName(std::string_view record) {
  if (!first_name_.empty() || !record.starts_with('{')) return;
  const size_t begin = SkipJsonSpace(record, 1);
  if (begin >= record.size() || record[begin] != '"') return;
  const size_t end = EndOfJsonValue(record.substr(0, begin + kContext), begin);
  if (end != std::string_view::npos) first_name_ = record.substr(begin, end - begin);
}

bool JsonValueSplitter::ScanRecord(RawRecord& raw) {
  const std::string_view held = buffer().held();
  auto state = scanner_.Scan(held, scanned_);
  if (state == JsonScanner::State::kUnfinished && buffer().at_end() && scanner_.MayEndHere()) {
    state = JsonScanner::State::kEnd;
  }
  if (state == JsonScanner::State::kUnfinished && scanned_ <= max_bytes()) return false;
  NoteName(held.substr(0, scanned_));
  if (state != JsonScanner::State::kEnd && scanned_ > max_bytes()) {
    raw.number = Count();
    raw.offset = buffer().offset();
    raw.problem = TooLarge();
    buffer().Consume(std::exchange(scanned_, 0));
    mode_ = state == JsonScanner::State::kBroken ? Mode::kLost : Mode::kLarge;
    return true;
  }
  if (state == JsonScanner::State::kBroken) {
    Break(raw, scanned_, scanner_.problem());
    return true;
  }
  raw.number = Count();
  raw.offset = buffer().offset();
  raw.bytes = held.substr(0, scanned_);
  if (scanned_ > max_bytes()) raw.problem = TooLarge();
  buffer().Consume(scanned_);
  mode_ = Mode::kBetween;
  return true;
}

bool JsonValueSplitter::SkipLarge(RawRecord&) {
  const auto state = scanner_.Scan(buffer().held(), scanned_);
  if (state == JsonScanner::State::kUnfinished) {
    buffer().Consume(std::exchange(scanned_, 0));
    return false;
  }
  // Of a break the size is reported only.
  mode_ = state == JsonScanner::State::kEnd ? Mode::kBetween : Mode::kLost;
  buffer().Consume(std::exchange(scanned_, 0));
  return true;
}

void JsonValueSplitter::Break(RawRecord& raw, size_t at, std::string_view problem) {
  raw.number = Count();
  raw.offset = buffer().offset();
  raw.problem = "the JSON breaks at byte " + std::to_string(raw.offset + at) + " of the file: " + std::string(problem) +
                "; correct it there";
  if (!has_record_) {
    raw.problem += "; nothing behind it was read";
    buffer().Stop();
    is_object_.clear();
    in_list_ = has_name_ = false;
    scanned_ = 0;
    mode_ = Mode::kBetween;
    return;
  }
  // The break may be seen only in the next record: the search begins right behind the beginning. Every byte is scanned
  // about twice at most.
  constexpr uint64_t kAlwaysRescanned = 1 << 20;
  const bool may_rescan = rescanned_ <= buffer().offset() + kAlwaysRescanned;
  if (may_rescan) rescanned_ += at;
  scanned_ = may_rescan ? std::min<size_t>(1, buffer().held().size()) : at;
  mode_ = Mode::kLost;
}

bool JsonValueSplitter::IsListStart(std::string_view before) const {
  if (path_.size() < 2 || path_[path_.size() - 2].to_elements) return false;
  for (const std::string& sign : {std::string("["), std::string(":"), '"' + path_[path_.size() - 2].name + '"'}) {
    if (!before.ends_with(sign)) return false;
    before.remove_suffix(sign.size());
    while (!before.empty() && IsJsonSpace(before.back())) before.remove_suffix(1);
  }
  return true;
}

bool JsonValueSplitter::IsRecordStart(std::string_view held, size_t at) const {
  const size_t context = at - std::min(at, kContext);
  size_t before = at;  // the white space before the bracket begins
  while (before > context && IsJsonSpace(held[before - 1])) --before;
  const std::string_view behind = held.substr(at + 1, kContext - 1);
  const size_t name = SkipJsonSpace(behind, 0);
  if (name >= behind.size() || behind[name] != '"') return false;
  if (IsListStart(held.substr(context, before - context))) return true;
  const std::string_view space = held.substr(before, at - before);
  const size_t line = space.rfind('\n');
  const bool in_new_line = line != std::string_view::npos;
  if (has_indent_) return in_new_line && space.substr(line + 1) == record_indent_;
  if (before == context) return false;
  const char last = held[before - 1];
  if (last == kRecordSeparator) return true;
  return (last == ',' || last == '}' || in_new_line) && behind.substr(name).starts_with(first_name_);
}

bool JsonValueSplitter::FindRecord() {
  const std::string_view held = buffer().held();
  const auto wait_at = [&](size_t at) {
    const size_t consumed = at - std::min(at, kContext);
    buffer().Consume(consumed);
    scanned_ = at - consumed;
    return false;
  };
  for (size_t at = scanned_;; ++at) {
    at = held.find('{', at);
    if (at == std::string_view::npos) return wait_at(held.size());
    if (held.size() - at < kContext && !buffer().at_end()) return wait_at(at);
    if (!IsRecordStart(held, at)) continue;
    buffer().Consume(at);
    // The break may have been in what is around the records.
    is_object_.clear();
    for (const JsonStep& step : path_) is_object_.push_back(!step.to_elements);
    on_path_ = has_records_ = true;
    has_name_ = false;
    scanner_.Begin();
    scanned_ = 0;
    mode_ = Mode::kRecord;
    return true;
  }
}

bool JsonValueSplitter::TakeHeld(RawRecord& raw) {
  const auto go_on = [&] {
    switch (mode_) {
      case Mode::kBetween:
        return GoBetween(raw);
      case Mode::kName:
        return ReadName(raw);
      case Mode::kSkipped:
        return Skip(raw);
      case Mode::kRecord:
        return ScanRecord(raw);
      case Mode::kLarge:
        return SkipLarge(raw);
      case Mode::kLost:
        return FindRecord();
    }
    return false;
  };
  while (go_on()) {
    if (raw.number > 0) return true;
  }
  return false;
}

// At the end of the stream, when no whole record is held.
bool JsonValueSplitter::AtEnd(RawRecord& raw) {
  const Mode mode = std::exchange(mode_, Mode::kBetween);
  const bool is_open = std::exchange(in_list_, false) || !is_object_.empty();
  is_object_.clear();
  if (mode == Mode::kLost || mode == Mode::kLarge) {
    buffer().ConsumeAll();
    return false;
  }
  constexpr std::string_view kCutOff = "; the file may be cut off: copy it again";
  if (mode != Mode::kBetween && TakeRest(raw)) {
    if (raw.problem.empty()) raw.problem = "the record has no end" + std::string(kCutOff);
    raw.bytes = {};
    return true;
  }
  if (!is_open || !buffer().failure().empty()) return false;
  raw.number = Count();
  raw.offset = buffer().offset();
  raw.problem = "the list of records is not closed" + std::string(kCutOff);
  return true;
}

bool JsonValueSplitter::NextRecord(RawRecord& raw) {
  for (;;) {
    if (TakeHeld(raw)) return true;
    if (!buffer().Fill()) break;
  }
  return TakeHeld(raw) || AtEnd(raw);
}

bool JsonValueSplitter::NextBlock(RawRecords& block) {
  return TakeBlock(block, [this](RawRecord& raw) { return TakeHeld(raw); });
}

}  // namespace unspin
