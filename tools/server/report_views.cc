#include "server/report_views.h"

#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

constexpr int kLevel = 3;  // of zstd: a view of 200 kB takes a millisecond, and a sixth of the room
// Of a file, unpacked: sixteen times a text of 16 MiB. A view has four times its text, and a basis holds some
// originals.
constexpr size_t kMaxBytes = size_t{256} << 20;
constexpr int64_t kCasesPerFolder = 1000;  // so that no folder has a hundred thousand entries
constexpr const char* kView = ".html.zst";
constexpr const char* kBasis = ".basis.zst";

bool IsReportId(std::string_view id) {
  return !id.empty() && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

absl::Status SaveFile(const std::string& path, const std::string& content) {
  if (content.size() > kMaxBytes) return absl::OutOfRangeError(AbslView(path + ": too large to be kept"));
  std::string packed(ZSTD_compressBound(content.size()), '\0');
  const size_t size = ZSTD_compress(packed.data(), packed.size(), content.data(), content.size(), kLevel);
  if (ZSTD_isError(size)) return absl::InternalError(AbslView(path + ": could not be compressed"));
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::ofstream out(path + ".part", std::ios::binary);
  out.write(packed.data(), static_cast<std::streamsize>(size));
  out.close();
  if (out) std::filesystem::rename(path + ".part", path, error);
  if (!out || error) return absl::UnavailableError(AbslView(path + ": could not be written"));
  return absl::OkStatus();
}

std::optional<std::string> LoadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream read;
  read << in.rdbuf();
  const std::string packed = std::move(read).str();
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMaxBytes) return std::nullopt;
  std::string content(size, '\0');
  if (ZSTD_decompress(content.data(), content.size(), packed.data(), packed.size()) != size) return std::nullopt;
  return content;
}

}  // namespace

std::string ReportViews::FolderOf(int64_t case_id) const {
  return folder_ + "/" + std::to_string(case_id / kCasesPerFolder) + "/" + std::to_string(case_id);
}

std::string ReportViews::PathOf(int64_t case_id, const std::string& report_id, const char* ending) const {
  return FolderOf(case_id) + "/" + report_id + ending;
}

absl::Status ReportViews::Save(int64_t case_id, const std::string& report_id, const std::string& html) const {
  assert(IsReportId(report_id));
  return SaveFile(PathOf(case_id, report_id, kView), html);
}

std::optional<std::string> ReportViews::Load(int64_t case_id, const std::string& report_id) const {
  if (!IsReportId(report_id)) return std::nullopt;
  return LoadFile(PathOf(case_id, report_id, kView));
}

absl::Status ReportViews::SaveBasis(int64_t case_id, const std::string& report_id, const std::string& json) const {
  assert(IsReportId(report_id));
  return SaveFile(PathOf(case_id, report_id, kBasis), json);
}

std::optional<std::string> ReportViews::LoadBasis(int64_t case_id, const std::string& report_id) const {
  if (!IsReportId(report_id)) return std::nullopt;
  return LoadFile(PathOf(case_id, report_id, kBasis));
}

bool ReportViews::HasBasis(int64_t case_id, const std::string& report_id) const {
  std::error_code error;
  return IsReportId(report_id) && std::filesystem::exists(PathOf(case_id, report_id, kBasis), error);
}

std::vector<int64_t> ReportViews::Cases() const {
  std::vector<int64_t> cases;
  std::error_code error;
  for (auto entry = std::filesystem::recursive_directory_iterator(folder_, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    int64_t id = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), id);
    if (entry.depth() == 1 && problem == std::errc() && end == name.data() + name.size()) cases.push_back(id);
  }
  return cases;
}

void ReportViews::Remove(int64_t case_id) const {
  std::error_code ignored;
  std::filesystem::remove_all(FolderOf(case_id), ignored);
}

}  // namespace unspin::server
