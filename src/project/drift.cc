#include "project/drift.h"

#include <filesystem>

#include "core/model/kind.h"
#include "core/model/name.h"
#include "kinds/database/template.h"
#include "project/concern.h"
#include "project/histories.h"
#include "project/project.h"
#include "project/scope.h"
#include "project/source.h"

namespace quoin {
namespace {
using IdSet = std::unordered_set<Id>;

/// The migrations that a database has run; all of them where it has no ledger.
struct History {
  std::vector<Migration> applied;
  List pending{};  // labels
  bool keeps_ledger = false;
  bool is_whole = true;  // no file of one that has run is gone
};

std::vector<Migration> applied_in(const MigrationStatuses& statuses) {
  std::vector<Migration> applied;
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.entry != nullptr && status.file != nullptr) applied.push_back(*status.file);
  return applied;
}

List labels_in(const MigrationStatuses& statuses, runner::State state) {
  List labels;
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.state == state) labels.push_back(status.label());
  return labels;
}

MigrationStatuses statuses_of(const SchemaSource& database, std::optional<int> wait, const Settings& settings) {
  postgres::Connection connection(database.where);
  return read_migration_statuses(connection, runner::Ledger(settings.config.ledger, seconds_of(wait)), settings);
}

History history_in(const MigrationStatuses& statuses) {
  if (statuses.entries.empty()) return {statuses.files};
  return {applied_in(statuses), labels_in(statuses, runner::State::pending), true,
          labels_in(statuses, runner::State::missing).empty() && labels_in(statuses, runner::State::replaced).empty()};
}

/// The objects that a plan drops and does not make again, and those that it makes and has not dropped; none that lie in
/// another of these.
class Ends {
 public:
  Ends(const Steps& steps, Ids& ids) : ids_(ids) {
    for (const Step& step : steps) {
      made_.insert(step.makes.begin(), step.makes.end());
      dropped_.insert(step.drops.begin(), step.drops.end());
      if (step.makes.size() != 1 || step.drops.size() != 1) continue;
      const Id now = step.makes[0], old = step.drops[0];
      if (now == old || now->kind != old->kind) continue;
      renamed_.emplace(now, old);
      const Slots slots = slots_of(Object(now)), former = slots_of(Object(old));
      for (std::size_t i = 0; i < std::min(slots.size(), former.size()); ++i)
        former_names_.emplace(name_id(ids_, slots[i]), name_id(ids_, former[i]));
    }
  }
  std::vector<Id> gone() const { return outermost(dropped_, made_); }
  std::vector<Id> come() const { return outermost(made_, dropped_); }
  /// As it was called before the plan renamed it, or what it lies in.
  Id before(Id id) const {
    if (!id) return id;
    if (const auto found = renamed_.find(id); found != renamed_.end()) return found->second;
    const Id parent = before(id->parent), named = id->names.empty() ? id : with_names(ids_, id, former_names_);
    return parent == id->parent ? named : ids_.of(*id->kind, parent, named->name, named->signature);
  }

 private:
  std::vector<Id> outermost(const IdSet& some, const IdSet& others) const {
    std::vector<Id> all;
    for (const Id id : some) {
      bool inside = others.contains(id) || renamed_.contains(id);
      for (Id above = id->parent; above && !inside; above = above->parent) inside = some.contains(above);
      if (!inside) all.push_back(id);
    }
    std::ranges::sort(all);
    return all;
  }

  Ids& ids_;
  IdSet made_, dropped_;
  std::unordered_map<Id, Id> renamed_;
  NewNames former_names_;  // of what was renamed, in the names of others: a type's in a routine's signature
};

constexpr std::size_t most_named = 10;  // more than that nobody reads

Text named(const List& paths) { return first_of(paths, most_named); }

List compared(const Routes& routes, const History& history, const Settings& settings) {
  const Schema made = read_migrations(history.applied, *routes.ids, settings);
  const Ends ends(routes.up.steps, *routes.ids);
  List unknown, lost;
  for (const Id id : ends.gone())
    if (const Id before = ends.before(id); !made.find(before)) unknown.push_back(path(before));
  // What changes in place is made by its step too; the way back drops what is new alone.
  const std::vector<Id> back = Ends(routes.down.steps, *routes.ids).gone();
  if (history.keeps_ledger)
    for (const Id id : ends.come())
      if (const Id before = ends.before(id); std::ranges::count(back, id) > 0 && made.find(before))
        lost.push_back(path(before));
  const Text as_far = made.notes.empty() && history.is_whole ? "" : ", as far as they can be read without a server";
  List notes;
  if (!unknown.empty())
    notes.push_back(concat(
        "drift: the database has ", named(unknown), ", which no migration ",
        history.pending.empty() ? "makes" : "that it has run makes", as_far,
        "; this one drops it, and fails where the migrations alone have made the database. To keep it, add it to ",
        settings.config.schemas, "; to lose it, drop it in that database by hand"));
  if (!lost.empty())
    notes.push_back(concat("drift: the database lacks ", named(lost), ", which migrations that it has run make", as_far,
                           "; this one makes it again, and fails where the migrations alone have made the database. To "
                           "have it back, make it in that database by hand"));
  return notes;
}

/// What lies outside of a target's schema is the same for all targets, and is not read with it.
bool lies_within(Id id, const Text& schema) {
  while (id->parent) id = id->parent;
  return schema.empty() || id->name == schema;
}

