#include "cli/interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace unspin::cli {
namespace {

std::mutex mutex;                             // guards `actions`
std::vector<std::function<void()>*> actions;  // of the values that live, oldest first

// The signals that end the process, without those that whoever started it wants ignored (nohup).
sigset_t EndingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction current{};
    if (sigaction(signal, nullptr, &current) == 0 && current.sa_handler != SIG_IGN) sigaddset(&signals, signal);
  }
  return signals;
}

void WaitForSignal(const sigset_t& signals) {
  int signal = 0;
  if (sigwait(&signals, &signal) != 0) return;
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // from here on a second one ends the process
  const std::lock_guard lock(mutex);                // and is kept: no destructor runs on meanwhile
  for (auto action = actions.rbegin(); action != actions.rend(); ++action) (**action)();
  std::signal(signal, SIG_DFL);
  raise(signal);
  _exit(128 + signal);  // as a shell calls a process that the signal has ended
}

void StartWaiting() {
  static std::once_flag started;
  std::call_once(started, [] {
    const sigset_t signals = EndingSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread(WaitForSignal, signals).detach();
  });
}

}  // namespace

OnInterrupt::OnInterrupt(std::function<void()> act) : act_(std::move(act)) {
  {
    const std::lock_guard lock(mutex);
    actions.push_back(&act_);
  }
  StartWaiting();
}

OnInterrupt::~OnInterrupt() {
  const std::lock_guard lock(mutex);
  actions.erase(std::find(actions.begin(), actions.end(), &act_));
}

}  // namespace unspin::cli
