// A thread that opens the cases that wait in the journal, one after the other, until the service has each.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "watch/case_client.h"
#include "watch/stop_flag.h"
#include "watch/watch_journal.h"

namespace unspin::watch {

struct SenderListener {
  std::function<void(const std::string&)> say = [](const auto&) {};   // a sentence for people
  std::function<void(const std::string&)> fail = [](const auto&) {};  // the journal cannot be read or written any more
};

// The pause before the next attempt, after `failed` attempts in a row: a second, and twice as long each time, up to a
// minute. REQUIRES: failed > 0.
std::chrono::milliseconds PauseAfter(unsigned failed);

class CaseSender {
 public:
  // Cases that the service refuses are written to `refused.jsonl` in the folder of the journal. `journal` must outlive
  // the sender; its functions are called on a thread of the sender.
  CaseSender(std::unique_ptr<CaseClient> client, WatchJournal& journal, const StopFlag& stop, SenderListener listener);
  // Ends the thread. REQUIRES: `stop` was raised.
  ~CaseSender();

 private:
  void Run();
  absl::Status SetAside(const WaitingCase& waiting, const std::string& why);
  // Waits; true where `stop` was raised meanwhile.
  bool Pause(std::chrono::milliseconds time);

  const std::unique_ptr<CaseClient> client_;
  WatchJournal& journal_;
  const StopFlag& stop_;
  const SenderListener listener_;
  std::thread thread_;
};

}  // namespace unspin::watch
