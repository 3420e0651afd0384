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

namespace unspin::server {
namespace {

constexpr int kLevel = 3;  // of zstd: a view of 200 kB takes a millisecond, and a sixth of the room
constexpr size_t kMaxBytes = size_t{256} << 20;  // of a view: four times that of a text of 16 MiB
constexpr int64_t kCasesPerFolder = 1000;        // so that no folder has a hundred thousand entries

bool IsReportId(std::string_view id) {
  return !id.empty() && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string ReportViews::FolderOf(int64_t case_id) const {
  return folder_ + "/" + std::to_string(case_id / kCasesPerFolder) + "/" + std::to_string(case_id);
}

absl::Status ReportViews::Save(int64_t case_id, const std::string& report_id, const std::string& html) const {
  assert(IsReportId(report_id));
  if (html.size() > kMaxBytes) return absl::OutOfRangeError("the view of the report is too large to be kept");
  std::string packed(ZSTD_compressBound(html.size()), '\0');
  const size_t size = ZSTD_compress(packed.data(), packed.size(), html.data(), html.size(), kLevel);
  if (ZSTD_isError(size)) return absl::InternalError("the view of the report could not be compressed");
  const std::string folder = FolderOf(case_id);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string path = folder + "/" + report_id + ".html.zst";
  std::ofstream out(path + ".part", std::ios::binary);
  out.write(packed.data(), static_cast<std::streamsize>(size));
  out.close();
  if (!out) return absl::UnavailableError("the view of the report could not be written to " + path);
  std::filesystem::rename(path + ".part", path, error);
  if (error) return absl::UnavailableError("the view of the report could not be written to " + path);
  return absl::OkStatus();
}

std::optional<std::string> ReportViews::Load(int64_t case_id, const std::string& report_id) const {
  if (!IsReportId(report_id)) return std::nullopt;
  std::ifstream in(FolderOf(case_id) + "/" + report_id + ".html.zst", std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream read;
  read << in.rdbuf();
  const std::string packed = std::move(read).str();
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMaxBytes) return std::nullopt;
  std::string html(size, '\0');
  if (ZSTD_decompress(html.data(), html.size(), packed.data(), packed.size()) != size) return std::nullopt;
  return html;
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
