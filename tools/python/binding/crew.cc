#include "binding/crew.h"

#include <string>
#include <thread>

#include "binding/errors.h"

namespace unspin::python {
namespace {

// Workers that no call uses. Its memory stays: 36 MB a worker at most, of texts and words that it has read.
std::vector<std::unique_ptr<Worker>>& IdleWorkers() {
  static auto* const workers = new std::vector<std::unique_ptr<Worker>>;  // never destroyed: threads may outlive main
  return *workers;
}

}  // namespace

const Engine& TheEngine() {
  static const Engine* const engine = new Engine;
  return *engine;
}

BorrowedWorker::BorrowedWorker() {
  auto& idle = IdleWorkers();
  if (idle.empty()) {
    worker_ = std::make_unique<Worker>();
    return;
  }
  worker_ = std::move(idle.back());
  idle.pop_back();
}

BorrowedWorker::~BorrowedWorker() {
  if (worker_ == nullptr || Py_IsInitialized() == 0) return;
  const nb::gil_scoped_acquire gil;
  // As many as cores: more would hold memory that only a crowd of threads needs.
  if (IdleWorkers().size() < std::max(1u, std::thread::hardware_concurrency())) {
    IdleWorkers().push_back(std::move(worker_));
  }
}

unsigned ThreadsOf(std::optional<int64_t> threads) {
  constexpr int64_t kMaxThreads = 1024;  // as the program
  if (!threads) return std::max(1u, std::thread::hardware_concurrency());
  if (*threads < 1 || *threads > kMaxThreads) {
    throw ValueError("threads=" + std::to_string(*threads) + ": give a number from 1 to 1024, or None for all cores");
  }
  return static_cast<unsigned>(*threads);
}

}  // namespace unspin::python
