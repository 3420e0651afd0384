// absl::Status → exceptions of Python, with the sentences of the program.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include <nanobind/nanobind.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/base/strings.h"

namespace unspin::python {

// Becomes unspin.Error.
class StatusError : public std::exception {
 public:
  explicit StatusError(const absl::Status& status) : message_(StdView(status.message())) {}
  explicit StatusError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

// Throws a StatusError unless the status is OK.
inline void ThrowIfFailed(const absl::Status& status) {
  if (!status.ok()) throw StatusError(status);
}

template <typename Value>
Value ValueOrThrow(absl::StatusOr<Value> result) {
  if (!result.ok()) throw StatusError(result.status());
  return *std::move(result);
}

// For wrong arguments.
inline nanobind::builtin_exception ValueError(const std::string& message) {
  return nanobind::value_error(message.c_str());
}
inline nanobind::builtin_exception TypeError(const std::string& message) {
  return nanobind::type_error(message.c_str());
}

// Raises what a signal handler raises, such as KeyboardInterrupt. Takes the GIL itself. Signals reach the main thread
// only; in others it does nothing.
void ThrowIfInterrupted();

void BindErrors(nanobind::module_& module);

}  // namespace unspin::python
