#include "evidence/pack_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "evidence/pack_limits.h"
#include "evidence/zip_format.h"
#include "unspin/io/read_file.h"

namespace unspin::evidence {

absl::StatusOr<std::optional<std::string>> ReadPackFile(const std::string& path) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > kPackLimits.zip_bytes) {
    std::string head(kZipLocalMark.size(), '\0');
    std::ifstream(path, std::ios::binary).read(head.data(), static_cast<std::streamsize>(head.size()));
    if (head != kZipLocalMark) return std::nullopt;
  }
  auto bytes = ReadFile(path, kPackLimits.zip_bytes);
  if (!bytes.ok()) return bytes.status();
  if (!LooksLikeZip(*bytes)) return std::nullopt;
  return *std::move(bytes);
}

}  // namespace unspin::evidence
