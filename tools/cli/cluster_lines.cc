#include "cli/cluster_lines.h"

#include <charconv>

#include "render/json_writer.h"

namespace unspin::cli {
namespace {

// The digits that a float carries.
constexpr int kSimilarityDigits = 6;

void WriteSimilarity(float similarity, JsonWriter& json) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, static_cast<double>(similarity),
                                 std::chars_format::general, kSimilarityDigits)
                       .ptr;
  json.Key("similarity");
  json.Raw({digits, end});
}

void WriteLine(JsonWriter& json, ResultFile& out) { out.Write(json.Take() + '\n'); }

}  // namespace

absl::Status ClusterLines::WriteClusters(uint64_t begin, uint64_t end, ResultFile& out) const {
  for (uint64_t article = begin; article < end; ++article) {
    const auto membership = membership_of(article);
    const auto id = id_of(article);
    if (!id.ok()) return id.status();
    const auto representative = membership.representative == article ? id : id_of(membership.representative);
    if (!representative.ok()) return representative.status();
    JsonWriter json;
    json.BeginObject();
    json.Field("id", *id);
    json.Field("cluster", cluster_of(article) + 1);
    json.Field("representative", *representative);
    WriteSimilarity(membership.similarity, json);
    if (membership.representative >= own) json.Field("archive", true);
    json.EndObject();
    WriteLine(json, out);
  }
  return absl::OkStatus();
}

absl::Status ClusterLines::WriteEdges(std::span<const SimilarPair> edges, ResultFile& out) const {
  for (const SimilarPair& edge : edges) {
    const auto a = id_of(edge.a), b = id_of(edge.b);
    if (!a.ok()) return a.status();
    if (!b.ok()) return b.status();
    JsonWriter json;
    json.BeginObject();
    json.Field("a", *a);
    json.Field("b", *b);
    WriteSimilarity(edge.similarity, json);
    if (edge.b >= own) json.Field("archive", true);  // `b` is an article of the archive
    json.EndObject();
    WriteLine(json, out);
  }
  return absl::OkStatus();
}

}  // namespace unspin::cli
