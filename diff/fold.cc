#include <set>

#include "diff/draft.h"

namespace quoin {

namespace {
bool takes_parts(const Step& step) { return !step.tail.empty() || !step.separator.empty(); }

void fold_all(Draft& draft) {
  std::unordered_map<Id, std::size_t> hosts;
  for (std::size_t i = 0; i < draft.size(); ++i)
    if (const Id id = draft[i].subject; takes_parts(*draft[i].step) && std::ranges::count(draft[i].step->makes, id))
      hosts.emplace(id, i);
  std::set<std::pair<std::size_t, std::string_view>> inside;  // host and merges_as: the server makes one index of two
  for (std::size_t i = 0; i < draft.size(); ++i) {
    const auto host = hosts.find(draft[i].step->host);
    if (!draft[i].step->host || host == hosts.end() || host->second == i) continue;
    const std::string_view key = draft[i].merges_as;
    if (key.empty() || inside.emplace(host->second, key).second) draft[i].inside = host->second;
  }
}

// The arcs between steps that stand alone, as they are now.
Arcs contracted(const Arcs& arcs, const std::vector<std::size_t>& root) {
  Arcs between;
  between.reserve(arcs.size());
  for (const Arc& arc : arcs)
    if (root[arc.first] != root[arc.then]) between.push_back({root[arc.first], root[arc.then], arc.soft});
  return between;
}

// The parts by which a component is a cycle: a clause that waits for a step outside of its statement, a drop that a
// step outside waits for. Those of the heaviest kind become statements of their own.
class InTheWay {
 public:
  explicit InTheWay(const Draft& draft) : draft_(draft) {}
  void add(std::size_t component, std::size_t step) {
    const int weight = draft_[step].subject->kind->weight;
    auto& [heaviest, steps] = found_[component];
    if (steps.empty() || weight > heaviest) {
      heaviest = weight;
      steps.clear();
    }
    if (weight == heaviest) steps.push_back(step);
  }
  bool knows(std::size_t component) const { return found_.contains(component); }
  void take_out(Draft& draft) const {
    for (const auto& [component, found] : found_)
      for (std::size_t step : found.second) draft[step].inside = Drafted::alone;
  }

 private:
  const Draft& draft_;
  std::unordered_map<std::size_t, std::pair<int, std::vector<std::size_t>>> found_;
};

bool is_part(const Drafted& drafted) { return drafted.inside != Drafted::alone; }

// One round. False when it took out no part and no arc.
bool loosen(Draft& draft, Arcs& arcs) {
  const std::vector<std::size_t> root = roots(draft);
  const std::vector<std::size_t> component = components(draft.size(), contracted(arcs, root));
  auto in_cycle = [&](const Arc& arc) {
    return root[arc.first] != root[arc.then] && component[root[arc.first]] == component[root[arc.then]];
  };
  InTheWay in_the_way(draft);
  for (const Arc& arc : arcs) {
    if (!in_cycle(arc)) continue;
    const std::size_t cycle = component[root[arc.first]];
    if (is_part(draft[arc.then]) && !draft[arc.then].dropped) in_the_way.add(cycle, arc.then);
    if (is_part(draft[arc.first]) && draft[arc.first].dropped) in_the_way.add(cycle, arc.first);
  }
  const auto removed = std::erase_if(
      arcs, [&](const Arc& arc) { return arc.soft && in_cycle(arc) && !in_the_way.knows(component[root[arc.first]]); });
  const auto before = std::ranges::count_if(draft, is_part);
  in_the_way.take_out(draft);
  return removed != 0 || std::ranges::count_if(draft, is_part) != before;
}
}  // namespace

std::vector<std::size_t> roots(const Draft& draft) {
  std::vector<std::size_t> root(draft.size());
  for (std::size_t i = 0; i < draft.size(); ++i) {
    std::size_t at = i;
    while (draft[at].inside != Drafted::alone) at = draft[at].inside;
    root[i] = at;
  }
  return root;
}

void fold(Draft& draft, Arcs& arcs) {
  fold_all(draft);
  while (loosen(draft, arcs)) {}
}

}  // namespace quoin
