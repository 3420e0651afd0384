// Which variant of the kernels runs: the best one that this processor has, or the one that UNSPIN_KERNELS names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspin {

// The variants that this processor can run, best first, by the names that Highway has for its targets, in lower case:
// "avx3_dl", "avx2", …, "scalar". Every variant gives the same bytes.
std::vector<std::string> KernelVariants();

// The variant that runs.
std::string KernelVariant();

// Lets `name` run from now on; "" is the best one. False where this processor has no such variant.
// Not to be called while kernels run.
bool UseKernelVariant(std::string_view name);

// What is wrong with UNSPIN_KERNELS, and what may stand there; empty where nothing is. A wrong name is otherwise
// passed over.
std::string KernelVariantProblem();

namespace internal {
void ChooseKernelsOnce();
}

// Every kernel calls it before its first dispatch.
inline void ChooseKernels() {
  static const bool chosen = (internal::ChooseKernelsOnce(), true);
  static_cast<void>(chosen);
}

}  // namespace unspin
