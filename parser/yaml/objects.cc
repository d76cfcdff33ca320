// One object: made, filled from a shorthand or a map, with what lies below it.
#include "core/sql/ast.h"
#include "kinds/database/template.h"
#include "parser/yaml/reader.h"
#include "parser/yaml/scalar.h"

namespace quoin::yaml {
namespace {
std::size_t count_below(const Schema& schema, Id id) {
  std::size_t all = 0;
  for (const Object* child : schema.children(id)) all += 1 + count_below(schema, child->id);
  return all;
}
/// The part of an object's map that is read as a shorthand; null where there is none.
const Node* shorthand_in(const Node& map, const Kind& kind) {
  if (!kind.fields.find("definition"))
    if (const Node* definition = map.find("definition")) return definition;
  const Node* main = kind.yaml.says_more ? map.find(kind.fields.rows[0]->name) : nullptr;
  return main && main->is(Shape::scalar) && kind.yaml.says_more(main->value) ? main : nullptr;
}
/// Words where a name may stand that need not be said (not_null: yes please).
bool is_several_words(const FieldBase& main, const Kind& kind, const Node& node) {
  return kind.has(single) && main.role == Role::word && main.words.empty() && main.presence == Presence::optional &&
         node.is(Shape::scalar) && node.style == Style::plain && node.value.find(' ') != Text::npos;
}
/// Whether DDL made of a shorthand does one thing: a comma or semicolon in it could begin another.
bool is_one(const ast::Tree& ddl) {
  if (ddl.text().find_first_of(",;") == Text::npos) return true;
  return ddl.statements().size() == 1 && ddl.statements()[0].node["cmds"].size() <= 1;
}
}  // namespace

/// Null (and reported) where it is there already. What template0 has may be said once more.
Object* DocumentReader::make(Id id, const YamlValue& key) {
  if (Object* there = schema_.find(id)) {
    if (there->place.line == 0 && in_template(id)) {
      *there = Object(id);
      there->place = key.node->place;
      return there;
    }
    values_.report({key.file, key.node, id}, "yaml-duplicate",
                   concat(path(id), " is there twice, first at ", to_string(there->place)), "keep one of them");
    return nullptr;
  }
  Object& object = schema_.add(id);
  object.place = key.node->place;
  if (!id->parent) document_of_[id] = document_schema_;
  return &object;
}

void DocumentReader::object(const Kind& kind, Id id, const YamlValue& key, const YamlValue& value) {
  const Node& node = *value.node;
  if (id->kind->has_name() && id->name.size() > longest_identifier)
    return values_.report({key.file, key.node, id}, "yaml-sql",
                          concat(path(id), " is a name of ", std::to_string(id->name.size()),
                                 " bytes, and PostgreSQL keeps ", std::to_string(longest_identifier), " of them"),
                          "give it a shorter one");
  const Node* shorthand = nullptr;
  if (kind.yaml.statement && node.is(Shape::scalar)) shorthand = &node;
  if (kind.yaml.statement && node.is(Shape::map)) shorthand = shorthand_in(node, kind);
  if (shorthand) {
    if (schema_.find(id)) {
      make(id, key);
      return;
    }
    if (!declare(id, {value.file, shorthand, id})) return;
    Object& made = *schema_.find(id);
    made.place = key.node->place;
    place_below(id, key.node->place);
    if (node.is(Shape::map)) fill_map(made, value);
    return;
  }
  if (kind.has(single) && node.is(Shape::scalar) && node.value.empty() && in_template(id)) {
    schema_.remove(id);  // comment: "" takes away the one that public is born with
    return;
  }
  if (Object* made = make(id, key)) fill(*made, value);
}

void DocumentReader::place_below(Id id, const Place& place) {
  for (const Object* child : schema_.children(id)) {
    schema_.find(child->id)->place = place;
    place_below(child->id, place);
  }
}

bool DocumentReader::declare(Id id, const YamlValue& shorthand) {
  const std::optional<Text> text = values_.text(shorthand);
  if (!text || values_.has_date_as_default(*text, shorthand)) return false;
  const Text ddl = id->kind->yaml.statement(id, *text);
  const std::size_t at = ddl.find(*text), before = schema_.size();
  try {
    const ast::Tree tree = ast::Tree::parse(ddl);
    if (!is_one(tree)) throw Error(Code::input, concat("this says more than one ", id->kind->name));
    parsed_[id].add(replay_.declare(tree, shorthand.node->place));
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    values_.report_sql(shorthand, error, ddl, at == Text::npos ? 0 : at);
    return schema_.find(id) != nullptr;
  }
  if (!schema_.find(id)) {
    values_.report(shorthand, "yaml-sql", concat(path(id), ": this does not read as a ", id->kind->name),
                   "write what SQL says of it after its name");
    return false;
  }
  if (schema_.size() == before + 1 + count_below(schema_, id)) return true;
  // A column that says PRIMARY KEY or REFERENCES makes what lies beside it, too.
  for (const Object* beside : schema_.children(id->parent))
    if (beside->place.line == 0) place_below(beside->id, schema_.find(beside->id)->place = shorthand.node->place);
  return true;
}

void DocumentReader::fill(Object& object, const YamlValue& value) {
  const Kind& kind = *object.id->kind;
  const Node& node = *value.node;
  if (node.is(Shape::map)) return fill_map(object, value);
  if (node.is(Shape::null) && node.value.empty() && !must_be_written(kind)) return;
  const FieldBase* main = kind.fields.size > 0 ? kind.fields.rows[0] : nullptr;
  if (!main || (main->shape == shape_of<bool> && !kind.has(single)))
    return values_.report(value, "yaml-value", concat(path(object.id), " takes no value of its own"),
                          concat("write a map: ", join(keys_of(kind), ", ")));
  if (is_several_words(*main, kind, node))
    return values_.report(value, "yaml-value", concat(path(object.id), " takes true, or a name: this is neither"),
                          concat("write true; or, where it is the name, quote it: ", quoted(node.value)));
  object.put(*main, values_.value(*main, value));
  if (!node.is(Shape::null)) check_presence(object, value);
}

/// What must be written and is not. What was written wrong has been reported.
void DocumentReader::check_presence(const Object& object, const YamlValue& yaml) {
  const Kind& kind = *object.id->kind;
  for (const FieldBase* field : kind.fields) {
    const bool is_main = field == kind.fields.rows[0];
    const bool said = yaml.node->is(Shape::map) ? yaml.node->find(field->name) != nullptr : is_main;
    if (!must_be_written(*field, kind) || said) continue;
    values_.report(yaml, "yaml-value", concat(path(object.id), " says nothing of its ", field->name),
                   concat("add ", field->name, ": (", field->doc, ")"));
  }
}

void DocumentReader::fill_map(Object& object, const YamlValue& map) {
  const Id id = object.id;
  const Kind& kind = *id->kind;
  const Node& node = *map.node;
  const Node* shorthand = kind.yaml.statement ? shorthand_in(node, kind) : nullptr;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const YamlValue key{map.file, &node.keys[i], id}, value{map.file, &node.values[i], id};
    const Text& word = key.node->value;
    const FieldBase* field = kind.fields.find(word);
    if (word.empty() || (word == "name" && kind.yaml.implied_name)) continue;
    if (value.node == shorthand) continue;  // read before
    if (field && is_key(*field, kind)) {
      schema_.find(id)->put(*field, values_.value(*field, value));
      values_.renamed_parts(*schema_.find(id), *field, value);
    } else if (word == "renamed_from" && kind.has_name()) {
      if (const std::optional<Text> old = values_.former_name(value)) schema_.find(id)->renamed_from = *old;
    } else if (!below(&kind, id, key, value)) {
      unknown_key(
          keys_of(kind), key,
          concat(std::string_view("aeio").find(kind.name.front()) == std::string_view::npos ? "a " : "an ", kind.name));
    }
  }
  if (!shorthand) check_presence(object, map);
}

}  // namespace quoin::yaml
