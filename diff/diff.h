// From two schemas to the steps that lead from one to the other.
#pragma once
#include <optional>

#include "core/model/kind.h"

namespace quoin {

/// True if the relation that the object lies in is there on both sides, and would be dropped together with the same
/// object as before.
bool stays_in_place(Id, const Schema& from, const Schema& to);

/// True if an object that only `here` has, and that follows another (Kind::follows), is created or dropped apart from
/// that one, since `there` has that one without it. Of kinds without Kind::creates_followers only a column that follows
/// its own relation is; others differ by name alone: a partition's foreign key keeps its name when it is attached.
bool comes_by_itself(const Object&, const Schema& here, const Schema& there);

/// The objects that differ: those of `from` in its order, then those that only `to` has, in its own. `same` decides if
/// two unequal texts of a field mean the same (by the normal form, where not both sides were read from one server
/// major); null: they do not.
using Same = std::function<bool(const FieldBase&, const Object& from, const Object& to)>;
std::vector<Delta> compare(const Schema& from, const Schema& to, const Same& same = nullptr);

/// True if what an object says holds in the schema `there` without it (Kind::holds_anyway).
bool holds_anyway(const Object& said, const Schema& there);

/// The objects of which no statement leads from one state to the other, but whose rows can move (KindSql::has_to_move),
/// and what is a part of them on both sides (a partition), since it cannot be a part of the old and the new one.
std::vector<Id> to_be_moved(const Schema& from, const Schema& to, const Same& same = nullptr);
/// What becomes of them.
struct Moving {
  Steps first;                        // the old ones take other names, before all else
  std::unordered_map<Id, Id> old_of;  // by the new one
};
/// Gives each its other name in `from` (in texts too, by `rename_in_texts`), so that `to` has a new object of the name.
/// What `from` knows that they carry goes to the new ones.
using RenameInTexts = std::function<void(Schema&, Id old_id, Id new_id)>;
Moving set_aside(Schema& from, Schema& to, const std::vector<Id>&, const RenameInTexts&);

/// A plan: ordered steps, what could not be planned, and what a person should know.
struct Plan {
  Steps steps;  // ordered, folded
  List errors;  // changes that no step may do: object, why, what to do; a sentence each
  List notes;   // possible renames, columns whose order stays, what only a server could tell; a sentence each
  std::vector<Id> differing{};  // objects that differ for certain
  std::vector<Id> undecided{};  // that differ in no more than texts of which only a server could tell what they mean
  bool empty() const { return steps.empty() && errors.empty(); }
};
/// compare → plan → graph → fold → order. Throws Error(input) with the path of a cycle.
Plan plan(const Schema& from, const Schema& to, const Same& same = nullptr, const Moving& = {});
/// The plan from a new database to a schema that some server has accepted before: the settings by which the server
/// checks statements (Step::checked_by) are off throughout.
Plan creation(const Schema& nothing, const Schema&);
/// True if both schemas have the object, with the same body.
bool has_same_body(Id, const Schema&, const Schema& other);
/// Turns off the setting by which the server checks a step (Step::checked_by), around each step that makes only objects
/// for which `was_accepted` is true. False if there is no such step.
bool leave_unchecked(Steps&, const std::function<bool(Id)>& was_accepted);

/// What it means that the desired schema lacks an object that no kind models: SQL could create it, so it is to be
/// dropped; YAML cannot name it, so nothing is said of it.
enum class Absence { asks_for_drop, says_nothing };

/// What a plan leaves as it is; a sentence each.
struct LeftOut {
  Absence absence = Absence::asks_for_drop;
  List aside{};   // nobody asked for a change: the plan is right without it
  List missed{};  // the plan should have made, changed or dropped it, or may touch it: such a plan is never proven
  List& absent() { return absence == Absence::asks_for_drop ? missed : aside; }  // for what only `from` has
  List all() const;
};
/// Adds to `LeftOut` the objects that no kind models.
void leave_out_unmodelled(const Schema& from, const Schema& to, LeftOut&);
/// Attributes that objects only carry (an owner, say) where the two sides differ; a sentence each. They stay as they
/// are, and the plan is proven all the same.
List not_compared(const Schema& from, const Schema& to);
/// The part of `to` that a plan can reach: without what quoin cannot create and what needs that, but with what it
/// cannot drop and what that needs; each is told in `left_out`. nullopt: all of it.
std::optional<Schema> within_reach(const Schema& from, const Schema& to, LeftOut& left_out);
/// Adds to `missed` the subjects of steps that may change an object that no kind models: steps that make or drop what
/// it needs, or what needs it.
void leave_out_touched(const Schema& from, const Schema& to, const Steps&, LeftOut&);

/// Carries out in `from` the renames, and moves to another schema, that `to` asks for by renamed_from and that `from`
/// does not have yet (in its texts too, by `rename_in_texts`). Gives the steps that do the same on the server, which
/// come before all others.
struct Renames {
  Steps up;                               // in order, before all other steps of the up
  Steps down;                             // their inverse, in order
  List notes;                             // renames that were asked for and not done
  std::vector<std::pair<Id, Id>> done{};  // from, to: in order of the up
  struct Part {                           // a part of an object that is no object itself: a label
    Id of;
    Text old_name, new_name;
  };
  std::vector<Part> parts{};       // in order of the up, after the others
  Steps before_down;               // create `namespaces`, since `down` moves objects back there before all else
  Steps after_down;                // drop the schemas that `up` has created to move objects there
  std::vector<Object> namespaces;  // schemas that the desired state lacks and that objects were moved from
};
Renames rename_first(Schema& from, const Schema& to, const RenameInTexts&);
/// Rewrites each text that selects a renamed attribute of a value, `(…).old`, to the other name, if that makes it the
/// text that `other` has.
void follow_selections(Schema&, const Schema& other, const Renames&);
/// Undoes the renames in a schema, which then is as the server has it after `renames.down` alone. False where a name is
/// taken; the schema is of no use then.
bool rename_back(Schema&, const Renames&, const RenameInTexts&);

/// Sets Step::may_use of each step: the types of which it may use a new value that its text does not show.
void mark_unseen_uses(Steps&, const Schema& to);

/// Consecutive steps of a plan that run as one transaction, or one step that runs outside of any.
struct Segment {
  std::span<const Step> steps;
  bool in_transaction;
};
/// The steps as the fewest segments. A step that cannot run in a transaction is a segment of its own; a segment ends
/// after a step whose new enum label a later one uses, since the server takes none before it is committed (ALTER TYPE,
/// "Notes").
std::vector<Segment> segments(const Steps&);
/// True if the steps are one transaction; else each statement of emit()'s text has to be sent by itself.
bool runs_in_transaction(const Steps&);

/// The bare SQL of ordered steps (project/migration_file writes the file around it): statements ended by ";\n", hazards
/// as comments before them. Where there are several segments, BEGIN and COMMIT stand around each that is a transaction
/// of several statements.
Text emit(const Steps&);

/// The object that a step is about: what it makes, else drops, else needs; null: no object of the schema.
Id subject_of(const Step&);
/// The object by which steps are grouped for people: a table for all that lies in it.
Id group_of(Id);

/// Comments for the Down section: what the down of these steps cannot give back.
Text lost(const Steps& up);

/// Every step's statement, its folded clauses included.
List statements(const Steps&);

}  // namespace quoin
