#include "evidence/notice_template.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "absl/status/status.h"
#include "render/visible.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

constexpr int kMaxDepth = 8;  // of @if, @each and @include inside each other: a file that includes itself ends

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool IsHeading(std::string_view line) {
  return line.size() > 2 && line.front() == '[' && line.back() == ']' &&
         std::all_of(line.begin() + 1, line.end() - 1, [](char c) { return c >= 'a' && c <= 'z'; });
}

absl::Status Mistake(std::string_view line, const std::string& what) {
  return absl::InternalError("template of notices: " + what + ", in the line: " + std::string(line));
}

// "name" behind "@if "; empty where `line` is no such line.
std::string_view Behind(std::string_view command, std::string_view line) {
  return line.starts_with(command) ? line.substr(command.size()) : std::string_view();
}

bool Opens(std::string_view line) {
  return line.starts_with("@if ") || line.starts_with("@unless ") || line.starts_with("@each ");
}

class Drawing {
 public:
  Drawing(const TemplateSections& shared, const FieldValues& words, const NoticeFields& fields)
      : shared_(shared), words_(words), fields_(fields) {}

  // `entry`: of the list that is being repeated, else null.
  absl::Status Draw(const std::vector<std::string_view>& lines, const FieldValues* entry, int depth) {
    if (depth > kMaxDepth) return absl::InternalError("template of notices: blocks are too deep inside each other");
    for (size_t at = 0; at < lines.size(); ++at) {
      const std::string_view line = lines[at];
      absl::Status drawn;
      if (Opens(line)) {
        const std::optional<size_t> end = EndOf(lines, at);
        if (!end) return Mistake(line, "@end is missing");
        drawn = DrawBlock(line, {lines.begin() + static_cast<long>(at) + 1, lines.begin() + static_cast<long>(*end)},
                          entry, depth);
        at = *end;
      } else if (const std::string_view name = Behind("@include ", line); !name.empty()) {
        const auto section = shared_.find(name);
        if (section == shared_.end()) return Mistake(line, "there is no such section");
        drawn = Draw(LinesOf(section->second), entry, depth + 1);
      } else if (line.starts_with('@')) {
        return Mistake(line, "@ begins no command that is known, or an @end is too many");
      } else {
        drawn = DrawLine(line, entry);
      }
      if (!drawn.ok()) return drawn;
    }
    return absl::OkStatus();
  }

  std::string Take() { return std::move(out_); }

 private:
  // The @end of the block that begins at `begin`.
  static std::optional<size_t> EndOf(const std::vector<std::string_view>& lines, size_t begin) {
    int open = 0;
    for (size_t at = begin; at < lines.size(); ++at) {
      if (Opens(lines[at])) ++open;
      if (lines[at] == "@end" && --open == 0) return at;
    }
    return std::nullopt;
  }

  absl::Status DrawBlock(std::string_view line, const std::vector<std::string_view>& inside, const FieldValues* entry,
                         int depth) {
    if (const std::string_view name = Behind("@each ", line); !name.empty()) {
      const auto list = fields_.lists.find(name);
      if (list == fields_.lists.end()) return Mistake(line, "there is no such list");
      for (const FieldValues& values : list->second) {
        if (const absl::Status drawn = Draw(inside, &values, depth + 1); !drawn.ok()) return drawn;
      }
      return absl::OkStatus();
    }
    const bool when_there = line.starts_with("@if ");
    const std::string_view name = Behind(when_there ? "@if " : "@unless ", line);
    const std::string* value = Find(name, entry);
    if (value == nullptr) return Mistake(line, "there is no such field");
    return value->empty() == when_there ? absl::OkStatus() : Draw(inside, entry, depth + 1);
  }

