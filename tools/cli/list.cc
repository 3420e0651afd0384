// `unspin list`: the articles of an archive, a line each.
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "render/json_writer.h"
#include "render/visible.h"
#include "render/wording.h"
#include "unspin/engine/archive_reader.h"

namespace unspin::cli {
namespace {

struct ListOptions {
  std::string archive;
  bool json = false;
  bool quiet = false;
};

std::string JsonLine(const StoredArticle& stored) {
  const Article& article = stored.article;
  JsonWriter json;
  json.BeginObject();
  json.Field("id", article.id);
  json.Field("version", uint64_t{stored.version});
  json.FieldUnlessEmpty("title", article.title);
  json.FieldUnlessEmpty("url", article.url);
  json.FieldUnlessEmpty("site", article.site);
  json.FieldUnlessEmpty("published", article.published);
  json.Field("path", article.path);
  if (article.record) json.Field("record", *article.record);
  json.Field("bytes", uint64_t{article.text.size()});
  json.Field("sha256", stored.sha256);
  json.EndObject();
  return json.Take() + "\n";
}

// Id, version, date, bytes and title, with tabs between them.
std::string TextLine(const StoredArticle& stored) {
  const Article& article = stored.article;
  const auto shown = [](const std::string& field) { return field.empty() ? "-" : Visible(field); };
  return Visible(article.id) + "\t" + (stored.version > 1 ? "version " + std::to_string(stored.version) : "-") + "\t" +
         shown(article.published) + "\t" + std::to_string(article.text.size()) + "\t" + shown(article.title) + "\n";
}

ExitStatus Run(const ListOptions& options) {
  const auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  uint64_t articles = 0, undated = 0, untitled = 0;
  const absl::Status status = (*archive)->reader().VisitArticles([&](const StoredArticle& stored) {
    ++articles;
    undated += stored.article.published.empty();
    untitled += stored.article.title.empty();
    std::fputs((options.json ? JsonLine(stored) : TextLine(stored)).c_str(), stdout);
    return std::ferror(stdout) == 0;
  });
  if (!status.ok()) return Fail(status);
  if (!ResultsWritten()) return ExitStatus::kFailed;
  if (!options.quiet) {
    std::fprintf(stderr, "%s", Count(articles, "article").c_str());
    if (undated > 0) std::fprintf(stderr, ", %s without a date", Grouped(undated).c_str());
    if (untitled > 0) std::fprintf(stderr, ", %s without a title", Grouped(untitled).c_str());
    std::fputc('\n', stderr);
  }
  return ExitStatus::kDone;
}

}  // namespace

void AddList(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "list", "list the articles of an archive: id, version, date, bytes and title",
      Examples("unspin list archive", "unspin list archive --json | jq -r 'select(.published == null) | .id'"), Run);
  AddArchiveArgument(command, options.archive);
  command.add_flag("--json", options.json, "one article per line as JSON");
  AddQuietOption(command, options.quiet, "no summary on standard error");
}

}  // namespace unspin::cli
