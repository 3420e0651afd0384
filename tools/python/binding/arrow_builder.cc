#include "binding/arrow_builder.h"

#include <array>
#include <cassert>
#include <cstring>
#include <limits>
#include <utility>

#include "render/visible.h"
#include "unspin/charset/charset.h"

namespace unspin::python {
namespace {

// What an exported array owns.
struct HeldArray {
  std::vector<uint8_t> validity;
  std::string values, bytes;
  std::array<const void*, 3> buffers{};
  std::vector<std::unique_ptr<ArrowArray>> children;
  std::vector<ArrowArray*> child_pointers;
};

void ReleaseArray(ArrowArray* array) {
  for (int64_t at = 0; at < array->n_children; ++at) {
    ArrowArray* const child = array->children[at];
    if (child->release != nullptr) child->release(child);
  }
  delete static_cast<HeldArray*>(array->private_data);
  array->release = nullptr;
}

// Fills `out` in, with `held` as its memory. The buffers are those of `held` that are set.
void FillArray(std::unique_ptr<HeldArray> held, size_t length, size_t nulls, size_t buffers, ArrowArray* out) {
  for (const auto& child : held->children) held->child_pointers.push_back(child.get());
  *out = ArrowArray{.length = static_cast<int64_t>(length),
                    .null_count = static_cast<int64_t>(nulls),
                    .offset = 0,
                    .n_buffers = static_cast<int64_t>(buffers),
                    .n_children = static_cast<int64_t>(held->children.size()),
                    .buffers = held->buffers.data(),
                    .children = held->child_pointers.data(),
                    .dictionary = nullptr,
                    .release = &ReleaseArray,
                    .private_data = nullptr};
  out->private_data = held.release();
}

struct HeldSchema {
  std::string format, name;
  std::vector<std::unique_ptr<ArrowSchema>> children;
  std::vector<ArrowSchema*> child_pointers;
};

void ReleaseSchema(ArrowSchema* schema) {
  for (int64_t at = 0; at < schema->n_children; ++at) {
    ArrowSchema* const child = schema->children[at];
    if (child->release != nullptr) child->release(child);
  }
  delete static_cast<HeldSchema*>(schema->private_data);
  schema->release = nullptr;
}

void FillSchema(std::unique_ptr<HeldSchema> held, bool is_nullable, ArrowSchema* out) {
  for (const auto& child : held->children) held->child_pointers.push_back(child.get());
  *out = ArrowSchema{.format = held->format.c_str(),
                     .name = held->name.c_str(),
                     .metadata = nullptr,
                     .flags = is_nullable ? ARROW_FLAG_NULLABLE : 0,
                     .n_children = static_cast<int64_t>(held->children.size()),
                     .children = held->child_pointers.data(),
                     .dictionary = nullptr,
                     .release = &ReleaseSchema,
                     .private_data = nullptr};
  out->private_data = held.release();
}

std::string FormatOf(const ResultColumn& column) {
  switch (column.type) {
    case ResultType::kText:
      return "u";
    case ResultType::kLargeText:
      return "U";
    case ResultType::kUint32:
      return "I";
    case ResultType::kUint64:
      return "L";
    case ResultType::kDouble:
      return "g";
    case ResultType::kBool:
      return "b";
    case ResultType::kUint32List:
      return "+w:" + std::to_string(column.list_size);
  }
  return "n";
}

template <typename Number>
Number Load(const std::string& values, size_t at) {
  Number number;
  assert((at + 1) * sizeof number <= values.size());
  std::memcpy(&number, values.data() + at * sizeof number, sizeof number);
  return number;
}

// Names of files may hold any bytes, and Arrow's strings are UTF-8: broken parts become U+FFFD, as in the JSON.
void AppendUtf8(std::string_view text, std::string& out) {
  if (IsValidUtf8(text)) {
    out += text;
    return;
  }
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    out += IsValidUtf8(character.bytes) ? character.bytes : std::string_view("\xef\xbf\xbd");
    at += character.bytes.size();
  }
}

}  // namespace

ColumnBuilder::ColumnBuilder(const ResultColumn& column) : column_(column) {
  if (column.type == ResultType::kText) Append(int32_t{0});
  if (column.type == ResultType::kLargeText) Append(int64_t{0});
}

