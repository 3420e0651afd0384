#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/line_reader.h"
#include "cli/messages.h"
#include "render/html.h"
#include "render/json.h"
#include "render/text.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/strings.h"
#include "unspin/io/write_file.h"

namespace unspin::cli {
namespace {

// The one article of a file, or why there is none.
absl::StatusOr<Article> OneArticle(const std::string& path, const ReaderOptions& options) {
  auto reader = ArticleReader::Open({path}, options);
  if (!reader.ok()) return reader.status();
  std::optional<Record> record = (*reader)->Next();
  if (!record) return absl::InvalidArgumentError(path + ": holds no article");
  if (const auto* bad = std::get_if<BadRecord>(&*record))
    return absl::InvalidArgumentError(bad->location + ": " + bad->message);
  if ((*reader)->Next())
    return absl::InvalidArgumentError(
        path + ": holds more than one article; `compare` takes one on each side, `--pairs` many");
  return std::get<Article>(*std::move(record));
}

struct Line {
  uint64_t number;
  std::string text;
  uint64_t bytes_read;  // with this line
};

struct Answer {
  std::string json;
  std::string complaint;
  uint64_t bytes_read = 0;  // of the pairs file, up to this line
};

std::string TextField(const nlohmann::json& line, const char* name) {
  const auto field = line.find(name);
  if (field == line.end() || !field->is_string()) return {};
  return field->get<std::string>();
}

Answer AnswerLine(const Engine& engine, const CompareCommand& command, Workspace& workspace, const Line& line) {
  const std::string place = command.pairs + ":" + std::to_string(line.number);
  std::string error;
  Article original, suspect;
  const nlohmann::json pair = nlohmann::json::parse(line.text, nullptr, false);
  if (pair.is_discarded() || !pair.is_object()) {
    error = "not a JSON object; write one object with `original` and `suspect` per line";
  } else {
    original.text = TextField(pair, "original");
    suspect.text = TextField(pair, "suspect");
    original.id = TextField(pair, "original_id");
    suspect.id = TextField(pair, "suspect_id");
    if (original.text.empty()) error = "`original` is missing or holds no text";
    if (suspect.text.empty()) error = "`suspect` is missing or holds no text";
  }
  if (original.id.empty()) original.id = place + "/original";
  if (suspect.id.empty()) suspect.id = place + "/suspect";
  suspect.path = command.pairs;
  suspect.record = line.number;
  CheckOptions options;
  options.prior = command.prior;
  options.details = command.full || command.offsets != OffsetUnit::kByte;
  const Report report = error.empty() ? engine.Compare(original, suspect, options, workspace)
                                      : Engine::Failed(suspect.id, place + ": " + error);
  return {RenderJson(report, {command.full, command.offsets}), error.empty() ? "" : place + ": " + error,
          line.bytes_read};
}

int ComparePairs(const CompareCommand& command) {
  auto lines = LineReader::Open(command.pairs);
  if (!lines.ok()) return PrintError(lines.status()), kFailed;
  const Engine engine;
  Progress progress("comparing", command.common.quiet);
  uint64_t number = 0, answered = 0, bytes = 0, bad = 0;
  RunOrderedPipeline(
      ThreadCount(command.common),
      [&]() -> std::optional<Line> {
        std::optional<std::string> text = lines->Next();
        if (!text) return std::nullopt;
        bytes += text->size() + 1;
        return Line{++number, *std::move(text), bytes};
      },
      [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, Line line) { return AnswerLine(engine, command, *workspace, line); },
      [&](Answer answer) {
        if (!answer.complaint.empty()) {
          ++bad;
          PrintError(answer.complaint);
        }
        std::puts(answer.json.c_str());
        progress.Update(++answered, answer.bytes_read, std::nullopt);
        return std::ferror(stdout) == 0;
      });
  if (!lines->status().ok()) return PrintError(lines->status()), kFailed;
  if (!ResultsWritten()) return kFailed;
  return bad > 0 ? kSkipped : kDone;
}

}  // namespace

int Run(const CompareCommand& command) {
  if (!command.pairs.empty()) return ComparePairs(command);
  const auto original = OneArticle(command.original, command.reader);
  if (!original.ok()) return PrintError(original.status()), kFailed;
  const auto suspect = OneArticle(command.suspect, command.reader);
  if (!suspect.ok()) return PrintError(suspect.status()), kFailed;
  Workspace workspace;
  CheckOptions options;
  options.prior = command.prior;
  const Report report = Engine().Compare(*original, *suspect, options, workspace);
  if (command.json) {
    std::puts(RenderJson(report, {true, command.offsets}).c_str());
  } else {
    TextOptions text;
    text.colour = isatty(STDOUT_FILENO) != 0;
    std::fputs(RenderText(report, text).c_str(), stdout);
  }
  if (!command.html.empty()) {
    const absl::Status written = WriteFileAtomically(command.html, RenderHtml(report));
    if (!written.ok()) return PrintError(written), kFailed;
  }
  if (!ResultsWritten()) return kFailed;
  return kDone;
}

}  // namespace unspin::cli
