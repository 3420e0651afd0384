// The findings about one suspect as plain data; how a report is written down is the task of tools/render.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "unspin/align/operation.h"
#include "unspin/article/article.h"
#include "unspin/base/span.h"

namespace unspin {

inline constexpr int kReportFormat = 1;

// In order of strength, strongest first.
enum class Verdict {
  kCopy,
  kEdited,
  kSpun,
  kRewritten,
  kExcerpt,
  kCommonSource,
  kIndependent,
  kUnrelated,
  kInsufficient
};
enum class Manner { kCopy, kEdited, kSpun, kRewritten };
enum class Extent { kWhole, kPart };
enum class Direction { kFromOriginal, kToOriginal, kUnknown };
const char* Name(Verdict verdict);  // "copy" … "insufficient"
const char* Name(Manner manner);
const char* Name(Extent extent);        // "whole", "part"
const char* Name(Direction direction);  // "from-original", "to-original", "unknown"
const char* Name(WordChange change);    // "kept" … "moved"
// "thesaurus", "weak-thesaurus", "spin-dictionary", "number", "stem", "context"
const char* Name(SubstitutionSource source);

// The identity of one side. `text` and `steps` let a view quote and convert positions; spans are bytes of `text`.
struct ArticleCard {
  std::string id;
  std::optional<uint32_t> version;  // originals in an archive
  std::string title, url, site, published, fetched, path;
  std::optional<uint64_t> record;
  uint64_t bytes = 0;  // of the text
  uint64_t words = 0;
  std::string sha256;       // of the text, lower-case hexadecimal
  std::string file_sha256;  // of the file that holds the suspect and nothing else; empty: no such file
  std::string text;
  std::vector<OffsetStep> steps;
  Reading reading;
  std::vector<PageMark> marks;   // only of the suspect; an address mark that is its own address is left out
  std::vector<ByteSpan> masked;  // quotations, notices, bylines, navigation, and what was excluded: shown, not counted
  std::vector<ByteSpan> excluded;  // words that a person set aside, by runs of them; only of the suspect
};

struct Alert {
  // "hidden-characters", "look-alike-letters", "bidirectional-controls", "broken-utf-8", or that of a ReadingAlert
  std::string kind;
  uint32_t count = 0;
  std::vector<ByteSpan> spans;  // in the suspect
};

struct Notice {
  std::string kind;   // "copyright", "byline", "dateline", "credit"
  std::string state;  // "kept", "altered", "removed", "added"
  std::string original, suspect;
  std::optional<ByteSpan> span;  // in the suspect
};

// What happened to one word or phrase. An inserted word has an empty original span and the other way round.
struct WordOperation {
  WordChange change = WordChange::kKept;
  ByteSpan original, suspect;
  std::optional<SubstitutionSource> source;  // for synonym, replaced and inflected
};

struct ReportPassage {
  ByteSpan suspect, original;
  Manner manner = Manner::kCopy;
  double rewrite = 0;
  std::vector<WordOperation> operations;  // in the order of the suspect
};

struct Substitution {
  std::string original, suspect;
  uint32_t count = 0;
  SubstitutionSource source = SubstitutionSource::kContext;
};

struct Fact {
  std::string kind;  // "number", "name", "date", "quotation"
  std::string original, suspect;
  std::string state;  // "kept", "altered", "missing"
};

// Where a reason can be read; empty on a side that has nothing of it, and in a report without details.
struct ReasonSpans {
  std::vector<ByteSpan> suspect, original;
};

// One reason for the verdict: a family of signals of the model, or an observation about the texts (weight 0). `weight`
// is its part in the evidence (log10); a negative one speaks against derivation.
struct Reason {
  std::string signal;
  double value = 0, weight = 0;
  std::string text;
  ReasonSpans spans = {};
};

struct Coverage {
  double suspect = 0, original = 0;
};

struct WordCounts {
  uint32_t kept = 0, inflected = 0, synonym = 0, replaced = 0, inserted = 0, deleted = 0, moved = 0;
};

// Words of one side that both articles have, by what they are.
struct SharedCounts {
  uint32_t narration = 0, quotation = 0, document = 0, standing_text = 0;  // in wording that the two share
  uint32_t names_and_numbers = 0;                                          // elsewhere
};

struct SharedWords {
  SharedCounts original, suspect;
};

// Where the suspect says whose text it uses.
struct Credit {
  std::string kind;  // "named": the original's outlet or author; "linked": its site; "quoted": what was taken is in
                     // quotation marks
  std::string text;  // of the suspect
  ByteSpan span;     // in the suspect
};

// One condition of a licence, and whether the suspect keeps it.
struct LicenceTerm {
  std::string name;   // "credit", "link", "alteration", "embargo"
  std::string state;  // "kept", "broken", "unknown"
  std::string text;   // "the credit was removed"
};

// What the rules that were given say of the suspect's use of this original. It changes no verdict and no number.
struct Licence {
  std::string state;  // "licensed", "unlicensed", "unknown", "own-site", "fair-dealing"
  std::string rule;   // the rule that decided, in words; empty: none names the suspect's site
  std::vector<LicenceTerm> terms;
  std::string text;  // "licensed, but the credit was removed"
};

struct Finding {
  ArticleCard original;
  Verdict verdict = Verdict::kUnrelated;
  Extent extent = Extent::kPart;
  Manner manner = Manner::kRewritten;
  Direction direction = Direction::kUnknown;
  double probability = 0;             // of derivation
  double log10_likelihood_ratio = 0;  // the evidence
  double rewrite = 1, distance = 1;
  Coverage coverage;
  WordCounts words;
  double order_kept = 0;
  uint32_t longest_verbatim_run = 0;  // words
  std::vector<ReportPassage> passages;
  std::vector<Substitution> substitutions;
  std::vector<Fact> facts;
  std::vector<Reason> because;
  SharedWords shared;
  std::vector<Credit> credit;           // changes no probability
  std::optional<Licence> licence = {};  // nothing where no rules were given
};

// Where no finding is listed there is nothing that an extent, a manner, a coverage or a rewriting could be of.
struct Summary {
  Verdict verdict = Verdict::kUnrelated;
  std::optional<Extent> extent;
  std::optional<Manner> manner;
  double probability = 0;
  std::optional<double> coverage, rewrite;
  uint32_t originals = 0;
};

struct ArchiveIdentity {
  std::string fingerprint;
  uint64_t articles = 0;
  bool standing_text = true;  // whether the archive knows its standing text; one that an early program made does not
};

struct Report {
  std::string version;  // of the program
  std::string model;    // of the probability
  std::optional<ArchiveIdentity> archive;
  ArticleCard suspect;
  Summary summary;
  std::vector<Alert> alerts;
  std::vector<Notice> notices;
  std::vector<Finding> findings;
  std::vector<std::string> set_aside;                     // ids of the suspect's own records in the archive: not judged
  std::optional<std::string> error;                       // why there is no judgement
  std::vector<std::pair<std::string, std::string>> kept;  // input fields copied through, raw JSON values
};

}  // namespace unspin
