// Writes the blocks of web pages and their signals, for vary_pages.py and fit_blocks.py.
//
//   unspin_block_signals FOLDER < PAGES
//
// PAGES names a file a line. FOLDER gets names.txt (the signals), signals.f32 (a row of 32-bit numbers for each block)
// and blocks.jsonl (page, text, bytes and visibility of each).
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "render/json_writer.h"
#include "unspin/charset/charset.h"
#include "unspin/page/block_signals.h"
#include "unspin/page/page_facts.h"

namespace {

using namespace unspin;

void WritePage(const std::string& path, std::ofstream& blocks, std::ofstream& signals) {
  std::ifstream file(path, std::ios::binary);
  const std::string record = DecodePage(std::string(std::istreambuf_iterator<char>(file), {})).text;
  const HtmlPage page = ParseHtml(record);
  const PageFacts facts = FindPageFacts(page);
  const TextBlocks found = FindTextBlocks(page);
  const SignalTable table = BlockSignals(page, found, {facts.title, facts.article_body});
  for (size_t i = 0; i < found.blocks.size(); ++i) {
    const TextBlock& block = found.blocks[i];
    JsonWriter json;
    json.BeginObject();
    json.Field("page", path);
    json.Field("text", block.text);
    json.Field("bytes", block.bytes);
    json.Field("visibility", static_cast<int>(block.visibility));
    json.EndObject();
    blocks << json.Take() << '\n';
    for (const double value : table.Row(i)) {
      const auto number = static_cast<float>(value);
      signals.write(reinterpret_cast<const char*>(&number), sizeof number);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: unspin_block_signals FOLDER < PAGES\n");
    return 2;
  }
  const std::string folder = argv[1];
  std::ofstream names(folder + "/names.txt"), blocks(folder + "/blocks.jsonl");
  std::ofstream signals(folder + "/signals.f32", std::ios::binary);
  for (const std::string_view name : BlockSignalNames()) names << name << '\n';
  for (std::string path; std::getline(std::cin, path);) WritePage(path, blocks, signals);
  const bool written = names.flush() && blocks.flush() && signals.flush();
  if (!written) std::fprintf(stderr, "unspin_block_signals: cannot write to %s\n", folder.c_str());
  return written ? 0 : 2;
}
