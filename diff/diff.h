// From two schemas to the steps that lead from one to the other.
#pragma once
#include <optional>

#include "core/model/kind.h"

namespace quoin {

/// Whether the relation that it lies in is there on both sides, and goes with the same as before.
bool stays_in_place(Id, const Schema& from, const Schema& to);

/// What differs: what `from` has in its order, then what only `to` has in its own. No kind is named. `same` decides for
/// a field whose values differ as text whether they mean the same (the normal form, when the sides are not the same
/// server's words); null: text decides.
using Same = std::function<bool(const FieldBase&, const Object& from, const Object& to)>;
std::vector<Delta> compare(const Schema& from, const Schema& to, const Same& same = nullptr);

/// Steps that have been put in order, what could not be done, and what a person should know.
struct Plan {
  Steps steps;  // ordered, folded
  List errors;  // changes that no step may do: object, why, what to do
  List notes;   // changes of column order, what only a server could tell
  bool empty() const { return steps.empty() && errors.empty(); }
};
/// compare → plan → graph → order → fold. Throws Error(input) with the path of a cycle.
Plan plan(const Schema& from, const Schema& to, const Same& same = nullptr);
/// The plan from a new database to what some server has let in already, which therefore no setting checks again.
Plan creation(const Schema& nothing, const Schema&);
/// True if both have it, and the same body in it.
bool has_same_body(Id, const Schema&, const Schema& other);
/// Turns off the setting by which the server checks a step, around each that makes what `was_let_in` is true of. False
/// if there is none that was checked.
bool leave_unchecked(Steps&, const std::function<bool(Id)>& was_let_in);

/// Whether what is not in the desired schema is to go: YAML has no word for what is of no kind.
enum class Silence { is_a_wish, says_nothing };

/// What a plan leaves as it is, a sentence each.
struct LeftOut {
  Silence silence = Silence::is_a_wish;
  List aside{};   // nobody has asked for another: the plan is right without it
  List missed{};  // the plan should have made, changed or dropped it, or may touch it: such a plan is never proven
  List& unsaid() { return silence == Silence::is_a_wish ? missed : aside; }
  List all() const;
};
/// Adds the objects of no kind.
void leave_out_unmodelled(const Schema& from, const Schema& to, LeftOut&);
/// What both sides have and nobody holds against each other, a sentence each: attributes that are only carried (an
/// owner, say) where they differ. They stay as they are, and what is planned is proven all the same.
List not_compared(const Schema& from, const Schema& to);
/// `to` as far as a plan can get there: without what quoin cannot create and what needs that, with what it cannot drop
/// and what that needs; each is said in `left_out`. nullopt: all of it.
std::optional<Schema> within_reach(const Schema& from, const Schema& to, LeftOut& left_out);
/// Adds to `missed` what the steps make or drop of what objects of no kind, and those that stand on them, need.
void heed_touched(const Schema& from, const Schema& to, const Steps&, LeftOut&);

/// Renames, and moves to another schema, that `to` asks for by renamed_from and `from` has not seen yet: applied to
/// `from` (names in its texts too, by `rename_in_texts`), and the steps that do them on the server, to stand before all
/// others.
using RenameInTexts = std::function<void(Schema&, Id old_id, Id new_id)>;
struct Renames {
  Steps up;                               // in order, before all other steps of the up
  Steps down;                             // their inverse, in order
  List notes;                             // on what was asked for and not done
  std::vector<std::pair<Id, Id>> done{};  // from, to: in order of the up
  struct Part {                           // of an object, no object itself: a label
    Id of;
    Text old_name, new_name;
  };
  std::vector<Part> parts{};      // in order of the up, after the others
  Steps before_down, after_down;  // besides: schemas, where the renames are the first of all, or the last
  std::vector<Object> homes;      // the schemas that `before_down` makes
};
Renames rename_first(Schema& from, const Schema& to, const RenameInTexts&);
/// Gives texts that select a renamed part of a value, `(…).old`, its other name where they then say what `other` says.
void follow_selections(Schema&, const Schema& other, const Renames&);
/// The same backwards, on the schema that is left by the down: as the server will have it after `renames.down` alone.
/// False where a name is taken; the schema is then of no use.
bool rename_back(Schema&, const Renames&, const RenameInTexts&);

/// Says of each step of which types it may use a new value that its text does not show (Step::may_use).
void mark_unseen_uses(Steps&, const Schema& to);

/// Steps of a plan, one after the other, that run as one transaction; or one that runs outside of any.
struct Segment {
  std::span<const Step> steps;
  bool in_transaction;
};
/// Ordered steps as the fewest segments: one ends before a step that cannot run in a transaction, and before one that
/// uses what only a commit makes usable (a new enum label).
std::vector<Segment> segments(const Steps&);
/// True if they are one transaction; else the text of `emit` has to be run statement by statement.
bool runs_in_transaction(const Steps&);

/// The bare SQL of ordered steps (project/migration_file writes the file around it): statements ended by ";\n", hazards
/// as comments before them. Where there are several segments, BEGIN and COMMIT stand around each that is a transaction
/// of several statements.
Text emit(const Steps&);

/// What a step is about: what it makes, else drops, else needs; null: nothing of a schema.
Id subject_of(const Step&);
/// The object by which steps are grouped for people: a table for all that lies in it.
Id group_of(Id);

/// What the down of these steps cannot give back, a comment each: to be said in its section.
Text lost(const Steps& up);

/// Every step's statement, its folded clauses included.
List statements(const Steps&);

}  // namespace quoin
