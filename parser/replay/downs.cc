#include "parser/replay/downs.h"

#include <set>

#include "core/model/kind.h"
#include "core/sql/print.h"
#include "parser/replay/refusing.h"

namespace quoin {

namespace {
using Statements = std::span<const ReplayedStatement>;

Statements from(const std::vector<ReplayedStatement>& all, std::size_t first) { return Statements(all).subspan(first); }

/// What it does is known only when it runs.
bool has_unknown_effects(const ReplayedStatement& one) { return one.effects.anything || !one.effects.unknown.empty(); }

bool is_unclear(Statements statements) {
  return std::ranges::any_of(statements, [](const ReplayedStatement& one) {
    const Effects& effects = one.effects;
    return has_unknown_effects(one) || !effects.missing.empty() || !effects.duplicates.empty() ||
           !effects.refused.empty();
  });
}

bool stands_beside_tables(const Kind& kind) { return kind.has(has_section) && !kind.has(holds_rows); }

bool has_body(const Kind& kind) {
  return std::ranges::any_of(kind.fields, [](const FieldBase* field) { return field->role == Role::body; });
}

void add_touched(Statements statements, std::set<Id>& all) {
  for (const ReplayedStatement& one : statements) {
    const Effects& effects = one.effects;
    for (const std::vector<Id>* ids : {&effects.makes, &effects.changes, &effects.drops})
      all.insert(ids->begin(), ids->end());
    for (const auto& [before, after] : effects.renames) all.insert({before, after});
  }
}

/// True of a field whose text has one spelling: expressions and queries have several, and names change with objects.
bool has_one_spelling(const Kind& kind, const FieldBase& field) {
  constexpr Role plain[] = {Role::body, Role::text, Role::bound, Role::column};
  if (std::ranges::count(plain, field.role)) return true;
  if (field.shape == shape_of<bool> || field.shape == shape_of<std::int64_t>) return true;
  return kind.is_column() && (field.role == Role::word || field.role == Role::type);
}

/// A constant, whatever it is cast to; a null Node: it is more than that.
ast::Node constant_in(const ast::Tree& tree) {
  ast::Node node = tree.root();
  while (node.is("TypeCast")) node = node["arg"];
  return node.is("A_Const") ? node : ast::Node();
}

/// True if both are constants, and they differ.
bool are_other_constants(const Value& before, const Value& after) {
  const Text *one = std::get_if<Text>(&before), *other = std::get_if<Text>(&after);
  if (!one || !other) return false;
  try {
    const ast::Tree first = ast::Tree::parse_expression(*one), second = ast::Tree::parse_expression(*other);
    const ast::Node a = constant_in(first), b = constant_in(second);
    return a && b && ast::print(a) != ast::print(b);
  } catch (const Error&) { return false; }  // no expression alone
}

/// True if two bodies differ in blanks alone.
bool is_same_body(const FieldBase& field, const Value& before, const Value& after) {
  const Text *one = std::get_if<Text>(&before), *other = std::get_if<Text>(&after);
  if (field.role != Role::body || !one || !other) return false;
  const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  Text a = *one, b = *other;
  std::erase_if(a, is_blank);
  std::erase_if(b, is_blank);
  return a == b;
}

/// True if the two values of a field, which differ as texts, surely mean different things.
bool is_otherwise(const FieldBase& field, const Object& before, const Object& after) {
  const Value &one = before.value(field), &other = after.value(field);
  if (field.role == Role::expression) return are_other_constants(one, other);
  return has_one_spelling(*before.id->kind, field) && !is_same_body(field, one, other);
}

List differing_fields(const Object& before, const Object& after) {
  List names;
  const FieldSet changed = before.differences(after);
  for (const FieldBase* field : before.id->kind->fields)
    if (changed.test(field->ordinal) && is_otherwise(*field, before, after)) names.emplace_back(field->name);
  return names;
}

/// "has the type bigint instead of integer"; empty: it would not fit into a line.
Text instead(const FieldBase& field, const Object& before, const Object& after) {
  constexpr std::size_t most = 60;
  const Text had = as_text(before.value(field)), has = as_text(after.value(field));
  if (had.size() > most || has.size() > most || concat(had, has).find('\n') != Text::npos) return {};
  if (had.empty() && has == "yes") return concat("says ", field.name, " now");
  if (has.empty() && had == "yes") return concat("says ", field.name, " no more");
  if (had.empty()) return concat("has the ", field.name, " ", has, ", and had none");
  if (has.empty()) return concat("has no ", field.name, " any more, which was ", had);
  return concat("has the ", field.name, " ", has, " instead of ", had);
}

/// What one of them has more than the other: "still has paid", of a list; "has another body", of anything long.
Text difference(const Object& before, const Object& after, const List& fields) {
  const FieldBase* only = fields.size() == 1 ? before.id->kind->fields.find(fields[0]) : nullptr;
  const List* had = only ? std::get_if<List>(&before.value(*only)) : nullptr;
  const List* has = only ? std::get_if<List>(&after.value(*only)) : nullptr;
  List left, lost;
  for (const Text& item : has&& had ? *has : List())
    if (!std::ranges::count(*had, item)) left.push_back(item);
  for (const Text& item : has&& had ? *had : List())
    if (!std::ranges::count(*has, item)) lost.push_back(item);
  if (had && has && left.empty() && lost.empty()) return concat("has its ", fields[0], " in another order");
  if (left.empty() && lost.empty()) {
    const Text said = only ? instead(*only, before, after) : Text();
    return said.empty() ? concat("has another ", join(fields, ", ")) : said;
  }
  constexpr std::size_t most = 5;
  const Text kept = left.empty() ? Text() : concat("still has ", first_of(left, most));
  return lost.empty() ? kept : concat(kept, kept.empty() ? "" : ", and ", "has no more ", first_of(lost, most));
}

/// A few words for each object; none for what lies in an object that is told of.
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
        all.push_back(concat(path(id), " ", difference(*old, *now, fields)));
    } else if (old && !is_gone(id->parent, before, after)) {
      all.push_back(concat(path(id), " does not come back"));
    } else if (now && !is_gone(id->parent, after, before)) {
      all.push_back(concat(path(id), " is still there"));
    }
  }
  return all;
}

