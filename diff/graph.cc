#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include "diff/draft.h"

namespace quoin {

namespace {
constexpr std::size_t no_step = Drafted::alone;

// By an Id's number: an index that costs no hashing.
class ByNumber {
 public:
  std::size_t& operator[](Id id) {
    if (id->number >= steps_.size()) steps_.resize(2 * std::size_t{id->number} + 16, no_step);
    return steps_[id->number];
  }
  std::size_t find(Id id) const { return id && id->number < steps_.size() ? steps_[id->number] : no_step; }

 private:
  std::vector<std::size_t> steps_;
};

// By Id and Slot, the steps that others wait for, or that wait for others.
struct StepIndex {
  ByNumber maker, dropper;  // the last that makes, the first that drops
  std::unordered_map<Slot, std::size_t> freer;
  std::unordered_map<Slot, std::vector<std::size_t>> freers_of_shared;
};

void connect(Arcs& arcs, std::size_t first, std::size_t then, bool soft = false) {
  if (first != no_step && then != no_step && first != then) arcs.push_back({first, then, soft});
}

StepIndex index_of(const Draft& draft, Arcs& arcs) {
  StepIndex steps;
  for (std::size_t i = 0; i < draft.size(); ++i) {
    const Step& step = *draft[i].step;
    for (Id id : step.makes) connect(arcs, std::exchange(steps.maker[id], i), i);
    for (Id id : step.drops)
      if (steps.dropper.find(id) == no_step) steps.dropper[id] = i;
    for (const Slot& slot : step.frees_shared) steps.freers_of_shared[slot].push_back(i);
    // An object that is renamed aside frees its name then, before the step that drops it.
    for (const Slot& slot : step.frees) {
      const auto [freer, is_first] = steps.freer.emplace(slot, i);
      if (!is_first && draft[freer->second].dropped && !draft[i].dropped) freer->second = i;
    }
  }
  return steps;
}
}  // namespace

Arcs arcs(const Draft& draft) {
  Arcs arcs;
  arcs.reserve(2 * draft.size());
  const StepIndex steps = index_of(draft, arcs);
  for (std::size_t i = 0; i < draft.size(); ++i) {
    const Step& step = *draft[i].step;
    for (Id id : step.makes) connect(arcs, steps.maker.find(id->parent), i);
    for (Id id : step.needs) connect(arcs, steps.maker.find(id), i);
    for (Id id : step.wants) connect(arcs, steps.maker.find(id), i, true);
    for (Id id : step.drops) connect(arcs, i, steps.dropper.find(id->parent));
    for (Id id : step.releases) connect(arcs, i, steps.dropper.find(id));
    for (Id id : step.after_drop_of) connect(arcs, steps.dropper.find(id), i);
    for (const Slot& slot : step.takes_shared)
      if (const auto freers = steps.freers_of_shared.find(slot); freers != steps.freers_of_shared.end())
        for (const std::size_t freer : freers->second) connect(arcs, freer, i, true);
    if (steps.freer.empty()) continue;
    for (const Slots& slots : {step.takes, step.takes_names_of ? slots_of(*step.takes_names_of) : Slots()})
      for (const Slot& slot : slots)
        if (const auto freer = steps.freer.find(slot); freer != steps.freer.end()) connect(arcs, freer->second, i);
  }
  return arcs;
}

std::vector<std::size_t> components(std::size_t nodes, const Arcs& arcs) {
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  pairs.reserve(arcs.size());
  for (const Arc& arc : arcs) pairs.emplace_back(arc.first, arc.then);
  const Graph graph(boost::edges_are_unsorted_multi_pass, pairs.begin(), pairs.end(), nodes);
  std::vector<std::size_t> component(nodes);
  if (nodes != 0)
    boost::strong_components(graph,
                             boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  return component;
}

}  // namespace quoin
