#include "unspin/kernels/variant.h"

#include <hwy/highway.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

// Highway's headers ask its library for nothing but these three. The library is not linked: it measures the clock
// before every main(), which takes 3 ms (docs/performance/0030-highway-without-its-library.md). Weak: whoever links it
// has its own.
namespace hwy {

[[gnu::weak]] int64_t SupportedTargets() {
  int64_t targets = HWY_SCALAR | HWY_EMU128 | HWY_STATIC_TARGET;
#if HWY_ARCH_X86
  // What the processors of each target have. For AVX3_DL Highway 1.0.3 lets compilers use AVX-VNNI as well, which the
  // first of them lack: it is not asked for, since no kernel multiplies bytes. GFNI is, which classify_bytes.cc adds.
  __builtin_cpu_init();
  const bool ssse3 = __builtin_cpu_supports("ssse3");
  const bool sse4 = ssse3 && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("sse4.2") &&
                    __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("aes");
  const bool avx2 = sse4 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                    __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("f16c");
  const bool avx3 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512cd");
  const bool avx3_dl = avx3 && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("vpclmulqdq") &&
                       __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
                       __builtin_cpu_supports("vaes") && __builtin_cpu_supports("avx512vpopcntdq") &&
                       __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("gfni");
  targets |= (ssse3 ? HWY_SSSE3 : 0) | (sse4 ? HWY_SSE4 : 0) | (avx2 ? HWY_AVX2 : 0) | (avx3 ? HWY_AVX3 : 0) |
             (avx3_dl ? HWY_AVX3_DL : 0);
#endif
  return targets;
}

[[gnu::weak]] ChosenTarget& GetChosenTarget() {
  static ChosenTarget chosen;
  return chosen;
}

// Of failed assertions, which builds with a sanitizer have.
[[gnu::weak]] void Abort(const char* file, int line, const char* format, ...) {
  std::fprintf(stderr, "%s:%d: ", file, line);
  va_list arguments;
  va_start(arguments, format);
  std::vfprintf(stderr, format, arguments);
  va_end(arguments);
  std::abort();
}

}  // namespace hwy

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

bool Choose(std::string_view name) {
  for (const Target& target : Targets()) {
    if (!name.empty() && target.name != name) continue;
    hwy::GetChosenTarget().Update(target.bit);
    Running() = target.name;
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
  ChooseKernels();  // or else the first kernel would choose again
  return Choose(name);
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
  if (wanted == nullptr || !Choose(wanted)) Choose("");
}

}  // namespace unspin