template <typename Number>
void ColumnBuilder::Append(Number number) {
  values_.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void ColumnBuilder::AddValid(bool is_valid) {
  if (column_.is_nullable) {
    if (size_ % 8 == 0) validity_.push_back(0);
    if (is_valid) validity_.back() = static_cast<uint8_t>(validity_.back() | 1 << (size_ % 8));
  }
  nulls_ += !is_valid;
  ++size_;
}

void ColumnBuilder::AddText(std::string_view text) {
  AddValid(true);
  AppendUtf8(text, bytes_);
  if (column_.type == ResultType::kText) {
    assert(bytes_.size() <= std::numeric_limits<int32_t>::max());
    Append(static_cast<int32_t>(bytes_.size()));
  } else {
    assert(column_.type == ResultType::kLargeText);
    Append(static_cast<int64_t>(bytes_.size()));
  }
}

void ColumnBuilder::AddNumber(uint64_t number) {
  AddValid(true);
  if (column_.type == ResultType::kUint32) {
    Append(static_cast<uint32_t>(number));
  } else {
    assert(column_.type == ResultType::kUint64);
    Append(number);
  }
}

void ColumnBuilder::AddReal(double number) {
  assert(column_.type == ResultType::kDouble);
  AddValid(true);
  Append(number);
}

void ColumnBuilder::AddBool(bool value) {
  assert(column_.type == ResultType::kBool);
  if (size_ % 8 == 0) values_ += '\0';
  values_.back() = static_cast<char>(values_.back() | int{value} << (size_ % 8));
  AddValid(true);
}

void ColumnBuilder::AddList(std::span<const uint32_t> numbers) {
  assert(column_.type == ResultType::kUint32List && numbers.size() == static_cast<size_t>(column_.list_size));
  AddValid(true);
  values_.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
}

void ColumnBuilder::AddNull() {
  assert(column_.is_nullable);
  switch (column_.type) {
    case ResultType::kText:
    case ResultType::kLargeText:
      AddText(std::string_view());
      break;
    case ResultType::kUint32:
    case ResultType::kUint64:
      AddNumber(0);
      break;
    case ResultType::kDouble:
      AddReal(0.0);
      break;
    case ResultType::kBool:
      AddBool(false);
      break;
    case ResultType::kUint32List:
      AddValid(true);
      values_.append(static_cast<size_t>(column_.list_size) * sizeof(uint32_t), '\0');
      break;
  }
  const size_t row = size_ - 1;
  validity_[row / 8] = static_cast<uint8_t>(validity_[row / 8] & ~(1 << (row % 8)));
  ++nulls_;
}

bool ColumnBuilder::IsNull(size_t row) const {
  return column_.is_nullable && (validity_[row / 8] >> (row % 8) & 1) == 0;
}

std::string_view ColumnBuilder::TextAt(size_t row) const {
  const bool is_large = column_.type == ResultType::kLargeText;
  const auto offset = [&](size_t at) {
    return static_cast<size_t>(is_large ? Load<int64_t>(values_, at) : int64_t{Load<int32_t>(values_, at)});
  };
  return std::string_view(bytes_).substr(offset(row), offset(row + 1) - offset(row));
}

uint64_t ColumnBuilder::NumberAt(size_t row) const {
  return column_.type == ResultType::kUint32 ? Load<uint32_t>(values_, row) : Load<uint64_t>(values_, row);
}

double ColumnBuilder::RealAt(size_t row) const { return Load<double>(values_, row); }

bool ColumnBuilder::BoolAt(size_t row) const { return (values_[row / 8] >> (row % 8) & 1) != 0; }

std::string_view ColumnBuilder::ListAt(size_t row) const {
  const size_t size = static_cast<size_t>(column_.list_size) * sizeof(uint32_t);
  return std::string_view(values_).substr(row * size, size);
}

void ColumnBuilder::Export(ArrowArray* out) && {
  auto held = std::make_unique<HeldArray>();
  held->validity = std::move(validity_);
  held->values = std::move(values_);
  held->bytes = std::move(bytes_);
  if (nulls_ > 0) held->buffers[0] = held->validity.data();
  if (column_.type == ResultType::kUint32List) {
    auto numbers = std::make_unique<HeldArray>();
    numbers->values = std::move(held->values);
    numbers->buffers[1] = numbers->values.data();
    auto child = std::make_unique<ArrowArray>();
    FillArray(std::move(numbers), size_ * static_cast<size_t>(column_.list_size), 0, 2, child.get());
    held->children.push_back(std::move(child));
    return FillArray(std::move(held), size_, nulls_, 1, out);
  }
  held->buffers[1] = held->values.data();
  const bool is_text = column_.type == ResultType::kText || column_.type == ResultType::kLargeText;
  if (is_text) held->buffers[2] = held->bytes.data();
  FillArray(std::move(held), size_, nulls_, is_text ? 3 : 2, out);
}

void ExportSchema(std::span<const ResultColumn> columns, ArrowSchema* out) {
  auto table = std::make_unique<HeldSchema>();
  table->format = "+s";
  for (const ResultColumn& column : columns) {
    auto held = std::make_unique<HeldSchema>();
    held->format = FormatOf(column);
    held->name = column.name;
    if (column.type == ResultType::kUint32List) {
      auto item = std::make_unique<HeldSchema>();
      item->format = "I";
      item->name = "item";
      FillSchema(std::move(item), false, held->children.emplace_back(std::make_unique<ArrowSchema>()).get());
    }
    FillSchema(std::move(held), column.is_nullable, table->children.emplace_back(std::make_unique<ArrowSchema>()).get());
  }
  FillSchema(std::move(table), false, out);
}

void ExportBatch(ResultBatch batch, ArrowArray* out) {
  const size_t rows = batch.size();
  auto table = std::make_unique<HeldArray>();
  for (ColumnBuilder& column : batch.columns) {
    std::move(column).Export(table->children.emplace_back(std::make_unique<ArrowArray>()).get());
  }
  FillArray(std::move(table), rows, 0, 1, out);
}

}  // namespace unspin::python
