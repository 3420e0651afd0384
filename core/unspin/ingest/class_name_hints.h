// Hints about the text of an element in its class names and id. The word lists are English; they follow Readability
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

// Whether an id may hint at the kind of its element. A longer id is a headline turned into an anchor:
// "sharing-with-multiple-developers" is no share button.
bool IsHint(std::string_view id);

}  // namespace unspin
