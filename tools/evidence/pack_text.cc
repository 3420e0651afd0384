#include "evidence/pack_text.h"

#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "evidence/differences.h"
#include "evidence/pack_layout.h"
#include "render/findings_csv.h"
#include "render/json_writer.h"
#include "render/offsets.h"
#include "render/visible.h"
#include "render/wording.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

constexpr std::string_view kOptionsLine = "\nOptions:  ";  // names stand in the middle of lines, without line feeds
constexpr std::string_view kNoOptions = "none";

constexpr std::string_view kAboutPack =
    "Evidence pack of unspin\n"
    "=======================\n"
    "\n"
    "This pack holds reports on how similar one news article (the suspect) is to others (the originals), and\n"
    "everything that the reports were computed from. A report states similarity and derivation with a\n"
    "probability; what follows from it is for a person to judge.\n"
    "\n";

constexpr std::string_view kHowToCheck =
    "\n"
    "How to check it\n"
    "---------------\n"
    "\n"
    "With the program, on any machine, without the archive and without a network:\n"
    "    unspin verify PACK.zip\n"
    "It reads the suspect again from the file as it was received, computes every number of every report again, and\n"
    "says \"equal\", or which file differs and how.\n"
    "\n"
    "Without the program: manifest.json lists every file with its SHA-256, which sha256sum repeats. If there is\n"
    "manifest.tsr, a time-stamping authority has signed the SHA-256 of manifest.json and a time:\n"
    "    openssl ts -verify -data manifest.json -in manifest.tsr -CAfile AUTHORITY.pem\n"
    "To have a pack stamped that is not yet: send manifest.tsq to an authority.\n"
    "    curl -H 'Content-Type: application/timestamp-query' --data-binary @manifest.tsq URL -o manifest.tsr\n"
    "    unspin pack PACK.zip --timestamp manifest.tsr --out STAMPED.zip\n"
    "\n"
    "What it does not show\n"
    "---------------------\n"
    "\n"
    "Not when or where a page was online, and not who wrote it: the file received is what somebody handed in. Not "
    "that\n"
    "nothing was exchanged before the pack was written: only a timestamp, or a hash noted elsewhere, shows that it is\n"
    "as old as it says. Which runs of words stand in many articles of the archive is taken from the archive's own\n"
    "count, in basis.json.\n"
    "\n"
    "The files\n"
    "---------\n"
    "\n"
    "manifest.json           every other file: bytes, SHA-256, what it is\n"
    "manifest.tsq            a request (RFC 3161) to time-stamp manifest.json\n"
    "manifest.tsr            the reply, where there is one\n"
    "reports/NNNN/           a report and what it was made from:\n"
    "  report.json           the report, for programs\n"
    "  report.html           the same, for people: open it in a browser; it loads nothing from the network\n"
    "  passages.csv          the passages that correspond, side by side\n"
    "  method.txt            program, archive, options, and how to repeat it\n"
    "  suspect/received.bin  the file as it was received. It may be a page with scripts: do not rename it and open it "
    "in\n"
    "                        a browser\n"
    "  suspect/record.json   in its place, one record of a file that is too large: the file itself is not in the "
    "pack;\n"
    "                        its SHA-256, and the text as that of the file, are what the writer of the pack says\n"
    "  suspect/text.txt      the text that was read from it\n"
    "  suspect/article.json  the same with title, address and dates\n"
    "  originals/NN/         the originals, and other articles that the judgement rests on: their texts. Where a file "
    "was\n"
    "                        compared with a file: the original as it was received\n"
    "  basis.json            what the archive knows of them: dates, addresses, standing text, learnt replacements\n"
    "  licences.csv          the licence rules that name the suspect's site, where there are some\n"
    "  custody.jsonl         what people did with the case, where it was kept: as the writer of the pack says. Each "
    "line\n"
    "                        has the hash of the event before it, which is not here where a number is missing; the\n"
    "                        service's own log shows that nothing was left out\n";

// What others wrote, so that it cannot look like a line of ours.
std::string OneLine(std::string_view text) { return Shortened(Visible(text)); }

// Where a record stands for a file, what the reader has to believe; else empty.
std::string AboutRecord(std::string_view path, const ReceivedFile& file) {
  if (file.is_whole) return "";
  return absl::StrCat("\n", AbslView(path),
                      " stands for a file that is not in this pack: its text, how it was read and\n"
                      "the file's SHA-256 are what the writer of the pack says. Who has the file can compare them.\n");
}

// "a page (html)": how the suspect was read.
std::string ReadAs(const Article& article) {
  const Reading& reading = article.reading;
  std::string text = reading.format.empty() ? "as text" : absl::StrCat("as ", OneLine(reading.format));
  if (!reading.charset.empty()) absl::StrAppend(&text, ", ", OneLine(reading.charset));
  return text;
}

std::string SpansInWords(OffsetUnit unit) {
  if (unit == OffsetUnit::kText) return "bytes of the text";
  return absl::StrCat(Name(unit), "s of the record");
}

// Numbers as in the report's JSON.
std::string Real(double value) {
  JsonWriter json;
  json.Real(value);
  return json.Take();
}

