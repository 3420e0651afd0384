#include "render/report_line.h"

#include <limits>

#include <simdjson.h>

#include "unspin/json/json_parser.h"

namespace unspin {
namespace {

using simdjson::dom::element;

std::string TextOf(element object, std::string_view name) { return std::string(JsonTextField(object, name)); }

double RealOf(element object, std::string_view name) {
  const auto field = JsonField(object, name);
  double value = 0;
  return field && !field->get(value) ? value : 0;
}

template <typename Number>
std::optional<Number> WholeOf(element object, std::string_view name) {
  const auto field = JsonField(object, name);
  uint64_t value = 0;
  if (!field || field->get(value) || value > std::numeric_limits<Number>::max()) return std::nullopt;
  return static_cast<Number>(value);
}

// The enumerator between `first` and `last` that has this name; `last` where none has.
template <typename Enum>
Enum Named(std::string_view name, Enum first, Enum last) {
  for (auto value = static_cast<int>(first); value < static_cast<int>(last); ++value) {
    if (name == Name(static_cast<Enum>(value))) return static_cast<Enum>(value);
  }
  return last;
}

Verdict VerdictOf(element object) {
  return Named(JsonTextField(object, "verdict"), Verdict::kCopy, Verdict::kInsufficient);
}

constexpr std::string_view kChosenOfPage = "main-text";  // whatever it was: the text is not here

void ReadCard(element json, ArticleCard& card) {
  card.id = TextOf(json, "id");
  card.version = WholeOf<uint32_t>(json, "version");
  card.title = TextOf(json, "title");
  card.url = TextOf(json, "url");
  card.site = TextOf(json, "site");
  card.published = TextOf(json, "published");
  card.fetched = TextOf(json, "fetched");
  if (const auto source = JsonField(json, "source")) {
    card.path = TextOf(*source, "path");
    card.record = WholeOf<uint64_t>(*source, "record");
  }
  card.bytes = WholeOf<uint64_t>(json, "bytes").value_or(0);
  card.words = WholeOf<uint64_t>(json, "words").value_or(0);
  card.sha256 = TextOf(json, "sha256");
  if (const auto read = JsonField(json, "read"); read && !JsonTextField(*read, "chosen").empty())
    card.reading.chosen = kChosenOfPage;
  if (const auto marks = JsonField(json, "marks"); marks && marks->is_array()) {
    for (const element mark : marks->get_array())
      card.marks.push_back({TextOf(mark, "kind"), TextOf(mark, "value"), TextOf(mark, "original")});
  }
}

SharedCounts ReadShared(element json) {
  const auto count = [&](std::string_view name) { return WholeOf<uint32_t>(json, name).value_or(0); };
  return {count("narration"), count("quotation"), count("document"), count("standing_text"),
          count("names_and_numbers")};
}

Licence ReadLicence(element json) {
  Licence licence{TextOf(json, "state"), TextOf(json, "rule"), {}, TextOf(json, "text")};
  if (const auto terms = JsonField(json, "terms"); terms && terms->is_array()) {
    for (const element term : terms->get_array())
      licence.terms.push_back({TextOf(term, "name"), TextOf(term, "state"), TextOf(term, "text")});
  }
  return licence;
}

Finding ReadFinding(element json) {
  Finding finding;
  if (const auto original = JsonField(json, "original")) ReadCard(*original, finding.original);
  finding.verdict = VerdictOf(json);
  finding.extent = Named(JsonTextField(json, "extent"), Extent::kWhole, Extent::kPart);
  finding.manner = Named(JsonTextField(json, "manner"), Manner::kCopy, Manner::kRewritten);
  finding.direction = Named(JsonTextField(json, "direction"), Direction::kFromOriginal, Direction::kUnknown);
  finding.probability = RealOf(json, "probability");
  finding.log10_likelihood_ratio = RealOf(json, "evidence");
  finding.rewrite = RealOf(json, "rewrite");
  finding.distance = RealOf(json, "distance");
  if (const auto coverage = JsonField(json, "coverage"))
    finding.coverage = {RealOf(*coverage, "suspect"), RealOf(*coverage, "original")};
  finding.order_kept = RealOf(json, "order_kept");
  finding.longest_verbatim_run = WholeOf<uint32_t>(json, "longest_verbatim_run").value_or(0);
  if (const auto shared = JsonField(json, "shared")) {
    if (const auto original = JsonField(*shared, "original")) finding.shared.original = ReadShared(*original);
    if (const auto suspect = JsonField(*shared, "suspect")) finding.shared.suspect = ReadShared(*suspect);
  }
  if (const auto credit = JsonField(json, "credit"); credit && credit->is_array()) {
    for (const element one : credit->get_array()) finding.credit.push_back({TextOf(one, "kind"), "", {}});
  }
  if (const auto licence = JsonField(json, "licence")) finding.licence = ReadLicence(*licence);
  return finding;
}

void ReadProgram(element json, ReportLine& line) {
  line.report.version = TextOf(json, "version");
  line.report.model = TextOf(json, "model");
  line.format = static_cast<int>(WholeOf<uint16_t>(json, "report_format").value_or(0));
  if (const auto archive = JsonField(json, "archive")) {
    line.report.archive =
        ArchiveIdentity{TextOf(*archive, "fingerprint"), WholeOf<uint64_t>(*archive, "articles").value_or(0),
                        !JsonField(*archive, "standing_text")};
  }
  if (const auto options = JsonField(json, "options")) line.options = simdjson::minify(*options);
}

}  // namespace

ReportLineReader::ReportLineReader() : parser_(std::make_unique<JsonParser>()) {}
ReportLineReader::~ReportLineReader() = default;

std::optional<ReportLine> ReportLineReader::Read(std::string_view text) {
  element json;
  if (parser_->Parse(text).get(json) || !json.is_object()) return std::nullopt;
  const auto program = JsonField(json, "unspin"), suspect = JsonField(json, "suspect"),
             summary = JsonField(json, "summary"), findings = JsonField(json, "findings");
  if (!program || !suspect || !summary || !findings || !findings->is_array()) return std::nullopt;
  ReportLine line;
  ReadProgram(*program, line);
  line.id = TextOf(json, "id");
  ReadCard(*suspect, line.report.suspect);
  line.report.summary.verdict = VerdictOf(*summary);
  line.report.summary.probability = RealOf(*summary, "probability");
  line.report.summary.originals = WholeOf<uint32_t>(*summary, "originals").value_or(0);
  if (const auto notices = JsonField(json, "notices"); notices && notices->is_array()) {
    for (const element notice : notices->get_array()) {
      Notice& read = line.report.notices.emplace_back();
      read.kind = TextOf(notice, "kind");
      read.state = TextOf(notice, "state");
      read.original = TextOf(notice, "original");
    }
  }
  for (const element finding : findings->get_array()) line.report.findings.push_back(ReadFinding(finding));
  return line;
}

}  // namespace unspin
