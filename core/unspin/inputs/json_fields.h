// Where a JSON record has its text: in the field of that name, at a path, within an envelope, or as its shape says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "unspin/inputs/json_shapes.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// The value at `path` (field_path.h). In a list a step is a number, from 0.
std::optional<simdjson::dom::element> JsonFieldAt(simdjson::dom::element value, std::string_view path);

// The same in a valid JSON value as it is written.
std::optional<std::string_view> RawJsonFieldAt(std::string_view value, std::string_view path);

// The decoded inside of a JSON string; as it is where it is invalid.
std::string UnescapedJson(std::string_view inside);

struct JsonTextPlace {
  std::optional<simdjson::dom::element> value;  // of the text field
  std::string envelope;            // the field of the record that holds the article; empty: the record does
  std::optional<JsonShape> shape;  // of a record without that field
};

// Looks for the text of a record, an object. Shapes are looked for only where the text field has its usual name.
JsonTextPlace FindJsonText(simdjson::dom::element record, const FieldNames& names, bool of_feed);

// How well an object fits as a record.
enum class JsonFit {
  kNone,     // there is no text in it
  kField,    // it has the text field, without a text
  kArticle,  // it has a text, or is of a shape
};
JsonFit FitOfJsonRecord(simdjson::dom::element record, const ReaderOptions& options, bool of_feed);

// What a record is that is no article but holds many, in a form that is not read, and how to convert it: a map of
// records, or a table by columns. Empty if it is none of these.
std::string DescribeJsonOfMany(simdjson::dom::element record);

// Where the longest text of a record stands that has no text field, as the end of a message: "; the longest text is
// nested, in "body.text": --text-field body.text". Empty where there is no text of a paragraph's length.
std::string HintAtJsonText(simdjson::dom::element record);

}  // namespace unspin
