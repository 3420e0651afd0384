#include "unspin/date/date_words.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace unspin {
namespace {

struct NumberedWord {
  std::string_view word;
  int number;
};

template <typename Table>
const NumberedWord* Find(const Table& table, std::string_view word) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.word == word; });
  return found == std::end(table) ? nullptr : &*found;
}

constexpr NumberedWord kMonths[] = {
    {"january", 1},   {"jan", 1},        {"januar", 1},     {"janner", 1},    {"janvier", 1},   {"janv", 1},
    {"enero", 1},     {"ene", 1},        {"gennaio", 1},    {"gen", 1},       {"januari", 1},   {"janeiro", 1},
    {"february", 2},  {"feb", 2},        {"februar", 2},    {"febr", 2},      {"fevrier", 2},   {"fevr", 2},
    {"fev", 2},       {"febrero", 2},    {"febbraio", 2},   {"februari", 2},  {"fevereiro", 2}, {"march", 3},
    {"mar", 3},       {"marz", 3},       {"maerz", 3},      {"mars", 3},      {"marzo", 3},     {"maart", 3},
    {"mrt", 3},       {"marco", 3},      {"april", 4},      {"apr", 4},       {"avril", 4},     {"avr", 4},
    {"abril", 4},     {"abr", 4},        {"aprile", 4},     {"may", 5},       {"mai", 5},       {"mayo", 5},
    {"maggio", 5},    {"mag", 5},        {"mei", 5},        {"maio", 5},      {"june", 6},      {"jun", 6},
    {"juni", 6},      {"juin", 6},       {"junio", 6},      {"giugno", 6},    {"giu", 6},       {"junho", 6},
    {"july", 7},      {"jul", 7},        {"juli", 7},       {"juillet", 7},   {"juil", 7},      {"julio", 7},
    {"luglio", 7},    {"lug", 7},        {"julho", 7},      {"august", 8},    {"aug", 8},       {"aout", 8},
    {"agosto", 8},    {"ago", 8},        {"augustus", 8},   {"september", 9}, {"sept", 9},      {"sep", 9},
    {"septembre", 9}, {"septiembre", 9}, {"setiembre", 9},  {"settembre", 9}, {"set", 9},       {"setembro", 9},
    {"october", 10},  {"oct", 10},       {"oktober", 10},   {"okt", 10},      {"octobre", 10},  {"octubre", 10},
    {"ottobre", 10},  {"ott", 10},       {"outubro", 10},   {"out", 10},      {"november", 11}, {"nov", 11},
    {"novembre", 11}, {"noviembre", 11}, {"novembro", 11},  {"december", 12}, {"dec", 12},      {"dezember", 12},
    {"dez", 12},      {"decembre", 12},  {"diciembre", 12}, {"dic", 12},      {"dicembre", 12}, {"dezembro", 12}};

// "mar" (martes, mardi) is a month too, "so", "do", "di" and "me" are other words and other days.
constexpr NumberedWord kWeekdays[] = {
    {"sunday", 0},     {"sun", 0},     {"sonntag", 0},  {"dimanche", 0}, {"domingo", 0},   {"domenica", 0},
    {"zondag", 0},     {"monday", 1},  {"mon", 1},      {"montag", 1},   {"lundi", 1},     {"lunes", 1},
    {"lunedi", 1},     {"maandag", 1}, {"segunda", 1},  {"tuesday", 2},  {"tue", 2},       {"tues", 2},
    {"dienstag", 2},   {"mardi", 2},   {"martes", 2},   {"martedi", 2},  {"dinsdag", 2},   {"terca", 2},
    {"wednesday", 3},  {"wed", 3},     {"mittwoch", 3}, {"mercredi", 3}, {"miercoles", 3}, {"mercoledi", 3},
    {"woensdag", 3},   {"quarta", 3},  {"thursday", 4}, {"thu", 4},      {"thur", 4},      {"thurs", 4},
    {"donnerstag", 4}, {"jeudi", 4},   {"jueves", 4},   {"giovedi", 4},  {"donderdag", 4}, {"quinta", 4},
    {"friday", 5},     {"fri", 5},     {"freitag", 5},  {"vendredi", 5}, {"viernes", 5},   {"venerdi", 5},
    {"vrijdag", 5},    {"sexta", 5},   {"saturday", 6}, {"sat", 6},      {"samstag", 6},   {"sonnabend", 6},
    {"samedi", 6},     {"sabado", 6},  {"sabato", 6},   {"zaterdag", 6}};

