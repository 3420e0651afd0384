// The variants of the kernels, one for each instruction set, and which of them runs.
//
// By default the best one that the processor supports; the environment variable UNSPIN_KERNELS names another.
// Thread safety: UseKernelVariant must not be called while kernels run; all others are safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspin {

// The variants that this processor can run, best first. Names are those of Highway's targets in lower case: "avx3_dl",
// "avx2", …, "scalar". Every variant gives the same bytes.
std::vector<std::string> KernelVariants();

// The variant that runs.
std::string KernelVariant();

// Selects the variant that runs from now on; "" is the best one. False where this processor has no such variant.
bool UseKernelVariant(std::string_view name);

// An error message where UNSPIN_KERNELS names no variant of this processor, otherwise empty. Kernels ignore such a
// name.
std::string KernelVariantProblem();

namespace internal {
void ChooseKernelsOnce();
}

// Selects the variant on the first call. Every kernel calls it before its first dispatch.
inline void ChooseKernels() {
  static const bool chosen = (internal::ChooseKernelsOnce(), true);
  static_cast<void>(chosen);
}

}  // namespace unspin
