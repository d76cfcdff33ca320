// The picture of a schema, as Mermaid's erDiagram. Code hosts draw up to 50,000 signs and 500 arrows; people take in
// far less.
#include "snapshot/documents/diagram.h"

#include "snapshot/documents/mermaid.h"

namespace quoin {
namespace {
constexpr std::size_t most_entities = 30, most_arrows = 400, most_signs = 45000;

Text entity(Id id) { return mermaid::entity(name_for_people(id)); }
}  // namespace

Picture::Picture(const Document& document) : document_(document) {
  std::unordered_set<Id> there;
  for (const Object* object : document.objects()) {
    const Kind& kind = *object->id->kind;
    if (is_like_a_table(kind) && kind.has(has_section)) {
      entities_.push_back(object->id);
      there.insert(object->id);
    }
    const std::optional<Edge> edge = Document::edge(*object, document.schema());
    if (edge) arrows_.push_back({object, document.section_of(object->id), *edge});
  }
  std::erase_if(arrows_, [&](const Arrow& arrow) { return !there.contains(arrow.edge.to); });
  for (const Arrow& arrow : arrows_) {
    near_[arrow.from].push_back(&arrow);
    if (arrow.edge.to != arrow.from) near_[arrow.edge.to].push_back(&arrow);
  }
}

bool Picture::is_small() const { return entities_.size() <= most_entities; }

/// The columns of its key and its arrows: enough to see how rows hang together.
Text Picture::attributes(Id id) const {
  const std::map<Text, Document::Marks> marks = document_.marks(id);
  Text all;
  for (const Object* child : document_.below(id)) {
    const auto found = child->id->kind->has(folds) ? marks.find(child->id->name) : marks.end();
    if (found == marks.end()) continue;
    const FieldBase& main = *child->id->kind->fields.rows[0];
    const auto* type = std::get_if<Text>(&child->value(main));
    const bool key = found->second.key, arrow = !found->second.to.empty();
    all += concat("    ", mermaid::attribute(type ? document_.form(*child, main, *type) : "unknown"), " ",
                  mermaid::attribute(child->id->name), " ",
                  key && arrow ? "PK, FK"
                  : key        ? "PK"
                               : "FK",
                  "\n");
  }
  return all;
}

Text Picture::line(const Arrow& arrow) {
  return concat("  ", entity(arrow.from), " ", arrow.edge.at_most_one ? "|o" : "}o", "--",
                arrow.edge.may_lead_nowhere ? "o|" : "||", " ", entity(arrow.edge.to), " : ",
                mermaid::label(arrow.object->id->name), "\n");
}

Text Picture::drawn(const std::vector<Id>& entities, std::span<const Arrow* const> arrows) const {
  Text all = "erDiagram\n";
  for (Id id : entities) {
    const Text inside = attributes(id);
    all += inside.empty() ? concat("  ", entity(id), "\n") : concat("  ", entity(id), " {\n", inside, "  }\n");
  }
  std::size_t count = 0;
  for (const Arrow* arrow : arrows) {
    if (++count > most_arrows || all.size() > most_signs) break;
    all += line(*arrow);
  }
  return all;
}

/// Each arrow is drawn where it begins, in the order of all.
std::vector<const Picture::Arrow*> Picture::from(const std::vector<Id>& entities) const {
  std::vector<const Arrow*> all;
  for (Id id : entities)
    if (const auto near = near_.find(id); near != near_.end())
      std::ranges::copy_if(near->second, std::back_inserter(all),
                           [&](const Arrow* arrow) { return arrow->from == id; });
  std::ranges::sort(all);  // they lie in one vector
  return all;
}

/// Neighbours stay together: from each entity not yet taken, breadth first along arrows, in pieces that render.
std::vector<std::vector<Id>> Picture::groups(const std::vector<Id>& entities) const {
  const std::unordered_set<Id> wanted(entities.begin(), entities.end());
  std::unordered_set<Id> taken;
  std::vector<std::vector<Id>> all(1);
  for (Id start : entities) {
    if (!taken.insert(start).second) continue;
    std::vector<Id> group{start};
    for (std::size_t i = 0; i < group.size(); ++i) {
      const auto near = near_.find(group[i]);
      if (near == near_.end()) continue;
      for (const Arrow* arrow : near->second)
        for (Id next : {arrow->edge.to, arrow->from})
          if (group.size() < most_entities && wanted.contains(next) && taken.insert(next).second) group.push_back(next);
    }
    std::ranges::sort(group);
    if (all.back().size() + group.size() > most_entities && !all.back().empty()) all.emplace_back();
    all.back().insert(all.back().end(), group.begin(), group.end());
  }
  if (all.back().empty()) all.pop_back();
  return all;
}

std::vector<Diagram> Picture::pieces() const {
  if (is_empty()) return {};
  if (is_small()) return {{"All tables", whole()}};
  std::vector<std::pair<Id, std::vector<Id>>> schemas;
  for (Id id : entities_) {
    auto found = std::ranges::find(schemas, schema_of(id), [](const auto& entry) { return entry.first; });
    if (found == schemas.end()) found = schemas.insert(schemas.end(), {schema_of(id), {}});
    found->second.push_back(id);
  }
  std::vector<Diagram> all;
  for (const auto& [schema, entities] : schemas) {
    const auto parts = groups(entities);
    for (const std::vector<Id>& part : parts) {
      const Text begin = parts.size() > 1 ? concat(", from ", part.front()->name) : Text();
      all.push_back({concat(schema ? schema->name : Text(), begin), drawn(part, from(part))});
    }
  }
  return all;
}

Text Picture::whole() const { return drawn(entities_, from(entities_)); }

Text Picture::around(Id id) const {
  const auto near = near_.find(id);
  if (near == near_.end()) return {};
  std::vector<Id> shown{id};
  std::vector<const Arrow*> arrows;
  for (const Arrow* arrow : near->second) {
    const Id other = arrow->from == id ? arrow->edge.to : arrow->from;
    const bool is_new = !std::ranges::count(shown, other);
    if (is_new && shown.size() == most_entities) continue;
    if (is_new) shown.push_back(other);
    arrows.push_back(arrow);
  }
  std::ranges::sort(shown);
  return drawn(shown, arrows);
}

Text write_mermaid(const Schema& schema, const DocumentOptions& options) {
  const Document document(schema, options);
  return Picture(document).whole();
}

}  // namespace quoin
