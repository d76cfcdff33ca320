#include "project/row_trial.h"

#include "core/model/space.h"

namespace quoin {
namespace {
using rows::Names;

constexpr int most_tries = 4;  // of a section: with all rows, with few, with none where they stop it

// The table or type in which it lies, or that it is; null where it is neither.
Id group_of_rows(Id id) {
  while (id && id->parent && id->parent->parent) id = id->parent;
  return id && id->parent ? id : Id();
}

// What brings rows from one table to another is about both.
template <class Visit>
void each_subject(const Step& step, Visit visit) {
  const auto is_rows = [](const Slot& slot) { return slot.space == space::rows; };
  const bool moves = std::ranges::any_of(step.takes_shared, is_rows);
  const std::vector<Id> none, &needs = moves ? step.needs : none, &releases = moves ? step.releases : none;
  for (const auto* ids : {&step.makes, &step.drops, &needs, &releases})
    for (const Id id : *ids) visit(id);
}

bool says(const Step& step, RuleName rule) { return std::ranges::count(step.hazards, rule, &Hazard::rule) > 0; }

bool is_about_rows(const Step& step) {
  const bool rebuilds = std::ranges::any_of(step.makes, [&](Id id) { return std::ranges::count(step.drops, id) > 0; });
  return rebuilds || step.for_rows || says(step, "rewrite") || says(step, "may-fail") || says(step, "settings");
}

void add_subjects(const Steps& steps, const Candidate& candidate, std::set<Names>& subjects) {
  for (const Step& step : steps) {
    if (!is_about_rows(step)) continue;
    each_subject(step, [&](Id id) {
      const Id group = group_of_rows(id);
      if (!group) return;
      const Id before = before_renames(group, candidate.current, candidate.desired);
      for (Id one : {group, before}) subjects.emplace(one->parent->name, one->name);
    });
  }
}

std::set<Names> subjects_of(const Candidate& candidate) {
  std::set<Names> subjects;
  add_subjects(candidate.up, candidate, subjects);
  add_subjects(candidate.down, candidate, subjects);
  return subjects;
}
}  // namespace

RowTrial::RowTrial(postgres::Connection& connection, const Candidate& candidate, Migrate migrate)
    : connection_(connection),
      up_(candidate.up),
      down_(candidate.down),
      migrate_(std::move(migrate)),
      current_(candidate.current),
      desired_(candidate.desired),
      subjects_(subjects_of(candidate)),
      moved_(candidate.current, candidate.desired) {}

void RowTrial::look_ahead() {
  List path = counted_on(current_);
  for (Text& name : counted_on(desired_))
    if (!std::ranges::count(path, name)) path.push_back(std::move(name));
  filling_.emplace(connection_, subjects_, std::move(path));
  filling_->look_ahead();
}

Text RowTrial::run() {
  filling_->fill();
  if (!go(Direction::up)) return {};
  if (Text wrong = judge(comparison_->there(rows::read_rows(connection_, watched_)), Direction::up); !wrong.empty())
    return wrong;
  if (!go(Direction::down)) return {};
  return judge(comparison_->back(rows::read_rows(connection_, watched_)), Direction::down);
}

// Partitions by themselves too: they may leave for another table.
void RowTrial::watch(const List& tables) {
  rows::RowState before = rows::read_rows(connection_, tables);
  std::erase_if(before, [&](const auto& one) { return moved_.contains(one.second.names); });
  moved_.remember(connection_);
  watched_ = tables;
  for (const auto& [oid, table] : before)
    if (!std::ranges::count(watched_, oid)) watched_.push_back(oid);
  comparison_.emplace(std::move(before));
}

// False: it does not go with any rows, or stopped where it cannot be gone on with.
bool RowTrial::go(Direction direction) {
  const List tables = rows::oids_of(filling_->tables());
  for (int tried = 0; tried < most_tries && filling_->rows() > 0; ++tried) {
    if (direction == Direction::up) watch(tables);
    try {
      migrate_(direction);
      return true;
    } catch (const Error&) {
      if (!connection_.alive() || !runs_in_transaction(steps(direction))) throw;
    }
    std::set<Text> blamed;
    blame(direction, blamed);
    if (blamed.empty() || tried + 2 >= most_tries) blamed.insert(tables.begin(), tables.end());
    if (direction == Direction::up) {
      filling_->thin(blamed);
      continue;
    }
    filling_->clear(List(blamed.begin(), blamed.end()));
    for (const auto& [oid, table] : rows::read_rows(connection_, watched_))
      if (table.count == 0) comparison_->forget(oid);
  }
  return false;
}

// By its own hazards, or those of the types that what it makes consists of.
bool RowTrial::is_announced(Direction direction, const Step& step) const {
  std::set<Id> made_of;
  std::vector<Id> left(step.makes);
  while (!left.empty()) {
    const Id id = left.back();
    left.pop_back();
    if (const Object* object = made_of.insert(id).second ? after(direction).find(id) : nullptr)
      left.insert(left.end(), object->needs.begin(), object->needs.end());
  }
  const auto warns = [](const Step& one) { return says(one, "may-fail") || says(one, "data-loss"); };
  return warns(step) || std::ranges::any_of(steps(direction), [&](const Step& one) {
           return warns(one) &&
                  std::ranges::any_of(one.makes, [&](Id id) { return made_of.contains(group_of_rows(id)); });
         });
}

// Which tables have rows that a step does not take: each step is run by itself, and where it fails, again without them.
void RowTrial::blame(Direction direction, std::set<Text>& blamed) {
  const List texts = statements(steps(direction));
  connection_.execute("BEGIN");
  try {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const Text guarded = concat("SAVEPOINT step;\n", texts[i], "\n;RELEASE SAVEPOINT step");
      try {
        connection_.execute(guarded);
      } catch (const Error& error) {
        connection_.execute("ROLLBACK TO SAVEPOINT step");
        const Step& step = steps(direction)[i];
        if (!is_announced(direction, step)) add({direction, i, {"may-fail", concat("failed on rows: ", error.what())}});
        rows::Wanted wanted;
        each_subject(step, [&](Id id) {
          if (const Id group = group_of_rows(id)) wanted.names.emplace(group->parent->name, group->name);
        });
        List touched;
        for (const auto& [oid, table] : rows::read_tables(connection_, wanted))
          if (table.is_subject) touched.push_back(oid);
        blamed.insert(touched.begin(), touched.end());
        filling_->clear(touched);
        connection_.execute(guarded);
      }
    }
  } catch (const Error&) {
    if (!connection_.alive()) throw;
    blamed.clear();
  }
  connection_.execute("ROLLBACK");
}

