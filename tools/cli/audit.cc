#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/messages.h"
#include "cli/spins.h"
#include "render/json.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct Answer {
  std::string json;
  Verdict verdict = Verdict::kUnrelated;
  std::optional<Report> learnt_from;  // as much of it as the spin dictionary asks for
};

// What an earlier run left in its file: whole reports, one a line.
struct Done {
  uint64_t reports = 0;
  std::string last_id;  // of the suspect of the last one
};

// Opens the file behind its last whole line; a report that was cut off is made again.
std::FILE* OpenToResume(const std::string& path, Done& done) {
  std::FILE* file = std::fopen(path.c_str(), "r+b");
  if (file == nullptr) return errno == ENOENT ? std::fopen(path.c_str(), "wb") : nullptr;
  std::string line;
  uint64_t end = 0, at = 0;
  std::string last;
  std::vector<char> buffer(size_t{1} << 20);
  while (const size_t got = std::fread(buffer.data(), 1, buffer.size(), file)) {
    for (size_t begin = 0; begin < got;) {
      const void* newline = std::memchr(buffer.data() + begin, '\n', got - begin);
      const size_t stop =
          newline == nullptr ? got : static_cast<size_t>(static_cast<const char*>(newline) - buffer.data());
      line.append(buffer.data() + begin, stop - begin);
      begin = stop;
      if (newline == nullptr) continue;
      ++done.reports;
      last.swap(line);
      line.clear();
      end = at + ++begin;
    }
    at += got;
  }
  const auto report = nlohmann::json::parse(last, nullptr, false);
  if (report.is_object() && report.contains("suspect")) done.last_id = report["suspect"].value("id", "");
  if (ftruncate(fileno(file), static_cast<off_t>(end)) != 0 || std::fseek(file, 0, SEEK_END) != 0) {
    std::fclose(file);
    return nullptr;
  }
  return file;
}

}  // namespace

int Run(const AuditCommand& command) {
  auto archive = Archive::Open(command.archive);
  if (!archive.ok()) return PrintError(archive.status()), kFailed;
  auto input = Input::Open(command.input);
  if (!input.ok()) return PrintError(input.status()), kFailed;
  Done done;
  std::FILE* out = command.out == "-" ? stdout
                   : command.resume   ? OpenToResume(command.out, done)
                                      : std::fopen(command.out.c_str(), "wb");
  if (out == nullptr)
    return PrintError("cannot write " + command.out + ": check that its folder exists and may be written to"), kFailed;
  for (uint64_t skipped = 0; skipped < done.reports; ++skipped) {
    const std::optional<Article> article = (*input)->Next();
    if (!article)
      return PrintError(command.out + " holds more reports than the input has suspects: is it of another run?"),
             kFailed;
    if (skipped + 1 == done.reports && article->id != done.last_id) {
      return PrintError(command.out + ": report " + std::to_string(done.reports) + " is of “" + done.last_id +
                        "”, but that suspect of the input is “" + article->id +
                        "”; resume with the same input, or without "
                        "--resume to begin again"),
             kFailed;
    }
  }
  if (done.reports > 0 && !command.common.quiet)
    std::fprintf(stderr, "%llu reports are there, going on behind them\n",
                 static_cast<unsigned long long>(done.reports));
  SpinDictionary spins = (*archive)->spins();
  const Engine engine;
  Progress progress("auditing", command.common.quiet);
  uint64_t checked = 0;
  uint64_t verdicts[static_cast<size_t>(Verdict::kInsufficient) + 1] = {};
  absl::Status failure;
  bool written = true;
  RunOrderedPipeline(
      ThreadCount(command.common), [&] { return (*input)->Next(); },
      [&] { return std::make_unique<Workspace>(engine); },
      [&](std::unique_ptr<Workspace>& workspace, Article article) -> absl::StatusOr<Answer> {
        const auto report = engine.Check(article, **archive, command.check, *workspace);
        if (!report.ok()) return report.status();
        Answer answer{RenderJson(*report, {command.full, command.offsets}), report->summary.verdict, std::nullopt};
        if (command.learn) answer.learnt_from = SpinLesson(*report);
        return answer;
      },
      [&](absl::StatusOr<Answer> answer) {
        if (!answer.ok()) {
          failure = answer.status();
          return false;
        }
        if (answer->learnt_from) spins.Learn(*answer->learnt_from);
        answer->json += '\n';
        written = std::fwrite(answer->json.data(), 1, answer->json.size(), out) == answer->json.size();
        ++verdicts[static_cast<size_t>(answer->verdict)];
        progress.Update(++checked, (*input)->bytes_read(), (*input)->bytes_total());
        return written;
      });
  written &= (out == stdout ? std::fflush(out) : std::fclose(out)) == 0;
  if (!failure.ok()) return PrintError(failure), kFailed;
  if (!written)
    return PrintError("cannot write " + (out == stdout ? "to standard output" : command.out) + ": is the disk full?"),
           kFailed;
  if (command.learn) failure = SaveSpins(command.archive, (*archive)->spins(), spins, command.common.quiet);
  if (!failure.ok()) return PrintError(failure), kFailed;
  if (!command.common.quiet) {
    std::fprintf(stderr, "%llu suspects in %.1f s, %llu bad records:", static_cast<unsigned long long>(checked),
                 progress.seconds(), static_cast<unsigned long long>((*input)->bad()));
    for (size_t i = 0; i < std::size(verdicts); ++i) {
      if (verdicts[i] > 0)
        std::fprintf(stderr, " %s %llu", Name(static_cast<Verdict>(i)), static_cast<unsigned long long>(verdicts[i]));
    }
    std::fputc('\n', stderr);
  }
  return (*input)->Status();
}

}  // namespace unspin::cli
