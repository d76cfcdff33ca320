// Mermaid's erDiagram. Code hosts draw up to 50,000 signs and 500 arrows; people take in far less.
#include <map>
#include <set>

#include "snapshot/diagram.h"

namespace quoin {
namespace {
constexpr std::size_t most_entities = 30, most_arrows = 400, most_signs = 45000;

bool is_plain(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// Words that the grammar of the picture takes for its own.
bool is_reserved(std::string_view name) {
  static const std::set<std::string_view> words = {"title", "direction", "style", "class", "classDef", "u", "o", "to"};
  return words.contains(name);
}

Text entity(Id id) {
  Text name = name_for_people(id);
  if (is_plain(name) && !is_reserved(name)) return name;
  std::ranges::replace_if(
      name, [](char c) { return c == '"' || c == '\n' || c == '%' || c == '\\'; }, '_');
  return concat("\"", name, "\"");
}

/// A type or column's name as an attribute may be spelled.
Text word(std::string_view text) {
  Text all;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    all += plain || (!all.empty() && (c == '(' || c == ')' || c == '[' || c == ']')) ? c : '_';
  }
  if (all.empty() || (all[0] >= '0' && all[0] <= '9')) all.insert(0, "_");
  return all;
}

struct Arrow {
  const Object* object;
  Id from;
  Edge edge;
};

/// All that is drawn, once.
struct Picture {
  std::vector<Id> entities;
  std::vector<Arrow> arrows;
};

Picture picture_of(const Document& document) {
  Picture all;
  std::set<Id> there;
  for (const Object* object : document.objects()) {
    const Kind& kind = *object->id->kind;
    if (kind.has(holds_rows) && kind.has(has_section)) {
      all.entities.push_back(object->id);
      there.insert(object->id);
    }
    const std::optional<Edge> edge = Document::edge(*object, document.schema());
    if (edge) all.arrows.push_back({object, document.section_of(object->id), *edge});
  }
  std::erase_if(all.arrows, [&](const Arrow& arrow) { return !there.contains(arrow.edge.to); });
  return all;
}

/// Names that a field of bare column names holds.
void add_columns(const Object& object, std::set<Text>& names) {
  for (const FieldBase* field : object.id->kind->fields) {
    if (field->role != Role::column) continue;
    if (const auto* list = std::get_if<List>(&object.value(*field))) names.insert(list->begin(), list->end());
    return;
  }
}

/// The columns of its key and its arrows: enough to see how rows hang together.
Text attributes(Id id, const Document& document) {
  std::set<Text> keys, foreign;
  for (const Object* child : document.below(id)) {
    if (child->id->kind->implied_name) add_columns(*child, keys);
    if (child->id->kind->has(is_edge)) add_columns(*child, foreign);
  }
  Text all;
  for (const Object* child : document.below(id)) {
    const Text& name = child->id->name;
    const bool key = keys.contains(name), arrow = foreign.contains(name);
    if (!child->id->kind->has(folds) || (!key && !arrow)) continue;
    const FieldBase& main = *child->id->kind->fields.rows[0];
    const auto* type = std::get_if<Text>(&child->value(main));
    all += concat("    ", word(type ? document.form(*child, main, *type) : "unknown"), " ", word(name), " ",
                  key && arrow ? "PK, FK"
                  : key        ? "PK"
                               : "FK",
                  "\n");
  }
  return all;
}

Text arrow_line(const Arrow& arrow) {
  Text label = arrow.object->id->name;
  std::ranges::replace(label, '"', '\'');
  return concat("  ", entity(arrow.from), " ", arrow.edge.at_most_one ? "|o" : "}o", "--",
                arrow.edge.may_lead_nowhere ? "o|" : "||", " ", entity(arrow.edge.to), " : \"", label, "\"\n");
}

Text drawn(const std::vector<Id>& entities, const std::vector<Arrow>& arrows, const Document& document) {
  Text all = "erDiagram\n";
  for (Id id : entities) {
    const Text inside = attributes(id, document);
    all += inside.empty() ? concat("  ", entity(id), "\n") : concat("  ", entity(id), " {\n", inside, "  }\n");
  }
  const std::set<Id> shown(entities.begin(), entities.end());
  std::size_t count = 0;
  for (const Arrow& arrow : arrows) {
    if (!shown.contains(arrow.from)) continue;  // drawn where it begins
    if (++count > most_arrows || all.size() > most_signs) break;
    all += arrow_line(arrow);
  }
  return all;
}

/// Neighbours stay together: from each entity not yet taken, breadth first along arrows, in pieces that render.
std::vector<std::vector<Id>> pieces(const std::vector<Id>& entities, const std::vector<Arrow>& arrows) {
  std::map<Id, std::vector<Id>> near;
  for (const Arrow& arrow : arrows) {
    near[arrow.from].push_back(arrow.edge.to);
    near[arrow.edge.to].push_back(arrow.from);
  }
  const std::set<Id> wanted(entities.begin(), entities.end());
  std::set<Id> taken;
  std::vector<std::vector<Id>> all(1);
  for (Id start : entities) {
    if (!taken.insert(start).second) continue;
    std::vector<Id> group{start};
    for (std::size_t i = 0; i < group.size(); ++i)
      for (Id next : near[group[i]])
        if (group.size() < most_entities && wanted.contains(next) && taken.insert(next).second) group.push_back(next);
    std::ranges::sort(group);
    if (all.back().size() + group.size() > most_entities && !all.back().empty()) all.emplace_back();
    all.back().insert(all.back().end(), group.begin(), group.end());
  }
  if (all.back().empty()) all.pop_back();
  return all;
}
}  // namespace

std::vector<Diagram> diagrams(const Document& document) {
  const Picture picture = picture_of(document);
  if (picture.entities.empty()) return {};
  if (picture.entities.size() <= most_entities)
    return {{"All tables", drawn(picture.entities, picture.arrows, document)}};
  std::vector<std::pair<Id, std::vector<Id>>> schemas;
  for (Id id : picture.entities) {
    auto found = std::ranges::find(schemas, schema_of(id), [](const auto& entry) { return entry.first; });
    if (found == schemas.end()) found = schemas.insert(schemas.end(), {schema_of(id), {}});
    found->second.push_back(id);
  }
  std::vector<Diagram> all;
  for (const auto& [schema, entities] : schemas) {
    const auto groups = pieces(entities, picture.arrows);
    for (const std::vector<Id>& group : groups) {
      const Text from = groups.size() > 1 ? concat(", from ", group.front()->name) : Text();
      all.push_back({concat(schema ? schema->name : Text(), from), drawn(group, picture.arrows, document)});
    }
  }
  return all;
}

Text write_mermaid(const Schema& schema, const DocumentOptions& options) {
  const Document document(schema, options);
  const Picture picture = picture_of(document);
  return drawn(picture.entities, picture.arrows, document);
}

}  // namespace quoin