// Whether the step is about what differs: the table, the column, or a type that it is made of.
bool RowTrial::concerns(const Step& step, const rows::Difference& difference) const {
  bool any = false;
  each_subject(step, [&](Id id) {
    const Id group = group_of_rows(id);
    if (!group) return;
    const Id before = before_renames(group, current_, desired_);
    const bool is_its_table = Names(before->parent->name, before->name) == difference.table;
    any = any || difference.made_of.contains({group->parent->name, group->name}) ||
          (is_its_table && (id == group || name_before(id) == difference.column));
  });
  return any;
}

Text RowTrial::name_before(Id id) const {
  const Object* object = desired_.find(id);
  return object && !object->renamed_from.empty() ? object->renamed_from : id->name;
}

bool RowTrial::is_told(const Steps& steps, const rows::Difference& difference) const {
  return std::ranges::any_of(steps, [&](const Step& step) {
    return (says(step, "data-loss") || says(step, "settings")) && concerns(step, difference);
  });
}

// Its values read otherwise, and are the same.
bool RowTrial::has_new_labels(const rows::Difference& difference) const {
  bool any = false;
  desired_.each([&](const Object& object) {
    any = any || (!object.renamed_parts.empty() && object.id->parent &&
                  difference.made_of.contains({object.id->parent->name, object.id->name}));
  });
  return any;
}

Text RowTrial::judge(const rows::Differences& differences, Direction direction) {
  List lines = moved_.not_as_before(connection_, direction);
  for (const rows::Difference& difference : differences) {
    if (has_new_labels(difference)) continue;
    const bool may_be_told = difference.manner != rows::Difference::Manner::changed;
    if (may_be_told && (is_told(up_, difference) || (direction == Direction::down && is_told(down_, difference))))
      continue;
    if (difference.manner != rows::Difference::Manner::converted || !add_unannounced(difference))
      lines.push_back(difference.what);
  }
  if (lines.empty()) return {};
  return concat("after the ", to_string(direction), " rows do not hold what they held:\n", join(lines, "\n"));
}

void RowTrial::add(UnannouncedHazard found) {
  const bool is_known = std::ranges::any_of(unannounced_, [&](const UnannouncedHazard& one) {
    return one.direction == found.direction && one.step == found.step && one.hazard.rule == found.hazard.rule;
  });
  if (!is_known) unannounced_.push_back(std::move(found));
}

// Said at the step of the up that converts it.
bool RowTrial::add_unannounced(const rows::Difference& difference) {
  for (std::size_t i = 0; i < up_.size(); ++i) {
    if (!is_about_rows(up_[i]) || !concerns(up_[i], difference)) continue;
    add({Direction::up, i, {"data-loss", concat("values do not come back as they were: ", difference.what)}});
    return true;
  }
  return false;
}

void RowTrial::add_to(ProofBasis& basis) const {
  if (!filling_) return;  // it came not so far
  for (const auto& [oid, table] : filling_->tables())
    if (table.is_subject) (filling_->rows_of(oid) > 0 ? basis.with_rows : basis.without_rows).push_back(table.name);
}
}  // namespace quoin
