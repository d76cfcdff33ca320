// What becomes of each object: the decisions behind a plan. Of this room alone.
#pragma once

#include "diff/diff.h"
#include "diff/draft.h"
#include "diff/users_by_id.h"
#include "kinds/access/default_privileges.h"
#include "kinds/users.h"

namespace quoin {

enum class Fate : std::uint8_t { kept, created, changed, dropped, replaced };

class Planner {
 public:
  Planner(const Schema& from, const Schema& to);
  /// Gives each delta its fate, then all that stands on what is dropped, replaced or rebuilt.
  void decide(const std::vector<Delta>&);
  /// The steps of all that was decided: drops, then the others, in the order of deciding.
  Draft draft() const;
  /// Paths of what acts on objects that are created: in `from`, of no kind that quoin follows.
  List acting() const;
  /// What stands last among its like from now on, and did not, a sentence each.
  List moved() const;
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

  // What has no steps of its own (diff/follow.cc).
  void find_followers(const std::vector<Delta>&);
  void set_one_sided(const Object&, Fate);
  bool goes_with_leader(const Object&) const;
  bool host_stays(Id) const;
  bool brings(Id leader) const;
  void fall_to(const Object&);
  bool is_led(Id) const;  // what becomes of it is another's doing
  bool has_leader_that(Id, Fate) const;
  std::span<const Id> followers_of(Id) const;
  void lead(Steps&) const;  // adds what follows to what they make and drop

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
  std::vector<Fate> fates_;              // by number
  std::vector<bool> rebuilt_;            // by number: its steps make it anew already
  std::unordered_map<Id, Steps> steps_;  // of what is changed, or follows
  DefaultPrivileges defaults_;           // of `from`, which act on what is made
  std::vector<Id> touched_;              // each once
  std::unordered_set<Id> dropped_by_others_;
  std::unordered_set<Id> set_aside_;     // their own steps drop what they were, once all others have what they are
  std::vector<Id> worklist_;             // dropped, replaced or rebuilt: what stands on it is still to be seen
  std::unordered_map<Id, Fate> spread_;  // seen already, with the fate it had
  std::unordered_map<Id, FieldSet> changed_fields_;
  Users users_;
  bool counts_on_paths_;  // whether anything in `to` does
  std::optional<UsersById> company_;
  UsersById followers_;               // by whose steps make and drop them
  std::unordered_map<Id, Id> leads_;  // by follower: what it follows
};

/// Sentences on what a plan leaves as it is, and, where `same` had to tell without a server, on what it could not know.
List notes(const Schema& from, const Schema& to, const std::vector<Delta>&, const Same& same);

}  // namespace quoin
