#include "server/exchange.h"

#include <microhttpd.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "server/acceptor.h"
#include "server/raw_response.h"

namespace unspin::server {
namespace {

// What libmicrohttpd asks a stream for at once.
constexpr size_t kStreamBlock = 32u << 10;

void AddHeaders(const Exchange& exchange, const Response& response, MHD_Response* out) {
  const auto add = [out](const std::string& name, const std::string& value) {
    MHD_add_response_header(out, name.c_str(), value.c_str());  // refuses line ends in both
  };
  for (const auto& [name, value] : CommonHeaders()) {
    const auto same = [&name = name](const auto& header) { return header.first == name; };
    if (std::none_of(response.headers.begin(), response.headers.end(), same)) add(name, value);
  }
  for (const auto& [name, value] : response.headers) add(name, value);
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  add("Unspin-Request-Id", exchange.request.id);
  if (exchange.close) add("Connection", "close");
}

}  // namespace

bool Exchange::Answer(Response answer) {
  const std::lock_guard lock(mutex);
  if (answered || gone) return false;
  response = std::move(answer);
  answered = true;
  if (suspended) {
    suspended = false;
    MHD_resume_connection(connection);
  }
  return true;
}

void Exchange::Wake() {
  const std::lock_guard lock(mutex);
  if (gone || !answered || !response.stream) return;
  woken = true;
  if (suspended) {
    suspended = false;
    MHD_resume_connection(connection);
  }
}

bool Exchange::SuspendUnlessAnswered() {
  const std::lock_guard lock(mutex);
  if (answered) return false;
  suspended = true;
  MHD_suspend_connection(connection);
  return true;
}

bool Exchange::Send(int64_t stall, size_t min_rate) {
  stall_ = stall;
  status = response.status;
  FillInRequest(request.id, response);
  MHD_Response* out = nullptr;
  int64_t budget = stall;
  if (response.stream) {
    const std::weak_ptr<Exchange> weak = weak_from_this();
    response.stream->Open(Waker([weak] {
      if (const std::shared_ptr<Exchange> exchange = weak.lock()) exchange->Wake();
    }));
    auto* const self = new std::shared_ptr<Exchange>(shared_from_this());
    const auto read = [](void* cls, uint64_t position, char* buffer, size_t size) -> ssize_t {
      return OnRead(cls, position, buffer, size);
    };
    const auto release = [](void* cls) { delete static_cast<std::shared_ptr<Exchange>*>(cls); };
    out = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kStreamBlock, read, self, release);
    if (!out) release(self);
  } else {
    auto* const body = new std::string(std::move(response.body));
    bytes_out = request.method == "HEAD" ? 0 : body->size();
    budget += static_cast<int64_t>(body->size() * 1000 / min_rate);
    const auto release = [](void* cls) { delete static_cast<std::string*>(cls); };
    out = MHD_create_response_from_buffer_with_free_callback_cls(body->size(), body->data(), release, body);
    if (!out) release(body);
  }
  if (!out) return false;
  AddHeaders(*this, response, out);
  link->deadline = MonotonicMilliseconds() + budget;
  const bool queued = MHD_queue_response(connection, static_cast<unsigned>(response.status), out) == MHD_YES;
  MHD_destroy_response(out);
  return queued;
}

int64_t Exchange::OnRead(void* exchange, uint64_t position, char* buffer, size_t size) {
  (void)position;
  return (*static_cast<std::shared_ptr<Exchange>*>(exchange))->ReadStream(buffer, size);
}

int64_t Exchange::ReadStream(char* buffer, size_t size) {
  while (true) {
    if (abort || client_gone) return MHD_CONTENT_READER_END_WITH_ERROR;
    if (sent < pending.size()) {
      const size_t count = std::min(size, pending.size() - sent);
      memcpy(buffer, pending.data() + sent, count);
      sent += count;
      bytes_out += count;
      link->deadline = MonotonicMilliseconds() + stall_;
      return static_cast<int64_t>(count);
    }
    if (ended) return MHD_CONTENT_READER_END_OF_STREAM;
    if (!Refill() && WaitForWake()) return 0;
  }
}

// False: there is nothing now.
bool Exchange::Refill() {
  pending.clear();
  sent = 0;
  waiting_since = 0;
  {
    const std::lock_guard lock(mutex);
    woken = false;
  }
  if (finish && !finish_called) {
    finish_called = true;
    response.stream->Finish();
  }
  const BodyStream::State state = response.stream->Read(pending);
  ended = state == BodyStream::State::kEnd;
  if (beat.exchange(false) && pending.empty() && !ended) pending = response.stream->HeartBeat();
  return ended || !pending.empty();
}

// False: something came in the meantime.
bool Exchange::WaitForWake() {
  const std::lock_guard lock(mutex);
  if (woken || abort) return false;
  suspended = true;
  link->deadline = Link::kNever;
  waiting_since = MonotonicMilliseconds();
  MHD_suspend_connection(connection);
  return true;
}

}  // namespace unspin::server
