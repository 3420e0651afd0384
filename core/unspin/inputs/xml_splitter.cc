#include "unspin/inputs/xml_splitter.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/inputs/xml_tokens.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

// Feeds have two elements around their items, NewsML-G2 three. Files that nest deeper are not worth the memory.
constexpr size_t kMaxOpen = 64;
// Bytes of the start tags around a record, which is parsed with them. Namespaces take one or two thousand.
constexpr size_t kMaxStartTags = 8 << 10;
constexpr size_t kMaxName = 256;       // bytes
constexpr size_t kMaxHead = 64 << 10;  // bytes: the feed's own title is among the first

struct Section {
  std::string_view open, close;
};
constexpr Section kSections[] = {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}};  // by SectionKind

struct RootAndRecord {
  std::string_view root, record;
};

constexpr RootAndRecord kRecords[] = {
    {"rss", "item"},
    {"RDF", "item"},
    {"feed", "entry"},
    {"entry", "entry"},
    {"nitf", "nitf"},
    {"NewsML", "NewsItem"},
    {"newsItem", "newsItem"},
    {"packageItem", "packageItem"},
    {"conceptItem", "conceptItem"},
    {"knowledgeItem", "knowledgeItem"},
    {"planningItem", "planningItem"},
    {"newsMessage", "newsItem"},
    {"newsMessage", "packageItem"},
    {"newsMessage", "conceptItem"},
    {"newsMessage", "knowledgeItem"},
    {"newsMessage", "planningItem"},
};

bool IsBehindName(char c) { return c == '>' || c == '/' || IsHtmlSpace(c); }

// Whether the name stands at `at`, whole.
bool HasName(std::string_view bytes, size_t at, std::string_view name) {
  return bytes.size() > at + name.size() && bytes.substr(at, name.size()) == name &&
         IsBehindName(bytes[at + name.size()]);
}

// Where the start tag of a record of this name is written; npos if nowhere.
size_t FindStartTag(std::string_view bytes, std::string_view name) {
  for (size_t at = bytes.find('<'); at != kNone; at = bytes.find('<', at + 1)) {
    if (HasName(bytes, at + 1, name)) return at;
  }
  return kNone;
}

}  // namespace

bool IsXmlRecord(std::string_view root, std::string_view name) {
  return std::any_of(std::begin(kRecords), std::end(kRecords),
                     [&](const RootAndRecord& row) { return row.root == root && row.record == name; });
}

std::string XmlSplitter::ItemTooLarge(uint64_t offset) const {
  return "at byte " + std::to_string(offset) + ": the item is larger than " + std::to_string(max_bytes()) +
         " bytes, the most that is read of one; take it out";
}

void XmlSplitter::Begin(RawRecord& raw) {
  raw.number = Count();
  raw.offset = buffer().offset();
  if (!context_) {
    auto context = std::make_shared<XmlContext>();
    for (const Element& element : open_) {
      context->open += element.start_tag;
      context->close.insert(0, "</" + element.name + ">");
    }
    context->depth = open_.size();
    context->head = head_;
    context_ = std::move(context);
  }
  raw.context = context_;
  in_head_ = false;
}

void XmlSplitter::OpenElement(std::string_view start_tag, std::string_view name) {
  if (open_.empty()) {
    in_head_ = true;
    head_.clear();
  }
  context_.reset();
  // What is too much is left out, and so is its end tag.
  if (open_.size() >= kMaxOpen || name.size() > kMaxName) return;
  size_t held = start_tag.size();
  for (const Element& element : open_) held += element.start_tag.size();
  open_.push_back({std::string(name), held <= kMaxStartTags ? std::string(start_tag) : "<" + std::string(name) + ">"});
}

void XmlSplitter::CloseElement(std::string_view name) {
  const auto last = std::find_if(open_.rbegin(), open_.rend(), [&](const Element& one) { return one.name == name; });
  if (last == open_.rend()) return;
  open_.erase(std::next(last).base(), open_.end());
  context_.reset();
  if (open_.empty()) head_.clear();
}

void XmlSplitter::PassToken(size_t size) {
  if (in_head_ && !open_.empty() && head_.size() < kMaxHead)
    head_ += buffer().held().substr(0, std::min(size, kMaxHead - head_.size()));
  buffer().Consume(size);
}

size_t XmlSplitter::EndOfSection(SectionKind kind, size_t from) {
  const std::string_view held = buffer().held(), close = kSections[kind].close;
  const uint64_t offset = buffer().offset(), begin = offset + from;
  KnownEnd& known = known_ends_[kind];
  if (begin < known.begin || begin > known.end) known = {begin, begin, false};
  if (!known.is_close) {
    const size_t at = held.find(close, static_cast<size_t>(known.end - offset));
    const size_t unseen = std::max(from, held.size() - std::min(held.size(), close.size() - 1));
    known.end = offset + (at == kNone ? unseen : at);
    known.is_close = at != kNone;
  }
  return known.is_close ? static_cast<size_t>(known.end - offset) : kNone;
}

XmlSplitter::FoundEnd XmlSplitter::PassSection(SectionKind kind, size_t at, bool is_all) {
  const std::string_view held = buffer().held(), open = kSections[kind].open;
  const size_t inside = at + open.size(), close = EndOfSection(kind, inside);
  const std::string_view section = held.substr(inside, close == kNone ? kNone : close - inside);
  const bool is_cut = close == kNone && is_all;
  if (is_cut || section.find(open) != kNone) {
    const size_t next = FindStartTag(section, record_);
    if (next != kNone && (is_cut || section.find(open, next) != kNone)) return {RecordEnd::kNotClosed, inside + next};
  }
  return close == kNone ? FoundEnd() : FoundEnd{RecordEnd::kClosed, close + kSections[kind].close.size()};
}