std::string_view TextOf(const ArticleCard& card, ByteSpan span) {
  return std::string_view(card.text).substr(span.begin, span.end - span.begin);
}

// Two cells; empty ones where the span cannot be told.
std::string SpanCells(const OffsetMap& map, ByteSpan span) {
  const std::optional<RecordSpan> converted = map.Convert(span);
  return converted ? absl::StrCat(converted->begin, ",", converted->end) : ",";
}

std::string OriginalIs(const CheckBasis& basis) {
  if (!basis.archive) return "a file that was given";
  return absl::StrCat("an archive of ", Count(basis.archive->articles, "article"), ", fingerprint ",
                      OneLine(basis.archive->fingerprint));
}

}  // namespace

std::string RenderReadme(std::span<const Evidence> evidence) {
  std::string text(kAboutPack);
  absl::StrAppend(&text, "The reports\n-----------\n\n");
  for (size_t i = 0; i < evidence.size(); ++i) {
    const ArticleCard& suspect = evidence[i].report.suspect;
    absl::StrAppend(&text, ReportFolder(i + 1), "  ", OneLine(suspect.title.empty() ? suspect.id : suspect.title));
    if (!suspect.url.empty()) absl::StrAppend(&text, "\n              ", OneLine(suspect.url));
    absl::StrAppend(&text, "\n              verdict: ", Name(evidence[i].report.summary.verdict), "\n");
  }
  return absl::StrCat(text, AbslView(kHowToCheck));
}

std::string RenderMethod(const Evidence& evidence) {
  const Report& report = evidence.report;
  const CheckBasis& basis = evidence.basis;
  std::string text = absl::StrCat(
      "How this report was made\n========================\n\nReport:   ", ReportId(report, evidence.json),
      "\nProgram:  unspin ", report.version, ", report format ", kReportFormat, "\nModel:    ", report.model,
      "\nSuspect:  ", OneLine(evidence.suspect_file.name), ", read ", ReadAs(evidence.suspect), "; ",
      Count(report.suspect.bytes, "byte"), " of text, ", Count(report.suspect.words, "word"),
      "\nOriginal: ", OriginalIs(basis), AbslView(kOptionsLine),
      AbslView(evidence.json.options.empty() ? kNoOptions : std::string_view(evidence.json.options)),
      "\nSpans:    ", SpansInWords(evidence.json.offsets), "\n",
      AboutRecord("suspect/record.json", evidence.suspect_file),
      evidence.original_file ? AboutRecord("originals/01/record.json", *evidence.original_file) : "", "\n");
  if (basis.archive) {
    absl::StrAppend(
        &text,
        "The program read the suspect's text from the file as it was received, looked for articles of the archive "
        "that\n"
        "share wording, names or numbers with it, and compared it with each of them. Those that matter are in\n"
        "originals/: ",
        Count(basis.originals.size(), "article"), ". basis.json holds what the archive alone could tell: ",
        Count(basis.replacements.size(), "learnt replacement"),
        " of words, and\nwhich runs of words stand in many of its articles and so show no derivation.\n\n");
  } else {
    absl::StrAppend(
        &text,
        "The program read both texts from the files as they were received, and compared the two. No archive "
        "was used.\n\n");
  }
  absl::StrAppend(&text, "To repeat it without the archive: unspin verify PACK.zip\n",
                  basis.archive ? "To repeat it with the archive:    unspin check FILE --archive ARCHIVE --json"
                                : "To repeat it with the two files:  unspin compare ORIGINAL SUSPECT --json",
                  evidence.json.options.empty() ? "" : ", with the options above", "\n",
                  "The same program, archive and options give the same bytes, on any machine and at any time.\n");
  return text;
}

std::string_view OptionsInMethod(std::string_view method) {
  const size_t begin = method.find(kOptionsLine);
  if (begin == std::string_view::npos) return "";
  const std::string_view line = method.substr(begin + kOptionsLine.size());
  return line.substr(0, line.find('\n'));
}

std::string RenderPassagesCsv(const Evidence& evidence) {
  std::string rows =
      "finding,passage,manner,rewrite,suspect_begin,suspect_end,original_begin,original_end,original_id,suspect_text,"
      "original_text\n";
  const OffsetMap suspect(evidence.report.suspect, evidence.json.offsets);
  for (size_t number = 1; number <= evidence.report.findings.size(); ++number) {
    const Finding& finding = evidence.report.findings[number - 1];
    const OffsetMap original(finding.original, evidence.json.offsets);
    for (size_t i = 0; i < finding.passages.size(); ++i) {
      const ReportPassage& passage = finding.passages[i];
      absl::StrAppend(&rows, number, ",", i + 1, ",", Name(passage.manner), ",", Real(passage.rewrite), ",",
                      SpanCells(suspect, passage.suspect), ",", SpanCells(original, passage.original), ",",
                      CsvTextCell(finding.original.id), ",");
      absl::StrAppend(&rows, CsvTextCell(TextOf(evidence.report.suspect, passage.suspect)), ",",
                      CsvTextCell(TextOf(finding.original, passage.original)), "\n");
    }
  }
  return rows;
}

}  // namespace unspin::evidence
