#include "unspin/page/html_tokenizer.h"

#include <algorithm>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr std::string_view kCdataBegin = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";
constexpr std::string_view kScriptName = "script";

size_t SkipSpace(std::string_view record, size_t offset) {
  while (offset < record.size() && IsHtmlSpace(record[offset])) ++offset;
  return offset;
}

// Whether a tag's name ends before `c`.
bool EndsTagName(char c) { return IsHtmlSpace(c) || c == '/' || c == '>'; }

// The offset behind the next `mark`; the record's size if there is none.
size_t Behind(std::string_view record, std::string_view mark, size_t offset) {
  const size_t found = record.find(mark, offset);
  return found == kNone ? record.size() : found + mark.size();
}

// `begin`: behind the "<!--". A comment ends with "-->", with "--!>", and with ">" or "->" right at its beginning.
size_t EndOfComment(std::string_view record, size_t begin) {
  const std::string_view rest = record.substr(begin);
  if (rest.starts_with(">")) return begin + 1;
  if (rest.starts_with("->")) return begin + 2;
  for (size_t dashes = record.find("--", begin); dashes != kNone; dashes = record.find("--", dashes + 1)) {
    const std::string_view after = record.substr(dashes + 2);
    if (after.starts_with(">")) return dashes + 3;
    if (after.starts_with("!>")) return dashes + 4;
  }
  return record.size();
}

// Reads a value, quoted or not, that begins at `offset`. Returns the offset behind it; npos if the record ends within.
size_t ReadValue(std::string_view record, size_t offset, std::string_view& value) {
  if (offset >= record.size()) return kNone;
  const char quote = record[offset];
  if (quote == '"' || quote == '\'') {
    const size_t end = record.find(quote, offset + 1);
    if (end == kNone) return kNone;
    value = record.substr(offset + 1, end - offset - 1);
    return end + 1;
  }
  size_t end = offset;
  while (end < record.size() && !IsHtmlSpace(record[end]) && record[end] != '>') ++end;
  value = record.substr(offset, end - offset);
  return end;
}

struct TagEnd {
  size_t offset = 0;  // behind the ">"; npos: the record ends within the tag
  bool self_closing = false;
};

// Reads a tag from the end of its name on. Appends its attributes to `attributes`; null: they are not kept.
TagEnd ReadAttributes(std::string_view record, size_t begin, std::vector<HtmlAttribute>* attributes) {
  bool self_closing = false;
  for (size_t offset = begin; offset < record.size();) {
    const char c = record[offset];
    if (c == '>') return {offset + 1, self_closing};
    if (c == '/' || IsHtmlSpace(c)) {
      self_closing = c == '/';
      ++offset;
      continue;
    }
    self_closing = false;
    const size_t name_begin = offset++;  // a leading "=" belongs to the name
    while (offset < record.size() && !EndsTagName(record[offset]) && record[offset] != '=') ++offset;
    HtmlAttribute attribute{record.substr(name_begin, offset - name_begin), {}};
    const size_t behind_space = SkipSpace(record, offset);
    if (behind_space < record.size() && record[behind_space] == '=') {
      offset = ReadValue(record, SkipSpace(record, behind_space + 1), attribute.value);
      if (offset == kNone) break;
    }
    if (attributes != nullptr) attributes->push_back(attribute);
  }
  return {kNone, false};
}

}  // namespace

bool EqualIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) { return AsciiLower(a) == b; });
}

void HtmlTokenizer::SetContent(HtmlContent content, std::string_view name) {
  content_ = content;
  element_ = name;
}

bool HtmlTokenizer::Next(HtmlToken& token) {
  while (offset_ < record_.size()) {
    token = HtmlToken();
    token.begin = offset_;
    const bool read = content_ == HtmlContent::kCdata  ? ReadCdata(token)
                      : content_ != HtmlContent::kData ? ReadContent(token)
                      : IsMarkup(offset_)              ? ReadMarkup(token)
                                                       : (ReadText(token), true);
    offset_ = token.end;
    if (read) return true;
  }
  return false;
}

// Whether the "<" at `offset` begins a tag, a comment or the like. If not, it is text.
bool HtmlTokenizer::IsMarkup(size_t offset) const {
  if (record_[offset] != '<' || offset + 1 >= record_.size()) return false;
  const char next = record_[offset + 1];
  return IsAsciiLetter(next) || next == '!' || next == '?' || (next == '/' && offset + 2 < record_.size());
}

void HtmlTokenizer::ReadText(HtmlToken& token) {
  size_t end = offset_;
  do {
    end = std::min(record_.find('<', end + 1), record_.size());
  } while (end < record_.size() && !IsMarkup(end));
  token.end = end;
}

