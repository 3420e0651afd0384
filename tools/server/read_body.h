// The body of a request → the article in it, read by the readers that read files, as `unspin check -` would.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/http_message.h"
#include "unspin/article/article.h"
#include "unspin/records/reader_options.h"

namespace unspin::server {

// An article, and how a command line would have to read the same bytes: reports name these options.
struct ReadArticle {
  Article article;
  ReaderOptions options;
};

// What a body says of itself. `name`: of the file that it was, "-" where it has none; it is the article's path, and its
// id where the content names none. `max_bytes`: of the body once it is decompressed.
struct BodyKind {
  std::string content_type;  // in lower case, without parameters
  std::string name = "-";
  uint64_t max_bytes = 0;
};

// Whether a body of this type is read at all: texts, pages, JSON, and files whose content tells what they are.
bool IsReadable(std::string_view content_type);
// The answer where it is not: 415, with the types that are.
Response UnreadableType(const Request& request);

// The article, or the answer that says what is wrong with the body. `content_type` decides only what content leaves
// open: a page without any sign of HTML is read as HTML where it says so.
std::variant<ReadArticle, Response> ReadBody(const std::string& body, const BodyKind& kind);

// All articles of a body in any input format, and where the others stand. The answer where there is none at all.
struct ReadArticles {
  std::vector<Article> articles;
  struct Bad {
    std::string where, message;
  };
  std::vector<Bad> bad;
};
ReadArticles ReadAll(const std::string& body, const BodyKind& kind);

// The last part of a file's name that a client gave: "page.html" of "C:\x\page.html"; "-" where nothing is left.
std::string FileNameOf(std::string_view name);

}  // namespace unspin::server
