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

// classify_bytes.cc adds GFNI to Highway's target AVX3_DL. All processors of that target have it, but a virtual machine
// may hide it.
bool HasAllFeatures([[maybe_unused]] int64_t target) {
#if HWY_ARCH_X86
  __builtin_cpu_init();
  return target != HWY_AVX3_DL || __builtin_cpu_supports("gfni");
#else
  return true;
#endif
}

// Compiled targets that this processor supports, best first: Highway's better targets are the lower bits.
const std::vector<Target>& Targets() {
  static const std::vector<Target> targets = [] {
    std::vector<Target> found;
    for (const int64_t bit : hwy::SupportedAndGeneratedTargets()) {
      if (!HasAllFeatures(bit)) continue;
      std::string name = hwy::TargetName(bit);
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      // Highway has two targets without vectors and builds one of them, depending on the compiler.
      if (name == "emu128") name = "scalar";
      found.push_back({bit, std::move(name)});
    }
    std::sort(found.begin(), found.end(), [](const Target& a, const Target& b) { return a.bit < b.bit; });
    return found;
  }();
  return targets;
}

// The name of the selected variant.
std::string& Selected() {
  static std::string name;
  return name;
}

bool Select(std::string_view name) {
  for (const Target& target : Targets()) {
    if (!name.empty() && target.name != name) continue;
    hwy::GetChosenTarget().Update(target.bit);
    Selected() = target.name;
    return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> KernelVariants() {
  std::vector<std::string> names;
  for (const Target& target : Targets()) names.push_back(target.name);
  return names;
}

bool UseKernelVariant(std::string_view name) {
  ChooseKernels();  // otherwise the first kernel would select again
  return Select(name);
}

std::string KernelVariant() {
  ChooseKernels();
  return Selected();
}

std::string KernelVariantProblem() {
  const char* const name = std::getenv("UNSPIN_KERNELS");
  if (name == nullptr) return {};
  std::string available;
  for (const Target& target : Targets()) {
    if (target.name == name) return {};
    available += (available.empty() ? "" : ", ") + target.name;
  }
  return "UNSPIN_KERNELS names \"" + std::string(name) + "\", which this processor does not have; it has " + available +
         ". Unset it to use the best one.";
}

void internal::ChooseKernelsOnce() {
  const char* const name = std::getenv("UNSPIN_KERNELS");
  if (name == nullptr || !Select(name)) Select("");
}

}  // namespace unspin
