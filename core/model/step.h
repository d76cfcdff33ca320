// How two states of an object differ, and the statements that lead from one to the other.
#pragma once
#include "core/base/rule_name.h"
#include "core/model/schema.h"

namespace quoin {

/// A reason why a person should look at a step before it runs.
struct Hazard {
  RuleName rule;
  Text text;  // one sentence
  bool operator==(const Hazard&) const = default;
};

/// A field of an object that changes, with its values as they are written; empty: it has none.
struct FieldChange {
  std::string_view field;
  Text from, to;
};

/// A statement, and all that decides where it stands. It runs after the last step that makes what it needs, before the
/// first that drops what it releases, and after the one that frees a slot it takes; steps that make one Id keep their
/// order. A step that drops and makes the same Id rebuilds that object: users are dropped before and created after.
/// The text is `prefix + sql + (clauses of the steps folded into it) + tail`. A step that is folded into the one that
/// makes `host` adds `sql` and its own folded clauses alone, so that ADD COLUMN becomes a line of CREATE TABLE and SET
/// DEFAULT a word of the column. `separator` stands before each folded clause (before the first too where `sql` does
/// not end with an open parenthesis).
struct Step {
  Text sql;
  Text prefix{}, tail{};
  std::string_view separator{};
  Id host{};
  std::vector<Id> makes{}, needs{}, wants{}, releases{}, drops{};  // making needs the parent too, dropping releases it
  std::vector<Id> after_drop_of{};                                 // runs after the first step that drops one of these
  Slots takes{}, frees{};
  Slots takes_shared{}, frees_shared{};  // `Kind::shared_slots`: a step that frees one runs before those that take it
  const Object* takes_names_of{};        // an object whose slots it takes too
  std::vector<FieldChange> changes{};    // of an object that stays or comes again: why the step is there
  std::vector<Hazard> hazards{};
  std::vector<Hazard> alone{};    // instead of `hazards`, where it does not fold into another step
  std::vector<Hazard> folded{};   // besides `hazards`, where it does
  Text commits_first{};           // a constant that can be used only after a commit: a new enum label, quoted
  std::vector<Id> may_use{};      // types of which it may use such a constant that its text does not show
  bool spares_unchanged = false;  // users of what it rebuilds may stay if they do not change themselves
  bool outside_transaction = false;
  bool for_rows = false;  // is about rows that exist already: left out where their table is new
  /// The server's setting that makes it check the statement's text (check_function_bodies). `unchecked`: the statement
  /// runs with it off, since what the text names comes later, or could not pass anyway.
  std::string_view checked_by{};
  bool unchecked = false;
  /// Steps of one `shares` that come one after the other are written as one statement, so that the table is rewritten
  /// once; set, `prefix` is the same for all of them.
  Id shares{};
  /// Schemas that must be on the search_path while it runs, since what it calls names objects there without their
  /// schema.
  List search_path{};
};
using Steps = std::vector<Step>;
Steps only(Step);  // a list of one; braces would copy it

/// An object on both sides (null: on one only) and the fields whose values differ.
struct Delta {
  Id id;
  FieldSet changed;
  const Object *from, *to;
  bool touches(const FieldBase& field) const { return changed.test(field.ordinal); }
};
/// No statement can do it.
struct Cannot {
  Text why;  // "its partition key cannot change"
};
using Change = std::variant<Steps, Cannot>;

/// An object that others need, and that is rebuilt.
struct Rebuilt {
  enum class Manner { in_place, anew };  // in_place: it stays the same object, with other parts
  const Object& object;                  // the desired state; where it is dropped for good, the old one
  Manner manner = Manner::anew;
};

/// What has to be done to an object when one that it needs, or its parent, is rebuilt (a column's type, an enum's
/// labels).
struct Unaffected {};      // nothing: the server keeps it valid by itself
struct RemadeByServer {};  // nothing, the same statement rebuilds it; but what needs it must be dropped before
struct Replaced {};        // it is dropped before, and created after
using Follow = std::variant<Unaffected, RemadeByServer, Replaced, Steps, Cannot>;

}  // namespace quoin