// In minutes. Names that mean one offset in print and in mail (RFC 2822).
constexpr NumberedWord kZones[] = {
    {"z", 0},       {"utc", 0},    {"gmt", 0},    {"ut", 0},     {"wet", 0},    {"west", 60},  {"cet", 60},
    {"cest", 120},  {"mez", 60},   {"mesz", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},  {"sast", 120},
    {"est", -300},  {"edt", -240}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540},
    {"akdt", -480}, {"hst", -600}, {"aest", 600}, {"aedt", 660}, {"awst", 480}, {"nzst", 720}, {"nzdt", 780},
    {"jst", 540},   {"kst", 540},  {"hkt", 480},  {"sgt", 480}};

// British or Bangladesh, central or China, Indian or Israeli or Irish; without a season; military letters.
constexpr std::string_view kZonesOfManyPlaces[] = {"bst", "cst", "cdt", "ist", "ast", "adt", "et",
                                                   "ct",  "mt",  "pt",  "wat", "eat", "cat"};

constexpr std::string_view kPublishedWords[] = {
    "published",  "publish",        "publication",   "posted",       "issued",    "created",   "written",
    "submitted",  "first",          "originally",    "original",     "publie",    "publiee",   "parution",
    "paru",       "veroffentlicht", "erschienen",    "erstellt",     "publicado", "publicada", "publicacion",
    "pubblicato", "pubblicata",     "pubblicazione", "gepubliceerd", "geplaatst", "publicacao"};

constexpr std::string_view kUpdatedWords[] = {
    "updated",    "update",      "updates",       "modified",    "revised",       "edited",         "reviewed",
    "amended",    "corrected",   "last",          "latest",      "aktualisiert",  "aktualisierung", "stand",
    "geandert",   "bearbeitet",  "zuletzt",       "jour",        "maj",           "modifie",        "modifiee",
    "actualise",  "actualisee",  "actualizado",   "actualizada", "actualizacion", "modificado",     "modificada",
    "aggiornato", "aggiornata",  "aggiornamento", "modificato",  "bijgewerkt",    "gewijzigd",      "atualizado",
    "atualizada", "atualizacao", "ultima",        "checked",     "verified"};

constexpr std::string_view kOtherWords[] = {"copyright", "expires", "expired",   "accessed", "retrieved", "deadline",
                                            "until",     "since",   "effective", "joined",   "born",      "died",
                                            "begins",    "starts",  "ends",      "event",    "valid",     "before",
                                            "after",     "due",     "through"};

constexpr std::string_view kJoints[] = {"of", "de", "del", "di", "le", "the"};
constexpr std::string_view kOrdinalEndings[] = {"st", "nd", "rd", "th", "er", "o", "a"};

constexpr size_t kLongestTag = 16;  // "en-GB"; what is longer says no more

template <typename Words>
bool Has(const Words& words, std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

unsigned MonthNamed(std::string_view word) {
  const NumberedWord* found = Find(kMonths, word);
  return found == nullptr ? 0 : static_cast<unsigned>(found->number);
}

std::optional<unsigned> WeekdayNamed(std::string_view word) {
  const NumberedWord* found = Find(kWeekdays, word);
  if (found == nullptr) return std::nullopt;
  return static_cast<unsigned>(found->number);
}

NamedZone ZoneNamed(std::string_view word) {
  if (const NumberedWord* found = Find(kZones, word)) return {true, static_cast<int16_t>(found->number)};
  return {Has(kZonesOfManyPlaces, word), std::nullopt};
}

DateLabel LabelOf(std::string_view word) {
  if (Has(kUpdatedWords, word)) return DateLabel::kUpdated;
  if (Has(kPublishedWords, word)) return DateLabel::kPublished;
  return Has(kOtherWords, word) ? DateLabel::kOther : DateLabel::kNone;
}

bool JoinsDate(std::string_view word) { return Has(kJoints, word); }

bool IsOrdinalEnding(std::string_view word) { return Has(kOrdinalEndings, word); }

DayOrder DayOrderOf(std::string_view language) {
  std::string tag;
  for (const char c : language.substr(0, kLongestTag))
    tag += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c == '_' ? '-' : c;
  const std::string_view name = std::string_view(tag).substr(0, tag.find('-'));
  constexpr std::string_view kDayFirst[] = {"de", "fr", "es", "it", "nl", "pt"};
  if (Has(kDayFirst, name)) {
    return tag == "fr-ca" || tag == "es-us" ? DayOrder::kUnknown : DayOrder::kDayFirst;
  }
  constexpr std::string_view kEnglishDayFirst[] = {"en-gb", "en-ie", "en-au", "en-nz", "en-in",
                                                   "en-uk", "en-ng", "en-ke", "en-sg"};
  if (tag == "en-us") return DayOrder::kMonthFirst;
  return Has(kEnglishDayFirst, tag) ? DayOrder::kDayFirst : DayOrder::kUnknown;
}

}  // namespace unspin
