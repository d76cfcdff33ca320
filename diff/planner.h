// The decisions behind a plan: what becomes of each object. For diff/ alone.
#pragma once

#include "core/model/place.h"
#include "diff/diff.h"
#include "diff/draft.h"
#include "diff/users_by_id.h"
#include "kinds/access/default_privileges.h"
#include "kinds/users.h"

namespace quoin {

enum class Fate : std::uint8_t { kept, created, changed, dropped, replaced };

class Planner {
 public:
  /// `anew`: objects that are made anew where they would change in place. They outlive this, as the schemas do.
  Planner(const Schema& from, const Schema& to, const std::unordered_set<Id>& anew);
  /// Decides the fate of each delta, then of everything that needs what is dropped, replaced or rebuilt.
  void decide(const std::vector<Delta>&);
  /// The steps of everything that was decided: drops, then the others, in the order of deciding.
  Draft draft() const;
  /// Paths of the objects in `from` that act when other objects are created: event triggers.
  List acting() const;
  /// Sentences about objects that come last among their siblings from now on and did not before (a column that is added
  /// again).
  List moved() const;
  bool could_be_made_anew(Id) const;  // it changes in place
  List errors;

 private:
  Fate fate(Id id) const { return fates_[id->number]; }
  void set(Id, Fate);
  bool goes(Id id) const { return fate(id) == Fate::dropped || fate(id) == Fate::replaced; }
  const UsersById& company();
  FieldSet changed_fields(Id) const;
  std::vector<FieldChange> changes_of(Id) const;

  void change(const Delta&);
  Change change_in_place(const Delta&);
  void replace(Id);
  void note_rebuilt(const Steps&);
  void admit(Id);
  void take(Id user, const Object& rebuilt, Steps);
  void remake(Id user, Id with);
  void refuse(Id, std::string_view why);

  void spread();
  bool is_dropped_apart(Id) const;
  bool spares_unchanged(Id rebuilt) const;
  void spread_from(Id);
  void follow(Id user, const Object& rebuilt, bool child);
  void heed(Id user, const Object& rebuilt, Follow answer);
  void let_go(Id rebuilt, Id user, Steps&);
  void refuse_loss_of_opaque();
  void refuse_want_of_opaque();

  // Objects that follow others (Kind::follows), and so have no steps of their own (diff/follow.cc).
  void find_followers(const std::vector<Delta>&);
  void set_one_sided(const Object&, Fate);
  Id leader_that_comes_after(const Object& follower) const;  // after what the follower lies in is there
  bool goes_with_leader(const Object&) const;
  bool host_stays(Id) const;
  bool loses_rows_with_leader(const Object& follower) const;
  bool creates_followers(Id leader) const;
  void fall_to(const Object&);
  bool is_handed_over(const Object& before, Id leader) const;
  void hand_over(const Object& before, Id leader);
  void go_and_come(Id follower);
  void find_brought();
  bool is_brought(Id) const;
  bool is_led(Id) const;  // its fate is that of the object it follows
  bool has_leader_that(Id, Fate) const;
  std::span<const Id> followers_of(Id) const;
  void lead(Steps&) const;  // adds followers to what the steps make and drop

  void find_dropped_by_others();
  bool goes_by_others(Id) const;
  bool goes_unsaid(const Object&) const;
  void draft_drops(Draft&) const;
  void hold_up_rules(Draft&) const;
  Steps steps_of(Id) const;
  Steps own_steps(const Object& follower) const;
  void draft_object(Id, Steps, Draft&) const;
  void put_back_carried(const Object&, Draft&) const;
  bool surely_holds(const Object&) const;
  List path_for(const Step&) const;
  bool in_something_new(Id) const;
  bool in_something_made(Id) const;
  bool object_may_have_rows(const Object&) const;

  const Schema &from_, &to_;
  const std::unordered_set<Id>& anew_;
  std::vector<Fate> fates_;              // by number
  std::vector<bool> rebuilt_;            // by number: its own steps drop and create it already
  std::unordered_map<Id, Steps> steps_;  // of what is changed, or follows
  DefaultPrivileges defaults_;           // of `from`, which act on what is made
  std::vector<Id> touched_;              // each once
  std::unordered_set<Id> dropped_by_others_;
  std::unordered_set<Id> set_aside_;     // their own steps drop the old object, once all users have the new one
  std::vector<Id> worklist_;             // dropped, replaced or rebuilt: its users are still to be decided
  std::unordered_map<Id, Fate> spread_;  // whose users are decided, with the fate it had then
  std::unordered_map<Id, FieldSet> changed_fields_;
  Users users_;
  bool counts_on_paths_;  // whether anything in `to` relies on the search_path
  std::optional<UsersById> company_;
  UsersById followers_;                 // by the object that they follow
  std::unordered_map<Id, Id> leads_;    // by follower: what it follows
  std::unordered_set<Id> besides_;      // change by steps of their own besides what they follow
  std::unordered_set<Id> brought_;      // go by steps of their own, and come with what they follow
  std::unordered_set<Id> handed_over_;  // go with what they followed, and come with what they follow
};

/// The table or its like that an object lies in; null where it lies in none.
Id host_of(Id);

/// Sentences about what a plan leaves as it is, and, where `same` had to decide without a server, about what it could
/// not know.
List notes(const Schema& from, const Schema& to, const std::vector<Delta>&, const Same& same);

}  // namespace quoin
