// One way out: results that are computed batch by batch as they are pulled, through the Arrow C stream interface or as
// rows of Python.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>

#include <nanobind/nanobind.h>

#include "binding/arrow_builder.h"

namespace unspin::python {

namespace nb = nanobind;

// One consumer at a time, in any thread, whether it holds the GIL or not.
class ResultStream {
 public:
  virtual ~ResultStream() = default;
  virtual std::span<const ResultColumn> columns() const = 0;

  // The next batch, of at least one row; nothing at the end. Raises what a producer in Python raises, and Error. After
  // an exception the stream is at its end. REQUIRES: the caller does not hold the GIL.
  std::optional<ResultBatch> Next();
  // Whether a batch was asked for.
  bool has_begun() const { return has_begun_; }

 protected:
  virtual std::optional<ResultBatch> MakeNext() = 0;
  // make() → an optional that is nothing at the end. Guards the stream as Next does, and ends it
  // at the end and with an exception; then it returns an empty value.
  template <typename Make>
  auto Guarded(const Make& make) -> decltype(make()) {
    const Use use(is_busy_);
    has_begun_ = true;
    if (ended_) return {};
    ended_ = true;  // unless all goes well
    BeforeNext();
    auto next = make();
    ended_ = !next;
    return next;
  }

 private:
  // One consumer's turn.
  class Use {
   public:
    explicit Use(std::atomic<bool>& is_busy);
    ~Use() { is_busy_ = false; }

   private:
    std::atomic<bool>& is_busy_;
  };
  static void BeforeNext();

  std::atomic<bool> is_busy_ = false, has_begun_ = false;
  bool ended_ = false;
};

// ResultStream, as the class that results of Python hold.
void BindResultStream(nb::module_& module);

}  // namespace unspin::python
