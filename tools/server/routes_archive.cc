// /v1/archive and /v1/articles: what is compared with, and adding to it.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "render/article_json.h"
#include "render/json_writer.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/read_body.h"
#include "server/routes.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/pipeline.h"

namespace unspin::server {
namespace {

std::string SchemeInWords(const SketchScheme& scheme) {
  return "FastSimilaritySketch of " + std::to_string(scheme.size) + ", " + std::to_string(scheme.shingle_words) +
         "-word shingles, " + std::string(scheme.hash) + ", seed " + std::to_string(scheme.seed) + ", normalizer " +
         std::to_string(scheme.normalizer_version) + ", " + std::string(scheme.unicode);
}

// As `unspin info --json`, without paths and files of the server.
Response ShowArchive(Service& service, const Request&, Worker&) {
  const std::shared_ptr<const Archive> archive = service.archive().Get();
  const ArchiveStatistics& statistics = archive->Statistics();
  JsonWriter json;
  json.BeginObject();
  json.Field("articles", statistics.articles);
  json.Field("text_bytes", statistics.text_bytes);
  json.Field("disk_bytes", statistics.disk_bytes);
  json.Field("fingerprint", statistics.fingerprint);
  json.Field("segments", statistics.segments.size());
  json.Field("standing_text", statistics.standing_text);
  json.Field("scheme", SchemeInWords(SketchScheme::Default()));
  json.Field("lexicon", service.engine().LexiconProvenance());
  json.Field("built_in", service.engine().StandingTextProvenance());
  json.Field("model", service.engine().ModelName());
  json.Field("kernels", Engine::KernelName());
  json.Field("version", kVersion);
  json.FieldUnlessEmpty("problem", service.archive().problem());
  json.EndObject();
  return Json(json.Take());
}

Response NoSuchArticle(const std::string& id) {
  return Problem(404, "not_found", "the archive holds no article of the id " + id);
}

// All versions of an article, a line each, or one of them.
Response ShowArticle(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const uint64_t version = arguments.Number("version", 0, 1, UINT32_MAX);
  if (!arguments.ok()) return *arguments.TakeProblem();
  const std::string& id = request.parameters[0];
  const std::shared_ptr<const Archive> archive = service.archive().Get();
  JsonWriter json;
  json.BeginObject();
  json.Field("id", id);
  json.Key("versions");
  json.BeginArray();
  bool found = false;
  for (const ArticleAddress& address : archive->reader().FindVersions(id)) {
    const auto stored = archive->reader().Fetch(address);
    if (!stored.ok()) return ErrorAnswer(stored.status());
    if (version != 0 && stored->version != version) continue;
    json.Raw(RenderArticle(stored->article, stored->version));
    found = true;
  }
  json.EndArray();
  json.EndObject();
  return found ? Json(json.Take()) : NoSuchArticle(id);
}

std::string FirstProblem(const ReadArticles& read) {
  if (read.bad.empty()) return "there is no article in the body";
  const ReadArticles::Bad& first = read.bad.front();
  return (first.where == "-" ? "the body" : first.where) + ": " + first.message;
}

Response AddArticles(Service& service, const Request& request, Worker&) {
  if (!IsReadable(request.content_type)) return UnreadableType(request);
  ReadArticles read = ReadAll(request.body, KindOfBody(service, request));
  // A body without a name is "-" to the reader, which would be the id of every such article.
  std::erase_if(read.articles, [&](const Article& article) {
    if (article.id != article.path && article.id != article.path + "#" + std::to_string(article.record.value_or(0)))
      return false;
    if (article.path != "-") return false;
    read.bad.push_back({article.record ? "record " + std::to_string(*article.record) : "the body",
                        "has no id; send JSON with `id`, or name the file in the query: ?name=a.html"});
    return true;
  });
  IndexedArticles counts;
  if (!read.articles.empty()) {
    const auto added = service.AddArticles(std::move(read.articles));
    if (!added.ok()) return ErrorAnswer(added.status());
    counts = *added;
  }
  const bool any = counts.added + counts.new_versions + counts.unchanged > 0;
  JsonWriter json;
  json.BeginObject();
  json.Field("added", counts.added);
  json.Field("new_versions", counts.new_versions);
  json.Field("unchanged", counts.unchanged);
  json.Key("bad");
  json.BeginArray();
  for (const ReadArticles::Bad& bad : read.bad) {
    json.BeginObject();
    json.Field("where", bad.where);
    json.Field("message", bad.message);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  if (!any) return Problem(400, "unreadable_body", "no article was added: " + FirstProblem(read));
  return Json(json.Take());
}

Response RemoveArticle(Service& service, const Request& request, Worker&) {
  const auto removed = service.RemoveArticle(request.parameters[0]);
  if (!removed.ok()) return ErrorAnswer(removed.status());
  return *removed ? NothingToSay() : NoSuchArticle(request.parameters[0]);
}

}  // namespace

void AddArchiveRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"GET", "/v1/archive", Scope::kRead, ShowArchive, "archive"},
             {"POST", "/v1/articles", Scope::kWrite, AddArticles, "add-articles"},
             {"GET", "/v1/articles/{id}", Scope::kRead, ShowArticle, "article"},
             {"DELETE", "/v1/articles/{id}", Scope::kWrite, RemoveArticle, "remove-article"}});
}

}  // namespace unspin::server