/// What the down leaves of objects that statements of the up create by their own text, whatever else they run.
List left(Statements ups, const Schema& before, const Schema& after) {
  List all;
  for (const ReplayedStatement& one : ups)
    for (Id id : one.effects.makes)
      if (!one.effects.anything && after.find(id) && !before.find(id) && (!id->parent || before.find(id->parent)))
        all.push_back(concat(path(id), " is still there"));
  return all;
}

struct FindingHead {
  Severity severity;
  RuleName rule;
  Place place;
};
Finding& add(Verified& verified, const FindingHead& head, Text message) {
  Finding& finding = verified.findings.emplace_back();
  finding.severity = head.severity;
  finding.rule = head.rule;
  finding.place = head.place;
  finding.message = std::move(message);
  return finding;
}

void tell_unclear(const Section& down, Statements downs, Verified& verified) {
  const auto unknown = std::ranges::find_if(downs, has_unknown_effects);
  if (unknown == downs.end()) return;
  add(verified, {Severity::note, "unknown", place_of(down, unknown->effects.begin)},
      concat("whether it undoes its up is not known",
             unknown->effects.unknown.empty() ? Text() : concat(": ", unknown->effects.unknown.front())));
}

}  // namespace

Downs::Downs(std::span<const Migration> migrations)
    : left_(static_cast<std::size_t>(
          std::ranges::count_if(migrations, [](const Migration& one) { return one.down.has_value(); }))),
      most_have_one_(2 * left_ > migrations.size()) {}

