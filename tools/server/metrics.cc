#include "server/metrics.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

namespace unspin::server {
namespace {

constexpr double kFirstBound = 0.001;  // seconds

void AppendNumber(double value, std::string& out) {
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
  } else {
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
}

// `quoted`: a label's value, where quotes are escaped as well.
void AppendEscaped(std::string_view text, bool quoted, std::string& out) {
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && quoted) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
}

// name{label="value",…} number
void AppendSample(std::string_view name, std::string_view suffix, const Labels& labels, std::string_view bound,
                  double value, std::string& out) {
  out.append(name).append(suffix);
  if (!labels.empty() || !bound.empty()) {
    out += '{';
    bool first = true;
    const auto append_label = [&](std::string_view label, std::string_view text) {
      if (!first) out += ',';
      first = false;
      out.append(label).append("=\"");
      AppendEscaped(text, true, out);
      out += '"';
    };
    for (const auto& [label, text] : labels) append_label(label, text);
    if (!bound.empty()) append_label("le", bound);
    out += '}';
  }
  out += ' ';
  AppendNumber(value, out);
  out += '\n';
}

}  // namespace

struct Metrics::Family {
  struct Sample {
    Labels labels;
    Counter counter;
    Histogram histogram;
    std::function<double()> read;
    const void* owner = nullptr;
  };
  std::string name, help, type;
  std::vector<std::unique_ptr<Sample>> samples;

  Sample& SampleOf(const Labels& labels) {
    for (const std::unique_ptr<Sample>& sample : samples) {
      if (sample->labels == labels) return *sample;
    }
    samples.push_back(std::make_unique<Sample>());
    samples.back()->labels = labels;
    return *samples.back();
  }
};

void Histogram::Add(double seconds) {
  int bucket = 0;
  double bound = kFirstBound;
  while (bucket < kBounds && seconds > bound) {
    ++bucket;
    bound *= 2;
  }
  counts_[bucket].fetch_add(1, std::memory_order_relaxed);
  nanoseconds_.fetch_add(static_cast<uint64_t>(std::max(0.0, seconds) * 1e9), std::memory_order_relaxed);
}

void Histogram::Write(std::string_view name, const Labels& labels, std::string& out) const {
  uint64_t total = 0;
  double bound = kFirstBound;
  for (int i = 0; i <= kBounds; ++i) {
    total += counts_[i].load(std::memory_order_relaxed);
    std::string text;
    AppendNumber(i < kBounds ? bound : HUGE_VAL, text);
    AppendSample(name, "_bucket", labels, text, static_cast<double>(total), out);
    bound *= 2;
  }
  AppendSample(name, "_sum", labels, {}, static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / 1e9, out);
  AppendSample(name, "_count", labels, {}, static_cast<double>(total), out);
}

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

Metrics::Family& Metrics::FamilyOf(std::string_view name, std::string_view help, const char* type) {
  for (const std::unique_ptr<Family>& family : families_) {
    if (family->name == name) {
      assert(family->type == type);
      return *family;
    }
  }
  families_.push_back(std::make_unique<Family>());
  Family& family = *families_.back();
  family.name = name;
  family.help = help;
  family.type = type;
  return family;
}

Counter& Metrics::GetCounter(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  return FamilyOf(name, help, "counter").SampleOf(labels).counter;
}

Histogram& Metrics::GetHistogram(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  return FamilyOf(name, help, "histogram").SampleOf(labels).histogram;
}

void Metrics::AddGauge(const void* owner, std::string_view name, std::string_view help, const Labels& labels,
                       std::function<double()> read) {
  const std::lock_guard lock(mutex_);
  Family::Sample& sample = FamilyOf(name, help, "gauge").SampleOf(labels);
  sample.read = std::move(read);
  sample.owner = owner;
}

void Metrics::RemoveGauges(const void* owner) {
  const std::lock_guard lock(mutex_);
  for (const std::unique_ptr<Family>& family : families_) {
    std::erase_if(family->samples, [&](const auto& sample) { return sample->read && sample->owner == owner; });
  }
  std::erase_if(families_, [](const auto& family) { return family->samples.empty(); });
}

std::string Metrics::Text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const std::unique_ptr<Family>& family : families_) {
    out.append("# HELP ").append(family->name).append(" ");
    AppendEscaped(family->help, false, out);
    out.append("\n# TYPE ").append(family->name).append(" ").append(family->type).append("\n");
    for (const std::unique_ptr<Family::Sample>& sample : family->samples) {
      if (family->type == "histogram") {
        sample->histogram.Write(family->name, sample->labels, out);
      } else {
        const double value = sample->read ? sample->read() : static_cast<double>(sample->counter.value());
        AppendSample(family->name, {}, sample->labels, {}, value, out);
      }
    }
  }
  return out;
}

}  // namespace unspin::server
