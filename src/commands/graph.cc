// quoin graph: what stands on what.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "project/graphs.h"

namespace quoin {

namespace {
struct Asked {
  std::optional<Text> source, of;
  std::optional<int> depth;
  Text format = "mermaid";
  bool migrations = false;
};

SchemaSource source_of(const Asked& asked, const CommandLine& settings) {
  if (asked.source) return parse_source(*asked.source);
  if (!asked.migrations)
    if (const auto database = settings.database()) return {SourceForm::database, *database};
  return {SourceForm::migrations, settings.config.migrations};
}

Text to_json(const Drawing& drawing) {
  nlohmann::ordered_json json{{"nodes", nlohmann::ordered_json::array()}, {"edges", nlohmann::ordered_json::array()}};
  for (const auto& [name, what] : drawing.nodes) {
    auto& node = json["nodes"].emplace_back(nlohmann::ordered_json{{"name", name}, {"kind", what}});
    if (const auto level = drawing.levels.find(name); level != drawing.levels.end()) node["level"] = level->second;
  }
  for (const auto& arrow : drawing.arrows) {
    auto& edge = json["edges"].emplace_back(nlohmann::ordered_json{{"from", arrow.first}, {"to", arrow.second}});
    if (const auto label = drawing.labels.find(arrow); label != drawing.labels.end()) edge["what"] = label->second;
  }
  if (!drawing.levels.empty()) json["critical_path"] = drawing.critical_path;
  if (drawing.breaks) json["breaks"] = *drawing.breaks;
  return dumped(json);
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
  const GraphRequest request{source_of(asked, settings), asked.migrations, asked.of, asked.depth};
  const Text format = settings.json ? "json" : asked.format;
  const auto row = std::ranges::find(formats, format, &Format::name);
  print_document(row->write(drawing_of(request, settings)));
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
