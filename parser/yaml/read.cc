// Documents, and the maps of objects by name in them.
#include <set>

#include "kinds/database/template.h"
#include "parser/yaml/reader.h"

namespace quoin::yaml {
namespace {
List database_wide_keys() {
  List keys;
  for (const Kind* kind : kinds_below(nullptr))
    if (!kind->has(has_document)) keys.emplace_back(kind->key);
  return keys;
}
/// One of the map that belongs where a list or a text stands.
Text example_of(const Kind& kind, const Node& node) {
  const bool is_named = !node.items.empty() && node.items.front().is(Shape::scalar);
  const FieldBase* main = kind.fields.size > 0 ? kind.fields.rows[0] : nullptr;
  const bool has_words = main && main->shape == shape_of<List> && !main->words.empty();
  const Text value = has_words ? concat("[", main->words.substr(0, main->words.find('|')), "]") : Text("…");
  return concat(is_named ? node.items.front().value : Text("name"), ": ", value);
}
bool is_nothing(const Node& node) { return node.is(Shape::null) && node.value.empty(); }

/// Whether `true` may stand for the thing alone: it says nothing that could be written instead.
bool is_flag(const Kind& kind) { return kind.fields.size == 0 || kind.fields.rows[0]->role == Role::word; }

/// True of what YAML 1.1, or a habit, takes for true or false besides these two.
bool is_truth_elsewhere(std::string_view word) {
  constexpr std::string_view words[] = {"yes", "no", "on", "off", "y", "n", "1", "0", "true", "false"};
  return word != "true" && word != "false" && std::ranges::count(words, lower(word)) > 0;
}
}  // namespace

DocumentReader::DocumentReader(Ids& ids, const List& search_path, Findings& findings)
    : findings_(findings),
      values_(findings, parsed_),
      search_path_(search_path),
      schema_(ids),
      replay_(schema_, search_path) {
  add_template(schema_);
}

void DocumentReader::assume(const Assumed& assumed) {
  for (const Text& name : assumed.schemas) {
    assumed_.names.insert({space::schema, Id(), name, {}});
    assumed_.unknown.insert(schema_.ids().of(document_kind(), Id(), name));
  }
  if (assumed.scripts.empty()) return;
  const Schema nothing = empty_database(schema_.ids());
  Schema given = empty_database(schema_.ids());
  Replay(given, search_path_).assume(assumed, findings_);
  given.each([&](const Object& object) {
    if (nothing.find(object.id)) return;
    for (Slot& slot : slots_of(object)) {
      slot.signature.clear();  // one of that name will do
      assumed_.names.insert(std::move(slot));
    }
  });
}

void DocumentReader::read(const YamlText& text) {
  files_.push_back(yaml::read(text, findings_));
  const File& file = files_.back();
  for (const Node& root : file.documents) document(file, root);
}

void DocumentReader::document(const File& file, const Node& root) {
  if (root.is(Shape::null)) return;
  const Kind& kind = document_kind();
  const YamlValue yaml{&file, &root, {}};
  if (!root.is(Shape::map))
    return values_.report(yaml, "yaml-value", "a document is a map, which begins with the name of its schema",
                          concat("write ", kind.name, ": public"));
  document_schema_ = "public";
  const Node* name = root.find(kind.name);
  if (const std::optional<Text> given = name ? values_.text({&file, name, {}}) : std::nullopt)
    document_schema_ = *given;
  const Id id = schema_.ids().of(kind, Id(), document_schema_);
  Object* object = schema_.find(id);
  if (!object) object = &schema_.add(id);
  if (object->place.line == 0) object->place = name ? name->place : root.place;

  const List database_wide = database_wide_keys();
  List known = keys_of(kind);
  known.insert(known.end(), database_wide.begin(), database_wide.end());
  known.emplace_back(kind.name);
  for (std::size_t i = 0; i < root.keys.size(); ++i) {
    const YamlValue key{&file, &root.keys[i], id}, value{&file, &root.values[i], id};
    const Text& word = key.node->value;
    if (word.empty() || word == kind.name) continue;
    if (word == "renamed_from") {
      if (std::optional<Text> old = values_.former_name(value)) schema_.find(id)->renamed_from = *old;
    } else if (const FieldBase* field = kind.fields.find(word)) {
      schema_.find(id)->put(*field, values_.value(*field, value));
    } else if (std::ranges::count(database_wide, word)) {
      below(nullptr, Id(), key, value);
    } else if (!below(&kind, id, key, value)) {
      unknown_key(known, key, "a document");
    }
  }
}

void DocumentReader::unknown_key(const List& known, const YamlValue& key, std::string_view where) {
  const std::optional<Text> near = nearest(key.node->value, known);
  List sorted = known;
  std::ranges::sort(sorted);
  values_.report(key, "yaml-key", concat("\"", key.node->value, "\" is no key of ", where),
                 near ? concat("did you mean \"", *near, "\"?") : concat("known keys: ", join(sorted, ", ")));
}

bool DocumentReader::below(const Kind* parent, Id id, const YamlValue& key, const YamlValue& value) {
  const Kinds kinds = kinds_below(parent, key.node->value);
  if (kinds.empty()) return false;
  if (is_alone(*kinds.front()))
    alone(*kinds.front(), id, value);
  else
    collection(kinds, id, value);
  return true;
}

void DocumentReader::alone(const Kind& kind, Id parent, const YamlValue& value) {
  const Node& node = *value.node;
  const bool is_truth = node.is(Shape::scalar) && node.style == Style::plain;
  if (is_flag(kind) && is_truth && node.value == "false") return;
  if (is_flag(kind) && is_truth && is_truth_elsewhere(node.value))
    return values_.report(value, "yaml-value",
                          concat("\"", node.value, "\" is true or false in other YAML, and a name here"),
                          "write true or false; quote it if it is a name");
  Text name = kind.yaml.implied_name ? kind.yaml.implied_name(parent) : Text();
  if (const Node* given = kind.yaml.implied_name && node.is(Shape::map) ? node.find("name") : nullptr)
    if (std::optional<Text> read = values_.text({value.file, given, parent})) name = *read;
  const Id id = schema_.ids().of(kind, parent, std::move(name));
  Node exists;
  exists.place = node.place;
  exists.begin = node.begin;
  const bool flagged = is_flag(kind) && is_truth && node.value == "true";
  object(kind, id, value, {value.file, flagged ? &exists : &node, id});
}

void DocumentReader::collection(const Kinds& kinds, Id parent, const YamlValue& value) {
  const Node& node = *value.node;
  if (is_nothing(node)) return;
  if (node.is(Shape::list) && kinds.size() == 1 && may_be_name_alone(*kinds.front())) {
    for (const Node& item : node.items) {
      const YamlValue yaml{value.file, &item, parent};
      const std::optional<Text> name = values_.text(yaml);
      Node nothing;
      nothing.place = item.place;
      if (!name) continue;
      const Id id = schema_.ids().of(*kinds.front(), parent, *name);
      object(*kinds.front(), id, yaml, {value.file, &nothing, id});
    }
    return;
  }
  if (!node.is(Shape::map))
    return values_.report(
        value, "yaml-value",
        concat(kinds.front()->key, " are a map by name, not a ", node.is(Shape::list) ? "list" : "text"),
        concat("write each on a line of its own, without a dash: ", example_of(*kinds.front(), node)));
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const YamlValue key{value.file, &node.keys[i], parent}, item{value.file, &node.values[i], parent};
    if (key.node->value.empty()) continue;
    if (kinds.front()->addressed->told_by != ToldBy::name) {
      waiting_.push_back({kinds, key, item, parent});
    } else if (const Kind* kind = choose(kinds, item)) {
      const Id id = schema_.ids().of(*kind, parent, key.node->value);
      object(*kind, id, key, {value.file, item.node, id});
    }
  }
}

