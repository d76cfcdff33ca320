#include "commands/drawing.h"

#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/files.h"
#include "core/base/private_folder.h"
#include "core/base/subprocess.h"
#include "core/base/visible.h"

namespace quoin {

namespace {
Text escaped(std::string_view text, std::string_view quote, std::string_view backslash) {
  Text out;
  for (char c : visible(text)) out += c == '"' ? Text(quote) : c == '\\' ? Text(backslash) : Text(1, c);
  return out;
}

/// Names reached from `start` in at most `depth` steps; `next` gives the neighbours of one.
template <class Next>
std::set<Text> reached(const Text& start, int depth, Next next) {
  std::set<Text> all{start}, edge{start};
  for (int step = 0; step < depth && !edge.empty(); ++step) {
    std::set<Text> further;
    for (const Text& name : edge)
      for (const Text& neighbour : next(name))
        if (all.insert(neighbour).second) further.insert(neighbour);
    edge = std::move(further);
  }
  return all;
}
}  // namespace

Drawing Drawing::around(const Text& name, int depth) const {
  std::map<Text, std::set<Text>> needed, needing;
  for (const auto& [from, to] : arrows) {
    needed[from].insert(to);
    needing[to].insert(from);
  }
  std::set<Text> kept = reached(name, depth, [&](const Text& one) { return needed[one]; });
  kept.merge(reached(name, depth, [&](const Text& one) { return needing[one]; }));
  Drawing part = *this;
  std::erase_if(part.nodes, [&](const auto& node) { return !kept.contains(node.first); });
  std::erase_if(part.arrows,
                [&](const auto& arrow) { return !kept.contains(arrow.first) || !kept.contains(arrow.second); });
  std::set<Text> users = reached(name, static_cast<int>(nodes.size()), [&](const Text& one) { return needing[one]; });
  users.erase(name);
  part.breaks.emplace(users.begin(), users.end());
  return part;
}

Drawing Drawing::reduced() const {
  std::map<Text, std::set<Text>> needed;
  for (const auto& [from, to] : arrows) needed[from].insert(to);
  Drawing out = *this;
  out.arrows.clear();
  for (const auto& [from, direct] : needed) {
    std::set<Text> implied;
    for (const Text& one : direct) {
      std::set<Text> further = reached(one, static_cast<int>(nodes.size()), [&](const Text& at) { return needed[at]; });
      further.erase(one);
      implied.merge(further);
    }
    for (const Text& one : direct)
      if (!implied.contains(one)) out.arrows.emplace(from, one);
  }
  return out;
}

Text to_mermaid(const Drawing& drawing) {
  Text text = "flowchart LR\n";
  std::map<Text, Text> number;
  for (const auto& [name, what] : drawing.nodes) {
    const Text& id = number[name] = concat("n", std::to_string(number.size() + 1));
    const bool round = what != "table" && what != "migration";
    text += concat("  ", id, round ? "([\"" : "[\"", escaped(name, "#quot;", "#92;"), round ? "\"])" : "\"]", "\n");
  }
  for (const auto& arrow : drawing.arrows) {
    const auto label = drawing.labels.find(arrow);
    const Text said = label == drawing.labels.end() ? "" : concat("|", escaped(label->second, "#quot;", "#92;"), "|");
    text += concat("  ", number[arrow.first], " -->", said, " ", number[arrow.second], "\n");
  }
  List critical;
  for (const Text& name : drawing.critical_path)
    if (drawing.nodes.contains(name)) critical.push_back(number[name]);
  if (!critical.empty())
    text += concat("  classDef critical stroke-width:4px\n  class ", join(critical, ","), " critical\n");
  return text;
}

Text to_dot(const Drawing& drawing) {
  Text text = "digraph quoin {\n  rankdir=LR;\n  node [shape=box];\n";
  const auto quoted = [](const Text& name) { return concat("\"", escaped(name, "\\\"", "\\\\"), "\""); };
  for (const auto& [name, what] : drawing.nodes) {
    const std::string_view width = drawing.is_critical(name) ? ", penwidth=3" : "";
    text += concat("  ", quoted(name), " [tooltip=", quoted(what), width, "];\n");
  }
  for (const auto& arrow : drawing.arrows) {
    const auto label = drawing.labels.find(arrow);
    const Text said = label == drawing.labels.end() ? "" : concat(" [label=", quoted(label->second), "]");
    text += concat("  ", quoted(arrow.first), " -> ", quoted(arrow.second), said, ";\n");
  }
  return text + "}\n";
}

Text to_svg(const Drawing& drawing) {
  const PrivateFolder folder;
  const Text file = concat(folder.path(), "/graph.dot");
  write_file(file, to_dot(drawing));
  const Ended ended = run_program({"dot", "-Tsvg", file});
  if (ended.status == 0) return ended.out;
  const bool is_absent = ended.status == 127;
  throw Error(Code::input,
              is_absent ? Text("an SVG is drawn by Graphviz' dot, which is not on the PATH")
                        : concat("Graphviz' dot failed: ", trim(ended.err)),
              {}, "install Graphviz; or take --format dot, or mermaid, which code hosts draw themselves");
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

}  // namespace quoin
