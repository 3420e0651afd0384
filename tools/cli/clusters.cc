#include "cli/clusters.h"

#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <utility>

#include "cli/messages.h"
#include "render/json_writer.h"

namespace unspin::cli {
namespace {

void WriteSimilarity(float similarity, JsonWriter& json) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, static_cast<double>(similarity),
                                 std::chars_format::general, /*precision=*/6)
                       .ptr;
  json.Key("similarity");
  json.Raw({digits, end});
}

void WriteLine(JsonWriter& json, ResultFile& out) { out.Write(json.Take() + '\n'); }

}  // namespace

ResultFile::ResultFile(const std::string& path) : path_(path) {
  struct stat about;
  const bool in_place = path == "-" || (stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode));
  if (!in_place) temporary_ = path + ".tmp-" + std::to_string(getpid());
  file_ = path == "-" ? stdout : std::fopen(in_place ? path.c_str() : temporary_.c_str(), "wb");
}

ResultFile::~ResultFile() {
  if (file_ == nullptr) return;
  if (file_ != stdout) std::fclose(file_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void ResultFile::Write(const std::string& line) {
  failed_ = failed_ || file_ == nullptr || std::fwrite(line.data(), 1, line.size(), file_) != line.size();
}

bool ResultFile::Finish() {
  if (file_ == nullptr) {
    PrintError("cannot write " + path_ + ": check that its folder exists and may be written to");
    return false;
  }
  bool written = !failed_ && std::fflush(file_) == 0;
  if (written && !temporary_.empty()) written = std::rename(temporary_.c_str(), path_.c_str()) == 0;
  if (written) temporary_.clear();
  if (!written) PrintError("cannot write " + (path_ == "-" ? "to standard output" : path_) + ": is the disk full?");
  return written;
}

bool WriteResults(const std::string& path, const std::function<absl::Status(ResultFile&)>& write) {
  ResultFile out(path);
  const absl::Status failure = write(out);
  if (!failure.ok()) PrintError(failure);
  return failure.ok() && out.Finish();
}

absl::Status ClusterLines::WriteClusters(uint64_t begin, uint64_t end, ResultFile& out) const {
  for (uint64_t article = begin; article < end; ++article) {
    const Membership place = place_of(article);
    const auto id = id_of(article);
    if (!id.ok()) return id.status();
    const auto representative = place.representative == article ? id : id_of(place.representative);
    if (!representative.ok()) return representative.status();
    JsonWriter json;
    json.BeginObject();
    json.Field("id", *id);
    json.Field("cluster", uint64_t{place.representative} + 1);
    json.Field("representative", *representative);
    WriteSimilarity(place.similarity, json);
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
    json.EndObject();
    WriteLine(json, out);
  }
  return absl::OkStatus();
}

}  // namespace unspin::cli
