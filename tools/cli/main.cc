// The command line: flags into the structs of commands.h, and which of them to run. All of CLI11 stays in this file.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "cli/commands.h"
#include "cli/messages.h"

namespace unspin::cli {
namespace {

const std::map<std::string, OffsetUnit> kUnits = {
    {"byte", OffsetUnit::kByte}, {"codepoint", OffsetUnit::kCodepoint}, {"utf16", OffsetUnit::kUtf16}};
const std::map<std::string, SpinsCommand::Format> kSpinsFormats = {
    {"text", SpinsCommand::Format::kText}, {"csv", SpinsCommand::Format::kCsv}, {"json", SpinsCommand::Format::kJson}};
const std::map<std::string, Measure> kMeasures = {{"jaccard", Measure::kJaccard},
                                                  {"containment", Measure::kContainment}};
const std::map<std::string, Prefer> kPrefers = {
    {"longest", Prefer::kMaxLength}, {"earliest", Prefer::kEarliest}, {"first", Prefer::kFirst}};
const std::map<std::string, Verdict> kVerdicts = {{"copy", Verdict::kCopy},
                                                  {"edited", Verdict::kEdited},
                                                  {"spun", Verdict::kSpun},
                                                  {"rewritten", Verdict::kRewritten},
                                                  {"excerpt", Verdict::kExcerpt},
                                                  {"common-source", Verdict::kCommonSource},
                                                  {"independent", Verdict::kIndependent},
                                                  {"unrelated", Verdict::kUnrelated}};

// CLI::Range lets it pass: it is neither below nor above.
std::string RefuseNan(const std::string& text) {
  return std::isnan(std::strtod(text.c_str(), nullptr)) ? "not a number: " + text : "";
}

// Options that several commands share, added under the same names and with the same words.
void AddThreads(CLI::App& app, CommonOptions& common) {
  app.add_option("--threads", common.threads, "threads to work with (default: all cores)")->check(CLI::Range(1, 1024));
  app.add_flag("--quiet", common.quiet, "no progress and no summary on standard error");
}

void AddReader(CLI::App& app, ReaderOptions& reader) {
  std::vector<std::string> formats = InputFormatNames();
  formats.insert(formats.begin(), "auto");
  app.add_option_function<std::string>(
         "--format", [&reader](const std::string& name) { reader.format = InputFormatNamed(name); },
         "how inputs are read (default: by content and name)")
      ->check(CLI::IsMember(formats));
  app.add_option("--id-field", reader.fields.id, "JSON field that holds the id (default: id)");
  app.add_option("--text-field", reader.fields.text, "… the text (default: text)");
  app.add_option("--title-field", reader.fields.title, "… the title (default: title)");
  app.add_option("--url-field", reader.fields.url, "… the address (default: url)");
  app.add_option("--site-field", reader.fields.site, "… the site (default: site)");
  app.add_option("--published-field", reader.fields.published, "… the date of publication (default: published)");
  app.add_option("--fetched-field", reader.fields.fetched, "… when it was fetched (default: fetched)");
}

void AddInput(CLI::App& app, InputOptions& input, const char* what) {
  app.add_option("inputs", input.inputs, what)->required();
  AddReader(app, input.reader);
  app.add_option("--max-bad", input.max_bad, "share of bad records that still counts as done (default: 0)")
      ->check(RefuseNan)
      ->check(CLI::Range(0.0, 1.0));
  app.add_flag("--strict", input.strict, "stop at the first bad record");
}

void AddCheckOptions(CLI::App& app, CheckOptions& check) {
  app.add_option("--limit", check.limit, "originals listed per suspect (default: 10)")->check(CLI::Range(1, 1000));
  app.add_flag("--all", check.all, "list findings weaker than an excerpt as well");
  app.add_option("--prior", check.prior, "probability of derivation before the evidence (default: 0.5)")
      ->check(RefuseNan)
      ->check(CLI::Range(1e-9, 1 - 1e-9));
  app.add_option("--candidates", check.candidates,
                 "articles of the archive to compare with the suspect, at most (default: 12)")
      ->check(CLI::Range(1, 100000));
}

void AddOffsets(CLI::App& app, OffsetUnit& unit) {
  app.add_option("--offsets", unit, "unit of spans: byte, codepoint or utf16 (default: byte)")
      ->transform(CLI::CheckedTransformer(kUnits));
}

void AddMeasures(CLI::App& app, DedupOptions& dedup) {
  app.add_option("--measure", dedup.measure,
                 "jaccard: shared shingles of all; containment: of the smaller article's (default: jaccard)")
      ->transform(CLI::CheckedTransformer(kMeasures));
  app.add_option("--threshold", dedup.threshold, "least similarity to the representative (default: 0.8)")
      ->check(RefuseNan)
      ->check(CLI::Range(0.1, 1.0));
  app.add_option("--shingle", dedup.shingle, "words of a shingle (default: 5)")->check(CLI::Range(1, 32));
  app.add_option("--prefer", dedup.prefer,
                 "which article represents the others: longest, earliest or first (default: longest)")
      ->transform(CLI::CheckedTransformer(kPrefers));
}

// "2/3" → the second of three parts.
std::string ParsePart(const std::string& text, Part& part) {
  unsigned number = 0, count = 0;
  int read = 0;
  const bool whole = std::sscanf(text.c_str(), "%7u/%7u%n", &number, &count, &read) == 2 &&
                     static_cast<size_t>(read) == text.size() && text[0] >= '0' && text[0] <= '9';
  if (!whole || number < 1 || number > count || count > 1000000)
    return text + ": a part is i/n, such as 2/3, with i from 1 to n and n at most 1000000";
  part = {number - 1, count};
  return "";
}

void AddStage(CLI::App& app, StagePartCommand& stage, const char* files, const char* part, const char* out) {
  app.add_option("files", stage.files, files)->required();
  app.add_option_function<std::string>(
      "--part",
      [&stage](const std::string& text) {
        if (const std::string problem = ParsePart(text, stage.part); !problem.empty())
          throw CLI::ValidationError("--part", problem);
      },
      part);
  app.add_option("--out", stage.out, out)->required();
  const char* said = "as `stage sketch` was told; an error where it was told something else";
  app.add_option("--measure", stage.expected.measure, said)->transform(CLI::CheckedTransformer(kMeasures));
  app.add_option("--threshold", stage.expected.threshold, said)->check(RefuseNan);
  app.add_option("--shingle", stage.expected.shingle, said);
  app.add_option("--prefer", stage.expected.prefer, said)->transform(CLI::CheckedTransformer(kPrefers));
  AddThreads(app, stage.common);
}

int Main(int argc, char** argv) {
  CLI::App app{
      "unspin finds the original of a rewritten news article, and says how far it was rewritten and why we say so."};
  app.name("unspin");
  app.set_version_flag("--version", std::string("unspin ") + kVersion);
  app.require_subcommand(1);
  app.footer(
      "Examples:\n  unspin index originals/ --archive archive\n  unspin check suspect.html --archive archive --html "
      "report.html\n\n"
      "`unspin COMMAND --help` says more. Exit status: 0 done, 2 not done, 3 done but records were skipped.");

  IndexCommand index;
  CLI::App* index_app = app.add_subcommand("index", "create or extend an archive of originals");
  AddInput(*index_app, index.input,
           "files, folders or - for standard input: plain text, HTML, JSON Lines; .gz .zst .bz2 .xz are opened");
  index_app->add_option("--archive", index.archive, "folder of the archive; made where there is none")->required();
  index_app->add_flag("--replace", index.replace,
                      "drop earlier versions of an article that comes again with another text");
  index_app
      ->add_option("--segment-mb", index.segment_mb,
                   "MiB of text after which a segment is written; memory grows with it (default: 96)")
      ->check(CLI::Range(1, 4096));
  AddThreads(*index_app, index.common);
  index_app->footer(
      "Examples:\n  unspin index originals/ --archive archive\n  zstdcat wire.jsonl.zst | unspin index - --archive "
      "archive --id-field guid");

  CheckCommand check;
  CLI::App* check_app =
      app.add_subcommand("check", "find the originals of a suspect article and say how far it was rewritten");
  AddInput(*check_app, check.input, "suspect articles: files, folders or - for standard input");
  check_app->add_option("--archive", check.archive, "folder of the archive")->required();
  check_app->add_flag("--json", check.json, "one report per line as JSON");
  check_app->add_option(
      "--html", check.html,
      "write the report as a page to FILE; with several suspects a page each and an index to a folder");
  AddCheckOptions(*check_app, check.check);
  AddOffsets(*check_app, check.offsets);
  check_app->add_option("--fail-on", check.fail_on, "exit with 1 if a finding at least this strong was made")
      ->transform(CLI::CheckedTransformer(kVerdicts));
  check_app->add_flag("--learn", check.learn, "add what confirmed findings replaced to the archive's spin dictionary");
  AddThreads(*check_app, check.common);
  check_app->footer(
      "Examples:\n  unspin check suspect.html --archive archive\n  unspin check suspects/ --archive archive --json | "
      "jq .summary");

  CompareCommand compare;
  CLI::App* compare_app =
      app.add_subcommand("compare", "compare one suspect with one original, or many pairs, without an archive");
  auto* original = compare_app->add_option("original", compare.original, "file of the original");
  auto* suspect = compare_app->add_option("suspect", compare.suspect, "file of the suspect");
  auto* pairs = compare_app->add_option("--pairs", compare.pairs,
                                        "JSON Lines with `original` and `suspect` texts; one report per line");
  pairs->excludes(original)->excludes(suspect);
  compare_app->add_flag("--full", compare.full, "with --pairs: list passages and substitutions too");
  compare_app->add_flag("--json", compare.json, "the report as JSON");
  compare_app->add_option("--html", compare.html, "write the report as a page to FILE");
  compare_app->add_option("--prior", compare.prior, "probability of derivation before the evidence (default: 0.5)")
      ->check(RefuseNan)
      ->check(CLI::Range(1e-9, 1 - 1e-9));
  AddReader(*compare_app, compare.reader);
  AddOffsets(*compare_app, compare.offsets);
  AddThreads(*compare_app, compare.common);
  compare_app->footer(
      "Examples:\n  unspin compare original.txt suspect.html --html report.html\n  unspin compare --pairs pairs.jsonl "
      "> reports.jsonl");

  AlignCommand align;
  CLI::App* align_app = app.add_subcommand("align", "text alignment in the file format of the PAN evaluations");
  align_app->add_option("--pairs", align.pairs, "file with lines `suspect-file original-file`")->required();
  align_app->add_option("--suspects", align.suspects, "folder of the suspect files")->required();
  align_app->add_option("--originals", align.originals, "folder of the original files")->required();
  align_app->add_option("--out", align.out, "folder for SUSPECT-ORIGINAL.xml, one for every pair")->required();
  AddThreads(*align_app, align.common);
  align_app->footer(
      "Examples:\n  unspin align --pairs pan/pairs --suspects pan/susp --originals pan/src --out detections\n"
      "  unspin align --pairs few.txt --suspects . --originals . --out /tmp/out --threads 1");

  AuditCommand audit;
  CLI::App* audit_app = app.add_subcommand("audit", "check a whole corpus: one report per suspect, in input order");
  AddInput(*audit_app, audit.input, "suspect articles: files, folders or - for standard input");
  audit_app->add_option("--archive", audit.archive, "folder of the archive")->required();
  audit_app->add_option("--out", audit.out, "file for the reports, JSON Lines; - for standard output")->required();
  audit_app->add_option("--keep", audit.input.reader.keep, "input fields copied into each report")->delimiter(',');
  bool brief = false;
  audit_app->add_flag("--brief", brief, "leave passages and substitutions out");
  auto* resume = audit_app->add_flag("--resume", audit.resume,
                                     "go on where an earlier run of the same input ended: its reports stay");
  AddCheckOptions(*audit_app, audit.check);
  AddOffsets(*audit_app, audit.offsets);
  audit_app->add_flag("--learn", audit.learn, "add what confirmed findings replaced to the archive's spin dictionary")
      ->excludes(resume);
  AddThreads(*audit_app, audit.common);
  audit_app->footer(
      "Examples:\n  unspin audit crawl.jsonl.zst --archive archive --out reports.jsonl\n"
      "  unspin audit crawl/ --archive archive --out - --all --keep section | jq .summary.verdict");

  DedupCommand dedup;
  CLI::App* dedup_app =
      app.add_subcommand("dedup", "near-duplicate clusters inside a corpus, each verified against its representative");
  AddInput(*dedup_app, dedup.input, "articles: files, folders or - for standard input");
  dedup_app
      ->add_option("--out", dedup.out,
                   "file for id, cluster, representative and similarity of each article; - for "
                   "standard output")
      ->required();
  AddMeasures(*dedup_app, dedup.dedup);
  dedup_app->add_option("--edges", dedup.edges, "file for every pair that is similar enough, equal ones aside");
  dedup_app->add_option("--scratch", dedup.scratch, "folder for what does not fit into memory (default: beside --out)");
  AddThreads(*dedup_app, dedup.common);
  dedup_app->footer(
      "Examples:\n  unspin dedup crawl.jsonl.zst --out clusters.jsonl\n"
      "  unspin dedup crawl/ --out - --measure containment --prefer earliest | jq -r .representative | sort -u");

  CLI::App* stage_app =
      app.add_subcommand("stage", "dedup in stages that run on parts, each a run that reads files and writes one");
  stage_app->require_subcommand(1);
  stage_app->footer(
      "sketch → join → verify → cluster: the clusters of `unspin dedup`, byte for byte, whatever the parts.\n"
      "`unspin stage STAGE --help` says more; docs/stages.md drives them with xargs and make.\n"
      "Examples:\n  unspin stage sketch part-07.jsonl.zst --out 07.shingles\n"
      "  unspin stage join *.shingles --part 2/3 --out 2.pairs");

  StageSketchCommand stage_sketch;
  CLI::App* stage_sketch_app = stage_app->add_subcommand("sketch", "articles to their sets of shingles and their keys");
  AddInput(*stage_sketch_app, stage_sketch.input,
           "some of the articles: files, folders or - for standard input; every run takes others");
  stage_sketch_app->add_option("--out", stage_sketch.out, "file for the shingles")->required();
  AddMeasures(*stage_sketch_app, stage_sketch.dedup);
  AddThreads(*stage_sketch_app, stage_sketch.common);
  stage_sketch_app->footer(
      "The later stages know the options from the file.\n"
      "Examples:\n  unspin stage sketch part-07.jsonl.zst --out 07.shingles\n"
      "  ls parts | xargs -P 8 -I {} unspin stage sketch parts/{} --out {}.shingles --measure containment --threads 1");

  StagePartCommand stage_join;
  CLI::App* stage_join_app = stage_app->add_subcommand("join", "keys to pairs of articles that share one");
  AddStage(*stage_join_app, stage_join, "all files of shingles, in the order of the input",
           "i/n: the i-th of n parts of the keys (default: 1/1)", "file for the pairs");
  stage_join_app->footer(
      "Examples:\n  unspin stage join *.shingles --out all.pairs\n"
      "  seq 40 | xargs -P 8 -I {} unspin stage join *.shingles --part {}/40 --out {}.pairs --threads 1");

  StagePartCommand stage_verify;
  CLI::App* stage_verify_app = stage_app->add_subcommand("verify", "pairs to edges: the pairs that are similar enough");
  AddStage(*stage_verify_app, stage_verify, "all files of shingles, in the order of the input, and all files of pairs",
           "i/n: the i-th of n parts of the pairs (default: 1/1)", "file for the edges");
  stage_verify_app->footer(
      "Examples:\n  unspin stage verify *.shingles *.pairs --out all.edges\n"
      "  seq 16 | xargs -P 8 -I {} unspin stage verify *.shingles *.pairs --part {}/16 --out {}.edges --threads 1");

  StageClusterCommand stage_cluster;
  CLI::App* stage_cluster_app =
      stage_app->add_subcommand("cluster", "edges to clusters, as `unspin dedup` writes them");
  AddStage(*stage_cluster_app, stage_cluster.stage,
           "all files of shingles, in the order of the input, and all files of edges",
           "i/n: write the lines of the i-th of n parts of the articles (default: 1/1)",
           "file for id, cluster, representative and similarity of each article; - for standard output");
  stage_cluster_app->add_option("--edges", stage_cluster.edges,
                                "file for every pair that is similar enough, equal ones aside");
  stage_cluster_app->footer(
      "Examples:\n  unspin stage cluster *.shingles *.edges --out clusters.jsonl --edges edges.jsonl\n"
      "  unspin stage cluster *.shingles *.edges --part 1/2 --out clusters-1.jsonl");

  SketchCommand sketch;
  CLI::App* sketch_app = app.add_subcommand("sketch", "text to MinHash sketches only, for pipelines and benchmarks");
  AddInput(*sketch_app, sketch.input, "articles: files, folders or - for standard input");
  sketch_app
      ->add_option("--out", sketch.out, "file for the sketches (core/unspin/format/FORMAT.md); - for standard output")
      ->required();
  AddThreads(*sketch_app, sketch.common);
  sketch_app->footer(
      "Examples:\n  unspin sketch crawl.jsonl.zst --out crawl.sketches\n"
      "  zstdcat wire.jsonl.zst | unspin sketch - --out wire.sketches --threads 1");

  RemoveCommand remove;
  CLI::App* remove_app = app.add_subcommand("remove", "delete articles from an archive, every version of them");
  remove_app->add_option("ids", remove.ids, "ids of the articles; - reads them from standard input, one a line")
      ->required();
  remove_app->add_option("--archive", remove.archive, "folder of the archive")->required();
  remove_app->footer(
      "Examples:\n  unspin remove wire-2023-0451 --archive archive\n"
      "  cut -f1 withdrawn.tsv | unspin remove - --archive archive && unspin merge archive");

  MergeCommand merge;
  CLI::App* merge_app =
      app.add_subcommand("merge", "join an archive's small segments and free the room of what was removed");
  merge_app->add_option("archive", merge.archive, "folder of the archive")->required();
  merge_app
      ->add_option(
          "--segment-mb", merge.segment_mb,
          "MiB of text of the largest segment that is made; some 90 bytes of memory an article (default: 16384)")
      ->check(CLI::Range(1, 1 << 20));
  merge_app->add_flag("--quiet", merge.common.quiet, "no progress on standard error");
  merge_app->footer("Examples:\n  unspin merge archive\n  unspin merge archive --quiet && unspin verify archive");

  InfoCommand info;
  CLI::App* info_app = app.add_subcommand("info", "what an archive holds, its scheme, its sizes");
  info_app->add_option("archive", info.archive, "folder of the archive")->required();
  info_app->footer("Examples:\n  unspin info archive\n  unspin info archive | grep articles");

  VerifyCommand verify;
  CLI::App* verify_app = app.add_subcommand("verify", "read a whole archive and check every checksum");
  verify_app->add_option("archive", verify.archive, "folder of the archive")->required();
  verify_app->footer("Examples:\n  unspin verify archive\n  unspin verify archive || echo damaged");

  SpinsCommand spins;
  CLI::App* spins_app =
      app.add_subcommand("spins", "the spin dictionary learnt with an archive: which words became which");
  spins_app->add_option("archive", spins.archive, "folder of the archive");
  spins_app->add_option("--format", spins.format, "text, csv or json (default: text)")
      ->transform(CLI::CheckedTransformer(kSpinsFormats));
  spins_app->add_option("--least", spins.least, "list what was seen in at least so many articles (default: 2)")
      ->check(CLI::Range(1, 1000000));
  spins_app->add_option("--compare", spins.compare, "two files of JSON reports: did one spinner make both suspects?")
      ->expected(2);
  spins_app->footer(
      "Examples:\n  unspin spins archive --format csv > spins.csv\n  unspin spins --compare one.json other.json");

  std::vector<CLI::App*> later;
  for (const char* name : {"serve"}) {
    CLI::App* command = app.add_subcommand(name, "not in this version yet");
    command->allow_extras();
    later.push_back(command);
  }

  // CLI11 would say no more than that a subcommand is required.
  const auto is_named = [argv](const CLI::App* command) { return command->get_name() == argv[1]; };
  if (argc > 1 && argv[1][0] != '-' && app.get_subcommands(is_named).empty()) {
    PrintError(std::string(argv[1]) + ": there is no such command; `unspin --help` lists them");
    return kFailed;
  }
  const auto is_stage = [argv](const CLI::App* stage) { return stage->get_name() == argv[2]; };
  if (argc > 2 && argv[1] == stage_app->get_name() && argv[2][0] != '-' &&
      stage_app->get_subcommands(is_stage).empty()) {
    PrintError(std::string(argv[2]) + ": there is no such stage; `unspin stage --help` lists them");
    return kFailed;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    const int status = app.exit(done);
    return ResultsWritten() ? status : kFailed;
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return kFailed;
  }
  for (const CLI::App* command : later) {
    if (!command->parsed()) continue;
    PrintError(command->get_name() + ": this command is not in version " + kVersion +
               " yet; `unspin --help` lists what is");
    return kFailed;
  }
  if (compare_app->parsed() && compare.pairs.empty() && (compare.original.empty() || compare.suspect.empty())) {
    PrintError("compare: name ORIGINAL and SUSPECT, or --pairs FILE");
    return kFailed;
  }
  if (const std::string problem = Engine::KernelProblem(); !problem.empty()) {
    PrintError(problem);
    return kFailed;
  }
  audit.full = audit.check.details = !brief;
  if (index_app->parsed()) return Run(index);
  if (check_app->parsed()) return Run(check);
  if (compare_app->parsed()) return Run(compare);
  if (align_app->parsed()) return Run(align);
  if (audit_app->parsed()) return Run(audit);
  if (dedup_app->parsed()) return Run(dedup);
  if (stage_sketch_app->parsed()) return Run(stage_sketch);
  if (stage_join_app->parsed()) return RunJoin(stage_join);
  if (stage_verify_app->parsed()) return RunVerify(stage_verify);
  if (stage_cluster_app->parsed()) return Run(stage_cluster);
  if (remove_app->parsed()) return Run(remove);
  if (merge_app->parsed()) return Run(merge);
  if (sketch_app->parsed()) return Run(sketch);
  if (info_app->parsed()) return Run(info);
  if (spins_app->parsed()) return Run(spins);
  return Run(verify);
}

}  // namespace
}  // namespace unspin::cli

int main(int argc, char** argv) {
  // A reader that goes away, as in `unspin … | head`, ends a write with an error instead of the process with a signal.
  std::signal(SIGPIPE, SIG_IGN);
  // So does a file that grows past `ulimit -f`.
  std::signal(SIGXFSZ, SIG_IGN);
  // A standard stream that was closed leaves its number to the next file opened, which may be the archive's. The wrong
  // way round, so that using it is an error as before.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) < 0) open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
  return unspin::cli::Main(argc, argv);
}
