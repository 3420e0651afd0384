#include "cli/ending_signals.h"

#include <pthread.h>

#include <csignal>
#include <utility>

namespace unspin::cli {
namespace {

constexpr int kWake = SIGUSR1;  // for the thread alone, to end it

}  // namespace

EndingSignals::EndingSignals(std::function<void()> ask) {
  sigset_t ending, waited;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction current{};
    if (sigaction(signal, nullptr, &current) == 0 && current.sa_handler != SIG_IGN) sigaddset(&ending, signal);
  }
  waited = ending;
  sigaddset(&waited, kWake);
  pthread_sigmask(SIG_BLOCK, &waited, nullptr);
  thread_ = std::thread([this, ending, waited, ask = std::move(ask)] {
    int signal = 0;
    while (sigwait(&waited, &signal) != 0) continue;
    if (signal == kWake) return;
    pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);  // from here on a second one ends the process
    has_come_ = true;
    ask();
    is_over_.wait(false);
  });
}

EndingSignals::~EndingSignals() {
  is_over_ = true;
  is_over_.notify_all();
  pthread_kill(thread_.native_handle(), kWake);
  thread_.join();
}

}  // namespace unspin::cli
