#include "cli/prepared_file.h"

#include <cassert>
#include <cstring>
#include <string_view>
#include <utility>

#include "unspin/io/read_file.h"

namespace unspin::cli {
namespace {

uint32_t CountCodePoints(std::string_view bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  uint32_t count = 0;
  for (; bytes.size() >= sizeof kOnes; bytes.remove_prefix(sizeof kOnes)) {
    uint64_t eight;
    std::memcpy(&eight, bytes.data(), sizeof eight);
    // One for each byte that is no continuation byte (bits 10……); the highest byte of the product is their sum.
    count += static_cast<uint32_t>(((~eight >> 7 | eight >> 6) & kOnes) * kOnes >> 56);
  }
  for (const char c : bytes) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

std::vector<uint32_t> CodePointCounts(std::string_view text) {
  std::vector<uint32_t> counts;
  counts.reserve(text.size() / PreparedFile::kStride + 1);
  uint32_t count = 0;
  for (size_t offset = 0; offset <= text.size(); offset += PreparedFile::kStride) {
    counts.push_back(count);
    count += CountCodePoints(text.substr(offset, PreparedFile::kStride));
  }
  return counts;
}

}  // namespace

uint32_t PreparedFile::CodePointsBefore(uint32_t offset) const {
  assert(offset <= article.text.size());
  const uint32_t block = offset / kStride;
  return code_points[block] +
         CountCodePoints(std::string_view(article.text).substr(block * kStride, offset - block * kStride));
}

absl::StatusOr<std::shared_ptr<const PreparedFile>> PreparedFileCache::Load(const Engine& engine,
                                                                            const std::string& path,
                                                                            Workspace& workspace) {
  {
    const std::lock_guard lock(mutex_);
    if (auto cached = files_.Find(path)) return cached;
  }
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  auto file = std::make_shared<PreparedFile>();
  file->article.id = path;
  file->article.text = *std::move(text);
  file->prepared = engine.Prepare(file->article, workspace);
  file->code_points = CodePointCounts(file->article.text);
  const size_t size = file->article.text.size();
  const std::lock_guard lock(mutex_);
  files_.Add(path, file, size);
  return std::shared_ptr<const PreparedFile>(std::move(file));
}

}  // namespace unspin::cli
