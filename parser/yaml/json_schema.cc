// JSON Schema of the YAML format, from the kinds' fields: what editors complete and check.
#include <set>

#include "kinds/list.h"
#include "parser/yaml/reader.h"

namespace quoin {
namespace yaml {
namespace {
/// A JSON value being written: members of an object, or an expression that is ready.
class Json {
 public:
  Json& put(std::string_view key, const Text& value) {
    members_.push_back(concat("\"", key, "\": ", value));
    return *this;
  }
  Text text() const { return concat("{", join(members_, ", "), "}"); }
  /// A member a line.
  Text lines(std::size_t indent) const {
    const Text margin = concat("\n", Text(indent + 2, ' '));
    return concat("{", margin, join(members_, "," + margin), "\n", Text(indent, ' '), "}");
  }

 private:
  List members_;
};

Text quoted_text(std::string_view text) {
  Text all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    all += c;
  }
  return all + "\"";
}
Text array(const List& items) { return concat("[", join(items, ", "), "]"); }
Text any_of(const List& items) { return items.size() == 1 ? items.front() : Json().put("anyOf", array(items)).text(); }
Text reference(std::string_view name) { return Json().put("$ref", quoted_text(concat("#/definitions/", name))).text(); }
Text definition_name(const Kind& kind) {
  Text name(kind.name);
  std::ranges::replace(name, ' ', '_');
  return name;
}

std::string_view shape_name(const FieldBase& field) {
  constexpr std::string_view names[] = {"nothing", "truth", "number", "text", "texts"};
  return takes_map(field.role) ? "pairs" : names[field.shape];
}

/// A field with its meaning, which editors show beside the key.
Text field_schema(const FieldBase& field, const Kind& kind) {
  const bool has_parts = kind.sql.rename_part && field.role == Role::text && field.shape == shape_of<List>;
  List words;
  for (const Text& word : split(field.words, '|')) words.push_back(Json().put("const", quoted_text(word)).text());
  words.push_back(reference("text"));  // in capitals, or with more behind
  if (!field.words.empty() && field.shape == shape_of<Text>)
    return Json().put("description", quoted_text(field.doc)).put("anyOf", array(words)).text();
  return Json()
      .put("description", quoted_text(field.doc))
      .put("anyOf", array({reference(has_parts ? "parts" : shape_name(field))}))
      .text();
}

Text map_of(const Kinds& kinds) {
  List items;
  for (const Kind* kind : kinds) items.push_back(reference(definition_name(*kind)));
  const Text by_name = Json().put("type", "\"object\"").put("additionalProperties", any_of(items)).text();
  List forms{by_name, Json().put("type", "\"null\"").text()};
  if (kinds.size() == 1 && may_be_name_alone(*kinds.front())) forms.push_back(reference("names"));
  return any_of(forms);
}

/// What may stand below an object (or in a document), by key.
void put_below(Json& properties, const Kind* parent, std::set<std::string_view>& seen) {
  for (const Kind* kind : kinds_below(parent)) {
    if (kind->has(has_document) || !seen.insert(kind->key).second) continue;
    const Kinds same = kinds_below(parent, kind->key);
    properties.put(kind->key, is_alone(*kind) ? reference(definition_name(*kind)) : map_of(same));
  }
}

Text properties_of(const Kind& kind, std::size_t indent) {
  Json properties;
  std::set<std::string_view> seen;
  for (const FieldBase* field : kind.fields) {
    if (!is_key(*field, kind)) continue;
    seen.insert(field->name);
    properties.put(field->name, field_schema(*field, kind));
  }
  put_below(properties, &kind, seen);
  for (const Text& key : keys_of(kind))
    if (seen.insert(key).second) properties.put(key, reference("text"));
  if (kind.has(has_document)) {
    properties.put(kind.name, reference("text"));
    put_below(properties, nullptr, seen);
  }
  return properties.lines(indent);
}

Text map_schema(const Kind& kind, std::size_t indent) {
  Json schema;
  schema.put("type", "\"object\"").put("additionalProperties", "false");
  List required;
  for (const FieldBase* field : kind.fields)
    if (must_be_written(*field, kind) && !kind.yaml.statement) required.push_back(quoted_text(field->name));
  if (!required.empty()) schema.put("required", array(required));
  return schema.put("properties", properties_of(kind, indent + 2)).lines(indent);
}

Text object_schema(const Kind& kind) {
  List forms{map_schema(kind, 4)};
  const FieldBase* main = kind.fields.size > 0 ? kind.fields.rows[0] : nullptr;
  if (kind.yaml.statement) forms.push_back(reference("text"));
  if (main && main->shape != shape_of<bool> && !(kind.yaml.statement && main->shape == shape_of<Text>))
    forms.push_back(reference(shape_name(*main)));
  if (is_alone(kind)) forms.push_back(reference("truth"));
  forms.push_back(Json().put("type", "\"null\"").text());
  return Json().put("anyOf", array(forms)).text();
}
}  // namespace
}  // namespace yaml

Text yaml_json_schema() {
  using namespace yaml;
  Json definitions;
  definitions.put("truth", Json().put("type", "\"boolean\"").text())
      .put("number", Json().put("type", "\"integer\"").text())
      .put("text", Json().put("type", array({"\"string\"", "\"number\"", "\"boolean\""})).text())
      .put("names", Json().put("type", "\"array\"").put("items", reference("text")).text())
      .put(
          "parts",
          Json()
              .put("type", "\"array\"")
              .put("items",
                   any_of({reference("text"),
                           Json()
                               .put("type", "\"object\"")
                               .put("additionalProperties", "false")
                               .put("required", array({"\"name\""}))
                               .put("properties",
                                    Json().put("name", reference("text")).put("renamed_from", reference("text")).text())
                               .text()}))
              .text())
      .put("texts", any_of({reference("names"), reference("text")}))
      .put("pairs", any_of({reference("names"), reference("text"),
                            Json().put("type", "\"object\"").put("additionalProperties", reference("text")).text()}));
  for (const Kind* kind : all_kinds())
    if (!kind->has(opaque) && !kind->has(has_document) && !kind->key.empty())
      definitions.put(definition_name(*kind), object_schema(*kind));
  const Kind& document = document_kind();
  return Json()
             .put("$schema", "\"http://json-schema.org/draft-07/schema#\"")
             .put("title", "\"Desired PostgreSQL schema\"")
             .put("type", "\"object\"")
             .put("additionalProperties", "false")
             .put("properties", properties_of(document, 2))
             .put("definitions", definitions.lines(2))
             .lines(0) +
         "\n";
}

}  // namespace quoin