/// What of one is not in the other (within a schema, where one is named), without what lies in another of these, what
/// the other needs to be there (the schema that something of it lies in), and what is not managed; by path.
List only_in(const Schema& one, const Schema& other, const Settings& settings, const Text& within) {
  List paths;
  const Unmanaged unmanaged = unmanaged_in(one, settings);
  IdSet needed;
  other.each([&](const Object& object) { needed.insert(object.id->parent); });
  one.each([&](const Object& object) {
    const Id id = object.id;
    if (!lies_within(id, within)) return;
    if (concern_of(id->kind->matter, settings) != Concern::on) return;
    if (id->kind->has(is_namespace) && settings.config.ledger.starts_with(concat(id->name, "."))) return;
    if (id->kind->has(opaque) || in_template(id) || other.find(id) != nullptr || unmanaged.contains(id)) return;
    if (needed.contains(id) || (id->parent && one.find(id->parent) != nullptr && other.find(id->parent) == nullptr &&
                                !needed.contains(id->parent)))
      return;
    if (id->kind->has(has_section) || (id->parent && id->parent->kind->has(has_section))) paths.push_back(path(id));
  });
  std::ranges::sort(paths);
  return paths;
}

bool has_migrations(const Settings& settings) {
  std::error_code absent;
  return std::filesystem::is_directory(settings.config.migrations, absent) && !project_migrations(settings).empty();
}
}  // namespace

void refuse_pending(const SchemaSource& from, std::optional<int> wait, const Settings& settings) {
  const Text& folder = settings.config.migrations;
  if (from.form != SourceForm::database || !std::filesystem::is_directory(folder) || std::filesystem::is_empty(folder))
    return;
  const List pending = labels_in(statuses_of(from, wait, settings), runner::State::pending);
  if (pending.empty()) return;
  throw Error(Code::refused, concat("the database has not run ", join(pending, ", ")), {},
              "run quoin migrate first, or diff from the folder: --from migrations");
}

List drift_notes(const Routes& routes, const SchemaSource& from, std::optional<int> wait, const Settings& settings) {
  if (from.form != SourceForm::database || routes.up.steps.empty() || !has_migrations(settings)) return {};
  const History history = history_in(statuses_of(from, wait, settings));
  List notes;
  try {
    notes = compared(routes, history, settings);
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    notes.push_back(
        concat("whether the migrations make what is dropped is not known, since they cannot be read: ", error.what()));
  }
  if (!history.pending.empty())
    notes.push_back(concat("the database has not run ", named(history.pending),
                           ": what they do, this one does too; run quoin migrate first, or diff from the folder: "
                           "--from ",
                           settings.config.migrations));
  return notes;
}

namespace {
/// Why its migrations do not tell what the database is to have; empty: they do.
Text not_told(const MigrationStatuses& statuses) {
  for (const runner::MigrationStatus& status : statuses.all) {
    if (status.state == runner::State::missing) return concat("the file of ", status.label(), " is gone");
    if (status.state == runner::State::replaced)
      return concat(status.baseline->label(), " replaces ", status.label(), ", and not all that it replaces ran here");
    if (status.state == runner::State::failed) return concat(status.label(), " is not done whole");
    if (status.state == runner::State::lost) return concat("the ledger has lost the row of ", status.label());
  }
  return {};
}

Drift compared(Schema& live, const std::vector<Migration>& applied, const Settings& settings, const Text& within = {}) {
  try {
    Schema made = read_migrations(applied, live.ids(), settings);
    leave_out_histories(live, made, settings);
    if (!made.notes.empty()) return {{}, {}, "not all of the migrations can be read without a server"};
    return {only_in(live, made, settings, within), only_in(made, live, settings, within), {}};
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    return {{}, {}, error.what()};
  }
}
}  // namespace

Drift drift_of(Schema& live, const MigrationStatuses& statuses, const Settings& settings) {
  const std::vector<Migration> applied = applied_in(statuses);
  if (Text why = not_told(statuses); !why.empty()) return {{}, {}, std::move(why)};
  return applied.empty() ? Drift() : compared(live, applied, settings);
}

Drift drift_of(postgres::Connection& connection, const MigrationStatuses& statuses, const Settings& given) {
  const Text& schema = given.target_schema;
  if (Text why = not_told(statuses); !why.empty()) return {{}, {}, std::move(why)};
  std::vector<Migration> applied = applied_in(statuses);
  if (applied.empty()) return {};
  Settings settings = given;
  if (!schema.empty()) {
    settings.config.search_path = quote_ident(schema);
    settings.search_path_option.clear();
    settings.config.managed_schemas = {schema};
    Migration first;  // it is there before any of them
    first.up.text = concat("CREATE SCHEMA ", quote_ident(schema));
    applied.insert(applied.begin(), std::move(first));
  }
  Ids ids;
  Schema live = read_live(connection, ids, settings);
  find_histories(connection, live, settings);
  return compared(live, applied, settings, schema);
}

Text told_of_extra(const Drift& drift) {
  return concat(named(drift.extra), ", which no migration that it has run makes");
}
Text told_of_lost(const Drift& drift) { return concat(named(drift.lost), ", which migrations that it has run make"); }

}  // namespace quoin