// Returns false if the section has no text.
bool HtmlTokenizer::ReadCdata(HtmlToken& token) {
  const size_t close = record_.find(kCdataEnd, offset_);
  if (close == offset_) {
    content_ = HtmlContent::kData;
    token.end = close + kCdataEnd.size();
    return false;
  }
  token.has_references = false;
  token.end = std::min(close, record_.size());
  return true;
}

// Returns false if the element has no text.
bool HtmlTokenizer::ReadContent(HtmlToken& token) {
  token.has_references = content_ == HtmlContent::kRcdata;
  token.end = content_ == HtmlContent::kPlaintext ? record_.size()
              : content_ == HtmlContent::kScript  ? EndOfScript()
                                                  : EndOfElementText();
  content_ = HtmlContent::kData;
  return token.end > token.begin;
}

// Whether a tag of this name is at `offset`. `prefix`: "<" or "</". A name that the record ends with is text.
bool HtmlTokenizer::IsTagAt(size_t offset, std::string_view prefix, std::string_view name) const {
  const std::string_view rest = record_.substr(offset);
  const size_t size = prefix.size() + name.size();
  return !name.empty() && rest.size() > size && rest.starts_with(prefix) &&
         EqualIgnoringCase(rest.substr(prefix.size(), name.size()), name) && EndsTagName(rest[size]);
}

size_t HtmlTokenizer::EndOfElementText() const {
  if (element_.empty()) return record_.size();
  size_t close = record_.find("</", offset_);
  while (close != kNone && !IsTagAt(close, "</", element_)) close = record_.find("</", close + 2);
  return std::min(close, record_.size());
}

// "<!--" begins a comment of the script. Within it, "<script>" begins a script whose end tag ends only itself.
size_t HtmlTokenizer::EndOfScript() const {
  bool in_comment = false, in_inner_script = false;
  for (size_t at = offset_; at < record_.size();) {
    if (in_comment) {
      while (at < record_.size() && record_[at] != '<' && record_[at] != '-') ++at;
    } else {
      at = std::min(record_.find('<', at), record_.size());
    }
    if (at == record_.size()) break;
    if (in_comment && record_.substr(at).starts_with("-->")) {
      in_comment = in_inner_script = false;
      at += 3;
    } else if (!in_comment && record_.substr(at).starts_with("<!--")) {
      in_comment = true;
      at += 2;  // the dashes may also be those of "-->"
    } else if (IsTagAt(at, "</", in_inner_script ? kScriptName : element_)) {
      if (!in_inner_script) return at;
      in_inner_script = false;
      at += 2;
    } else {
      if (in_comment && IsTagAt(at, "<", kScriptName)) in_inner_script = true;
      ++at;
    }
  }
  return record_.size();
}

// Returns false if the markup yields no token.
bool HtmlTokenizer::ReadMarkup(HtmlToken& token) {
  const std::string_view rest = record_.substr(offset_);
  if (IsAsciiLetter(rest[1]) || (rest[1] == '/' && IsAsciiLetter(rest[2]))) return ReadTag(token);
  token.kind = HtmlTokenKind::kComment;
  if (rest.starts_with("</>")) {
    token.end = offset_ + 3;
    return false;
  }
  if (rest.starts_with("<!--")) {
    token.end = EndOfComment(record_, offset_ + 4);
    return true;
  }
  if (cdata_allowed_ && rest.starts_with(kCdataBegin)) {
    content_ = HtmlContent::kCdata;
    token.end = offset_ + kCdataBegin.size();
    return false;
  }
  constexpr std::string_view kDoctype = "doctype";
  if (rest[1] == '!' && EqualIgnoringCase(rest.substr(2, kDoctype.size()), kDoctype)) {
    token.kind = HtmlTokenKind::kDoctype;
  }
  token.end = Behind(record_, ">", offset_ + 2);
  return true;
}

// Returns false if the record ends within the tag.
bool HtmlTokenizer::ReadTag(HtmlToken& token) {
  const bool is_end = record_[offset_ + 1] == '/';
  const size_t name_begin = offset_ + (is_end ? 2 : 1);
  size_t name_end = name_begin;
  while (name_end < record_.size() && !EndsTagName(record_[name_end])) ++name_end;
  token.kind = is_end ? HtmlTokenKind::kEndTag : HtmlTokenKind::kStartTag;
  token.name = record_.substr(name_begin, name_end - name_begin);
  token.attributes_begin = attributes_.size();
  const TagEnd end = ReadAttributes(record_, name_end, is_end ? nullptr : &attributes_);
  token.self_closing = end.self_closing;
  if (end.offset == kNone) {
    attributes_.resize(token.attributes_begin);
    token.end = record_.size();
    return false;
  }
  token.end = end.offset;
  return true;
}

}  // namespace unspin
