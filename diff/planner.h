// The decisions behind a plan: what becomes of each object. For diff/ alone.
#pragma once

#include "core/model/place.h"
#include "diff/diff.h"
#include "diff/draft.h"
#include "diff/users_by_id.h"
#include "kinds/access/default_privileges.h"
#include "kinds/users.h"

namespace quoin {

/// What becomes of an object. changed: by steps of its own, in place; replaced: dropped and created anew.
enum class Fate : std::uint8_t { kept, created, changed, dropped, replaced };

class Planner {
 public:
  /// `anew`: objects that are made anew where they would change in place. They outlive this, as the schemas do.
  Planner(const Schema& from, const Schema& to, const Moving&, const std::unordered_set<Id>& anew);
  /// Decides the fate of each delta, then of everything that needs what is dropped, replaced or rebuilt.
  void decide(const std::vector<Delta>&);
  /// The steps of everything that was decided: drops, then the others, in the order of deciding.
  Draft draft() const;
  /// Paths of the objects in `from` that run when others are created (Trait acts_on_new: event triggers), if any is.
  List acting_on_new() const;
  /// Sentences about objects that come last among their siblings from now on and did not before (a column that is added
  /// again).
  List moved_to_end() const;
  bool could_be_made_anew(Id) const;  // it changes in place, and may be dropped and created instead
  List errors;

 private:
  Fate fate(Id id) const { return fates_[id->number]; }
  void set(Id, Fate);
  bool is_dropped(Id id) const { return fate(id) == Fate::dropped || fate(id) == Fate::replaced; }
  const UsersById& dropped_along();
  FieldSet changed_fields(Id) const;
  std::vector<FieldChange> changes_of(Id) const;

  void change(const Delta&);
  Change change_in_place(const Delta&);
  void replace(Id);
  void note_rebuilt(const Steps&);
  void ask_parent_to_admit(Id);
  void find_leaving(const std::vector<Delta>&);
  void refuse(Id, std::string_view why);

  // The users and children of what is dropped, replaced or rebuilt (diff/replace.cc).
  void decide_users();
  void decide_users_of(Id);
  void decide_user(Id user, const Object& rebuilt, bool child);
  void apply(Id user, const Object& rebuilt, Follow answer);
  void add_steps(Id user, const Object& rebuilt, Steps);
  void add_to_rebuilding_step(Id user, Id rebuilt);
  void release_old(Id rebuilt, Id user, Steps&);
  bool is_dropped_apart(Id) const;  // its own steps drop the old object and make the new one in separate steps
  bool spares_unchanged(Id rebuilt) const;
  void refuse_loss_of_opaque();
  void refuse_want_of_opaque();

  // Objects that follow others (Kind::follows), and so have no steps of their own (diff/follow.cc).
  void find_followers(const std::vector<Delta>&);
  void set_one_sided(const Object&, Fate);
  Id leader_that_comes_after(const Object& follower) const;
  bool is_dropped_with_leader(const Object&) const;
  bool host_stays(Id) const;
  bool loses_rows_with_leader(const Object& follower) const;
  bool creates_followers(Id leader) const;
  void drop_with_leader(const Object&);
  bool is_handed_over(const Object& before, Id leader) const;
  void hand_over(const Object& before, Id leader);
  void replace_handed_over(Id follower);
  void find_brought();
  bool is_brought(Id) const;
  bool is_led(Id) const;  // other objects' steps do what its fate says
  bool has_leader_that(Id, Fate) const;
  std::span<const Id> followers_of(Id) const;
  void add_followers(Steps&) const;  // to what the steps make and drop

  void find_dropped_by_others();
  bool is_dropped_by_others(Id) const;
  bool needs_no_drop(const Object&) const;
  void draft_drops(Draft&) const;
  void put_default_rights_last(Draft&) const;
  bool is_moved(Id) const;  // its rows are in a new object by the time it is dropped
  Id moved_into(Id) const;
  bool comes_after_rows(Id) const;
  const Object* before_move(const Object&) const;
  bool changes_type_of(Id now) const;
  void decide_moves();
  void draft_moves(Draft&) const;
  Steps steps_of(Id) const;
  Steps own_steps(const Object& follower) const;
  void draft_object(Id, Steps, Draft&) const;
  void put_back_carried(const Object&, Draft&) const;
  bool surely_holds(const Object&) const;
  List path_for(const Step&) const;
  bool lies_in_new_table(Id) const;
  bool lies_in_what_is_made(Id) const;
  bool object_may_have_rows(const Object&) const;

  const Schema &from_, &to_;
  const Moving& moving_;
  std::unordered_set<Id> set_aside_before_;  // the old ones of `moving_`
  std::vector<std::pair<Id, Steps>> moves_;  // by the new one: what brings its rows
  const std::unordered_set<Id>& anew_;
  std::vector<Fate> fates_;                     // by number
  std::vector<bool> rebuilt_;                   // by number: its own steps drop and create it already
  std::unordered_map<Id, Steps> steps_;         // of what is changed, or follows
  DefaultPrivileges defaults_;                  // of `from`, which act on what is made
  std::vector<Id> touched_;                     // each once
  std::unordered_set<Id> dropped_by_others_;    // by steps of another object, or with what they followed
  std::unordered_set<Id> set_aside_;            // their own steps drop the old object, once all users have the new one
  UsersById leaving_;                           // by table: the heirs and partitions that leave it
  std::vector<Id> worklist_;                    // dropped, replaced or rebuilt: its users are still to be decided
  std::unordered_map<Id, Fate> users_decided_;  // whose users are decided, with the fate it had then
  std::unordered_map<Id, FieldSet> changed_fields_;
  Users users_;
  bool counts_on_paths_;  // whether anything in `to` relies on the search_path
  std::optional<UsersById> dropped_along_;
  UsersById followers_;                   // by the object whose steps make, change or drop them
  std::unordered_map<Id, Id> leader_of_;  // by follower: what it follows
  std::unordered_set<Id> besides_;        // change by steps of their own besides what they follow
  std::unordered_set<Id> brought_;        // dropped by steps of their own, created with what they follow
  std::unordered_set<Id> handed_over_;    // dropped with what they followed before, created with what they follow now
};

/// Adds the steps by which the old objects of `moving` take other names, before all that comes of them; errors, where
/// that and what makes the new ones would not be one transaction.
void add_moving(Plan&, const Moving& moving);

/// The object directly in a schema that an object lies in: the table of a column, of an index. Null: it lies in none.
Id host_of(Id);

/// Sentences for a person: possible renames, columns that a new table takes over, order that stays, and, where `same`
/// had to decide without a server, texts that may mean the same. Sorted.
List notes(const Schema& from, const Schema& to, const std::vector<Delta>&, const Same& same);
/// True if `same` had to decide without a server, and texts of which only one can tell what they mean are all in which
/// the object differs.
bool is_undecided(const Schema& from, const Schema& to, const Delta&, const Same& same);

}  // namespace quoin
