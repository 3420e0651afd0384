#include "cli/watch_report.h"

#include <cstdio>

#include "cli/messages.h"
#include "render/wording.h"

namespace unspin::cli {
namespace {

constexpr std::chrono::seconds kBetweenRates{60};

double SecondsOf(std::chrono::steady_clock::duration time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

void WatchReport::Say(const std::string& sentence) {
  const std::lock_guard lock(mutex_);
  PrintError(sentence);
}

void WatchReport::Note(const std::string& location, const std::string& message) {
  const std::lock_guard lock(mutex_);
  messages_.Add(location, message);
}

void WatchReport::Unread(const std::string& path, const std::string& why) {
  has_unread_ = true;
  Note(path, why);
}

std::string WatchReport::Described(const watch::WatchCounts& counts) const {
  std::string words = Count(counts.articles, "article") + " checked, " + Grouped(counts.findings) + " with a finding";
  if (counts.known > 0) words += ", " + Grouped(counts.known) + " that had come before";
  if (counts.bad > 0) words += ", " + Count(counts.bad, "bad record");
  return words;
}

void WatchReport::SayRate() {
  const Clock::time_point now = Clock::now();
  messages_.Finish();
  if (!quiet_ && counts_.articles > told_.articles) {
    const double rate = static_cast<double>(counts_.articles - told_.articles) / SecondsOf(now - told_at_);
    PrintError(Described(counts_) + "; " + Decimal(rate, 1) + " articles a second since the last line");
  }
  told_ = counts_;
  told_at_ = now;
}

void WatchReport::Done(const watch::WatchCounts& counts) {
  const std::lock_guard lock(mutex_);
  counts_ = counts;
  if (Clock::now() - told_at_ >= kBetweenRates) SayRate();
}

void WatchReport::Waiting() {
  const std::lock_guard lock(mutex_);
  if (!quiet_ && !has_waited_) PrintError("waiting for articles");
  has_waited_ = true;
  if (Clock::now() - told_at_ >= kBetweenRates) SayRate();
}

void WatchReport::Finish(const watch::WatchCounts& counts) {
  const std::lock_guard lock(mutex_);
  messages_.Finish();
  if (!quiet_) PrintError(Described(counts) + " in " + Decimal(SecondsOf(Clock::now() - began_), 1) + " s");
}

}  // namespace unspin::cli
