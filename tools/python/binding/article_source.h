// One way in: tables of Arrow, iterables of Python and files of articles as chunks that many threads read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <nanobind/nanobind.h>

#include "binding/row_fields.h"
#include "binding/row_parser.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record.h"
#include "unspin/records/record_block.h"

namespace unspin::python {

namespace nb = nanobind;

// Buffers of a thread that reads chunks.
struct ChunkBuffers {
  RowParser rows;
  RecordBlockParser blocks;
};

// Rows that one thread reads. Chunks of a source may be read by several threads at once, each by one; no chunk needs
// the GIL.
class ArticleChunk {
 public:
  virtual ~ArticleChunk() = default;
  // Passes each row to `take`, in order, as an article or as a bad record. Call one of the two, once.
  virtual void Read(ChunkBuffers& buffers, const std::function<void(Record)>& take) = 0;
  // As Read, where text, id and date are enough. What `take` is given is valid during the call.
  virtual void ReadTexts(ChunkBuffers& buffers, const std::function<void(TextRecord)>& take) = 0;
};

using ArticleChunks = std::vector<std::unique_ptr<ArticleChunk>>;

// How much is read ahead of the results: the rows of all chunks together, and of one.
struct ChunkSizes {
  size_t rows = 4096;
  size_t chunk = 64;
};

class ArticleSource {
 public:
  virtual ~ArticleSource() = default;
  // The next rows; no chunk at the end. The thread that pulls results calls it, without the GIL. Throws what a
  // producer in Python raises, and StatusError where a stream fails.
  virtual ArticleChunks Next(const ChunkSizes& sizes) = 0;
};

// Opens `data`: an object with __arrow_c_stream__ or __arrow_c_array__, an ArticleFiles, or an iterable. Raises
// TypeError for what is none of them and ValueError where names or types of columns do not fit. Holds the GIL.
std::unique_ptr<ArticleSource> OpenSource(nb::handle data, const RowNames& names);

// The three kinds.
std::unique_ptr<ArticleSource> OpenArrowSource(nb::handle data, const RowNames& names);
std::unique_ptr<ArticleSource> OpenIterableSource(nb::handle data, const RowNames& names);
std::unique_ptr<ArticleSource> OpenFileSource(std::vector<std::string> inputs, const ReaderOptions& options);

// What becomes of the text of one article, where it was not read from a page or a file.
enum class GivenText {
  kRecord,  // markup and mojibake are read as in a record of JSON
  kOfPair,  // likewise, and a report says nothing of a format, as `unspin compare --pairs`
  kAsIs,    // as `unspin align` takes a file
};

// One article of Python: a str, an (id, text), a dict or an Article. Throws StatusError where it has no text. `id`: of
// an article that brings none. Holds the GIL.
std::shared_ptr<const Article> TakeArticle(nb::handle item, const std::string& id, GivenText given);

void BindArticles(nb::module_& module);  // Article, ArticleFiles, read

}  // namespace unspin::python
