#include "unspin/facts/outlet_names.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "unspin/language/language.h"

namespace unspin {
namespace {

constexpr size_t kMinLetters = 3;        // of a name: two letters are a state or a company
constexpr size_t kMinInitials = 3;       // of a name that is nothing but initials
constexpr size_t kMinWholeWord = 4;      // letters of the whole word in a name with initials: "nytimes"
constexpr size_t kMinShortenedWord = 3;  // letters of a last word that was cut off: "nymag"
constexpr size_t kMaxHostPrefix = 2;     // letters of a label that names no outlet: "go" of "abcnews.go.com"
constexpr size_t kMaxDashGap = 3;        // bytes between two words of a name
constexpr uint32_t kMaxNameWords = 8;

// News agencies by the labels of their domains. Their names cannot be guessed from these letters.
struct Agency {
  std::string_view label, full, capitals;
};
constexpr auto kAgencies = std::to_array<Agency>({
    {"apnews", "associatedpress", "ap"},
    {"ap", "associatedpress", "ap"},
    {"reuters", "reuters", ""},
    {"afp", "agencefrancepresse", "afp"},
    {"upi", "unitedpressinternational", "upi"},
    {"dpa", "deutschepresseagentur", "dpa"},
    {"pressassociation", "pressassociation", ""},
    {"bloomberg", "bloomberg", ""},
    {"xinhuanet", "xinhua", ""},
    {"kyodonews", "kyodo", ""},
});
// Parts of a domain before the country: "co" of "co.uk".
constexpr auto kSecondLevel = std::to_array<std::string_view>({"co", "com", "org", "net", "ac", "gov", "edu"});
// Endings of a domain that its name may lack: "CBS" of "cbsnews".
constexpr auto kEndings = std::to_array<std::string_view>({"news", "online", "tv"});
constexpr std::string_view kThe = "the";

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string LettersOf(std::string_view text) {
  std::string out = Lower(text);
  std::erase_if(out, [](char c) { return !IsLetter(c); });
  return out;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool LooksLikeHost(std::string_view host) {
  return host.find('.') != std::string_view::npos && host.front() != '.' && host.back() != '.' &&
         host.find("..") == std::string_view::npos &&
         std::all_of(host.begin(), host.end(), [](char c) { return IsLetter(c) || c == '.' || c == '-'; });
}

// The letters of a word without possessive, as names are compared.
std::string Spelling(const AnalyzedArticle& article, uint32_t token, const Language& language) {
  std::string_view word = article.text.Word(token);
  if (word.ends_with(language.inflections.possessive)) word.remove_suffix(language.inflections.possessive.size());
  return LettersOf(word);
}

// Whether the next word is in the same sentence and nothing but a blank or a hyphen is between.
bool Continues(std::string_view text, const AnalyzedArticle& article, uint32_t token) {
  if (token + 1 >= article.size() || article.text.tokens[token + 1].starts_sentence) return false;
  const uint32_t end = article.text.tokens[token].source.end, begin = article.text.tokens[token + 1].source.begin;
  return begin - end <= kMaxDashGap &&
         text.substr(end, begin - end).find_first_of(",;:()/|\"\n") == std::string_view::npos;
}

// Spells a name with words: each gives all its letters or, where the name allows it, only the first.
class Speller {
 public:
  Speller(const OutletName& name, std::string_view text, const AnalyzedArticle& article, const Language& language)
      : name_(name), text_(text), article_(article), language_(language) {}

  // The end of the words that spell the name from `token` on; 0 if they do not.
  uint32_t End(uint32_t token) { return Spell(token, 0, 0, 0, 0); }

 private:
  bool Accepts(size_t initials, size_t longest_word) const {
    if (initials == 0) return true;
    return longest_word == 0 ? initials >= kMinInitials : longest_word >= kMinWholeWord;
  }

  uint32_t Spell(uint32_t token, size_t position, uint32_t words, size_t initials, size_t longest_word) {
    if (words == kMaxNameWords || token >= article_.size()) return 0;
    const std::string word = Spelling(article_, token, language_);
    const std::string_view rest = std::string_view(name_.letters).substr(position);
    if (word.empty()) return 0;
    const bool capitalised = article_.text.tokens[token].capitalised || article_.text.tokens[token].numeric;
    if (!capitalised && (words == 0 || word.size() > kMinLetters)) return 0;  // "of" and "the" inside a name
    if (rest.starts_with(word)) {
      const uint32_t end = Next(token, position + word.size(), words, initials, std::max(longest_word, word.size()));
      if (end > 0) return end;
    }
    if (words > 0 && rest.size() >= kMinShortenedWord && std::string_view(word).starts_with(rest) && name_.initials)
      return token + 1;
    if (name_.initials && capitalised && rest.front() == word.front())
      return Next(token, position + 1, words, initials + 1, longest_word);
    return 0;
  }

  uint32_t Next(uint32_t token, size_t position, uint32_t words, size_t initials, size_t longest_word) {
    if (position == name_.letters.size()) return Accepts(initials, longest_word) ? token + 1 : 0;
    if (!Continues(text_, article_, token)) return 0;
    return Spell(token + 1, position, words + 1, initials, longest_word);
  }

  const OutletName& name_;
  std::string_view text_;
  const AnalyzedArticle& article_;
  const Language& language_;
};

void Add(std::string_view letters, bool initials, bool all_capitals, std::vector<OutletName>& names) {
  if (letters.empty()) return;
  const auto equal = [&](const OutletName& name) {
    return name.letters == letters && name.all_capitals == all_capitals && name.initials == initials;
  };
  if (std::none_of(names.begin(), names.end(), equal)) names.push_back({std::string(letters), initials, all_capitals});
}

void AddAgency(const Agency& agency, std::vector<OutletName>& names) {
  Add(agency.full, false, false, names);
  Add(agency.capitals, false, true, names);
}

void AddDomain(std::string_view domain, std::vector<OutletName>& names) {
  std::string label = LettersOf(domain.substr(0, domain.find('.')));
  for (const Agency& agency : kAgencies) {
    if (label == agency.label) return AddAgency(agency, names);
  }
  if (label.size() < kMinLetters) return;
  Add(label, true, false, names);
  if (label.starts_with(kThe) && label.size() >= kThe.size() + kMinLetters)
    Add(label.substr(kThe.size()), true, false, names);
  for (const std::string_view ending : kEndings) {
    if (label.ends_with(ending)) Add(label.substr(0, label.size() - ending.size()), false, true, names);
  }
}

// "New York Times - News" → "newyorktimes" and "NYT".
void AddSite(std::string_view site, std::vector<OutletName>& names) {
  for (const std::string_view separator : {" - ", " – ", " | ", " (", ":"}) site = site.substr(0, site.find(separator));
  std::string capitals;
  size_t words = 0;
  for (const std::string_view word : Split(site, ' ')) {
    const std::string letters = LettersOf(word);
    if (letters.empty() || (words == 0 && letters == kThe)) continue;
    capitals += letters.front();
    ++words;
  }
  std::string letters = LettersOf(site);
  if (letters.starts_with(kThe) && letters.size() >= kThe.size() + kMinLetters && Lower(site).starts_with("the "))
    letters.erase(0, kThe.size());
  if (letters.size() >= kMinLetters) Add(letters, false, false, names);
  if (words >= kMinInitials) Add(capitals, false, true, names);
  for (const Agency& agency : kAgencies) {
    if (letters == agency.full) AddAgency(agency, names);
  }
}

// Authors of bylines: capitalised words behind "by", until something else comes.
void AddAuthors(std::string_view text, const AnalyzedArticle& article, const Language& language,
                std::vector<OutletName>& names) {
  for (const ZoneSpan& span : article.zones.spans) {
    if (span.zone != Zone::kByline) continue;
    for (uint32_t token = span.tokens.begin; token + 1 < span.tokens.end; ++token) {
      if (!language.zone_words.by.Contains(article.text.tokens[token].word)) continue;
      std::string letters;
      uint32_t end = token + 1, words = 0;
      for (bool open = true; open && end < span.tokens.end && article.text.tokens[end].capitalised; ++words, ++end) {
        letters += Spelling(article, end, language);
        open = Continues(text, article, end);
      }
      if (words >= 2 && words <= kMaxNameWords / 2) Add(letters, false, false, names);
    }
  }
}

// Agencies that the article's byline, dateline or notice names.
void AddAgencies(std::string_view text, const AnalyzedArticle& article, const Language& language,
                 std::vector<OutletName>& names) {
  for (const ZoneSpan& span : article.zones.spans) {
    if (span.zone != Zone::kByline && span.zone != Zone::kDateline && span.zone != Zone::kNotice) continue;
    for (const Agency& agency : kAgencies) {
      std::vector<OutletName> of_agency;
      AddAgency(agency, of_agency);
      const auto names_agency = [&](uint32_t token) {
        return std::any_of(of_agency.begin(), of_agency.end(), [&](const OutletName& name) {
          return !MatchName(name, text, article, token, language).empty();
        });
      };
      uint32_t token = span.tokens.begin;
      while (token < span.tokens.end && !names_agency(token)) ++token;
      if (token < span.tokens.end) AddAgency(agency, names);
    }
  }
}

}  // namespace

std::string DomainOf(std::string_view address) {
  if (const size_t scheme = address.find("://"); scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
  const std::string host = Lower(address.substr(0, address.find_first_of("/:?#")));
  if (host.empty() || !LooksLikeHost(host)) return "";
  const std::vector<std::string_view> labels = Split(host, '.');
  size_t first = labels.size() - 2;
  if (first > 0 && std::find(kSecondLevel.begin(), kSecondLevel.end(), labels[first]) != kSecondLevel.end() &&
      labels.back().size() == 2)
    --first;
  if (first > 0 && labels[first].size() <= kMaxHostPrefix && labels[first - 1] != "www") --first;
  return host.substr(static_cast<size_t>(labels[first].data() - labels[0].data()));
}

OutletNames NamesOfOutlet(std::string_view site, std::string_view url, std::string_view text,
                          const AnalyzedArticle& article, const Language& language) {
  OutletNames outlet;
  outlet.domain = DomainOf(url);
  if (outlet.domain.empty()) outlet.domain = DomainOf(site);
  if (!outlet.domain.empty()) AddDomain(outlet.domain, outlet.names);
  if (DomainOf(site).empty()) AddSite(site, outlet.names);
  AddAuthors(text, article, language, outlet.names);
  AddAgencies(text, article, language, outlet.names);
  return outlet;
}

TokenSpan MatchName(const OutletName& name, std::string_view text, const AnalyzedArticle& article, uint32_t token,
                    const Language& language) {
  assert(token < article.size() && !name.letters.empty());
  const Token& first = article.text.tokens[token];
  if (first.text_size == 0 || article.text.Word(token).front() != name.letters.front()) return {};
  if (name.all_capitals) {
    const bool equal = first.all_capitals && Spelling(article, token, language) == name.letters;
    return equal ? TokenSpan{token, token + 1} : TokenSpan{};
  }
  if (!first.capitalised && !first.numeric) return {};
  const uint32_t end = Speller(name, text, article, language).End(token);
  return end > 0 ? TokenSpan{token, end} : TokenSpan{};
}

}  // namespace unspin