const Kind* DocumentReader::choose(const Kinds& kinds, const YamlValue& value) {
  if (kinds.size() == 1) return kinds.front();
  List forms;
  for (const Kind* kind : kinds) {
    if (kind->fields.size == 0) continue;
    const std::string_view main = kind->fields.rows[0]->name;
    if (value.node->is(Shape::map) && value.node->find(main)) return kind;
    forms.push_back(concat("{ ", main, ": … }"));
  }
  values_.report(value, "yaml-value", "which kind of thing this is cannot be told",
                 concat("write ", join(forms, " or ")));
  return nullptr;
}

namespace {
/// In the order of the files, and without what follows from YAML that was read wrong on the same line.
void tidy(Findings& findings) {
  std::set<std::pair<Text, int>> broken;
  for (const Finding& found : findings)
    if (is_syntax(found)) broken.emplace(found.place.file, found.place.line);
  std::erase_if(findings, [&](const Finding& found) {
    return !is_syntax(found) && broken.contains({found.place.file, found.place.line});
  });
  std::ranges::stable_sort(findings, {}, &Finding::place);
}

Schema read_yaml_files(std::span<const YamlText> files, const Surroundings& around, DocumentReader&& reader) {
  reader.assume(around.assumed);
  for (const YamlText& file : files) reader.read(file);
  if (around.add_others) reader.add_others(around.add_others);
  return std::move(reader).finish();
}
}  // namespace
}  // namespace quoin::yaml

namespace quoin {
Schema read_yaml(std::span<const YamlText> files, Ids& ids, const Surroundings& around, Findings& findings) {
  Schema schema = yaml::read_yaml_files(files, around, yaml::DocumentReader(ids, around.search_path, findings));
  yaml::tidy(findings);
  return schema;
}

Schema read_yaml(std::span<const YamlText> files, Ids& ids, const List& search_path, Findings& findings) {
  const Assumed nothing;
  return read_yaml(files, ids, Surroundings{search_path, nothing}, findings);
}
}  // namespace quoin