XmlSplitter::FoundEnd XmlSplitter::EndOfRecord(size_t from, bool is_all) {
  const std::string_view held = buffer().held();
  for (size_t at = held.find('<', from); at != kNone; at = held.find('<', at)) {
    if (held.size() <= at + record_.size() + 2) return {};
    if (held[at + 1] == '/' && HasName(held, at + 2, record_)) {
      const size_t end = held.find('>', at);
      return end == kNone ? FoundEnd() : FoundEnd{RecordEnd::kClosed, end + 1};
    }
    if (HasName(held, at + 1, record_)) return {RecordEnd::kNotClosed, at};
    const bool may_be_section = held[at + 1] == '!' || held[at + 1] == '?';
    size_t kind = may_be_section ? 0 : kSectionKinds;
    while (kind < kSectionKinds && !held.substr(at).starts_with(kSections[kind].open)) ++kind;
    if (kind == kSectionKinds) {
      ++at;
      continue;
    }
    const FoundEnd section = PassSection(static_cast<SectionKind>(kind), at, is_all);
    if (section.kind != RecordEnd::kClosed) return section;
    at = section.end;
  }
  return {};
}

bool XmlSplitter::TakeRecord(RawRecord& raw, bool is_all) {
  const std::string_view held = buffer().held();
  const XmlToken start = NextXmlToken(held, 0);
  FoundEnd found = {RecordEnd::kClosed, start.end};
  if (start.kind == XmlTokenKind::kIncomplete) return false;
  if (start.kind == XmlTokenKind::kStart) found = EndOfRecord(start.end, is_all);
  if (found.kind == RecordEnd::kNotHeld) return false;
  Begin(raw);
  raw.bytes = held.substr(0, found.end);
  if (found.end > max_bytes()) raw.problem = ItemTooLarge(raw.offset);
  if (found.kind == RecordEnd::kNotClosed)
    raw.problem = "at byte " + std::to_string(raw.offset) + ": <" + record_ +
                  "> is not closed before the next one begins; correct it or take it out";
  buffer().Consume(found.end);
  record_.clear();
  return true;
}

bool XmlSplitter::TakeHeldRecord(RawRecord& raw) {
  while (record_.empty()) {
    const std::string_view held = buffer().held();
    const XmlToken token = NextXmlToken(held, 0);
    if (token.kind == XmlTokenKind::kNone || token.kind == XmlTokenKind::kIncomplete) {
      PassToken(token.begin);
      return false;
    }
    const bool begins = token.kind == XmlTokenKind::kStart || token.kind == XmlTokenKind::kEmpty;
    const std::string_view name = WithoutPrefix(token.name);
    if (begins && IsXmlRecord(open_.empty() ? name : WithoutPrefix(root()), name)) {
      record_ = token.name;
      PassToken(token.begin);
      break;
    }
    // Its bytes stay where they are until more are read.
    if (token.kind == XmlTokenKind::kStart) OpenElement(held.substr(token.begin, token.end - token.begin), token.name);
    PassToken(token.end);
    if (token.kind == XmlTokenKind::kEnd) CloseElement(token.name);
  }
  return TakeRecord(raw, /*is_all=*/false);
}

void XmlSplitter::SkipTooLarge(RawRecord& raw) {
  const bool is_record = !record_.empty();
  Begin(raw);
  raw.problem = is_record ? ItemTooLarge(raw.offset)
                          : "at byte " + std::to_string(raw.offset) +
                                ": a tag, comment or section is not closed; nothing behind it was read";
  if (!is_record) return buffer().Stop();
  const std::string end = "</" + record_;
  size_t at = kNone;
  do {
    const std::string_view held = buffer().held();
    at = held.find(end, 1);
    buffer().Consume(at == kNone ? held.size() - std::min(held.size(), end.size()) : at + end.size());
  } while (at == kNone && buffer().Fill());
  record_.clear();
}

bool XmlSplitter::TakeEnd(RawRecord& raw) {
  if (!record_.empty() && TakeRecord(raw, /*is_all=*/true)) return true;
  const bool is_cut = !record_.empty() || buffer().held().starts_with('<') || !open_.empty();
  if (std::exchange(end_reported_, true) || !is_cut) {
    buffer().ConsumeAll();
    return false;
  }
  if (!buffer().failure().empty()) {
    const bool in_record = !std::exchange(record_, "").empty();
    return in_record && TakeRest(raw);
  }
  Begin(raw);
  const std::string within = !record_.empty() ? record_ : open_.empty() ? "" : open_.back().name;
  raw.problem = "at byte " + std::to_string(raw.offset) + ": the file ends " +
                (within.empty() ? "inside of a tag, comment or section" : "before <" + within + "> is closed") +
                "; it may be cut off: copy it again";
  record_.clear();
  buffer().ConsumeAll();
  return true;
}

bool XmlSplitter::NextRecord(RawRecord& raw) {
  while (!TakeHeldRecord(raw)) {
    const size_t size = buffer().held().size();
    if (size > max_bytes()) {
      SkipTooLarge(raw);
      return true;
    }
    // Doubles what is held before the next search for the end, so that the whole search is linear.
    const size_t needed = size * 2;
    if (!buffer().Fill()) return TakeEnd(raw);
    while (buffer().held().size() < needed && buffer().Fill()) {
    }
  }
  return true;
}

bool XmlSplitter::NextBlock(RawRecords& block) {
  return TakeBlock(block, [this](RawRecord& raw) { return TakeHeldRecord(raw); });
}

}  // namespace unspin
