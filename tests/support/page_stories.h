// Stories and readers' comments, written for the tests of pages, and pages made of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace unspin::testing {

// One paragraph each.
inline constexpr std::string_view kWeirStory[] = {
    "The old weir at Tarnholt will be taken out of the river before the winter, the water board decided on Thursday "
    "evening, after a hearing that lasted five hours and filled the parish hall to the doors.",
    "Engineers had warned in the spring that two of its nine piers were hollow. A diver who went down in April put his "
    "arm into the second one up to the shoulder, and came up with a handful of gravel and an eel.",
    "\u201cNobody will miss the thing more than I shall,\u201d said Edda Sorrel, whose family has kept the sluices for "
    "four generations. \u201cBut I would rather see it go in September than find it gone in January.\u201d",
    "The work is to cost 3.4 million and to take eleven weeks. Lorries will use the farm track on the eastern bank, so "
    "that the village street stays free, and the footbridge will be closed from the first day of October.",
    "Anglers welcome the plan, because salmon have not been seen above the weir since 1911. The owners of the mill do "
    "not: without the weir their wheel, which still grinds spelt for two bakers, will stand in a dry ditch.",
    "The board has offered them an electric motor and forty thousand in damages. Their lawyer, Piers Hallam, called "
    "the "
    "offer friendly but too small, and said that a court would have to decide what a turning wheel is worth.",
    "A decision on what follows the weir was put off until the new year. Drawings that were pinned to the wall of the "
    "hall showed a ramp of boulders, a pool for swimmers, and a row of willows on the shore where the nets once hung.",
};

// Another one, of the same site.
inline constexpr std::string_view kTramStory[] = {
    "Trams will run to the hospital of Lindmoor from the second week of March, three years later than was promised, "
    "the transport office of the county announced on Monday.",
    "The line of four stops had been finished since last summer, but its bridge over the railway failed a first load "
    "test. Since then welders have replaced eighteen of the forty hangers, working at night only.",
    "Nurses who start before six in the morning will gain most, said the works council, which had collected eleven "
    "hundred signatures for an early tram. Until now the first bus left the station at twenty past six.",
    "The office expects nine thousand passengers a day. Tickets cost as much as in the rest of the town, and parking "
    "at "
    "the hospital, which is free today, will be charged from the summer on.",
};

inline constexpr std::string_view kComments[] = {
    "My grandfather learnt to swim above that weir and I do not see why my children should not. They never asked any "
    "of "
    "us who live upstream, and I bet they never will.",
    "Well said, Karen. It is always the same with this board: first the hearing, then the lorries. I give it two years "
    "until they come back and want another three million for the willows.",
    "Has anybody here even read the report of the engineers? I did, all sixty pages of it. If one pier goes in a flood "
    "the street is under water up to the baker's window, so stop moaning please.",
    "I agree with the man above. Also the salmon will not come back just because some people like to fish, the water "
    "is "
    "far too warm for them now, that is what my neighbour says and he is a biologist.",
};

// Each paragraph in a <p>.
template <size_t kSize>
std::string Paragraphs(const std::string_view (&paragraphs)[kSize]) {
  std::string html;
  for (const std::string_view paragraph : paragraphs) html += "<p>" + std::string(paragraph) + "</p>\n";
  return html;
}

// Paragraphs as the reader gives them, apart by a blank line.
template <size_t kSize>
std::string TextOf(const std::string_view (&paragraphs)[kSize]) {
  std::string text;
  for (const std::string_view paragraph : paragraphs) text += (text.empty() ? "" : "\n\n") + std::string(paragraph);
  return text;
}

// A page of a news site around what is given: its menu, its footer and some teasers.
inline std::string SitePage(const std::string& content, const std::string& head = "") {
  return "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Tarnholt loses its weir | The Valley "
         "Post</title>" +
         head +
         "</head><body><header><a href=/>The Valley Post</a></header><nav><ul><li><a href=/news>News</a><li><a "
         "href=/sport>Sport</a><li><a href=/weather>Weather</a></ul></nav>" +
         content +
         "<div class=more><h3>More news</h3><ul><li><a href=/1>Baker bakes longest loaf of the county</a><li><a "
         "href=/2>Two hurt on icy road</a><li><a href=/3>School choir sings for the king</a></ul></div><footer><a "
         "href=/contact>Contact</a> <a href=/privacy>Privacy</a><p>\u00a9 2026 The Valley Post Ltd.</p></footer></body>"
         "</html>";
}

inline const std::string kWeirHeadline = "<h1>Tarnholt loses its weir</h1>";

}  // namespace unspin::testing
