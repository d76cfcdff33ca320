// What a plan leaves as it is, and the part of the desired schema that it can reach.
#include <map>
#include <set>

#include "core/model/kind.h"
#include "diff/diff.h"
#include "diff/users_by_id.h"

namespace quoin {

namespace {
// A note with hundreds of names would not be read.
Text some_of(const List& names) { return first_of(names, 20); }

std::set<Text> unmodelled(const Schema& schema) {
  std::set<Text> names(schema.unmodelled.begin(), schema.unmodelled.end());
  schema.each([&](const Object& object) {
    if (object.id->kind->has(opaque)) names.insert(path(object.id));
  });
  return names;
}

struct Unmodelled {
  List stay, wanted, both;
};
Unmodelled unmodelled_in(const Schema& from, const Schema& to) {
  const std::set<Text> before = unmodelled(from), after = unmodelled(to);
  Unmodelled found;
  for (const Text& name : before) (after.contains(name) ? found.both : found.stay).push_back(name);
  for (const Text& name : after)
    if (!before.contains(name)) found.wanted.push_back(name);
  return found;
}

void note_unmodelled(std::string_view fate, std::string_view lacking, const List& names, List& notes) {
  if (!names.empty())
    notes.push_back(concat(fate, ", being of a kind that quoin does not ", lacking, " yet: ", some_of(names)));
}

bool is_opaque(const Object& object) { return object.id->kind->has(opaque); }

/// What may be the names in paths of unmodelled objects: each rest behind a blank, since both a sort of object and a
/// name may hold blanks ("table made by a query public.t").
std::set<Text> names_of(const List& unmodelled) {
  std::set<Text> names;
  for (const Text& one : unmodelled)
    for (std::size_t at = one.find(' '); at != Text::npos; at = one.find(' ', at + 1)) names.insert(one.substr(at + 1));
  return names;
}

/// Relations that only `schema` has as modelled objects, while `other` has an unmodelled object of that name.
std::vector<const Object*> unmodelled_elsewhere(const Schema& schema, const Schema& other) {
  const std::set<Text> names = names_of(other.unmodelled);
  std::vector<const Object*> found;
  if (names.empty()) return found;
  schema.each([&](const Object& object) {
    if (is_opaque(object) || other.find(object.id) || !names.contains(qualified(object.id))) return;
    if (is_relation(object)) found.push_back(&object);
  });
  return found;
}

// Opaque objects and their users (`users_`), and all that these need (`needed_`), of both sides: to change one of them
// may change an opaque object, and nobody here can tell.
class OpaqueTies {
 public:
  OpaqueTies(const Schema& from, const Schema& to) {
    for (const Schema* schema : {&from, &to}) {
      std::vector<const Object*> all;
      schema->each([&](const Object& object) {
        if (is_opaque(object)) all.push_back(&object);
      });
      if (all.empty()) continue;
      const UsersById users = users_by_id(*schema);
      for (const Object* object : all) add(*object, *schema, users);
    }
  }
  bool concern(const Step& step) const {
    const auto is_user = [&](Id id) { return users_.contains(id); };
    const auto is_tied = [&](Id id) { return users_.contains(id) || needed_.contains(id); };
    return std::ranges::any_of(step.makes, is_tied) || std::ranges::any_of(step.drops, is_tied) ||
           std::ranges::any_of(step.needs, is_user);
  }

 private:
  void add(const Object& object, const Schema& schema, const UsersById& users) {
    std::vector<const Object*> waiting{&object};
    while (!waiting.empty()) {
      const Object& user = *waiting.back();
      waiting.pop_back();
      if (!users_.insert(user.id).second) continue;
      add_needs(user, schema);
      if (const auto found = users.find(user.id); found != users.end())
        for (const Id next : found->second) waiting.push_back(schema.find(next));
    }
  }
  void add_needs(const Object& object, const Schema& schema) {
    std::vector<const Object*> waiting{&object};
    while (!waiting.empty()) {
      const Object& one = *waiting.back();
      waiting.pop_back();
      for (const Id used : one.needs)
        if (const Object* below = schema.find(used); below && needed_.insert(used).second) waiting.push_back(below);
    }
  }

