#include "unspin/licence/licence_rules.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/date/parse_date.h"
#include "unspin/licence/licence_terms.h"
#include "unspin/report/same_address.h"
#include "unspin/report/site_of.h"

namespace unspin {
namespace {

constexpr size_t kDayBytes = 10;  // YYYY-MM-DD

// Whether a rule fits, in order.
enum class Fit : uint8_t { kNo, kUnknown, kYes };

std::string_view DomainOfPlace(std::string_view place) { return place.substr(0, place.find('/')); }

std::string_view PathOfPlace(std::string_view place) {
  const size_t slash = place.find('/');
  return slash == std::string_view::npos ? std::string_view() : place.substr(slash);
}

std::string_view PathOfUrl(std::string_view url) {
  const size_t scheme = url.find("://");
  url = url.substr(0, url.find_first_of("?#"));
  const size_t slash = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  return slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
}

// Whether a path leads somewhere else than it says: "/wire/../x".
bool HasDotSegments(std::string_view path) { return (std::string(path) + "/").find("/../") != std::string::npos; }

bool IsWithin(std::string_view domain, std::string_view host) {
  constexpr std::string_view kWww = "www.";  // no host of ours has it (HostOf)
  if (domain.starts_with(kWww)) domain.remove_prefix(kWww.size());
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

// A site and an address as places of rules are compared with them: once for all rules.
struct KnownPlace {
  KnownPlace(std::string_view site_name, std::string_view url)
      : site(AsciiLower(site_name)), host(HostOf(url)), path(PathOfUrl(url)) {}

  const std::string site, host;
  const std::string_view path;
};

// A page may call its site by a name that is no domain ("Daily Money Brief"), so the address counts too.
Fit FitOfPlace(std::string_view place, const KnownPlace& known) {
  const std::string_view domain = DomainOfPlace(place), path = PathOfPlace(place);
  if (!IsWithin(domain, known.host) && !IsWithin(domain, known.site)) return Fit::kNo;
  if (path.empty()) return Fit::kYes;
  if (HasDotSegments(known.path)) return Fit::kUnknown;
  if (known.host.empty()) return path == "/" ? Fit::kYes : Fit::kUnknown;
  return known.path.starts_with(path) ? Fit::kYes : Fit::kNo;
}

Fit FitOfOriginal(const LicenceRule& rule, const KnownPlace& original) {
  if (rule.original.empty()) return Fit::kYes;
  if (!original.site.empty() && original.site == AsciiLower(rule.original)) return Fit::kYes;
  if (original.site.empty() && original.host.empty()) return Fit::kUnknown;
  return FitOfPlace(rule.original, original);
}

// YYYY-MM-DD by the clock of the place; empty where no day is known.
std::string DayIn(std::string_view published) {
  const Moment moment = ParseDate(published);
  return DayOf(moment) ? ToIso8601(moment).substr(0, kDayBytes) : std::string();
}

Fit FitOfDay(const LicenceRule& rule, std::string_view day) {
  if (rule.from.empty() && rule.to.empty()) return Fit::kYes;
  if (day.empty()) return Fit::kUnknown;
  return (rule.from.empty() || day >= rule.from) && (rule.to.empty() || day <= rule.to) ? Fit::kYes : Fit::kNo;
}

int RankOfState(std::string_view state) { return state == "own-site" ? 2 : state == "licensed" ? 1 : 0; }

int CountTerms(const LicenceRule& rule) {
  return int{rule.credit} + int{rule.link} + int{!rule.may_alter} + int{rule.embargo_hours > 0};
}

// Greater: decides before the other. A total order but for equal rules.
auto Rank(const LicenceRule& rule) {
  return std::tuple(PathOfPlace(rule.site).size(), DomainOfPlace(rule.site).size(), rule.original.size(),
                    RankOfState(rule.state), std::string_view(rule.from), CountTerms(rule), rule.embargo_hours,
                    std::tie(rule.site, rule.original, rule.to, rule.note, rule.source));
}

struct RuleFit {
  const LicenceRule* rule = nullptr;
  Fit site = Fit::kNo, original = Fit::kNo, day = Fit::kNo;

  Fit All() const { return std::min({site, original, day}); }
};

std::string WhyUnlicensed(const RuleFit& fit, std::string_view day) {
  const LicenceRule& rule = *fit.rule;
  if (fit.original == Fit::kNo) return "the licence is for " + rule.original;
  if (!rule.from.empty() && day < rule.from) return "the licence begins on " + rule.from;
  return "the licence ended on " + rule.to;
}

std::string WhyUnknown(const RuleFit& fit) {
  if (fit.site == Fit::kUnknown) return "the page has no address, and the rule is for " + fit.rule->site;
  if (fit.original == Fit::kUnknown) return "the original has no address, and the rule is for " + fit.rule->original;
  return "the page has no day of publication, and the rule has bounds";
}

LicensedSide SideOf(const ArticleCard& card) {
  // An id may be an address.
  const bool id_is_address = card.url.empty() && card.id.find("://") != std::string::npos;
  return {card.site, id_is_address ? card.id : card.url, card.published};
}

}  // namespace

bool NamesSite(const LicenceRule& rule, std::string_view site, std::string_view url) {
  return FitOfPlace(rule.site, KnownPlace(site, url)) != Fit::kNo;
}

LicenceChoice ChooseLicence(std::span<const LicenceRule> rules, const LicensedSide& suspect,
                            const LicensedSide& original) {
  const std::string day = DayIn(suspect.published);
  const KnownPlace place(suspect.site, suspect.url), place_of_ours(original.site, original.url);
  RuleFit best;
  for (const LicenceRule& rule : rules) {
    const Fit fit_of_site = FitOfPlace(rule.site, place);
    if (fit_of_site == Fit::kNo) continue;
    const RuleFit fit = {&rule, fit_of_site, FitOfOriginal(rule, place_of_ours), FitOfDay(rule, day)};
    // Among rules that do not apply, one for this original explains more than one for another.
    const auto order = [](const RuleFit& one) { return std::pair(one.All(), one.original); };
    if (best.rule == nullptr || order(fit) > order(best) ||
        (order(fit) == order(best) && Rank(rule) > Rank(*best.rule))) {
      best = fit;
    }
  }
  if (best.rule == nullptr) return {"unknown", nullptr, "no rule names the site"};
  switch (best.All()) {
    case Fit::kYes:
      return {best.rule->state, best.rule, ""};
    case Fit::kUnknown:
      return {"unknown", best.rule, WhyUnknown(best)};
    case Fit::kNo:
      return {"unlicensed", best.rule, WhyUnlicensed(best, day)};
  }
  return {"unknown", nullptr, ""};
}

std::vector<LicenceRule> RulesFor(std::span<const LicenceRule> rules, const Report& report) {
  std::vector<LicenceRule> of_suspect;
  const LicensedSide suspect = SideOf(report.suspect);
  const KnownPlace place(suspect.site, suspect.url);
  for (const LicenceRule& rule : rules) {
    if (FitOfPlace(rule.site, place) != Fit::kNo) of_suspect.push_back(rule);
  }
  return of_suspect;
}

namespace {

// A page that was saved by itself: nobody else says where it was.
bool SpeaksForItself(const ArticleCard& suspect) { return !suspect.record && !suspect.reading.chosen.empty(); }

// Whether a rule fits only because the page calls its site as the original's is called (`og:site_name`).
bool ClaimsNameOf(const ArticleCard& suspect, const ArticleCard& original, const LicenceRule& rule) {
  if (!SpeaksForItself(suspect) || IsWithin(DomainOfPlace(rule.site), HostOf(suspect.url))) return false;
  const std::string name = AsciiLower(suspect.site), of_original = HostOf(SideOf(original).url);
  return name == AsciiLower(original.site) || IsWithin(of_original, name) || IsWithin(name, of_original);
}

}  // namespace

bool ClaimsSiteOf(const ArticleCard& suspect, const ArticleCard& original) {
  if (!SpeaksForItself(suspect)) return false;
  const bool is_own_word = std::any_of(suspect.marks.begin(), suspect.marks.end(), [&](const PageMark& mark) {
    return mark.kind == "canonical" && IsSameAddress(mark.value, suspect.url);
  });
  // A part of a site may have a host below that of the whole ("amp.").
  const std::string host = HostOf(suspect.url), of_original = HostOf(SideOf(original).url);
  return is_own_word && (IsWithin(of_original, host) || IsWithin(host, of_original));
}

Licence LicenceOf(std::span<const LicenceRule> rules, const Report& report, size_t finding, bool has_details) {
  assert(finding < report.findings.size());
  const ArticleCard& original = report.findings[finding].original;
  LicenceChoice choice = ChooseLicence(rules, SideOf(report.suspect), SideOf(original));
  if (choice.rule != nullptr && ClaimsSiteOf(report.suspect, original)) {
    // A rule for that site would be applied to the copy wrongly.
    choice = {"unknown", choice.rule, "the page says that its address is on the original's site, as copies do"};
  } else if (choice.rule != nullptr && ClaimsNameOf(report.suspect, original, *choice.rule)) {
    choice = {"unknown", choice.rule, "the page gives its site the name of the original's, as copies do"};
  }
  Licence licence;
  licence.state = choice.state;
  if (choice.rule != nullptr) licence.rule = InWords(*choice.rule);
  if (choice.why.empty()) licence.terms = TermsOf(*choice.rule, report, finding, has_details);
  licence.text = SentenceOf(choice.state, choice.why, licence.terms);
  return licence;
}

void ApplyLicences(std::span<const LicenceRule> rules, Report& report) {
  const std::vector<LicenceRule> of_suspect = RulesFor(rules, report);
  const bool has_details = !report.suspect.text.empty();  // a report without details holds no text
  for (size_t i = 0; i < report.findings.size(); ++i) {
    report.findings[i].licence = LicenceOf(of_suspect, report, i, has_details);
  }
}

}  // namespace unspin
