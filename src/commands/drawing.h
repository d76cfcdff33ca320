// A graph of names as text: Mermaid, DOT or JSON.
#pragma once
#include <map>
#include <set>

#include "core/base/text.h"

namespace quoin {

/// Arrows go from what needs to what is needed. Ordered, so that the same graph is the same text.
struct Drawing {
  std::map<Text, Text> nodes;  // name → what it is: "table", "migration"
  std::set<std::pair<Text, Text>> arrows;

  /// The part of the graph that can be reached from `name` along or against the arrows in at most `depth` steps.
  Drawing around(const Text& name, int depth) const;
  /// The graph without arrows that are implied by a longer way.
  Drawing reduced() const;
};
Text to_mermaid(const Drawing&);
Text to_dot(const Drawing&);
Text to_json(const Drawing&);

}  // namespace quoin
