#include "project/graphs.h"

#include "core/model/kind.h"
#include "kinds/database/template.h"
#include "kinds/list.h"
#include "parser/names/names.h"
#include "project/assumed.h"
#include "project/folder.h"
#include "project/migration_graph.h"
#include "project/provenance.h"

namespace quoin {

namespace {
constexpr int without_end = 1'000'000;  // steps

/// An object with a section in documents is a node; what lies in it belongs to that.
Id node_of(Id id) {
  while (id && !id->kind->has(has_section)) id = id->parent;
  return id;
}

Text name_of(Id id) { return qualified(id) + id->signature; }

void add_migration(Drawing& drawing, const Migration& migration) {
  drawing.nodes.emplace(migration.label(), "migration");
  drawing.angular.insert(migration.label());
}

Drawing draw(const Schema& schema) {
  Drawing drawing;
  for (const Object* object : schema.objects()) {
    const Id node = node_of(object->id);
    // A schema or an extension holds or brings things; as a node it would only be a knot.
    if (!node || !node->parent || in_template(node)) continue;
    drawing.nodes.emplace(name_of(node), node->kind->name);
    if (node->kind == &table_kind) drawing.angular.insert(name_of(node));
    for (const std::vector<Id>* used : {&object->needs, &object->wants})
      for (Id id : *used)
        if (const Id other = node_of(id); other && other->parent && other != node && schema.find(other))
          drawing.arrows.emplace(name_of(node), name_of(other));
  }
  return drawing;
}

Drawing draw(const std::vector<Migration>& migrations, const Verified& verified) {
  const MigrationGraph graph = needs_among(migrations, verified);
  Drawing drawing;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    add_migration(drawing, migrations[i]);
    drawing.levels.emplace(migrations[i].label(), graph.level[i]);
    for (std::size_t other : graph.needs[i]) drawing.arrows.emplace(migrations[i].label(), migrations[other].label());
  }
  for (std::size_t one : graph.critical) drawing.critical_path.push_back(migrations[one].label());
  return drawing.reduced();
}

/// An object with its users, and the migrations that made and changed it.
Drawing draw(const Provenance& object, const Schema& schema, std::span<const Migration> migrations) {
  Drawing drawing = draw(schema);
  const Text name = name_of(object.id);
  drawing.nodes.emplace(name, object.id->kind->name);
  if (object.id->kind == &table_kind) drawing.angular.insert(name);
  std::erase_if(drawing.arrows, [&](const auto& arrow) { return arrow.first == name; });
  for (const ObjectChange& touch : object.touches)
    for (const Migration& migration : migrations) {
      if (touch.statement->section != &migration.up) continue;
      add_migration(drawing, migration);
      const std::pair arrow(name, migration.label());
      drawing.arrows.insert(arrow);
      Text& said = drawing.labels[arrow];
      if (said.find(touch.verb) == Text::npos) said += concat(said.empty() ? "" : ", ", touch.verb);
    }
  return drawing;
}

std::vector<Text> nodes_called(const Drawing& drawing, const Text& wanted) {
  std::vector<Text> found;
  for (const auto& [name, what] : drawing.nodes) {
    if (name == wanted) return {name};
    const bool bare = name.ends_with("." + wanted) || name.starts_with(wanted + "(") || name.ends_with("_" + wanted);
    if (bare) found.push_back(name);
  }
  return found;
}

Text find_node(const Drawing& drawing, const Text& wanted) {
  const std::vector<Text> found = nodes_called(drawing, wanted);
  if (found.size() == 1) return found[0];
  if (found.size() > 1)
    throw Error(Code::input, concat("several are called ", wanted, ": ", join(found, ", ")), {}, "say one in full");
  List names;
  for (const auto& [name, what] : drawing.nodes) names.push_back(name);
  const auto near = nearest(wanted, names);
  throw Error(Code::input, concat("nothing in the graph is called ", wanted), {},
              near ? concat("is ", *near, " meant?") : Text("without --of the graph shows every name"));
}

Drawing drawing_of_migrations(const GraphRequest& asked, const Settings& settings) {
  if (asked.source.form != SourceForm::migrations)
    throw Error(Code::usage, concat(asked.source.name(), " is no folder of migrations"), {},
                "--migrations draws what a folder of migrations holds");
  const std::vector<Migration> migrations = migrations_in(asked.source.where, settings);
  Ids ids;
  Schema schema = empty_database(ids);
  const Verified verified = replayed(migrations, schema, settings);
  const int depth = asked.depth.value_or(without_end);
  Drawing all = draw(migrations, verified);
  if (!asked.of) return all;
  const std::vector<Text> named = nodes_called(all, *asked.of);
  const bool is_whole_name = named.size() == 1 && named[0] == *asked.of;
  try {
    const Id object = is_whole_name ? Id() : object_called(*asked.of, schema, verified);
    if (object) return draw(provenance_of(object, schema, verified), schema, migrations).around(name_of(object), depth);
  } catch (const Error&) {
    if (named.size() != 1) throw;  // else a migration is meant
  }
  return all.around(named[0], depth);
}

}  // namespace

Drawing drawing_of(const GraphRequest& asked, const Settings& settings) {
  if (asked.migrations) return drawing_of_migrations(asked, settings);
  Ids ids;
  const Drawing all = draw(read_managed(asked.source, ids, settings));
  return asked.of ? all.around(find_node(all, *asked.of), asked.depth.value_or(without_end)) : all;
}

}  // namespace quoin
