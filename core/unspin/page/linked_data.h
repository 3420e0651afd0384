// JSON-LD (schema.org) of a page → the articles that it describes, and which of them is the page's own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/article/article.h"

namespace unspin {

struct LinkedArticle {
  bool is_article = false;  // NewsArticle, BlogPosting and the like; otherwise a WebPage or an object without a type
  bool is_listed = false;   // inside a list: one of many stories. Of what is only named, the body alone is taken
  std::string headline, url, published, body;
  std::vector<PageMark> marks;  // of its source and its rights (page_marks.h), with the publisher's own names
};

struct LinkedData {
  std::vector<LinkedArticle> articles;  // in the order of the page
  std::string site;                     // the name of the site or of the publisher
  std::string broken_published;         // datePublished in scripts that are no JSON, where all of them name one day
};

// Adds what a script holds. Line breaks inside strings are tolerated, which sites write and JSON forbids. Linear.
void ReadLinkedData(std::string_view script, LinkedData& data);

// The article that the page is about: the one with its address, else with one of its titles, else the only one that is
// not listed, or the first where all that are not listed name one date. Null where there is none.
const LinkedArticle* OwnArticle(const LinkedData& data, std::string_view url, std::span<const std::string> titles);

// The text of the article, without markup. Empty where there is none.
std::string BodyOf(const LinkedData& data, const LinkedArticle* own);

}  // namespace unspin
