#include "unspin/engine/own_record.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace unspin {
namespace {

constexpr double kMinSimilarity = 0.5;  // of two versions of one article

// "https://example.com/" names a site, not an article: some collections have it in every record.
bool NamesAPage(std::string_view url) {
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const size_t path = url.find('/');
  return path != std::string_view::npos && path + 1 < url.size();
}

// An article without an id is named after its file: "-", "-#17", "news.jsonl#17". That names it only where the file
// does.
bool IsFromStandardInput(const Article& article) {
  return article.path == "-" && (article.id == "-" || article.id.starts_with("-#"));
}

}  // namespace

bool IsOwnRecord(const Article& suspect, std::string_view sha256, const StoredArticle& stored,
                 const std::function<double()>& similarity, const std::function<bool()>& same_file) {
  const Article& original = stored.article;
  const bool has_origin = suspect.record.has_value();  // that somebody else recorded; a page's own file has no number
  if (has_origin && suspect.url == original.url && NamesAPage(suspect.url)) return true;
  const bool same_text = sha256 == stored.sha256;
  const bool sites_known = !suspect.site.empty() && !original.site.empty();
  const bool same_site = has_origin && sites_known && suspect.site == original.site;
  if (same_site && same_text) return true;
  if (same_text && same_file()) return true;
  if (suspect.id != original.id || IsFromStandardInput(suspect) || (sites_known && suspect.site != original.site))
    return false;
  return same_text || (same_site && similarity() >= kMinSimilarity);
}

bool IsSameFile(const Article& suspect, const Article& original) {
  if (suspect.record || original.record || suspect.path.empty() || suspect.path == "-") return false;
  std::error_code error;
  return std::filesystem::equivalent(suspect.path, original.path, error) && !error;
}

}  // namespace unspin
