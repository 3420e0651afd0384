// --exclude and --exclude-original: what of one suspect a person sets aside.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "render/offsets.h"
#include "unspin/article/article.h"
#include "unspin/engine/engine.h"

namespace CLI {
class App;
}  // namespace CLI

namespace unspin::cli {

struct ExcludeOptions {
  std::vector<std::string> names;  // of spans, as they were given: "402-911"
  std::vector<RecordSpan> spans;   // set by ReadSpans
};

void AddExcludeOption(CLI::App& command, ExcludeOptions& options);
void AddExcludeOriginalOption(CLI::App& command, std::vector<std::string>& originals);

// Reads the names. Fails where one is no span.
absl::Status ReadSpans(ExcludeOptions& options);

// The spans as bytes of the suspect's text. Fails where one of them holds none of it.
absl::Status FindExcluded(const ExcludeOptions& options, OffsetUnit unit, const Article& suspect,
                          std::vector<ByteSpan>& excluded);

}  // namespace unspin::cli
