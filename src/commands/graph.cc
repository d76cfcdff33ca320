// quoin graph: what stands on what.
#include "commands/command.h"
#include "commands/drawing.h"
#include "core/model/kind.h"
#include "kinds/database/template.h"
#include "parser/names/names.h"
#include "parser/replay/verify.h"
#include "project/assumed.h"
#include "project/project.h"
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
  Drawing drawing;
  std::map<Text, const Migration*> by_file;
  for (const Migration& migration : migrations) {
    by_file[migration.up.file] = &migration;
    drawing.nodes.emplace(migration.label(), "migration");
  }
  std::unordered_map<Id, const Migration*> maker;
  for (const ReplayedStatement& statement : verified.statements) {
    const Migration* here = by_file[statement.section->file];
    for (Id need : statement.effects.needs)
      for (Id id = need; id; id = id->parent)
        if (const auto made = maker.find(id); made != maker.end() && made->second != here)
          drawing.arrows.emplace(here->label(), made->second->label());
    for (Id id : statement.effects.makes) maker[id] = here;
    for (const auto& [from, to] : statement.effects.renames) maker[to] = here;
  }
  return drawing.reduced();
}

Text find_node(const Drawing& drawing, const Text& wanted) {
  List names, found;
  for (const auto& [name, what] : drawing.nodes) {
    names.push_back(name);
    const bool bare = name.ends_with("." + wanted) || name.starts_with(wanted + "(") || name.ends_with("_" + wanted);
    if (name == wanted) return name;
    if (bare) found.push_back(name);
  }
  if (found.size() == 1) return found[0];
  if (found.size() > 1)
    throw Error(Code::input, concat("several are called ", wanted, ": ", join(found, ", ")), {}, "say one in full");
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

Drawing drawing_of(const SchemaSource& source, const Asked& asked, const CommandLine& settings) {
  Ids ids;
  if (!asked.migrations) { return draw(read_source(source, ids, settings)); }
  if (source.form != SourceForm::migrations)
    throw Error(Code::usage, concat(source.name(), " is no folder of migrations"), {},
                "--migrations draws what a folder of migrations holds");
  const std::vector<Migration> migrations = migrations_in(source.where, settings);
  Schema schema = empty_database(ids);
  return draw(migrations, verify(migrations, schema, settings.search_path(), read_assumed(settings)));
}

int run(const Asked& asked, const CommandLine& settings) {
  if (asked.depth && !asked.of)
    throw Error(Code::usage, "--depth counts from an object, and none is named", {}, "name it: --of OBJECT");
  Drawing drawing = drawing_of(source_of(asked, settings), asked, settings);
  if (asked.of) drawing = drawing.around(find_node(drawing, *asked.of), asked.depth.value_or(1'000'000));
  const bool as_json = settings.json || asked.format == "json";
  print_document(as_json ? to_json(drawing) : asked.format == "dot" ? to_dot(drawing) : to_mermaid(drawing));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto asked = std::make_shared<Asked>();
  options.argument("SOURCE", asked->source, "what to draw; default: the database, or the migrations where none is set");
  options.choice("--format", asked->format, {"mermaid", "dot", "json"}, "how it is written");
  options.value("--of OBJECT", asked->of, "only what this stands on, and what stands on it");
  options.number("--depth", asked->depth, "with --of: so many steps away at most");
  options.flag("--migrations", asked->migrations, "draw which migration needs which, not the objects");
  return [asked, &settings] { return run(*asked, settings); };
}
}  // namespace

const Command graph_command{"graph", "draw what stands on what",
                            "The dependency graph of a schema's objects, or of a folder's migrations.\n"
                            "  quoin graph migrations --of users --depth 2 --format dot | dot -Tsvg > users.svg",
                            declare};

}  // namespace quoin
