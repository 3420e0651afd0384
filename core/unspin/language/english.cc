// English: its word lists, and which algorithms and tables belong to it. Its word frequencies and function words are in
// the folder english/.
#include <array>
#include <string_view>

#include "unspin/language/english_numerals.h"
#include "unspin/language/english_phrases.h"
#include "unspin/language/language.h"
#include "unspin/language/languages.h"

// Bytes of the program (cmake/EmbedBytes.S): the compiled lexicon and english/standing-runs.bin.
extern "C" {
extern const char unspin_lexicon_english_begin[];
extern const char unspin_lexicon_english_end[];
extern const char unspin_standing_runs_english_begin[];
extern const char unspin_standing_runs_english_end[];
}

namespace unspin {
namespace {

template <size_t n>
using Words = std::array<std::string_view, n>;

constexpr auto kAbbreviations = std::to_array<std::string_view>({
    "a.m", "adm",  "al",   "apr",    "assn", "asst", "aug",  "ave",  "blvd", "bros", "brig", "capt", "cmdr",
    "co",  "col",  "corp", "cpl",    "ct",   "dec",  "dept", "det",  "dr",   "e.g",  "est",  "etc",  "feb",
    "ft",  "gen",  "gov",  "hon",    "hwy",  "i.e",  "inc",  "inst", "jan",  "jr",   "jul",  "jun",  "lt",
    "ltd", "maj",  "mar",  "messrs", "mon",  "mr",   "mrs",  "ms",   "mt",   "no",   "nos",  "nov",  "oct",
    "p.m", "ph.d", "pres", "prof",   "rd",   "rep",  "reps", "rev",  "sec",  "sen",  "sens", "sept", "sep",
    "sgt", "sr",   "st",   "supt",   "tel",  "univ", "u.n",  "u.s",  "v",    "vs",
});

constexpr uint8_t kNoun = Bit(WordClass::kNoun), kVerb = Bit(WordClass::kVerb), kAdjective = Bit(WordClass::kAdjective);

// WordNet's rules that undo regular inflections (morphy).
constexpr SuffixRule kSuffixes[] = {
    {"ies", "y", kNoun | kVerb, false}, {"s", "", kNoun | kVerb, false}, {"es", "", kNoun | kVerb, false},
    {"es", "e", kVerb, false},          {"ses", "s", kNoun, false},      {"xes", "x", kNoun, false},
    {"zes", "z", kNoun, false},         {"ches", "ch", kNoun, false},    {"shes", "sh", kNoun, false},
    {"men", "man", kNoun, false},       {"ied", "y", kVerb, false},      {"ed", "", kVerb, true},
    {"ed", "e", kVerb, false},          {"ing", "", kVerb, true},        {"ing", "e", kVerb, false},
    {"er", "", kAdjective, true},       {"er", "e", kAdjective, false},  {"ier", "y", kAdjective, false},
    {"est", "", kAdjective, true},      {"est", "e", kAdjective, false}, {"iest", "y", kAdjective, false},
};
constexpr Words<4> kPhraseOpenings = {"a ", "an ", "the ", "to "};

// Words of ZoneWords.
constexpr auto kNavigationWords = std::to_array<std::string_view>({
    "home",     "news",     "menu",     "login",   "subscribe", "share",         "facebook", "twitter",
    "whatsapp", "email",    "print",    "related", "stories",   "read",          "more",     "newsletter",
    "sign",     "cookies",  "privacy",  "policy",  "terms",     "contact",       "about",    "advertise",
    "search",   "trending", "video",    "sport",   "sports",    "business",      "politics", "world",
    "tech",     "opinion",  "linkedin", "reddit",  "comments",  "advertisement", "mobile",   "copy",
});
constexpr auto kNoticeWords = std::to_array<std::string_view>({
    "copyright",      "copyrighted",  "rights",       "reserved",     "published",  "broadcast",   "rewritten",
    "redistributed",  "permission",   "reproduced",   "reproduction", "material",   "subject",     "prohibited",
    "licence",        "license",      "licensed",     "consent",      "written",    "republished", "republication",
    "distributed",    "distribution", "unauthorised", "unauthorized", "syndicated", "resold",      "transmitted",
    "redistribution", "retained",     "proprietary",
});
constexpr auto kPlainNoticeWords = std::to_array<std::string_view>({
    "copyright",
    "copyrighted",
    "reserved",
    "rewritten",
    "redistributed",
    "permission",
    "reproduced",
    "reproduction",
    "republished",
    "republication",
    "redistribution",
    "unauthorised",
    "unauthorized",
    "syndicated",
    "resold",
    "proprietary",
});
constexpr Words<9> kCreditLabels = {"photo",  "photograph", "photographer", "image", "picture",
                                    "source", "credit",     "credits",      "via"};
constexpr Words<8> kCreditWork = {"reporting", "editing",   "writing",  "written",
                                  "research",  "compiling", "compiled", "photography"};
constexpr Words<2> kOrigins = {"originally", "first"};
constexpr Words<2> kPublished = {"published", "appeared"};
constexpr Words<3> kContributedTo = {"contributed", "to", "this"};
constexpr Words<6> kAgencies = {"ap", "afp", "reuters", "getty", "epa", "upi"};
constexpr Words<1> kPictureAgencies = {"getty"};
constexpr Words<6> kStoryNouns = {"article", "story", "report", "piece", "column", "essay"};
constexpr auto kFirstPerson = std::to_array<std::string_view>({
    "i",
    "i'm",
    "i've",
    "i'd",
    "i'll",
    "my",
    "myself",
    "we",
    "we're",
    "we've",
    "we'd",
    "we'll",
    "our",
    "ours",
    "ourselves",
});
constexpr auto kSecondPerson = std::to_array<std::string_view>({
    "you",
    "your",
    "yours",
    "you're",
    "you've",
    "you'll",
    "you'd",
});
constexpr Words<3> kPronouns = {"he", "she", "they"};
constexpr auto kSpeechVerbs = std::to_array<std::string_view>({
    "said",      "says",     "told",     "tells",   "added",     "adds",    "asked",     "asks",
    "wrote",     "writes",   "tweeted",  "tweets",  "continued", "replied", "replies",   "answered",
    "explained", "explains", "recalled", "recalls", "noted",     "notes",   "concluded", "argued",
    "insisted",  "joked",    "declared", "stated",  "posted",    "quipped", "testified",
});
constexpr auto kNoSpeakers = std::to_array<std::string_view>({
    "photo",    "photos",  "image",     "images",   "video",      "videos",        "related",  "read",
    "watch",    "more",    "see",       "also",     "listen",     "source",        "sources",  "credit",
    "via",      "note",    "update",    "updated",  "correction", "clarification", "editor's", "exclusive",
    "breaking", "opinion", "analysis",  "review",   "claim",      "fact",          "facts",    "myth",
    "verdict",  "rating",  "pros",      "cons",     "pro",        "con",           "click",    "poll",
    "total",    "tags",    "topics",    "location", "date",       "time",          "where",    "when",
    "what",     "who",     "why",       "how",      "cost",       "price",         "email",    "phone",
    "contact",  "follow",  "copyright", "sign",     "subscribe",  "for",           "in",       "on",
    "and",      "but",     "or",        "the",
});
constexpr Words<5> kQuestions = {"q", "a", "question", "answer", "qa"};
constexpr auto kProvisions = std::to_array<std::string_view>({
    "section",
    "sec",
    "article",
    "art",
    "clause",
    "paragraph",
    "subsection",
    "chapter",
    "title",
    "amendment",
    "rule",
    "regulation",
    "schedule",
    "annex",
});
constexpr auto kRoles = std::to_array<std::string_view>({
    "columnist",    "reporter",   "correspondent", "editor",       "writer",      "contributor", "journalist",
    "blogger",      "author",     "fellow",        "host",         "commentator", "podcaster",   "essayist",
    "editorialist", "cartoonist", "producer",      "critic",       "novelist",    "historian",   "intern",
    "strategist",   "analyst",    "pundit",        "contributing", "freelance",
});
constexpr auto kOffices = std::to_array<std::string_view>({
    "professor",  "director", "president", "founder", "cofounder",   "chairman",       "attorney",  "lawyer",
    "economist",  "scholar",  "adviser",   "advisor", "consultant",  "researcher",     "scientist", "lecturer",
    "executive",  "partner",  "member",    "senator", "congressman", "representative", "governor",  "secretary",
    "ambassador", "pastor",   "activist",  "teacher", "veteran",     "chief",          "nominee",
});
constexpr Words<7> kIs = {"is", "was", "are", "covers", "writes", "serves", "served"};

constexpr Words<1> kBy = {"by"};
constexpr Words<1> kThe = {"the"};
constexpr Words<1> kOf = {"of"};
constexpr Words<3> kPlayerButtons = {"close", "play", "watch"};
constexpr auto kElisions = std::to_array<std::string_view>({
    "em",    "til", "till", "tis",   "twas",   "twere", "twill", "n",   "cause", "bout",
    "round", "cuz", "un",   "neath", "gainst", "ere",   "cos",   "coz", "scuse",
});
constexpr Words<2> kCopyrightMarks = {"copyright", "c"};

// Words of FactWords.
constexpr Words<12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                               "july",    "august",   "september", "october", "november", "december"};
constexpr Words<1> kHomographMonths = {"may"};
constexpr Words<7> kDays = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr Words<4> kRelatives = {"last", "next", "this", "past"};
constexpr Words<9> kPeriods = {"week", "month", "year", "decade", "weekend", "day", "summer", "winter", "spring"};
constexpr Words<8> kSpokenPeriods = {"yr", "yrs", "years", "months", "weeks", "decades", "season", "period"};
constexpr Words<12> kUnits = {"percent", "per",   "million", "billion", "trillion",   "thousand",
                              "hundred", "dozen", "cent",    "metres",  "kilometres", "tonnes"};
constexpr Words<1> kNumberPronouns = {"one"};
constexpr Words<7> kTitles = {"mr", "mrs", "ms", "dr", "st", "sir", "rev"};
constexpr Words<3> kNameParticles = {"of", "de", "van"};
constexpr auto kAttributions = std::to_array<std::string_view>({
    "according", "reported",  "reports",  "reporting", "report",   "told",      "tells",    "wrote", "writes",
    "written",   "published", "revealed", "quoted",    "quoting",  "citing",    "cited",    "said",  "says",
    "via",       "interview", "obtained", "broke",     "credited", "editorial", "appeared", "noted",
});
constexpr Words<5> kPublications = {"newspaper", "paper", "magazine", "website", "outlet"};

ZoneWords MakeZoneWords() {
  ZoneWords words;
  words.tags = WordTags<ZoneWord>({
      {ZoneWord::kNavigation, kNavigationWords},
      {ZoneWord::kNotice, kNoticeWords},
      {ZoneWord::kPlainNotice, kPlainNoticeWords},
      {ZoneWord::kCreditLabel, kCreditLabels},
      {ZoneWord::kCreditWork, kCreditWork},
      {ZoneWord::kOrigin, kOrigins},
      {ZoneWord::kContribution, std::span(kContributedTo).first(1)},
      {ZoneWord::kAgency, kAgencies},
      {ZoneWord::kPictureAgency, kPictureAgencies},
      {ZoneWord::kStoryNoun, kStoryNouns},
      {ZoneWord::kFirstPerson, kFirstPerson},
      {ZoneWord::kSecondPerson, kSecondPerson},
      {ZoneWord::kSpeechVerb, kSpeechVerbs},
      {ZoneWord::kMonth, kMonths},
      {ZoneWord::kProvision, kProvisions},
      {ZoneWord::kRole, kRoles},
      {ZoneWord::kOffice, kOffices},
  });
  words.cues = EnglishZoneCues();
  words.by = WordSet(kBy);
  words.the = WordSet(kThe);
  words.of = WordSet(kOf);
  words.player_buttons = WordSet(kPlayerButtons);
  words.copyright = WordSet(std::span(kCopyrightMarks).first(1));
  words.copyright_mark = WordSet(kCopyrightMarks);
  words.pronouns = WordSet(kPronouns);
  words.no_speakers = WordSet(kNoSpeakers);
  words.questions = WordSet(kQuestions);
  words.is = WordSet(kIs);
  words.elisions = WordSet(kElisions);
  words.published = WordSet(kPublished);
  for (const std::string_view word : kContributedTo) words.contributed_to.push_back(HashWord(word));
  return words;
}

FactWords MakeFactWords() {
  return FactWords({
      {FactWord::kMonth, kMonths},
      {FactWord::kHomographMonth, kHomographMonths},
      {FactWord::kDay, kDays},
      {FactWord::kRelative, kRelatives},
      {FactWord::kPeriod, kPeriods},
      {FactWord::kSpokenPeriod, kSpokenPeriods},
      {FactWord::kUnit, kUnits},
      {FactWord::kNumberPronoun, kNumberPronouns},
      {FactWord::kTitle, kTitles},
      {FactWord::kNameParticle, kNameParticles},
      {FactWord::kAttribution, kAttributions},
      {FactWord::kPublication, kPublications},
  });
}

Language MakeEnglish() {
  Language english;
  english.code = "en";
  english.name = "English";
  english.snowball = "english";
  english.lexicon_tables = {unspin_lexicon_english_begin,
                            static_cast<size_t>(unspin_lexicon_english_end - unspin_lexicon_english_begin)};
  english.standing_runs = {unspin_standing_runs_english_begin,
                           static_cast<size_t>(unspin_standing_runs_english_end - unspin_standing_runs_english_begin)};
  english.min_function_words = 0.2;  // 0.35 to 0.5 in English texts, 0.1 or less in others
  english.inflections = {kSuffixes, "'s", "'", kPhraseOpenings};
  english.read_number = ReadEnglishNumber;
  english.percent = kEnglishPercent.front();
  english.percent_spellings = WordSet(kEnglishPercent);
  english.abbreviations = WordSet(kAbbreviations);
  english.zone_words = MakeZoneWords();
  english.fact_words = MakeFactWords();
  return english;
}

}  // namespace

const Language& English() {
  static const Language* const english = new Language(MakeEnglish());
  return *english;
}

}  // namespace unspin
