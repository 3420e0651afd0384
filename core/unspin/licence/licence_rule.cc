#include "unspin/licence/licence_rule.h"

#include <algorithm>
#include <string_view>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/date/parse_date.h"

namespace unspin {
namespace {

constexpr size_t kDayBytes = 10;                    // YYYY-MM-DD
constexpr size_t kMaxQuotedInMessage = 60;          // bytes: enough to find the cell
constexpr std::string_view kFormulaSigns = "=+-@";  // at the begin of a cell, spreadsheets compute it

absl::Status Wrong(const std::string& message) { return absl::InvalidArgumentError(AbslView(message)); }

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// A pasted address loses what names no site; a domain becomes lower case.
std::string CleanPlace(std::string_view typed) {
  typed = Trimmed(typed);
  if (const size_t scheme = typed.find("://"); scheme != std::string_view::npos) typed.remove_prefix(scheme + 3);
  const size_t slash = typed.find('/');
  std::string domain = AsciiLower(typed.substr(0, slash));
  constexpr std::string_view kWww = "www.";
  if (domain.starts_with(kWww)) domain.erase(0, kWww.size());
  return domain + std::string(slash == std::string_view::npos ? "" : typed.substr(slash));
}

bool IsDomain(std::string_view text) {
  return text.find('.') != std::string_view::npos && !text.starts_with('.') && !text.ends_with('.') &&
         text.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
           return IsAsciiAlphanumeric(c) || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
         });
}

bool IsPlace(std::string_view text) { return IsDomain(text.substr(0, text.find('/'))); }

bool IsDay(std::string_view text) {
  if (text.size() != kDayBytes || text[4] != '-' || text[7] != '-') return false;
  const Moment moment = ParseDate(text);
  return moment.precision == Precision::kDay && ToIso8601(moment) == text;
}

absl::Status CheckDays(const LicenceRule& rule) {
  for (const auto& [name, day] : {std::pair("from", &rule.from), std::pair("to", &rule.to)}) {
    if (!day->empty() && !IsDay(*day)) {
      return Wrong(std::string(name) + ": " + QuotedForMessage(*day) +
                   " is no day; write it as YYYY-MM-DD, or leave it empty");
    }
  }
  if (!rule.from.empty() && !rule.to.empty() && rule.to < rule.from) {
    return Wrong("to: " + rule.to + " is before `from`, " + rule.from);
  }
  return absl::OkStatus();
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') || c == 0x7f;
  });
}

}  // namespace

std::string QuotedForMessage(std::string_view value) {
  if (value.size() <= kMaxQuotedInMessage) return "\"" + std::string(value) + "\"";
  value = value.substr(0, kMaxQuotedInMessage);
  while (!value.empty() && (static_cast<unsigned char>(value.back()) & 0xc0) == 0x80) value.remove_suffix(1);
  if (!value.empty() && static_cast<unsigned char>(value.back()) >= 0xc0) value.remove_suffix(1);
  return "\"" + std::string(value) + "…\"";
}

absl::Status CleanLicenceRule(LicenceRule& rule) {
  for (std::string* text : {&rule.from, &rule.to, &rule.state, &rule.note, &rule.source}) {
    *text = std::string(Trimmed(*text));
  }
  for (const auto& [name, text] : {std::pair("site", &rule.site), std::pair("original", &rule.original),
                                   std::pair("note", &rule.note), std::pair("source", &rule.source)}) {
    if (text->size() > kMaxLicenceFieldBytes) {
      return Wrong(std::string(name) + ": longer than " + std::to_string(kMaxLicenceFieldBytes) + " bytes; shorten it");
    }
    std::erase(*text, '\r');
    if (HasControl(*text)) return Wrong(std::string(name) + ": has a control character; take it out");
    if (!text->empty() && kFormulaSigns.find(text->front()) != std::string_view::npos) {
      return Wrong(std::string(name) + ": begins with " + QuotedForMessage(text->substr(0, 1)) +
                   ", which a spreadsheet takes for a formula; begin it with a word");
    }
  }
  rule.site = CleanPlace(rule.site);
  if (rule.site.find_first_of("\n\t") != std::string::npos || !IsPlace(rule.site)) {
    return Wrong("site: " + (rule.site.empty() ? "it is empty" : QuotedForMessage(rule.site) + " is no domain") +
                 "; write a domain such as example.com, perhaps with the beginning of a path: example.com/wire/");
  }
  const std::string place = CleanPlace(rule.original);
  rule.original = IsPlace(place) ? place : std::string(Trimmed(rule.original));
  if (absl::Status days = CheckDays(rule); !days.ok()) return days;
  if (rule.state.empty()) rule.state = "licensed";
  rule.state = AsciiLower(rule.state);
  if (rule.state != "licensed" && rule.state != "own-site" && rule.state != "fair-dealing") {
    return Wrong("state: " + QuotedForMessage(rule.state) + " is none; write licensed, own-site or fair-dealing");
  }
  if (rule.embargo_hours < 0 || rule.embargo_hours > kMaxEmbargoHours) {
    return Wrong("embargo_hours: write a whole number from 0 to " + std::to_string(kMaxEmbargoHours));
  }
  return absl::OkStatus();
}

std::string InWords(const LicenceRule& rule) {
  const std::string what = rule.original.empty() ? "all articles" : rule.original;
  std::string words = rule.site;
  if (rule.state == "own-site") {
    words += " is our own site, for " + what;
  } else {
    words += std::string(" may use") + (rule.state == "fair-dealing" ? ", by fair dealing, " : " ") + what;
  }
  if (!rule.from.empty()) words += ", from " + rule.from + (rule.to.empty() ? " on" : " to " + rule.to);
  if (rule.from.empty() && !rule.to.empty()) words += ", until " + rule.to;
  std::string terms;
  const auto add = [&](const std::string& term) { terms += (terms.empty() ? "" : ", ") + term; };
  if (rule.credit) add("credit required");
  if (rule.link) add("link required");
  if (!rule.may_alter) add("must not be altered");
  if (rule.embargo_hours > 0) {
    add("not before " + std::to_string(rule.embargo_hours) + (rule.embargo_hours == 1 ? " hour" : " hours") +
        " after the original");
  }
  if (!terms.empty()) words += "; " + terms;
  for (const std::string* more : {&rule.source, &rule.note}) {
    if (!more->empty()) words += " (" + *more + ")";
  }
  return words;
}

}  // namespace unspin
