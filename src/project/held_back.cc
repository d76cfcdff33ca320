#include "project/held_back.h"

#include <unordered_map>
#include <unordered_set>

#include "core/model/kind.h"
#include "kinds/database/template.h"
#include "parser/replay/verify.h"
#include "project/assumed.h"
#include "project/source.h"

namespace quoin {

namespace {
/// What one migration touches. A schema is no reason to wait for one another, a table is.
struct Touches {
  std::unordered_set<Id> used, changed;
  bool anything = false;  // it may do what nobody can tell
};

/// The object, and what holds it below its schema: the table of a column.
void add_with_holders(std::unordered_set<Id>& ids, Id id) {
  for (; id && id->parent; id = id->parent) ids.insert(id);
}

void add_effects(Touches& touched, const Effects& effects) {
  for (const std::vector<Id>* changed : {&effects.makes, &effects.changes, &effects.drops})
    for (const Id id : *changed) add_with_holders(touched.changed, id);
  for (const auto& [from, to] : effects.renames)
    for (const Id id : {from, to}) add_with_holders(touched.changed, id);
  for (const Id id : effects.needs) add_with_holders(touched.used, id);
  // It may write the rows of whatever it names.
  const bool is_of_rows = effects.makes.empty() && effects.changes.empty() && effects.drops.empty();
  if (is_of_rows)
    for (const Id id : effects.needs) add_with_holders(touched.changed, id);
  const bool is_known = effects.unknown.empty() && effects.missing.empty() && effects.duplicates.empty();
  touched.anything |= effects.anything || !is_known;
}

bool meet(const std::unordered_set<Id>& a, const std::unordered_set<Id>& b) {
  return std::ranges::any_of(a, [&](Id id) { return b.contains(id); });
}
}  // namespace

struct HeldBack::Reach {
  Ids ids;
  std::unordered_map<const Migration*, Touches> touched;
  std::vector<const Migration*> not_run;
};

HeldBack::HeldBack(const std::vector<Migration>& migrations, const Settings& settings)
    : reach_(std::make_unique<Reach>()) {
  Schema schema = empty_database(reach_->ids);
  std::unordered_map<const Section*, const Migration*> by_section;
  for (const Migration& migration : migrations) {
    by_section[&migration.up] = &migration;
    reach_->touched[&migration];
  }
  for (const ReplayedStatement& statement : replayed(migrations, schema, settings).statements)
    if (const auto found = by_section.find(statement.section); found != by_section.end())
      add_effects(reach_->touched[found->second], statement.effects);
}

HeldBack::~HeldBack() = default;

void HeldBack::add(const Migration& migration) { reach_->not_run.push_back(&migration); }

std::optional<Text> HeldBack::needs(const Migration& migration) const {
  const Touches& here = reach_->touched.at(&migration);
  for (const Migration* other : reach_->not_run) {
    const Touches& there = reach_->touched.at(other);
    const bool says_so = std::ranges::any_of(migration.up.directives, [&](const Directive& directive) {
      return directive.name == "depends-on" &&
             (compare_versions(directive.argument, other->version) == 0 || directive.argument == other->label());
    });
    if (says_so || here.anything || there.anything || meet(there.changed, here.used) ||
        meet(there.changed, here.changed) || meet(there.used, here.changed))
      return other->label();
  }
  return std::nullopt;
}

}  // namespace quoin
