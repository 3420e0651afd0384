// What every call that reads many articles has in common: its source, its threads, its bad rows and its progress.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "binding/article_source.h"
#include "binding/crew.h"
#include "binding/errors.h"

namespace unspin::python {

// An object of Python that threads without the GIL hold.
class HeldObject {
 public:
  explicit HeldObject(nb::object object) : object_(std::move(object)) {}
  HeldObject(const HeldObject&) = delete;
  ~HeldObject() {
    if (!object_.is_valid()) return;
    const nb::gil_scoped_acquire gil;
    object_.reset();
  }
  const nb::object& operator*() const { return object_; }

 private:
  nb::object object_;
};

// Arguments that such calls share.
struct PullOptions {
  std::optional<int64_t> threads;
  bool strict = false;  // the first bad row raises Error
  nb::object progress;  // progress(done, of what): None shows nothing
};

class Pull {
 public:
  // Holds the GIL.
  Pull(std::unique_ptr<ArticleSource> source, const PullOptions& options)
      : source_(std::move(source)),
        crew_(ThreadsOf(options.threads)),
        strict_(options.strict),
        progress_(options.progress) {}

  // work(chunk, worker) → result for the next chunks of the source; no result at the end. The calling thread pulls the
  // source, the crew works. Does not hold the GIL.
  template <typename Work>
  auto Next(const ChunkSizes& sizes, const Work& work) {
    return Next(sizes, work, crew_.tasks());
  }
  // The same, where the threads run the tasks of a queue as well. REQUIRES: it has as many threads.
  template <typename Work>
  auto Next(const ChunkSizes& sizes, const Work& work, TaskQueue& tasks) {
    return crew_.Map(source_->Next(sizes), work, tasks);
  }

  Crew& crew() { return crew_; }
  uint64_t rows() const { return rows_; }
  uint64_t bad() const { return bad_; }

  void CountArticle() { ++rows_; }
  // Counts a row that is no article. Throws StatusError if they were to be none.
  void CountBad(const BadRecord& bad) {
    const std::string sentence = bad.location + ": " + bad.message;
    if (strict_) throw StatusError(sentence);
    if (bad_++ == 0) first_bad_ = sentence;
    ++rows_;
  }
  // Says how many rows, or what share of `what`, is done.
  void SayProgress(double done, const char* what) {
    if ((*progress_).is_none()) return;
    const nb::gil_scoped_acquire gil;
    (*progress_)(done, what);
  }
  void SayRows() { SayProgress(static_cast<double>(rows_), "rows"); }
  // At the end: a BadRecordWarning if there were bad rows.
  void WarnOfBad();

 private:
  std::unique_ptr<ArticleSource> source_;
  Crew crew_;
  const bool strict_;
  const HeldObject progress_;
  uint64_t rows_ = 0, bad_ = 0;
  std::string first_bad_;
};

}  // namespace unspin::python
