#include <queue>
#include <tuple>

#include "diff/diff.h"
#include "diff/draft.h"

namespace quoin {

namespace {
using Numbers = std::vector<std::size_t>;

// A step whose effect can be used only after a commit comes first, so that all others can be one transaction. Then
// drops, from the top down, then all others by the object they belong to; foreign keys after what they connect. A step
// that drops rows comes after all of these, so that a person can put statements before it that save the rows. Owners
// and carried attributes come last: a new owner could lack the rights that the statements before ask for.
struct Rank {
  int phase;
  int group_weight;
  Id group;
  int weight;
  Id parent;
  int position;
  Id subject;
  std::size_t drafted;
  auto operator<=>(const Rank&) const = default;
};

Rank rank(const Drafted& drafted, std::size_t number) {
  const Id subject = drafted.subject, group = group_of(subject);
  const int sign = drafted.dropped ? -1 : 1;
  const bool arrow = subject->kind->has(is_edge);
  const bool gives_away = drafted.carried || subject->kind->matter == Matter::owner;
  const int phase = !drafted.step->commits_first.empty() ? 0
                    : drafted.for_good                   ? 5
                    : drafted.dropped                    ? (arrow ? 1 : 2)
                    : gives_away                         ? 6
                                                         : (arrow ? 4 : 3);
  return {phase,           sign * group->kind->weight, group,   sign * subject->kind->weight,
          subject->parent, drafted.position,           subject, number};
}

// The steps that stand alone, in the order that they would have without arcs.
Numbers by_rank(const Draft& draft, const Numbers& root) {
  std::vector<Rank> ranks;
  ranks.reserve(draft.size());
  for (std::size_t i = 0; i < draft.size(); ++i)
    if (root[i] == i) ranks.push_back(rank(draft[i], i));
  std::ranges::sort(ranks);
  Numbers drafted(ranks.size());
  std::ranges::transform(ranks, drafted.begin(), &Rank::drafted);
  return drafted;
}

struct Successors {
  Numbers start, after;  // after[start[i]] … after[start[i + 1] - 1]: the steps that wait for i
  Numbers count;         // by step: the arcs to it whose first step is not done yet

