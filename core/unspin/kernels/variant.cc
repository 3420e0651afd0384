#include "unspin/kernels/variant.h"

#include <hwy/highway.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace unspin {
namespace {

struct Target {
  int64_t bit;
  std::string name;
};

// Compiled targets that this processor supports, best first: Highway's better targets are the lower bits.
const std::vector<Target>& Targets() {
  static const std::vector<Target> targets = [] {
    std::vector<Target> found;
    for (const int64_t bit : hwy::SupportedAndGeneratedTargets()) {
      std::string name = hwy::TargetName(bit);
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      // Which of its two targets without vectors Highway builds depends on the compiler; to the user both are one.
      if (name == "emu128") name = "scalar";
      found.push_back({bit, std::move(name)});
    }
    std::sort(found.begin(), found.end(), [](const Target& a, const Target& b) { return a.bit < b.bit; });
    return found;
  }();
  return targets;
}

std::string& Running() {
  static std::string name;
  return name;
}

}  // namespace

std::vector<std::string> KernelVariants() {
  std::vector<std::string> names;
  for (const Target& target : Targets()) names.push_back(target.name);
  return names;
}

bool UseKernelVariant(std::string_view name) {
  for (const Target& target : Targets()) {
    if (!name.empty() && target.name != name) continue;
    hwy::SetSupportedTargetsForTest(target.bit);
    hwy::GetChosenTarget().Update(target.bit);
    Running() = target.name;
    return true;
  }
  return false;
}

std::string KernelVariant() {
  ChooseKernels();
  return Running();
}

std::string KernelVariantProblem() {
  const char* wanted = std::getenv("UNSPIN_KERNELS");
  if (wanted == nullptr) return {};
  std::string known;
  for (const Target& target : Targets()) {
    if (target.name == wanted) return {};
    known += (known.empty() ? "" : ", ") + target.name;
  }
  return "UNSPIN_KERNELS names \"" + std::string(wanted) + "\", which this processor does not have; it has " + known +
         ". Unset it to use the best one.";
}

void internal::ChooseKernelsOnce() {
  const char* wanted = std::getenv("UNSPIN_KERNELS");
  if (wanted == nullptr || !UseKernelVariant(wanted)) UseKernelVariant("");
}

}  // namespace unspin
