#include "server/event_hub.h"

#include <string_view>
#include <utility>

#include "render/json_writer.h"
#include "server/desk_json.h"

namespace unspin::server {
namespace {

// `event: case`, `id: 17`, `data: {…}`. Progress of a job has no number in the log, so it moves no client's place in
// it.
std::string EventText(const Change& change) {
  std::string text = "event: " + change.subject + "\n";
  if (change.seq > 0) text += "id: " + std::to_string(change.seq) + "\n";
  JsonWriter json;
  WriteChange(change, json);
  return text + "data: " + json.Take() + "\n\n";
}

constexpr std::string_view kReset = "event: reset\ndata: {}\n\n";
// How long a browser waits before it connects again, in milliseconds; and the first bytes tell it that it is connected.
constexpr std::string_view kBegin = "retry: 2000\n\n";

}  // namespace

struct EventHub::Listeners {
  std::mutex mutex;
  std::set<Stream*> streams;
};

class EventHub::Stream final : public BodyStream {
 public:
  explicit Stream(std::shared_ptr<Listeners> listeners) : listeners_(std::move(listeners)) {
    const std::lock_guard lock(listeners_->mutex);
    listeners_->streams.insert(this);
  }
  ~Stream() override {
    const std::lock_guard lock(listeners_->mutex);
    listeners_->streams.erase(this);
  }

  void Open(const Waker& waker) override {
    const std::lock_guard lock(listeners_->mutex);
    waker_ = waker;
  }

  State Read(std::string& out) override {
    const std::lock_guard lock(listeners_->mutex);
    out += waiting_;
    waiting_.clear();
    count_ = 0;
    return finished_ ? State::kEnd : State::kWait;
  }

  std::string_view HeartBeat() const override { return ": still here\n\n"; }

  void Finish() override {
    const std::lock_guard lock(listeners_->mutex);
    finished_ = true;
  }

  // REQUIRES: the caller holds the listeners' mutex.
  const Waker& waker() const { return waker_; }

  // REQUIRES: the caller holds the listeners' mutex.
  void Add(const Change& change) {
    if (begun_) {
      Append(change);
    } else {
      gathered_.push_back(change);
    }
  }

  // `earlier` is what happened before the stream was there; it goes in front of what was gathered since. `reset`: the
  // client was away for too long for a list.
  void Begin(const std::vector<Change>& earlier, bool reset) {
    const std::lock_guard lock(listeners_->mutex);
    waiting_ = kBegin;
    if (reset) waiting_ += kReset;
    for (const Change& change : earlier) Append(change);
    const int64_t last = earlier.empty() ? 0 : earlier.back().seq;
    for (const Change& change : std::exchange(gathered_, {})) {
      if (change.seq == 0 || change.seq > last) Append(change);
    }
    begun_ = true;
  }

 private:
  void Append(const Change& change) {
    if (count_ > kWaiting) {
      waiting_ = kReset;
      count_ = 0;
    }
    ++count_;
    waiting_ += EventText(change);
  }

  const std::shared_ptr<Listeners> listeners_;
  Waker waker_;
  bool begun_ = false;
  std::vector<Change> gathered_;  // until then
  std::string waiting_;
  size_t count_ = 0;  // of the events in waiting_
  bool finished_ = false;
};

EventHub::EventHub(Desk& desk) : desk_(desk), listeners_(std::make_shared<Listeners>()) {
  subscription_ = desk.Subscribe([listeners = listeners_](const Change& change) {
    std::vector<Waker> wakers;
    {
      const std::lock_guard lock(listeners->mutex);
      for (Stream* const stream : listeners->streams) {
        stream->Add(change);
        wakers.push_back(stream->waker());
      }
    }
    // Without the lock: to wake a client that goes just now may destroy its stream, which takes the lock.
    for (const Waker& waker : wakers) waker.Wake();
  });
}

EventHub::~EventHub() { subscription_.reset(); }

absl::StatusOr<std::unique_ptr<BodyStream>> EventHub::Listen(int64_t after) {
  // The stream listens first and then asks for what it has missed, so that nothing falls between.
  auto stream = std::make_unique<Stream>(listeners_);
  std::vector<Change> earlier;
  if (after > 0) {
    auto changes = desk_.ChangesAfter(after, kWaiting + 1);
    if (!changes.ok()) return changes.status();
    earlier = *std::move(changes);
  }
  const bool reset = earlier.size() > kWaiting;
  if (reset) earlier.clear();
  stream->Begin(earlier, reset);
  return stream;
}

}  // namespace unspin::server
