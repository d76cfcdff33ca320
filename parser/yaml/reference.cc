// What may be written in YAML, for people: the same rows as the editors' schema is made of.
#include "kinds/list.h"
#include "parser/yaml/reader.h"

namespace quoin {
namespace yaml {
namespace {
Text kind_of_value(const FieldBase& field) {
  if (field.shape == shape_of<bool>) return "true or false";
  if (field.shape == shape_of<std::int64_t>) return "a number";
  const bool is_list = field.shape == shape_of<List>;
  if (!field.words.empty()) return concat(is_list ? "a list of: " : "", join(split(field.words, '|'), ", "));
  return is_list ? "a list" : "";
}

Text meaning(const FieldBase& field, const Kind& kind) {
  Text text(field.doc);
  if (const Text value = kind_of_value(field); !value.empty()) text += concat(" (", value, ")");
  if (kind.sql.rename_part && field.shape == shape_of<List>) text += "; one may be { name: …, renamed_from: … }";
  return text;
}

Text where(const Kind& kind) {
  if (possible_parents(kind).empty()) return "in any document";
  List parents;
  for (const std::string_view parent : possible_parents(kind))
    parents.push_back(parent == "*" ? Text("anything") : Text(parent));
  return concat("in ", join(parents, ", "));
}

// Of one key with several kinds only a map tells which it is; a shorthand of its own says more.
bool may_stand_alone(const Kind& kind) {
  if (kind.fields.size == 0 || kind.yaml.statement || kind.fields.rows[0]->shape == shape_of<bool>) return false;
  return std::ranges::none_of(all_kinds(), [&](const Kind* other) {
    return other != &kind && other->key == kind.key &&
           std::ranges::equal(possible_parents(*other), possible_parents(kind));
  });
}

Text meaning_of_renamed_from(const Kind& kind) {
  const bool may_move = std::ranges::any_of(possible_parents(kind), [](std::string_view parent) {
    const Kind* found = kind_named(parent);
    return found && found->has(is_namespace);
  });
  return may_move ? "its name before, with its schema where that was another" : "its name before";
}

YamlKind described(const Kind& kind) {
  YamlKind all{Text(kind.key), concat(kind.name, is_alone(kind) ? ", at most one " : ", by name, ", where(kind)), {}};
  const FieldBase* alone = may_stand_alone(kind) ? kind.fields.rows[0] : nullptr;
  for (const FieldBase* field : kind.fields)
    if (is_key(*field, kind))
      all.fields.emplace_back(field->name, concat(meaning(*field, kind), field == alone ? "; may stand alone" : ""));
  if (kind.yaml.statement) all.fields.emplace_back("definition", "what SQL says of it after its name; may stand alone");
  if (kind.yaml.implied_name) all.fields.emplace_back("name", "its name, where it is not the server's own choice");
  if (kind.has_name()) all.fields.emplace_back("renamed_from", meaning_of_renamed_from(kind));
  List below;
  for (const Kind* one : kinds_below(&kind))
    if (!std::ranges::count(possible_parents(*one), "*") && !std::ranges::count(below, one->key))
      below.emplace_back(one->key);
  if (!below.empty()) all.fields.emplace_back(join(below, ", "), "what lies in it: see there");
  return all;
}
}  // namespace
}  // namespace yaml

std::vector<YamlKind> yaml_reference() {
  std::vector<YamlKind> kinds;
  for (const Kind* kind : all_kinds())
    if (!kind->has(opaque) && !kind->key.empty() && !kind->has(has_document)) kinds.push_back(yaml::described(*kind));
  return kinds;
}

}  // namespace quoin
