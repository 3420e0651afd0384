#include "watch/case_sender.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <span>
#include <string_view>
#include <utility>

#include "render/json_writer.h"
#include "unspin/base/strings.h"
#include "unspin/io/descriptor.h"
#include "unspin/io/file_error.h"

namespace unspin::watch {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{1000};
constexpr milliseconds kMaxPause{60'000};

}  // namespace

milliseconds PauseAfter(unsigned failed) {
  assert(failed > 0);
  milliseconds pause = kFirstPause;
  for (unsigned i = 1; i < failed && pause < kMaxPause; ++i) pause *= 2;
  return std::min(pause, kMaxPause);
}

CaseSender::CaseSender(std::unique_ptr<CaseClient> client, WatchJournal& journal, const StopFlag& stop,
                       SenderListener listener)
    : client_(std::move(client)), journal_(journal), stop_(stop), listener_(std::move(listener)), thread_([this] {
        Run();
      }) {}

CaseSender::~CaseSender() {
  assert(stop_.is_raised());
  journal_.WakeAll();
  thread_.join();
}

void CaseSender::Run() {
  unsigned failed = 0;  // in a row
  std::string said;
  for (;;) {
    const auto waiting = journal_.NextCase(stop_);
    if (!waiting.ok()) return listener_.fail(std::string(StdView(waiting.status().message())));
    if (!*waiting) return;
    const CaseAnswer answer = client_->Open((*waiting)->article);
    if (stop_.is_raised() && answer.kind == CaseAnswer::Kind::kLater) return;
    absl::Status status;
    if (answer.kind == CaseAnswer::Kind::kLater) {
      ++failed;
      if (answer.text != std::exchange(said, answer.text)) listener_.say("cases wait: " + answer.text);
      const milliseconds asked = answer.try_after.value_or(std::chrono::seconds(0));
      if (Pause(std::max(asked, PauseAfter(failed)))) return;
      continue;
    }
    if (failed > 0 && answer.kind == CaseAnswer::Kind::kOpened) listener_.say("the service takes cases again");
    failed = 0;
    said.clear();
    if (answer.kind == CaseAnswer::Kind::kRefused) status = SetAside(**waiting, answer.text);
    if (status.ok()) status = journal_.CloseCase((*waiting)->key);
    if (!status.ok()) return listener_.fail(std::string(StdView(status.message())));
  }
}

absl::Status CaseSender::SetAside(const WaitingCase& waiting, const std::string& why) {
  const std::string path = journal_.folder() + "/refused.jsonl";
  JsonWriter json;
  json.BeginObject();
  json.Field("why", why);
  json.Key("article");
  json.Raw(waiting.article);
  json.EndObject();
  const std::string line = json.Take() + "\n";
  const Descriptor file = OpenDescriptor(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (!file.is_open()) return FileError(path, "cannot open", errno);
  const std::string_view bytes = line;
  if (absl::Status status = WriteAll(file.get(), path, {&bytes, 1}); !status.ok()) return status;
  if (::fdatasync(file.get()) != 0) return FileError(path, "cannot write", errno);
  listener_.say("no case was opened: " + why + "; the article is in " + path);
  return absl::OkStatus();
}

bool CaseSender::Pause(milliseconds time) {
  pollfd wait{stop_.descriptor(), POLLIN, 0};
  ::poll(&wait, 1, static_cast<int>(time.count()));
  return stop_.is_raised();
}

}  // namespace unspin::watch
