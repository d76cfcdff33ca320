// A graph of names as text: Mermaid's flowchart, DOT or SVG.
#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/base/text.h"

namespace quoin {

/// Arrows go from what needs to what is needed. Ordered, so that the same graph is the same text.
struct Drawing {
  std::map<Text, Text> nodes;  // name → what it is: "table", "migration"
  std::set<std::pair<Text, Text>> arrows;
  std::map<std::pair<Text, Text>, Text> labels{};  // of some arrows
  std::set<Text> angular{};                        // nodes with corners in a flowchart, where the others are round
  // Of migrations alone: what could run beside what, and the longest chain of needs.
  std::map<Text, int> levels{};
  List critical_path{};
  // Of a part around an object: what could not stand without it.
  std::optional<List> breaks{};

  /// The part of the graph that can be reached from `name` along or against the arrows in at most `depth` steps.
  Drawing around(const Text& name, int depth) const;
  /// The graph without arrows that are implied by a longer way.
  Drawing reduced() const;
  bool is_critical(const Text& name) const { return std::ranges::count(critical_path, name) > 0; }
};
Text to_mermaid(const Drawing&);
Text to_dot(const Drawing&);
/// Drawn by Graphviz. Throws Error(Code::input) where its `dot` is not installed.
Text to_svg(const Drawing&);

}  // namespace quoin
