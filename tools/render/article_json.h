// An article as it was read → one line of JSON, for `unspin read`.
#pragma once

#include <string>
#include <vector>

#include "render/json_writer.h"
#include "unspin/article/article.h"

namespace unspin {

// Valid UTF-8 on one line: id, title, url, site, published, text, format, charset, alerts, and how the text was chosen.
// Fields that the input does not give are left out. `version`: of an article of an archive; 0: it is of none.
std::string RenderArticle(const Article& article, uint32_t version = 0);

// The value of a report's `suspect.read`.
void RenderReading(const Reading& reading, JsonWriter& json);

// The field `alerts`, which is empty where there are none.
void RenderAlerts(const std::vector<ReadingAlert>& alerts, JsonWriter& json);

// The field `marks`, if there are any. Links are left out but for those that name an original.
void RenderMarks(const std::vector<PageMark>& marks, JsonWriter& json);

}  // namespace unspin
