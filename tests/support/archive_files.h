// Archives in temporary folders, filled with made articles.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/made_articles.h"
#include "unspin/base/strings.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/pipeline.h"

namespace unspin::testing {

inline constexpr uint64_t kOneSegment = uint64_t{1} << 40;  // bytes of text: more than any test adds

inline std::string Message(const absl::Status& status) { return std::string(StdView(status.message())); }

inline std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline std::unique_ptr<ArchiveWriter> OpenWriter(const std::string& folder, uint64_t segment_bytes = kOneSegment,
                                                 bool replace = false) {
  auto writer = ArchiveWriter::Open(folder, segment_bytes, replace);
  EXPECT_TRUE(writer.ok()) << writer.status();
  return *std::move(writer);
}

inline std::unique_ptr<const Archive> OpenArchive(const std::string& folder) {
  auto archive = Archive::Open(folder);
  EXPECT_TRUE(archive.ok()) << archive.status();
  return *std::move(archive);
}

inline absl::StatusOr<ArchiveWriter::Added> Add(ArchiveWriter& writer, const MadeArticle& made) {
  return writer.Add(made.article, {made.sketch, made.anchors, made.listed_runs});
}

inline MadeArticle WithId(MadeArticle made, const std::string& id) {
  made.article.id = id;
  return made;
}

// Adds the made articles [begin, end).
inline void Fill(const std::string& folder, uint64_t begin, uint64_t end, uint64_t segment_bytes = kOneSegment) {
  const auto writer = OpenWriter(folder, segment_bytes);
  for (uint64_t i = begin; i < end; ++i) ASSERT_TRUE(Add(*writer, MakeArticle(i)).ok());
  ASSERT_TRUE(writer->Finish().ok());
}

// "id/version" of all candidates, sorted. A suspect shares much with all articles.
inline std::vector<std::string> Findable(const Archive& archive, const MadeArticle& suspect,
                                         const CandidateOptions& options = {}) {
  SearchScratch scratch;
  std::vector<std::string> found;
  for (const Candidate& candidate :
       archive.reader().FindCandidates(suspect.sketch, suspect.anchors, options, scratch)) {
    const auto stored = archive.reader().Fetch(candidate.address);
    EXPECT_TRUE(stored.ok()) << stored.status();
    found.push_back(stored->article.id + "/" + std::to_string(stored->version));
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace unspin::testing
