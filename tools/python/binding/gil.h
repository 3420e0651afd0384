// Giving the GIL away and taking it, also in threads that are still at work when the interpreter ends.
//
// CPython before 3.14 ends a thread that asks for the GIL of an interpreter that ends, by pthread_exit, whose unwinding
// cannot pass the frames of C++ and aborts the process. Such a thread waits here instead, until the process is gone, as
// CPython 3.14 lets it.
#pragma once

#include <nanobind/nanobind.h>

namespace unspin::python {

// The calling thread holds the GIL and gives it away until the end of the scope.
class GilReleased {
 public:
  GilReleased();
  GilReleased(const GilReleased&) = delete;
  ~GilReleased();

 private:
  PyThreadState* const state_;
};

// The calling thread, of Python or not, takes the GIL until the end of the scope, unless it holds it already.
class GilHeld {
 public:
  GilHeld();
  GilHeld(const GilHeld&) = delete;
  ~GilHeld();

 private:
  const bool was_away_;
  PyGILState_STATE state_;
};

// Registers what has to be done when the interpreter ends.
void BindGil(nanobind::module_& module);

}  // namespace unspin::python
