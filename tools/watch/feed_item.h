// What a feed gives: an article or a bad record, and how far the input is read once it is done with.
#pragma once

#include <cstdint>
#include <variant>

#include "unspin/article/article.h"
#include "unspin/records/record.h"
#include "watch/article_key.h"

namespace unspin::watch {

// How far a file was read. A file whose stamp is another one has changed, and is read from its beginning.
struct FileProgress {
  uint64_t stamp = 0;    // of the file's number, size and time of change; 0: never read
  uint64_t records = 0;  // read so far
  bool is_whole = false;
  friend bool operator==(const FileProgress&, const FileProgress&) = default;
};

struct FileMark {
  ArticleKey path;  // KeyOfPath
  FileProgress progress;
};

// How far a pipe was read, from the first byte that a watch with this journal took from one.
struct PipeMark {
  uint64_t bytes = 0, lines = 0;
  friend bool operator==(const PipeMark&, const PipeMark&) = default;
};

struct FeedItem {
  std::variant<std::monostate, Article, BadRecord> record;  // nothing: only the mark moves
  std::variant<std::monostate, FileMark, PipeMark> mark;
};

}  // namespace unspin::watch
