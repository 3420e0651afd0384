// Any bytes as a file of any format: an article whose offsets ascend inside its text, or a bad record that says why.
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "fuzz/require.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/input_formats.h"

using unspin::fuzz::Require;

namespace {

void CheckArticle(const unspin::Article& article) {
  Require(!article.id.empty(), "an article has an id");
  for (size_t i = 1; i < article.steps.size(); ++i) {
    const auto& before = article.steps[i - 1];
    const auto& step = article.steps[i];
    Require(before.text < step.text, "offset steps ascend");
    Require(step.text <= article.text.size(), "offset steps stay inside the text");
  }
}

// 0: the content decides.
const unspin::InputFormat* ChooseFormat(uint8_t choice) {
  const auto formats = unspin::InputFormats();
  const size_t index = choice % (formats.size() + 1);
  return index == 0 ? nullptr : formats[index - 1];
}

}  // namespace

// The first byte chooses the format.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  unspin::ReaderOptions options;
  options.format = ChooseFormat(data[0]);
  const unspin::Record record =
      unspin::ArticleFromBytes(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), "input", options);
  if (const auto* article = std::get_if<unspin::Article>(&record)) {
    CheckArticle(*article);
  } else {
    Require(!std::get<unspin::BadRecord>(record).message.empty(), "a bad record says what is wrong");
  }
  return 0;
}
