#include "project/migration_graph.h"

#include <unordered_map>

namespace quoin {

namespace {
/// Goes over the statements in their order, and remembers who did what to each object.
class Following {
 public:
  explicit Following(std::size_t migrations) : needs_(migrations) {}

  void statement(const Effects& effects, std::size_t here) {
    for (Id need : effects.needs) use(need, here);
    for (Id id : effects.makes) {
      if (id->parent) use(id->parent, here);
      write(id, here);
      made_[id] = here;
    }
    for (Id id : effects.changes) write(id, here);
    for (Id id : effects.drops) write(id, here);
    for (const auto& [from, to] : effects.renames) {
      write(from, here);
      write(to, here);
      made_[to] = here;
    }
  }
  std::vector<std::set<std::size_t>> take() { return std::move(needs_); }

 private:
  std::vector<std::set<std::size_t>> needs_;
  std::unordered_map<Id, std::size_t> made_, written_;
  std::unordered_map<Id, std::vector<std::size_t>> used_;  // since it was written

  void need(std::size_t here, std::size_t other) {
    if (here != other) needs_[here].insert(other);
  }
  void use(Id id, std::size_t here) {
    if (const auto found = written_.find(id); found != written_.end()) need(here, found->second);
    for (Id above = id->parent; above; above = above->parent)
      if (const auto found = made_.find(above); found != made_.end()) need(here, found->second);
    std::vector<std::size_t>& users = used_[id];
    if (users.empty() || users.back() != here) users.push_back(here);
  }
  void write(Id id, std::size_t here) {
    if (const auto found = written_.find(id); found != written_.end()) need(here, found->second);
    if (const auto users = used_.find(id); users != used_.end()) {
      for (std::size_t user : users->second) need(here, user);
      used_.erase(users);
    }
    written_[id] = here;
  }
};
}  // namespace

MigrationGraph needs_among(std::span<const Migration> migrations, const Verified& verified) {
  std::unordered_map<const Section*, std::size_t> place;
  for (std::size_t i = 0; i < migrations.size(); ++i) place[&migrations[i].up] = i;
  Following following(migrations.size());
  for (const ReplayedStatement& one : verified.statements) following.statement(one.effects, place.at(one.section));
  MigrationGraph graph{following.take(), {}, {}};
  std::vector<std::size_t> before(migrations.size(), migrations.size());  // in the longest chain that ends here
  std::size_t last = 0;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    graph.level.push_back(1);
    for (std::size_t other : graph.needs[i])
      if (graph.level[other] >= graph.level[i]) {
        graph.level[i] = graph.level[other] + 1;
        before[i] = other;
      }
    if (graph.level[i] > graph.level[last]) last = i;
  }
  for (std::size_t at = last; at < migrations.size(); at = before[at]) graph.critical.push_back(at);
  std::ranges::reverse(graph.critical);
  return graph;
}

}  // namespace quoin
