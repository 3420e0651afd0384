// What the class names and ids of an element say about its text. The word lists are English; they follow Readability
// (Arc90 2010, Mozilla).
#pragma once

#include <string_view>

namespace unspin {

// `names` are the values of the attributes class and id: "article__share-bar mainMenu". Each of the words in them
// counts
// ("article", "share", "bar", "main", "menu"), in lower or upper case.

// Navigation, advertisements, comments, links to other articles, and the like.
bool NamesBoilerplate(std::string_view names);
bool NamesArticle(std::string_view names);
bool NamesCaption(std::string_view names);

// Whether an id says something about its element. A longer one is a headline turned into an anchor:
// "sharing-with-multiple-developers" is no share button.
bool IsHintfulId(std::string_view id);

}  // namespace unspin
