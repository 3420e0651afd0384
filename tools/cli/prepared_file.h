// The files of `align`, read and prepared once for all threads and pairs.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/base/two_generation_cache.h"
#include "unspin/unspin.h"

namespace unspin::cli {

// A text file, prepared for alignment, whose positions can be given in code points.
struct PreparedFile {
  Article article;  // its id is the path
  std::shared_ptr<const PreparedArticle> prepared;
  std::vector<uint32_t> code_points;  // number of code points before every kStride-th byte

  static constexpr uint32_t kStride = 64;  // bytes

  // Code points before byte `offset`. REQUIRES: `offset` is at most the size of the text.
  uint32_t CodePointsBefore(uint32_t offset) const;
};

// Safe to share between threads.
class PreparedFileCache {
 public:
  // Reads and prepares the file unless the cache has it.
  absl::StatusOr<std::shared_ptr<const PreparedFile>> Load(const Engine& engine, const std::string& path,
                                                           Workspace& workspace);

 private:
  // Bytes of text in the young generation; a prepared text takes some fifteen times as much. PairList brings pairs that
  // share files together. To keep more files costs more (page faults of fresh memory) than to prepare a few again.
  static constexpr size_t kYoungBytes = size_t{512} << 10;

  std::mutex mutex_;  // guards files_
  TwoGenerationCache<std::string, const PreparedFile> files_{kYoungBytes};
};

}  // namespace unspin::cli
