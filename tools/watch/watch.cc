#include "watch/watch.h"

#include <cassert>
#include <utility>
#include <variant>

#include "render/article_json.h"
#include "render/report_line.h"
#include "render/wording.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/engine/archive.h"

namespace unspin::watch {

// A record of the input behind the check.
struct Watch::Checked {
  FeedItem item;
  ArticleKey key;         // of an article
  bool is_known = false;  // it was done before
  bool is_finding = false;
  std::string line;                        // the report; empty: none is written
  std::string article;                     // the body of its case; empty: none is opened
  std::shared_ptr<const Archive> archive;  // that it was checked with
  absl::Status status;
};

absl::Status NoteReported(std::string_view line, WatchJournal& journal) {
  const auto report = ReportLineReader().Read(line);
  if (!report) return absl::FailedPreconditionError("it holds lines that are no reports; name another file");
  const ArticleCard& suspect = report->report.suspect;
  WatchJournal::Done done;
  done.article = KeyOf(suspect.id, suspect.url, suspect.sha256);
  return journal.Commit(done);
}

Watch::Watch(const Engine& engine, LiveArchive& archive, WatchJournal& journal, FindingsFile& out, const StopFlag& stop,
             WatchOptions options, WatchListener listener)
    : engine_(engine),
      archive_(archive),
      journal_(journal),
      out_(out),
      stop_(stop),
      options_(std::move(options)),
      listener_(std::move(listener)),
      last_archive_(archive_.Get()) {
  assert(!options_.opens_cases || !journal.folder().empty());
}

absl::Status Watch::Run(ArticleFeed& feed) {
  if (absl::Status status = journal_.DropStaged(); !status.ok()) return status;
  RunOrderedPipeline(
      options_.threads, [&] { return feed.Next(); }, [&] { return std::make_unique<Workspace>(engine_); },
      [&](std::unique_ptr<Workspace>& workspace, FeedItem item) { return Check(std::move(item), *workspace); },
      [&](Checked checked) { return Consume(std::move(checked), feed); });
  return failure_.ok() ? feed.failure() : failure_;
}

Watch::Checked Watch::Check(FeedItem item, Workspace& workspace) const {
  Checked checked;
  checked.item = std::move(item);
  const auto* article = std::get_if<Article>(&checked.item.record);
  if (article == nullptr) return checked;
  checked.key = KeyOf(article->id, article->url, Sha256Hex(article->text));
  checked.is_known = journal_.Knows(checked.key);
  if (checked.is_known) return checked;
  checked.archive = archive_.Get();
  auto report = engine_.Check(*article, *checked.archive, options_.check, workspace);
  checked.status = report.status();
  if (!report.ok()) return checked;
  options_.complete(*report);
  checked.is_finding = report->summary.verdict <= options_.min_verdict;
  if (checked.is_finding || options_.all) checked.line = RenderJson(*report, options_.json);
  if (checked.is_finding && options_.opens_cases) checked.article = RenderArticle(*article);
  return checked;
}

void Watch::NoticeArchive(const std::shared_ptr<const Archive>& archive) {
  if (archive != last_archive_) {
    last_archive_ = archive;
    listener_.say("the archive has changed: " + Count(archive->Statistics().articles, "article") + " now");
  }
  std::string problem = archive_.problem();
  if (problem == last_problem_) return;
  last_problem_ = std::move(problem);
  if (!last_problem_.empty()) listener_.say(last_problem_ + "; articles are checked with the archive as it was before");
}

bool Watch::Write(Checked& checked, WatchJournal::Done& done) {
  if (!checked.article.empty()) {
    if (!journal_.HasRoom()) {
      listener_.say(Count(journal_.waiting_cases(), "case") +
                    " wait for the service; no article is read until it takes some");
      journal_.WaitForRoom(stop_);
    }
    if (!journal_.HasRoom()) return false;  // told to end
    failure_ = journal_.StageCase(checked.key, checked.article);
    if (!failure_.ok()) return false;
  }
  failure_ = out_.Write(std::move(checked.line));
  if (out_.is_file()) done.out_bytes = out_.bytes();
  return failure_.ok();
}

bool Watch::Consume(Checked checked, ArticleFeed& feed) {
  failure_ = checked.status;
  if (!failure_.ok()) return false;
  WatchJournal::Done done;
  done.mark = checked.item.mark;
  if (const auto* bad = std::get_if<BadRecord>(&checked.item.record)) {
    ++counts_.bad;
    listener_.bad(*bad);
  } else if (const auto* article = std::get_if<Article>(&checked.item.record)) {
    done.article = checked.key;
    // The same article may have come twice within what was checked at a time.
    if (checked.is_known || journal_.Knows(checked.key)) {
      ++counts_.known;
    } else {
      listener_.read(*article);
      NoticeArchive(checked.archive);
      if (!checked.line.empty() && !Write(checked, done)) return false;
      ++counts_.articles;
      counts_.findings += checked.is_finding;
    }
  }
  failure_ = journal_.Commit(done);
  if (const auto* pipe = std::get_if<PipeMark>(&done.mark); pipe != nullptr && failure_.ok())
    failure_ = feed.Forget(*pipe);
  if (failure_.ok()) listener_.done(counts_);
  return failure_.ok();
}

}  // namespace unspin::watch
