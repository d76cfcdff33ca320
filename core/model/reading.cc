// Names that the server chooses where the user gives none.
#include "core/model/reading.h"

namespace quoin {

namespace {
// At most `bytes` of it, cut at a character's boundary.
std::string_view clipped(std::string_view name, std::size_t bytes) {
  if (name.size() <= bytes) return name;
  while (bytes > 0 && (static_cast<unsigned char>(name[bytes]) & 0xC0) == 0x80) --bytes;
  return name.substr(0, bytes);
}
}  // namespace

Object* copied(const Object& original, Id parent, Called called, Reading& reading) {
  Object* copy = reading.make(*original.id->kind, parent, std::move(called));
  if (!copy) return nullptr;
  for (const FieldBase* field : original.id->kind->fields)
    if (field->counts != Counts::derived) copy->put(*field, original.value(*field));  // derived fields are derived anew
  return copy;
}

Text object_name(std::string_view name1, std::string_view name2, std::string_view label) {
  std::size_t overhead = 0;
  if (!name2.empty()) ++overhead;
  if (!label.empty()) overhead += label.size() + 1;
  std::size_t first = name1.size(), second = name2.size();
  while (first + second + overhead > longest_identifier) --(first > second ? first : second);
  const auto sign = [](std::string_view part) { return part.empty() ? std::string_view() : std::string_view("_"); };
  return concat(clipped(name1, first), sign(name2), clipped(name2, second), sign(label), label);
}

}  // namespace quoin
