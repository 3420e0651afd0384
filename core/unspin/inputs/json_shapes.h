// Records of well-known shapes, told by their own signs: ninjs, items of a JSON Feed, linked data, posts of WordPress.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

namespace unspin {

// What such a record says. Empty: it does not.
struct JsonShape {
  std::string_view format;  // as in Reading: "ninjs". Static
  std::string text;
  bool is_html = false;        // the text
  bool title_is_html = false;  // for what its references are
  std::string id, title, url, site, published;
  std::vector<std::pair<std::string, std::string>> facts;  // status, version, rights, as raw JSON values
  std::string_view kind_without_text;  // what a record without a text is, in the plural: "pictures". Static
  std::string_view text_field;         // it was chosen for its name and size only. Static
};

// REQUIRES: `record` is an object. `of_feed`: it is an item of a JSON Feed.
std::optional<JsonShape> FindJsonShape(simdjson::dom::element record, bool of_feed);

// Whether a file that begins like this is a JSON Feed, version 1 or 1.1.
bool IsJsonFeed(std::string_view head);

}  // namespace unspin
