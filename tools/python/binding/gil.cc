#include "binding/gil.h"

#include <pthread.h>
#include <unistd.h>

#include <atomic>

namespace unspin::python {
namespace {

std::atomic<bool> is_ending = false;
std::atomic<int> asking = 0;  // threads that ask for the GIL and will get it
// The thread that ends the interpreter, and gets the GIL until its end. Written before is_ending.
pthread_t ending_thread;

thread_local bool is_away = false;  // the thread had the GIL and gave it away

// One thread's asking for the GIL, up to when it has it.
class Asking {
 public:
  // `may_hold_it`: the thread may have it already; then it must go on.
  explicit Asking(bool may_hold_it) {
    ++asking;
    if (!is_ending || may_hold_it || pthread_equal(pthread_self(), ending_thread) != 0) return;
    Finish();
    while (true) pause();
  }
  Asking(const Asking&) = delete;
  ~Asking() { Finish(); }

 private:
  static void Finish() {
    --asking;
    asking.notify_all();
  }
};

// From now on no other thread asks. Those that ask already get the GIL: they would be ended while they wait.
void End() {
  ending_thread = pthread_self();
  is_ending = true;
  PyThreadState* const state = PyEval_SaveThread();
  for (int left = asking; left > 0; left = asking) asking.wait(left);
  PyEval_RestoreThread(state);
}

}  // namespace

GilReleased::GilReleased() : state_(PyEval_SaveThread()) { is_away = true; }

GilReleased::~GilReleased() {
  const Asking until_held(false);
  PyEval_RestoreThread(state_);
  is_away = false;
}

GilHeld::GilHeld() : was_away_(is_away) {
  // A thread that Python does not know has never had it.
  const Asking until_held(!is_away && PyGILState_GetThisThreadState() != nullptr);
  state_ = PyGILState_Ensure();
  is_away = false;
}

GilHeld::~GilHeld() {
  PyGILState_Release(state_);
  is_away = was_away_;
}

void BindGil(nanobind::module_& module) {
  // A child has none of the threads that asked.
  pthread_atfork(nullptr, nullptr, [] { asking = 0; });
  module.def("_end", &End);
  nanobind::module_::import_("atexit").attr("register")(module.attr("_end"));
}

}  // namespace unspin::python
