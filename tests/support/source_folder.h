// The folder of the sources, where tests find committed data.
#pragma once

#include <filesystem>

namespace unspin::testing {

std::filesystem::path SourceFolder();

}  // namespace unspin::testing
