// The committed sample articles, as tests read them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/source_folder.h"
#include "unspin/article/article.h"

namespace unspin::testing {

inline std::filesystem::path SamplesFolder() { return SourceFolder() / "datasets" / "samples"; }

// Names of the stories, ascending.
inline std::vector<std::string> SampleStories() {
  std::vector<std::string> stories;
  for (const auto& entry : std::filesystem::directory_iterator(SamplesFolder())) {
    if (std::filesystem::exists(entry.path() / "original.txt")) stories.push_back(entry.path().filename().string());
  }
  std::sort(stories.begin(), stories.end());
  return stories;
}

inline std::string ReadSample(const std::string& story, const std::string& file) {
  std::ifstream in(SamplesFolder() / story / file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline Article SampleArticle(const std::string& story, const std::string& file) {
  Article article;
  article.id = story + "/" + file;
  article.text = ReadSample(story, file);
  return article;
}

}  // namespace unspin::testing
