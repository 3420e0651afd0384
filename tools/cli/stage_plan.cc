#include "cli/stage_plan.h"

#include <cmath>
#include <cstdio>
#include <iterator>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "render/json_writer.h"
#include "render/wording.h"
#include "unspin/dedup/stage_plan.h"

namespace unspin::cli {
namespace {

constexpr double kMaxPlanBytes = 9e15;  // doubles up to 2^53, slightly more, hold every whole number

struct PlanOptions {
  double articles = 0, bytes = 0, workers = 0;  // whole numbers, which people write as 1e9
  DedupOptions dedup;
  bool json = false, quiet = false;
};

// "1.2 GB", in powers of a thousand.
std::string Bytes(uint64_t bytes) {
  static constexpr const char* kUnits[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
  auto value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 1000 && unit + 1 < std::size(kUnits); ++unit) value /= 1000;
  return Decimal(value, value < 10 && unit > 0 ? 1 : 0) + " " + kUnits[unit];
}

// "40 s", "12 min", "3.5 h".
std::string Duration(double seconds) {
  constexpr double kMinute = 60, kHour = 3600, kManyMinutes = 10 * kMinute, kManyHours = 2 * kHour;
  if (seconds < kManyMinutes) return Decimal(seconds, seconds < 10 ? 1 : 0) + " s";
  return seconds < kManyHours ? Decimal(seconds / kMinute, 0) + " min" : Decimal(seconds / kHour, 1) + " h";
}

// The options of `stage sketch` that differ from its defaults.
std::string SketchOptions(const DedupOptions& dedup) {
  const DedupOptions usual;
  std::string options;
  if (dedup.measure != usual.measure) options += " --measure " + WordFor(kMeasureNames, dedup.measure);
  if (dedup.threshold != usual.threshold) options += absl::StrCat(" --threshold ", dedup.threshold);
  return options;
}

// The command of each stage, which may begin when the one before it has ended.
std::vector<std::string> Commands(const DedupPlan& plan, const PlanRequest& request) {
  const std::string workers = std::to_string(request.workers);
  std::vector<std::string> commands;
  for (const StagePlan& stage : plan.stages) {
    const std::string run = "unspin stage " + std::string(stage.stage);
    const std::string parts = std::to_string(stage.parts);
    // A shell for each run expands the names, because xargs refuses lines of more than 128 KiB. All runs have the same
    // shell, because shells differ in the order of names.
    const std::string numbered =
        "seq " + parts + " | xargs -P " + workers + " -I {} sh -c '" + run + " work/*.shingles ";
    if (stage.stage == "sketch") {
      commands.push_back("(cd corpus && ls) | xargs -P " + workers + " -I {} " + run +
                         " corpus/{} --out work/{}.shingles --threads 1" + SketchOptions(request.dedup));
    } else if (stage.stage == "join") {
      commands.push_back(numbered + "--part {}/" + parts + " --out work/{}.pairs --threads 1'");
    } else if (stage.stage == "verify") {
      commands.push_back(numbered + "work/*.pairs --part {}/" + parts + " --out work/{}.edges --threads 1'");
    } else {
      commands.push_back("sh -c '" + run + " work/*.shingles work/*.edges --out clusters.jsonl'");
    }
  }
  return commands;
}

std::string Json(const DedupPlan& plan, const PlanRequest& request) {
  const std::vector<std::string> commands = Commands(plan, request);
  JsonWriter json;
  json.BeginObject();
  json.Field("corpora", plan.corpora);
  json.Field("articles", plan.articles);
  json.Field("text_bytes", plan.text_bytes);
  json.Field("workers", request.workers);
  json.Key("stages");
  json.BeginArray();
  for (size_t i = 0; i < plan.stages.size(); ++i) {
    const StagePlan& stage = plan.stages[i];
    json.BeginObject();
    json.Field("stage", stage.stage);
    json.Field("parts", stage.parts);
    json.Field("memory_bytes", stage.memory_bytes);
    json.Field("read_bytes", stage.read_bytes);
    json.Field("written_bytes", stage.written_bytes);
    json.Field("processor_seconds", stage.processor_seconds);
    json.Field("seconds", stage.seconds);
    json.Field("command", commands[i]);
    json.EndObject();
  }
  json.EndArray();
  json.Field("disk_bytes", plan.disk_bytes);
  json.Field("memory_bytes", plan.memory_bytes);
  json.Field("seconds", plan.seconds);
  json.Key("constants");
  json.BeginArray();
  for (const PlanConstant& constant : PlanConstants()) {
    json.BeginObject();
    json.Field("name", constant.name);
    json.Field("value", constant.value);
    json.Field("unit", constant.unit);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take() + "\n";
}

std::string Text(const DedupPlan& plan, const PlanRequest& request) {
  std::string text;
  if (plan.corpora > 1) {
    text = "A corpus has at most " + Grouped(kMaxDedupArticles) + " articles. Cut yours into " +
           std::to_string(plan.corpora) +
           ", run all of this for each,\nand find copies across them with `unspin dedup "
           "--against` an archive of the representatives.\n\nOne corpus of " +
           Grouped(plan.articles) + " articles:\n";
  }
  char line[160];
  std::snprintf(line, sizeof line, "%-8s%8s  %14s%10s%10s%10s\n", "stage", "parts", "memory of each", "reads", "writes",
                "time");
  text += line;
  for (const StagePlan& stage : plan.stages) {
    std::snprintf(line, sizeof line, "%-8s%8s  %14s%10s%10s%10s\n", std::string(stage.stage).c_str(),
                  Grouped(stage.parts).c_str(), Bytes(stage.memory_bytes).c_str(), Bytes(stage.read_bytes).c_str(),
                  Bytes(stage.written_bytes).c_str(), Duration(stage.seconds).c_str());
    text += line;
  }
  text += "\nIn all " + Bytes(plan.disk_bytes) + " of disk, " + Bytes(plan.memory_bytes) + " of memory at once, " +
          Duration(plan.seconds) + " on " + Grouped(request.workers) +
          " workers of one thread each.\n"
          "Disks come on top: divide what is read and written by their speed.\n"
          "docs/stages.md says what was measured. Pairs are as many as in made-up news.\n\n"
          "The folder corpus holds the articles in as many files as sketch has parts:\n\n";
  for (const std::string& command : Commands(plan, request)) text += command + "\n";
  return text;
}

ExitStatus RunPlan(const PlanOptions& options) {
  PlanRequest request;
  request.dedup = options.dedup;
  for (const auto& [name, value, into] : {std::tuple{"--articles", options.articles, &request.articles},
                                          {"--bytes", options.bytes, &request.text_bytes},
                                          {"--workers", options.workers, &request.workers}}) {
    if (value != std::floor(value)) return Fail(std::string(name) + ": give a whole number, such as 1000000 or 1e6");
    *into = static_cast<uint64_t>(value);
  }
  const absl::StatusOr<DedupPlan> plan = PlanStages(request);
  if (!plan.ok()) return Fail(plan.status());
  std::fputs((options.json ? Json(*plan, request) : Text(*plan, request)).c_str(), stdout);
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddStagePlan(CLI::App& stage, ExitStatus& status) {
  auto [command, options] =
      AddCommand(stage, status, "plan", "parts, memory, disk and time of a dedup in stages, and its commands",
                 Examples("unspin stage plan --articles 1e6 --bytes 4e9 --workers 8",
                          "unspin stage plan --articles 1e9 --bytes 4e12 --workers 64 --json | jq .seconds"),
                 RunPlan);
  command.add_option("--articles", options.articles, "number of articles")
      ->check(RealNumber(1, kMaxPlanArticles))
      ->required();
  command.add_option("--bytes", options.bytes, "bytes of all texts, neither compressed nor with markup")
      ->check(RealNumber(1, kMaxPlanBytes))
      ->required();
  command.add_option("--workers", options.workers, "processes that run at once, each of one thread")
      ->check(RealNumber(1, kMaxPlanWorkers))
      ->required();
  const DedupOptions usual;
  AddWordOption(command, "--measure", options.dedup.measure, kMeasureNames,
                WithDefault("as `stage sketch` will be told", WordFor(kMeasureNames, usual.measure)));
  command
      .add_option("--threshold", options.dedup.threshold,
                  WithDefault("as `stage sketch` will be told", usual.threshold))
      ->check(RealNumber(kMinThreshold, 1));
  command.add_flag("--json", options.json, "for programs: all numbers in bytes and seconds, and the constants");
  AddQuietOption(command, options.quiet);
}

}  // namespace unspin::cli
