// Steps that are not yet folded or ordered. For diff/ alone.
#pragma once
#include <deque>

#include "core/model/kind.h"

namespace quoin {

/// A step and what the planner knows of it besides.
struct Drafted {
  Step* step;                       // kept by the draft
  Id subject;                       // whose step it is
  int position = 0;                 // the subject's
  const Object* dropped = nullptr;  // set: the step drops this object
  std::span<Step> then{};           // the other steps that drop it, right after the first
  bool for_good = false;            // it takes rows along that nothing brings back
  Text merges_as{};                 // see Kind::merges_as; empty: it merges with nothing
  bool carried = false;             // puts back a carried attribute, once everything else is there
  std::size_t inside = alone;       // the step of which it is a part (a clause, or a drop that another drop does)
  static constexpr std::size_t alone = static_cast<std::size_t>(-1);
};

class Draft {
 public:
  Draft() = default;
  Draft(Draft&&) = default;  // a copy would point to the steps of the first
  Draft& operator=(Draft&&) = default;
  ~Draft() = default;

  /// Takes ownership of steps, which then never move in memory, since Drafted points to them.
  Steps& keep(Steps steps) { return kept_.emplace_back(std::move(steps)); }
  void add(Drafted drafted) { drafted_.push_back(std::move(drafted)); }

  std::size_t size() const { return drafted_.size(); }
  Drafted& operator[](std::size_t i) { return drafted_[i]; }
  const Drafted& operator[](std::size_t i) const { return drafted_[i]; }
  auto begin() { return drafted_.begin(); }
  auto end() { return drafted_.end(); }
  auto begin() const { return drafted_.begin(); }
  auto end() const { return drafted_.end(); }

 private:
  std::deque<Steps> kept_;
  std::vector<Drafted> drafted_;
};

/// For each step the step of which it is a part in the end: itself, where it stands alone.
std::vector<std::size_t> roots(const Draft&);

/// One step before another. A soft one is left out where it would close a cycle.
struct Arc {
  std::size_t first, then;
  bool soft = false;
};
using Arcs = std::vector<Arc>;

/// Arcs by what the steps declare (see Step), and by nothing else.
Arcs arcs(const Draft&);

/// The strongly connected components: a number for each node, the same for nodes that reach each other.
std::vector<std::size_t> components(std::size_t nodes, const Arcs&);

/// The subjects of steps that wait for each other in a cycle, so that no order is left.
std::vector<Id> in_cycles(const Draft&, const Arcs&);

/// Folds each step that can be a clause of another one into that, as long as an order is left; removes the
/// soft arcs that leave none.
void fold(Draft&, Arcs&);

/// The steps that stand alone in a stable topological order, each with its parts written into it. Throws Error(input)
/// with the path of a cycle.
Steps order(Draft&&, const Arcs&);
/// The steps that stand alone, in this order, each with its parts written into it.
Steps render(Draft&&, const std::vector<std::size_t>& order);

}  // namespace quoin
