#include "commands/drawing.h"

#include <nlohmann/json.hpp>

#include "commands/command.h"
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
  Drawing part;
  for (const Text& one : kept) part.nodes.emplace(one, nodes.at(one));
  for (const auto& arrow : arrows)
    if (kept.contains(arrow.first) && kept.contains(arrow.second)) part.arrows.insert(arrow);
  return part;
}

Drawing Drawing::reduced() const {
  std::map<Text, std::set<Text>> needed;
  for (const auto& [from, to] : arrows) needed[from].insert(to);
  Drawing out{nodes, {}};
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
  for (const auto& [from, to] : drawing.arrows) text += concat("  ", number[from], " --> ", number[to], "\n");
  return text;
}

Text to_dot(const Drawing& drawing) {
  Text text = "digraph quoin {\n  rankdir=LR;\n  node [shape=box];\n";
  const auto quoted = [](const Text& name) { return concat("\"", escaped(name, "\\\"", "\\\\"), "\""); };
  for (const auto& [name, what] : drawing.nodes) text += concat("  ", quoted(name), " [tooltip=", quoted(what), "];\n");
  for (const auto& [from, to] : drawing.arrows) text += concat("  ", quoted(from), " -> ", quoted(to), ";\n");
  return text + "}\n";
}

Text to_json(const Drawing& drawing) {
  nlohmann::ordered_json json{{"nodes", nlohmann::ordered_json::array()}, {"edges", nlohmann::ordered_json::array()}};
  for (const auto& [name, what] : drawing.nodes) json["nodes"].push_back({{"name", name}, {"kind", what}});
  for (const auto& [from, to] : drawing.arrows) json["edges"].push_back({{"from", from}, {"to", to}});
  return dumped(json);
}

}  // namespace quoin
