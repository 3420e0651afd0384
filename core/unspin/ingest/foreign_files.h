// Files that hold no article text and are recognised by their first bytes: pictures, office documents, archives.
#pragma once

#include <string_view>

namespace unspin {

// What the file is and what to do: "a PDF document; convert it to text first (pdftotext)". Empty if it is none of
// these.
std::string_view DescribeForeignFile(std::string_view head);

}  // namespace unspin
