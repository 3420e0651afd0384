// Files that hold no article text and are recognised by their first bytes: pictures, office documents, archives, our
// own reports.
#pragma once

#include <string_view>

namespace unspin {

enum class ForeignKind {
  kDocument,   // may hold an article, in a form that is not read: a PDF
  kNoArticle,  // never holds one: a picture, a font, a program
  kOurs,       // written by this program: a report, a segment
};

struct ForeignFile {
  std::string_view description;  // what it is and what to do: "a PDF document; convert it to text first (pdftotext)"
  ForeignKind kind = ForeignKind::kNoArticle;
  explicit operator bool() const { return !description.empty(); }
};

// What the file is; empty if it is none of these. `head` is decompressed.
ForeignFile FindForeignFile(std::string_view head);

// Binary data that no signature names: NUL bytes, or control characters among bytes that are mostly no text. `head` is
// in UTF-8 if it is text in UTF-16 or UTF-32. Empty if it may be text, in whatever encoding; else as above.
ForeignFile FindBinaryData(std::string_view head);

// A report or an index page, a line of reports, of clusters or of edges as this program writes them. People index them
// by mistake; as inputs of their own they are read.
bool IsOwnReport(std::string_view head);

}  // namespace unspin
