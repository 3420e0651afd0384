#include "render/findings_csv.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "render/json_writer.h"
#include "render/visible.h"
#include "unspin/report/site_of.h"

namespace unspin {
namespace {

constexpr std::u32string_view kFormulaSigns = U"=+-@＝＋－＠";
constexpr std::u32string_view kQuotationMarks = U"\"'`“”„‘’‚«»‹›＂＇";

bool IsControl(char32_t code) {
  return code < ' ' || (code >= 0x7f && code <= 0x9f) || code == 0x2028 || code == 0x2029;
}

bool IsSpace(char32_t code) {
  return code == ' ' || code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x202f ||
         code == 0x205f || code == 0x3000;
}

// Whether what follows the character still counts as the beginning of a cell.
bool IsPassedOver(char32_t code) {
  return IsControl(code) || IsSpace(code) || IsHidden(code) || IsJoiner(code) ||
         kQuotationMarks.find(code) != std::u32string_view::npos;
}

// Numbers as in the report's JSON.
std::string Real(double value) {
  JsonWriter json;
  json.Real(value);
  return json.Take();
}

class CsvRow {
 public:
  // A word or a number of ours, which needs no quotes.
  void Plain(std::string_view cell) {
    Separate();
    row_ += cell;
  }
  void Number(uint64_t number) { Plain(std::to_string(number)); }
  void Text(std::string_view text) {
    Separate();
    if (!text.empty()) row_ += CsvTextCell(text);
  }
  std::string Take() { return std::move(row_) + "\n"; }

 private:
  void Separate() {
    if (!is_first_) row_ += ',';
    is_first_ = false;
  }

  std::string row_;
  bool is_first_ = true;
};

// "named linked": the kinds, each once.
std::string KindsOfCredit(const Finding& finding) {
  std::string kinds;
  for (const std::string_view kind : {"named", "linked", "quoted"}) {
    const bool has_it = std::any_of(finding.credit.begin(), finding.credit.end(),
                                    [&](const Credit& credit) { return credit.kind == kind; });
    if (has_it) kinds.append(kinds.empty() ? "" : " ").append(kind);
  }
  return kinds;
}

// "byline removed; copyright altered": what became of the first finding's notices, each kind of change once.
std::string ChangesOfNotices(const Report& report) {
  std::string changes;
  for (const Notice& notice : report.notices) {
    const std::string change = notice.kind + " " + notice.state;
    if (notice.state != "kept" && changes.find(change) == std::string::npos)
      changes += (changes.empty() ? "" : "; ") + change;
  }
  return changes;
}

void AddArticle(const ArticleCard& card, CsvRow& row) {
  row.Text(SiteOf(card));
  row.Text(card.published);
  row.Text(card.title);
  row.Text(card.url);
  row.Text(card.id);
}

}  // namespace

std::string CsvTextCell(std::string_view text) {
  constexpr std::string_view kBreaks = "\t\r\n";
  std::string cell;
  bool is_begin = true;  // nothing but what is passed over came so far, or since a semicolon
  bool is_first = true;  // no semicolon came, and nothing that begins the text
  bool has_apostrophe = !text.empty() && kBreaks.find(text.front()) != std::string_view::npos;
  while (!text.empty()) {
    const Character character = CharacterAt(text, 0);
    text.remove_prefix(character.bytes.size());
    if (is_begin && kFormulaSigns.find(character.code) != std::u32string_view::npos) {
      // At the begin of the whole text, because a spreadsheet may remove what was passed over.
      has_apostrophe |= is_first;
      if (!is_first) cell += '\'';
    }
    if (character.code == ';') {
      is_begin = true;
      is_first = false;
    } else if (!IsPassedOver(character.code)) {
      is_begin = is_first = false;
    }
    if (IsControl(character.code)) {
      cell += ' ';
    } else if (character.code == 0xfffd) {
      cell += "\xef\xbf\xbd";
    } else {
      cell += character.bytes;
      if (character.code == '"') cell += '"';
    }
  }
  return (has_apostrophe ? "\"'" : "\"") + cell + '"';
}

std::string FindingsCsvHeader() {
  return "verdict,probability,evidence,coverage,rewrite,longest_run,narration,quotation,extent,manner,direction,"
         "credit,notices,suspect_site,suspect_published,suspect_title,suspect_url,suspect_id,original_site,"
         "original_published,original_title,original_url,original_id,original_version,report,licence,licence_text\n";
}

std::string RenderFindingsCsv(const Report& report, std::string_view report_id) {
  std::string rows;
  bool is_first = true;
  for (const Finding& finding : report.findings) {
    CsvRow row;
    row.Plain(Name(finding.verdict));
    row.Plain(Real(finding.probability));
    row.Plain(Real(finding.log10_likelihood_ratio));
    row.Plain(Real(finding.coverage.suspect));
    row.Plain(Real(finding.rewrite));
    row.Number(finding.longest_verbatim_run);
    row.Number(finding.shared.suspect.narration);
    row.Number(finding.shared.suspect.quotation);
    row.Plain(Name(finding.extent));
    row.Plain(Name(finding.manner));
    row.Plain(Name(finding.direction));
    row.Plain(KindsOfCredit(finding));
    row.Text(is_first ? ChangesOfNotices(report) : "");
    AddArticle(report.suspect, row);
    AddArticle(finding.original, row);
    row.Plain(finding.original.version ? std::to_string(*finding.original.version) : "");
    row.Text(report_id);
    row.Plain(finding.licence ? finding.licence->state : "");
    row.Text(finding.licence ? finding.licence->text : "");
    rows += row.Take();
    is_first = false;
  }
  return rows;
}

}  // namespace unspin
