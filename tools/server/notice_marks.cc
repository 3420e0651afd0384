#include "server/notice_marks.h"

#include <algorithm>
#include <array>

namespace unspin::server {
namespace {

constexpr std::string_view kConfirm = "[ ] ";  // begins the line of a statement
// The forms (tools/evidence/forms) in English, German, French, Spanish.
constexpr std::array<std::string_view, 4> kFillIn = {
    "[to be filled in: ", "[bitte ausfüllen: ", "[à compléter : ", "[por completar: "};

constexpr std::string_view kExample = "…";  // the remarks above a draft tell what a mark looks like

// The fields in one line.
void AddFields(std::string_view line, std::vector<std::string>& marks) {
  while (!line.empty()) {
    size_t begin = std::string_view::npos, text = 0;
    for (const std::string_view mark : kFillIn) {
      const size_t at = line.find(mark);
      if (at >= begin) continue;
      begin = at;
      text = at + mark.size();
    }
    const size_t end = begin == std::string_view::npos ? begin : line.find(']', text);
    if (end == std::string_view::npos) return;
    if (const std::string_view field = line.substr(text, end - text); field != kExample) marks.emplace_back(field);
    line.remove_prefix(end + 1);
  }
}

}  // namespace

std::vector<std::string> MarksIn(std::string_view draft) {
  std::vector<std::string> marks;
  while (!draft.empty()) {
    const size_t end = std::min(draft.find('\n'), draft.size());
    const std::string_view line = draft.substr(0, end);
    if (line.starts_with(kConfirm)) {
      marks.emplace_back(line.substr(kConfirm.size()));
    } else {
      AddFields(line, marks);
    }
    draft.remove_prefix(std::min(end + 1, draft.size()));
  }
  return marks;
}

}  // namespace unspin::server
