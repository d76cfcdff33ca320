#include "parser/replay/downs.h"

#include <set>

#include "core/model/kind.h"

namespace quoin {

namespace {
using Statements = std::span<const ReplayedStatement>;

Statements from(const std::vector<ReplayedStatement>& all, std::size_t first) { return Statements(all).subspan(first); }

/// What of it is known only when it runs.
bool is_unclear(Statements statements) {
  return std::ranges::any_of(statements, [](const ReplayedStatement& one) {
    const Effects& effects = one.effects;
    return effects.anything || !effects.unknown.empty() || !effects.missing.empty() || !effects.duplicates.empty() ||
           !effects.refused.empty();
  });
}

void add_touched(Statements statements, std::set<Id>& all) {
  for (const ReplayedStatement& one : statements) {
    const Effects& effects = one.effects;
    for (const std::vector<Id>* ids : {&effects.makes, &effects.changes, &effects.drops})
      all.insert(ids->begin(), ids->end());
    for (const auto& [before, after] : effects.renames) all.insert({before, after});
  }
}

/// What is said in one way alone. Expressions and queries have many words for the same, and others follow names.
bool has_one_word(const Kind& kind, const FieldBase& field) {
  if (field.role == Role::body || field.role == Role::text || field.role == Role::bound) return true;
  return kind.is_column() && (field.role == Role::word || field.role == Role::type);
}

List differing_fields(const Object& before, const Object& after) {
  List names;
  const FieldSet changed = before.differences(after);
  for (const FieldBase* field : before.id->kind->fields)
    if (changed.test(field->ordinal) && has_one_word(*before.id->kind, *field)) names.emplace_back(field->name);
  return names;
}

/// In a few words each; of what lies in something else that is told, nothing.
List differences(const std::set<Id>& touched, const Schema& before, const Schema& after) {
  List all;
  const auto is_gone = [](Id id, const Schema& here, const Schema& there) {
    return id && here.find(id) && !there.find(id);
  };
  for (Id id : touched) {
    if (id->kind->has(opaque)) continue;
    const Object *old = before.find(id), *now = after.find(id);
    if ((old && follows(*old)) || (now && follows(*now))) continue;  // told of what it follows
    if (old && now) {
      if (const List fields = differing_fields(*old, *now); !fields.empty())
        all.push_back(concat(path(id), " has another ", join(fields, ", ")));
    } else if (old && !is_gone(id->parent, before, after)) {
      all.push_back(concat(path(id), " does not come back"));
    } else if (now && !is_gone(id->parent, after, before)) {
      all.push_back(concat(path(id), " is still there"));
    }
  }
  return all;
}

/// What statements make that say so outright, whatever else runs.
List left(Statements ups, const Schema& before, const Schema& after) {
  List all;
  for (const ReplayedStatement& one : ups)
    for (Id id : one.effects.makes)
      if (!one.effects.anything && after.find(id) && !before.find(id) && (!id->parent || before.find(id->parent)))
        all.push_back(concat(path(id), " is still there"));
  return all;
}
}  // namespace

Downs::Downs(std::span<const Migration> migrations)
    : left_(static_cast<std::size_t>(
          std::ranges::count_if(migrations, [](const Migration& one) { return one.down.has_value(); }))),
      most_have_one_(2 * left_ > migrations.size()) {}

void Downs::before(const Migration& migration, const Schema& schema, const Verified& verified) {
  before_.reset();
  first_ = verified.statements.size();
  constexpr std::size_t most_objects = 200'000;  // copied for all that are still to come
  looks_ = migration.down && left_ * schema.size() <= most_objects;
  if (looks_) before_.emplace(schema.copy());
  if (!migration.down) return;
  --left_;
  if (!looks_) ++left_out_;
}

void Downs::replay(const Migration& migration, const Schema& schema, const Replay& ups, Verified& verified) {
  tell_rows(migration, verified);
  if (!looks_) return;
  Schema there = schema.copy();
  Replay replay = ups.on(there);
  ReplayedDown& undone = verified.downs.emplace_back(ReplayedDown{verified.statements.size(), {}});
  const std::size_t first = verified.findings.size();
  for (Effects& effects : replay.run(migration.down->text, migration.down->file, verified.findings))
    undone.statements.push_back({&*migration.down, std::move(effects)});
  for (std::size_t i = first; i < verified.findings.size(); ++i) {
    verified.findings[i].place.line += migration.down->line - 1;
    verified.findings[i].severity = Severity::warning;
  }
  if (verified.findings.size() == first) compare({migration, undone}, there, verified);
}

void Downs::compare(const Undone& one, const Schema& after, Verified& verified) const {
  const auto& [migration, undone] = one;
  const Statements ups = from(verified.statements, first_), downs = from(undone.statements, 0);
  if (is_unclear(downs)) return;
  std::set<Id> touched;
  add_touched(ups, touched);
  add_touched(downs, touched);
  constexpr std::size_t most = 5;
  const List all = is_unclear(ups) ? left(ups, *before_, after) : differences(touched, *before_, after);
  if (all.empty()) return;
  Finding& finding = verified.findings.emplace_back();
  finding.severity = Severity::warning;
  finding.rule = "down-leaves";
  finding.place = downs.empty() ? place_of(*migration.down, std::size_t{0}) : downs.front().place();
  finding.message = concat("it does not undo its up: ", first_of(all, most));
  finding.hint = "undo that too, or say in a comment why it stays";
}

void Downs::tell_rows(const Migration& migration, Verified& verified) const {
  List lost;
  std::unordered_set<Id> made;
  for (const ReplayedStatement& one : from(verified.statements, first_)) {
    made.insert(one.effects.makes.begin(), one.effects.makes.end());
    for (Id id : one.effects.drops)
      if (id->kind->is_column() && !made.contains(id)) lost.push_back(path(id));
  }
  if (!most_have_one_ || (lost.empty() && migration.down)) return;
  Finding& note = verified.findings.emplace_back();
  note.severity = Severity::note;
  note.rule = lost.empty() ? "no-down" : "irreversible";
  note.place = place_of(migration.up, std::size_t{0});
  constexpr std::size_t most = 5;
  note.message = lost.empty() ? Text("nothing undoes it, though most migrations of the folder have a down")
                              : concat(migration.down ? "its down cannot bring back what rows had in "
                                                      : "it has no down, and none could bring back what rows had in ",
                                       first_of(lost, most));
}

void Downs::tell(Findings& findings) const {
  if (left_out_ == 0) return;
  Finding& note = findings.emplace_back();
  note.severity = Severity::note;
  note.rule = "downs-left-out";
  note.message = concat("the downs of the earlier ", std::to_string(left_out_),
                        " migrations were not looked at, the history being long and the schema large");
}

}  // namespace quoin
