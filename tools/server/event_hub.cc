#include "server/event_hub.h"

#include <string_view>
#include <utility>

#include "render/json_writer.h"
#include "server/desk_json.h"

namespace unspin::server {
namespace {

// `event: case`, `id: 17`, `data: {…}`. Progress of a job has no number in the log, so it moves no client's place in it.
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
    waker_.Wake();
  }

  // REQUIRES: the caller holds the listeners' mutex.
  void Add(const Change& change) {
    if (change.seq != 0 && change.seq <= told_) return;
    if (change.seq != 0) told_ = change.seq;
    if (count_ >= kWaiting) {
      waiting_ = kReset;
      count_ = 1;
    }
    ++count_;
    waiting_ += EventText(change);
    waker_.Wake();
  }

  // Puts what happened before the stream was there in front of what has happened since.
  void AddEarlier(const std::vector<Change>& changes, int64_t after) {
    const std::lock_guard lock(listeners_->mutex);
    std::string earlier(kBegin);
    for (const Change& change : changes) {
      if (first_ == 0 || change.seq < first_) earlier += EventText(change);
    }
    told_ = std::max(told_, changes.empty() ? after : changes.back().seq);
    waiting_ = earlier + waiting_;
  }

  void NoteFirst(const Change& change) {
    if (first_ == 0) first_ = change.seq;
  }

 private:
  const std::shared_ptr<Listeners> listeners_;
  Waker waker_;
  std::string waiting_;
  size_t count_ = 0;   // of the events in waiting_
  int64_t first_ = 0;  // number of the first event that was added; 0: none yet
  int64_t told_ = 0;   // of the last
  bool finished_ = false;
};

EventHub::EventHub(Desk& desk) : desk_(desk), listeners_(std::make_shared<Listeners>()) {
  subscription_ = desk.Subscribe([listeners = listeners_](const Change& change) {
    const std::lock_guard lock(listeners->mutex);
    for (Stream* const stream : listeners->streams) {
      stream->NoteFirst(change);
      stream->Add(change);
    }
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
  if (earlier.size() > kWaiting) {
    earlier.clear();  // it was away for too long
    stream->AddReset();
  }
  stream->AddEarlier(earlier, after);
  return stream;
}

}  // namespace unspin::server
