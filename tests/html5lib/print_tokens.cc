// Reads one JSON object a line, {"input": …, "state": …, "last_start_tag": …}, and prints the tokens of the page reader
// as html5lib's tokenizer tests write them, a line each.
//
// Comments and doctypes have no content here: the page reader keeps none. Line ends are made line feeds, which the
// page reader leaves to its users: all white space is alike to them.
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "nlohmann/json.hpp"
#include "unspin/article/ascii.h"
#include "unspin/page/html.h"
#include "unspin/page/html_references.h"
#include "unspin/page/html_tokenizer.h"

namespace {

using nlohmann::json;
using unspin::HtmlContent;
using unspin::HtmlToken;
using unspin::HtmlTokenKind;

HtmlContent ContentOfState(const std::string& state) {
  static const std::map<std::string, HtmlContent> kStates = {
      {"Data state", HtmlContent::kData},           {"RCDATA state", HtmlContent::kRcdata},
      {"RAWTEXT state", HtmlContent::kRawText},     {"Script data state", HtmlContent::kScript},
      {"PLAINTEXT state", HtmlContent::kPlaintext}, {"CDATA section state", HtmlContent::kCdata}};
  return kStates.at(state);
}

// A line of the record ends with a line feed.
std::string WithLineFeeds(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

json AttributesOf(const unspin::HtmlPage& page, const unspin::HtmlNode& node) {
  json attributes = json::object();
  for (uint32_t i = node.attributes_begin; i < node.attributes_end; ++i) {
    const std::string name = unspin::AsciiLower(page.attributes[i].name);
    attributes[name] = unspin::AttributeOf(page, node, name);
  }
  return attributes;
}

json TokensOf(const std::string& input, HtmlContent content, const std::string& last_start_tag) {
  unspin::HtmlPage page;
  page.record = input;
  unspin::HtmlTokenizer tokenizer(input, page.attributes);
  if (content != HtmlContent::kData) tokenizer.SetContent(content, last_start_tag);
  json tokens = json::array();
  for (HtmlToken token; tokenizer.Next(token);) {
    switch (token.kind) {
      case HtmlTokenKind::kText: {
        std::string text;
        unspin::HtmlTextCursor cursor(input, static_cast<uint32_t>(token.begin), static_cast<uint32_t>(token.end),
                                      token.has_references);
        for (unspin::HtmlTextCursor::Chunk chunk; cursor.Next(chunk);) {
          text += chunk.is_reference ? std::string(chunk.bytes) : WithLineFeeds(chunk.bytes);
        }
        tokens.push_back({"Character", text});
        break;
      }
      case HtmlTokenKind::kStartTag: {
        unspin::HtmlNode node;
        node.attributes_begin = static_cast<uint32_t>(token.attributes_begin);
        node.attributes_end = static_cast<uint32_t>(page.attributes.size());
        tokens.push_back({"StartTag", unspin::AsciiLower(token.name), AttributesOf(page, node)});
        if (token.self_closing) tokens.back().push_back(true);
        break;
      }
      case HtmlTokenKind::kEndTag:
        tokens.push_back({"EndTag", unspin::AsciiLower(token.name)});
        break;
      case HtmlTokenKind::kComment:
        tokens.push_back({"Comment"});
        break;
      case HtmlTokenKind::kDoctype:
        tokens.push_back({"DOCTYPE"});
        break;
    }
  }
  return tokens;
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const json request = json::parse(line);
    std::cout << TokensOf(request["input"], ContentOfState(request["state"]), request["last_start_tag"]).dump() << "\n";
  }
  return 0;
}
