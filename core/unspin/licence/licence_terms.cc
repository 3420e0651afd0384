#include "unspin/licence/licence_terms.h"

#include <algorithm>
#include <cassert>

#include "unspin/date/parse_date.h"
#include "unspin/report/same_address.h"
#include "unspin/report/site_of.h"

namespace unspin {
namespace {

constexpr int64_t kMsPerHour = 60 * 60 * 1000;

const Credit* CreditOf(const Finding& finding, std::string_view kind) {
  const auto found = std::find_if(finding.credit.begin(), finding.credit.end(),
                                  [&](const Credit& credit) { return credit.kind == kind; });
  return found == finding.credit.end() ? nullptr : &*found;
}

// Notices that name whose text it is. A dateline names a place, and its agency in brackets: "OSLO (Reuters)".
bool NamesAuthor(const Notice& notice) {
  if (notice.kind == "dateline") return notice.original.find('(') != std::string::npos;
  return notice.kind == "byline" || notice.kind == "credit" || notice.kind == "copyright";
}

bool HasNotice(const Report& report, std::string_view state) {
  return std::any_of(report.notices.begin(), report.notices.end(),
                     [&](const Notice& notice) { return NamesAuthor(notice) && notice.state == state; });
}

// Its own name is no credit, and none is needed.
bool IsOneOutlet(const ArticleCard& a, const ArticleCard& b) {
  const std::string site = SiteOf(a), host = HostOf(a.url);
  return (!site.empty() && site == SiteOf(b)) || (!host.empty() && host == HostOf(b.url));
}

const std::string& AddressOf(const ArticleCard& original) { return original.url.empty() ? original.id : original.url; }

// Whether the page links the original. Words around a link may not be of the article's text: "Source: …".
bool LinksOriginal(const ArticleCard& suspect, const ArticleCard& original) {
  return std::any_of(suspect.marks.begin(), suspect.marks.end(), [&](const PageMark& mark) {
    return mark.kind == "link" && IsSameAddress(mark.value, AddressOf(original));
  });
}

LicenceTerm CreditTerm(const Report& report, size_t finding, bool has_details) {
  const Finding& of = report.findings[finding];
  const bool has_notices = finding == 0;  // the report's notices are those of its first finding
  if (const Credit* named = CreditOf(of, "named"); named != nullptr) {
    return {"credit", "kept", "the original's outlet or author is named"};
  }
  if (CreditOf(of, "linked") != nullptr) return {"credit", "kept", "the original's site is linked"};
  if (LinksOriginal(report.suspect, of.original)) return {"credit", "kept", "the page links the original"};
  if (has_notices && HasNotice(report, "kept")) return {"credit", "kept", "a notice of the original was kept"};
  if (IsOneOutlet(report.suspect, of.original)) return {"credit", "kept", "both are of one outlet"};
  if (!has_details) return {"credit", "unknown", "the report was made without details, so the credit is unknown"};
  if (CreditOf(of, "quoted") != nullptr) {
    return {"credit", "unknown", "only a quotation is credited"};
  }
  if (of.original.site.empty() && of.original.url.empty() && !(has_notices && HasNotice(report, "removed"))) {
    return {"credit", "unknown", "it is not known whom to credit"};
  }
  if (has_notices && HasNotice(report, "altered")) return {"credit", "broken", "the credit was altered"};
  if (has_notices && HasNotice(report, "removed")) return {"credit", "broken", "the credit was removed"};
  return {"credit", "broken", "the credit is missing"};
}

LicenceTerm LinkTerm(const Report& report, const Finding& finding, bool has_details) {
  if (CreditOf(finding, "linked") != nullptr) return {"link", "kept", "the original's site is linked"};
  const std::string& address = AddressOf(finding.original);
  const ArticleCard& suspect = report.suspect;
  if (std::any_of(suspect.marks.begin(), suspect.marks.end(),
                  [&](const PageMark& mark) { return IsSameAddress(mark.value, address); })) {
    return {"link", "kept", "the page names the original's address"};
  }
  if (!has_details) return {"link", "unknown", "the report was made without details, so the link is unknown"};
  // Links of a page are read, those of a text that lost its markup are not.
  if (suspect.reading.chosen.empty()) return {"link", "unknown", "a text without its page shows no links"};
  if (address.find("://") == std::string::npos) return {"link", "unknown", "the original has no address"};
  return {"link", "broken", "the link to the original is missing"};
}

LicenceTerm AlterationTerm(const Finding& finding) {
  if (finding.manner == Manner::kCopy) return {"alteration", "kept", "the wording was not altered"};
  return {"alteration", "broken", "the wording was altered"};
}

LicenceTerm EmbargoTerm(const LicenceRule& rule, const ArticleCard& suspect, const ArticleCard& original) {
  const Order order =
      OrderToEndOfDelay(ParseDate(suspect.published), ParseDate(original.published), rule.embargo_hours * kMsPerHour);
  switch (order) {
    case Order::kAfter:
      return {"embargo", "kept", "it appeared after the embargo"};
    case Order::kBefore:
      return {"embargo", "broken", "it appeared before the embargo ended"};
    case Order::kUnknown:
      return {"embargo", "unknown", "the dates are too imprecise for the embargo"};
  }
  return {};
}

}  // namespace

std::vector<LicenceTerm> TermsOf(const LicenceRule& rule, const Report& report, size_t finding, bool has_details) {
  assert(finding < report.findings.size());
  const Finding& of = report.findings[finding];
  std::vector<LicenceTerm> terms;
  if (of.verdict > Verdict::kExcerpt) return terms;
  if (rule.credit) terms.push_back(CreditTerm(report, finding, has_details));
  if (rule.link) terms.push_back(LinkTerm(report, of, has_details));
  if (!rule.may_alter) terms.push_back(AlterationTerm(of));
  if (rule.embargo_hours > 0) terms.push_back(EmbargoTerm(rule, report.suspect, of.original));
  return terms;
}

std::string SentenceOf(std::string_view state, std::string_view why, const std::vector<LicenceTerm>& terms) {
  std::string sentence = state == "own-site"       ? "our own site"
                         : state == "fair-dealing" ? "fair dealing by a rule"
                         : state == "unlicensed"   ? "not licensed"
                         : state == "unknown"      ? "licence unknown"
                                                   : std::string(state);
  if (!why.empty()) return sentence + ": " + std::string(why);
  // "…, but the credit was removed, the wording was altered and …"
  const auto join = [&](std::string_view wanted, std::string_view before) {
    std::vector<std::string_view> texts;
    for (const LicenceTerm& term : terms) {
      if (term.state == wanted) texts.push_back(term.text);
    }
    for (size_t i = 0; i < texts.size(); ++i) {
      sentence.append(i == 0 ? before : i + 1 < texts.size() ? ", " : " and ").append(texts[i]);
    }
    return !texts.empty();
  };
  const bool is_broken = join("broken", ", but ");
  const bool is_unknown = join("unknown", is_broken ? "; " : ", but ");
  if (!terms.empty() && !is_broken && !is_unknown) {
    sentence += terms.size() == 1 ? ", and its term is kept" : ", and its terms are kept";
  }
  return sentence;
}

}  // namespace unspin