  Successors(std::size_t steps, const Arcs& arcs, const Numbers& root) : start(steps + 1), count(steps) {
    for (const Arc& arc : arcs)
      if (root[arc.first] != root[arc.then]) ++start[root[arc.first] + 1];
    for (std::size_t i = 0; i < steps; ++i) start[i + 1] += start[i];
    after.resize(start[steps]);
    Numbers next = start;
    for (const Arc& arc : arcs) {
      const std::size_t first = root[arc.first], then = root[arc.then];
      if (first == then) continue;
      after[next[first]++] = then;
      ++count[then];
    }
  }
};

Text label(const Drafted& drafted) { return concat(drafted.dropped ? "the drop of " : "", path(drafted.subject)); }

// Each step that waits, waits for another that waits, so that going back from any of them ends in a cycle.
Text cycle(const Draft& draft, const Successors& waiting) {
  std::unordered_map<std::size_t, std::size_t> waits_for;
  for (std::size_t i = 0; i < draft.size(); ++i)
    if (waiting.count[i] != 0)
      for (std::size_t at = waiting.start[i]; at < waiting.start[i + 1]; ++at) waits_for[waiting.after[at]] = i;
  std::size_t at = Drafted::alone;
  for (const auto& [waits, other] : waits_for) at = std::min(at, waits);
  Numbers walk;
  for (; !std::ranges::count(walk, at); at = waits_for.at(at)) walk.push_back(at);
  Text all;
  for (auto it = std::ranges::find(walk, at); it != walk.end(); ++it) all += label(draft[*it]) + " -> ";
  return all + label(draft[at]);
}

Numbers sorted(const Draft& draft, const Arcs& arcs, const Numbers& root) {
  Successors waiting(draft.size(), arcs, root);
  const Numbers preferred = by_rank(draft, root);
  Numbers preference(draft.size());
  std::priority_queue<std::size_t, Numbers, std::greater<>> ready;
  for (std::size_t i = 0; i < preferred.size(); ++i) {
    preference[preferred[i]] = i;
    if (waiting.count[preferred[i]] == 0) ready.push(i);
  }
  Numbers order;
  order.reserve(preferred.size());
  while (!ready.empty()) {
    const std::size_t first = preferred[ready.top()];
    ready.pop();
    order.push_back(first);
    for (std::size_t at = waiting.start[first]; at < waiting.start[first + 1]; ++at)
      if (--waiting.count[waiting.after[at]] == 0) ready.push(preference[waiting.after[at]]);
  }
  if (order.size() == preferred.size()) return order;
  throw Error(Code::input,
              concat("the changes cannot be put in order, each waits for the one before it: ", cycle(draft, waiting)),
              {}, "break the loop: take one of these out of the desired state, and add it in a second migration");
}
}  // namespace

std::vector<Id> in_cycles(const Draft& draft, const Arcs& arcs) {
  const Numbers root = roots(draft);
  Arcs between;
  for (const Arc& arc : arcs)
    if (root[arc.first] != root[arc.then]) between.push_back({root[arc.first], root[arc.then]});
  const Numbers component = components(draft.size(), between);
  std::unordered_map<std::size_t, int> sizes;
  for (std::size_t i = 0; i < draft.size(); ++i)
    if (root[i] == i) ++sizes[component[i]];
  std::vector<Id> all;
  for (std::size_t i = 0; i < draft.size(); ++i)
    if (sizes[component[root[i]]] > 1) all.push_back(draft[i].subject);
  return all;
}

namespace {
// Routines that mention each other in a cycle cannot all come after what they mention.
void find_unchecked(Draft& draft, const Numbers& root, const Numbers& order) {
  if (std::ranges::none_of(draft, [](const Drafted& drafted) { return !drafted.step->checked_by.empty(); })) return;
  Numbers place(draft.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::unordered_map<Id, std::size_t> made_at;
  for (std::size_t i = 0; i < draft.size(); ++i)
    for (Id id : draft[i].step->makes) made_at[id] = place[root[i]];
  for (std::size_t i = 0; i < draft.size(); ++i) {
    Step& step = *draft[i].step;
    if (step.checked_by.empty()) continue;
    step.unchecked |= std::ranges::any_of(step.wants, [&](Id wanted) {
      const auto made = made_at.find(wanted);
      return made != made_at.end() && made->second > place[root[i]];
    });
  }
}

// A new table has no rows, so that its clauses call no routine yet.
bool makes_what_holds_rows(const Step& step) {
  return std::ranges::any_of(step.makes, [](Id id) { return id->kind->has(holds_rows) && !id->kind->has(folds); });
}

void put_under_paths(Draft& draft, const Numbers& root) {
  for (std::size_t i = 0; i < draft.size(); ++i) {
    Step& whole = *draft[root[i]].step;
    if (root[i] == i || makes_what_holds_rows(whole)) continue;
    for (Text& name : draft[i].step->search_path)
      if (!std::ranges::count(whole.search_path, name)) whole.search_path.push_back(std::move(name));
  }
  for (std::size_t i = 0; i < draft.size(); ++i) {
    Step& step = *draft[i].step;
    if (root[i] != i || step.search_path.empty()) continue;
    step.prefix = concat("SET search_path = ", quoted_list(step.search_path), ", public;\n", step.prefix);
    step.tail += ";\nRESET search_path";
  }
}
}  // namespace

namespace {
// Neighbours with one `shares` become one statement: the later ones are parts of the first.
Numbers shared(Draft& draft, const Numbers& order) {
  Numbers left;
  for (const std::size_t at : order) {
    const Step& step = *draft[at].step;
    if (!left.empty() && step.shares && step.shares == draft[left.back()].step->shares) {
      draft[at].inside = left.back();
      draft[left.back()].step->separator = ",\n    ";
    } else {
      left.push_back(at);
    }
  }
  return left;
}
}  // namespace

Steps order(Draft&& draft, const Arcs& arcs) {
  Numbers root = roots(draft);
  const Numbers order = shared(draft, sorted(draft, arcs, root));
  root = roots(draft);
  find_unchecked(draft, root, order);
  put_under_paths(draft, root);
  return render(std::move(draft), order);
}

}  // namespace quoin
