// quoin graph: what stands on what.
#include "commands/command.h"
#include "commands/drawing.h"
#include "core/model/kind.h"
#include "kinds/database/template.h"
#include "parser/names/names.h"
#include "project/assumed.h"
#include "project/migration_graph.h"
#include "project/project.h"
#include "project/provenance.h"
#include "project/source.h"

namespace quoin {

namespace {
struct Asked {
  std::optional<Text> source, of;
  std::optional<int> depth;
  Text format = "mermaid";
  bool migrations = false;
};

/// What has a section in the documents is a node; the rest belongs to it.
Id node_of(Id id) {
  while (id && !id->kind->has(has_section)) id = id->parent;
  return id;
}

Text name_of(Id id) { return qualified(id) + id->signature; }

Drawing draw(const Schema& schema) {
  Drawing drawing;
  for (const Object* object : schema.objects()) {
    const Id node = node_of(object->id);
    // A schema or an extension holds or brings things; as a node it would only be a knot.
    if (!node || !node->parent || in_template(node)) continue;
    drawing.nodes.emplace(name_of(node), node->kind->name);
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
    drawing.nodes.emplace(migrations[i].label(), "migration");
    drawing.levels.emplace(migrations[i].label(), graph.level[i]);
    for (std::size_t other : graph.needs[i]) drawing.arrows.emplace(migrations[i].label(), migrations[other].label());
  }
  for (std::size_t one : graph.critical) drawing.critical_path.push_back(migrations[one].label());
  return drawing.reduced();
}

/// An object with what stands on it, and the migrations that touched it.
Drawing draw(const Provenance& object, const Schema& schema, std::span<const Migration> migrations) {
  Drawing drawing = draw(schema);
  const Text name = name_of(object.id);
  drawing.nodes.emplace(name, object.id->kind->name);
  std::erase_if(drawing.arrows, [&](const auto& arrow) { return arrow.first == name; });
  for (const Touch& touch : object.touches)
    for (const Migration& migration : migrations) {
      if (touch.statement->section != &migration.up) continue;
      drawing.nodes.emplace(migration.label(), "migration");
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

SchemaSource source_of(const Asked& asked, const CommandLine& settings) {
  if (asked.source) return parse_source(*asked.source);
  if (!asked.migrations)
    if (const auto database = settings.database()) return {SourceForm::database, *database};
  return {SourceForm::migrations, settings.config.migrations};
}

Drawing drawing_of_migrations(const SchemaSource& source, const Asked& asked, const CommandLine& settings) {
  if (source.form != SourceForm::migrations)
    throw Error(Code::usage, concat(source.name(), " is no folder of migrations"), {},
                "--migrations draws what a folder of migrations holds");
  const std::vector<Migration> migrations = migrations_in(source.where, settings);
  Ids ids;
  Schema schema = empty_database(ids);
  const Verified verified = replayed(migrations, schema, settings);
  const int depth = asked.depth.value_or(1'000'000);
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

Drawing drawing_of(const Asked& asked, const CommandLine& settings) {
  const SchemaSource source = source_of(asked, settings);
  if (asked.migrations) return drawing_of_migrations(source, asked, settings);
  Ids ids;
  const Drawing all = draw(read_managed(source, ids, settings));
  return asked.of ? all.around(find_node(all, *asked.of), asked.depth.value_or(1'000'000)) : all;
}

struct Format {
  const char* name;
  Text (*write)(const Drawing&);
};
constexpr Format formats[] = {{"mermaid", to_mermaid}, {"dot", to_dot}, {"svg", to_svg}, {"json", to_json}};

int run(const Asked& asked, const CommandLine& settings) {
  if (asked.depth && !asked.of)
    throw Error(Code::usage, "--depth counts from an object, and none is named", {}, "name it: --of OBJECT");
  if (asked.depth && *asked.depth < 0)
    throw Error(Code::usage, concat("--depth ", std::to_string(*asked.depth), " is no number of steps"), {},
                "give 0 or more");
  const Text format = settings.json ? "json" : asked.format;
  const auto row = std::ranges::find(formats, format, &Format::name);
  print_document(row->write(drawing_of(asked, settings)));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto asked = std::make_shared<Asked>();
  options.argument("SOURCE", asked->source, "what to draw; default: the database, or the migrations where none is set");
  options.choice("--format", asked->format, {"mermaid", "dot", "svg", "json"}, "how it is written; svg: by Graphviz");
  options.value("--of OBJECT", asked->of,
                "only what this stands on, and what stands on it; with --migrations: what made and changed it");
  options.number("--depth", asked->depth, "with --of: so many steps away at most");
  options.flag("--migrations", asked->migrations, "draw which migration needs which, not the objects");
  return [asked, &settings] { return run(*asked, settings); };
}
}  // namespace

const Command graph_command{"graph", "draw what stands on what",
                            "The dependency graph of a schema's objects, or of a folder's migrations: then with the\n"
                            "longest chain of needs (bold) and, in JSON, levels; those of one level could run side by\n"
                            "side. With --of, JSON says under breaks what could not stand without the object.\n"
                            "  quoin graph --migrations --of users\n"
                            "  quoin graph migrations --of users --depth 2 --format dot | dot -Tsvg > users.svg",
                            declare};

}  // namespace quoin
