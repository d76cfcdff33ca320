#include "snapshot/documents/drawing.h"

#include "core/base/files.h"
#include "core/base/private_folder.h"
#include "core/base/subprocess.h"
#include "core/base/visible.h"
#include "snapshot/documents/mermaid.h"

namespace quoin {

namespace {
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

namespace {
/// Where migrations are drawn, what came first stands at the left, as time is read; arrows still go to what is needed.
std::string_view direction(const Drawing& drawing) {
  return drawing.levels.empty() && drawing.labels.empty() ? "LR" : "RL";
}
}  // namespace

Text to_mermaid(const Drawing& drawing) {
  Text text = concat("flowchart ", direction(drawing), "\n");
  std::map<Text, Text> number;
  for (const auto& [name, what] : drawing.nodes) {
    const Text& id = number[name] = concat("n", std::to_string(number.size() + 1));
    const bool round = !drawing.angular.contains(name);
    text += concat("  ", id, round ? "([\"" : "[\"", mermaid::flowchart_text(name), round ? "\"])" : "\"]", "\n");
  }
  for (const auto& arrow : drawing.arrows) {
    const auto label = drawing.labels.find(arrow);
    const Text said = label == drawing.labels.end() ? "" : concat("|", mermaid::flowchart_text(label->second), "|");
    text += concat("  ", number[arrow.first], " -->", said, " ", number[arrow.second], "\n");
  }
  List critical;
  for (const Text& name : drawing.critical_path)
    if (drawing.nodes.contains(name)) critical.push_back(number[name]);
  if (!critical.empty())
    text += concat("  classDef critical stroke-width:4px\n  class ", join(critical, ","), " critical\n");
  return text;
}

namespace {
/// A string of DOT.
Text dot_string(std::string_view text) {
  Text out;
  for (const char c : visible(text)) out += c == '"' || c == '\\' ? Text{'\\', c} : Text(1, c);
  return concat("\"", out, "\"");
}
}  // namespace

Text to_dot(const Drawing& drawing) {
  Text text = concat("digraph quoin {\n  rankdir=", direction(drawing), ";\n  node [shape=box];\n");
  for (const auto& [name, what] : drawing.nodes) {
    const std::string_view width = drawing.is_critical(name) ? ", penwidth=3" : "";
    text += concat("  ", dot_string(name), " [tooltip=", dot_string(what), width, "];\n");
  }
  for (const auto& arrow : drawing.arrows) {
    const auto label = drawing.labels.find(arrow);
    const bool is_critical = drawing.is_critical(arrow.first) && drawing.is_critical(arrow.second);
    const Text said = label != drawing.labels.end() ? concat(" [label=", dot_string(label->second), "]")
                                                    : Text(is_critical ? " [penwidth=3]" : "");
    text += concat("  ", dot_string(arrow.first), " -> ", dot_string(arrow.second), said, ";\n");
  }
  return text + "}\n";
}

Text to_svg(const Drawing& drawing) {
  const PrivateFolder folder;
  const Text file = concat(folder.path(), "/graph.dot");
  write_file(file, to_dot(drawing));
  const ProgramEnd ended = run_program({"dot", "-Tsvg", file});
  if (ended.status == 0) return ended.out;
  const bool is_absent = ended.status == 127;
  throw Error(Code::input,
              is_absent ? Text("an SVG is drawn by Graphviz' dot, which is not on the PATH")
                        : concat("Graphviz' dot failed: ", trim(ended.err)),
              {}, "install Graphviz; or take --format dot, or mermaid, which code hosts draw themselves");
}

}  // namespace quoin
