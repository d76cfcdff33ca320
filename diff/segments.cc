// Where the transactions of a plan end.
#include <set>

#include "diff/diff.h"

namespace quoin {

namespace {
// The server may meet the label in the rows of a column whose type is changed.
bool uses(const Step& step, const Step& maker) {
  const bool retypes =
      !step.drops.empty() && !step.makes.empty() && std::ranges::count(step.needs, maker.makes.front()) > 0;
  return retypes || step.sql.find(maker.commits_first) != Text::npos ||
         std::ranges::count(step.may_use, maker.makes.front()) > 0;
}

// The steps before which a segment begins. Going backwards puts each commit right behind the step that makes a label,
// so that the steps that may fail stand in one transaction after it.
std::set<std::size_t> begins(const Steps& steps) {
  std::set<std::size_t> all;
  if (!steps.empty()) all.insert(0);
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].outside_transaction) all.insert({i, i + 1});
  for (std::size_t i = steps.size(); i-- > 0;) {
    if (steps[i].commits_first.empty()) continue;
    std::size_t user = i + 1;
    while (user < steps.size() && !uses(steps[user], steps[i])) ++user;
    const auto next = all.upper_bound(i);
    if (user < steps.size() && (next == all.end() || *next > user)) all.insert(i + 1);
  }
  all.erase(steps.size());
  return all;
}
}  // namespace

std::vector<Segment> segments(const Steps& steps) {
  std::vector<Segment> all;
  const std::set<std::size_t> first = begins(steps);
  for (auto at = first.begin(); at != first.end(); ++at) {
    const std::size_t end = std::next(at) == first.end() ? steps.size() : *std::next(at);
    all.push_back({std::span(steps).subspan(*at, end - *at), !steps[*at].outside_transaction});
  }
  return all;
}

bool runs_in_transaction(const Steps& steps) {
  const std::vector<Segment> all = segments(steps);
  return all.empty() || (all.size() == 1 && all.front().in_transaction);
}

}  // namespace quoin
