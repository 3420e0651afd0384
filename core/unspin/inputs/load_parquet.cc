#include "unspin/inputs/load_parquet.h"

#include <dlfcn.h>

#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"

namespace unspin {
namespace {

constexpr const char* kModule = "libunspin_parquet.so";
constexpr std::string_view kInstead =
    "or export it as JSON Lines (pandas: read_parquet(\"FILE\").to_json(\"FILE.jsonl\", orient=\"records\", "
    "lines=True))";

struct Module {
  OpenParquetFunction* open = nullptr;
  std::string problem;
};

// The dynamic linker looks for the module where it looks for other libraries of the program: in the folders that the
// program names (RUNPATH), then in LD_LIBRARY_PATH and the system's.
Module LoadModule() {
  Module module;
#ifdef UNSPIN_HAS_PARQUET
  constexpr bool kIsBuilt = true;
#else
  constexpr bool kIsBuilt = false;
#endif
  // Local: what Arrow's libraries contain stays apart from what the program contains.
  void* const library = ::dlopen(kModule, RTLD_NOW | RTLD_LOCAL);
  const char* const error = library == nullptr ? ::dlerror() : nullptr;
  if (library != nullptr) module.open = reinterpret_cast<OpenParquetFunction*>(::dlsym(library, kOpenParquetSymbol));
  if (module.open != nullptr) return module;
  if (library != nullptr) {
    module.problem = absl::StrCat("this is Parquet, and ", kModule, " is of another version of this program");
  } else if (kIsBuilt) {
    module.problem = absl::StrCat("this is Parquet, and Arrow cannot be loaded (", error ? error : kModule, ")");
  } else {
    module.problem = "this is Parquet, and this program was built without Arrow";
  }
  module.problem += "; install Arrow (pip install pyarrow), configure and build again, " + std::string(kInstead);
  return module;
}

const Module& LoadedModule() {
  static const Module& module = *new Module(LoadModule());  // never unloaded: threads may be in it at the end
  return module;
}

}  // namespace

const std::string& WhyNoParquet() { return LoadedModule().problem; }

std::unique_ptr<ParquetTable> OpenParquetTable(std::shared_ptr<const RandomAccess> bytes, std::string& problem) {
  assert(LoadedModule().open != nullptr);
  return std::unique_ptr<ParquetTable>(LoadedModule().open(std::move(bytes), problem));
}

}  // namespace unspin
