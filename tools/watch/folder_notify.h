// What happens in folders, as the kernel tells it (inotify): files that a writer has closed, and other folders.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "unspin/io/descriptor.h"

namespace unspin::watch {

// Not safe to share between threads.
class FolderNotify {
 public:
  // Without inotify, as where a limit is reached, nothing is ever told.
  FolderNotify();

  int descriptor() const { return inotify_.get(); }  // readable where something happened; negative: there is none

  // From now on tells of what happens in these folders and in no others. Whether one of them is new. `problem` says why
  // some cannot be watched; empty where all are.
  bool Follow(const std::vector<std::string>& folders, std::string& problem);

  struct Happened {
    std::vector<std::string> files;  // paths of files that were closed by a writer, or moved here
    bool must_list = false;          // a folder came or went, or events were lost
  };
  // What happened since the last call. Does not wait.
  Happened Take();

 private:
  Descriptor inotify_;
  absl::flat_hash_map<int, std::string> folders_;  // by the number of their watch
  absl::flat_hash_set<std::string> followed_;
};

}  // namespace unspin::watch
