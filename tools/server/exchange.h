// One request and its answer, from the request's first line to the last byte sent.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/http_message.h"
#include "server/router.h"

struct MHD_Connection;

namespace unspin::server {

struct Exchange;

// One connection. `deadline` is when its socket is shut down, because the client was too slow; kNever: not at all.
struct Link {
  static constexpr int64_t kNever = INT64_MAX;

  int socket = -1;
  std::atomic<int64_t> deadline{kNever};
  std::atomic<bool> too_slow{false};
  std::atomic<bool> answered{false};   // by a refusal before the request was complete
  bool half_closed = false;            // as the server's watch last saw it: the client sends nothing more
  std::shared_ptr<Exchange> exchange;  // under the server's mutex of links
};

// Times are MonotonicMilliseconds(). The thread that sends is the only one that touches what is neither atomic nor
// under the mutex, until the request is complete; then the worker has `request` until it answers.
struct Exchange : std::enable_shared_from_this<Exchange> {
  enum class Phase {
    kHeader,
    kBody,
    kDiscard,  // refused; a short body is read, and the connection can be used again
    kLinger,   // refused and answered; what the client still sends is read for a while
    kComplete
  };

  MHD_Connection* connection = nullptr;
  Link* link = nullptr;
  std::string target;  // the request's, as it came
  Request request;
  const Route* route = nullptr;
  Phase phase = Phase::kHeader;
  std::optional<Response> refusal;  // decided before the request was complete
  bool close = false;               // the connection is not used again
  uint64_t max_body = 0;            // bytes; larger: 413
  int64_t begun = 0;
  std::atomic<int64_t> complete{0};  // 0: not yet
  uint64_t bytes_in = 0, bytes_out = 0;
  int status = 0;
  std::atomic<int64_t> waited{0};  // in the queue

  std::mutex mutex;  // of the following
  bool suspended = false, answered = false, gone = false, woken = false;
  Response response;

  // A stream. What is not atomic is the sending thread's.
  std::string pending;
  size_t sent = 0;
  bool ended = false, finish_called = false, streaming = false;
  std::atomic<int64_t> waiting_since{0};  // 0: it does not wait
  std::atomic<bool> beat{false}, client_gone{false}, finish{false}, abort{false};

  // The first answer counts; false for a later one, or where the client has gone. From any thread.
  bool Answer(Response answer);
  // A stream's: see Waker. From any thread.
  void Wake();
  // True: the connection waits for the answer, suspended. False: there is one.
  bool SuspendUnlessAnswered();

  // Hands the answer to libmicrohttpd. `stall`: ms after which a client that takes nothing is too slow; `min_rate`:
  // bytes a second that it has to take. False: the connection must be closed.
  bool Send(int64_t stall, size_t min_rate);

 private:
  int64_t ReadStream(char* buffer, size_t size);
  bool Refill();
  bool WaitForWake();

  static int64_t OnRead(void* exchange, uint64_t position, char* buffer, size_t size);

  int64_t stall_ = 0;
};

}  // namespace unspin::server