  std::unordered_set<Id> users_, needed_;
};

// The part of `to` that a plan can reach: without what cannot be created, and with what cannot be dropped.
class ReachableSchema {
 public:
  ReachableSchema(const Schema& from, const Schema& to) : from_(from), to_(to), goal_(to.copy()) {
    users_ = users_by_id(to);
  }

  /// The other side has an unmodelled object of its name: it stays as it is, with all that lies in it.
  void leave_as_is(const Object& there) {
    const std::size_t before = kept_.size();
    keep_whole(there);
    kept_.resize(before);
    left_.push_back(path(there.id));
  }

  void give_up(const Object& wanted) {
    if (!goal_.find(wanted.id)) return;
    goal_.remove(wanted.id);
    if (!is_opaque(wanted)) given_up_.push_back(path(wanted.id));
    for (const Object* below : to_.children(wanted.id)) give_up(*below);
    if (const auto users = users_.find(wanted.id); users != users_.end())
      for (Id user : users->second) give_up(*to_.find(user));
    if (const Object* before = from_.find(wanted.id); before && !is_opaque(wanted)) back_.push_back(before);
  }

  // Keeps what needs an unmodelled object: a desired state that cannot name the one lacks the other without asking for
  // its drop.
  void keep_users(Id there) {
    if (from_users_.empty()) from_users_ = users_by_id(from_);
    const auto users = from_users_.find(there);
    if (users == from_users_.end()) return;
    for (const Id id : users->second) {
      const Object& user = *from_.find(id);
      const bool goes_with_parent = id->parent && id->parent->parent && !goal_.find(id->parent);
      if (goal_.find(id) || is_opaque(user) || goes_with_parent) continue;
      keep_whole(user);
      forget(user);
      hanging_.push_back(path(id));
      keep_users(id);
    }
  }

  void keep(const Object& there) {
    if (goal_.find(there.id)) return;
    if (there.id->parent) keep(*from_.find(there.id->parent));
    goal_.add(there.id) = there;
    if (!is_opaque(there)) kept_.push_back(path(there.id));
    for (Id used : there.needs)
      if (const Object* needed = from_.find(used)) keep_whole(*needed);
  }

  Schema finish(LeftOut& left_out) {
    say("left out, since it needs what quoin does not create yet", given_up_, left_out.missed);
    say("left as it is, since what quoin does not drop yet needs it", kept_, left_out.missed);
    say("left as it is, since it needs what quoin does not follow yet", hanging_, left_out.absent());
    say("left as it is, since the other side makes it in a way that quoin does not follow yet", left_, left_out.missed);
    for (const Object* before : back_) keep(*before);
    goal_.all_changed();
    return std::move(goal_);
  }

 private:
  /// Takes an object out of `kept_`, with what lies in it, since another sentence names it.
  void forget(const Object& kept) {
    std::erase(kept_, path(kept.id));
    for (const Object* below : from_.children(kept.id)) forget(*below);
  }

  void keep_whole(const Object& there) {
    if (goal_.find(there.id)) return;
    keep(there);
    for (const Object* below : from_.children(there.id)) keep_whole(*below);
  }

  static void say(std::string_view fate, List& paths, List& left_out) {
    std::ranges::sort(paths);
    if (!paths.empty()) left_out.push_back(concat(fate, ": ", some_of(paths)));
  }

