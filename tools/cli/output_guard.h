// Refuses a command whose output would overwrite what it reads, another of its outputs, or an archive.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace unspin::cli {

struct OutputPath {
  std::string_view option;  // "--out"
  std::string path;         // a file, "-" for standard output; empty: the option was not given
};

// A folder in which the command writes files under names of its own.
struct OutputFolder {
  std::string_view option;
  std::string path;                       // empty: the option was not given
  bool (*writes)(std::string_view name);  // whether a file of this name may be one of them
};

// Files and folders of one command. Names are compared as the system sees them: other spellings, symbolic and hard
// links lead to the same file.
struct CommandFiles {
  std::vector<std::string> inputs;  // files, folders, "-" for standard input; empty names count as not given
  std::string archive;              // folder; empty: none
  std::vector<OutputPath> outputs;
  std::vector<OutputFolder> output_folders;
  bool follow_folder_links = true;  // as the command lists its input folders (unspin/ingest/list_inputs.h)
};

// Call it before anything is opened. Fails, and names both paths, where an output is an input, a file of an input
// folder that would be read, another output, an archive's file or the folder of `archive`, or where a file of an output
// folder may be one of these inputs; also where the folder of a new file is missing or may not be written to. Pipes and
// devices overwrite nothing.
absl::Status GuardOutputs(const CommandFiles& files);

}  // namespace unspin::cli
