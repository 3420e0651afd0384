#include "unspin/facts/marked_originals.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/facts/outlet_names.h"
#include "unspin/report/same_address.h"
#include "unspin/report/site_of.h"

namespace unspin {
namespace {

constexpr size_t kMinNameLetters = 4;  // of an outlet: a shorter one is a word of many names
constexpr size_t kMaxNameWords = 6;    // that may spell it

constexpr std::string_view kNameKinds[] = {"credit-text", "copyright-holder",    "copyright-notice",
                                           "provider",    "source-organization", "usage-terms"};

bool IsName(std::string_view kind) {
  return std::find(std::begin(kNameKinds), std::end(kNameKinds), kind) != std::end(kNameKinds);
}

// Words of letters and digits in small letters.
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    const bool is_letter = IsAsciiAlphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) {
      words.back() += AsciiLower(c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += word;
  return joined;
}

// The names of an outlet without blanks: "dailynews" of "The Daily News" and of "dailynews.example", and the domain.
std::vector<std::string> NamesOf(const ArticleCard& original) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (name.starts_with("the") && name.size() >= 3 + kMinNameLetters) names.push_back(name.substr(3));
    if (name.size() >= kMinNameLetters) names.push_back(std::move(name));
  };
  std::string domain = DomainOf(HostOf(original.url));
  if (domain.empty()) domain = DomainOf(original.site);
  if (DomainOf(original.site).empty()) add(Joined(WordsOf(original.site)));
  if (domain.empty()) return names;
  add(Joined(WordsOf(domain.substr(0, domain.find('.')))));
  add(Joined(WordsOf(domain)));
  return names;
}

// Whether some words in a row spell one of the names.
bool Spells(const std::vector<std::string>& words, const std::vector<std::string>& names) {
  for (size_t first = 0; first < words.size(); ++first) {
    std::string joined;
    for (size_t last = first; last < std::min(words.size(), first + kMaxNameWords); ++last) {
      joined += words[last];
      if (std::find(names.begin(), names.end(), joined) != names.end()) return true;
    }
  }
  return false;
}

std::string_view AddressOf(const ArticleCard& card) {
  // An id may be an address.
  if (!card.url.empty()) return card.url;
  return card.id.find("://") != std::string::npos ? std::string_view(card.id) : std::string_view();
}

bool Names(const PageMark& mark, const ArticleCard& original) {
  if (!IsName(mark.kind)) return IsSameAddress(mark.value, AddressOf(original));
  return Spells(WordsOf(mark.value), NamesOf(original));
}

}  // namespace

void ListMarks(const Article& suspect, Report& report) {
  std::vector<PageMark>& listed = report.suspect.marks;
  listed.clear();
  for (const PageMark& mark : suspect.marks) {
    if (suspect.record && IsSameAddress(mark.value, suspect.url)) continue;
    const auto named = std::find_if(report.findings.begin(), report.findings.end(),
                                    [&](const Finding& finding) { return Names(mark, finding.original); });
    if (named == report.findings.end() && mark.kind == "link") continue;
    listed.push_back({mark.kind, mark.value, named == report.findings.end() ? "" : named->original.id});
  }
}

}  // namespace unspin
