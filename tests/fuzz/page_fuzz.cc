// Any bytes as a web page: a tree, an article whose offsets ascend inside its record, and time in proportion to the
// bytes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fuzz/require.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/page/html.h"
#include "unspin/page/html_references.h"

using unspin::fuzz::Require;

namespace {

// One input of this many is read again, repeated to this many bytes, within this many seconds of processor time. Linear
// work of the sanitized program takes a fiftieth of them; a single step for every pair of bytes would take ten times as
// long.
constexpr size_t kRepeatOneOf = 256;
constexpr size_t kRepeatedBytes = size_t{256} << 10;
constexpr double kMaxSeconds = 3;

bool IsWithin(std::string_view part, std::string_view whole) {
  return part.empty() || (std::less_equal<>()(whole.data(), part.data()) &&
                          std::less_equal<>()(part.data() + part.size(), whole.data() + whole.size()));
}

void CheckText(const unspin::HtmlPage& page, const unspin::HtmlNode& node) {
  unspin::HtmlTextCursor cursor(page.record, node.begin, node.end, node.has_references);
  uint32_t end = node.begin;
  for (unspin::HtmlTextCursor::Chunk chunk; cursor.Next(chunk); end = chunk.end) {
    Require(end <= chunk.begin && chunk.begin < chunk.end && chunk.end <= node.end, "chunks ascend inside their run");
    Require(!chunk.bytes.empty(), "a chunk has text");
    Require(chunk.is_reference || chunk.bytes.size() == chunk.end - chunk.begin, "plain chunks are the record's bytes");
    Require(chunk.bytes.find('\0') == std::string_view::npos, "a null is no text");
  }
}

void CheckTree(std::string_view record) {
  const unspin::HtmlPage page = unspin::ParseHtml(record);
  Require(page.nodes.size() <= record.size(), "every node has a byte of its own");
  std::vector<uint32_t> open;  // the ends of the subtrees around a node
  uint32_t begin = 0, attributes = 0;
  for (uint32_t at = 0; at < page.nodes.size(); ++at) {
    const unspin::HtmlNode& node = page.nodes[at];
    Require(begin <= node.begin && node.begin < node.end && node.end <= record.size(), "nodes ascend in the record");
    begin = node.end;
    while (!open.empty() && open.back() <= at) open.pop_back();
    Require(at < node.subtree_end && node.subtree_end <= (open.empty() ? page.nodes.size() : open.back()),
            "subtrees are nested");
    open.push_back(node.subtree_end);
    if (node.tag == unspin::HtmlTag::kText) {
      Require(node.subtree_end == at + 1, "text has no descendants");
      CheckText(page, node);
      continue;
    }
    Require(attributes <= node.attributes_begin && node.attributes_begin <= node.attributes_end &&
                node.attributes_end <= page.attributes.size(),
            "attributes ascend");
    attributes = node.attributes_end;
  }
  for (const unspin::HtmlAttribute& attribute : page.attributes) {
    Require(!attribute.name.empty() && IsWithin(attribute.name, record) && IsWithin(attribute.value, record),
            "attributes are bytes of the record");
  }
}

// Whether all bytes are UTF-8, without surrogates and overlong forms.
bool IsUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t size = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
    if (size == 1 ? lead >= 0x80 : (lead < 0xc2 || lead > 0xf4 || i + size > text.size())) return false;
    for (size_t j = 1; j < size; ++j) {
      if ((static_cast<unsigned char>(text[i + j]) & 0xc0) != 0x80) return false;
    }
    if (size > 2) {
      const auto next = static_cast<unsigned char>(text[i + 1]);
      if ((lead == 0xe0 && next < 0xa0) || (lead == 0xed && next > 0x9f) || (lead == 0xf0 && next < 0x90) ||
          (lead == 0xf4 && next > 0x8f)) {
        return false;
      }
    }
    i += size;
  }
  return true;
}

void CheckArticle(const unspin::Article& article) {
  Require(!article.id.empty(), "an article has an id");
  for (size_t i = 0; i < article.steps.size(); ++i) {
    const unspin::OffsetStep& step = article.steps[i];
    Require(step.text <= article.text.size(), "offset steps stay inside the text");
    Require(step.codepoint <= step.utf16 && step.utf16 <= step.record, "no unit is shorter than a byte");
    if (i == 0) continue;
    const unspin::OffsetStep& before = article.steps[i - 1];
    Require(before.text < step.text, "offset steps ascend in the text");
    Require(before.record <= step.record && before.codepoint <= step.codepoint && before.utf16 <= step.utf16,
            "offset steps do not descend in the record");
  }
  const unspin::Reading& reading = article.reading;
  Require(reading.words <= reading.page_words || reading.page_words == 0, "a text is part of its page");
  const bool broken = std::any_of(reading.alerts.begin(), reading.alerts.end(),
                                  [](const unspin::ReadingAlert& alert) { return alert.kind == "broken-utf-8"; });
  Require(reading.charset.empty() || broken || IsUtf8(article.text), "a text whose character set is known is UTF-8");
}

void CheckPage(const std::string& bytes) {
  unspin::ReaderOptions options;
  options.format = unspin::InputFormatNamed("html");
  const unspin::Record record = unspin::ArticleFromBytes(bytes, "input", options);
  if (const auto* article = std::get_if<unspin::Article>(&record)) {
    CheckArticle(*article);
  } else {
    Require(!std::get<unspin::BadRecord>(record).message.empty(), "a bad record says what is wrong");
  }
}

void CheckTime(std::string_view bytes) {
  if (bytes.empty() || std::hash<std::string_view>()(bytes) % kRepeatOneOf != 0) return;
  std::string repeated;
  while (repeated.size() < kRepeatedBytes) repeated += bytes;
  const std::clock_t begin = std::clock();
  CheckPage(repeated);
  Require(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < kMaxSeconds, "time is linear in the page");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  CheckTree(bytes);
  CheckPage(bytes);
  CheckTime(bytes);
  return 0;
}
