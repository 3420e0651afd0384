#include "unspin/inputs/parquet_fields.h"

#include <algorithm>

namespace unspin {
namespace {

constexpr size_t kId = 0, kText = 1, kPublished = 5;  // in the order of ArticleFields

// A column of that path. One whose own name has dots wins over a field of a structure.
std::optional<uint32_t> FindColumn(std::span<const ParquetColumn> columns, const std::string& path) {
  std::optional<uint32_t> best;
  for (uint32_t at = 0; at < columns.size(); ++at) {
    if (columns[at].path == path && (!best || columns[at].fields < columns[*best].fields)) best = at;
  }
  return best;
}

uint32_t Want(ParquetFields& found, uint32_t column) {
  const auto at = std::find(found.columns.begin(), found.columns.end(), column);
  if (at == found.columns.end()) {
    found.columns.push_back(column);
    return static_cast<uint32_t>(found.columns.size() - 1);
  }
  return static_cast<uint32_t>(at - found.columns.begin());
}

}  // namespace

ParquetFields FindParquetFields(std::span<const ParquetColumn> columns, const ReaderOptions& options, bool text_only) {
  ParquetFields found;
  const auto names = ArticleFields(options.fields);
  for (size_t field = 0; field < kArticleFields; ++field) {
    if (text_only && field != kId && field != kText && field != kPublished) continue;
    if (const auto column = FindColumn(columns, *names[field])) found.fields[field] = Want(found, *column);
  }
  if (text_only) return found;
  for (const std::string& name : options.keep) {
    if (const auto column = FindColumn(columns, name)) {
      found.kept.push_back({name, Want(found, *column), columns[*column].is_list});
    }
  }
  return found;
}

std::string NoTextColumn(std::span<const ParquetColumn> columns, const std::string& name) {
  constexpr size_t kMaxListed = 12, kMaxNameBytes = 60;
  const std::string within = name + ".";
  std::vector<const ParquetColumn*> parts, listed;
  for (const ParquetColumn& column : columns) {
    listed.push_back(&column);
    if (column.path.starts_with(within)) parts.push_back(&column);
  }
  const bool is_structure = !parts.empty();
  if (is_structure) listed = parts;
  std::string list;
  for (size_t at = 0; at < std::min(listed.size(), kMaxListed); ++at) {
    list += (at > 0 ? ", \"" : "\"") + listed[at]->path.substr(0, kMaxNameBytes) + "\"";
  }
  if (listed.size() > kMaxListed) list += ", ...";
  if (is_structure) return "the column \"" + name + "\" is a structure; name its part that holds the text: " + list;
  return "the file has no column \"" + name + "\"" + (list.empty() ? " and no other" : "; its columns are " + list) +
         ": name the one that holds the text (--text-field)";
}

}  // namespace unspin
