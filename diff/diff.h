// From two schemas to the steps that lead from one to the other.
#pragma once
#include <optional>

#include "core/model/kind.h"

namespace quoin {

/// True if the relation that the object lies in is there on both sides, and would be dropped together with the same
/// object as before.
bool stays_in_place(Id, const Schema& from, const Schema& to);

/// True if an object that `here` alone has, and that follows another, comes or goes by itself: `there` has what it
/// follows without it. So does a column that its table would bring. A follower whose kind does not say what it is
/// brought by is a matter of names alone: the foreign key of a partition is called as it was before it was attached.
bool comes_by_itself(const Object&, const Schema& here, const Schema& there);

/// The objects that differ: those of `from` in its order, then those that only `to` has, in its own. No kind is named.
/// `same` decides if two texts of a field that are not equal mean the same (by the normal form, where the sides are not
/// words of one server); null: they do not.
using Same = std::function<bool(const FieldBase&, const Object& from, const Object& to)>;
std::vector<Delta> compare(const Schema& from, const Schema& to, const Same& same = nullptr);

/// True if what an object says holds in the schema `there` without it (Kind::holds_anyway).
bool holds_anyway(const Object& said, const Schema& there);

/// A plan: ordered steps, what could not be planned, and what a person should know.
struct Plan {
  Steps steps;                  // ordered, folded
  List errors;                  // changes that no step may do: object, why, what to do
  List notes;                   // changes of column order, what only a server could tell
  std::vector<Id> differing{};  // objects that differ for certain
  std::vector<Id> undecided{};  // that differ in no more than texts of which only a server could tell what they mean
  bool empty() const { return steps.empty() && errors.empty(); }
};
/// compare → plan → graph → fold → order. Throws Error(input) with the path of a cycle.
Plan plan(const Schema& from, const Schema& to, const Same& same = nullptr);
/// The plan from a new database to a schema that some server has accepted before, so that no setting makes the server
/// check it again.
Plan creation(const Schema& nothing, const Schema&);
/// True if both schemas have the object, with the same body.
bool has_same_body(Id, const Schema&, const Schema& other);
/// Turns off the setting by which the server checks a step, around each step that makes an object for which
/// `was_let_in` is true. False if no such step was checked.
bool leave_unchecked(Steps&, const std::function<bool(Id)>& was_let_in);

/// What it means that the desired schema does not have an object: that it is to be dropped, or nothing, as with objects
/// of no kind in YAML, which cannot name them.
enum class Silence { is_a_wish, says_nothing };

/// What a plan leaves as it is; a sentence each.
struct LeftOut {
  Silence silence = Silence::is_a_wish;
  List aside{};   // nobody asked for a change: the plan is right without it
  List missed{};  // the plan should have made, changed or dropped it, or may touch it: such a plan is never proven
  List& unsaid() { return silence == Silence::is_a_wish ? missed : aside; }
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
/// Adds to `missed` what the steps make or drop although objects of no kind, or objects that need those, need it.
void heed_touched(const Schema& from, const Schema& to, const Steps&, LeftOut&);

/// Carries out in `from` the renames, and moves to another schema, that `to` asks for by renamed_from and that `from`
/// does not have yet (in its texts too, by `rename_in_texts`). Gives the steps that do the same on the server, which
/// come before all others.
using RenameInTexts = std::function<void(Schema&, Id old_id, Id new_id)>;
struct Renames {
  Steps up;                               // in order, before all other steps of the up
  Steps down;                             // their inverse, in order
  List notes;                             // renames that were asked for and not done
  std::vector<std::pair<Id, Id>> done{};  // from, to: in order of the up
  struct Part {                           // a part of an object that is no object itself: a label
    Id of;
    Text old_name, new_name;
  };
  std::vector<Part> parts{};      // in order of the up, after the others
  Steps before_down, after_down;  // steps for schemas, where the renames are the first steps of all, or the last
  std::vector<Object> homes;      // the schemas that `before_down` makes
};
Renames rename_first(Schema& from, const Schema& to, const RenameInTexts&);
/// Rewrites texts that select a renamed attribute of a value, `(…).old`, to the other name, where they then say what
/// `other` says.
void follow_selections(Schema&, const Schema& other, const Renames&);
/// Undoes the renames in the schema that the down leaves: as the server has it after `renames.down` alone. False where
/// a name is taken; the schema is of no use then.
bool rename_back(Schema&, const Renames&, const RenameInTexts&);

/// Sets Step::may_use of each step: the types of which it may use a new value that its text does not show.
void mark_unseen_uses(Steps&, const Schema& to);

/// Consecutive steps of a plan that run as one transaction, or one step that runs outside of any.
struct Segment {
  std::span<const Step> steps;
  bool in_transaction;
};
/// The steps as the fewest segments. A segment ends before a step that cannot run in a transaction, and before one that
/// uses what can only be used after a commit (a new enum label).
std::vector<Segment> segments(const Steps&);
/// True if the steps are one transaction; else the text of `emit` has to be run statement by statement.
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