  const Schema &from_, &to_;
  Schema goal_;
  UsersById users_, from_users_;     // of `to`; of `from`, once asked for
  std::vector<const Object*> back_;  // as they are in `from`
  List given_up_, kept_, hanging_, left_;
};

// An unmodelled object that is dropped with a table needs no say where the drop of the table is asked for.
bool goes_with_another(const Object& object, const Schema& to) {
  const Id host = dropped_with(object);
  return host && !to.find(host);
}

// Of what both sides have; the statement that creates an object tells of its own.
void note_secrets(const Schema& from, const Schema& to, List& notes) {
  List same, differing;
  from.each([&](const Object& before) {
    const Object* after = to.find(before.id);
    if (before.unread.any() || (after && after->unread.any())) return;  // which is said once
    const List ours = set_by_hand(before), theirs = after ? set_by_hand(*after) : List();
    if (!after || (ours.empty() && theirs.empty())) return;
    for (const Text& name : ours)
      (std::ranges::count(theirs, name) ? same : differing).push_back(concat(name, " of ", path(before.id)));
    for (const Text& name : theirs)
      if (!std::ranges::count(ours, name)) differing.push_back(concat(name, " of ", path(before.id)));
  });
  for (List* names : {&same, &differing}) std::ranges::sort(*names);
  if (!same.empty())
    notes.push_back(concat("not compared, for quoin reads no secrets, and left as it is: ", some_of(same)));
  if (!differing.empty())
    notes.push_back(
        concat("only one side has it, and quoin neither sets nor drops secrets; do it by hand: ", some_of(differing)));
}
}  // namespace

List not_compared(const Schema& from, const Schema& to) {
  std::map<Text, List> by_attribute;
  from.each([&](const Object& before) {
    const Object* after = to.find(before.id);
    if (!after || before.carried == after->carried) return;
    std::set<Text> differing;
    for (const auto& [ours, theirs] : {std::pair{&before, after}, std::pair{after, &before}})
      for (const Carried& one : ours->carried)
        if (!std::ranges::count(theirs->carried, one)) differing.insert(one.what);
    for (const Text& what : differing) by_attribute[what].push_back(path(before.id));
  });
  List notes;
  for (auto& [what, paths] : by_attribute) {
    std::ranges::sort(paths);
    notes.push_back(concat("not compared yet, and left as it is: ", what, " of ", some_of(paths)));
  }
  note_secrets(from, to, notes);
  return notes;
}

List LeftOut::all() const {
  List sentences = aside;
  sentences.insert(sentences.end(), missed.begin(), missed.end());
  return sentences;
}

void leave_out_unmodelled(const Schema& from, const Schema& to, LeftOut& left_out) {
  const Unmodelled found = unmodelled_in(from, to);
  note_unmodelled("on both sides, whether alike or not", "compare", found.both, left_out.aside);
  note_unmodelled("left as it is", "compare", found.stay, left_out.absent());
  note_unmodelled("not created", "create", found.wanted, left_out.missed);
}

void leave_out_touched(const Schema& from, const Schema& to, const Steps& steps, LeftOut& left_out) {
  const OpaqueTies ties(from, to);
  List touched;
  for (const Step& step : steps)
    if (ties.concern(step)) touched.push_back(path(subject_of(step)));
  std::ranges::sort(touched);
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  if (touched.empty()) return;
  Text sentence = concat("changed, though something that quoin does not follow yet stands on it: ", some_of(touched));
  if (!std::ranges::count(left_out.missed, sentence)) left_out.missed.push_back(std::move(sentence));
}

std::optional<Schema> within_reach(const Schema& from, const Schema& to, LeftOut& left_out) {
  std::vector<const Object*> wanted, staying;
  to.each([&](const Object& object) {
    if (is_opaque(object) && !from.find(object.id)) wanted.push_back(&object);
  });
  from.each([&](const Object& object) {
    if (is_opaque(object) && !to.find(object.id) && !goes_with_another(object, to)) staying.push_back(&object);
  });
  const std::vector<const Object*> there = unmodelled_elsewhere(from, to), taken = unmodelled_elsewhere(to, from);
  if (wanted.empty() && staying.empty() && there.empty() && taken.empty()) return std::nullopt;
  ReachableSchema goal(from, to);
  for (const Object* object : wanted) goal.give_up(*object);
  for (const Object* object : staying) goal.keep(*object);
  for (const Object* object : staying) goal.keep_users(object->id);
  for (const Object* object : there) goal.leave_as_is(*object);
  for (const Object* object : taken) goal.give_up(*object);
  return goal.finish(left_out);
}

}  // namespace quoin