  absl::Status DrawLine(std::string_view line, const FieldValues* entry) {
    for (std::string_view rest = line; !rest.empty();) {
      const size_t open = std::min(rest.find('{'), rest.size());
      out_ += rest.substr(0, open);
      rest.remove_prefix(open);
      if (rest.empty()) break;
      const size_t close = rest.find('}');
      if (close == std::string_view::npos) return Mistake(line, "} is missing");
      const absl::StatusOr<std::string> value = ValueOf(rest.substr(1, close - 1), entry);
      if (!value.ok()) return Mistake(line, std::string(StdView(value.status().message())));
      out_ += *value;
      rest.remove_prefix(close + 1);
    }
    out_ += '\n';
    return absl::OkStatus();
  }

  // `what`: "name" or "name:120".
  absl::StatusOr<std::string> ValueOf(std::string_view what, const FieldValues* entry) const {
    const size_t colon = std::min(what.find(':'), what.size());
    const std::string_view name = what.substr(0, colon);
    const std::string* value = Find(name, entry);
    if (value == nullptr) return absl::NotFoundError("there is no field " + std::string(name));
    if (value->empty()) {
      const auto missing = words_.find("missing." + std::string(name));
      if (missing == words_.end()) return absl::NotFoundError("there is no text missing." + std::string(name));
      return missing->second;
    }
    if (colon == what.size()) return *value;
    size_t limit = 0;
    const auto [end, error] = std::from_chars(what.data() + colon + 1, what.data() + what.size(), limit);
    if (error != std::errc() || end != what.data() + what.size() || limit == 0)
      return absl::InvalidArgumentError("a number of characters belongs behind the colon");
    return Shortened(*value, limit);
  }

  const std::string* Find(std::string_view name, const FieldValues* entry) const {
    if (entry != nullptr) {
      if (const auto value = entry->find(name); value != entry->end()) return &value->second;
    }
    const auto value = fields_.values.find(name);
    return value == fields_.values.end() ? nullptr : &value->second;
  }

  const TemplateSections& shared_;
  const FieldValues& words_;
  const NoticeFields& fields_;
  std::string out_;
};

}  // namespace

TemplateSections SectionsOf(std::string_view file) {
  TemplateSections sections;
  std::string* section = nullptr;
  for (const std::string_view line : LinesOf(file)) {
    if (line == "#" || line.starts_with("# ")) continue;
    if (IsHeading(line)) {
      section = &sections[std::string(line.substr(1, line.size() - 2))];
    } else if (section != nullptr) {
      section->append(line).append("\n");
    }
  }
  for (auto& [name, text] : sections) {
    const size_t end = text.find_last_not_of('\n');
    text.erase(end == std::string::npos ? 0 : end + 2);
  }
  return sections;
}

FieldValues WordsOf(std::string_view section) {
  FieldValues words;
  for (const std::string_view line : LinesOf(section)) {
    const size_t equals = line.find(" = ");
    if (equals != std::string_view::npos) words.emplace(line.substr(0, equals), line.substr(equals + 3));
  }
  return words;
}

absl::StatusOr<std::string> DrawSection(const TemplateSections& sections, std::string_view name,
                                        const TemplateSections& shared, const FieldValues& words,
                                        const NoticeFields& fields) {
  const auto section = sections.find(name);
  if (section == sections.end())
    return absl::InternalError("template of notices: there is no section [" + std::string(name) + "]");
  Drawing drawing(shared, words, fields);
  const absl::Status drawn = drawing.Draw(LinesOf(section->second), nullptr, 0);
  if (!drawn.ok()) return drawn;
  return drawing.Take();
}

std::string Shortened(std::string_view text, size_t limit) {
  size_t characters = 0, cut = 0;  // `cut`: where limit - 1 characters end
  for (size_t at = 0; at < text.size(); ++characters) {
    if (characters + 1 == limit) cut = at;
    at += CharacterAt(text, at).bytes.size();
  }
  if (characters <= limit) return std::string(text);
  const size_t blank = text.substr(0, cut).rfind(' ');
  // A text without blanks is cut inside the word.
  return std::string(text.substr(0, blank == std::string_view::npos || blank < cut / 2 ? cut : blank)) + "…";
}

}  // namespace unspin::evidence
