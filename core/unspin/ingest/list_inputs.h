// Names of files and folders → the files to read, in a fixed order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/ingest/walk_filter.h"

namespace unspin {

struct InputPath {
  std::string path;              // "-" for standard input
  std::string problem;           // not empty: why it cannot be read, as far as a listing shows
  std::optional<size_t> folder;  // that it was found below, in InputList::folders; nothing: it was named itself
};

// A folder that was named.
struct InputFolder {
  std::string path;
  LeftAside left_aside;              // of the files below it, as far as their names show
  std::vector<std::string> entered;  // itself and the folders below it that were listed
};

struct InputList {
  std::vector<InputPath> files;
  std::vector<InputFolder> folders;
};

struct ListOptions {
  bool follow_folder_links = true;   // below the folders that were named; links to files are always read
  std::function<bool()> is_stopped;  // asked before each file and folder; empty: nobody stops it
};

// Files below a folder come in name order. Symbolic links are followed; a folder is entered once. Left aside are names
// that begin with a dot, files that by their names are no articles, the folders that a browser saved beside a page, and
// the files of an archive. Paths are those of NormalPath. Fails, and names all of them, if inputs do not exist;
// Cancelled if it was stopped.
absl::StatusOr<InputList> ListInputs(const std::vector<std::string>& inputs, const ListOptions& options = {});

// The path without what changes nothing in it, because ids of articles are made of paths: "docs/a.txt" for
// "./docs//a.txt". ".." stays, because a link may stand before it; "./-" stays, because "-" is standard input.
std::string NormalPath(std::string_view path);

// The bytes of all inputs, as stored; nothing if one of them has no size, such as standard input.
std::optional<uint64_t> TotalBytes(const std::vector<InputPath>& inputs);

}  // namespace unspin
