// `unspin info`: what an archive holds, and what the program was built with.
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "cli/allocator.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "render/json_writer.h"
#include "unspin/engine/pipeline.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

struct InfoOptions {
  std::string archive;
  bool json = false;
  bool quiet = false;
};

std::string SchemeInWords(const SketchScheme& scheme) {
  return absl::StrCat("FastSimilaritySketch of ", scheme.size, ", ", scheme.shingle_words, "-word shingles, ",
                      scheme.hash, ", seed ", scheme.seed, ", normalizer ", scheme.normalizer_version, ", ",
                      scheme.unicode);
}

std::string ToText(const std::string& archive, const ArchiveStatistics& statistics, const Engine& engine) {
  std::string text;
  const auto line = [&text](std::string name, const absl::AlphaNum& value) {
    name.resize(13, ' ');  // the column of the values
    absl::StrAppend(&text, name, value, "\n");
  };
  line("archive", archive);
  line("articles", statistics.articles);
  line("text", absl::StrCat(statistics.text_bytes, " bytes"));
  line("on disk", absl::StrCat(statistics.disk_bytes, " bytes"));
  line("fingerprint", statistics.fingerprint);
  line("segments", statistics.segments.size());
  for (const std::string& segment : statistics.segments) line("", segment);
  line("standing",
       statistics.standing_text
           ? "known: what stands in many articles of one site, or of several"
           : "unknown: an early version of the program made the archive; index the originals again to learn it");
  line("scheme", SchemeInWords(SketchScheme::Default()));
  line("lexicon", engine.LexiconProvenance());
  line("built-in", engine.StandingTextProvenance());
  line("model", engine.ModelName());
  line("kernels", Engine::KernelName());
  line("allocator", AllocatorName());
  line("version", kVersion);
  return text;
}

// One line. The names are those of the text, with units.
std::string ToJson(const std::string& archive, const ArchiveStatistics& statistics, const Engine& engine) {
  JsonWriter json;
  json.BeginObject();
  json.Field("archive", archive);
  json.Field("articles", uint64_t{statistics.articles});
  json.Field("text_bytes", uint64_t{statistics.text_bytes});
  json.Field("disk_bytes", uint64_t{statistics.disk_bytes});
  json.Field("fingerprint", statistics.fingerprint);
  json.Key("segments");
  json.BeginArray();
  for (const std::string& segment : statistics.segments) json.Text(segment);
  json.EndArray();
  json.Field("standing_text", statistics.standing_text);
  json.Field("scheme", SchemeInWords(SketchScheme::Default()));
  json.Field("lexicon", engine.LexiconProvenance());
  json.Field("built_in", engine.StandingTextProvenance());
  json.Field("model", engine.ModelName());
  json.Field("kernels", Engine::KernelName());
  json.Field("allocator", AllocatorName());
  json.Field("version", kVersion);
  json.EndObject();
  return json.Take() + "\n";
}

ExitStatus Run(const InfoOptions& options) {
  const auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  const Engine engine;
  const ArchiveStatistics statistics = (*archive)->Statistics();
  const std::string text =
      options.json ? ToJson(options.archive, statistics, engine) : ToText(options.archive, statistics, engine);
  std::fputs(text.c_str(), stdout);
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddInfo(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "info", "what an archive holds, its scheme, its sizes",
                 Examples("unspin info archive", "unspin info archive --json | jq .articles"), Run);
  AddArchiveArgument(command, options.archive);
  command.add_flag("--json", options.json, "the same as JSON");
  AddQuietOption(command, options.quiet);
}

}  // namespace unspin::cli
