// What tests of desired YAML share: a text read, what was said of it, and how two schemas differ.
#pragma once
#include "core/model/kind.h"
#include "parser/yaml/yaml.h"

namespace quoin {

inline const List usual{"$user", "public"};

struct Read {
  Ids ids;
  Findings findings;
  Schema schema;
  explicit Read(const Text& text) : schema(read(text)) {}
  Schema read(const Text& text) {
    const YamlText file{"a.yaml", text};
    return read_yaml({&file, 1}, ids, usual, findings);
  }
  const Object* find(std::string_view wanted) const {
    for (const Object* object : schema.objects())
      if (path(object->id) == wanted) return object;
    return nullptr;
  }
  Text value(std::string_view wanted, std::string_view field) const {
    const Object* object = find(wanted);
    if (!object) return "(no object)";
    const Value& value = object->value(*object->id->kind->fields.find(field));
    if (const auto* text = std::get_if<Text>(&value)) return *text;
    if (const auto* list = std::get_if<List>(&value)) return join(*list, " | ");
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    return value.index() == 1 ? "true" : "";
  }
};

/// A document with the table `t`, and `lines` in it.
inline Text with_table(std::string_view lines) {
  return concat("tables:\n  t:\n    columns: { a: integer, b: text }\n", lines);
}

// "3:18 rule: message (hint)" a line.
inline Text said(const Findings& findings) {
  Text all;
  for (const Finding& found : findings)
    all += concat(std::to_string(found.place.line), ":", std::to_string(found.place.column), " ", found.rule, ": ",
                  found.message, " (", found.hint, ")\n");
  return all;
}

// Objects that differ, by path.
inline List differences(const Schema& one, const Schema& other) {
  List all;
  one.each([&](const Object& object) {
    const Object* same = other.find(object.id);
    if (!same)
      all.push_back("lost: " + path(object.id));
    else if (same->differences(object).any() || same->renamed_from != object.renamed_from ||
             same->position != object.position)
      all.push_back("changed: " + path(object.id));
  });
  other.each([&](const Object& object) {
    if (!one.find(object.id)) all.push_back("invented: " + path(object.id));
  });
  return all;
}

}  // namespace quoin
