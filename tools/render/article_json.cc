#include "render/article_json.h"

#include <algorithm>

namespace unspin {

void RenderReading(const Reading& reading, JsonWriter& json) {
  json.BeginObject();
  json.FieldUnlessEmpty("format", reading.format);
  json.FieldUnlessEmpty("charset", reading.charset);
  if (!reading.chosen.empty()) {
    json.Field("chosen", reading.chosen);
    json.Field("words", reading.words);
    json.Field("page_words", reading.page_words);
    json.FieldUnlessEmpty("rest", reading.rest);
  }
  json.EndObject();
}

void RenderMarks(const std::vector<PageMark>& marks, JsonWriter& json) {
  const auto is_listed = [](const PageMark& mark) { return mark.kind != "link" || !mark.original.empty(); };
  if (std::none_of(marks.begin(), marks.end(), is_listed)) return;
  json.Key("marks");
  json.BeginArray();
  for (const PageMark& mark : marks) {
    if (!is_listed(mark)) continue;
    json.BeginObject();
    json.Field("kind", mark.kind);
    json.Field("value", mark.value);
    json.FieldUnlessEmpty("original", mark.original);
    json.EndObject();
  }
  json.EndArray();
}

void RenderAlerts(const std::vector<ReadingAlert>& alerts, JsonWriter& json) {
  json.Key("alerts");
  json.BeginArray();
  for (const ReadingAlert& alert : alerts) {
    json.BeginObject();
    json.Field("kind", alert.kind);
    json.Field("count", alert.count);
    json.EndObject();
  }
  json.EndArray();
}

std::string RenderArticle(const Article& article, uint32_t version) {
  const Reading& reading = article.reading;
  JsonWriter json;
  json.BeginObject();
  json.Field("id", article.id);
  if (version != 0) json.Field("version", uint64_t{version});
  json.FieldUnlessEmpty("title", article.title);
  json.FieldUnlessEmpty("url", article.url);
  json.FieldUnlessEmpty("site", article.site);
  json.FieldUnlessEmpty("published", article.published);
  json.FieldUnlessEmpty("fetched", article.fetched);
  json.Field("text", article.text);
  json.FieldUnlessEmpty("format", reading.format);
  json.FieldUnlessEmpty("charset", reading.charset);
  RenderAlerts(reading.alerts, json);
  RenderMarks(article.marks, json);
  if (!reading.chosen.empty()) {
    json.Key("read");
    RenderReading(reading, json);
  }
  json.EndObject();
  return json.Take();
}

}  // namespace unspin
