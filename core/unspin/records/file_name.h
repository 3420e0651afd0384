// Helpers for telling formats apart by a file's name and its first bytes.
#pragma once

#include <string>
#include <string_view>

namespace unspin {

// The extension in lower case, without those of compressions: "html" for "folder/page.HTML.gz". Empty if there is none.
std::string FileExtension(std::string_view path);

// `head` from its first byte that is neither white space nor part of a byte order mark.
std::string_view SkipBlank(std::string_view head);

}  // namespace unspin