void Downs::before(const Migration& migration, Schema& schema, const Verified& verified) {
  first_ = verified.statements.size();
  constexpr std::size_t most_objects = 200'000;  // copied for all that are still to come
  looks_ = migration.down && left_ * schema.size() <= most_objects;
  if (looks_) found_ = &before_.of(schema);
  if (!migration.down) return;
  --left_;
  if (!looks_) ++left_out_;
}

void Downs::replay(const Migration& migration, Schema& schema, const Replay& ups, Verified& verified) {
  tell_rows(migration, verified);
  if (!looks_) return;
  Schema& there = scratch_.of(schema);
  Replay replay = ups.on(there);
  ReplayedDown& undone = verified.downs.emplace_back(ReplayedDown{verified.statements.size(), {}});
  const std::size_t first = verified.findings.size();
  for (Effects& effects : replay.run(migration.down->text, migration.down->file, verified.findings))
    undone.statements.push_back({&*migration.down, std::move(effects)});
  for (std::size_t i = first; i < verified.findings.size(); ++i) {
    verified.findings[i].place.line += migration.down->line - 1;
    verified.findings[i].severity = Severity::warning;
  }
  if (const auto refusal = refusal_in(migration.down->text)) {
    add(verified, {Severity::note, "irreversible", place_of(*migration.down, std::size_t{0})},
        concat("its down refuses to run: ", *refusal));
  } else if (verified.findings.size() == first) {
    compare({migration, undone}, there, verified);
  }
}

void Downs::compare(const Undone& one, const Schema& after, Verified& verified) const {
  const auto& [migration, undone] = one;
  const Statements ups = from(verified.statements, first_), downs = from(undone.statements, 0);
  std::set<Id> touched;
  add_touched(downs, touched);
  List all;
  if (is_unclear(downs)) {
    // Objects with a body, which the down itself creates or replaces as a whole, are as it says, whatever else it runs.
    std::erase_if(touched, [&](Id id) { return !has_body(*id->kind) || !after.find(id); });
    all = differences(touched, *found_, after);
    if (all.empty()) return tell_unclear(*migration.down, downs, verified);
  } else {
    add_touched(ups, touched);
    if (is_unclear(ups)) {
      all = left(ups, *found_, after);
      // SQL made at run time creates tables and what lies in them; other objects are as the statements say.
      std::erase_if(touched,
                    [&](Id id) { return !stands_beside_tables(*id->kind) || !found_->find(id) || !after.find(id); });
    }
    std::ranges::move(differences(touched, *found_, after), std::back_inserter(all));
  }
  constexpr std::size_t most = 5;
  if (all.empty()) return;
  const Place place = downs.empty() ? place_of(*migration.down, std::size_t{0}) : downs.front().place();
  add(verified, {Severity::warning, "down-leaves", place}, concat("it does not undo its up: ", first_of(all, most)))
      .hint = "undo that too, or say why it stays, above the SQL: -- quoin: nolint down-leaves: WHY";
}

void Downs::tell_rows(const Migration& migration, Verified& verified) const {
  List lost;
  std::unordered_set<Id> made;
  const Statements ups = from(verified.statements, first_);
  const bool drops = std::ranges::any_of(ups, [](const ReplayedStatement& one) { return !one.effects.drops.empty(); });
  for (const ReplayedStatement& one : drops ? ups : Statements()) {
    made.insert(one.effects.makes.begin(), one.effects.makes.end());
    for (Id id : one.effects.drops)
      if (id->kind->is_column() && !made.contains(id)) lost.push_back(path(id));
  }
  if (!most_have_one_ || (lost.empty() && migration.down)) return;
  constexpr std::size_t most = 5;
  const Place place = place_of(migration.up, std::size_t{0});
  if (lost.empty())
    add(verified, {Severity::note, "no-down", place},
        "nothing undoes it, though most migrations of the folder have a down");
  else
    add(verified, {Severity::note, "irreversible", place},
        concat(migration.down ? "its down cannot bring back what rows had in "
                              : "it has no down, and none could bring back what rows had in ",
               first_of(lost, most)));
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
