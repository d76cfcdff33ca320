// What becomes of an object: how two of its states differ, and the statements that lead from one to the other.
#pragma once
#include "core/model/schema.h"

namespace quoin {

/// Why a person should look twice at a step. `rule` is short and stable: "data-loss", "may-fail", "rewrite", "lock".
struct Hazard {
  std::string_view rule;
  Text text;  // one sentence
  bool operator==(const Hazard&) const = default;
};

/// A field of an object that changes, with its values as they are written; empty: it has none.
struct FieldChange {
  std::string_view field;
  Text from, to;
};

/// A statement and all that decides its place. It runs after the last step that makes what it needs, before the first
/// that drops what it releases, after the one that frees a slot it takes; steps that make one id keep their order.
/// A step that drops and makes the same id rebuilds it: users leave before and come after.
/// Its text is `prefix + sql + (clauses of the steps folded into it) + tail`. Folded into the step that makes `host` it
/// is `sql` and its own folded clauses alone, so that ADD COLUMN becomes a line of CREATE TABLE and SET DEFAULT a word
/// of the column. `separator` stands before each folded clause (the first too where `sql` does not end with an open
/// parenthesis).
struct Step {
  Text sql;
  Text prefix{}, tail{};
  std::string_view separator{};
  Id host{};
  std::vector<Id> makes{}, needs{}, wants{}, releases{}, drops{};  // making needs the parent too, dropping releases it
  std::vector<Id> awaits{};                                        // runs after the first step that drops one of these
  Slots takes{}, frees{};
  Slots enters{}, leaves{};  // rooms that many share (`Kind::rooms`): whoever leaves one goes before whoever enters it
  const Object* takes_names_of{};      // whose slots it takes besides
  std::vector<FieldChange> changes{};  // of an object that stays or comes again: why the step is there
  std::vector<Hazard> hazards{};
  std::vector<Hazard> alone{};    // instead of `hazards`, where it does not fold into another step
  std::vector<Hazard> folded{};   // besides `hazards`, where it does
  Text commits_first{};           // a constant that can be used only after a commit: a new enum label, quoted
  std::vector<Id> may_use{};      // types of which it may use such a constant without naming it
  bool spares_unchanged = false;  // users of what it rebuilds that do not change themselves may stay
  bool outside_transaction = false;
  bool for_rows = false;  // minds rows that are there already: left out where what they lie in is new
  /// A setting by which the server checks what it says; it is off where `unchecked`, since what it wants comes later,
  /// or it could not pass anyway.
  std::string_view checked_by{};
  bool unchecked = false;
  /// Steps of one `shares` that come one after the other are written as one statement, so that the table is rewritten
  /// once; set, `prefix` is the same for all of them.
  Id shares{};
  /// Schemas that have to be on the search_path while it runs, since what it calls leaves them out.
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
struct Cannot {
  Text why;  // "its partition key cannot change"
};
using Change = std::variant<Steps, Cannot>;

/// What becomes of an object that others stand on.
struct Rebuilt {
  enum class Manner { in_place, anew };  // in place: it stays the same object, of which some parts are others
  const Object& object;                  // as it is to be; where it goes for good, as it was
  Manner manner = Manner::anew;
};

/// What a user does when something that it needs, or its parent, is rebuilt under it (a column's type, an enum's
/// labels).
struct Unaffected {};      // the server sees to it
struct RemadeByServer {};  // by the server in the same statement, but what stands on it has to leave
struct Replaced {};        // dropped before, created after
using Follow = std::variant<Unaffected, RemadeByServer, Replaced, Steps, Cannot>;

}  // namespace quoin
